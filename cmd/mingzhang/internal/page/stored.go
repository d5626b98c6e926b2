package page

import (
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/search"
)

// StoredSummary is a summary as it is kept between runs.
type StoredSummary struct {
	Year      int
	Packed    figure.Packed
	Shown     []byte
	Terms     []byte
	Narrative bool
	Errors    int
	Waived    int
	Results   map[string]int
	Pages     string
	Proofs    string
}

// Store returns the summary to be kept.
func (s *Summary) Store() StoredSummary {
	return StoredSummary{
		Year: s.Year, Packed: s.packed, Shown: s.shown, Terms: s.Terms.Bytes(), Narrative: s.Narrative, Errors: s.Errors, Waived: s.Waived,
		Results: s.Results, Pages: s.Pages, Proofs: s.Proofs,
	}
}

// Summary returns what was kept of a department.
func (x StoredSummary) Summary(d *fiscal.Department) (*Summary, error) {
	terms, err := search.ReadTerms(x.Terms)
	if err != nil {
		return nil, err
	}
	return &Summary{
		Department: d, Year: x.Year, packed: x.Packed, shown: x.Shown, Terms: terms, Narrative: x.Narrative, Errors: x.Errors, Waived: x.Waived,
		Results: x.Results, Pages: x.Pages, Proofs: x.Proofs,
	}, nil
}

package page

import (
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/search"
)

// StoredSummary is a summary as it is kept between runs.
type StoredSummary struct {
	Year      int
	Figures   []figure.Stored // in the order of ids
	Classes   map[string][]string
	Rows      map[string][]string
	Terms     search.Terms
	Disclosed []StoredDisclosure
	Narrative bool
	Errors    int
	Waived    int
	Results   map[string]int
	Released  []Release
	Pages     []string
	Proofs    string
}

// StoredDisclosure is a document and its day.
type StoredDisclosure struct {
	Name lang.Text
	Day  figure.Stored
}

// Store returns the summary to be kept.
func (s *Summary) Store() StoredSummary {
	out := StoredSummary{
		Year: s.Year, Classes: s.Classes, Rows: s.rows, Terms: s.Terms, Narrative: s.Narrative, Errors: s.Errors, Waived: s.Waived,
		Results: s.Results, Released: s.Released, Pages: s.Pages, Proofs: s.Proofs,
	}
	for _, f := range s.figures {
		out.Figures = append(out.Figures, f.Store())
	}
	for _, d := range s.Disclosed {
		out.Disclosed = append(out.Disclosed, StoredDisclosure{d.Name, d.Day.Store()})
	}
	return out
}

// Summary returns what was kept of a department.
func (x StoredSummary) Summary(d *fiscal.Department) (*Summary, error) {
	s := &Summary{
		Department: d, Year: x.Year, figures: make([]*figure.Figure, 0, len(x.Figures)), Classes: x.Classes, rows: x.Rows, Terms: x.Terms,
		Narrative: x.Narrative, Errors: x.Errors, Waived: x.Waived, Results: x.Results, Released: x.Released, Pages: x.Pages, Proofs: x.Proofs,
	}
	for _, kept := range x.Figures {
		f, err := kept.Figure()
		if err != nil {
			return nil, err
		}
		s.figures = append(s.figures, f)
	}
	for _, kept := range x.Disclosed {
		day, err := kept.Day.Figure()
		if err != nil {
			return nil, err
		}
		s.Disclosed = append(s.Disclosed, Disclosure{kept.Name, day})
	}
	return s, nil
}

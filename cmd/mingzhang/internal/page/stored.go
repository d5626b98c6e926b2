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
	Narrative bool
	Errors    int
	Waived    int
	Results   map[string]int
	Released  []StoredRelease
	Pages     []string
	Proofs    string
}

// StoredRelease is a document and its day.
type StoredRelease struct {
	Key        string
	Document   lang.Text
	Day        figure.Stored
	Note       string
	Correction bool
}

// Store returns the summary to be kept.
func (s *Summary) Store() StoredSummary {
	out := StoredSummary{
		Year: s.Year, Classes: s.Classes, Rows: s.rows, Terms: s.Terms, Narrative: s.Narrative, Errors: s.Errors, Waived: s.Waived,
		Results: s.Results, Pages: s.Pages, Proofs: s.Proofs,
	}
	for _, f := range s.figures {
		out.Figures = append(out.Figures, f.Store())
	}
	for _, r := range s.Released {
		out.Released = append(out.Released, StoredRelease{r.Key, r.Document, r.Day.Store(), r.Note, r.Correction})
	}
	return out
}

// Summary returns what was kept of a department.
func (x StoredSummary) Summary(d *fiscal.Department) (*Summary, error) {
	s := &Summary{
		Department: d, Year: x.Year, figures: make([]*figure.Figure, 0, len(x.Figures)), Classes: x.Classes, rows: x.Rows, Terms: x.Terms,
		Narrative: x.Narrative, Errors: x.Errors, Waived: x.Waived, Results: x.Results, Pages: x.Pages, Proofs: x.Proofs,
	}
	for _, kept := range x.Figures {
		f, err := kept.Figure()
		if err != nil {
			return nil, err
		}
		s.figures = append(s.figures, f)
	}
	for _, kept := range x.Released {
		day, err := kept.Day.Figure()
		if err != nil {
			return nil, err
		}
		s.Released = append(s.Released, Release{kept.Key, kept.Document, day, kept.Note, kept.Correction})
	}
	return s, nil
}

package site

import (
	"fmt"
	"slices"

	"mingzhang/cmd/mingzhang/internal/check"
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/page"
	"mingzhang/cmd/mingzhang/internal/reuse"
)

// stored is what is kept of a family's work between runs: all that the pages of
// the whole site and the list of findings need. The family's own pages need its
// figures, and those are read again.
type stored struct {
	Inputs    []Input
	Findings  diag.List
	Outcomes  map[check.Result]int
	Summaries map[string][]page.StoredSummary // by slug, the newest year first
	Years     []storedYear
}

// storedYear is a department-year in the order of work.
type storedYear struct {
	Slug    string
	Year    int
	Waivers []int // that were needed, by their place in the list
	Prints  []storedPrint
}

type storedPrint struct {
	File, SHA256 string
	Scope        diag.Scope
	Sure         bool
}

// Store writes what a later run needs of the work, as long as the work's inputs
// and everything that concerns the whole site are the same.
func (s *Site) Store(w *Work) ([]byte, error) {
	x := stored{Inputs: w.Inputs, Findings: w.Findings, Outcomes: w.Outcomes, Summaries: map[string][]page.StoredSummary{}}
	for d, list := range w.Summaries {
		for _, sum := range list {
			x.Summaries[d.Slug] = append(x.Summaries[d.Slug], sum.Store())
		}
	}
	for _, m := range w.years {
		y := storedYear{Slug: m.department.Slug, Year: m.year}
		for _, v := range m.waivers {
			y.Waivers = append(y.Waivers, slices.Index(s.Waivers.List, v))
		}
		for _, p := range m.prints {
			y.Prints = append(y.Prints, storedPrint{p.file, p.sha256, p.scope, p.sure})
		}
		x.Years = append(x.Years, y)
	}
	return reuse.Encode(&x)
}

// recall returns what is remembered of a family, or nil. What cannot be read is
// as good as none.
func (s *Site) recall(f *Family) *Work {
	if s.Memory == nil {
		return nil
	}
	data := s.Memory.Get(f.Name)
	if data == nil {
		return nil
	}
	w, err := s.restore(f, data, s.Memory.Same)
	if err != nil {
		return nil
	}
	return w
}

// restore makes the work that was stored, if all that it looked at is the same
// now; else nil. Its figures are not in memory, so it makes no pages.
func (s *Site) restore(f *Family, data []byte, same func(Input) bool) (*Work, error) {
	var x stored
	if err := reuse.Decode(data, &x); err != nil {
		return nil, err
	}
	for _, in := range x.Inputs {
		if !same(in) {
			return nil, nil
		}
	}
	w := &Work{
		Family: f, Inputs: x.Inputs, Findings: x.Findings, Outcomes: x.Outcomes, Years: len(x.Years),
		Summaries: map[*fiscal.Department][]*page.Summary{},
	}
	of := map[string]*fiscal.Department{}
	for _, d := range f.Departments {
		of[d.Slug] = d
		for _, kept := range x.Summaries[d.Slug] {
			sum, err := kept.Summary(d)
			if err != nil {
				return nil, err
			}
			w.Summaries[d] = append(w.Summaries[d], sum)
		}
	}
	for _, y := range x.Years {
		m := &member{department: of[y.Slug], year: y.Year}
		for _, i := range y.Waivers {
			if i < 0 || i >= len(s.Waivers.List) {
				return nil, fmt.Errorf("site: stored waiver %d", i)
			}
			m.waivers = append(m.waivers, s.Waivers.List[i])
		}
		for _, p := range y.Prints {
			w.prints = append(w.prints, print{p.File, p.SHA256, p.Scope, p.Sure})
		}
		w.years = append(w.years, m)
	}
	return w, nil
}

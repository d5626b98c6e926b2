package site

import (
	"bytes"
	"fmt"
	"slices"

	"mingzhang/cmd/mingzhang/internal/check"
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/page"
	"mingzhang/cmd/mingzhang/internal/reuse"
	"mingzhang/cmd/mingzhang/internal/spare"
)

// stored is what is kept of a family's work between runs: all that the pages of
// the whole site and the list of findings need. The family's own pages need its
// figures, and those are read again.
type stored struct {
	Digest    string // of the inputs
	Inputs    []byte // encoded: most runs need not look at them
	Findings  diag.List
	Outcomes  map[check.Result]int
	Summaries map[string][]page.StoredSummary // by slug, the newest year first
	Years     []storedYear
}

// storedYear is a department-year in the order of work.
type storedYear struct {
	_       struct{} `cbor:",toarray"`
	Slug    string
	Year    int
	Waivers []int // that were needed, by their place in the list
	Prints  []storedPrint
}

type storedPrint struct {
	_            struct{} `cbor:",toarray"`
	File, SHA256 string
	Scope        diag.Scope
	Sure         bool
}

// Store leaves what a later run needs of the work, as long as the work's inputs
// and everything that concerns the whole site are the same.
func (s *Site) Store(w *Work) error {
	inputs, err := reuse.Encode(w.Inputs)
	if err != nil {
		return err
	}
	x := stored{Digest: w.Digest(), Inputs: inputs, Findings: w.Findings, Outcomes: w.Outcomes, Summaries: map[string][]page.StoredSummary{}}
	for d, list := range w.Summaries {
		for _, sum := range list {
			kept, apart := sum.Store()
			x.Summaries[d.Slug] = append(x.Summaries[d.Slug], kept)
			data, err := reuse.Encode(apart)
			if err != nil {
				return err
			}
			s.Memory.Put(apartName(d, sum.Year), data)
		}
	}
	for _, m := range w.years {
		y := storedYear{Slug: m.department.Slug, Year: m.year}
		for _, v := range m.waivers {
			y.Waivers = append(y.Waivers, slices.Index(s.Waivers.List, v))
		}
		for _, p := range m.prints {
			y.Prints = append(y.Prints, storedPrint{File: p.file, SHA256: p.sha256, Scope: p.scope, Sure: p.sure})
		}
		x.Years = append(x.Years, y)
	}
	data, err := reuse.Encode(&x)
	if err == nil {
		s.Memory.Put(w.Family.Name, data)
	}
	return err
}

// apartName is what the figures of a department-year are remembered by that are
// kept apart from the family; no family is called so.
func apartName(d *fiscal.Department, y int) string { return fmt.Sprintf("%s in %d", d.Slug, y) }

// apart reads figures that were kept apart. What was left of them may be damaged,
// or of another run than the rest: then the family is worked on.
func (s *Site) apart(f *Family, d *fiscal.Department, y int) func(digest []byte) figure.Packed {
	memory := s.Memory
	return func(digest []byte) figure.Packed {
		if data := memory.Get(apartName(d, y)); data != nil {
			var kept page.Apart
			err := reuse.Decode(data, &kept) // which copies what it takes
			spare.Return(data)
			if err == nil && bytes.Equal(kept.Digest, digest) {
				return kept.Figures
			}
		}
		m := s.Work(f).member(d, y)
		if m == nil {
			return figure.Packed{} // its files have gone since they were looked at
		}
		_, made := m.summary.Store()
		return made.Figures
	}
}

// recall returns what is remembered of a family, or nil. What cannot be read is
// as good as none. Without whole, what only the family's own pages and those of
// single years look at is left where it is.
func (s *Site) recall(f *Family, whole bool) *Work {
	if s.Memory == nil {
		return nil
	}
	data := s.Memory.Get(f.Name)
	if data == nil {
		return nil
	}
	w, err := s.restore(f, data, whole)
	spare.Return(data) // w has its own copy
	if err != nil {
		return nil
	}
	return w
}

// again looks at an input once more; what departments share was read on opening.
func (s *Site) again(in Input) Input {
	if now, ok := s.shared.get(in.Path, in.Kind); ok {
		return now
	}
	return in.Again(s.fsys)
}

// restore makes the work that was stored, if all that it looked at is the same
// now; else nil. Its figures are not in memory, so it makes no pages.
func (s *Site) restore(f *Family, data []byte, whole bool) (*Work, error) {
	var x stored
	if err := reuse.Decode(data, &x); err != nil {
		return nil, err
	}
	same, known := s.Memory.Unchanged(f.Manifest(), x.Digest)
	if known && !same {
		return nil, nil
	}
	w := &Work{
		Family: f, digest: x.Digest, Findings: x.Findings, Outcomes: x.Outcomes, Years: len(x.Years),
		Summaries: map[*fiscal.Department][]*page.Summary{},
	}
	if whole || !known {
		if err := reuse.Decode(x.Inputs, &w.Inputs); err != nil {
			return nil, err
		}
	}
	if !known && slices.ContainsFunc(w.Inputs, func(in Input) bool { return s.again(in).SHA256 != in.SHA256 }) {
		return nil, nil
	}
	of := map[string]*fiscal.Department{}
	for _, d := range f.Departments {
		of[d.Slug] = d
		for _, kept := range x.Summaries[d.Slug] {
			sum, err := kept.Summary(d, s.apart(f, d, kept.Year))
			if err != nil {
				return nil, err
			}
			if whole {
				sum.Load()
			}
			s.Memory.Stays(apartName(d, kept.Year))
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

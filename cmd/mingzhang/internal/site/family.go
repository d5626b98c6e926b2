package site

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"mingzhang/cmd/mingzhang/internal/check"
	"mingzhang/cmd/mingzhang/internal/claim"
	"mingzhang/cmd/mingzhang/internal/dataset"
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/page"
	"mingzhang/cmd/mingzhang/internal/search"
)

// Family is departments that follow each other, the unit of work. Most families
// are one department.
type Family struct {
	Name        string               // the slugs of its departments, joined by +
	Departments []*fiscal.Department // predecessors before their successors
}

// Families lists the units of work, in the order of the directory.
func (s *Site) Families() []*Family { return s.lineage.families }

// Needs lists the files that work on a family may look at, whether they are
// there or not, in order: its own tables and texts, and the tables that all
// departments share.
func (s *Site) Needs(f *Family) []string {
	var out []string
	for _, d := range f.Departments {
		out = append(out, profilePath(d))
		for _, y := range s.years[d] {
			out = append(out, narrativePath(d, y))
			for _, files := range s.filesOf(d, y) {
				out = append(out, files.Path)
			}
			for _, shared := range s.Set.Shared[y] {
				out = append(out, shared.Path)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func profilePath(d *fiscal.Department) string {
	return path.Join("content", "departments", d.Slug+".md")
}

func narrativePath(d *fiscal.Department, y int) string {
	return path.Join("content", strconv.Itoa(y), d.Slug+".md")
}

// Work is what work on a family leaves behind. It depends on the files that it
// looked at and on the opened site.
type Work struct {
	Family    *Family
	Findings  diag.List
	Summaries map[*fiscal.Department][]*page.Summary // the newest year first
	Outcomes  map[check.Result]int
	Years     int     // department-years
	Inputs    []Input // what was looked at, in the order of paths

	waivers  []*check.Waiver // that were needed
	prints   []print         // of the tables that were handed in
	years    []*year         // in the order of work; nil once let go
	profiles map[*fiscal.Department]*manuscript
}

// Digest is one hash over everything of its own that the work looked at.
func (w *Work) Digest() string { return digest(w.Inputs) }

// Work reads, computes and checks a family. It makes no page.
func (s *Site) Work(f *Family) *Work {
	w := &Work{
		Family: f, Summaries: map[*fiscal.Department][]*page.Summary{}, Outcomes: map[check.Result]int{},
		profiles: map[*fiscal.Department]*manuscript{},
	}
	last := map[*fiscal.Department]*year{} // the newest year of each, for the one that takes over
	texts := newReads(s.fsys)
	for _, d := range f.Departments {
		var before []*year
		for _, p := range s.lineage.predecessors[d] {
			if y := last[p]; y != nil {
				before = append(before, y)
			}
		}
		for _, y := range s.years[d] {
			before = slices.DeleteFunc(before, func(p *year) bool { return p.dy.Year != y-1 })
			yr := s.read(d, y, before)
			w.take(yr)
			before = []*year{yr}
			last[d] = yr
		}
		slices.Reverse(w.Summaries[d])
		for _, yr := range w.years {
			if yr.dy.Department == d {
				w.Findings.Add(s.placed(yr, w.before(yr))...)
			}
		}
		doc, found := text(texts, profilePath(d))
		w.Findings.Add(found...)
		var book *claim.Book
		if newest := last[d]; newest != nil {
			book = claim.NewBook(newest.dy.Book, newest.dy.Year)
		}
		w.profiles[d], found = s.write(texts, doc, book, 0, d.Slug+"/")
		if list := w.Summaries[d]; doc != nil && len(list) > 0 { // found with the newest year
			list[0].Terms = list[0].Terms.And(search.TermsOf(string(doc.Body)))
		}
		w.Findings.Add(found...)
		w.Findings.Add(personal(doc)...)
	}
	w.Inputs = s.lookedAt(w, texts)
	return w
}

// take adds a department-year to the work.
func (w *Work) take(yr *year) {
	d := yr.dy.Department
	w.Years++
	w.years = append(w.years, yr)
	w.Findings.Add(yr.findings...)
	w.Summaries[d] = append(w.Summaries[d], yr.summary)
	w.prints = append(w.prints, prints(yr.dy)...)
	for _, o := range yr.outcomes {
		w.Outcomes[o.Result]++
	}
	for _, x := range yr.waived {
		w.waivers = append(w.waivers, x)
	}
}

// lookedAt gathers what the work looked at.
func (s *Site) lookedAt(w *Work, texts *reads) []Input {
	seen := map[inputKey]Input{}
	for key, in := range texts.seen {
		seen[key] = in
	}
	for _, yr := range w.years {
		for key, in := range yr.reads.seen {
			seen[key] = in
		}
		for _, f := range s.Set.Shared[yr.dy.Year] {
			key := inputKey{f.Path, ReadFile}
			seen[key] = s.shared.seen[key]
		}
	}
	out := make([]Input, 0, len(seen))
	for _, in := range seen {
		out = append(out, in)
	}
	sortInputs(out)
	return out
}

// letGo drops what only the family's own pages need.
func (w *Work) letGo() { w.years, w.profiles = nil, nil }

// familyOf finds the family of a department's slug.
func (s *Site) familyOf(slug string) (*Family, bool) {
	f, ok := s.lineage.bySlug[slug]
	return f, ok
}

// Owner tells which family makes the file at a path. A family's files lie under
// the slugs of its departments, in the folder of each language; every other
// file is the whole site's.
func (s *Site) Owner(file string) (*Family, bool) {
	for i, l := range s.Config.Langs() {
		if i == 0 {
			continue
		}
		if rest, ok := strings.CutPrefix(file, string(l)+"/"); ok {
			file = rest
			break
		}
	}
	slug, _, ok := strings.Cut(file, "/")
	if !ok {
		return nil, false
	}
	return s.familyOf(slug)
}

// filesOf lists a department-year's own files, as the folder has them.
func (s *Site) filesOf(d *fiscal.Department, y int) []dataset.File {
	k := dataset.Key{Slug: d.Slug, Year: y}
	return append(slices.Clone(s.Set.Own[k]), s.Set.Handed[k]...)
}

package site

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"mingzhang/cmd/mingzhang/internal/check"
	"mingzhang/cmd/mingzhang/internal/dataset"
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/page"
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
			for _, file := range s.filesOf(d, y) {
				out = append(out, file.Path)
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

// filesOf lists a department-year's own files, as the folder has them.
func (s *Site) filesOf(d *fiscal.Department, y int) []dataset.File {
	k := dataset.Key{Slug: d.Slug, Year: y}
	return append(slices.Clone(s.Set.Own[k]), s.Set.Handed[k]...)
}

// sameFiles reports whether a department-year has the files that it had, with those
// that all departments share: one more of these is looked at by every department.
func (s *Site) sameFiles(old *Site, d *fiscal.Department, y int) bool {
	return slices.Equal(s.filesOf(d, y), old.filesOf(d, y)) && slices.Equal(s.Set.Shared[y], old.Set.Shared[y])
}

// Work is what work on a family leaves behind. It depends on the files that it
// looked at and on the opened site.
type Work struct {
	Family    *Family
	Findings  diag.List
	Summaries map[*fiscal.Department][]*page.Summary // the newest year first
	Outcomes  map[check.Result]int
	Years     int     // department-years
	Inputs    []Input // what was looked at, in the order of paths; nil where the record of the last run has it

	digest   string    // see Digest
	years    []*member // in the order of work
	read     []*member // those that were read and not taken over
	prints   []print   // of the tables that were handed in
	profiles map[*fiscal.Department]*profile
	recalled *recalled // nil for work that this run did
}

// Digest is one hash over everything of its own that the work looked at.
func (w *Work) Digest() string {
	if w.digest == "" {
		w.digest = digest(w.Inputs)
	}
	return w.digest
}

// Work reads, computes and checks a family. It makes no page.
func (s *Site) Work(f *Family) *Work { return s.rework(f, nil) }

// since is an earlier work on a family and what has changed after it.
type since struct {
	work    *Work
	changed func(*member) extent // how much of a department-year
	touched func(*reads) bool    // whether something that was looked at
	years   bool                 // whether departments have other years
}

// rework is Work that takes over what an earlier one found of department-years
// and profiles for which nothing has changed; now is nil where there is none.
func (s *Site) rework(f *Family, now *since) *Work {
	w := &Work{
		Family: f, Summaries: map[*fiscal.Department][]*page.Summary{}, Outcomes: map[check.Result]int{},
		profiles: map[*fiscal.Department]*profile{},
	}
	var old *Work
	if now != nil {
		old = now.work
	}
	last := map[*fiscal.Department]*member{} // the newest year of each, for the one that takes over
	ahead := s.readAhead(f, old, now)
	for _, d := range f.Departments {
		var before []*member
		for _, p := range s.lineage.predecessors[d] {
			if m := last[p]; m != nil {
				before = append(before, m)
			}
		}
		for _, y := range s.years[d] {
			before = slices.DeleteFunc(before, func(p *member) bool { return p.year != y-1 })
			m, read := s.takeOver(old.member(d, y), before, now)
			if m == nil {
				m, read = s.member(d, y, before, ahead[yearKey{d, y}]), true
			}
			if read {
				w.read = append(w.read, m)
			}
			w.years = append(w.years, m)
			before = []*member{m}
			last[d] = m
		}
	}
	for _, m := range w.years {
		m.settled()
		s.take(w, m, slices.Contains(w.read, m))
	}
	for _, d := range f.Departments {
		slices.Reverse(w.Summaries[d])
	}
	for _, d := range f.Departments {
		p := old.profile(d).still(last[d], now)
		if p == nil {
			p = s.profile(d, last[d])
		}
		w.profiles[d] = p
		w.Findings.Add(p.findings...)
		if list := w.Summaries[d]; p.text != nil && len(list) > 0 { // found with the newest year
			newest := *list[0] // the year's own stays as it is
			newest.Terms = newest.Terms.And(p.terms)
			list[0] = &newest
		}
	}
	w.Inputs = s.lookedAt(w)
	return w
}

// take counts a department-year of the work, read newly or taken over.
func (s *Site) take(w *Work, m *member, read bool) {
	if read {
		m.placed = s.placed(m.full.Load(), w.before(m))
	}
	w.Years++
	w.Findings.Add(m.findings...)
	w.Findings.Add(m.placed...)
	w.Summaries[m.department] = append(w.Summaries[m.department], m.summary)
	w.prints = append(w.prints, m.prints...)
	for r, n := range m.outcomes {
		w.Outcomes[r] += n
	}
}

// yearKey names a department-year.
type yearKey struct {
	department *fiscal.Department
	year       int
}

// readAhead begins to read the tables of the department-years that are sure to
// be computed anew: tables can be read side by side, while figures are computed
// year by year, since each looks back at the one before.
func (s *Site) readAhead(f *Family, old *Work, now *since) map[yearKey]func() *tables {
	out := map[yearKey]func() *tables{}
	first := true // is needed at once
	for _, d := range f.Departments {
		follows := false // a department-year of which a table has changed
		for _, y := range s.years[d] {
			m := old.member(d, y)
			changed := m == nil || now.changed(m) == figures
			if changed || follows {
				if first {
					first, follows = false, changed
					continue
				}
				var t *tables
				wait := s.hands.aside(func() { t = s.tables(d, y) })
				out[yearKey{d, y}] = func() *tables { wait(); return t }
			}
			follows = changed
		}
	}
	return out
}

// member finds a department-year in the work.
func (w *Work) member(d *fiscal.Department, y int) *member {
	if w == nil {
		return nil
	}
	for _, m := range w.years {
		if m.department == d && m.year == y {
			return m
		}
	}
	return nil
}

// profile finds a department's profile in the work.
func (w *Work) profile(d *fiscal.Department) *profile {
	if w == nil {
		return nil
	}
	return w.profiles[d]
}

// linked reports whether a text of the family may lead to pages of the site.
func (w *Work) linked() bool {
	if w.recalled != nil {
		return true // for all that is known
	}
	for _, p := range w.profiles {
		if p.text.linked() {
			return true
		}
	}
	return slices.ContainsFunc(w.years, func(m *member) bool { return m.linked })
}

// lookedAt gathers what the work looked at.
func (s *Site) lookedAt(w *Work) []Input {
	out := []Input{} // not nil, even if nothing was looked at
	for _, p := range w.profiles {
		out = append(out, p.reads.all()...)
	}
	for _, m := range w.years {
		out = append(out, m.inputs...)
	}
	sortInputs(out)
	return slices.Compact(out)
}

// LetGo drops what only the family's own pages need; it is read again when it is
// asked for.
func (w *Work) LetGo() {
	for _, m := range w.years {
		m.full.Store(nil)
		m.alone.Store(nil)
	}
}

// shed drops all but what the pages of the whole site and the list of findings
// need. No page of the family can be made any more.
func (w *Work) shed() {
	for i, m := range w.years {
		w.years[i] = &member{department: m.department, year: m.year, waivers: m.waivers}
	}
	w.read, w.profiles = nil, nil
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
	f, ok := s.lineage.bySlug[slug]
	return f, ok
}

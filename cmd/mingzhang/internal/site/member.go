package site

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"

	"mingzhang/cmd/mingzhang/internal/check"
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/page"
)

// member is a department-year of a family's work: what is kept of it when its
// lines are let go, and how to get them back. It does not change once made.
type member struct {
	department *fiscal.Department
	year       int
	before     []*member // with which it was compared
	inputs     []Input   // what was looked at, the files that departments share included
	texts      []Input   // of these, the texts
	findings   diag.List
	outcomes   map[check.Result]int
	waivers    []*check.Waiver // that were needed
	summary    *page.Summary
	prints     []print
	placed     diag.List // about tables and charts that its text asks for
	linked     bool      // its text leads to other pages
	tables     string    // digest of what was looked at for its figures
	basis      string    // what a later year can see of it: its tables and its figures; holds within one run, and is not made where nobody looks again

	settled func() // waits until all of the above is known

	reading sync.Mutex
	full    atomic.Pointer[year]
	alone   atomic.Pointer[past] // for the next year, while it is not full
}

// ErrMoved is returned for a page whose files have changed since the site was
// looked at: the next look will show it.
var ErrMoved = errors.New("a source file has changed meanwhile")

// member computes a department-year; its tables may have been read ahead.
func (s *Site) member(d *fiscal.Department, y int, before []*member, ahead func() *tables) *member {
	var t *tables
	if ahead != nil {
		t = ahead()
	} else {
		t = s.tables(d, y)
	}
	return s.settle(s.compute(t, before), before)
}

// settle makes the member of a department-year whose figures are known. Its
// texts, which no other year looks at, are read aside: wait for settled before
// asking for what depends on them.
func (s *Site) settle(yr *year, before []*member) *member {
	m := &member{department: yr.dy.Department, year: yr.dy.Year, before: before, outcomes: map[check.Result]int{}, prints: prints(yr)}
	if !s.findings {
		m.tables = digest(s.tableInputs(yr.reads, yr.dy.Year))
	}
	if !s.findings && !s.opts.Once {
		m.basis = m.tables + strconv.FormatUint(yr.dy.Book.Sum(), 36)
	}
	m.full.Store(yr)
	m.settled = s.hands.aside(func() {
		s.reword(yr)
		m.inputs, m.texts = s.inputsOf(yr), yr.texts.all()
		m.findings, m.summary, m.linked = yr.findings, yr.summary, yr.text.linked()
		m.waivers = slices.Collect(maps.Values(yr.waived))
		for _, o := range yr.outcomes {
			m.outcomes[o.Result]++
		}
	})
	return m
}

// compared reports whether what is noted of this work may be held against that of
// another run, or of a later moment.
func (s *Site) compared() bool { return !s.opts.Once || s.Memory != nil }

// extent is how much of a department-year has changed.
type extent uint8

const (
	nothing extent = iota
	words          // texts alone
	figures
)

// takeOver returns a department-year of an earlier work as one of this work, or
// nil when it must be read anew: a table of it has changed, or what it was told
// of the year before. If only its texts have changed they alone are read; read
// reports that.
func (s *Site) takeOver(m *member, before []*member, now *since) (taken *member, read bool) {
	if m == nil || len(m.before) != len(before) {
		return nil, false
	}
	how := now.changed(m)
	same := slices.Equal(m.before, before)
	switch {
	case how == figures:
		return nil, false
	case same && how == nothing:
		return m, false
	case !slices.EqualFunc(m.before, before, func(a, b *member) bool { return a.basis == b.basis }):
		return nil, false
	}
	full := m.full.Load()
	if how == words {
		if full == nil {
			return nil, false
		}
		yr := *full
		return s.settle(&yr, before), true
	}
	c := &member{
		department: m.department, year: m.year, before: before, inputs: m.inputs, texts: m.texts, findings: m.findings,
		outcomes: m.outcomes, waivers: m.waivers, summary: m.summary, prints: m.prints, placed: m.placed, tables: m.tables, basis: m.basis, linked: m.linked, settled: m.settled,
	}
	c.full.Store(full)
	return c, false
}

// load returns all of a department-year, read again if it was let go.
func (s *Site) load(m *member) *year {
	if yr := m.full.Load(); yr != nil {
		return yr
	}
	m.reading.Lock()
	defer m.reading.Unlock()
	if yr := m.full.Load(); yr != nil {
		return yr
	}
	yr := s.compute(s.tables(m.department, m.year), m.before)
	s.reword(yr)
	yr.moved = !slices.Equal(s.inputsOf(yr), m.inputs) || slices.ContainsFunc(yr.before, func(p func() *past) bool { return p().moved })
	if !yr.moved {
		m.full.Store(yr)
	}
	return yr
}

// tableInputs lists what a department-year looked at for its figures, in the
// order of paths.
func (s *Site) tableInputs(own *reads, y int) []Input {
	out := own.all()
	for _, f := range s.Set.Shared[y] {
		if in, ok := s.shared.get(f.Path, ReadFile); ok {
			out = append(out, in)
		}
	}
	sortInputs(out)
	return out
}

// inputsOf lists all that a department-year looked at, in the order of paths.
func (s *Site) inputsOf(yr *year) []Input {
	out := append(s.tableInputs(yr.reads, yr.dy.Year), yr.texts.all()...)
	sortInputs(out)
	return out
}

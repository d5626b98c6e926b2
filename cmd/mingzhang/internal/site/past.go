package site

import (
	"strings"

	"mingzhang/cmd/mingzhang/internal/check"
	"mingzhang/cmd/mingzhang/internal/figure"
)

// past is a department-year as the year after it sees it: its tables as they were
// handed in, and its figures. A department-year that is read alone needs the one
// before as its past only: what follows from that one's own tables, so that the
// years before both need not be read. The few figures that look back themselves
// are computed, with all of their year, when one of them is asked for.
type past struct {
	papers []check.Paper
	figure func(id string) *figure.Figure // nil where there is none
	moved  bool                           // its files are no longer those of the work it belongs to

	weight int // in figures, of what is kept for it
}

// past returns what a later year sees of a department-year.
func (s *Site) past(m *member) *past {
	if yr := m.full.Load(); yr != nil {
		return &past{papers: yr.papers, figure: yr.dy.Book.Get, moved: yr.moved}
	}
	m.reading.Lock()
	defer m.reading.Unlock()
	if yr := m.full.Load(); yr != nil {
		return &past{papers: yr.papers, figure: yr.dy.Book.Get, moved: yr.moved}
	}
	if p := m.alone.Load(); p != nil {
		return p
	}
	t := s.tables(m.department, m.year)
	book := t.dy.Book
	s.Catalogue.ComputeAlone(book, m.year)
	book.Rest()
	p := &past{papers: papers(t.dy), weight: len(book.All())}
	p.figure = func(id string) *figure.Figure {
		if f := book.Get(id); f != nil || !s.looksBack(id) {
			return f
		}
		return s.load(m).dy.Book.Get(id)
	}
	p.moved = m.tables != "" && m.tables != digest(s.tableInputs(t.reads, m.year))
	if !p.moved {
		m.alone.Store(p)
	}
	return p
}

// looksBack reports whether a book that was computed alone may lack a figure of
// this id: it may depend on the year before, or be entered after facts and
// indicators, as points and changes are.
func (s *Site) looksBack(id string) bool {
	table, rest, ok := strings.Cut(id, "/")
	after := table == "score" || table == "last-year" || strings.Contains(rest, "/score") || strings.HasSuffix(rest, "-change")
	cell := ok && strings.Contains(rest, "/") && !after
	return !cell && !s.Catalogue.Knows(id) || s.Catalogue.LooksBack(id)
}

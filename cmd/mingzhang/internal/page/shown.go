package page

import (
	"maps"
	"slices"
	"strconv"

	"mingzhang/cmd/mingzhang/internal/indicator"
)

// AppendShownOf appends what pages show of a definition's figures in the
// department-year, so that two states of a page can be told apart without making
// it.
func (s *Summary) AppendShownOf(b []byte, d *indicator.Definition) []byte {
	b = s.AppendKey(b)
	for _, f := range s.Of(d) {
		b = f.AppendShown(b)
	}
	return b
}

// AppendShown appends what pages over many departments show of the
// department-year, besides its terms and the list of its pages.
func (s *Summary) AppendShown(b []byte) []byte {
	b = s.AppendKey(b)
	for _, f := range s.figures {
		b = f.AppendShown(b)
	}
	text := func(words string) { b = append(append(b, words...), 0) }
	for _, fact := range slices.Sorted(maps.Keys(s.Classes)) {
		text(fact)
		for _, class := range s.Classes[fact] {
			text(class)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(s.rows)) {
		text(id)
		for _, row := range s.rows[id] {
			text(row)
		}
	}
	return b
}

// AppendKey appends which department-year it is.
func (s *Summary) AppendKey(b []byte) []byte {
	return append(strconv.AppendInt(append(append(b, s.Department.Slug...), 0), int64(s.Year), 10), 0)
}

package page

import (
	"crypto/sha256"
	"strconv"

	"mingzhang/cmd/mingzhang/internal/figure"
)

// shownSize is of the digests by which what pages show of a definition in a
// department-year is told apart: they are compared with one earlier state each.
const shownSize = 8

// noteShown notes what pages show of a definition; definitions come in the
// catalogue's order.
func (s *Summary) noteShown(figures []*figure.Figure) {
	var b []byte
	for _, f := range figures {
		b = f.AppendPacked(b)
	}
	sum := sha256.Sum256(b)
	s.shown = append(s.shown, sum[:shownSize]...)
}

// AppendShownOf appends what tells apart what pages show of a definition's
// figures in the department-year, without making a page. The definition goes by
// its place in the catalogue: facts, then indicators.
func (s *Summary) AppendShownOf(b []byte, definition int) []byte {
	b = s.AppendKey(b)
	if at := shownSize * definition; at < len(s.shown) {
		b = append(b, s.shown[at:at+shownSize]...)
	}
	return b
}

// AppendShown appends what pages over many departments show of the
// department-year, besides its terms and the list of its pages.
func (s *Summary) AppendShown(b []byte) []byte { return s.packed.Append(s.AppendKey(b)) }

// AppendKey appends which department-year it is.
func (s *Summary) AppendKey(b []byte) []byte {
	return append(strconv.AppendInt(append(append(b, s.Department.Slug...), 0), int64(s.Year), 10), 0)
}

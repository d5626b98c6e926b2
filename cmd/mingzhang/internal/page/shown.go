package page

import (
	"bytes"
	"crypto/sha256"
	"slices"
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

// ShownOf is what tells apart what pages show of a definition's figures in the
// department-year, without making a page. The definition goes by its place in the
// catalogue: facts, then indicators.
func (s *Summary) ShownOf(definition int) []byte {
	if at := shownSize * definition; at < len(s.shown) {
		return s.shown[at : at+shownSize]
	}
	return nil
}

// AppendShown appends what tells apart what pages over many departments show of
// the department-year, besides its terms and what AppendHead has.
func (s *Summary) AppendShown(b []byte) []byte {
	return append(s.lead.Append(s.AppendKey(b)), s.rest.sum()...)
}

// AppendHead appends what pages over many years show of the department-year: all
// but its terms and the figures that only pages of the one year look at.
func (s *Summary) AppendHead(b []byte) []byte {
	b = s.lead.Append(s.AppendKey(b))
	b = append(strconv.AppendBool(b, s.Narrative), 0)
	for _, n := range []int{s.Errors, s.Waived} {
		b = append(strconv.AppendInt(b, int64(n), 10), 0)
	}
	b = append(append(b, s.Results...), 0)
	return append(append(b, s.Pages...), 0)
}

// AppendKey appends which department-year it is.
func (s *Summary) AppendKey(b []byte) []byte {
	return append(strconv.AppendInt(append(append(b, s.Department.Slug...), 0), int64(s.Year), 10), 0)
}

// Same reports whether two summaries of a department-year say the same.
func (s *Summary) Same(o *Summary) bool {
	return s.Department == o.Department && s.Proofs == o.Proofs && bytes.Equal(s.shown, o.shown) && slices.Equal(s.Terms, o.Terms) &&
		bytes.Equal(s.AppendHead(nil), o.AppendHead(nil)) && bytes.Equal(s.rest.sum(), o.rest.sum())
}

package page

import (
	"strconv"

	"mingzhang/cmd/mingzhang/internal/figure"
)

// EarlierYear is what the page of a department-year shows of one before it: its
// three public expenses. It holds no more, so that the page need not be made
// again when something else of that year has changed.
type EarlierYear struct {
	Year        int
	threePublic []*figure.Figure // by stage
}

// Earlier returns what pages of later years show of the department-year.
func (s *Summary) Earlier() EarlierYear {
	e := EarlierYear{Year: s.Year}
	for _, stage := range figure.Stages {
		if f := s.Figure(stageID("three-public-total", stage)); f != nil {
			e.threePublic = append(e.threePublic, f)
		}
	}
	return e
}

// figure finds one of its figures.
func (e EarlierYear) figure(id string) *figure.Figure {
	for _, f := range e.threePublic {
		if f.ID == id {
			return f
		}
	}
	return nil
}

// AppendShown appends what tells two states of it apart.
func (e EarlierYear) AppendShown(b []byte) []byte {
	b = append(strconv.AppendInt(b, int64(e.Year), 10), 0)
	for _, f := range e.threePublic {
		b = f.AppendShown(b)
	}
	return b
}

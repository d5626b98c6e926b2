package page

import (
	"slices"
	"strings"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/indicator"
	"mingzhang/cmd/mingzhang/internal/search"
)

// Summary is what site-wide pages keep of a department-year: its single
// figures, not its lines.
type Summary struct {
	Department *fiscal.Department
	Year       int
	lead       figure.Packed // what pages over many years show, see Summarise
	rest       *rest         // all other figures and lists; nil where there are none
	shown      []byte        // see ShownOf
	Terms      search.Terms  // of the main language, for the search
	Narrative  bool
	Errors     int
	Waived     int
	Results    Tally  // of the rules, by result
	Pages      string // names of its pages in the department-year's folder, a line for each
	Proofs     string // SHA-256 of its figures.json, where a build has made it
}

// What a summary's lists hold, before the name that tells them apart.
const (
	rowsList     = "rows/"    // ids of the figures of a definition for every row
	classesList  = "classes/" // the classes (类) that occur in a classification
	releasedList = "released" // documents with their days, see released
)

// Summarise keeps facts and indicators with one value, those of classes, and the
// documents that were published on a day. compared tells that the summary may be
// held against that of another run or moment.
func Summarise(dy *fiscal.DepartmentYear, cat *indicator.Catalogue, released []Release, compared bool) *Summary {
	s := &Summary{Department: dy.Department, Year: dy.Year}
	var lead, rest []*figure.Figure
	leading, rows := map[string][]string{}, map[string][]string{}
	find := cat.Finder(dy.Book)
	for _, defs := range [][]*indicator.Definition{cat.Facts, cat.Indicators} {
		for _, d := range defs {
			var figures []*figure.Figure
			switch {
			case d.Single():
				if f := dy.Book.Get(d.ID); f != nil {
					figures = append(figures, f)
				}
			case d.Each == "project": // as many as lines: they stay on their own pages
			default:
				figures = find(d)
				note(leading, rows, d, figures)
			}
			if compared {
				s.noteShown(figures)
			}
			if inOverview(d.ID) {
				lead = append(lead, figures...)
			} else {
				rest = append(rest, figures...)
			}
		}
	}
	for _, r := range released {
		lead = append(lead, r.Day)
		leading[releasedList] = append(leading[releasedList], r.words()...)
	}
	s.lead, s.rest = figure.Pack(lead, leading), restOf(figure.Pack(rest, rows))
	return s
}

// note adds the figures of a definition for every row to the lists.
func note(leading, rows map[string][]string, d *indicator.Definition, figures []*figure.Figure) {
	for _, f := range figures {
		rows[rowsList+d.ID] = append(rows[rowsList+d.ID], f.ID)
		if d.Each != "function" && d.Each != "economic" {
			continue
		}
		class := strings.Split(f.ID, "/")[1]
		if list := classesList + d.Each; !slices.Contains(leading[list], class) {
			leading[list] = append(leading[list], class)
		}
	}
}

// Newest is the total of the newest stage that is known, nil when none is.
func (s *Summary) Newest() *figure.Figure {
	stage, _ := newest(func(st figure.Stage) bool { return s.Figure(stageID("", st)).Known() })
	return s.Figure(stageID("", stage))
}

// Figure returns a single figure of the department-year, made anew in each call.
func (s *Summary) Figure(id string) *figure.Figure { return s.figure(id, new(near)) }

// near is where a figure was found last, in the other department-years of a list.
type near struct{ lead, rest figure.Near }

func (s *Summary) figure(id string, near *near) *figure.Figure {
	if inOverview(id) {
		return s.lead.GetNear(id, &near.lead)
	}
	return s.rest.figures().GetNear(id, &near.rest)
}

// Classes lists the classes (类) of a classification that occur.
func (s *Summary) Classes(classification string) []string {
	return s.lead.List(classesList + classification)
}

// of lists the figures of a definition: one, or one for each row.
func (s *Summary) of(d *indicator.Definition, near *near) []*figure.Figure {
	if d.Single() {
		if f := s.figure(d.ID, near); f != nil {
			return []*figure.Figure{f}
		}
		return nil
	}
	rest := s.rest.figures()
	ids := rest.List(rowsList + d.ID)
	out := make([]*figure.Figure, len(ids))
	for i, id := range ids {
		out[i] = rest.GetNear(id, &near.rest)
	}
	return out
}

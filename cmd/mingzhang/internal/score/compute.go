package score

import (
	"strings"

	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/formula"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// Sheet is a rubric filled in for a department-year or one of its projects.
type Sheet struct {
	Rubric   *Rubric
	Project  *figure.Row // nil for a department
	Items    []ItemScore
	Total    *figure.Figure  // the sum of what was scored
	Possible decimal.Decimal // the weight of what was scored
	Own      *figure.Figure  // the total that the department gives itself, nil if it does not
	Gap      *figure.Figure  // ours less theirs, nil without theirs
	Grade    lang.Text       // only when everything was scored
}

// ItemScore is an item with its points.
type ItemScore struct {
	Item   *Item
	Figure *figure.Figure
	Own    *figure.Figure // what the department gives itself, where we compute it
	Gated  bool
	Lost   *figure.Figure // what the gate took, nil unless it took something
	Parts  []PartScore
}

// PartScore is a part with its points and why they are what they are.
type PartScore struct {
	Part   *Part
	Figure *figure.Figure
	Judged bool           // the points are a judgement
	Lost   *figure.Figure // what it is short of its weight; nil when nothing was lost or nothing scored
	Reason Sentence       // why points were lost, or what is missing
	Next   Sentence       // what would earn more
	Unsure bool           // rounding of the inputs could move it to another band
}

// Scored reports whether the part has points.
func (p *PartScore) Scored() bool { return p.Figure.Known() }

// Complete reports whether every item was scored.
func (s *Sheet) Complete() bool { return s.Possible.Equal(s.Rubric.Total) }

// Compute scores a department-year and enters the points as figures: score,
// score/<item> and score/<item>/<part>. The sheet is nil when nothing at all can
// be scored.
func (r *Rubric) Compute(b *figure.Book, reasons Reasons) *Sheet {
	if r.Scope == "project" {
		return nil
	}
	return r.fill(b, formula.Scope{Book: b}, nil, lang.Text{}, reasons)
}

// ComputeProjects scores every project of a department-year whose goals carry
// points, under project/<key>/score.
func (r *Rubric) ComputeProjects(b *figure.Book, reasons Reasons) []*Sheet {
	if r.Scope != "project" {
		return nil
	}
	var out []*Sheet
	for _, row := range b.Table("project") {
		if row.Level != figure.Leaf {
			continue
		}
		scored, err := b.Select("goal{object=" + row.Attr("object") + "}.score")
		if err != nil || !anyKnown(scored.Figures) {
			continue
		}
		s := formula.Scope{Book: b, Row: row, Key: row.Key}
		if sheet := r.fill(b, s, row, row.Label, reasons); sheet != nil {
			out = append(out, sheet)
		}
	}
	return out
}

func anyKnown(figures []*figure.Figure) bool {
	for _, f := range figures {
		if f.Known() {
			return true
		}
	}
	return false
}

// Reasons finds the reason that people gave for a judged score, by the name of
// the item.
type Reasons func(name string) string

func (r *Rubric) fill(b *figure.Book, s formula.Scope, row *figure.Row, lead lang.Text, reasons Reasons) *Sheet {
	sheet := &Sheet{Rubric: r, Project: row}
	if !r.scorable(s) {
		return nil
	}
	named := func(t lang.Text) lang.Text {
		if lead.IsZero() {
			return t
		}
		return lang.Text{ZH: lead.ZH + "·" + t.ZH, EN: lead.EN + ", " + t.EN}
	}
	for _, it := range r.Items {
		x := ItemScore{Item: it}
		if len(it.Parts) > 1 {
			for _, p := range it.Parts {
				f := r.enter(b, s, r.id(it.ID+"/"+p.ID), p.expr, named(lang.Text{ZH: it.Name().ZH + "·" + p.Name.ZH, EN: it.Name().EN + ", " + p.Name.EN}), p.Standard)
				x.Parts = append(x.Parts, r.part(p, f, b, s, reasons))
			}
		}
		x.Figure = r.enter(b, s, r.id(it.ID), it.expr, named(lang.Text{ZH: it.Name().ZH + "得分", EN: it.Name().EN + ", points"}), it.Parts[0].Standard)
		if len(it.Parts) == 1 {
			x.Parts = []PartScore{r.part(it.Parts[0], x.Figure, b, s, reasons)}
		} else {
			x.Figure.Formula.Basis = lang.Text{}
		}
		x.gate(s)
		if x.Gated && x.Figure.Value.Base().LessThan(it.Weight) {
			x.Lost = lostPoints(b, s, x.Figure, it.lost)
		}
		x.own(b)
		if x.Figure.Known() {
			sheet.Possible = sheet.Possible.Add(it.Weight)
		}
		sheet.Items = append(sheet.Items, x)
	}
	sheet.Total = r.enter(b, s, r.id(""), r.total, named(r.totalName()), lang.Text{})
	sheet.compareOwn(b, r)
	sheet.grade()
	return sheet
}

func (r *Rubric) totalName() lang.Text { return lang.Text{ZH: "得分", EN: "score"} }

// scorable reports whether any item has something to stand on.
func (r *Rubric) scorable(s formula.Scope) bool {
	for _, it := range r.Items {
		for _, p := range it.Parts {
			if res, err := p.expr.Eval(s); err == nil && res.Value.Known() {
				return true
			}
		}
	}
	return false
}

// enter computes points and enters them as a figure.
func (r *Rubric) enter(b *figure.Book, s formula.Scope, id string, e *formula.Expr, name, basis lang.Text) *figure.Figure {
	id = strings.ReplaceAll(id, "{row}", s.Key)
	f := &figure.Figure{ID: id, Label: name, Column: name}
	res, err := e.Eval(s)
	if err != nil { // units that cannot be combined: shown as not scored, with the reason
		res.Value = money.Absent(money.NotReported, money.Points)
		res.Missing = append(res.Missing, lang.Explain(err))
	}
	f.Value = points(res.Value, r.Round.Places)
	f.Formula = res.Formula()
	f.Formula.Source = s.Fill(e.Source)
	f.Formula.Basis, f.Formula.Topic = basis, "score"
	if s.Key != "" {
		f.Formula.Row = "project/" + s.Key
	}
	b.Add(f)
	return f
}

// points gives a number of points its unit.
func points(v money.Value, places int32) money.Value {
	if !v.Known() {
		return money.Absent(v.State, money.Points).As(money.Points, places)
	}
	if v.Unit.Kind() == money.KindShare || v.Unit.Kind() == money.KindCount {
		v = money.Of(v.Base(), money.NoUnit).Within(v.Lo(), v.Hi())
	}
	return v.As(money.Points, max(places, min(v.Places, 2)))
}

// lostPoints enters what a figure of points is short of its weight, as finely as
// points are told.
func lostPoints(b *figure.Book, s formula.Scope, of *figure.Figure, e *formula.Expr) *figure.Figure {
	f := explaining(b, s, of, "lost", e, money.Points, lang.Text{ZH: "失分", EN: "points lost"})
	if f != nil {
		f.Value = f.Value.As(money.Points, min(lostPlaces, max(0, -f.Value.Base().Exponent())))
	}
	return f
}

// lostPlaces is to how many decimals lost points are told at most.
const lostPlaces = 5

// own finds what the department gives itself for an item that we compute.
func (x *ItemScore) own(b *figure.Book) {
	for _, p := range x.Parts {
		if p.Judged {
			return
		}
	}
	if f := b.Get(reviewID(x.Item.Name().ZH)); f.Known() {
		x.Own = f
	}
}

// gate tells whether the item's gate overrode the sum of its parts.
func (x *ItemScore) gate(s formula.Scope) {
	if x.Item.Gate == nil || !x.Figure.Known() {
		return
	}
	sum := decimal.Zero
	for _, p := range x.Item.Parts {
		res, err := p.expr.Eval(s)
		if err != nil || !res.Value.Known() {
			x.Gated = true // the parts have no points, and yet the item has
			return
		}
		sum = sum.Add(res.Value.Base())
	}
	x.Gated = !x.Figure.Value.Base().Equal(sum)
}

// compareOwn sets the department's own total beside ours.
func (s *Sheet) compareOwn(b *figure.Book, r *Rubric) {
	if s.Project != nil {
		return
	}
	own := b.Get("review/total/score")
	if !own.Known() {
		return
	}
	s.Own = own
	if !s.Complete() {
		return // a part is not compared with a whole
	}
	res, err := gapOf.Eval(formula.Scope{Book: b})
	if err != nil || !res.Value.Known() {
		return
	}
	f := &figure.Figure{ID: "score-difference", Label: lang.Text{ZH: "与自评总分之差", EN: "difference from the department's own total"}}
	f.Column = f.Label
	f.Value = points(res.Value, r.Round.Places)
	f.Formula = res.Formula()
	f.Formula.Topic = "score"
	b.Add(f)
	s.Gap = f
}

var gapOf = func() *formula.Expr {
	e, err := formula.Compile(`round(score, 2) - get("review/total/score")`)
	if err != nil {
		panic(err)
	}
	return e
}()

func (s *Sheet) grade() {
	if !s.Complete() || !s.Total.Known() {
		return
	}
	for _, g := range s.Rubric.Grades {
		if s.Total.Value.Base().GreaterThanOrEqual(g.From) {
			s.Grade = g.Name
			return
		}
	}
}

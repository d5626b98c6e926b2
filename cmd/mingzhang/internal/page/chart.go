package page

import (
	"html/template"
	"math"

	"mingzhang/cmd/mingzhang/internal/chart"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/money"
)

// Chart is a drawing with its caption and the way to the table of its figures. A
// page keeps its charts by id, so that a text can place one by name.
type Chart struct {
	ID      string        // execution, stages, functions, flow, projects, three-public, staffing, trend
	Name    string        // what a text calls it: 季度执行
	Caption string        // its title
	Note    string        // unit
	SVG     template.HTML // made by package chart, which escapes every text
	Table   string        // address of the table beside it
	Numbers []*Num        // what it prints, in the order of drawing
}

// Address is the chart's id in its page.
func (c *Chart) Address() string { return "chart-" + c.ID }

// Total is an amount of one stage, shown large with a bar.
type Total struct {
	Label string
	Term  *Link  `json:"-"` // where the label is explained
	Note  string // what else is to be said of it
	Num   *Num
	Bar   template.HTML
}

// head starts a drawing that is named after its chart.
func (ch *Chart) head(desc string) chart.Head {
	return chart.Head{ID: ch.Address(), Title: ch.Caption, Desc: desc}
}

// number is a number as a drawing prints it.
func (ch *Chart) number(n *Num) chart.Number {
	if n == nil {
		return chart.Number{}
	}
	ch.Numbers = append(ch.Numbers, n)
	return chart.Number{Text: n.Text, Unit: n.Unit, Joint: n.Joint(), Href: n.Href, Known: n.Known, Wan: n.Wan}
}

// length is how long a figure is drawn: money in 万元, all else in its own unit;
// NaN where there is no number. It is for geometry alone.
func length(f *figure.Figure) float64 {
	if !f.Known() {
		return math.NaN()
	}
	v := f.Value
	if v.Unit.Kind() == money.KindMoney {
		return v.In(money.WanYuan).InexactFloat64()
	}
	return v.Num().InexactFloat64()
}

// longest is the largest of some lengths, at least zero.
func longest(figures ...*figure.Figure) float64 {
	most := 0.0
	for _, f := range figures {
		if v := length(f); v > most {
			most = v
		}
	}
	return most
}

// bar draws a figure as a share of the longest beside it.
func bar(f *figure.Figure, most float64) template.HTML {
	if most <= 0 || !f.Known() {
		return ""
	}
	return template.HTML(chart.Inline(length(f) / most))
}

// stageStyle is how the stages are told apart in every chart.
var stageStyle = map[figure.Stage]chart.Style{figure.Original: chart.Hollow, figure.Adjusted: chart.Light, figure.Outturn: chart.Solid}

// stageKeys explains the stages that a drawing shows.
func (c Context) stageKeys(stages []figure.Stage) []chart.Key {
	var out []chart.Key
	for _, s := range stages {
		out = append(out, chart.Key{Style: stageStyle[s], Text: s.Name().In(c.Lang)})
	}
	return out
}

// stageID is the id of a fact at a stage: the totals have names of their own.
func stageID(fact string, s figure.Stage) string {
	if fact != "" {
		return fact + "/" + string(s)
	}
	return map[figure.Stage]string{figure.Original: "original-budget", figure.Adjusted: "adjusted-budget", figure.Outturn: "outturn"}[s]
}

// finder finds a figure by its id: a book or a summary.
type finder func(id string) *figure.Figure

// totals are the amounts of a fact at the stages that are known.
func (c Context) totals(find finder, fact string) []Total {
	var all []*figure.Figure
	for _, s := range figure.Stages {
		if f := find(stageID(fact, s)); f.Known() {
			all = append(all, f)
		}
	}
	most := longest(all...)
	var out []Total
	for _, f := range all {
		n := c.comparable(f)
		n.Unit = money.WanYuan.Name().In(c.Lang)
		t := Total{Label: f.Stage.Name().In(c.Lang), Num: n}
		t.Term = c.term(t.Label)
		if len(all) > 1 { // one bar compares nothing
			t.Bar = bar(f, most)
		}
		out = append(out, t)
	}
	return out
}

package chart

import (
	"math"
	"strconv"
)

// Bars is bars that lie under their names, all from one zero.
type Bars struct {
	Head
	Keys   []Key
	Ticks  []Tick // where thin lines stand, with their labels
	Groups []Group
}

// Group is a name, its number at the right end of the same line, and its bars.
type Group struct {
	Name   string
	Number Number
	Before Number // printed before it, with an arrow: the plan before what came of it
	Bars   []Bar
	Marks  []float64 // where marks stand across the bars
}

// Bar is a bar of a length. Inside draws it, thinner, in the bar before it, to
// show what was done of what was meant.
type Bar struct {
	Style  Style
	Value  float64
	Inside bool
}

// Tick is a thin line with its label.
type Tick struct {
	Value float64
	Label string
}

const (
	nameSize   = 14.0
	nameLine   = 19.0
	barHeight  = 14.0
	barGap     = 4.0
	groupGap   = 14.0
	minVisible = .0035 // of the width: a hair for what is there and small
)

// SVG draws the bars.
func (b Bars) SVG() string {
	lo, hi := 0.0, 0.0 // bars start at zero, so zero is always in sight
	reach := func(v float64) { lo, hi = math.Min(lo, finite(v)), math.Max(hi, finite(v)) }
	for _, t := range b.Ticks {
		reach(t.Value)
	}
	for _, g := range b.Groups {
		for _, x := range g.Bars {
			reach(x.Value)
		}
		for _, m := range g.Marks {
			reach(m)
		}
	}
	if hi == lo {
		hi = 1
	}
	at := func(v float64) float64 { return (finite(v) - lo) / (hi - lo) }

	var body canvas
	y := body.legend(b.Keys)
	var spans [][2]float64 // where bars are, so that thin lines leave names alone
	for i, g := range b.Groups {
		if i > 0 {
			y += groupGap
		}
		var first float64
		first, y = b.group(&body, g, y, at)
		spans = append(spans, [2]float64{first, y})
	}
	bottom := y
	if len(b.Ticks) > 0 {
		y += 18
	}
	var c canvas
	c.open(b.Head, "bars", y+4)
	for _, t := range b.Ticks {
		x := at(t.Value)
		for _, span := range spans {
			c.raw(`<line class="gr" x1="`, pct(x), `" x2="`, pct(x), `" y1="`, px(span[0]-2), `" y2="`, px(span[1]+2), `"/>`)
		}
		c.text(pct(x), bottom+15, "k", tickAnchor(x), t.Label)
	}
	c.raw(body.String())
	return c.close()
}

// group draws one group from y on and returns where its bars begin and end.
func (b Bars) group(c *canvas, g Group, y float64, at func(float64) float64) (first, end float64) {
	room := Narrow
	if g.Number.Text != "" {
		room -= (ems(g.Number.Text+g.Number.Unit) + 1.2) * 13
	}
	if g.Before.Text != "" {
		room -= (ems(g.Before.Text+g.Before.Unit+arrow) + .4) * 13
	}
	for _, line := range wrap(g.Name, math.Max(room/nameSize, 4), 2) {
		y += nameLine
		c.text("0", y-5, "n", "", line)
	}
	c.numbers("100%", y-5, "", "e", g.Before, g.Number)
	y += 2
	first = y
	for i, x := range g.Bars {
		height, top := barHeight, y
		if x.Inside && i > 0 {
			height, top = barHeight-8, y-barHeight-barGap+4
		} else {
			y += barHeight + barGap
		}
		from, to := at(math.Min(finite(x.Value), 0)), at(math.Max(finite(x.Value), 0))
		if finite(x.Value) != 0 && to-from < minVisible {
			to = from + minVisible
		}
		if to > from {
			c.rect(pct(from), px(top+.5), pct(to-from), px(height-1), styleClass[x.Style])
		}
	}
	y = math.Max(y-barGap, first)
	if len(g.Bars) > 0 { // zero, beside the bars only: names stand clear of it
		c.raw(`<line class="ax" x1="`, pct(at(0)), `" x2="`, pct(at(0)), `" y1="`, px(first-2), `" y2="`, px(y+2), `"/>`)
	}
	for _, m := range g.Marks {
		c.mark(pct(at(m)), first-3, y-first+5)
	}
	return first, y
}

// Inline draws a bar for the cell of a table, from zero: share is its length of
// the longest.
func Inline(share float64) string {
	share = math.Min(math.Max(finite(share), 0), 1)
	if share == 0 {
		return ""
	}
	return `<svg class="b" width="100%" height="8" aria-hidden="true"><rect class="b3" width="` + pct(math.Max(share, .01)) + `" height="8"/></svg>`
}

// Between returns round values for ticks around what lies between two numbers, at
// most n steps: from zero, unless all of it lies in the upper half.
func Between(least, most float64, n int) []float64 {
	if least < most/2 || most <= 0 || least == most {
		return Scale(most, n)
	}
	steps := Scale(most-least, n)
	if len(steps) < 2 {
		return Scale(most, n)
	}
	step := steps[1]
	digits := max(0, int(math.Ceil(-math.Log10(step)))+1)
	var out []float64
	for i := math.Floor(least / step); ; i++ {
		v, _ := strconv.ParseFloat(strconv.FormatFloat(i*step, 'f', digits, 64), 64) // without the dust of binary fractions
		out = append(out, v)
		if v >= most || len(out) > n+2 {
			return out
		}
	}
}

// Scale returns round values from zero to a maximum, for ticks: at most n steps.
func Scale(maximum float64, n int) []float64 {
	maximum = finite(maximum)
	if maximum <= 0 || n < 1 {
		return []float64{0}
	}
	raw := maximum / float64(n)
	base := math.Pow(10, math.Floor(math.Log10(raw)))
	step := 10 * base
	for _, m := range []float64{1, 2, 2.5, 5} {
		if m*base >= raw*(1-1e-9) {
			step = m * base
			break
		}
	}
	var out []float64
	for i := range n + 1 {
		v := step * float64(i)
		out = append(out, v)
		if v >= maximum*(1-1e-9) {
			break
		}
	}
	return out
}

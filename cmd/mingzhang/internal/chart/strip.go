package chart

import (
	"math"
	"strconv"
	"strings"
)

// Strip shows how many things lie along one axis: a row for each year, a stroke
// for each place on the axis where something lies. Where several lie at one
// place, the stroke is taller, so that ten thousand departments take no more
// room, in bytes and in pixels, than two hundred.
type Strip struct {
	Head
	Low   float64 // where the axis begins: places, not lengths, are what is read
	Rows  []StripRow
	Ticks []Tick
	Mark  string // what the mark of each row stands for: the median
}

// StripRow is the values of one row, and one of them that is marked and printed.
type StripRow struct {
	Name   string
	Number Number
	Mark   float64 // NaN for none
	Values []float64
}

const (
	stripPlaces = 200 // on the axis: a place is 1.5 px on the narrowest screen
	stripHeight = 30.0
	stripLow    = 10.0 // height of a stroke for one
)

// SVG draws the strips.
func (s Strip) SVG() string {
	lo, hi := s.Low, s.Low
	reach := func(v float64) { lo, hi = math.Min(lo, finite(v)), math.Max(hi, finite(v)) }
	for _, t := range s.Ticks {
		reach(t.Value)
	}
	for _, r := range s.Rows {
		for _, v := range r.Values {
			reach(v)
		}
	}
	if hi == lo {
		hi = 1
	}
	at := func(v float64) float64 { return (finite(v) - lo) / (hi - lo) }

	var body canvas
	y := body.legend([]Key{{Mark: true, Text: s.Mark}})
	var tops []float64
	for i, r := range s.Rows {
		if i > 0 {
			y += groupGap
		}
		y += nameLine
		body.text("0", y-5, "n", "", r.Name)
		body.number("100%", y-5, "", "e", r.Number)
		y += 3
		tops = append(tops, y)
		body.raw(`<svg x="0" y="`, px(y), `" width="100%" height="`, px(stripHeight), `" viewBox="0 0 `, strconv.Itoa(stripPlaces), " ", px(stripHeight), `" preserveAspectRatio="none"><path class="st" d="`, strokes(r.Values, at), `"/></svg>`+"\n")
		body.raw(`<line class="ax" x1="0" x2="100%" y1="`, px(y+stripHeight), `" y2="`, px(y+stripHeight), `"/>`)
		if !math.IsNaN(r.Mark) {
			body.mark(pct(at(r.Mark)), y-2, stripHeight+2)
		}
		y += stripHeight
	}
	var c canvas
	c.open(s.Head, "strip", y+22)
	for _, t := range s.Ticks {
		x := at(t.Value)
		for _, top := range tops {
			c.raw(`<line class="gr" x1="`, pct(x), `" x2="`, pct(x), `" y1="`, px(top), `" y2="`, px(top+stripHeight), `"/>`)
		}
		c.text(pct(x), y+18, "k", tickAnchor(x), t.Label)
	}
	c.raw(body.String())
	return c.close()
}

// tickAnchor keeps a label that stands at an end of the axis inside the drawing.
func tickAnchor(x float64) string {
	switch {
	case x < .08:
		return ""
	case x > .92:
		return "e"
	}
	return "m"
}

// strokes writes the path of a row.
func strokes(values []float64, at func(float64) float64) string {
	counts := make([]int, stripPlaces+1)
	most := 0
	for _, v := range values {
		i := int(math.Round(at(v) * stripPlaces))
		counts[i]++
		most = max(most, counts[i])
	}
	var b strings.Builder
	for i, n := range counts {
		if n == 0 {
			continue
		}
		h := stripLow
		if most > 1 {
			h += (stripHeight - stripLow) * float64(n-1) / float64(most-1)
		}
		b.WriteString("M" + px(math.Min(math.Max(float64(i), .5), stripPlaces-.5)) + " " + px(stripHeight) + "v-" + strconv.Itoa(int(math.Round(h))))
	}
	return b.String()
}

package chart

import (
	"math"
	"slices"
)

// Treemap is parts of a whole as areas, largest first.
type Treemap struct {
	Head
	Parts []Part
}

// Part is one area. Parts that are not above zero have no area and are left out;
// the list beside a treemap has them.
type Part struct {
	Name   string
	Number Number
	Value  float64
}

const mapHeight = 280.0

// box is a rectangle: across as a share of the width, down in pixels.
type box struct{ x, y, w, h float64 }

// SVG draws the areas.
func (t Treemap) SVG() string {
	var parts []Part
	for _, p := range t.Parts {
		if p.Value > 0 && !math.IsInf(p.Value, 0) {
			parts = append(parts, p)
		}
	}
	slices.SortStableFunc(parts, func(a, b Part) int {
		switch {
		case a.Value > b.Value:
			return -1
		case a.Value < b.Value:
			return 1
		}
		return 0
	})
	var c canvas
	c.open(t.Head, "map", mapHeight)
	values := make([]float64, len(parts))
	for i, p := range parts {
		values[i] = p.Value
	}
	for i, b := range squarify(values, Narrow, mapHeight) {
		p := parts[i]
		c.raw(`<g><title>`)
		c.esc(p.Name)
		c.raw("</title>")
		c.rect(pct(b.x/Narrow), px(b.y), pct(b.w/Narrow), px(b.h), "m")
		drawn := t.label(&c, p, b, Narrow, "")
		if !drawn {
			t.label(&c, p, b, Wide, "w")
		}
		c.raw("</g>\n")
	}
	return c.close()
}

// label writes name and number into an area if it is large enough on a screen of
// some width.
func (t Treemap) label(c *canvas, p Part, b box, width float64, class string) bool {
	const size, line, pad = 13.0, 18.0, 8.0
	room := (b.w/Narrow*width - 2*pad) / size
	if room < 2 {
		return false
	}
	lines := wrap(p.Name, room, 3)
	if len(lines) == 0 {
		return false // a code that no list names, in a table without names
	}
	last := lines[len(lines)-1]
	number := ems(p.Number.Text + p.Number.Unit)
	whole := []rune(last)[len([]rune(last))-1] != '…'
	if !whole || number > room || float64(len(lines))*line+24+pad > b.h {
		return false
	}
	y := b.y + pad
	for _, s := range lines {
		y += line
		c.inset(b, y-5, class, func() { c.esc(s) })
	}
	if p.Number.Text != "" {
		c.inset(b, y+line-3, class, func() { c.figure(p.Number) })
	}
	return true
}

// inset starts a text a little inside an area.
func (c *canvas) inset(b box, y float64, class string, write func()) {
	c.raw(`<text x="`, pct(b.x/Narrow), `" y="`, px(y), `" dx="8"`)
	if class != "" {
		c.raw(` class="`, class, `"`)
	}
	c.raw(">")
	write()
	c.raw("</text>")
}

// squarify divides a rectangle into areas in proportion to values, which come
// largest first, keeping each as near to a square as the row allows (the
// algorithm of Bruls, Huizing and van Wijk).
func squarify(values []float64, width, height float64) []box {
	total := 0.0
	for _, v := range values {
		total += v
	}
	out := make([]box, 0, len(values))
	free := box{0, 0, width, height}
	scale := width * height / total
	for i := 0; i < len(values); {
		side := math.Min(free.w, free.h)
		sum, n := 0.0, 0
		worst := math.Inf(1)
		for n < len(values)-i {
			next := sum + values[i+n]*scale
			// the first of a row is the largest, the one just added the smallest
			if r := ratio(values[i]*scale, values[i+n]*scale, next, side); r <= worst {
				worst, sum, n = r, next, n+1
				continue
			}
			break
		}
		thick := sum / side
		at := 0.0
		for _, v := range values[i : i+n] {
			long := v * scale / thick
			if free.w >= free.h {
				out = append(out, box{free.x, free.y + at, thick, long})
			} else {
				out = append(out, box{free.x + at, free.y, long, thick})
			}
			at += long
		}
		if free.w >= free.h {
			free.x, free.w = free.x+thick, math.Max(free.w-thick, 0)
		} else {
			free.y, free.h = free.y+thick, math.Max(free.h-thick, 0)
		}
		i += n
	}
	return out
}

// ratio is the worst length-to-width of a row whose areas add up to sum.
func ratio(largest, smallest, sum, side float64) float64 {
	s := side * side
	return math.Max(s*largest/(sum*sum), sum*sum/(s*smallest))
}

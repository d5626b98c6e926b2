package chart

import "math"

// Lines is series over years, from zero.
type Lines struct {
	Head
	Years  []string
	Series []Series
	Ticks  []Tick // of the upright axis
}

// Series is a value for each year; NaN where there is none, and the line is
// broken there.
type Series struct {
	Name   string
	Style  Style
	Values []float64
}

const (
	plotHeight = 190.0
	plotLeft   = .04
	plotRight  = .96
)

// markers are the shapes by which series are told apart.
var lineClass = [...]string{"l1", "l2", "l3"}

// SVG draws the lines.
func (l Lines) SVG() string {
	lo, hi := 0.0, 0.0
	for _, t := range l.Ticks {
		lo, hi = math.Min(lo, finite(t.Value)), math.Max(hi, finite(t.Value))
	}
	for _, s := range l.Series {
		for _, v := range s.Values {
			lo, hi = math.Min(lo, finite(v)), math.Max(hi, finite(v))
		}
	}
	if hi == lo {
		hi = 1
	}
	var body canvas
	top := l.legend(&body) + 16
	at := func(v float64) float64 { return top + plotHeight*(hi-finite(v))/(hi-lo) }
	x := func(i int) float64 {
		if len(l.Years) < 2 {
			return .5
		}
		return plotLeft + (plotRight-plotLeft)*float64(i)/float64(len(l.Years)-1)
	}
	for _, t := range l.Ticks {
		y := at(t.Value)
		body.raw(`<line class="gr" x1="0" x2="100%" y1="`, px(y), `" y2="`, px(y), `"/>`)
		body.text("0", y-4, "k", "", t.Label)
	}
	base := at(0)
	body.raw(`<line class="ax" x1="0" x2="100%" y1="`, px(base), `" y2="`, px(base), `"/>`+"\n")
	bottom := top + plotHeight
	for i, y := range l.Years {
		anchor := "m"
		switch {
		case len(l.Years) > 1 && i == 0:
			anchor = ""
		case len(l.Years) > 1 && i == len(l.Years)-1:
			anchor = "e"
		case !l.labelled(i):
			continue
		}
		where := pct(x(i))
		if anchor == "" {
			where = "0"
		} else if anchor == "e" {
			where = "100%"
		}
		body.text(where, bottom+18, "k", anchor, y)
	}
	// The lines stand in an inner drawing that is stretched across only.
	body.raw(`<svg y="0" width="100%" height="`, px(bottom), `" viewBox="0 0 1000 `, px(bottom), `" preserveAspectRatio="none">`)
	for _, s := range l.Series {
		body.raw(`<path class="`, lineClass[s.Style], `" vector-effect="non-scaling-stroke" d="`)
		pen := "M"
		for i, v := range s.Values {
			if math.IsNaN(v) {
				pen = "M"
				continue
			}
			body.raw(pen, px(x(i)*1000), " ", px(at(v)))
			pen = "L"
		}
		body.raw(`"/>`)
	}
	body.raw("</svg>\n")
	for _, s := range l.Series {
		for i, v := range s.Values {
			if !math.IsNaN(v) {
				body.point(s.Style, pct(x(i)), at(v))
			}
		}
	}
	var c canvas
	c.open(l.Head, "lines", bottom+24)
	c.raw(body.String())
	return c.close()
}

// labelled thins out the years so that their labels do not touch.
func (l Lines) labelled(i int) bool {
	const most = 6 // a year takes 48 px
	step := (len(l.Years)-1)/most + 1
	return i%step == 0 && i+step <= len(l.Years)-1 || len(l.Years) <= most
}

// point draws the shape of a series: a ring, a square, a full disc.
func (c *canvas) point(s Style, x string, y float64) {
	if s == Light {
		c.raw(`<rect class="p2" x="`, x, `" y="`, px(y-3.5), `" width="7" height="7" transform="translate(-3.5)"/>`+"\n")
		return
	}
	c.raw(`<circle class="`, [...]string{"p1", "p2", "p3"}[s], `" cx="`, x, `" cy="`, px(y), `" r="4"/>`+"\n")
}

func (l Lines) legend(c *canvas) float64 {
	const size, swatch, line = 12.0, 30.0, 22.0
	x, y := 0.0, 0.0
	for _, s := range l.Series {
		w := swatch + ems(s.Name)*size + 14
		if x > 0 && x+w > Narrow {
			x, y = 0, y+line
		}
		c.raw(`<line class="`, lineClass[s.Style], `" x1="`, px(x), `" x2="`, px(x+24), `" y1="`, px(y+9), `" y2="`, px(y+9), `"/>`)
		c.point(s.Style, px(x+12), y+9)
		c.text(px(x+swatch), y+13, "k", "", s.Name)
		x += w
	}
	if len(l.Series) == 0 {
		return 0
	}
	return y + line
}

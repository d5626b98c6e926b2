// Package chart draws figures as SVG, at build time: grouped bars, lines over
// years, a treemap and a flow of money from sources to uses. Libraries were
// tried first; those in Go draw bars from elsewhere than zero or let Chinese
// labels overlap, and these few charts are what a resident looks at first.
//
// How they are made to hold from a telephone to a wide screen: across, every
// place is a percentage of the figure's width; down, it is in pixels. So bars
// stretch and letters do not. Curves cannot be written in percentages; they
// stand in an inner drawing that is stretched across only. What fits is worked
// out for the narrowest screen, 300 px of drawing; labels that only fit on a
// wide one carry the class w and are shown there.
//
// Colours, dark and print forms are the theme's: shapes carry classes alone, no
// style, so a strict Content-Security-Policy lets them pass. Kinds of bar differ
// in lightness and outline, marks and lines in shape, never in hue alone.
//
// A chart knows no figure. Values are floats and good for geometry only; a
// number that is printed comes as text, with the address of its proof.
package chart

import (
	"math"
	"strconv"
	"strings"
)

// Narrow and Wide are the widths in pixels for which labels are laid out: the
// drawing on a screen of 360 px with a scroll bar, and in half a wide screen.
const (
	Narrow = 300.0
	Wide   = 400.0
)

// Number is a figure as printed, with the way to its proof. Without a text
// nothing is printed.
type Number struct {
	Text  string
	Unit  string
	Joint string // between text and unit
	Href  string
	Known bool // a number, not a state
	Wan   bool // shown in 万元 where the department reports another unit
}

// Head is what every chart says of itself: an id that is unique on its page, and
// title and description for those who do not see it.
type Head struct {
	ID    string
	Title string
	Desc  string
}

// Style is how a bar or a line is told from its neighbours.
type Style int

// The styles, from what was meant to what was done.
const (
	Hollow Style = iota // outline alone: the plan
	Light               // outline and a light fill: the changed plan
	Solid               // dark: what was done
)

// Key says what a style stands for.
type Key struct {
	Style Style
	Text  string
	Mark  bool // the key of the marks, not of a style
}

// canvas writes SVG.
type canvas struct{ strings.Builder }

// usual is how many bytes most drawings take.
const usual = 4 << 10

// open starts a drawing of a height in pixels.
func (c *canvas) open(h Head, kind string, height float64) {
	c.Grow(usual)
	c.raw(`<svg class="c `, kind, `" role="group" width="100%" height="`, px(height), `" aria-labelledby="`)
	c.esc(h.ID)
	c.raw(`-n" aria-describedby="`)
	c.esc(h.ID)
	c.raw(`-d"><title id="`)
	c.esc(h.ID)
	c.raw(`-n">`)
	c.esc(h.Title)
	c.raw(`</title><desc id="`)
	c.esc(h.ID)
	c.raw(`-d">`)
	c.esc(h.Desc)
	c.raw("</desc>\n")
}

func (c *canvas) close() string {
	c.raw("</svg>\n")
	return c.String()
}

func (c *canvas) raw(parts ...string) {
	for _, s := range parts {
		c.WriteString(s)
	}
}

var escapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;", "\x00", "\uFFFD")

func (c *canvas) esc(s string) { _, _ = escapes.WriteString(c, s) }

// text writes a line of words. anchor is "", "m" for the middle or "e" for the
// end.
func (c *canvas) text(x string, y float64, class, anchor, s string) {
	c.startText(x, y, class, anchor)
	c.esc(s)
	c.raw("</text>\n")
}

func (c *canvas) startText(x string, y float64, class, anchor string) {
	c.raw(`<text x="`, x, `" y="`, px(y), `"`)
	if class = strings.TrimSpace(class + " " + anchor); class != "" {
		c.raw(` class="`, class, `"`)
	}
	c.raw(">")
}

// number writes a figure, linked to its proof where it has one.
func (c *canvas) number(x string, y float64, class, anchor string, n Number) {
	if n.Text == "" {
		return
	}
	c.startText(x, y, class, anchor)
	c.figure(n)
	c.raw("</text>\n")
}

// arrow stands between a number and what came of it.
const arrow = " → "

// numbers writes a figure, and before it another from which it came.
func (c *canvas) numbers(x string, y float64, class, anchor string, before, n Number) {
	if before.Text == "" {
		c.number(x, y, class, anchor, n)
		return
	}
	c.startText(x, y, class, anchor)
	c.figure(before)
	c.esc(arrow)
	c.figure(n)
	c.raw("</text>\n")
}

// figure writes the figure alone, inside a text.
func (c *canvas) figure(n Number) {
	tag := "tspan"
	if n.Href != "" {
		tag = "a"
	}
	c.raw("<", tag, ` class="v`)
	if !n.Known {
		c.raw(" na")
	}
	c.raw(`"`)
	if n.Href != "" {
		c.raw(` href="`)
		c.esc(n.Href)
		c.raw(`"`)
	}
	if n.Wan {
		c.raw(` data-u="wan"`)
	}
	c.raw(">")
	c.esc(n.Text)
	c.raw("</", tag, ">")
	if n.Unit != "" {
		c.esc(n.Joint)
		c.raw(`<tspan class="u">`)
		c.esc(n.Unit)
		c.raw("</tspan>")
	}
}

var styleClass = [...]string{"b1", "b2", "b3"}

func (c *canvas) rect(x, y, width, height, class string) {
	c.raw(`<rect x="`, x, `" y="`, y, `" width="`, width, `" height="`, height, `" class="`, class, `"/>`+"\n")
}

// legend writes the keys in as many lines as a narrow screen needs and returns
// the height it took.
func (c *canvas) legend(keys []Key) float64 {
	if len(keys) == 0 {
		return 0
	}
	const size, swatch, line = 12.0, 20.0, 22.0
	x, y := 0.0, 0.0
	for _, k := range keys {
		w := swatch + ems(k.Text)*size + 14
		if x > 0 && x+w > Narrow {
			x, y = 0, y+line
		}
		if k.Mark {
			c.mark(px(x+7), y+3, 12)
		} else {
			c.rect(px(x+.5), px(y+4.5), "14", "9", styleClass[k.Style])
		}
		c.text(px(x+swatch), y+13, "k", "", k.Text)
		x += w
	}
	return y + line + 6
}

// mark draws a mark across a bar: a line with a foot.
func (c *canvas) mark(x string, y, height float64) {
	c.raw(`<line class="mk" x1="`, x, `" x2="`, x, `" y1="`, px(y), `" y2="`, px(y+height), `"/><circle class="mk" cx="`, x, `" cy="`, px(y+height), `" r="3"/>`+"\n")
}

// px writes pixels, pct a percentage, both with two decimals at most.
func px(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "0"
	}
	s := strconv.FormatFloat(v, 'f', 2, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" {
		return "0"
	}
	return s
}

func pct(share float64) string { return px(share*100) + "%" }

// finite is v, or zero where there is no number to draw.
func finite(v float64) float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return 0
	}
	return v
}

package chart

import "math"

// Flow is money on its way through layers from left to right: sources, the pot
// in which they come together, uses. Within a layer nodes keep their order.
type Flow struct {
	Head
	Layers [][]Node // two or three
	Links  []Band
}

// Node is a place through which money goes.
type Node struct {
	Name   string
	Number Number
	Value  float64
}

// Band is money that goes from a node of one layer to a node of the next.
type Band struct {
	Layer    int // of From
	From, To int
	Value    float64
}

const (
	flowHeight = 220.0 // of the fullest layer, without its gaps
	flowGap    = 10.0
	nodeWidth  = 10.0 // px
	labelSize  = 13.0
	labelLine  = 17.0
)

// place is where a node stands, down in pixels. Its slot may be higher than
// itself, so that two labels never touch.
type place struct{ y, h, top, slot float64 }

// SVG draws the flow.
func (f Flow) SVG() string {
	top := 4.0
	if len(f.Layers) == 3 {
		top = 46 // the label of the pot stands over it
	}
	places, height := f.layout(top)
	var c canvas
	c.open(f.Head, "flow", height)
	across := func(layer int) float64 { return float64(layer) / float64(max(len(f.Layers)-1, 1)) }
	c.raw(`<svg width="100%" height="`, px(height), `" viewBox="0 0 1000 `, px(height), `" preserveAspectRatio="none">`)
	out, in := map[[2]int]float64{}, map[[2]int]float64{}
	for _, l := range f.Links {
		a, b := places[l.Layer][l.From], places[l.Layer+1][l.To]
		ka, kb := [2]int{l.Layer, l.From}, [2]int{l.Layer + 1, l.To}
		ha, hb := share(l.Value, f.Layers[l.Layer][l.From].Value)*a.h, share(l.Value, f.Layers[l.Layer+1][l.To].Value)*b.h
		c.band(across(l.Layer)*1000, a.y+out[ka], ha, across(l.Layer+1)*1000, b.y+in[kb], hb)
		out[ka] += ha
		in[kb] += hb
	}
	c.raw("</svg>\n")
	for i, layer := range f.Layers {
		for j, n := range layer {
			f.node(&c, i, n, places[i][j], across(i))
		}
	}
	return c.close()
}

func share(part, whole float64) float64 {
	if whole <= 0 {
		return 0
	}
	return math.Min(finite(part)/whole, 1)
}

// layout gives every node a height in proportion and a slot that holds its
// label, and returns the height of the whole.
func (f Flow) layout(top float64) (places [][]place, height float64) {
	most := 0.0
	for _, layer := range f.Layers {
		sum := 0.0
		for _, n := range layer {
			sum += math.Max(finite(n.Value), 0)
		}
		most = math.Max(most, sum)
	}
	if most == 0 {
		most = 1
	}
	for i, layer := range f.Layers {
		y := top
		var col []place
		for _, n := range layer {
			h := math.Max(math.Max(finite(n.Value), 0)/most*flowHeight, 1.5)
			slot := math.Max(h, f.labelHeight(i, n))
			col = append(col, place{y: y + (slot-h)/2, h: h, top: y, slot: slot})
			y += slot + flowGap
		}
		places = append(places, col)
		height = math.Max(height, y-flowGap)
	}
	// Layers with less in them stand in the middle.
	for _, col := range places {
		if len(col) == 0 {
			continue
		}
		last := col[len(col)-1]
		down := (height - last.top - last.slot) / 2
		for i := range col {
			col[i].y += down
			col[i].top += down
		}
	}
	return places, height + 4
}

// middle reports whether a layer is the pot between sources and uses.
func (f Flow) middle(layer int) bool { return len(f.Layers) == 3 && layer == 1 }

// labelWidth is the room for a label beside its node, in ems.
func (f Flow) labelWidth() float64 { return (Narrow/2 - nodeWidth - 14) / labelSize }

func (f Flow) labelHeight(layer int, n Node) float64 {
	if f.middle(layer) {
		return 0
	}
	lines := float64(len(wrap(n.Name, f.labelWidth(), 3)))
	if n.Number.Text != "" {
		lines += 1.3
	}
	return lines*labelLine + 4
}

func (f Flow) node(c *canvas, layer int, n Node, p place, x float64) {
	c.raw(`<rect class="nd" x="`, pct(x), `" y="`, px(p.y), `" width="`, px(nodeWidth), `" height="`, px(p.h), `"`)
	switch {
	case f.middle(layer):
		c.raw(` transform="translate(-`, px(nodeWidth/2), `)"`)
	case layer > 0:
		c.raw(` transform="translate(-`, px(nodeWidth), `)"`)
	}
	c.raw("/>")
	if f.middle(layer) {
		c.text(pct(x), p.y-25, "s", "m", cut(n.Name, f.labelWidth()*1.6))
		c.number(pct(x), p.y-7, "s", "m", n.Number)
		return
	}
	lines := wrap(n.Name, f.labelWidth(), 3)
	tall := float64(len(lines)) * labelLine
	if n.Number.Text != "" {
		tall += labelLine
	}
	y := p.top + (p.slot-tall)/2
	class, dx := "s", px(nodeWidth+6)
	if layer > 0 {
		class, dx = "s e", "-"+dx
	}
	put := func(write func()) {
		y += labelLine
		c.raw(`<text x="`, pct(x), `" y="`, px(y-4), `" dx="`, dx, `" class="`, class, `">`)
		write()
		c.raw("</text>")
	}
	for _, s := range lines {
		put(func() { c.esc(s) })
	}
	if n.Number.Text != "" {
		put(func() { c.figure(n.Number) })
	}
	c.raw("\n")
}

// band draws money between two nodes.
func (c *canvas) band(x1, y1, h1, x2, y2, h2 float64) {
	m := px((x1 + x2) / 2)
	c.raw(`<path class="bd" d="M`, px(x1), " ", px(y1), "C", m, " ", px(y1), " ", m, " ", px(y2), " ", px(x2), " ", px(y2),
		"V", px(y2+h2), "C", m, " ", px(y2+h2), " ", m, " ", px(y1+h1), " ", px(x1), " ", px(y1+h1), `Z"/>`)
}

package narrative

import (
	"bytes"
	"html/template"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Piece is a part of a rendered text: HTML that is safe to pass on, or a place
// where a page puts a figure, a table, a chart or a marked number.
type Piece struct {
	HTML template.HTML
	Ref  int    // index into References, or -1
	Mark int    // index of the span given to Mark, or -1
	Text string // of a mark: what the page shows
}

// Span is a stretch of the body, in characters, that a page shows in its own
// way: a number that someone typed.
type Span struct{ From, Till int }

// The private characters that stand for references and marks between rendering
// and cutting. A text that holds them itself loses them.
const (
	refOpen  = '\ue0f0'
	markOpen = '\ue0f1'
	closing  = '\ue0f2'
)

var private = strings.NewReplacer(string(refOpen), "", string(markOpen), "", string(closing), "")

// privateStart is how each of them begins.
const privateStart = "\xee\x83"

// kindMark is the node of a marked number.
var kindMark = ast.NewNodeKind("Mark")

type markNode struct {
	ast.BaseInline
	index int
}

func (n *markNode) Kind() ast.NodeKind { return kindMark }

func (n *markNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// Mark sets spans apart, but for those in links and code. Of one that goes beyond a run
// of plain text that part is marked which has all its digits: **40.00**万元. It may be
// called once.
func (d *Document) Mark(spans []Span) {
	starts := d.offsets(spans)
	d.marked = make([]string, len(starts))
	next := 0
	var texts []*ast.Text
	_ = ast.Walk(d.tree, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Link, *ast.Image, *ast.AutoLink, *ast.CodeSpan, *ast.CodeBlock, *ast.FencedCodeBlock:
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			texts = append(texts, n)
		}
		return ast.WalkContinue, nil
	})
	for _, t := range texts {
		seg := t.Segment
		for next < len(starts) && starts[next].start < seg.Start {
			next++
		}
		at := t
		for _, s := range starts[next:] {
			if s.start >= seg.Stop {
				break
			}
			if s.stop > seg.Stop {
				if bytes.ContainsFunc(d.Body[seg.Stop:s.stop], unicode.IsDigit) {
					break
				}
				s.stop = seg.Stop
			}
			d.marked[s.index] = string(d.Body[s.start:s.stop])
			at = split(at, s.start, s.stop, s.index)
		}
	}
}

// split cuts a stretch out of a text node, puts a mark in its place and returns
// the node of what follows.
func split(t *ast.Text, start, stop, index int) *ast.Text {
	parent := t.Parent()
	m := &markNode{index: index}
	rest := ast.NewTextSegment(text.NewSegment(stop, t.Segment.Stop))
	rest.SetSoftLineBreak(t.SoftLineBreak())
	rest.SetHardLineBreak(t.HardLineBreak())
	t.SetSoftLineBreak(false)
	t.SetHardLineBreak(false)
	t.Segment = text.NewSegment(t.Segment.Start, start)
	parent.InsertAfter(parent, t, m)
	parent.InsertAfter(parent, m, rest)
	return rest
}

// stretch is a span in bytes.
type stretch struct{ start, stop, index int }

// offsets turns spans in characters, which are in order, into bytes.
func (d *Document) offsets(spans []Span) []stretch {
	out := make([]stretch, 0, len(spans))
	at, chars := 0, 0
	move := func(to int) int {
		for chars < to && at < len(d.Body) {
			at++
			for at < len(d.Body) && d.Body[at]&0xC0 == 0x80 {
				at++
			}
			chars++
		}
		return at
	}
	for i, s := range spans {
		start := move(s.From)
		out = append(out, stretch{start, move(s.Till), i})
	}
	return out
}

// slotRenderer writes the places of references and marks.
type slotRenderer struct{}

func (slotRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	slot := func(open rune, index func(ast.Node) int) renderer.NodeRendererFunc {
		return func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
			if entering {
				_, _ = w.WriteString(string(open) + strconv.Itoa(index(n)) + string(closing))
			}
			return ast.WalkContinue, nil
		}
	}
	reg.Register(kindReference, slot(refOpen, func(n ast.Node) int { return n.(*referenceNode).index }))
	reg.Register(kindReferenceBlock, slot(refOpen, func(n ast.Node) int { return n.(*referenceBlock).index }))
	reg.Register(kindMark, slot(markOpen, func(n ast.Node) int { return n.(*markNode).index }))
}

// Pieces renders the document, cut where a page puts something of its own.
func (d *Document) Pieces() []Piece {
	var b bytes.Buffer
	b.Grow(2 * len(d.Body))
	if err := markdown.Renderer().Render(&b, d.Body, d.tree); err != nil {
		panic("narrative: " + d.File + ": " + err.Error()) // memory takes all, and no renderer refuses
	}
	html := b.String()
	if !tame(html) {
		html = policy.Sanitize(html)
	}
	out := make([]Piece, 0, 2*(len(d.References)+len(d.marked))+1)
	text := func(s string) {
		if s != "" {
			out = append(out, Piece{HTML: template.HTML(s), Ref: -1, Mark: -1})
		}
	}
	for {
		i := strings.IndexFunc(html, func(r rune) bool { return r == refOpen || r == markOpen })
		if i < 0 {
			text(html)
			return out
		}
		text(html[:i])
		p, rest, ok := d.slot(html[i:])
		if ok {
			out = append(out, p)
		}
		html = rest
	}
}

// slot reads the place that a text begins with. There is none where the text
// itself spells the opening sign, as &#xe0f0; it loses that.
func (d *Document) slot(html string) (p Piece, rest string, ok bool) {
	open, size := utf8.DecodeRuneInString(html)
	index, rest, ok := strings.Cut(html[size:], string(closing))
	n, err := strconv.Atoi(index)
	p, most := Piece{Ref: n, Mark: -1}, len(d.References)
	if open == markOpen {
		p, most = Piece{Ref: -1, Mark: n}, len(d.marked)
	}
	if !ok || err != nil || n < 0 || n >= most {
		return Piece{}, html[size:], false
	}
	if p.Mark >= 0 {
		p.Text = d.marked[n]
	}
	return p, rest, true
}

// Package narrative reads Markdown texts with TOML front matter into documents
// that know the place of every word, and renders them to HTML.
//
// What an author may write: CommonMark with tables and footnotes. Bold works
// next to Chinese quotes and brackets, lines of Chinese text join without a
// blank, and headings have anchors made of their own words, without the
// numbering, so that a link survives when chapters move. Raw HTML is not passed
// on, and a link may not run a script: both are findings at their line.
package narrative

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/table"
	"mingzhang/cmd/mingzhang/internal/tomlfile"
)

// Front is the front matter of a narrative, between lines of +++.
type Front struct {
	Title   string `toml:"title"`
	Date    string `toml:"date"`    // day of publication, 2025-03-31
	Author  string `toml:"author"`  // 编制单位
	Source  string `toml:"source"`  // what the text was written from
	Summary string `toml:"summary"` // one sentence for lists and search
}

// Heading is an entry of the table of contents.
type Heading struct {
	Level int
	Text  string
	ID    string
}

// Document is a text that was read.
type Document struct {
	File     string
	Front    Front
	Headings []Heading
	// References are the {{…}} of the text, in its order.
	References []Reference
	Links      []Link // to files and pages beside the text
	Body       []byte // the Markdown without front matter, as UTF-8
	First      int    // lines of the file before Body
	raw        []byte // the whole file, as UTF-8
	tree       ast.Node
	marked     []string // what spans that were set apart hold; "" where one was not
	lines      []int    // byte offsets at which the lines of Body start
}

// Parse reads a narrative. Encodings are those of tables, so a text saved by an
// old Windows editor is read as well.
func Parse(file string, data []byte) (*Document, diag.List) {
	raw, _, list := table.Decode(file, data)
	if list.HasErrors() && raw == nil {
		return nil, list
	}
	raw = bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n"))
	raw = bytes.ReplaceAll(raw, []byte("\r"), []byte("\n"))
	if bytes.Contains(raw, []byte(privateStart)) {
		raw = []byte(private.Replace(string(raw)))
	}
	raw, unseen := table.DropUnseen(file, raw)
	list.Add(unseen)
	d := &Document{File: file, Body: raw, raw: raw}
	if front, body, first, ok := cutFront(raw); ok {
		d.Body, d.First = body, first
		_, more := tomlfile.DecodeAt(file, front, bytes.Count(raw[:bytes.Index(raw, []byte("+++"))], []byte{'\n'})+1, &d.Front)
		list.Add(more...)
	}
	d.Body = plainLines(d.Body)
	d.lines = lineStarts(d.Body)
	pc := parser.NewContext(parser.WithIDs(newAnchors()))
	m := &met{}
	pc.Set(referencesKey, m)
	d.tree = markdown.Parser().Parse(text.NewReader(d.Body), parser.WithContext(pc))
	alone(d.tree, d.Body, m)
	d.References = m.list
	d.collectHeadings()
	list.Add(d.inspect()...)
	list.Add(d.inspectReferences(m)...)
	return d, list
}

// cutFront splits off the front matter, before which may be empty lines; first is the
// number of lines before the body.
func cutFront(raw []byte) (front, body []byte, first int, ok bool) {
	const fence = "+++\n"
	rest, ok := bytes.CutPrefix(bytes.TrimLeftFunc(raw, unicode.IsSpace), []byte(fence))
	if !ok {
		return nil, raw, 0, false
	}
	above := bytes.Count(raw[:len(raw)-len(rest)], []byte{'\n'}) - 1
	end := bytes.Index(rest, []byte("\n"+fence))
	if end < 0 {
		if bytes.HasPrefix(rest, []byte(fence)) {
			return nil, rest[len(fence):], above + 2, true
		}
		if !bytes.HasSuffix(rest, []byte("\n+++")) {
			return nil, raw, 0, false
		}
		end = len(rest) - len("\n+++")
		return rest[:end+1], nil, bytes.Count(raw, []byte{'\n'}) + 1, true
	}
	body = rest[end+1+len(fence):]
	return rest[:end+1], body, bytes.Count(raw[:len(raw)-len(body)], []byte{'\n'}), true
}

func lineStarts(b []byte) []int {
	starts := []int{0}
	for i, c := range b {
		if c == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// Source lists the lines of the file, front matter included.
func (d *Document) Source() []string { return strings.Split(string(d.raw), "\n") }

// Place returns where byte offset off of the body stands in the file.
func (d *Document) Place(off int) diag.Place {
	lo, hi := 0, len(d.lines)
	for lo+1 < hi {
		if mid := (lo + hi) / 2; d.lines[mid] <= off {
			lo = mid
		} else {
			hi = mid
		}
	}
	col := len([]rune(string(d.Body[d.lines[lo]:min(off, len(d.Body))]))) + 1
	return diag.Place{File: d.File, Line: d.First + lo + 1, Column: col}
}

// LineAt returns the line of the file that holds byte offset off, as written.
func (d *Document) LineAt(off int) diag.Line {
	p := d.Place(off)
	i := p.Line - d.First - 1
	end := len(d.Body)
	if i+1 < len(d.lines) {
		end = d.lines[i+1] - 1
	}
	return diag.Line{Number: p.Line, Cells: []string{string(d.Body[d.lines[i]:end])}, Mark: -1}
}

// markdown is the one dialect. It is safe for concurrent use.
var markdown = goldmark.New(
	goldmark.WithExtensions(
		extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)),
		extension.Strikethrough,
		extension.NewFootnote(extension.WithFootnoteBacklinkHTML("↩")),
		extension.NewCJK(extension.WithEastAsianLineBreaks(extension.EastAsianLineBreaksCSS3Draft)),
	),
	goldmark.WithParserOptions(
		parser.WithAutoHeadingID(),
		parser.WithBlockParsers(util.Prioritized(newIndented(), 450)), // before code blocks
		parser.WithInlineParsers(util.Prioritized(emphasisParser{}, 450), util.Prioritized(referenceParser{}, 90)),
		parser.WithASTTransformers(util.Prioritized(shaper{}, 900)),
	),
	goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(tableRenderer{}, 100), util.Prioritized(slotRenderer{}, 100))),
)

// policy is the second wall behind the renderer: what is not on it is removed.
var policy = func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "ul", "li",
		"strong", "em", "del", "table", "thead", "tbody", "tr", "sup", "section", "figure", "figcaption", "caption", "mark")
	p.AllowAttrs("start").OnElements("ol")
	p.AllowElements("ol", "th", "td", "div", "a", "img", "span")
	p.AllowAttrs("id").Globally()
	p.AllowAttrs("class", "role", "tabindex", "aria-label", "data-verdict", "title").Globally()
	p.AllowAttrs("scope").OnElements("th")
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("src", "alt", "title").OnElements("img")
	p.AllowURLSchemes("http", "https", "mailto")
	p.AllowRelativeURLs(true)
	p.RequireNoFollowOnLinks(false)
	return p
}()

func (d *Document) collectHeadings() {
	_ = ast.Walk(d.tree, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		h, ok := n.(*ast.Heading)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		id, _ := h.AttributeString("id")
		idText, _ := id.([]byte)
		d.Headings = append(d.Headings, Heading{Level: h.Level, Text: plainText(h, d.Body), ID: string(idText)})
		return ast.WalkSkipChildren, nil
	})
}

// plainText joins the text under a node.
func plainText(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			switch t := n.(type) {
			case *ast.Text:
				b.Write(t.Segment.Value(source))
			case *ast.String:
				b.Write(t.Value)
			case *referenceNode:
				b.WriteString("…")
			}
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

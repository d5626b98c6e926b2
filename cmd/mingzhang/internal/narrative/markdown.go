package narrative

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// emphasisParser reads * so that Chinese works: CommonMark lets ** open only
// where no letter stands before punctuation, which breaks 增长**“三公”经费**管理.
// Beside a Chinese character, punctuation is no obstacle (the rule proposed as
// "CJK friendly emphasis"; goldmark issue 61).
type emphasisParser struct{}

type emphasisProcessor struct{}

func (emphasisProcessor) IsDelimiter(b byte) bool { return b == '*' }

func (emphasisProcessor) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

func (emphasisProcessor) OnMatch(consumes int) ast.Node { return ast.NewEmphasis(consumes) }

func (emphasisParser) Trigger() []byte { return []byte{'*'} }

func (emphasisParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	node := parser.ScanDelimiter(line, before, 1, emphasisProcessor{})
	if node == nil {
		return nil
	}
	after := ' '
	if node.OriginalLength < len(line) {
		after = util.ToRune(line, node.OriginalLength)
	}
	space, punct := util.IsSpaceRune, util.IsPunctRune
	if isCJK(before) || isCJK(after) {
		node.CanOpen = !space(after) && (!punct(after) || space(before) || punct(before) || isCJK(before))
		node.CanClose = !space(before) && (!punct(before) || space(after) || punct(after) || isCJK(after))
	}
	node.Segment = segment.WithStop(segment.Start + node.OriginalLength)
	block.Advance(node.OriginalLength)
	pc.PushDelimiter(node)
	return node
}

// isCJK reports whether r is a Chinese character or stands as one in a line:
// full-width punctuation included.
func isCJK(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFFEF ||
		r == '“' || r == '”' || r == '‘' || r == '’' || r == '—' || r == '…'
}

// anchors makes heading ids of the heading's own words. goldmark's own keeps
// ASCII only and would call every Chinese heading "-".
type anchors struct{ used map[string]bool }

func newAnchors() *anchors { return &anchors{used: map[string]bool{}} }

// numbering is what numbers a heading: 一、 （二） 3. 4） 第一部分.
var numbering = regexp.MustCompile(`^\s*(?:(?:[（(](?:[一二三四五六七八九十百]+|\d+)[）)]|(?:[一二三四五六七八九十百]+|\d+(?:\.\d+)*)[、.．)）]|第[一二三四五六七八九十\d]+(?:部分|章|节))\s*)+`)

func (a *anchors) Generate(value []byte, _ ast.NodeKind) []byte {
	s := string(value)
	if rest := numbering.ReplaceAllString(s, ""); strings.ContainsFunc(rest, unicode.IsLetter) {
		s = rest
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		case r == ' ' || r == '-' || r == '_':
			if b.Len() > 0 && !strings.HasSuffix(b.String(), "-") {
				b.WriteByte('-')
			}
		}
	}
	id := strings.Trim(b.String(), "-")
	if id == "" {
		id = "section"
	}
	base := id
	for n := 2; a.used[id]; n++ {
		id = base + "-" + strconv.Itoa(n)
	}
	a.used[id] = true
	return []byte(id)
}

func (a *anchors) Put(value []byte) { a.used[string(value)] = true }

// shaper prepares the tree for the page: the page's title is its only h1, so a
// text that starts at # moves one level down; table cells carry their alignment
// as a class, since a style attribute would not pass the site's own rules.
type shaper struct{}

func (shaper) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	top := 0
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if h, ok := n.(*ast.Heading); ok && entering && (top == 0 || h.Level < top) {
			top = h.Level
		}
		return ast.WalkContinue, nil
	})
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			n.Level = min(6, n.Level-top+2)
		case *extast.TableCell:
			if n.Alignment == extast.AlignRight {
				n.SetAttributeString("class", []byte("n"))
			} else if n.Alignment == extast.AlignCenter {
				n.SetAttributeString("class", []byte("c"))
			}
			if _, ok := n.Parent().(*extast.TableHeader); ok {
				n.SetAttributeString("scope", []byte("col"))
			}
		}
		return ast.WalkContinue, nil
	})
}

// tableRenderer sets tables into a box that scrolls by itself on a phone.
type tableRenderer struct{}

func (tableRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(extast.KindTable, func(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			_, _ = w.WriteString("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"表格\"><table>\n")
		} else {
			_, _ = w.WriteString("</tbody></table></div>\n")
		}
		return ast.WalkContinue, nil
	})
	reg.Register(extast.KindTableHeader, func(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			_, _ = w.WriteString("<thead><tr>")
		} else {
			_, _ = w.WriteString("</tr></thead><tbody>\n")
		}
		return ast.WalkContinue, nil
	})
	reg.Register(extast.KindTableRow, func(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			_, _ = w.WriteString("<tr>")
		} else {
			_, _ = w.WriteString("</tr>\n")
		}
		return ast.WalkContinue, nil
	})
}

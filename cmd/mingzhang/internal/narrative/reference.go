package narrative

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
)

// Target is what a reference asks for.
type Target uint8

// The things to which a text may refer.
const (
	Figure Target = iota // {{全年预算数}}
	Table                // {{表 三公}}
	Chart                // {{图 季度执行}}
)

// Reference is {{name | form}} in a text.
type Reference struct {
	Target Target
	Name   string
	Form   string // how a figure is to be printed: 百分比, 1位小数, 亿元; blank as the data have it
	Off    int    // byte offset in the body
	Raw    string // as written
	Block  bool   // it is a paragraph of its own
}

// The findings about references.
var (
	ReferenceOpen = &diag.Code{
		Word: "reference-open", Severity: diag.Error, Since: "0.3.0",
		Headline: lang.Text{ZH: "引用没有写完：%s", EN: "this reference is not complete: %s"},
		Why:      lang.Text{ZH: "少了 }} 或名称的引用会原样出现在页面上", EN: "without }} or a name it would stand on the page as written"},
		Fix:      lang.Text{ZH: "写成 {{全年预算数}} 或 {{项目/劳务派遣/执行率 | 百分比}}", EN: "write {{adjusted-budget}} or {{project/x/execution-rate | percent}}"},
	}
	ReferenceInline = &diag.Code{
		Word: "reference-inline", Severity: diag.Error, Since: "0.3.0",
		Headline: lang.Text{ZH: "「%s」要单独成一段", EN: "%s must be a paragraph of its own"},
		Why:      lang.Text{ZH: "表和图不能放在一句话中间", EN: "a table or a chart cannot stand inside a sentence"},
		Fix:      lang.Text{ZH: "在它前后各空一行", EN: "leave an empty line before and after it"},
	}
)

// kindReference is the node of a reference.
var kindReference = ast.NewNodeKind("Reference")

type referenceNode struct {
	ast.BaseInline
	index int
}

func (n *referenceNode) Kind() ast.NodeKind { return kindReference }

func (n *referenceNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// referenceBlock is a reference that is a paragraph of its own.
type referenceBlock struct {
	ast.BaseBlock
	index int
}

var kindReferenceBlock = ast.NewNodeKind("ReferenceBlock")

func (n *referenceBlock) Kind() ast.NodeKind { return kindReferenceBlock }

func (n *referenceBlock) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// referencesKey is where a parse keeps what it met.
var referencesKey = parser.NewContextKey()

// met is the references of one parse.
type met struct {
	list []Reference
	open []Reference
}

// referenceParser reads {{…}}.
type referenceParser struct{}

func (referenceParser) Trigger() []byte { return []byte{'{'} }

func (referenceParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if !bytes.HasPrefix(line, []byte("{{")) {
		return nil
	}
	m, _ := pc.Get(referencesKey).(*met)
	if m == nil {
		return nil
	}
	end := bytes.Index(line, []byte("}}"))
	if end < 0 || strings.TrimSpace(string(line[2:end])) == "" {
		raw := strings.TrimSpace(string(line))
		if end >= 0 {
			raw = string(line[:end+2])
		}
		m.open = append(m.open, Reference{Raw: raw, Off: segment.Start})
		return nil
	}
	r := parseReference(string(line[2:end]))
	r.Off, r.Raw = segment.Start, string(line[:end+2])
	m.list = append(m.list, r)
	block.Advance(end + 2)
	return &referenceNode{index: len(m.list) - 1}
}

// targetWords begin a reference to a table or a chart.
var targetWords = []struct {
	word   string
	target Target
}{{"表", Table}, {"table", Table}, {"图", Chart}, {"chart", Chart}}

func parseReference(s string) Reference {
	name, form, _ := strings.Cut(strings.ReplaceAll(s, "｜", "|"), "|")
	r := Reference{Name: strings.TrimSpace(name), Form: strings.TrimSpace(form)}
	for _, w := range targetWords {
		rest, ok := strings.CutPrefix(strings.ToLower(r.Name), w.word)
		if ok && rest != "" && strings.TrimLeft(rest, " 　:：") != rest {
			r.Target = w.target
			r.Name = strings.TrimLeft(r.Name[len(w.word):], " 　:：")
			break
		}
	}
	return r
}

// Folded is the reference's name as names are compared.
func (r Reference) Folded() string { return label.Fold(r.Name) }

// alone lifts references that are paragraphs of their own out of them: a chart
// cannot stand inside a paragraph.
func alone(doc ast.Node, source []byte, m *met) {
	var lift []*ast.Paragraph
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if p, ok := n.(*ast.Paragraph); ok && entering {
			if r, ok := p.FirstChild().(*referenceNode); ok && onlyChild(p, source) && m.list[r.index].Target != Figure {
				lift = append(lift, p)
			}
		}
		return ast.WalkContinue, nil
	})
	for _, p := range lift {
		r := p.FirstChild().(*referenceNode)
		m.list[r.index].Block = true
		p.Parent().ReplaceChild(p.Parent(), p, &referenceBlock{index: r.index})
	}
}

// onlyChild reports whether nothing but white space follows a paragraph's first
// child.
func onlyChild(p ast.Node, source []byte) bool {
	for c := p.FirstChild().NextSibling(); c != nil; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		if !ok || len(bytes.TrimSpace(t.Segment.Value(source))) > 0 {
			return false
		}
	}
	return true
}

package narrative

import (
	"bytes"
	"net/url"
	"strings"

	"github.com/yuin/goldmark/ast"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
)

// The findings about a text as such.
var (
	RawHTML = &diag.Code{
		Word: "raw-html", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "叙述里不能直接写 HTML：%s", EN: "a narrative may not hold HTML: %s"},
		Why:      lang.Text{ZH: "HTML 不会出现在页面上，写了的内容会丢失", EN: "HTML is not passed to the page; what it says would be lost"},
		Fix:      lang.Text{ZH: "改用 Markdown 写法；要显示尖括号请写 \\<", EN: "write Markdown; write \\< to show an angle bracket"},
	}
	BadLink = &diag.Code{
		Word: "bad-link", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "链接「%s」不能用", EN: "the link %s cannot be used"},
		Why:      lang.Text{ZH: "只有 http、https、mailto 和本站的链接是安全的", EN: "only http, https, mailto and links inside the site are safe"},
		Fix:      lang.Text{ZH: "改成完整网址或本站地址", EN: "use a full address or one inside the site"},
	}
)

// Link is a link or an image that leads to a place beside the text.
type Link struct {
	To    string // as written, without the fragment
	ID    string // the fragment
	Off   int    // byte offset in the body
	Image bool
}

// Codes lists the findings of this package.
var Codes = []*diag.Code{RawHTML, BadLink, ReferenceOpen, ReferenceInline}

// inspect tells what will not reach the page.
func (d *Document) inspect() diag.List {
	var list diag.List
	_ = ast.Walk(d.tree, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.HTMLBlock:
			if lines := n.Lines(); lines.Len() > 0 {
				s := lines.At(0)
				list.Add(d.finding(RawHTML, s.Start, strings.TrimSpace(string(s.Value(d.Body)))))
			}
		case *ast.RawHTML:
			if n.Segments.Len() > 0 {
				s := n.Segments.At(0)
				list.Add(d.finding(RawHTML, s.Start, string(s.Value(d.Body))))
			}
		case *ast.Link:
			list.Add(d.link(n, n.Destination, false))
		case *ast.Image:
			list.Add(d.link(n, n.Destination, true))
		}
		return ast.WalkContinue, nil
	})
	return list
}

// link notes a link beside the text, and tells one that cannot be used.
func (d *Document) link(n ast.Node, dest []byte, image bool) *diag.Finding {
	if !safeLink(dest) {
		return d.finding(BadLink, d.offset(n), string(dest))
	}
	s := string(dest)
	if un, err := url.PathUnescape(s); err == nil {
		s = un
	}
	if i := strings.IndexAny(s, ":/?#"); i >= 0 && s[i] == ':' || strings.HasPrefix(s, "//") {
		return nil // another site
	}
	to, id, _ := strings.Cut(s, "#")
	to, _, _ = strings.Cut(to, "?")
	d.Links = append(d.Links, Link{To: to, ID: id, Off: d.offset(n), Image: image})
	return nil
}

// inspectReferences tells references that are not complete or stand where they
// cannot stand.
func (d *Document) inspectReferences(m *met) diag.List {
	var list diag.List
	for _, r := range m.open {
		list.Add(d.finding(ReferenceOpen, r.Off, r.Raw))
	}
	for _, r := range m.list {
		if r.Target != Figure && !r.Block {
			list.Add(d.finding(ReferenceInline, r.Off, r.Raw))
		}
	}
	return list
}

// Finding makes a finding about the text at a byte offset of the body.
func (d *Document) Finding(code *diag.Code, off int, args ...any) *diag.Finding {
	return d.finding(code, off, args...)
}

// finding makes a finding about the text at a byte offset of the body.
func (d *Document) finding(code *diag.Code, off int, args ...any) *diag.Finding {
	f := code.At(d.Place(off), args...)
	f.Lines = []diag.Line{d.LineAt(off)}
	return f
}

// offset returns where an inline node starts, or its nearest ancestor that
// knows.
func (d *Document) offset(n ast.Node) int {
	for c := n.FirstChild(); c != nil; c = c.FirstChild() {
		if t, ok := c.(*ast.Text); ok {
			return t.Segment.Start
		}
	}
	for p := n; p != nil; p = p.Parent() {
		if p.Type() == ast.TypeBlock && p.Lines() != nil && p.Lines().Len() > 0 {
			return p.Lines().At(0).Start
		}
	}
	return 0
}

func safeLink(dest []byte) bool {
	s := strings.ToLower(string(bytes.TrimSpace(dest)))
	i := strings.IndexAny(s, ":/?#")
	if i < 0 || s[i] != ':' {
		return true
	}
	switch s[:i] {
	case "http", "https", "mailto":
		return true
	}
	return false
}

package site

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"mingzhang/cmd/mingzhang/internal/claim"
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/narrative"
	"mingzhang/cmd/mingzhang/internal/page"
	"mingzhang/cmd/mingzhang/internal/statement"
)

// The findings about what a text refers to.
var (
	ReferenceUnknown = &diag.Code{
		Word: "reference-unknown", Severity: diag.Error, Since: "0.3.0",
		Headline: lang.Text{ZH: "没有名为「%s」的数", EN: "there is no figure named %s"},
		Why:      lang.Text{ZH: "引用的名称写错，页面上就没有这个数", EN: "a misspelt reference leaves the sentence without its number"},
		Fix:      lang.Text{ZH: "用 mingzhang explain 部门 年度 --ids 看全部名称", EN: "see all names with mingzhang explain SLUG YEAR --ids"},
	}
	ReferenceBlank = &diag.Code{
		Word: "reference-not-reported", Severity: diag.Error, Since: "0.3.0",
		Headline: lang.Text{ZH: "引用的「%s」没有填报", EN: "%s is not reported"},
		Why:      lang.Text{ZH: "没有填报的数不能当作零，也不能空着", EN: "what is not reported is neither zero nor a blank"},
		Fix:      lang.Text{ZH: "补填数据，或改写这句话", EN: "report the figure, or rewrite the sentence"},
	}
	ReferenceForm = &diag.Code{
		Word: "reference-form", Severity: diag.Error, Since: "0.3.0",
		Headline: lang.Text{ZH: "「%s」不能写成「%s」", EN: "%s cannot be printed as %s"},
		Why:      lang.Text{ZH: "金额只能换成元、万元、亿元，比率只能写成百分比", EN: "money is shown in units of money, rates as percentages"},
		Fix:      lang.Text{ZH: "可用：百分比、1位小数、整数、元、万元、亿元、不带单位", EN: "use percent, 1decimals, integer, 元, 万元, 亿元, bare"},
	}
	ReferenceAbsent = &diag.Code{
		Word: "reference-absent", Severity: diag.Error, Since: "0.3.0",
		Headline: lang.Text{ZH: "这一页没有「%s」", EN: "this page has no %s"},
		Why:      lang.Text{ZH: "没有数据的表和图画不出来", EN: "a table or chart without figures cannot be made"},
		Fix:      lang.Text{ZH: "核对名称，或补填这张表的数据", EN: "check the name, or report the figures"},
	}
	LinkBroken = &diag.Code{
		Word: "link-broken", Severity: diag.Error, Since: "0.3.0",
		Headline: lang.Text{ZH: "链接「%s」指向的地方不存在", EN: "the link %s leads nowhere"},
		Why:      lang.Text{ZH: "读者点开会看到“找不到页面”", EN: "readers would meet a page that is not found"},
		Fix:      lang.Text{ZH: "附件放在这篇文字旁边的文件夹里；站内页面写相对地址，例如 ../2023/index.html", EN: "put files beside the text; write pages of the site as relative addresses, such as ../2023/index.html"},
	}
	AttachmentKind = &diag.Code{
		Word: "attachment-kind", Severity: diag.Error, Since: "0.3.0",
		Headline: lang.Text{ZH: "「%s」这类文件不能作附件", EN: "files like %s cannot be attached"},
		Why:      lang.Text{ZH: "网页和程序文件会在读者的浏览器里运行", EN: "pages and programs would run in readers' browsers"},
		Fix:      lang.Text{ZH: "改用 PDF、表格、文档或图片", EN: "use PDF, spreadsheets, documents or images"},
	}
)

var textCodes = []*diag.Code{ReferenceUnknown, ReferenceBlank, ReferenceForm, ReferenceAbsent, LinkBroken, AttachmentKind}

// manuscript is a narrative with its references looked up and its numbers
// judged: the same for all languages.
type manuscript struct {
	doc    *narrative.Document
	text   *page.Manuscript
	claims *page.Claims
	files  []attachment
}

// counted is what the numbers of the text came to; nil without a text.
func (m *manuscript) counted() *page.Claims {
	if m == nil {
		return nil
	}
	return m.claims
}

// attachment is a file that a text takes along.
type attachment struct {
	address string // inside a language's folder
	data    []byte
}

// write looks up what a text refers to and judges its numbers. book may be nil:
// a text without a department-year has no figures, and its numbers are held
// against each other alone.
func (s *Site) write(fsys fs.FS, doc *narrative.Document, book *claim.Book, year int, folder string) (*manuscript, diag.List) {
	if doc == nil {
		return nil, nil
	}
	var list diag.List
	m := &manuscript{doc: doc, text: &page.Manuscript{Title: doc.Front.Title, Author: doc.Front.Author, Date: doc.Front.Date, Source: doc.Front.Source}}
	for _, h := range doc.Headings {
		m.text.Headings = append(m.text.Headings, page.Heading(h))
	}
	figures := make([]*figure.Figure, len(doc.References))
	forms := make([]page.Form, len(doc.References))
	for i, r := range doc.References {
		if r.Target == narrative.Figure {
			var f *diag.Finding
			figures[i], forms[i], f = lookUp(doc, r, book)
			list.Add(f)
		}
	}
	o := claim.Options{File: doc.File, First: doc.First, Year: year, Markdown: true}
	if year != 0 {
		o.Book = book
	}
	report := claim.Read(string(doc.Body), o)
	list.Add(report.Findings...)
	typed := m.count(report)
	m.text.Pieces = sync.OnceValue(func() []page.ManuscriptPiece {
		if year != 0 {
			spans := make([]narrative.Span, len(typed))
			for i, n := range typed {
				spans[i] = narrative.Span{From: n.From, Till: n.Till}
			}
			doc.Mark(spans)
		}
		return printedPieces(doc, typed, figures, forms)
	})
	more := s.follow(fsys, m, folder)
	list.Add(more...)
	return m, list
}

// printedPieces cuts a text where its page puts a figure, a chart, a table or a
// typed number with its verdict.
func printedPieces(doc *narrative.Document, typed []*claim.Number, figures []*figure.Figure, forms []page.Form) []page.ManuscriptPiece {
	pieces := doc.Pieces()
	out := make([]page.ManuscriptPiece, 0, len(pieces))
	for _, p := range pieces {
		piece := page.ManuscriptPiece{HTML: p.HTML}
		switch {
		case p.Mark >= 0:
			n := typed[p.Mark]
			piece.Claim = &page.TypedNumber{Text: p.Text, Verdict: n.Verdict.String(), Words: n.Verdict.Name()}
			if proved(n) {
				piece.Claim.Figure = n.Bound
			}
		case p.Ref >= 0:
			r := doc.References[p.Ref]
			switch r.Target {
			case narrative.Figure:
				piece.Figure, piece.Form = figures[p.Ref], forms[p.Ref]
			case narrative.Chart:
				piece.Chart, piece.Index = r.Name, p.Ref
			case narrative.Table:
				piece.Table, piece.Index = r.Name, p.Ref
			}
		}
		out = append(out, piece)
	}
	return out
}

// proved reports whether a typed number is what a figure holds.
func proved(n *claim.Number) bool {
	return n.Bound != nil && (n.Verdict == claim.Equal || n.Verdict == claim.ByRounding)
}

// count sums up the verdicts and returns the numbers that are data.
func (m *manuscript) count(r *claim.Report) []*claim.Number {
	c := &page.Claims{Total: len(r.Numbers)}
	for _, ref := range m.doc.References {
		if ref.Target == narrative.Figure {
			c.Referred++
		}
	}
	typed := make([]*claim.Number, 0, len(r.Numbers))
	for i := range r.Numbers {
		n := &r.Numbers[i]
		switch {
		case n.Verdict == claim.NotData:
			c.NotData++
			continue
		case proved(n):
			c.Proved++
		case n.Verdict == claim.Unbound:
			c.Unbound++
		case n.Verdict == claim.Equal || n.Verdict == claim.ByRounding || n.Verdict == claim.WithoutPower:
			c.Agreeing++
		default:
			c.Wrong++
		}
		typed = append(typed, n)
	}
	m.claims = c
	return typed
}

// lookUp finds the figure of a reference.
func lookUp(doc *narrative.Document, r narrative.Reference, book *claim.Book) (*figure.Figure, page.Form, *diag.Finding) {
	var f *figure.Figure
	hint := ""
	if book != nil {
		f, hint = book.Find(r.Name)
	}
	if f == nil {
		d := doc.Finding(ReferenceUnknown, r.Off, r.Name)
		if hint != "" {
			d.Expected = hint
			d.Fix = lang.Sprintf(lang.Text{ZH: "是不是「%s」？", EN: "did you mean %s?"}, hint)
		}
		return nil, page.Form{}, d
	}
	if f.Value.State == money.NotReported {
		return f, page.Form{}, doc.Finding(ReferenceBlank, r.Off, r.Name)
	}
	form, ok := page.ParseForm(r.Form, f.Value)
	if !ok {
		return f, page.Form{}, doc.Finding(ReferenceForm, r.Off, r.Name, r.Form)
	}
	return f, form, nil
}

// anchors are the places of every department-year's page to which a text may
// link.
var anchors = []string{"narrative", "overview", "score", "statutory", "tables", "indicators", "missing", "accepted", "checks", "downloads", "cite"}

// attachable are the kinds of file that a text may take along.
var attachable = []string{".png", ".jpg", ".jpeg", ".gif", ".webp", ".pdf", ".xls", ".xlsx", ".et", ".csv", ".doc", ".docx", ".wps", ".ofd", ".ppt", ".pptx", ".txt", ".zip"}

// follow looks at where the links of a text lead and takes its files along.
func (s *Site) follow(fsys fs.FS, m *manuscript, folder string) diag.List {
	var list diag.List
	for _, l := range m.doc.Links {
		switch ext := strings.ToLower(path.Ext(l.To)); {
		case l.To == "":
			if !slices.ContainsFunc(m.doc.Headings, func(h narrative.Heading) bool { return h.ID == l.ID }) && !slices.Contains(anchors, l.ID) {
				list.Add(m.doc.Finding(LinkBroken, l.Off, "#"+l.ID))
			}
		case toPage(l):
			if !s.hasPage(path.Join(folder, l.To)) {
				list.Add(m.doc.Finding(LinkBroken, l.Off, l.To))
			}
		case !slices.Contains(attachable, ext):
			list.Add(m.doc.Finding(AttachmentKind, l.Off, l.To))
		default:
			address := path.Join(folder, l.To)
			if strings.HasPrefix(l.To, "/") || !strings.HasPrefix(address+"/", folder) || strings.HasPrefix(address, folder+"data/") {
				list.Add(m.doc.Finding(LinkBroken, l.Off, l.To))
				continue
			}
			data, err := fs.ReadFile(fsys, path.Join(path.Dir(m.doc.File), l.To))
			if errors.Is(err, fs.ErrNotExist) {
				list.Add(m.doc.Finding(LinkBroken, l.Off, l.To))
				continue
			}
			if err != nil {
				list.Add(fiscal.Unreadable.At(m.doc.Place(l.Off), err.Error()))
				continue
			}
			if !slices.ContainsFunc(m.files, func(a attachment) bool { return a.address == address }) {
				m.files = append(m.files, attachment{address, data})
			}
		}
	}
	return list
}

// hasPage reports whether an address inside a language's folder is that of the home
// page or of a page of a department. Which statutory tables another year has shows
// only when it is read: the address of any is taken for one of that year's.
func (s *Site) hasPage(address string) bool {
	parts := strings.Split(strings.TrimSuffix(address, "/"), "/")
	d, ok := s.Departments.Find(parts[0])
	if !ok || d.Slug != parts[0] {
		return address == "index.html" || address == "."
	}
	if len(parts) == 1 {
		return true
	}
	y, err := strconv.Atoi(parts[1])
	if err != nil || !slices.Contains(s.years[d], y) {
		return address == page.File(d.Slug+"/")
	}
	switch address {
	case d.Slug + "/" + parts[1], page.File(page.YearPath(d.Slug, y)), page.ProofPath(d.Slug, y), page.ChecksPath(d.Slug, y), page.ScorePath(d.Slug, y):
		return true
	}
	return slices.ContainsFunc(s.Registry.Forms, func(f *statement.Form) bool { return address == page.StatementPath(d.Slug, y, f.ID) })
}

// outputs lists the files that a text takes along, in every language's folder:
// links in it are relative.
func (s *Site) attachments(m *manuscript) []Output {
	if m == nil {
		return nil
	}
	var out []Output
	for _, l := range s.Config.Langs() {
		c := page.Context{Lang: l, Config: s.Config}
		for _, a := range m.files {
			out = append(out, file(c.File(a.address), func() []byte { return a.data }))
		}
	}
	return out
}

// printed is a text for its page, nil where there is none.
func (m *manuscript) printed() *page.Manuscript {
	if m == nil {
		return nil
	}
	return m.text
}

// linked reports whether a text leads to pages, which may come and go.
func (m *manuscript) linked() bool {
	return m != nil && slices.ContainsFunc(m.doc.Links, func(l narrative.Link) bool { return toPage(l) })
}

// toPage reports whether a link leads to a page of the site.
func toPage(l narrative.Link) bool {
	return !l.Image && (strings.EqualFold(path.Ext(l.To), ".html") || strings.HasSuffix(l.To, "/"))
}

// places reports whether a text puts tables or charts into its page.
func (m *manuscript) places() bool {
	return m != nil && slices.ContainsFunc(m.doc.References, func(r narrative.Reference) bool { return r.Target != narrative.Figure && r.Block })
}

// placed tells tables and charts that the text asks for and its page does not
// have.
func (s *Site) placed(yr *year, earlier []page.EarlierYear) diag.List {
	if !yr.text.places() {
		return nil
	}
	c := page.Context{Lang: s.Config.Langs()[0], Config: s.Config, Version: s.opts.Version}
	p := c.NewYear(s.yearInput(yr, earlier, c.Lang))
	var list diag.List
	for _, i := range p.Narrative.Missing() {
		r := yr.text.doc.References[i]
		names := p.ChartNames()
		if r.Target == narrative.Table {
			names = p.TableNames()
		}
		f := yr.text.doc.Finding(ReferenceAbsent, r.Off, r.Raw)
		if near := label.Nearest(r.Name, names); near != "" {
			f.Expected = near
			f.Fix = lang.Sprintf(lang.Text{ZH: "是不是「%s」？", EN: "did you mean %s?"}, near)
		} else if len(names) > 0 {
			f.Fix = lang.Sprintf(lang.Text{ZH: "这一页有：%s", EN: "this page has: %s"}, strings.Join(names, "、"))
		}
		f.Scope = diag.Scope{Department: yr.dy.Department.Slug, Year: yr.dy.Year}
		list.Add(f)
	}
	return list
}

// text reads a narrative; a text that is not there is no finding.
func text(fsys fs.FS, name string) (*narrative.Document, diag.List) {
	data, err := fs.ReadFile(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, diag.List{fiscal.Unreadable.At(diag.Place{File: name}, fmt.Sprint(err))}
	}
	return narrative.Parse(name, data)
}

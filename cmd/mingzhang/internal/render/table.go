package render

import (
	"fmt"
	"html/template"
	"strings"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/page"
)

// writer writes escaped HTML without reflection: a page has hundreds of cells,
// and html/template would spend most of a build on them.
type writer struct{ strings.Builder }

// esc writes text for element content or a quoted attribute.
func (w *writer) esc(s string) {
	last := 0
	for i := range len(s) {
		var e string
		switch s[i] {
		case '&':
			e = "&amp;"
		case '<':
			e = "&lt;"
		case '>':
			e = "&gt;"
		case '"':
			e = "&#34;"
		case '\'':
			e = "&#39;"
		case 0:
			e = "\uFFFD"
		default:
			continue
		}
		w.WriteString(s[last:i])
		w.WriteString(e)
		last = i + 1
	}
	w.WriteString(s[last:])
}

func (w *writer) attr(name, value string) {
	if value == "" {
		return
	}
	w.WriteByte(' ')
	w.WriteString(name)
	w.WriteString(`="`)
	w.esc(value)
	w.WriteByte('"')
}

// Num renders a number: linked to its proof where it has one, followed by its
// unit, or the words of its state.
func Num(n *page.Num) template.HTML {
	if n == nil {
		return ""
	}
	var w writer
	w.num(n)
	return template.HTML(w.String())
}

// Line renders arithmetic or a sentence, each number linked to its proof.
func Line(phrases []page.Phrase) template.HTML {
	var w writer
	w.line(phrases)
	return template.HTML(w.String())
}

func (w *writer) line(phrases []page.Phrase) {
	for _, p := range phrases {
		w.esc(p.Text)
		if p.Num != nil {
			w.num(p.Num)
		}
	}
}

func (w *writer) num(n *page.Num) {
	class := "v"
	if !n.Known {
		class = "v na"
	}
	tag := "span"
	if n.Href != "" {
		tag = "a"
	}
	w.WriteString("<" + tag)
	w.attr("class", class)
	w.attr("href", n.Href)
	if n.Wan {
		w.WriteString(` data-u="wan"`)
	}
	w.attr("data-u", n.Form)
	w.WriteByte('>')
	w.esc(n.Text)
	w.WriteString("</" + tag + ">")
	if n.Unit != "" {
		w.WriteString(n.Joint())
		w.WriteString(`<span class="u">`)
		w.esc(n.Unit)
		w.WriteString("</span>")
	}
}

// manyColumns is how many columns a table may have to stand beside a chart.
const manyColumns = 4

// fewRows is how many rows a table may have to be kept on one sheet of paper.
const fewRows = 15

// table renders a table with its caption, headings and download.
func (t *Theme) table(l lang.Lang, v any) (template.HTML, error) {
	tab, ok := v.(*page.Table)
	if !ok {
		return "", fmt.Errorf("table is given %T", v)
	}
	if tab == nil || len(tab.Rows) == 0 && len(tab.Foot) == 0 {
		return "", nil
	}
	var w writer
	w.Grow(256 + 96*len(tab.Rows)*len(tab.Columns))
	w.WriteString(`<div class="tab`)
	if len(tab.Columns) > manyColumns {
		w.WriteString(" wide")
	}
	if len(tab.Rows) <= fewRows {
		w.WriteString(" short")
	}
	w.WriteString(`"><div class="scroll" role="region" tabindex="0"`)
	w.attr("aria-labelledby", "t-"+tab.ID)
	w.WriteString(`><table`)
	w.attr("id", tab.ID)
	if tab.Sortable {
		w.attr("class", "sortable")
	}
	w.WriteString(`><caption`)
	w.attr("id", "t-"+tab.ID)
	w.WriteByte('>')
	w.esc(tab.Caption)
	if tab.Note != "" {
		w.WriteString(`<span class="u">`)
		w.esc(tab.Note)
		w.WriteString("</span>")
	}
	w.WriteString("</caption>\n<thead><tr>")
	for _, c := range tab.Columns {
		w.WriteString(`<th scope="col"`)
		if c.Numeric {
			w.attr("class", "n")
		} else if c.Words {
			w.attr("class", "words")
		}
		w.WriteByte('>')
		w.esc(c.Label)
		w.WriteString("</th>")
	}
	w.WriteString("</tr></thead>\n<tbody>\n")
	for i := range tab.Rows {
		if r := &tab.Rows[i]; r.Fold != "" || i > 0 && r.Depth == 0 && tab.Rows[i-1].Depth > 0 {
			w.WriteString("</tbody>\n<tbody>\n") // a group that folds is a body of its own
		}
		w.row(tab, &tab.Rows[i])
	}
	w.WriteString("</tbody></table></div>\n")
	for _, s := range tab.Foot {
		w.WriteString(`<p class="note">`)
		w.esc(s)
		w.WriteString("</p>\n")
	}
	if tab.CSV != "" {
		w.WriteString(`<p class="get"><a`)
		w.attr("href", tab.CSV)
		w.WriteByte('>')
		w.esc(t.Words["download-csv"].In(l))
		w.WriteString("</a></p>\n")
	}
	w.WriteString("</div>\n")
	return template.HTML(w.String()), nil
}

// chart renders a drawing with its caption. A chart that was not made leaves
// nothing behind.
func (t *Theme) chart(l lang.Lang, c *page.Chart) template.HTML {
	if c == nil {
		return ""
	}
	var w writer
	w.WriteString(`<figure class="chart"`)
	w.attr("id", c.Address())
	w.WriteString("><figcaption>")
	w.esc(c.Caption)
	if c.Note != "" {
		w.WriteString(`<span class="u">`)
		w.esc(c.Note)
		w.WriteString("</span>")
	}
	w.WriteString("</figcaption>\n")
	w.WriteString(string(c.SVG))
	if c.Table != "" {
		w.WriteString(`<p class="get"><a`)
		w.attr("href", c.Table)
		w.WriteByte('>')
		w.esc(t.Words["chart-table"].In(l))
		w.WriteString("</a></p>\n")
	}
	w.WriteString("</figure>\n")
	return template.HTML(w.String())
}

var depthClass = [...]string{"", "d1", "d2", "d3"}

func (w *writer) row(tab *page.Table, r *page.Row) {
	w.WriteString("<tr")
	class := r.Class
	if r.Depth > 0 {
		class = strings.TrimSpace(class + " in")
	}
	w.attr("class", class)
	w.WriteByte('>')
	for i := range r.Cells {
		c := &r.Cells[i]
		tag := "td"
		if i == tab.Head {
			tag = `th scope="row"`
		}
		w.WriteByte('<')
		w.WriteString(tag)
		if i < len(tab.Columns) && tab.Columns[i].Numeric {
			w.attr("class", "n")
		} else if i == tab.Head && r.Depth > 0 {
			w.attr("class", depthClass[min(r.Depth, len(depthClass)-1)])
		}
		w.WriteByte('>')
		if i == tab.Head && r.Fold != "" {
			w.WriteString(`<input type="checkbox" class="fold" checked`)
			w.attr("aria-label", r.Fold)
			w.WriteString("> ")
		}
		switch {
		case c.Num != nil:
			w.num(c.Num)
		case len(c.Line) > 0:
			w.line(c.Line)
		case c.Href != "":
			w.WriteString("<a")
			w.attr("href", c.Href)
			w.WriteByte('>')
			w.esc(c.Text)
			w.WriteString("</a>")
		default:
			w.esc(c.Text)
		}
		w.WriteString(string(c.Bar))
		w.WriteString("</" + tag[:2] + ">")
	}
	w.WriteString("</tr>\n")
}

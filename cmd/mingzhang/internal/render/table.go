package render

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/page"
)

// writer writes escaped HTML without reflection: a page has hundreds of cells,
// and html/template would spend most of a build on them.
type writer struct{ buf []byte }

func (w *writer) Write(p []byte) (int, error) {
	w.buf = append(w.buf, p...)
	return len(p), nil
}

func (w *writer) WriteString(s string) { w.buf = append(w.buf, s...) }

func (w *writer) sign(c byte) { w.buf = append(w.buf, c) }

// escaped are the letters that are not written as they are.
var escaped = [256]string{'&': "&amp;", '<': "&lt;", '>': "&gt;", '"': "&#34;", '\'': "&#39;", 0: "\uFFFD"}

// esc writes text for element content or a quoted attribute.
func (w *writer) esc(s string) {
	last := 0
	for i := range len(s) {
		if e := escaped[s[i]]; e != "" {
			w.WriteString(s[last:i])
			w.WriteString(e)
			last = i + 1
		}
	}
	w.WriteString(s[last:])
}

// attr writes an attribute, unless its value is blank, without quotes where HTML
// needs none: a page has thousands.
func (w *writer) attr(name, value string) {
	if value == "" {
		return
	}
	w.sign(' ')
	w.WriteString(name)
	w.sign('=')
	if bare(value) {
		w.WriteString(value)
		return
	}
	w.sign('"')
	w.esc(value)
	w.sign('"')
}

// quoting are the letters for which a value needs quotes.
var quoting = func() (t [256]bool) {
	for c := range ' ' + 1 {
		t[c] = true
	}
	for _, c := range "\"'`&<=>\x7f" {
		t[c] = true
	}
	return t
}()

// bare reports whether a value may stand without quotes. One that ends with a
// stroke may, but looks as if the element were closed.
func bare(value string) bool {
	for i := range len(value) {
		if quoting[value[i]] {
			return false
		}
	}
	return value[len(value)-1] != '/'
}

// open writes a start tag: its name, then names and values of attributes, of
// which blank ones are left out.
func (w *writer) open(tag string, attrs ...string) {
	w.sign('<')
	w.WriteString(tag)
	for i := 0; i+1 < len(attrs); i += 2 {
		w.attr(attrs[i], attrs[i+1])
	}
	w.sign('>')
}

func (w *writer) close(tag string) {
	w.WriteString("</")
	w.WriteString(tag)
	w.sign('>')
}

// element writes an element that holds a text.
func (w *writer) element(tag, text string, attrs ...string) {
	w.open(tag, attrs...)
	w.esc(text)
	w.close(tag)
}

// note writes a remark under a table or a proof.
func (w *writer) note(parts ...string) {
	w.open("p", "class", "note")
	for _, s := range parts {
		w.esc(s)
	}
	w.WriteString("</p>\n")
}

// term writes a text that may be a term, with the way to its explanation.
func (w *writer) term(text string, t *page.Link) {
	if t == nil {
		w.esc(text)
		return
	}
	w.element("a", text, "class", "term", "href", t.Href, "title", t.Title)
}

// line writes arithmetic or a sentence, each number linked to its proof.
func (w *writer) line(phrases []page.Phrase) {
	for _, p := range phrases {
		w.esc(p.Text)
		if p.Num != nil {
			w.num(p.Num)
		}
	}
}

// num writes a number: linked to its proof where it has one, followed by its
// unit, or the words of its state.
func (w *writer) num(n *page.Num) {
	if n == nil {
		return
	}
	tag, class := "span", " class=v"
	if n.Href != "" {
		tag = "a"
	}
	if !n.Known {
		class = ` class="v na"`
	}
	w.sign('<')
	w.WriteString(tag)
	w.WriteString(class)
	w.attr("href", n.Href)
	if n.Wan {
		w.WriteString(` data-u=wan`)
	}
	w.attr("data-u", n.Form())
	w.sign('>')
	w.esc(n.Text)
	w.close(tag)
	if n.Unit != "" {
		w.WriteString(n.Joint())
		w.WriteString(`<span class=u>`)
		w.esc(n.Unit)
		w.WriteString("</span>")
	}
}

// manyColumns is how many columns a table may have to stand beside a chart.
const manyColumns = 4

// fewRows is how many rows a table may have to be kept on one sheet of paper.
const fewRows = 10

// Chinese breaks anywhere, and a browser that is short of room breaks it after
// every letter. So a column of words in which each cell has at most fewLetters is
// kept on one line, and one with a cell of more than aSentence is given room.
const (
	fewLetters = 4
	aSentence  = 12
)

// columnClasses says how each column is set: n for numbers, to the right; s for
// a few letters; words for sentences.
func columnClasses(tab *page.Table) []string {
	out := make([]string, len(tab.Columns))
	for i, c := range tab.Columns {
		if c.Numeric {
			out[i] = "n"
			continue
		}
		most := 0
		for _, r := range tab.Rows {
			if i < len(r.Cells) {
				most = max(most, letters(&r.Cells[i]))
			}
		}
		switch {
		case most <= fewLetters:
			out[i] = "s"
		case most > aSentence && i != tab.Head:
			out[i] = "words"
		}
	}
	return out
}

// letters counts the letters of a cell of words.
func letters(c *page.Cell) int {
	n := utf8.RuneCountInString(c.Text)
	for _, p := range c.Line {
		n += utf8.RuneCountInString(p.Text)
	}
	return n
}

// table writes a table with its caption, headings and download.
func (t *Theme) table(w *writer, l lang.Lang, v any) error {
	tab, ok := v.(*page.Table)
	if !ok {
		return fmt.Errorf("table is given %T", v)
	}
	if tab == nil || len(tab.Rows) == 0 && len(tab.Foot) == 0 {
		return nil
	}
	class := "tab"
	if len(tab.Columns) > manyColumns {
		class += " wide"
	}
	if len(tab.Rows) <= fewRows {
		class += " short"
	}
	w.open("div", "class", class)
	w.open("div", "class", "scroll", "role", "region", "tabindex", "0", "aria-labelledby", "t-"+tab.ID)
	sortable := ""
	if tab.Sortable {
		sortable = "sortable"
	}
	w.open("table", "id", tab.ID, "class", sortable)
	w.open("caption", "id", "t-"+tab.ID)
	w.esc(tab.Caption)
	if tab.Note != "" {
		w.element("span", tab.Note, "class", "u")
	}
	w.WriteString("</caption>\n<thead><tr>")
	classes := columnClasses(tab)
	for i, c := range tab.Columns {
		w.open("th", "scope", "col", "class", classes[i])
		if tab.Sortable { // the script makes a button of it, which may hold no link
			w.esc(c.Label)
		} else {
			w.term(c.Label, c.Term)
		}
	}
	w.WriteString("</th>\n<tbody>\n") // a part of a table ends where the next begins
	for i := range tab.Rows {
		if r := &tab.Rows[i]; r.Fold != "" || i > 0 && r.Depth == 0 && tab.Rows[i-1].Depth > 0 {
			w.WriteString("<tbody>\n") // a group that folds is a body of its own
		}
		w.row(tab, classes, &tab.Rows[i])
	}
	w.WriteString("</table></div>\n")
	for _, s := range tab.Foot {
		w.note(s)
	}
	if tab.Sortable {
		w.explained(t.Words["terms"].In(l), tab.Columns)
	}
	if tab.CSV != "" {
		w.get(tab.CSV, t.Words["download-csv"].In(l))
	}
	w.WriteString("</div>\n")
	return nil
}

// explained lists the terms of a table's headings under it.
func (w *writer) explained(lead string, columns []page.Column) {
	first := true
	for _, c := range columns {
		if c.Term == nil {
			continue
		}
		if first {
			w.open("p", "class", "note")
			w.esc(lead)
			first = false
		} else {
			w.WriteString(" · ")
		}
		w.term(c.Label, c.Term)
	}
	if !first {
		w.WriteString("</p>\n")
	}
}

// get writes the way to a download or to a chart's table.
func (w *writer) get(href, text string) {
	w.open("p", "class", "get")
	w.element("a", text, "href", href)
	w.WriteString("</p>\n")
}

// chart writes a drawing with its caption. A chart that was not made leaves
// nothing behind.
func (t *Theme) chart(w *writer, l lang.Lang, c *page.Chart) {
	if c == nil {
		return
	}
	w.open("figure", "class", "chart", "id", c.Address())
	w.open("figcaption")
	w.esc(c.Caption)
	if c.Note != "" {
		w.element("span", c.Note, "class", "u")
	}
	w.WriteString("</figcaption>\n")
	w.WriteString(string(c.SVG))
	if c.Table != "" {
		w.get(c.Table, t.Words["chart-table"].In(l))
	}
	w.WriteString("</figure>\n")
}

var depthClass = [...]string{"", "d1", "d2", "d3"}

func (w *writer) row(tab *page.Table, classes []string, r *page.Row) {
	class := r.Class
	if r.Depth > 0 {
		class = strings.TrimSpace(class + " in")
	}
	w.open("tr", "class", class)
	tag := "td"
	for i := range r.Cells {
		c := &r.Cells[i]
		class := ""
		if i < len(classes) && classes[i] != "words" { // of sentences only the heading asks for room
			class = classes[i]
		}
		if i == tab.Head && r.Depth > 0 {
			class = strings.TrimSpace(class + " " + depthClass[min(r.Depth, len(depthClass)-1)])
		}
		scope := ""
		if tag = "td"; i == tab.Head {
			tag, scope = "th", "row"
		}
		w.open(tag, "scope", scope, "class", class)
		if i == tab.Head && r.Fold != "" {
			w.WriteString(`<input type=checkbox class=fold checked`)
			w.attr("aria-label", r.Fold)
			w.WriteString("> ")
		}
		switch {
		case c.Num != nil:
			w.num(c.Num)
		case len(c.Line) > 0:
			w.line(c.Line)
		case c.Href != "":
			w.element("a", c.Text, "href", c.Href)
		default:
			w.term(c.Text, c.Term)
		}
		w.WriteString(string(c.Bar))
	}
	w.close(tag) // or the line end would be part of the cell
	w.sign('\n')
}

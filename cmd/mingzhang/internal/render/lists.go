package render

import (
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/page"
)

// The long lists of pages are written like tables, without reflection: the
// tables of a year that lead to each other, the rules that were asked, the
// indicators and the files of a department-year.

// links writes links as the items of a list. That to the page itself is none.
func (w *writer) links(list []page.Link) {
	for i := range list {
		l := &list[i]
		w.WriteString("<li>")
		if l.Here {
			w.element("span", l.Text, "aria-current", "page")
		} else {
			w.element("a", l.Text, "href", l.Href)
		}
		w.WriteString("</li>")
	}
}

// rules writes what came out of rules, as the items of a list.
func (t *Theme) rules(w *writer, l lang.Lang, list []page.CheckRule) {
	basis := t.Words["basis"].In(l)
	for i := range list {
		r := &list[i]
		w.open("li", "class", r.Result)
		w.element("strong", r.Name)
		w.sign(' ')
		w.esc(r.Text)
		if r.Asked != "" {
			w.WriteString(` <span class=why>(`)
			w.esc(r.Asked)
			w.WriteString(")</span>")
		}
		if r.Basis != "" {
			w.WriteString(` <span class=next>`)
			w.esc(basis)
			w.esc(r.Basis)
			w.WriteString("</span>")
		}
		if len(r.Details) > 0 {
			w.WriteString("<ul>")
			for _, d := range r.Details {
				w.element("li", d, "class", "why")
			}
			w.WriteString("</ul>")
		}
		w.WriteString("</li>")
	}
}

// indicators writes indicators with their arithmetic, as the groups of a list of
// terms.
func (t *Theme) indicators(w *writer, l lang.Lang, list []page.Indicator) {
	interval, unsure := t.Words["interval"].In(l), t.Words["unsure"].In(l)
	for i := range list {
		it := &list[i]
		w.WriteString("<div>")
		w.element("dt", it.Label)
		w.WriteString("<dd><span class=result>")
		w.num(it.Num)
		w.WriteString("</span>\n")
		for _, line := range [][]page.Phrase{it.Names, it.Numbers} {
			w.open("span", "class", "formula", "data-f", it.ID)
			w.WriteString("= ")
			w.line(line)
			w.WriteString("</span>\n")
		}
		if it.Interval != "" {
			w.element("span", interval+" "+it.Interval, "class", "interval", "data-i", it.ID)
		}
		w.sign('\n')
		if !it.Sure {
			w.element("span", unsure, "class", "interval")
		}
		w.WriteString("</dd></div>")
	}
}

// downloads writes what can be taken away, as the items of a list.
func (w *writer) downloads(list []page.Download) {
	for i := range list {
		d := &list[i]
		w.WriteString("<li>")
		w.element("span", d.Name)
		w.WriteString(` <span class=files>`)
		for _, f := range d.Files {
			w.element("a", f.Text, "href", f.Href, "title", f.Title)
			w.sign(' ')
		}
		w.WriteString("</span></li>")
	}
}

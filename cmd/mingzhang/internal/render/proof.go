package render

import (
	"fmt"
	"strconv"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/page"
)

// proofs writes how computed figures were made. Like tables they are written
// without reflection: a department-year has hundreds.
func (t *Theme) proofs(w *writer, l lang.Lang, v any) error {
	items, ok := v.([]page.ProofItem)
	if !ok {
		return fmt.Errorf("proofs is given %T", v)
	}
	word := func(key string) string { return t.Words[key].In(l) }
	for i := range items {
		it := &items[i]
		w.open("section", "class", "proof", "id", it.ID)
		w.open("h4")
		w.esc(it.Label)
		w.WriteString(` <span class=result>`)
		w.num(it.Num)
		w.WriteString("</span></h4>\n")
		if len(it.Names) > 0 {
			w.formula(it.ID, "= ", it.Names)
		}
		w.formula(it.ID, "= ", it.Numbers)
		if it.Exact != "" {
			exact := word("unrounded") + " " + it.Exact
			if it.Interval != "" {
				exact += " · " + word("interval") + " " + it.Interval
			}
			w.element("p", exact+" · "+it.Rounding, "class", "exact")
			w.sign('\n')
		}
		if !it.Sure {
			w.note(word("unsure"))
		}
		if it.Plain != "" {
			w.note(it.Plain)
		}
		if it.Basis != "" {
			w.note(word("basis"), it.Basis)
		}
		if len(it.Inputs) > 0 {
			w.open("ul", "class", "inputs")
			for _, in := range it.Inputs {
				w.WriteString("<li>")
				w.esc(in.Label)
				w.sign(' ')
				w.num(in.Num)
			}
			w.WriteString("</ul>\n")
		}
		for _, m := range it.Missing {
			w.note(word("lacking"), m)
		}
		w.WriteString("</section>\n")
	}
	return nil
}

// formula writes a line of arithmetic that belongs to a figure.
func (w *writer) formula(id, lead string, line []page.Phrase) {
	w.open("p", "class", "formula", "data-f", id)
	w.esc(lead)
	w.line(line)
	w.WriteString("</p>\n")
}

// source writes a file as it was handed in, with the letters and numbers by
// which a spreadsheet names its cells.
func (t *Theme) source(w *writer, _ lang.Lang, v any) error {
	s, ok := v.(page.Source)
	if !ok {
		return fmt.Errorf("source is given %T", v)
	}
	w.open("div", "class", "scroll source", "role", "region", "tabindex", "0", "aria-labelledby", "f-"+s.Key)
	w.open("table", "class", "sheet")
	w.open("caption", "id", "f-"+s.Key)
	w.esc(s.File)
	if s.Sheet != "" {
		w.WriteString(" › ")
		w.esc(s.Sheet)
	}
	w.open("span", "class", "u")
	w.esc(s.Encoding)
	w.WriteString(" · SHA-256 ")
	w.element("code", s.SHA256)
	w.WriteString("</span></caption>\n<thead><tr><td>")
	for _, c := range s.Columns {
		w.open("th", "scope", "col")
		w.esc(c)
	}
	w.WriteString("</th>\n<tbody>\n")
	for _, r := range s.Rows {
		class := ""
		if r.Head {
			class = "head"
		}
		w.open("tr", "class", class)
		w.open("th", "scope", "row")
		w.WriteString(strconv.Itoa(r.Number))
		for _, c := range r.Cells {
			w.open("td", "id", c.ID)
			w.esc(c.Text)
			if c.Note != "" {
				w.element("span", c.Note, "class", "read")
			}
		}
		for range len(s.Columns) - len(r.Cells) {
			w.open("td")
		}
		w.WriteString("</td>\n")
	}
	w.WriteString("</table></div>\n")
	if s.Withheld != "" {
		w.note(s.Withheld)
	}
	return nil
}

// cells writes how the numbers of a statutory table were made.
func (t *Theme) cells(w *writer, _ lang.Lang, v any) error {
	list, ok := v.([]page.CellProof)
	if !ok {
		return fmt.Errorf("cells is given %T", v)
	}
	for _, c := range list {
		w.open("p", "id", c.ID)
		w.esc(c.Label)
		w.sign(' ')
		w.num(c.Num)
		w.WriteString(` = <span class=formula>`)
		w.line(c.Line)
		w.WriteString("</span></p>\n")
	}
	return nil
}

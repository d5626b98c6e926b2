package render

import (
	"fmt"
	"html/template"
	"strconv"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/page"
)

// proofs renders how computed figures were made. Like tables they are written
// without reflection: a department-year has hundreds.
func (t *Theme) proofs(l lang.Lang, v any) (template.HTML, error) {
	items, ok := v.([]page.ProofItem)
	if !ok {
		return "", fmt.Errorf("proofs is given %T", v)
	}
	var w writer
	word := func(key string) { w.esc(t.Words[key].In(l)) }
	for i := range items {
		it := &items[i]
		w.WriteString(`<section class="proof"`)
		w.attr("id", it.ID)
		w.WriteString("><h4>")
		w.esc(it.Label)
		w.WriteString(` <span class="result">`)
		w.num(it.Num)
		w.WriteString("</span></h4>\n")
		if len(it.Names) > 0 {
			w.formula(it.ID, "= ", it.Names)
		}
		w.formula(it.ID, "= ", it.Numbers)
		if it.Exact != "" {
			w.WriteString(`<p class="exact">`)
			word("unrounded")
			w.WriteByte(' ')
			w.esc(it.Exact)
			if it.Interval != "" {
				w.WriteString(" · ")
				word("interval")
				w.WriteByte(' ')
				w.esc(it.Interval)
			}
			w.WriteString(" · ")
			w.esc(it.Rounding)
			w.WriteString("</p>\n")
		}
		if !it.Sure {
			w.WriteString(`<p class="note">`)
			word("unsure")
			w.WriteString("</p>\n")
		}
		if it.Plain != "" {
			w.WriteString(`<p class="note">`)
			w.esc(it.Plain)
			w.WriteString("</p>\n")
		}
		if it.Basis != "" {
			w.WriteString(`<p class="note">`)
			word("basis")
			w.esc(it.Basis)
			w.WriteString("</p>\n")
		}
		if len(it.Inputs) > 0 {
			w.WriteString(`<ul class="inputs">`)
			for _, in := range it.Inputs {
				w.WriteString("<li>")
				w.esc(in.Label)
				w.WriteByte(' ')
				w.num(in.Num)
				w.WriteString("</li>")
			}
			w.WriteString("</ul>\n")
		}
		for _, m := range it.Missing {
			w.WriteString(`<p class="note">`)
			word("lacking")
			w.esc(m)
			w.WriteString("</p>\n")
		}
		w.WriteString("</section>\n")
	}
	return template.HTML(w.String()), nil
}

// formula writes a line of arithmetic that belongs to a figure.
func (w *writer) formula(id, lead string, line []page.Phrase) {
	w.WriteString(`<p class="formula"`)
	w.attr("data-f", id)
	w.WriteByte('>')
	w.esc(lead)
	w.line(line)
	w.WriteString("</p>\n")
}

// source renders a file as it was handed in, with the letters and numbers by
// which a spreadsheet names its cells.
func (t *Theme) source(l lang.Lang, v any) (template.HTML, error) {
	s, ok := v.(page.Source)
	if !ok {
		return "", fmt.Errorf("source is given %T", v)
	}
	var w writer
	w.WriteString(`<div class="scroll source" role="region" tabindex="0"`)
	w.attr("aria-labelledby", "f-"+s.Key)
	w.WriteString(`><table class="sheet"><caption`)
	w.attr("id", "f-"+s.Key)
	w.WriteByte('>')
	w.esc(s.File)
	if s.Sheet != "" {
		w.WriteString(" › ")
		w.esc(s.Sheet)
	}
	w.WriteString(`<span class="u">`)
	w.esc(s.Encoding)
	w.WriteString(" · SHA-256 <code>")
	w.esc(s.SHA256)
	w.WriteString("</code></span></caption>\n<thead><tr><td></td>")
	for _, c := range s.Columns {
		w.WriteString(`<th scope="col">`)
		w.esc(c)
		w.WriteString("</th>")
	}
	w.WriteString("</tr></thead>\n<tbody>\n")
	for _, r := range s.Rows {
		w.WriteString("<tr")
		if r.Head {
			w.attr("class", "head")
		}
		w.WriteString(`><th scope="row">`)
		w.WriteString(strconv.Itoa(r.Number))
		w.WriteString("</th>")
		for _, c := range r.Cells {
			w.WriteString("<td")
			w.attr("id", c.ID)
			w.WriteByte('>')
			w.esc(c.Text)
			if c.Note != "" {
				w.WriteString(`<span class="read">`)
				w.esc(c.Note)
				w.WriteString("</span>")
			}
			w.WriteString("</td>")
		}
		for range len(s.Columns) - len(r.Cells) {
			w.WriteString("<td></td>")
		}
		w.WriteString("</tr>\n")
	}
	w.WriteString("</tbody></table></div>\n")
	if s.Withheld != "" {
		w.WriteString(`<p class="note">`)
		w.esc(s.Withheld)
		w.WriteString("</p>\n")
	}
	return template.HTML(w.String()), nil
}

// cells renders how the numbers of a statutory table were made.
func (t *Theme) cells(_ lang.Lang, v any) (template.HTML, error) {
	list, ok := v.([]page.CellProof)
	if !ok {
		return "", fmt.Errorf("cells is given %T", v)
	}
	var w writer
	for _, c := range list {
		w.WriteString("<p")
		w.attr("id", c.ID)
		w.WriteByte('>')
		w.esc(c.Label)
		w.WriteByte(' ')
		w.num(c.Num)
		w.WriteString(` = <span class="formula">`)
		w.line(c.Line)
		w.WriteString("</span></p>\n")
	}
	return template.HTML(w.String()), nil
}

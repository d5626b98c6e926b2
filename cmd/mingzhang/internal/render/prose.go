package render

import (
	"fmt"
	"html/template"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/page"
)

// prose renders a narrative: its HTML, which package narrative has made safe,
// with figures, tables and charts in their places, and each typed number linked
// to its proof or marked as not proved.
func (t *Theme) prose(l lang.Lang, v any) (template.HTML, error) {
	n, ok := v.(*page.Narrative)
	if !ok {
		return "", fmt.Errorf("prose is given %T", v)
	}
	if n == nil {
		return "", nil
	}
	var w writer
	for _, p := range n.Pieces {
		switch {
		case p.Num != nil:
			w.num(p.Num)
		case p.Claim != nil:
			w.claim(p.Claim)
		case p.Chart != nil:
			w.WriteString(string(t.chart(l, p.Chart)))
		case p.Table != nil:
			html, err := t.table(l, p.Table)
			if err != nil {
				return "", err
			}
			w.WriteString(string(html))
		default:
			w.WriteString(string(p.HTML))
		}
	}
	return template.HTML(w.String()), nil
}

// claim writes a typed number.
func (w *writer) claim(c *page.Claim) {
	tag := "span"
	if c.Href != "" {
		tag = "a"
	}
	w.WriteString("<" + tag)
	w.attr("class", "c")
	w.attr("href", c.Href)
	w.attr("data-verdict", c.Verdict)
	w.attr("title", c.Title)
	w.WriteByte('>')
	w.esc(c.Text)
	w.WriteString("</" + tag + ">")
}

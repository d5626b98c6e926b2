package render

import (
	"fmt"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/page"
)

// prose writes a narrative: its HTML, which package narrative has made safe,
// with figures, tables and charts in their places, and each typed number linked
// to its proof or marked as not proved.
func (t *Theme) prose(w *writer, l lang.Lang, v any) error {
	n, ok := v.(*page.Narrative)
	if !ok {
		return fmt.Errorf("prose is given %T", v)
	}
	if n == nil {
		return nil
	}
	for _, p := range n.Pieces {
		switch {
		case p.Num != nil:
			w.num(p.Num)
		case p.Claim != nil:
			w.claim(p.Claim)
		case p.Chart != nil:
			t.chart(w, l, p.Chart)
		case p.Table != nil:
			if err := t.table(w, l, p.Table); err != nil {
				return err
			}
		default:
			w.WriteString(string(p.HTML))
		}
	}
	return nil
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
	w.sign('>')
	w.esc(c.Text)
	w.WriteString("</" + tag + ">")
}

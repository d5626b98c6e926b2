package export

import (
	"strings"

	"mingzhang/cmd/mingzhang/internal/csvtext"
	"mingzhang/cmd/mingzhang/internal/spare"
)

// CSV writes the table for machines: UTF-8, CRLF, headings with the unit,
// numbers exact and without commas. A blank is "not reported"; a dash is "not
// applicable"; a star is "withheld".
func (g *Grid) CSV() []byte {
	return g.write(spare.Bytes(), func(c Cell) string { return c.Text })
}

// ExcelCSV writes the copy that Excel opens by a double click: led by the mark
// by which it recognises UTF-8, and with an apostrophe before every text that it
// would run as a formula. Numbers are the same as in CSV.
func (g *Grid) ExcelCSV() []byte {
	return g.write(append(spare.Bytes(), "\uFEFF"...), func(c Cell) string {
		if c.Figure != nil && c.Figure.Known() && c.Figure.Written == "" {
			return c.Text // −5 is a number, not a formula
		}
		return guarded(c.Text)
	})
}

// guarded keeps a spreadsheet from running a text. The full-width signs are
// folded to these by Excel in East Asian settings.
func guarded(s string) string {
	if strings.HasPrefix(s, "=") || strings.HasPrefix(s, "+") || strings.HasPrefix(s, "-") || strings.HasPrefix(s, "@") ||
		strings.HasPrefix(s, "\t") || strings.HasPrefix(s, "\r") || strings.HasPrefix(s, "\n") ||
		strings.HasPrefix(s, "＝") || strings.HasPrefix(s, "＋") || strings.HasPrefix(s, "－") || strings.HasPrefix(s, "＠") {
		return "'" + s
	}
	return s
}

func (g *Grid) write(b []byte, text func(Cell) string) []byte {
	rec := make([]string, len(g.Columns))
	for i, c := range g.Columns {
		rec[i] = text(Cell{Text: c.Heading()})
	}
	b = csvtext.AppendRecord(b, rec)
	for _, r := range g.Rows {
		for i, c := range r {
			rec[i] = text(c)
		}
		b = csvtext.AppendRecord(b, rec)
	}
	return b
}

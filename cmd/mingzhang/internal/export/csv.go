// Package export writes what machines read: the published tables as CSV and, in
// time, everything else that is not a page. Figures carry the same ids, values
// and states as on the pages.
package export

import (
	"bytes"
	"encoding/csv"
	"strings"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/schema"
)

// unpublished are columns of the input that no output carries.
var unpublished = map[string]bool{"department": true, "year": true, "secret": true}

// Table writes a table of a department-year as CSV: UTF-8, CRLF, Chinese
// headings with the unit, numbers exact and without commas. A blank is "not
// reported"; a dash is "not applicable". Rows marked 涉密 are not in t.Rows. Each
// figure is told where it stands in the file.
func Table(t *fiscal.Table, rows []*figure.Row) []byte {
	var cols []schema.Column
	for _, c := range t.Binding.Columns {
		if !unpublished[c.Field.ID] {
			cols = append(cols, c)
		}
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	rec := make([]string, len(cols))
	for i, c := range cols {
		rec[i] = c.Field.Name.ZH
		if c.Field.Type.Numeric() && c.Unit != money.NoUnit {
			rec[i] += "（" + c.Unit.Sign() + "）"
		}
	}
	_ = w.Write(rec) // a bytes.Buffer does not fail
	for i, r := range rows {
		for j, c := range cols {
			rec[j] = ""
			if f := r.Cell(c.Field.ID); f != nil {
				f.Spot = figure.Spot{Table: t.ID, Row: int32(i + 2), Col: int32(j + 1)}
				if rec[j] = f.Written; f.Written == "" {
					rec[j] = number(f.Value, c.Unit)
				}
			} else if src := t.Rows[i]; c.Index < len(src) {
				rec[j], _ = label.Clean(strings.TrimSpace(src[c.Index].Text))
			}
		}
		_ = w.Write(rec)
	}
	w.Flush()
	return b.Bytes()
}

// number writes a value in its column's unit; a cell with a unit of its own in
// a column without one keeps it.
func number(v money.Value, column money.Unit) string {
	switch v.State {
	case money.Number:
		if v.Unit != column && (column == money.NoUnit || v.Unit.Kind() == money.KindCount) && v.Unit != money.Date {
			return v.Plain() + v.Unit.Sign()
		}
		return v.Plain()
	case money.NotReported:
		return ""
	case money.Withheld:
		return "*"
	}
	return "—"
}

package statement

import (
	"bytes"
	"encoding/csv"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/money"
)

// CSV writes the statement in the layout in which it can be handed in: UTF-8,
// CRLF, units in the headings, exact numbers without commas, blanks as blanks.
// Read takes it back to the same rows. Each figure is told where it stands in
// the file.
func (st *Statement) CSV() []byte {
	f := st.Form
	var cols []int
	for i, c := range f.Columns {
		if !c.Optional || st.Filled(i) {
			cols = append(cols, i)
		}
	}
	var head []string
	switch f.Shape {
	case Tree:
		head = []string{"科目编码", "科目名称"}
	case Double:
		head = []string{"侧", "项目"}
	default:
		head = []string{"项目"}
	}
	for _, i := range cols {
		head = append(head, f.Columns[i].Name.ZH+"（"+st.unit(i).Sign()+"）")
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	_ = w.Write(head) // a bytes.Buffer does not fail
	for i, r := range st.Rows {
		var rec []string
		switch f.Shape {
		case Tree:
			rec = []string{r.Code, r.Name}
		case Double:
			side := "收入"
			if r.Side == ExpenditureSide {
				side = "支出"
			}
			rec = []string{side, r.Name}
		default:
			rec = []string{r.Name}
		}
		for _, j := range cols {
			if g := st.Grid[i][j]; g != nil {
				g.Spot = figure.Spot{Table: f.ID, Row: int32(i + 2), Col: int32(len(rec) + 1)}
			}
			rec = append(rec, plain(st.Grid[i][j], st.unit(j)))
		}
		_ = w.Write(rec)
	}
	w.Flush()
	return b.Bytes()
}

// unit returns the unit of a column: that of its first number.
func (st *Statement) unit(col int) money.Unit {
	for i := range st.Rows {
		if i < len(st.Grid) && st.Grid[i][col].Known() {
			return st.Grid[i][col].Value.Unit
		}
	}
	return st.Form.Money()
}

// Filled reports whether a column of the form holds any number.
func (st *Statement) Filled(col int) bool {
	for i := range st.Rows {
		if i < len(st.Grid) && st.Grid[i][col].Known() {
			return true
		}
	}
	return false
}

// Unit returns the unit of the statement: that of its first number.
func (st *Statement) Unit() money.Unit {
	for i := range st.Form.Columns {
		if st.Filled(i) {
			return st.unit(i)
		}
	}
	return st.Form.Money()
}

// SideBySide reports whether the sheet holds tables beside each other.
func (st *Statement) SideBySide() bool { return st.parts > 1 }

func plain(f *figure.Figure, u money.Unit) string {
	if f == nil || f.Value.State == money.NotReported {
		return ""
	}
	if f.Value.State == money.Number {
		return f.Value.As(u, 0).Plain()
	}
	return "—"
}

package statement

import (
	"bytes"
	"encoding/csv"
	"strings"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/table"
)

// CSV writes the statement in the layout in which it can be handed in: UTF-8,
// CRLF, units in the headings, exact numbers without commas, blanks as blanks.
// Read takes it back to the same rows. Each figure is told where it stands in
// the file.
func (st *Statement) CSV() []byte {
	f := st.Form
	if f.Shape == List {
		return st.listCSV()
	}
	cols := st.Shown()
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

// listCSV writes a list with the columns it was handed in with.
func (st *Statement) listCSV() []byte {
	figures := map[table.Cell]*figure.Figure{}
	unit := map[int32]money.Unit{}
	for i, r := range st.Rows {
		for j, c := range r.Cells {
			if g := st.Grid[i][j]; g != nil && c.Cell.Present() {
				figures[c.Cell] = g
				unit[c.Cell.Col] = st.unit(j)
			}
		}
	}
	headings := st.Layout.Headings(st.Sheet)
	head := make([]string, len(headings))
	for j, h := range headings {
		head[j] = strings.Join(h.Parts, "·")
		if u, ok := unit[int32(j+1)]; ok {
			name, _ := label.SplitUnit(head[j])
			head[j] = name + "（" + u.Sign() + "）"
		}
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	_ = w.Write(head)
	line := int32(1)
	for i, role := range st.Layout.Roles {
		if role != schema.Data {
			continue
		}
		line++
		rec := make([]string, len(headings))
		for j := range rec {
			if j >= len(st.Sheet.Rows[i]) {
				break
			}
			cell := st.Sheet.Rows[i][j]
			if g := figures[cell]; g != nil {
				g.Spot = figure.Spot{Table: st.Form.ID, Row: line, Col: int32(j + 1)}
				rec[j] = plain(g, unit[cell.Col])
			} else {
				rec[j], _ = label.Clean(cell.Text)
			}
		}
		_ = w.Write(rec)
	}
	w.Flush()
	return b.Bytes()
}

// Shown lists the columns to show: those that a table handed in has, or of one
// made from lines all that are always there or hold a number.
func (st *Statement) Shown() []int {
	var out []int
	for i, c := range st.Form.Columns {
		show := !c.Optional || st.Filled(i)
		if !st.Derived && len(st.Rows) > 0 {
			show = st.has(c.ID)
		}
		if show {
			out = append(out, i)
		}
	}
	return out
}

// unit returns the unit of a column: that of its first number, else that of the
// table's.
func (st *Statement) unit(col int) money.Unit {
	for i := range st.Rows {
		if i < len(st.Grid) && st.Grid[i][col].Known() {
			return st.Grid[i][col].Value.Unit
		}
	}
	return st.Unit()
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

// Package export writes what machines read of a department-year beside its
// pages: every table as CSV, once for programs and once for Excel, and what came
// out of every rule. Figures carry the same ids, values and states as on the
// pages.
package export

import (
	"fmt"
	"strings"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/standard"
	"mingzhang/cmd/mingzhang/internal/statement"
	"mingzhang/cmd/mingzhang/internal/table"
)

// Grid is a published table, ready for any format. Row and column of a cell are
// those of the CSV, the header being row 1.
type Grid struct {
	ID      string
	Title   lang.Text
	About   lang.Text // what one row is
	Columns []Column
	Rows    [][]Cell
	Notes   []string
}

// Column is a column of a published table.
type Column struct {
	ID    string
	Name  lang.Text
	About lang.Text
	Type  schema.Type
	Stage string
	Unit  money.Unit // NoUnit where cells say their own or hold no numbers
	Words []string   // the writings of a closed list
}

// Cell is a cell of a published table. Figure is nil where it holds no number.
type Cell struct {
	Text   string
	Figure *figure.Figure
}

// Heading is the column's heading, with the unit of its numbers.
func (c Column) Heading() string {
	if c.Type.Numeric() && c.Unit != money.NoUnit {
		return c.Name.ZH + "（" + c.Unit.Sign() + "）"
	}
	return c.Name.ZH
}

// unpublished are columns of the input that no output carries.
var unpublished = map[string]bool{"department": true, "year": true, "secret": true}

// Table lays out a table of a department-year as it was handed in. Rows marked
// 涉密 are not in t.Rows. Each figure is told where it stands.
func Table(t *fiscal.Table, rows []*figure.Row) *Grid {
	_, lists := standard.Contract()
	g := &Grid{ID: t.ID, Title: t.Binding.Table.Name, About: t.Binding.Table.Row}
	var cols []schema.Column
	for _, c := range t.Binding.Columns {
		if unpublished[c.Field.ID] {
			continue
		}
		cols = append(cols, c)
		col := Column{ID: c.Field.ID, Name: c.Field.Name, About: c.Field.About, Type: c.Field.Type, Stage: c.Field.Stage, Unit: c.Unit}
		if l := lists[c.Field.Choices]; l != nil && !c.Field.Open {
			col.Words = l.Words()
		}
		g.Columns = append(g.Columns, col)
	}
	g.Rows = make([][]Cell, 0, len(rows))
	cells := make([]Cell, len(rows)*len(cols)) // of all rows
	for i, r := range rows {
		line := cells[i*len(cols) : (i+1)*len(cols) : (i+1)*len(cols)]
		for j := range cols {
			c := &cols[j]
			if f := r.Cell(c.Field.ID); f != nil {
				f.Spot = figure.Spot{Table: t.ID, Row: int32(i + 2), Col: int32(j + 1)}
				text := f.Written
				if text == "" {
					text = number(f.Value, c.Unit)
				}
				line[j] = Cell{text, f}
			} else if src := t.Rows[i]; c.Index < len(src) {
				line[j].Text, _ = label.Clean(strings.TrimSpace(src[c.Index].Text))
			}
		}
		g.Rows = append(g.Rows, line)
	}
	if t.Withheld > 0 {
		g.Notes = append(g.Notes, "本表有内容因涉密未公开，各行之和可能小于合计。")
	}
	return g
}

// number writes a value in its column's unit; a cell with a unit of its own in
// a column without one keeps it.
func number(v money.Value, column money.Unit) string {
	switch v.State {
	case money.Number:
		if v.Unit != column && (column == money.NoUnit || v.Unit.Kind() == money.KindCount) && v.Unit != money.Date {
			return v.Disclosed() + v.Unit.Sign()
		}
		return v.Disclosed()
	case money.NotReported:
		return ""
	case money.Withheld:
		return "*"
	}
	return "—"
}

// Statement lays out a statutory table in the layout in which it can be handed
// in again. Each figure is told where it stands.
func Statement(st *statement.Statement) *Grid {
	f := st.Form
	g := &Grid{ID: f.ID, Title: f.Title, Notes: st.Notes}
	if f.Shape == statement.List {
		g.list(st)
		return g
	}
	words := func(id string, name lang.Text, kind schema.Type) {
		g.Columns = append(g.Columns, Column{ID: id, Name: name, Type: kind})
	}
	switch f.Shape {
	case statement.Tree:
		words("code", lang.Text{ZH: "科目编码", EN: "code"}, schema.TypeCode)
		words("name", lang.Text{ZH: "科目名称", EN: "name"}, schema.TypeText)
	case statement.Double:
		words("side", lang.Text{ZH: "侧", EN: "side"}, schema.TypeText)
		words("item", lang.Text{ZH: "项目", EN: "item"}, schema.TypeText)
	default:
		words("item", lang.Text{ZH: "项目", EN: "item"}, schema.TypeText)
	}
	lead := len(g.Columns)
	cols := st.Shown()
	for _, i := range cols {
		c := &f.Columns[i]
		g.Columns = append(g.Columns, Column{ID: c.ID, Name: c.Name, Type: schema.TypeAmount, Stage: f.StageOf(c.ID), Unit: st.ColumnUnit(i)})
	}
	g.Rows = make([][]Cell, 0, len(st.Rows))
	cells := make([]Cell, 0, len(st.Rows)*len(g.Columns)) // of all rows
	for i := range st.Rows {
		r := &st.Rows[i]
		line := cells[len(cells):]
		switch f.Shape {
		case statement.Tree:
			line = append(line, Cell{Text: r.Code}, Cell{Text: r.Name})
		case statement.Double:
			side := "收入"
			if r.Side == statement.ExpenditureSide {
				side = "支出"
			}
			line = append(line, Cell{Text: side}, Cell{Text: r.Name})
		default:
			line = append(line, Cell{Text: r.Name})
		}
		for k, j := range cols {
			x := st.Grid[i][j]
			if x != nil {
				x.Spot = figure.Spot{Table: f.ID, Row: int32(i + 2), Col: int32(lead + k + 1)}
			}
			line = append(line, Cell{inUnit(x, g.Columns[lead+k].Unit), x})
		}
		cells = cells[:len(cells)+len(line)]
		g.Rows = append(g.Rows, line[:len(line):len(line)])
	}
	return g
}

// list lays out a list with the columns with which it was handed in.
func (g *Grid) list(st *statement.Statement) {
	figures := map[table.Cell]*figure.Figure{}
	unit := map[int32]money.Unit{}
	for i, r := range st.Rows {
		for j, c := range r.Cells {
			if x := st.Grid[i][j]; x != nil && c.Cell.Present() {
				figures[c.Cell] = x
				unit[c.Cell.Col] = st.ColumnUnit(j)
			}
		}
	}
	for j, h := range st.Layout.Headings(st.Sheet) {
		name := strings.Join(h.Parts, "·")
		c := Column{ID: table.ColumnName(j + 1), Name: lang.Same(name), Type: schema.TypeText}
		if u, ok := unit[int32(j+1)]; ok {
			name, _ = label.SplitUnit(name)
			c.Name, c.Type, c.Unit = lang.Same(name), schema.TypeAmount, u
		}
		g.Columns = append(g.Columns, c)
	}
	g.tellApart()
	for i, role := range st.Layout.Roles {
		if role != schema.Data {
			continue
		}
		line := make([]Cell, len(g.Columns))
		row := st.Layout.Row(st.Sheet, i)
		for j := range min(len(line), len(row)) {
			cell := row[j]
			if x := figures[cell]; x != nil {
				x.Spot = figure.Spot{Table: g.ID, Row: int32(len(g.Rows) + 2), Col: int32(j + 1)}
				line[j] = Cell{inUnit(x, unit[cell.Col]), x}
			} else {
				line[j].Text, _ = label.Clean(cell.Text)
			}
		}
		g.Rows = append(g.Rows, line)
	}
}

// tellApart gives columns of one heading a number: programs know columns by their
// names.
func (g *Grid) tellApart() {
	seen := map[string]int{}
	for i := range g.Columns {
		c := &g.Columns[i]
		h := c.Heading()
		if seen[h]++; seen[h] > 1 || h == "" {
			c.Name = lang.Same(fmt.Sprint(c.Name.ZH, " ", seen[h]))
		}
	}
}

// inUnit writes a figure of a statutory table in its column's unit.
func inUnit(f *figure.Figure, u money.Unit) string {
	if f == nil {
		return ""
	}
	v := f.Value
	if v.Unit != u {
		v = v.As(u, 0)
	}
	return number(v, u)
}

// PlainNumber reports whether a text is digits with at most a sign and a point.
func PlainNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole, frac, dot := strings.Cut(s, ".")
	return digits(whole) && (!dot || digits(frac))
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

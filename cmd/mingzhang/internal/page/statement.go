package page

import (
	"fmt"
	"strings"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/statement"
	"mingzhang/cmd/mingzhang/internal/table"
)

// Statement is the page of one statutory table.
type Statement struct {
	Base
	Department Link
	Year       Link
	FormTitle  string
	Number     string
	Table      *Table
	Cells      []CellProof // of a table made from lines: how each number was made
	Origin     string      // how the table came about: handed in, made from lines
	File       string      // the file that was handed in
	Empty      string      // what is said when the table holds nothing
	Sums       []string
	Others     []Link // the other tables of the year
	CSV        string
}

// StatementPath is the permanent address of a statutory table.
func StatementPath(slug string, year int, form string) string {
	return YearPath(slug, year) + form + ".html"
}

// Comparison is last year's figures and the changes, by row.
type Comparison struct{ Before, Change []*figure.Figure }

// NewStatement makes the page of a statutory table.
func (c Context) NewStatement(dy *fiscal.DepartmentYear, st *statement.Statement, cmp Comparison, sums []string, others []*statement.Statement) *Statement {
	dep := dy.Department
	title := fmt.Sprintf(c.say("%s%d年度%s", "%s, %d: %s"), dep.Name, dy.Year, st.Form.Title.In(c.Lang))
	p := &Statement{
		Base:      c.base("statement", StatementPath(dep.Slug, dy.Year, st.Form.ID), title, title),
		FormTitle: st.Form.Title.In(c.Lang), Number: st.Form.Number, Sums: sums,
	}
	c = c.on(&p.Base)
	p.Department = Link{Text: dep.Name, Href: p.in(dep.Slug + "/")}
	p.Year = Link{Text: fmt.Sprintf(c.say("%d年度", "%d"), dy.Year), Href: p.in(YearPath(dep.Slug, dy.Year))}
	p.Crumbs = append(p.Crumbs, p.Department, p.Year, Link{Text: p.FormTitle, Here: true})
	for _, o := range others {
		p.Others = append(p.Others, Link{Text: o.Form.Title.In(c.Lang), Href: p.beside(o.Form.ID + ".html"), Here: o == st})
	}
	p.CSV = p.to(CSVPath(dep.Slug, dy.Year, st.Form.ID))
	if st.Derived {
		p.Origin = c.say("本表由部门填报的明细行汇总而成，收支自动平衡。", "This table was made from the department's own lines and is balanced by construction.")
		p.Table = c.statementTable(st, cmp)
		p.Cells = c.cellProofs(st, cmp)
	} else {
		p.Origin = c.say("本表照部门所报原样列出。", "This table stands as the department handed it in.")
		p.File = st.Sheet.File
		if st.Sheet.Name != "" {
			p.File += " › " + st.Sheet.Name
		}
		p.Table = c.statementTable(st, cmp)
		p.Table.Foot = st.Notes
		p.Cells = c.changes(nil, st, cmp)
	}
	if st.Blank() {
		p.Empty = fmt.Sprintf(c.say("%s%d年%s，因此本表为空。", "%s, %d: %s; the table is empty."), dep.Name, dy.Year, st.Form.Empty.In(c.Lang))
	}
	return p
}

// statementTable shows a table, whichever way it came.
func (c Context) statementTable(st *statement.Statement, cmp Comparison) *Table {
	if st.Derived {
		return c.derivedTable(st, cmp)
	}
	return c.sheetTable(st, cmp)
}

// derivedTable shows a table that was made from lines.
func (c Context) derivedTable(st *statement.Statement, cmp Comparison) *Table {
	f := st.Form
	t := c.newTable(st)
	switch f.Shape {
	case statement.Tree:
		t.Columns = []Column{{Label: c.say("科目编码", "code")}, {Label: c.say("科目名称", "name")}}
		t.Head = 1
	case statement.Double:
		t.Columns = []Column{{Label: c.say("收支", "side")}, {Label: c.say("项目", "item")}}
		t.Head = 1
	default:
		t.Columns = []Column{{Label: c.say("项目", "item")}}
	}
	cols := st.Shown()
	for _, i := range cols {
		col := f.Columns[i]
		t.Columns = append(t.Columns, c.column(col.Name.In(c.Lang)))
	}
	c.compareColumns(t, st, cmp)
	t.Rows = make([]Row, 0, len(st.Rows))
	cells := make([]Cell, 0, len(st.Rows)*len(t.Columns)) // of all rows at once
	for i, r := range st.Rows {
		row := Row{Class: rowClass(r.Level), Depth: depth(r.Code), Cells: cells[len(cells):len(cells):min(len(cells)+len(t.Columns), cap(cells))]}
		switch f.Shape {
		case statement.Tree:
			row.Cells = append(row.Cells, Text(r.Code), Text(r.Name))
		case statement.Double:
			side := c.say("收入", "income")
			if r.Side == statement.ExpenditureSide {
				side = c.say("支出", "spending")
			}
			row.Cells = append(row.Cells, Text(side), Text(r.Name))
			row.Depth = 0
		default:
			row.Cells = append(row.Cells, Text(r.Name))
		}
		for _, j := range cols {
			row.Cells = append(row.Cells, c.tableCell(st.Grid[i][j]))
		}
		row = c.compareCells(row, i, cmp)
		cells = cells[:len(cells)+len(row.Cells)]
		t.Rows = append(t.Rows, row)
	}
	c.folds(t, st)
	return t
}

// newTable starts the table of a statement with its caption and unit.
func (c Context) newTable(st *statement.Statement) *Table {
	unit := st.Unit()
	return &Table{ID: st.Form.ID, Caption: st.Form.Title.In(c.Lang), Note: c.say("单位：", "unit: ") + unit.Name().In(c.Lang)}
}

func (c Context) tableCell(f *figure.Figure) Cell {
	if f == nil || f.Value.State == money.NotReported {
		return Cell{} // no such item
	}
	return Cell{Num: c.num(f, false)}
}

// depth is how deep a code stands: 0 for 类, 1 for 款, 2 for 项.
func depth(code string) int {
	if len(code) < 5 {
		return 0
	}
	return (len(code) - 3) / 2
}

// sheetTable shows a table as handed in: its columns, its rows, its order.
func (c Context) sheetTable(st *statement.Statement, cmp Comparison) *Table {
	t := c.newTable(st)
	figures := map[table.Cell]*figure.Figure{}
	rowOf := map[int32]int{}
	for i, r := range st.Rows {
		if r.At.Present() {
			if _, ok := rowOf[r.At.Row]; !ok {
				rowOf[r.At.Row] = i
			}
		}
		for j, cell := range r.Cells {
			if cell.Cell.Present() && st.Grid[i][j] != nil {
				figures[cell.Cell] = st.Grid[i][j]
			}
		}
	}
	numeric := map[int32]bool{}
	for cell := range figures {
		numeric[cell.Col] = true
	}
	var cols []int
	for j, h := range st.Layout.Headings(st.Sheet) {
		if len(h.Parts) == 0 && !sheetColumnFilled(st, j) {
			continue
		}
		cols = append(cols, j)
		text := strings.Join(h.Parts, "／")
		if !numeric[int32(j+1)] && len(h.Parts) > 0 {
			text = h.Parts[len(h.Parts)-1] // 项 and 科目名称 say enough over words and codes
		}
		t.Columns = append(t.Columns, Column{Label: text, Numeric: numeric[int32(j+1)], Term: c.term(text)})
	}
	t.Head = headColumn(st, cols)
	standing := st.Form.Shape != statement.Double || st.Sheet.Whole() == nil && !st.SideBySide()
	if standing {
		c.compareColumns(t, st, cmp)
	}
	for i, role := range st.Layout.Roles {
		if role != schema.Data {
			continue
		}
		src := st.Layout.Row(st.Sheet, i)
		row := Row{Cells: make([]Cell, 0, len(t.Columns))}
		at := -1
		if k, ok := rowOf[int32(i+1)]; ok {
			at = k
			row.Class = rowClass(st.Rows[k].Level)
			if st.Form.Shape == statement.Tree && !st.SideBySide() {
				row.Depth = depth(st.Rows[k].Code)
			}
		}
		for _, j := range cols {
			cell := Cell{}
			if j < len(src) {
				if f := figures[src[j]]; f != nil {
					cell = c.tableCell(f)
				} else {
					cell.Text, _ = label.Clean(strings.TrimSpace(src[j].Text))
				}
			}
			row.Cells = append(row.Cells, cell)
		}
		if standing {
			row = c.compareCells(row, at, cmp)
		}
		t.Rows = append(t.Rows, row)
	}
	c.folds(t, st)
	return t
}

func sheetColumnFilled(st *statement.Statement, j int) bool {
	for i, role := range st.Layout.Roles {
		if role == schema.Data && j < len(st.Sheet.Rows[i]) && strings.TrimSpace(st.Sheet.Rows[i][j].Text) != "" {
			return true
		}
	}
	return false
}

// headColumn finds the column that names the rows.
func headColumn(st *statement.Statement, cols []int) int {
	for i, j := range cols {
		for _, r := range st.Rows {
			row := st.Sheet.Rows[max(0, int(r.At.Row)-1)]
			if j < len(row) && strings.TrimSpace(row[j].Text) == r.Name && r.Name != "" {
				return i
			}
		}
	}
	return 0
}

// compareColumns adds last year's figure and the change to the right.
func (c Context) compareColumns(t *Table, st *statement.Statement, cmp Comparison) {
	if cmp.Before == nil {
		return
	}
	t.Columns = append(t.Columns,
		c.column(c.say("上年", "last year: ")+st.Form.Column(st.Form.Main()).Name.In(c.Lang)),
		c.column(c.say("比上年增减", "change")))
}

func (c Context) compareCells(row Row, i int, cmp Comparison) Row {
	if cmp.Before == nil {
		return row
	}
	before, change := Cell{}, Cell{}
	if i >= 0 && i < len(cmp.Before) {
		before = c.tableCell(cmp.Before[i])
		if f := cmp.Change[i]; f != nil {
			change = Cell{Num: c.num(f, true)}
		}
	}
	row.Cells = append(row.Cells, before, change)
	return row
}

// folds marks the classes of a code tree under which items can be folded away.
func (c Context) folds(t *Table, st *statement.Statement) {
	for i := range t.Rows {
		if t.Rows[i].Depth == 0 && i+1 < len(t.Rows) && t.Rows[i+1].Depth > 0 {
			t.Rows[i].Fold = c.say("展开下级科目：", "show the items of ") + t.Rows[i].Cells[t.Head].Text
		}
	}
}

// CellProof is how one number of a statutory table was made.
type CellProof struct {
	ID    string // the fragment to which the number links
	Label string
	Num   *Num
	Line  []Phrase
}

// cellProofs shows how every number of a table made from lines was made.
func (c Context) cellProofs(st *statement.Statement, cmp Comparison) []CellProof {
	out := make([]CellProof, 0, len(st.Rows)*len(st.Form.Columns)+len(cmp.Change))
	for i, r := range st.Rows {
		for j, col := range st.Form.Columns {
			if f := st.Grid[i][j]; f != nil && f.Computed() {
				out = append(out, c.cellProof(f, strings.TrimSpace(r.Name)+"·"+col.Name.In(c.Lang)))
			}
		}
	}
	return c.changes(out, st, cmp)
}

// changes shows, after what is shown already, how the changes against last year
// were made.
func (c Context) changes(out []CellProof, st *statement.Statement, cmp Comparison) []CellProof {
	for i, f := range cmp.Change {
		if f != nil {
			out = append(out, c.cellProof(f, strings.TrimSpace(st.Rows[i].Name)+"·"+f.Column.In(c.Lang)))
		}
	}
	return out
}

func (c Context) cellProof(f *figure.Figure, name string) CellProof {
	_, id, _ := strings.Cut(f.Address(), "#")
	n := c.num(f, true)
	n.Href = ""
	line, inputs := f.Formula.Numbers(c.Lang), f.Formula.Inputs
	if len(inputs) <= manyInputs {
		return CellProof{ID: id, Label: name, Num: n, Line: c.line(line)}
	}
	p := CellProof{ID: id, Label: name, Num: n, Line: c.lineTo(make([]Phrase, 0, len(line)+2*len(inputs)), line)}
	// The line is abridged: here are all.
	p.Line = append(p.Line, Phrase{Text: c.say("；各项：", "; all: ")})
	for i, in := range inputs {
		if i > 0 {
			p.Line = append(p.Line, Phrase{Text: "、"})
		}
		p.Line = append(p.Line, Phrase{Num: c.num(in, false)})
	}
	return p
}

// manyInputs is how many inputs a line of arithmetic writes out in full.
const manyInputs = 12

package page

import (
	"strings"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/schema"
)

// disclosed shows the tables as the department handed them in: its rows in its
// order, its words, its numbers, each number a figure of the book.
func (c Context) disclosed(p *Year, dy *fiscal.DepartmentYear) []*Table {
	var out []*Table
	for _, t := range dy.Tables {
		if t.Binding.Table.Site {
			continue // of the region, not the department's own
		}
		rows := dy.Lines(t)
		for _, part := range parts(t.ID, rows) {
			if pt := c.disclosedPart(t, rows, part); pt != nil {
				pt.CSV = p.to(CSVPath(dy.Department.Slug, dy.Year, t.ID))
				out = append(out, pt)
			}
		}
	}
	return out
}

// whole shows one of the department's tables with all its rows, the lines of
// spending among them, which disclosed leaves to the statutory tables.
func (c Context) whole(p *Year, dy *fiscal.DepartmentYear, id string) *Table {
	for _, t := range dy.Tables {
		if t.ID != id || t.Binding.Table.Site {
			continue
		}
		pt := c.disclosedPart(t, dy.Lines(t), part{id: id, keep: func(*figure.Row) bool { return true }})
		if pt != nil {
			pt.CSV = p.to(CSVPath(dy.Department.Slug, dy.Year, id))
		}
		return pt
	}
	return nil
}

// part is the rows of a table that are shown together.
type part struct {
	id   string
	name lang.Text
	keep func(*figure.Row) bool
}

// parts splits the lines of spending into the ways in which they divide the
// same money; other tables are shown whole.
func parts(tableID string, rows []*figure.Row) []part {
	if tableID != "expenditure" {
		return []part{{id: tableID, keep: func(*figure.Row) bool { return true }}}
	}
	views := map[string]bool{}
	for _, r := range rows {
		views[r.Attr("view")] = true
	}
	main := "category" // the view that shows the totals
	if views["function"] {
		main = "function"
	}
	view := func(v string) func(*figure.Row) bool {
		return func(r *figure.Row) bool {
			total := r.Level == figure.Total || r.Attr("view") == "category" && r.Level == figure.Subtotal
			return r.Attr("view") == v && !total || total && v == main
		}
	}
	all := []part{
		{"expenditure-category", lang.Text{ZH: "（按经费类别）", EN: " by category"}, view("category")},
		{"expenditure-function", lang.Text{ZH: "（按功能分类）", EN: " by function"}, view("function")},
		{"expenditure-economic", lang.Text{ZH: "（基本支出按经济分类）", EN: ": basic expenditure by economic class"}, view("economic")},
	}
	var out []part
	for _, p := range all {
		for _, r := range rows {
			if p.keep(r) {
				out = append(out, p)
				break
			}
		}
	}
	return out
}

// hidden are columns that say nothing to a reader of the page.
var hidden = map[string]bool{"department": true, "year": true, "secret": true, "slug": true}

func (c Context) disclosedPart(t *fiscal.Table, rows []*figure.Row, pt part) *Table {
	b := t.Binding
	var cols []schema.Column
	for _, col := range b.Columns {
		if !hidden[col.Field.ID] && c.filled(t, rows, pt, col) {
			cols = append(cols, col)
		}
	}
	if len(cols) == 0 {
		return nil
	}
	out := &Table{ID: pt.id, Caption: b.Table.Name.In(c.Lang) + pt.name.In(c.Lang)}
	common := commonUnit(cols)
	if common != money.NoUnit {
		out.Note = c.amountsIn(common)
	}
	for _, col := range cols {
		head := col.Field.Name.In(c.Lang)
		if col.Field.Type.Numeric() && col.Unit != money.NoUnit && col.Unit != common {
			head += c.say("（", " (") + col.Unit.Name().In(c.Lang) + c.say("）", ")")
		}
		out.Columns = append(out.Columns, Column{Label: head, Numeric: col.Field.Type.Numeric(), Term: c.term(head)})
	}
	room := make([]Cell, len(rows)*len(cols)) // of all rows
	out.Rows = make([]Row, 0, len(rows))
	for i, r := range rows {
		if !pt.keep(r) {
			continue
		}
		row := Row{Class: rowClass(r.Level), Cells: room[:0:len(cols)]}
		room = room[len(cols):]
		for _, col := range cols {
			cell := Cell{}
			if f := r.Cell(col.Field.ID); f != nil {
				cell.Num = c.num(f, f.Value.Unit != col.Unit && f.Value.Unit != money.Date)
				if f.Value.State == money.NotReported {
					cell = Cell{} // a blank of the file stays a blank
				}
			} else if src := t.Rows[i]; col.Index < len(src) {
				cell.Text, _ = label.Clean(strings.TrimSpace(src[col.Index].Text))
			}
			row.Cells = append(row.Cells, cell)
		}
		out.Rows = append(out.Rows, row)
	}
	if t.Withheld > 0 {
		out.Foot = append(out.Foot, c.say("本表有内容因涉密未公开，各行之和可能小于合计。", "Parts of this table are withheld; its rows may add up to less than the total."))
	}
	return out
}

// commonUnit is the unit in which all columns of money are written, when they
// are; it is then said once, beside the caption.
func commonUnit(cols []schema.Column) money.Unit {
	common := money.NoUnit
	for _, col := range cols {
		if !col.Field.Type.Numeric() || col.Unit.Kind() != money.KindMoney {
			continue
		}
		if common != money.NoUnit && col.Unit != common {
			return money.NoUnit
		}
		common = col.Unit
	}
	return common
}

// amountsIn says in what unit a table's amounts are.
func (c Context) amountsIn(u money.Unit) string {
	return c.say("金额单位：", "amounts in ") + u.Name().In(c.Lang)
}

var rowClasses = map[figure.Level]string{figure.Total: "total", figure.Parent: "parent", figure.Subtotal: "parent", figure.Nested: "nested"}

func rowClass(l figure.Level) string {
	return rowClasses[l]
}

func (c Context) filled(t *fiscal.Table, rows []*figure.Row, pt part, col schema.Column) bool {
	for i, r := range rows {
		if pt.keep(r) && i < len(t.Rows) && col.Index < len(t.Rows[i]) && strings.TrimSpace(t.Rows[i][col.Index].Text) != "" {
			return true
		}
	}
	return false
}

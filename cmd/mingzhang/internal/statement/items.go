package statement

import (
	"slices"
	"strings"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/standard"
	"mingzhang/cmd/mingzhang/internal/table"
)

// doubleItem finds what a row of a double table is. The words are those of the
// word lists; totals are told apart because 本年收入合计 is not 总计.
func (f *Form) doubleItem(side, text string, year int) (key, code string, level figure.Level) {
	name := stripNumber(text)
	folded := label.Fold(name)
	switch folded {
	case "收入总计", "总计", "收入合计总计", "收入支出总计":
		return "total", "", figure.Total
	case "支出总计":
		return "total", "", figure.Total
	case "本年收入合计":
		return "year-total", "", figure.Subtotal
	case "本年支出合计":
		return "year-total", "", figure.Subtotal
	case "本年收入", "本年支出", "收入", "支出":
		return "year-total", "", figure.Subtotal
	case "合计":
		return "total", "", figure.Total
	case "收入合计", "支出合计":
		if f.Kind == "budget" {
			return "total", "", figure.Total
		}
		return "year-total", "", figure.Subtotal
	}
	_, lists := standard.Contract()
	if side != ExpenditureSide {
		if o, ok := lists["balance"].Find(name); ok {
			return o.ID, "", figure.Nested
		}
		if o, ok := lists["source"].Find(name); ok && o.ID != "total" {
			return o.ID, "", figure.Leaf
		}
		if side == IncomeSide {
			return "", "", figure.Leaf
		}
	}
	if o, ok := lists["balance"].Find(name); ok {
		return o.ID, "", figure.Nested
	}
	if c, ok := f.classCode(name, year); ok {
		return c, c, figure.Leaf
	}
	return "", "", figure.Leaf
}

// lyingColumn is a column of a lying table: which item, at which stage.
type lyingColumn struct {
	index  int
	item   string
	name   string // of the item, as its heading says it
	column string // id of the form's column
	unit   money.Unit
	year   int // that its heading names, 0 for none; −1 for 上年
	at     table.Cell
}

// lyingColumns reads headings such as 预算数 › 公务用车 › 购置费.
func (f *Form) lyingColumns(s *table.Sheet) []lyingColumn {
	known := func(text string) bool {
		if _, ok := threePublic(text); ok {
			return true
		}
		return f.known(text)
	}
	l := schema.Lay(s, known)
	if len(l.Header) == 0 {
		return nil
	}
	var out []lyingColumn
	for i, h := range l.Headings(s) {
		item, name, column := f.lying(h.Parts)
		if item == "" {
			continue
		}
		c := lyingColumn{index: i, item: item, name: name, column: column, at: h.Cell, year: h.Year()}
		for _, p := range h.Parts {
			if hasPrior(p) {
				c.year = -1
			}
			if _, unit := label.SplitUnit(p); unit != "" {
				if u, ok := money.UnitOf(unit); ok {
					c.unit = u
				}
			}
		}
		if c.unit == money.NoUnit {
			c.unit, _ = money.UnitOf(l.Unit)
		}
		out = append(out, c)
	}
	return ofLastYear(out)
}

// hasPrior reports whether a heading speaks of the year before.
func hasPrior(part string) bool {
	return strings.Contains(part, "上年") || strings.Contains(part, "去年")
}

// ofLastYear leaves out the columns of earlier years where a table has two years
// beside each other: it is about the later one.
func ofLastYear(cols []lyingColumn) []lyingColumn {
	last, bare := 0, false
	for _, c := range cols {
		last, bare = max(last, c.year), bare || c.year == 0
	}
	return slices.DeleteFunc(cols, func(c lyingColumn) bool {
		return c.year > 0 && c.year < last || c.year < 0 && (last > 0 || bare)
	})
}

// lying reads the parts of one heading. A heading that names no item and no
// total is none of the three public expenses' columns.
func (f *Form) lying(parts []string) (item, name, column string) {
	for _, c := range f.Columns {
		for _, p := range parts {
			if fl := f.schema.FieldByLabel(p); fl != nil && fl.ID == "n-"+c.ID {
				column = c.ID
			}
		}
	}
	if column == "" {
		column = f.Columns[0].ID
		if len(f.Columns) > 1 && f.Kind == "final" {
			column = "outturn"
		}
	}
	for i := len(parts) - 1; i >= 0; i-- {
		id, ok := threePublic(parts[i])
		if !ok {
			if neutralItem(parts[i]) {
				continue
			}
			if f.schema.FieldByLabel(parts[i]) != nil {
				continue
			}
			return "", "", ""
		}
		if id == "total" && i > 0 {
			// 合计 or 小计 under a named item is that item's.
			if upper, ok := threePublic(parts[i-1]); ok && upper != "total" {
				return upper, parts[i-1], column
			}
		}
		return id, parts[i], column
	}
	return "", "", ""
}

// oneLine is a heading that is written over several lines of its cell.
func oneLine(s string) string { return strings.Join(strings.Fields(s), "") }

func neutralItem(s string) bool {
	switch label.Fold(s) {
	case "小计", "合计", "金额":
		return true
	}
	return false
}

// readLying reads a table with an item in each column: one row of numbers, or
// several of which one is the total.
func (f *Form) readLying(s *table.Sheet) (*Statement, diag.List) {
	cols := f.lyingColumns(s)
	if len(cols) == 0 {
		d := schema.HeaderMissing.At(diag.Place{File: s.File, Sheet: s.Name, Line: 1, Column: 1}, f.Title)
		d.Lines = firstLines(s)
		return nil, diag.List{d}
	}
	known := func(text string) bool {
		_, ok := threePublic(text)
		return ok || f.known(text)
	}
	l := schema.Lay(s, known)
	st := newStatement(s, f, l)
	var list diag.List
	var chosen table.Row
	var others []table.Row
	for i, role := range l.Roles {
		if role != schema.Data {
			continue
		}
		r := s.Rows[i]
		if !holdsNumber(r, cols) {
			list.Add(st.setAside(r, nil))
			continue
		}
		if chosen != nil {
			other := r
			if isTotalRow(r) {
				other, chosen = chosen, r
			}
			others = append(others, other)
			list.Add(s.Finding(NamelessRow, other[0], nameOfRow(other, cols)))
			continue
		}
		chosen = r
	}
	if chosen != nil && isTotalRow(chosen) {
		st.Bodies = bodySums(chosen, others, cols)
	}
	list.Add(st.asideNote())
	list.Add(l.Note(s))
	list.Add(f.besides(s, l, cols)...)
	byItem := map[string]int{}
	taken := map[[2]string]table.Cell{}
	for _, c := range cols {
		if old, twice := taken[[2]string{c.item, c.column}]; twice {
			list.Add(s.Finding(schema.DuplicateLabel, c.at, c.at.Text, old.Name(), c.at.Name()))
			continue
		}
		taken[[2]string{c.item, c.column}] = c.at
		i, ok := byItem[c.item]
		if !ok {
			i = len(st.Rows)
			byItem[c.item] = i
			st.Rows = append(st.Rows, Row{Key: c.item, Name: oneLine(c.name), At: c.at, Cells: make([]schema.Amount, len(f.Columns))})
		}
		if chosen == nil || c.index >= len(chosen) {
			continue
		}
		cell := chosen[c.index]
		v, how, err := money.Parse(cell.Text, c.unit, 2)
		if err != nil {
			list.Add(s.Finding(schema.TypeError, cell, c.at.Text, numberWord, cell.Text))
			v = money.Absent(money.NotReported, c.unit)
		} else if v.Known() && v.Unit == money.NoUnit {
			list.Add(s.Finding(schema.UnitMissing, c.at, c.at.Text))
		}
		for j, fc := range f.Columns {
			if fc.ID == c.column {
				st.Rows[i].Cells[j] = schema.Amount{Value: v, Cell: cell, How: how}
			}
		}
	}
	st.itemLevels()
	return st, list
}

// besides tells columns of numbers that stand under no item.
func (f *Form) besides(s *table.Sheet, l *schema.Layout, cols []lyingColumn) diag.List {
	var list diag.List
	for i, h := range l.Headings(s) {
		if len(h.Parts) == 0 || slices.ContainsFunc(cols, func(c lyingColumn) bool { return c.index == i }) {
			continue
		}
		if field := f.schema.Match(h); field != nil && field.Type != schema.TypeAmount {
			continue // 序号, 页
		}
		n := 0
		for r, role := range l.Roles {
			if role == schema.Data && i < len(s.Rows[r]) {
				if v, _, err := money.Parse(s.Rows[r][i].Text, money.NoUnit, 0); err == nil && v.Known() {
					n++
				}
			}
		}
		if n > 0 {
			d := s.Finding(schema.UnknownColumn, h.Cell, h.Cell.Text, n)
			d.Severity = diag.Note
			list.Add(d)
		}
	}
	return list
}

func holdsNumber(r table.Row, cols []lyingColumn) bool {
	for _, c := range cols {
		if c.index < len(r) {
			if v, _, err := money.Parse(r[c.index].Text, c.unit, 2); err == nil && v.Known() {
				return true
			}
		}
	}
	return false
}

func isTotalRow(r table.Row) bool {
	for _, c := range r {
		if _, level := totalKey(strings.TrimSpace(c.Text)); level == figure.Total {
			return true
		}
	}
	return false
}

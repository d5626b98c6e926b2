package statement

import (
	"slices"
	"strings"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/table"
)

// Tables beyond the nine differ so much between places that only their titles
// and the headings of their first columns are common. Such a list is shown with
// the columns it has; those that hold money become figures.

// known reports whether a heading is one of a list's usual ones or one that the
// form declares.
func (f *Form) knownInList(text string) bool {
	return f.usual[label.Fold(text)] || f.known(text)
}

// listFit is how well a sheet's headings suit a list: 0 for not at all.
func (f *Form) listFit(s *table.Sheet, known func(string) bool) int {
	l := schema.LayHeader(s, known)
	hits := 0
	for _, h := range l.Headings(s) {
		for _, p := range h.Parts {
			if known(p) {
				hits++
				break
			}
		}
	}
	if hits < 2 {
		return 0
	}
	return min(30, 10*hits)
}

// notMoney are words in headings of numbers that are no amounts of money.
var notMoney = []string{"数量", "序号", "编号", "编码", "代码", "人数", "个数", "年度", "年限", "行次", "栏次", "指标值", "完成值", "实际值", "目标值", "分值", "得分", "权重", "自评分", "满分", "类", "款", "项", "时间", "日期", "比例", "率"}

// prices are words at the end of headings of amounts for one thing each.
var prices = []string{"单价", "均价", "最高限价", "标准"}

// moneyColumn reports whether a column of a list holds amounts: every filled
// cell under its heading is a number, at least one is, and the heading does not
// say that it counts something else.
func moneyColumn(s *table.Sheet, l *schema.Layout, i int, h schema.Heading) bool {
	for _, p := range h.Parts {
		name, unit := label.SplitUnit(p)
		if u, ok := money.UnitOf(unit); ok && unit != "" {
			return u.Kind() == money.KindMoney
		}
		for _, w := range notMoney {
			if strings.HasSuffix(label.Fold(name), w) {
				return false
			}
		}
	}
	numbers := 0
	for r, role := range l.Roles {
		if role != schema.Data || i >= len(s.Rows[r]) {
			continue
		}
		t := strings.TrimSpace(s.Rows[r][i].Text)
		if t == "" {
			continue
		}
		v, _, err := money.Parse(t, money.NoUnit, 0)
		if err != nil {
			return false
		}
		if v.Known() {
			numbers++
		}
	}
	return numbers > 0
}

// readList reads a list: a form of its own is made for the columns that this
// sheet has.
func readList(s *table.Sheet, f *Form) (*Statement, diag.List) {
	l := schema.Lay(s, f.knownInList)
	if len(l.Header) == 0 {
		d := schema.HeaderMissing.At(diag.Place{File: s.File, Sheet: s.Name, Line: 1, Column: 1}, f.Title)
		d.Lines = firstLines(s)
		return nil, diag.List{d}
	}
	own := &Form{
		ID: f.ID, Kind: f.Kind, Stage: f.Stage, Number: f.Number, Title: f.Title, Aliases: f.Aliases, Shape: f.Shape,
		Unit: f.Unit, Empty: f.Empty, Headings: f.Headings, Evaluation: f.Evaluation, Many: f.Many, reg: f.reg, schema: f.schema,
	}
	headings := l.Headings(s)
	var at []int
	var heads []string
	for i, h := range headings {
		if len(h.Parts) == 0 || !moneyColumn(s, l, i, h) {
			continue
		}
		name, _ := label.SplitUnit(strings.Join(h.Parts, "·"))
		id := figure.KeyOf(name)
		if own.Column(id) != nil {
			id += "~" + h.Cell.Name()
		}
		price := slices.ContainsFunc(prices, func(w string) bool { return strings.HasSuffix(label.Fold(name), w) })
		own.Columns = append(own.Columns, Column{ID: id, Name: lang.Same(name), Price: price})
		at, heads = append(at, i), append(heads, headingUnitOf(h, l))
	}
	st := newStatement(s, own, l)
	var list diag.List
	for r, role := range l.Roles {
		if role == schema.Data {
			st.listRow(s.Rows[r], at, heads, headings, &list)
		}
	}
	list.Add(st.asideNote())
	list.Add(l.Note(s))
	return st, list
}

// headingUnitOf is the unit that a heading names, else that of the unit line.
func headingUnitOf(h schema.Heading, l *schema.Layout) string {
	for _, p := range h.Parts {
		if _, unit := label.SplitUnit(p); unit != "" {
			if _, ok := money.UnitOf(unit); ok {
				return unit
			}
		}
	}
	return l.Unit
}

func (st *Statement) listRow(r table.Row, at []int, units []string, headings []schema.Heading, list *diag.List) {
	row := Row{Cells: make([]schema.Amount, len(st.Form.Columns))}
	amount := map[int]int{}
	for j, i := range at {
		amount[i] = j
	}
	for i, c := range r {
		t := strings.TrimSpace(c.Text)
		j, money := amount[i]
		if money {
			row.Cells[j] = st.listAmount(c, units[j], headings[i], list)
			continue
		}
		// A row is named by what it is about; codes name it only where nothing else does.
		if t != "" && (row.Name == "" || isCode(row.Name) && !isCode(t) || i < len(headings) && isName(headings[i])) {
			row.Name, row.At = t, c
		}
	}
	if row.Name == "" && !anyKnown(row.Cells) {
		list.Add(st.setAside(r, row.Cells)) // a row of dashes
		return
	}
	row.Key, row.Level = totalKey(row.Name)
	if row.Key == "" {
		row.Key, row.Level = label.Fold(row.Name), figure.Leaf
	}
	st.Rows = append(st.Rows, row)
}

func (st *Statement) listAmount(c table.Cell, unit string, h schema.Heading, list *diag.List) schema.Amount {
	u, _ := money.UnitOf(unit)
	v, how, err := money.Parse(c.Text, u, u.Places())
	switch {
	case err != nil:
		list.Add(st.Sheet.Finding(schema.TypeError, c, h.Cell.Text, numberWord, c.Text))
		v = money.Absent(money.NotReported, u)
	case v.Known() && v.Unit == money.NoUnit:
		list.Add(st.Sheet.Finding(schema.UnitMissing, h.Cell, h.Cell.Text))
	}
	return schema.Amount{Value: v, Cell: c, How: how}
}

func isCode(s string) bool { return strings.Trim(s, "0123456789") == "" }

// isName reports whether a heading names what its rows are about.
func isName(h schema.Heading) bool {
	for _, p := range h.Parts {
		if f := label.Fold(p); strings.HasSuffix(f, "名称") && !strings.HasPrefix(f, "单位") && !strings.HasPrefix(f, "部门") {
			return true
		}
	}
	return false
}

// Coded reports whether a list's rows stand under codes, so that some rows may
// be sums of others.
func (st *Statement) Coded() bool { return len(st.codeColumns()) > 0 }

// codeColumns lists the columns that hold codes of classifications, one or split in
// three; codes of bodies and projects are none.
func (st *Statement) codeColumns() []int {
	var out []int
	for i, h := range st.Layout.Headings(st.Sheet) {
		for _, p := range h.Parts {
			f := label.Fold(p)
			if (strings.HasSuffix(f, "编码") || strings.HasSuffix(f, "科目代码") || f == "类" || f == "款" || f == "项") && !strings.HasPrefix(f, "单位") && !strings.HasPrefix(f, "部门") && !strings.HasPrefix(f, "预算单位") && !strings.HasPrefix(f, "项目") {
				out = append(out, i)
				break
			}
		}
	}
	return out
}

// ListCodes is by row the code under which it stands; empty where it has none.
func (st *Statement) ListCodes() []string {
	columns := st.codeColumns()
	out := make([]string, len(st.Rows))
	for k := range st.Rows {
		n := int(st.Rows[k].At.Row) - 1
		if n < 0 || n >= len(st.Sheet.Rows) {
			continue
		}
		for _, i := range columns {
			if row := st.Sheet.Rows[n]; i < len(row) {
				if t := strings.TrimSpace(row[i].Text); strings.Trim(t, "0123456789") == "" {
					out[k] += t
				}
			}
		}
	}
	return out
}

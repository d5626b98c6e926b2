package fiscal

import (
	"strings"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/statement"
)

// viewer shows rows of statutory tables among the lines.
type viewer struct {
	dy   *DepartmentYear
	has  map[string]bool // table.column of which the department handed in lines
	rows map[string]*figure.Row
}

// free reports whether no other table gives the numbers of a column, and takes
// it for this one.
func (v *viewer) free(table, stage, owner string) bool {
	key := table + "." + stage
	if v.has[key] {
		return false
	}
	taken := key + "@"
	for k := range v.has {
		if strings.HasPrefix(k, taken) {
			return k == taken+owner
		}
	}
	v.has[taken+owner] = true
	return true
}

// show enters the rows of one table as lines. Which table gives which lines:
// spending by function the total table (B3, F3), by economic class B8 and F6,
// income B1 and F1, the three public expenses B9 and F7. The tables of single
// sources repeat parts of the same money and are only held against these.
func (v *viewer) show(st *statement.Statement) {
	switch st.Form.ID {
	case "b03", "f03":
		v.functions(st)
	case "b08", "f06":
		v.economics(st)
	case "b01", "f01":
		v.double(st)
	case "b09", "f07":
		v.items(st)
	}
}

// line enters one figure as a line. Figures of one item at different stages,
// from different tables, stand in one row.
func (v *viewer) line(table, key string, level figure.Level, name, stage string, f *figure.Figure, attrs ...figure.Attr) {
	if f == nil || !f.Known() {
		return // a blank in a statutory table means that there is no such item
	}
	id := table + "/" + key + "/" + level.String()
	r := v.rows[id]
	if r == nil {
		r = &figure.Row{Table: table, Key: figure.KeyOf(key), Label: lang.Same(strings.TrimSpace(name)), Level: level, Attrs: attrs}
		v.rows[id] = r
		v.dy.Book.AddView(r)
	}
	if r.Cell(stage) == nil {
		r.Names, r.Cells = append(r.Names, stage), append(r.Cells, f)
	}
}

// functionTypes are the columns of B3 and F3 that are kinds of spending.
var functionTypes = []string{"basic", "project", "remitted", "business", "subsidy"}

func (v *viewer) functions(st *statement.Statement) {
	stage := st.Form.Stage
	if !v.free("expenditure", stage, st.Form.ID) {
		return
	}
	for i := range st.Rows {
		r := &st.Rows[i]
		switch {
		case r.Level == figure.Total:
			v.line("expenditure", "total", figure.Total, "支出合计", stage, st.Figure(i, "total"))
			for _, t := range functionTypes {
				v.line("expenditure", t, figure.Subtotal, r.Name, stage, st.Figure(i, t), attr("type", t))
			}
		case r.Code != "" && r.Level == figure.Parent:
			v.line("expenditure", r.Code, figure.Parent, r.Name, stage, st.Figure(i, "total"), attr("view", "function"), attr("function", r.Code))
		case r.Code != "":
			for _, t := range functionTypes {
				v.line("expenditure", r.Code+"+"+t, figure.Leaf, r.Name, stage, st.Figure(i, t), attr("view", "function"), attr("function", r.Code), attr("type", t))
			}
		}
	}
}

func (v *viewer) economics(st *statement.Statement) {
	stage := st.Form.Stage
	if !v.free("economic-lines", stage, st.Form.ID) || v.has["expenditure."+stage] {
		return
	}
	for i := range st.Rows {
		r := &st.Rows[i]
		switch {
		case r.Level == figure.Total: // 合计 by category
			for _, c := range []string{"personnel", "operating"} {
				v.line("expenditure", "basic-"+c, figure.Subtotal, r.Name, stage, st.Figure(i, c), attr("category", c))
			}
		case r.Level == figure.Subtotal: // 人员经费合计
			v.line("expenditure", "basic-"+r.Key, figure.Subtotal, r.Name, stage, st.Figure(i, "total"), attr("category", r.Key))
		}
		if r.Code == "" || r.Level != figure.Leaf {
			continue
		}
		attrs := []figure.Attr{attr("view", "economic"), attr("economic", r.Code), attr("type", "basic")}
		if st.Form.ID == "f06" {
			v.line("expenditure", r.Code+"+"+categoryOf(r.Code), figure.Leaf, r.Name, stage, st.Figure(i, "total"), append(attrs, attr("category", categoryOf(r.Code)))...)
			continue
		}
		v.line("expenditure", r.Code+"+personnel", figure.Leaf, r.Name, stage, st.Figure(i, "personnel"), append(attrs, attr("category", "personnel"))...)
		v.line("expenditure", r.Code+"+operating", figure.Leaf, r.Name, stage, st.Figure(i, "operating"), append(attrs, attr("category", "operating"))...)
	}
}

// categoryOf is the kind of an economic class: 301 and 303 are personnel, the
// others operating costs (layout of the official final-accounts table).
func categoryOf(code string) string {
	if strings.HasPrefix(code, "301") || strings.HasPrefix(code, "303") {
		return "personnel"
	}
	return "operating"
}

func (v *viewer) double(st *statement.Statement) {
	stage := st.Form.Stage
	income := v.free("income", stage, st.Form.ID)
	sources := map[string]bool{}
	total := "total" // 收入总计; with carried-over money, the income of the year alone
	for i := range st.Rows {
		r := &st.Rows[i]
		if r.Side == statement.IncomeSide && r.Level == figure.Leaf {
			sources[r.Key] = true
		}
		if r.Side == statement.IncomeSide && r.Key == "year-total" && st.Figure(i, "amount").Known() {
			total = "year-total"
		}
	}
	for i := range st.Rows {
		r := &st.Rows[i]
		f := st.Figure(i, "amount")
		if r.Side != statement.IncomeSide {
			continue
		}
		switch {
		case r.Key == "opening" || r.Key == "surplus-used":
			v.line("balance", r.Key, figure.Leaf, r.Name, stage, f, attr("kind", r.Key))
		case !income:
		case r.Key == total:
			v.line("income", "total", figure.Total, r.Name, stage, f)
		case r.Key == "appropriation" && (sources["general-public"] || sources["government-fund"]):
			v.line("income", r.Key, figure.Parent, r.Name, stage, f, attr("source", r.Key))
		case r.Level == figure.Leaf:
			v.line("income", r.Key, figure.Leaf, r.Name, stage, f, attr("source", r.Key))
		}
	}
	for i := range st.Rows {
		if r := &st.Rows[i]; r.Side == statement.ExpenditureSide && (r.Key == "closing" || r.Key == "distributed") {
			v.line("balance", r.Key, figure.Leaf, r.Name, stage, st.Figure(i, "amount"), attr("kind", r.Key))
		}
	}
}

func (v *viewer) items(st *statement.Statement) {
	for _, c := range st.Form.Columns {
		if !v.free("three-public", c.ID, st.Form.ID) {
			continue
		}
		for i := range st.Rows {
			r := &st.Rows[i]
			v.line("three-public", r.Key, r.Level, r.Name, c.ID, st.Figure(i, c.ID), attr("item", r.Key))
		}
	}
}

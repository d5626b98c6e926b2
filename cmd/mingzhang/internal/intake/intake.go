// Package intake turns statutory tables as departments have them into the lines
// of the data contract. It says what it understood, what it refused and why;
// each line carries the cell it came from.
package intake

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/check"
	"mingzhang/cmd/mingzhang/internal/dataset"
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/statement"
)

// Table is a table of the contract, ready to be written.
type Table struct {
	ID   string
	Rows [][]string // the first row is the header
}

// Understood is what was made of one sheet.
type Understood struct {
	Place diag.Place
	Text  lang.Text
}

// Result is what an intake gives.
type Result struct {
	Understood []Understood
	Tables     []Table
	Findings   diag.List
}

// Read reads the files and makes the contract's tables of a department-year.
func Read(fsys fs.FS, files []string, registry *statement.Registry, dep *fiscal.Department, year int) Result {
	key := dataset.Key{Slug: dep.Slug, Year: year}
	set := &dataset.Set{Handed: map[dataset.Key][]dataset.File{}}
	for _, f := range files {
		set.Handed[key] = append(set.Handed[key], dataset.File{Path: f})
	}
	r := &fiscal.Reader{FS: fsys, Set: set, Departments: &fiscal.Departments{}, Registry: registry}
	dy, list := r.Read(dep, year)
	sums, found := check.Sums(dy.Statements)
	list.Add(found...)
	res := Result{Findings: list}
	for _, st := range dy.Statements {
		res.Understood = append(res.Understood, understood(st, sums))
	}
	m := &maker{dy: dy, byForm: map[string]*statement.Statement{}}
	for _, st := range dy.Statements {
		m.byForm[st.Form.ID] = st
	}
	for _, t := range []Table{m.income(), m.expenditure(), m.balances(), m.threePublic()} {
		if len(t.Rows) > 1 {
			res.Tables = append(res.Tables, t)
		}
	}
	res.Findings = list
	return res
}

// understood says in one line how a sheet was read.
func understood(st *statement.Statement, sums []check.Outcome) Understood {
	numbers := 0
	for _, r := range st.Rows {
		for _, c := range r.Cells {
			if c.Known() {
				numbers++
			}
		}
	}
	var zh, en []string
	for _, o := range sums {
		if o.Table == st.Form.ID {
			zh = append(zh, o.Rule.Name.ZH+"："+o.Sum.ZH)
			en = append(en, o.Rule.Name.EN+": "+o.Sum.EN)
		}
	}
	t := lang.Text{
		ZH: fmt.Sprintf("读作「%s」：%d 行、%d 个数，单位%s", st.Form.Title.ZH, len(st.Rows), numbers, st.Unit().Sign()),
		EN: fmt.Sprintf("read as %s: %d rows, %d numbers, unit %s", st.Form.Title.EN, len(st.Rows), numbers, st.Unit().Name().EN),
	}
	if len(zh) > 0 {
		t.ZH += "\n" + strings.Join(zh, "\n")
		t.EN += "\n" + strings.Join(en, "\n")
	}
	return Understood{Place: diag.Place{File: st.Sheet.File, Sheet: st.Sheet.Name}, Text: t}
}

// maker makes the contract's tables from statements.
type maker struct {
	dy     *fiscal.DepartmentYear
	byForm map[string]*statement.Statement
}

// line is a row of a contract table under its key, with amounts by stage.
type line struct {
	key    string
	cells  []string // all but amounts and remark
	amount map[string]*figure.Figure
	plain  map[string]string // amounts that are no single cell
	from   []string
}

// lines gathers rows whose amounts at different stages come from different
// tables.
type lines struct {
	byKey map[string]*line
	list  []*line
}

func (l *lines) add(key string, cells []string, stage string, f *figure.Figure) *line {
	if l.byKey == nil {
		l.byKey = map[string]*line{}
	}
	x := l.byKey[key]
	if x == nil {
		x = &line{key: key, cells: cells, amount: map[string]*figure.Figure{}, plain: map[string]string{}}
		l.byKey[key] = x
		l.list = append(l.list, x)
	}
	if f != nil {
		x.amount[stage] = f
		if f.Cell != nil {
			x.from = append(x.from, source(f))
		}
	}
	return x
}

// source names the cell of a figure: b03_expenditure.csv D12.
func source(f *figure.Figure) string {
	s := path.Base(f.Cell.Sheet.File)
	if f.Cell.Sheet.Name != "" {
		s += "[" + f.Cell.Sheet.Name + "]"
	}
	return s + " " + f.Cell.Cell.Name()
}

var stageHead = map[string]string{"original": "年初预算数", "adjusted": "全年预算数", "outturn": "决算数"}

// table lays lines out with one amount column for each stage that occurs.
func (l *lines) table(id string, head []string) Table {
	var stages []string
	units := map[string]money.Unit{}
	for _, s := range []string{"original", "adjusted", "outturn"} {
		for _, x := range l.list {
			if f := x.amount[s]; f != nil {
				units[s] = f.Value.Unit
				stages = append(stages, s)
				break
			}
		}
	}
	header := append([]string{}, head...)
	for _, s := range stages {
		header = append(header, stageHead[s]+"（"+units[s].Sign()+"）")
	}
	t := Table{ID: id, Rows: [][]string{append(header, "备注")}}
	for _, x := range l.list {
		row := append([]string{}, x.cells...)
		for _, s := range stages {
			switch f := x.amount[s]; {
			case x.plain[s] != "":
				row = append(row, x.plain[s])
			case f == nil || f.Value.State == money.NotReported:
				row = append(row, "")
			case !f.Known():
				row = append(row, "—")
			default:
				row = append(row, f.Value.As(units[s], 0).Plain())
			}
		}
		t.Rows = append(t.Rows, append(row, "来自 "+strings.Join(x.from, "、")))
	}
	return t
}

func sourceName(id string) string {
	return map[string]string{"general-public": "一般公共预算", "government-fund": "政府性基金预算", "state-capital": "国有资本经营预算", "": ""}[id]
}

var typeNames = map[string]string{"basic": "基本支出", "project": "项目支出", "remitted": "上缴上级支出", "business": "经营支出", "subsidy": "对附属单位补助支出"}

// expenditure makes the lines of spending from the total tables, with the
// source of each where the tables of single sources tell it, and those of basic
// spending by economic class. Groups and totals are kept as disclosed.
func (m *maker) expenditure() Table {
	var l lines
	for _, forms := range [][5]string{{"b03", "b05", "b06", "b07", "b08"}, {"f03", "f05", "f08", "f09", "f06"}} {
		main := m.byForm[forms[0]]
		if main == nil {
			continue
		}
		stage := main.Form.Stage
		for i, r := range main.Rows {
			switch {
			case r.Level == figure.Total:
				l.add("total", []string{"", "合计", "", "", "", ""}, stage, main.Figure(i, "total"))
				for _, t := range []string{"basic", "project", "remitted", "business", "subsidy"} {
					if f := main.Figure(i, t); f.Known() {
						l.add("total+"+t, []string{"", "合计", typeNames[t], "", "", ""}, stage, f)
					}
				}
			case r.Code != "" && r.Level == figure.Parent:
				l.add(r.Code, []string{r.Code, r.Name, "", "", "", ""}, stage, main.Figure(i, "total"))
			case r.Code != "":
				for _, t := range []string{"basic", "project", "remitted", "business", "subsidy"} {
					if f := main.Figure(i, t); f.Known() && !f.Value.Zero() {
						m.sourced(&l, forms, r.Code, r.Name, t, stage, f)
					}
				}
			}
		}
		if st := m.byForm[forms[4]]; st != nil {
			economic(&l, st, stage)
		}
	}
	return l.table("expenditure", []string{"功能科目编码", "科目名称", "支出类型", "经费类别", "经济科目编码", "资金来源"})
}

// sourced enters a line under its source, or splits it among several.
func (m *maker) sourced(l *lines, forms [5]string, code, name, kind, stage string, f *figure.Figure) {
	type share struct {
		id string
		f  *figure.Figure
	}
	var shares []share
	sum := decimal.Zero
	told := false
	for i, id := range []string{"general-public", "government-fund", "state-capital"} {
		st := m.byForm[forms[i+1]]
		if st == nil {
			continue
		}
		told = true
		for j, r := range st.Rows {
			if r.Code == code {
				if g := st.Figure(j, kind); g.Known() && !g.Value.Zero() {
					shares = append(shares, share{id, g})
					sum = sum.Add(g.Value.Base())
				}
			}
		}
	}
	cells := func(src string) []string { return []string{code, name, typeNames[kind], "", "", sourceName(src)} }
	key := func(src string) string { return code + "+" + kind + "+" + src }
	switch {
	case !told || len(shares) == 0:
		l.add(key(""), cells(""), stage, f)
	case len(shares) == 1 && shares[0].f.Value.Base().Equal(f.Value.Base()):
		l.add(key(shares[0].id), cells(shares[0].id), stage, f)
	default:
		for _, s := range shares {
			l.add(key(s.id), cells(s.id), stage, s.f)
		}
		if rest := f.Value.Base().Sub(sum); !rest.IsZero() {
			x := l.add(key("rest"), cells(""), stage, f)
			x.plain[stage] = money.Trim(rest.Shift(-f.Value.Unit.Shift()))
			x.from = append(x.from, "减去各项拨款后的余额")
		}
	}
}

func economic(l *lines, st *statement.Statement, stage string) {
	for i, r := range st.Rows {
		if r.Code == "" || r.Level != figure.Leaf {
			continue
		}
		if st.Form.ID == "f06" {
			category := "公用经费"
			if strings.HasPrefix(r.Code, "301") || strings.HasPrefix(r.Code, "303") {
				category = "人员经费"
			}
			if f := st.Figure(i, "total"); f.Known() {
				l.add("e"+r.Code+category, []string{"", r.Name, "基本支出", category, r.Code, ""}, stage, f)
			}
			continue
		}
		for _, c := range []struct{ col, name string }{{"personnel", "人员经费"}, {"operating", "公用经费"}} {
			if f := st.Figure(i, c.col); f.Known() && !f.Value.Zero() {
				l.add("e"+r.Code+c.name, []string{"", r.Name, "基本支出", c.name, r.Code, ""}, stage, f)
			}
		}
	}
}

// income makes the lines of income: by source from the total tables, and by
// function where the income table tells more than the spending tables do.
func (m *maker) income() Table {
	var l lines
	for _, forms := range [][3]string{{"b01", "b02", "b03"}, {"f01", "f02", "f03"}} {
		if st := m.byForm[forms[0]]; st != nil {
			for _, r := range m.dy.Book.Table("income") {
				f := r.Cell(st.Form.Stage)
				if f == nil || f.Cell == nil || f.Cell.Sheet != st.Sheet {
					continue
				}
				name := strings.TrimSpace(r.Label.ZH)
				if r.Level == figure.Total {
					name = "合计"
				} else if s := r.Attr("source"); s != "" {
					name = fiscal.SourceName(s)
				}
				l.add(r.Key+r.Level.String(), []string{name, "", ""}, st.Form.Stage, f)
			}
		}
		if st := m.byForm[forms[1]]; st != nil && m.tellsMore(st, m.byForm[forms[2]]) {
			m.incomeByFunction(&l, st)
		}
	}
	return l.table("income", []string{"资金来源", "功能科目编码", "科目名称"})
}

// tellsMore reports whether an income table holds money that the spending table
// of the same codes does not show.
func (m *maker) tellsMore(income, spending *statement.Statement) bool {
	if spending == nil {
		return true
	}
	byCode := map[string]*figure.Figure{}
	for i, r := range spending.Rows {
		byCode[r.Code] = spending.Figure(i, "total")
	}
	for i, r := range income.Rows {
		if r.Level != figure.Leaf || r.Code == "" {
			continue
		}
		f, g := income.Figure(i, "total"), byCode[r.Code]
		if f.Known() && (!g.Known() || !f.Value.Base().Equal(g.Value.Base())) {
			return true
		}
		if a := income.Figure(i, "appropriation"); f.Known() && (!a.Known() || !a.Value.Base().Equal(f.Value.Base())) {
			return true
		}
	}
	return false
}

func (m *maker) incomeByFunction(l *lines, st *statement.Statement) {
	appropriation := "appropriation"
	kinds := 0
	for _, id := range []string{"general-public", "government-fund", "state-capital"} {
		for _, r := range m.dy.Book.Table("income") {
			if r.Attr("source") == id && r.Cell(st.Form.Stage).Known() && !r.Cell(st.Form.Stage).Value.Zero() {
				kinds++
				appropriation = id
			}
		}
	}
	if kinds != 1 {
		appropriation = "appropriation"
	}
	for i, r := range st.Rows {
		if r.Code == "" || r.Level != figure.Leaf {
			continue
		}
		for _, c := range st.Form.Columns {
			f := st.Figure(i, c.ID)
			if c.ID == "total" || !f.Known() || f.Value.Zero() {
				continue
			}
			src := c.ID
			switch src {
			case "appropriation":
				if slices.ContainsFunc(c.Parts, func(id string) bool { return st.Figure(i, id).Known() }) {
					continue // told by its parts
				}
				src = appropriation
			case "opening":
				if m.hasBalance("opening") {
					continue // told among the balances, and no income of the year
				}
				src = "opening-balance"
			}
			l.add(src+"+"+r.Code, []string{fiscal.SourceName(src), r.Code, r.Name}, st.Form.Stage, f)
		}
	}
}

func (m *maker) hasBalance(kind string) bool {
	return slices.ContainsFunc(m.dy.Book.Table("balance"), func(r *figure.Row) bool { return r.Attr("kind") == kind })
}

func (m *maker) balances() Table {
	var l lines
	for _, r := range m.dy.Book.Table("balance") {
		for i, f := range r.Cells {
			l.add(r.Key, []string{fiscal.BalanceName(r.Attr("kind"))}, r.Names[i], f)
		}
	}
	t := l.table("balances", []string{"项目"})
	for i, h := range t.Rows[0] {
		t.Rows[0][i] = strings.Replace(h, "决算数", "金额", 1)
	}
	return t
}

func (m *maker) threePublic() Table {
	var l lines
	for _, r := range m.dy.Book.Table("three-public") {
		for i, f := range r.Cells {
			l.add(r.Key+r.Level.String(), []string{fiscal.ItemName(r.Attr("item"))}, r.Names[i], f)
		}
	}
	return l.table("three-public", []string{"项目"})
}

package page

import (
	"fmt"
	"slices"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
)

// Spending is the page of spending by function, or by economic class, over
// departments and years.
type Spending struct {
	Base
	Intro  string
	Tables []*Table
}

// SpendingKind is a classification by which spending is shown over departments.
type SpendingKind struct {
	ID   string // functions or economics: the folder of its pages
	Fact string // prefix of the figures: function or economic
	Name lang.Text
}

// classNames names a class of a classification in a year.
type classNames = func(classification, code string, year int) string

// NewSpending makes the overview of a classification: for each year, what each
// department spent on each class, in the newest stage it reports.
func (c Context) NewSpending(k SpendingKind, list []*Summary, names classNames) *Spending {
	p := &Spending{Base: c.base("spending", k.ID+"/", k.Name.In(c.Lang), k.Name.In(c.Lang))}
	c = c.on(&p.Base)
	p.Crumbs = append(p.Crumbs, Link{Text: k.Name.In(c.Lang), Here: true})
	p.Intro = c.say("各部门在每一类上的支出，取部门所报的最新阶段（决算数、全年预算数、年初预算数依次优先）。", "What each department spends on each class, in the newest stage it reports (outturn, else adjusted, else original budget).")
	for _, y := range yearsOf(list) {
		if t := c.spendingTable(p, k, list, y, names); len(t.Rows) > 0 {
			p.Tables = append(p.Tables, t)
		}
	}
	return p
}

func yearsOf(list []*Summary) []int {
	seen := map[int]bool{}
	var out []int
	for _, s := range list {
		if !seen[s.Year] {
			seen[s.Year] = true
			out = append(out, s.Year)
		}
	}
	slices.SortFunc(out, func(a, b int) int { return b - a })
	return out
}

func (c Context) spendingTable(p *Spending, k SpendingKind, list []*Summary, year int, names classNames) *Table {
	t := &Table{
		ID: fmt.Sprint("y", year), Caption: fmt.Sprintf(c.say("%d年度", "%d"), year), Note: c.say("金额单位：万元", "amounts in 10,000 yuan"),
		Columns: []Column{{Label: c.say("类", "class")}, {Label: c.say("部门", "department")}, {Label: c.say("阶段", "stage")}, {Label: c.say("金额", "amount"), Numeric: true}, {Label: c.say("占本部门支出", "share of the department"), Numeric: true}},
	}
	for _, class := range classesOf(list, k, year) {
		first := true
		for _, s := range list {
			if s.Year != year {
				continue
			}
			f := s.Class(k.Fact, class)
			if f == nil {
				continue
			}
			name := ""
			if first {
				name = class + " " + names(k.Fact, class, year)
				first = false
			}
			t.Rows = append(t.Rows, Row{Cells: []Cell{
				Text(name),
				{Text: s.Department.ShortName(), Href: p.in(YearPath(s.Department.Slug, year))},
				Text(f.Stage.Name().In(c.Lang)),
				{Num: c.comparable(f)},
				{Num: c.num(s.Figure(k.Fact+"/"+class+"/share"), true)},
			}})
		}
	}
	return t
}

func classesOf(list []*Summary, k SpendingKind, year int) []string {
	seen := map[string]bool{}
	var out []string
	for _, s := range list {
		if s.Year != year {
			continue
		}
		for _, class := range s.Classes[k.Fact] {
			if !seen[class] {
				seen[class] = true
				out = append(out, class)
			}
		}
	}
	slices.Sort(out)
	return out
}

// Class returns what a department-year spent on a class, in the newest stage
// that is reported.
func (s *Summary) Class(fact, class string) *figure.Figure {
	for _, stage := range []figure.Stage{figure.Outturn, figure.Adjusted, figure.Original} {
		if f := s.Figure(fact + "/" + class + "/" + string(stage)); f.Known() {
			return f
		}
	}
	return nil
}

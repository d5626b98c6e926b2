package page

import (
	"fmt"
	"strconv"

	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/lang"
)

// Department is the page of a department.
type Department struct {
	Base
	Name      string
	Facts     []Fact
	Narrative *Narrative
	Newest    Link    // its newest year
	Totals    []Total // of that year
	Years     *Table
	Charts    []*Chart // the trend of the key figures
}

// Fact is a property with its name.
type Fact struct{ Name, Value, Href string }

// NewDepartment makes the page of a department from its years, newest first.
func (c Context) NewDepartment(dep *fiscal.Department, years []*Summary, profile *Manuscript) *Department {
	p := &Department{Base: c.base("department", dep.Slug+"/", dep.Name, fmt.Sprintf(c.say("%s历年预算、决算和绩效", "Budgets, accounts and performance of %s"), dep.Name)), Name: dep.Name}
	c = c.on(&p.Base)
	p.Narrative = c.narrative(profile, nil, nil)
	p.Crumbs = append(p.Crumbs, Link{Text: dep.Name, Here: true})
	add := func(zh, en, value string) {
		if value != "" {
			p.Facts = append(p.Facts, Fact{Name: c.say(zh, en), Value: value})
		}
	}
	add("简称", "short name", dep.Short)
	add("单位性质", "kind", dep.Kind.Value)
	add("主管部门", "responsible department", dep.Parent)
	add("地区", "region", dep.Region)
	add("预算单位编码", "code", dep.Code)
	if dep.Since > 0 {
		add("启用年度", "since", strconv.Itoa(dep.Since))
	}
	if dep.Until > 0 {
		add("停用年度", "until", strconv.Itoa(dep.Until))
	}
	add("承接单位", "successor", dep.Successor)
	add("资料出处", "source", dep.Source)
	p.Narrative = c.explained(&p.Base, p.Narrative)
	p.Years = c.overview(&p.Base, c.say("历年主要数字", "Key figures by year"), years, true)
	if len(years) > 0 {
		newest := years[0]
		p.Newest = Link{Text: fmt.Sprintf(c.say("%d年度", "%d"), newest.Year), Href: p.in(YearPath(dep.Slug, newest.Year))}
		p.Totals = c.totals(newest.Figure, "")
	}
	p.Charts = c.trends(years)
	return p
}

// overviewColumns are the figures shown for each department-year in lists.
var overviewColumns = []struct {
	id   string
	name lang.Text
}{
	{"original-budget", lang.Text{ZH: "年初预算数", EN: "original budget"}},
	{"adjusted-budget", lang.Text{ZH: "全年预算数", EN: "adjusted budget"}},
	{"outturn", lang.Text{ZH: "决算数", EN: "outturn"}},
	{"execution-rate", lang.Text{ZH: "执行率", EN: "execution rate"}},
	{"three-public-total/original", lang.Text{ZH: "三公经费预算", EN: "three public expenses, budget"}},
}

// overview lists department-years with their main figures. In a list by year the
// first column is the year, else the department, and small bars show how the
// totals of the newest stage compare.
func (c Context) overview(b *Base, caption string, list []*Summary, byYear bool) *Table {
	t := &Table{ID: "overview", Caption: caption, Note: c.say("金额单位：万元", "amounts in 10,000 yuan")}
	if byYear {
		t.Columns = []Column{{Label: c.say("年度", "year")}}
	} else {
		t.Columns = []Column{{Label: c.say("部门", "department")}, {Label: c.say("最新数字", "newest figure"), Numeric: true}, {Label: c.say("年度和阶段", "year and stage")}}
	}
	for _, col := range overviewColumns {
		t.Columns = append(t.Columns, c.column(col.name.In(c.Lang)))
	}
	most := 0.0
	for _, s := range list {
		most = max(most, longest(s.Newest()))
	}
	for _, s := range list {
		href := b.in(YearPath(s.Department.Slug, s.Year))
		var row Row
		if !byYear {
			row.Cells = append(row.Cells, Cell{Text: s.Department.Name, Href: b.in(s.Department.Slug + "/")})
		}
		if byYear {
			row.Cells = append(row.Cells, Cell{Text: strconv.Itoa(s.Year), Href: href})
		} else { // what a telephone shows first: name, amount, of when it is
			when, cell := strconv.Itoa(s.Year), Cell{}
			if f := s.Newest(); f != nil {
				cell = Cell{Num: c.comparable(f), Bar: bar(f, most)}
				when += " " + f.Stage.Name().In(c.Lang)
			}
			row.Cells = append(row.Cells, cell, Cell{Text: when, Href: href})
		}
		for _, col := range overviewColumns {
			row.Cells = append(row.Cells, Cell{Num: c.comparable(s.Figure(col.id))})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// NotFound is the page for an address that does not exist. It may be served at
// any depth, so it links from the site's address or from the server's top, never
// relatively.
type NotFound struct {
	Base
	Top string // address of the site's top: https://…/ or /
}

// NotFoundPath is the address of the 404 page, which has one language.
const NotFoundPath = "404.html"

// NewNotFound makes the 404 page.
func (c Context) NewNotFound() *NotFound {
	p := &NotFound{Base: c.base("404", NotFoundPath, c.say("找不到这一页", "Page not found"), "")}
	p.Crumbs, p.Other = nil, nil
	p.Top = c.Config.BaseURL + "/"
	return p
}

package page

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/indicator"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/search"
)

// Summary is what site-wide pages keep of a department-year: its single
// figures, not its lines.
type Summary struct {
	Department *fiscal.Department
	Year       int
	packed     figure.Packed // see Summarise
	shown      []byte        // see ShownOf
	Terms      search.Terms  // of the main language, for the search
	Narrative  bool
	Errors     int
	Waived     int
	Results    map[string]int // of the rules, by result
	Pages      string         // names of its pages in the department-year's folder, a line for each
	Proofs     string         // SHA-256 of its figures.json, where a build has made it
}

// What a summary's lists hold, before the name that tells them apart.
const (
	rowsList     = "rows/"    // ids of the figures of a definition for every row
	classesList  = "classes/" // the classes (类) that occur in a classification
	releasedList = "released" // documents with their days, see released
)

// Summarise keeps facts and indicators with one value, those of classes, and the
// documents that were published on a day.
func Summarise(dy *fiscal.DepartmentYear, cat *indicator.Catalogue, released []Release) *Summary {
	s := &Summary{Department: dy.Department, Year: dy.Year}
	var figures []*figure.Figure
	lists := map[string][]string{}
	for _, defs := range [][]*indicator.Definition{cat.Facts, cat.Indicators} {
		for _, d := range defs {
			from := len(figures)
			switch {
			case d.Single():
				if f := dy.Book.Get(d.ID); f != nil {
					figures = append(figures, f)
				}
			case d.Each == "project": // as many as lines: they stay on their own pages
			default:
				figures = append(figures, cat.Figures(d, dy.Book)...)
				note(lists, d, figures[from:])
			}
			s.noteShown(figures[from:])
		}
	}
	for _, r := range released {
		figures = append(figures, r.Day)
		lists[releasedList] = append(lists[releasedList], r.words()...)
	}
	s.packed = figure.Pack(figures, lists)
	return s
}

// note adds the figures of a definition for every row to the lists.
func note(lists map[string][]string, d *indicator.Definition, figures []*figure.Figure) {
	for _, f := range figures {
		lists[rowsList+d.ID] = append(lists[rowsList+d.ID], f.ID)
		if d.Each != "function" && d.Each != "economic" {
			continue
		}
		class := strings.Split(f.ID, "/")[1]
		if !slices.Contains(lists[classesList+d.Each], class) {
			lists[classesList+d.Each] = append(lists[classesList+d.Each], class)
		}
	}
}

// Newest is the total of the newest stage that is known, nil when none is.
func (s *Summary) Newest() *figure.Figure {
	stage, _ := newest(func(st figure.Stage) bool { return s.Figure(stageID("", st)).Known() })
	return s.Figure(stageID("", stage))
}

// Figure returns a single figure of the department-year, made anew in each call.
func (s *Summary) Figure(id string) *figure.Figure { return s.packed.Get(id) }

// Classes lists the classes (类) of a classification that occur.
func (s *Summary) Classes(classification string) []string {
	return s.packed.List(classesList + classification)
}

// Of lists the figures of a definition: one, or one for each row.
func (s *Summary) Of(d *indicator.Definition) []*figure.Figure {
	if d.Single() {
		if f := s.Figure(d.ID); f != nil {
			return []*figure.Figure{f}
		}
		return nil
	}
	ids := s.packed.List(rowsList + d.ID)
	out := make([]*figure.Figure, len(ids))
	for i, id := range ids {
		out[i] = s.Figure(id)
	}
	return out
}

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

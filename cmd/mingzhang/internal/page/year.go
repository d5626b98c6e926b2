package page

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"mingzhang/cmd/mingzhang/internal/check"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/indicator"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// Year is the page of a department's year.
type Year struct {
	Base
	Department Link
	Region     string
	DeptKind   string
	Source     string
	Year       int
	Lead       []string // the year in sentences that a resident understands
	Stages     *Table   // the key amounts at the three stages
	Keys       []KeyFigure
	Narrative  *Narrative
	Checklists []Checklist // the statutory tables that are due
	Documents  *Table      // what was published when
	Tables     []*Table    // the department's own tables, as disclosed
	Indicators []IndicatorGroup
	Missing    []string // what the department did not report
	Waived     []Accepted
	Findings   Counts
	Downloads  []Link
	Others     []Link // the department's other years
}

// KeyFigure is a figure shown large.
type KeyFigure struct {
	Label string
	Num   *Num
	Plain string
}

// IndicatorGroup is the indicators of one subject.
type IndicatorGroup struct {
	Name  string
	Items []Indicator
}

// Indicator is a computed figure with its arithmetic.
type Indicator struct {
	Label    string
	Num      *Num
	Names    string // the formula with names
	Numbers  string // the formula with numbers
	Interval string // for what a rounded result stands
	Sure     bool   // every printed digit is beyond doubt
	Plain    string
	Basis    string
}

// Accepted is a contradiction in official figures that stands as disclosed.
type Accepted struct {
	Headline string
	Sum      []string
	Reason   string
	By       string
}

// Counts is how many rules came out how.
type Counts struct{ Passed, WithoutPower, Failed, Waived, NotApplicable, NotChecked int }

// YearInput is what a department-year's page is made from.
type YearInput struct {
	DY        *fiscal.DepartmentYear
	Catalogue *indicator.Catalogue
	Outcomes  []check.Outcome
	Waived    []Accepted
	Narrative *Narrative
	Years     []int // of the department

	Checklists []check.Checklist
}

// YearPath is the permanent address of a department-year.
func YearPath(slug string, year int) string { return slug + "/" + strconv.Itoa(year) + "/" }

// NewYear makes the page of a department-year.
func (c Context) NewYear(in YearInput) *Year {
	dy := in.DY
	dep := dy.Department
	title := fmt.Sprintf(c.say("%s%d年度预决算", "%s, %d"), dep.Name, dy.Year)
	p := &Year{
		Base:   c.base("year", YearPath(dep.Slug, dy.Year), title, ""),
		Region: dep.Region, DeptKind: dep.Kind.Value, Source: dep.Source, Year: dy.Year,
		Narrative: in.Narrative, Waived: in.Waived,
	}
	p.Department = Link{Text: dep.Name, Href: p.in(dep.Slug + "/")}
	p.Crumbs = append(p.Crumbs, p.Department, Link{Text: fmt.Sprintf(c.say("%d年度", "%d"), dy.Year), Here: true})
	for _, y := range in.Years {
		p.Others = append(p.Others, Link{Text: strconv.Itoa(y), Href: p.in(YearPath(dep.Slug, y)), Here: y == dy.Year})
	}
	p.Lead = c.lead(dy)
	p.Description = strings.Join(p.Lead, "")
	p.Stages = c.stages(dy.Book)
	p.Keys = c.keys(dy.Book, in.Catalogue)
	p.Tables = c.disclosed(p, dy)
	p.Checklists = c.checklists(p, dy, in.Checklists)
	p.Documents = c.documents(dy)
	p.Indicators, p.Missing = c.indicators(dy.Book, in.Catalogue)
	for _, o := range in.Outcomes {
		p.Findings.add(o.Result)
	}
	for _, t := range dy.Tables {
		p.Downloads = append(p.Downloads, Link{Text: t.Binding.Table.Name.In(c.Lang), Href: p.Root + CSVPath(dep.Slug, dy.Year, t.ID), Title: "CSV"})
	}
	for _, st := range dy.Statements {
		p.Downloads = append(p.Downloads, Link{Text: st.Form.Title.In(c.Lang), Href: p.Root + StatementCSVPath(dep.Slug, dy.Year, st.Form.ID), Title: "CSV"})
	}
	return p
}

// CSVPath is the address of a table's download.
func CSVPath(slug string, year int, table string) string {
	return YearPath(slug, year) + "data/" + table + ".csv"
}

func (n *Counts) add(r check.Result) {
	switch r {
	case check.Passed:
		n.Passed++
	case check.WithoutPower:
		n.WithoutPower++
	case check.Failed:
		n.Failed++
	case check.Waived:
		n.Waived++
	case check.NotApplicable:
		n.NotApplicable++
	default:
		n.NotChecked++
	}
}

// lead tells the year in sentences, only from figures that are there.
func (c Context) lead(dy *fiscal.DepartmentYear) []string {
	b := dy.Book
	text := func(id string) string { return b.Get(id).Value.WithUnit(c.Lang) }
	has := func(ids ...string) bool {
		for _, id := range ids {
			if !b.Get(id).Known() {
				return false
			}
		}
		return true
	}
	var out []string
	name := dy.Department.ShortName()
	switch {
	case has("original-budget", "adjusted-budget", "outturn"):
		out = append(out, fmt.Sprintf(c.say("%d年，%s年初预算 %s，全年预算调整为 %s，实际支出 %s。", "In %d, %s started with a budget of %s, adjusted to %s, and spent %s. "),
			dy.Year, name, text("original-budget"), text("adjusted-budget"), text("outturn")))
	case has("original-budget", "outturn"):
		out = append(out, fmt.Sprintf(c.say("%d年，%s年初预算 %s，实际支出 %s。", "In %d, %s had a budget of %s and spent %s. "), dy.Year, name, text("original-budget"), text("outturn")))
	case has("original-budget"):
		out = append(out, fmt.Sprintf(c.say("%d年，%s安排预算 %s。", "In %d, %s has a budget of %s. "), dy.Year, name, text("original-budget")))
	case has("outturn"):
		out = append(out, fmt.Sprintf(c.say("%d年，%s支出 %s。", "In %d, %s spent %s. "), dy.Year, name, text("outturn")))
	}
	if has("execution-rate") {
		out = append(out, fmt.Sprintf(c.say("预算执行率 %s。", "That is %s of the budget. "), text("execution-rate")))
	}
	if has("project-share") {
		out = append(out, fmt.Sprintf(c.say("每 100 元中，%s 元用于项目，其余用于人员和日常运转。", "Of every 100 yuan, %s go to projects, the rest to staff and running. "), b.Get("project-share").Value.Display(c.Lang)))
	}
	return out
}

// stages is the table of key amounts at the three stages.
func (c Context) stages(b *figure.Book) *Table {
	rows := []struct {
		name lang.Text
		id   string
	}{
		{lang.Text{ZH: "支出总计", EN: "total spending"}, ""},
		{lang.Text{ZH: "人员经费", EN: "personnel"}, "personnel"},
		{lang.Text{ZH: "公用经费", EN: "operating costs"}, "operating"},
		{lang.Text{ZH: "对个人和家庭的补助", EN: "transfers to individuals and households"}, "households"},
		{lang.Text{ZH: "项目支出", EN: "projects"}, "project-total"},
		{lang.Text{ZH: "三公经费", EN: "three public expenses"}, "three-public-total"},
	}
	t := &Table{ID: "stages", Caption: c.say("三个阶段的主要数字", "Key amounts at the three stages"), Columns: []Column{{Label: c.say("项目", "item")}}}
	for _, s := range figure.Stages {
		t.Columns = append(t.Columns, Column{Label: s.Name().In(c.Lang), Numeric: true})
	}
	total := map[figure.Stage]string{figure.Original: "original-budget", figure.Adjusted: "adjusted-budget", figure.Outturn: "outturn"}
	for _, r := range rows {
		row := Row{Cells: []Cell{Text(r.name.In(c.Lang))}}
		any := false
		for _, s := range figure.Stages {
			id := total[s]
			if r.id != "" {
				id = r.id + "/" + string(s)
			}
			f := b.Get(id)
			any = any || f.Known()
			row.Cells = append(row.Cells, Cell{Num: c.num(f, true)})
		}
		if r.id == "" {
			row.Class = "total"
		}
		if any {
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

func (c Context) keys(b *figure.Book, cat *indicator.Catalogue) []KeyFigure {
	var defs []*indicator.Definition
	for _, d := range cat.Indicators {
		if d.Key > 0 && d.Single() && b.Get(d.ID).Known() {
			defs = append(defs, d)
		}
	}
	sort.SliceStable(defs, func(i, j int) bool { return defs[i].Key < defs[j].Key })
	var out []KeyFigure
	for _, d := range defs {
		out = append(out, KeyFigure{Label: d.Name.In(c.Lang), Num: c.num(b.Get(d.ID), true), Plain: d.Plain.In(c.Lang)})
	}
	return out
}

// topicNames are the subjects under which indicators are grouped.
var topicNames = []struct {
	id   string
	name lang.Text
}{
	{"total", lang.Text{ZH: "总量与调整", EN: "totals and adjustment"}},
	{"execution", lang.Text{ZH: "分季度执行", EN: "execution by quarter"}},
	{"category", lang.Text{ZH: "支出结构", EN: "structure of spending"}},
	{"project", lang.Text{ZH: "项目", EN: "projects"}},
	{"three-public", lang.Text{ZH: "三公经费", EN: "three public expenses"}},
	{"procurement", lang.Text{ZH: "政府采购", EN: "procurement"}},
	{"staffing", lang.Text{ZH: "人员", EN: "staffing"}},
	{"assets", lang.Text{ZH: "资产", EN: "assets"}},
	{"service", lang.Text{ZH: "办件与满意度", EN: "services"}},
	{"disclosure", lang.Text{ZH: "公开及时性", EN: "timeliness of disclosure"}},
	{"income", lang.Text{ZH: "收入", EN: "income"}},
	{"function", lang.Text{ZH: "按功能分类", EN: "by function"}},
	{"economic", lang.Text{ZH: "按经济分类", EN: "by economic class"}},
	{"change", lang.Text{ZH: "与上年相比", EN: "compared with last year"}},
}

// indicators lists the computed figures by subject, and names those that could
// not be computed because something was not reported.
func (c Context) indicators(b *figure.Book, cat *indicator.Catalogue) (groups []IndicatorGroup, missing []string) {
	byTopic := map[string][]Indicator{}
	for _, d := range cat.Indicators {
		for _, f := range cat.Figures(d, b) {
			if !f.Computed() {
				continue
			}
			if f.Value.State == money.NotReported {
				if d.Single() {
					missing = append(missing, f.Label.In(c.Lang))
				}
				continue
			}
			byTopic[d.Topic] = append(byTopic[d.Topic], c.indicator(f))
		}
	}
	for _, t := range topicNames {
		if items := byTopic[t.id]; len(items) > 0 {
			groups = append(groups, IndicatorGroup{Name: t.name.In(c.Lang), Items: items})
		}
	}
	return groups, missing
}

func (c Context) indicator(f *figure.Figure) Indicator {
	return Indicator{
		Label: f.Label.In(c.Lang), Num: c.num(f, true), Names: f.Formula.Names.In(c.Lang), Numbers: f.Formula.Numbers.In(c.Lang),
		Interval: f.Value.IntervalText(), Sure: f.Value.SureDigits(f.Value.Places),
		Plain: f.Formula.Plain.In(c.Lang), Basis: f.Formula.Basis.In(c.Lang),
	}
}

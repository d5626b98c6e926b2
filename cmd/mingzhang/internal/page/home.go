package page

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
)

// Home is the site's first page.
type Home struct {
	Base
	Years       []YearTotals // of the newest year, and of the newest with outturns
	Departments *Table       // each department with its newest year
	Count       int
	Apart       string // which departments the totals leave out, "" for none
	Latest      *Table // what was published lately
	About       *Narrative
}

// YearTotals is what all departments planned, changed and spent in a year.
type YearTotals struct {
	Title  string
	Totals []Total
	Note   string // whose figures they are
}

// TotalsHome is the folder in which a year's totals are proved.
func TotalsHome(year int) string { return figure.Totals + "/" + strconv.Itoa(year) }

// NewHome makes the site's first page. Summaries come in the order of the
// directory, the newest year of a department first; totals are the books of the
// years' totals, the newest first.
func (c Context) NewHome(list []*Summary, totals []*figure.Book, about *Manuscript) *Home {
	cfg := c.Config
	p := &Home{Base: c.base("home", "", cfg.Name(c.Lang), lang.Text{ZH: cfg.Summary, EN: cfg.SummaryEN}.In(c.Lang))}
	c = c.on(&p.Base)
	p.About = c.narrative(about, nil, nil)
	p.Crumbs = nil
	var newest []*Summary
	seen := map[string]bool{}
	for _, s := range list {
		if !seen[s.Department.Slug] {
			seen[s.Department.Slug] = true
			newest = append(newest, s)
		}
	}
	p.Count = len(newest)
	p.Apart = c.apart(newest)
	p.LinkedData = c.catalogLD(p)
	p.Departments = c.overview(&p.Base, c.say("各部门最近一年", "Departments, newest year"), newest, false)
	p.Departments.Sortable = true
	p.Latest = c.latest(&p.Base, list)
	for i, b := range totals {
		if i == 0 || b.Get("outturn").Known() {
			p.Years = append(p.Years, c.yearTotals(b))
		}
		if b.Get("outturn").Known() {
			break
		}
	}
	return p
}

// apart names the departments that are in no total, so that a reader who adds
// the list up knows why it comes to something else.
func (c Context) apart(list []*Summary) string {
	var names []string
	for _, s := range list {
		if s.Department.Apart {
			names = append(names, s.Department.ShortName())
		}
	}
	switch n := len(names); {
	case n == 0:
		return ""
	case n > 3:
		return fmt.Sprintf(c.say("合计不含%s等 %d 个部门。", "%s and others, %d departments, are not in these totals."), strings.Join(names[:3], c.say("、", ", ")), n)
	}
	return fmt.Sprintf(c.say("合计不含%s。", "Not in these totals: %s."), strings.Join(names, c.say("、", ", ")))
}

// mostLatest is how many documents the first page names.
const mostLatest = 8

// latest lists the documents that were published last, by the days that
// departments report; nil where none reports any.
func (c Context) latest(b *Base, list []*Summary) *Table {
	type document struct {
		of *Summary
		Release
	}
	var all []document
	for _, s := range list {
		for _, d := range s.Released() {
			all = append(all, document{s, d})
		}
	}
	slices.SortStableFunc(all, func(x, y document) int { return y.Day.Value.Base().Cmp(x.Day.Value.Base()) })
	t := &Table{ID: "latest-list", Caption: c.say("最近公开的文件", "Documents published last"), Columns: []Column{{Label: c.say("公开日期", "published")}, {Label: c.say("部门", "department")}, {Label: c.say("年度", "year")}, {Label: c.say("文件", "document")}}}
	for _, d := range all[:min(len(all), mostLatest)] {
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Num: c.num(d.Day, false)},
			Text(d.of.Department.ShortName()),
			{Text: strconv.Itoa(d.of.Year), Href: b.in(YearPath(d.of.Department.Slug, d.of.Year))},
			Text(d.Document.In(c.Lang)),
		}})
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return t
}

// yearTotals shows a year's totals and says whose they are: departments that
// publish one stage need not be those that publish another.
func (c Context) yearTotals(b *figure.Book) YearTotals {
	year := b.Home[len(figure.Totals)+1:]
	y := YearTotals{Title: fmt.Sprintf(c.say("%s年", "%s"), year), Totals: c.totals(b.Get, "")}
	counts := map[int]bool{}
	for i, s := range figure.Stages {
		f := b.Get(stageID("", s))
		if !f.Known() {
			continue
		}
		n := len(f.Formula.Inputs)
		counts[n] = true
		for j := range y.Totals {
			if y.Totals[j].Label == figure.Stages[i].Name().In(c.Lang) {
				y.Totals[j].Note = fmt.Sprintf(c.say("（%d 个部门）", " (%d departments)"), n)
			}
		}
	}
	if len(counts) > 1 {
		for i := range y.Totals {
			y.Totals[i].Bar = ""
		}
		y.Note = c.say("各阶段公布数字的部门不同，合计之间不能直接相减。", "Not the same departments publish each stage, so the totals cannot be subtracted from each other.")
	}
	return y
}

// NewTotals makes the page on which a year's totals are proved.
func (c Context) NewTotals(b *figure.Book) *Proof {
	year := b.Home[len(figure.Totals)+1:]
	title := fmt.Sprintf(c.say("%s年各部门合计：数字的来历", "All departments, %s: where the figures come from"), year)
	p := &Proof{Base: c.base("proof", b.Home+"/"+figure.ProofPage, title, title)}
	c = c.on(&p.Base)
	p.Department = Link{Text: c.Config.Name(c.Lang), Href: p.Home}
	p.Year = Link{Text: year, Href: p.Home}
	p.Crumbs = append(p.Crumbs, Link{Text: title, Here: true})
	p.JSON = p.to(b.Home + "/figures.json")
	p.Computed = c.computed(b)
	return p
}

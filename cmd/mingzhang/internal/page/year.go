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
	"mingzhang/cmd/mingzhang/internal/score"
)

// Year is the page of a department's year.
type Year struct {
	Base
	Department Link
	Region     string
	DeptKind   string
	Source     string
	Year       int
	Lead       []Phrase // the year in sentences that a resident understands
	Hundred    []Phrase // the year's spending as if it were 100 yuan
	Totals     []Total  // planned, changed, spent
	Stages     *Table   // the key amounts at the three stages
	Keys       []KeyFigure
	Sections   []Section // by subject, with charts and tables
	Narrative  *Narrative
	Claims     *Claims     // what the numbers of the narrative came to
	Checklists []Checklist // the statutory tables that are due
	Documents  *Table      // what was published when
	Tables     []*Table    // the department's own tables that no section shows, as disclosed
	Indicators []IndicatorGroup
	Missing    []string // what the department did not report
	Waived     []Accepted
	Findings   Counts
	Downloads  []Download
	Proof      string // the page on which the figures are proved
	Checks     string // the page that says what was checked
	Score      *ScoreSummary
	Lost       []LostPoint
	Others     []Link // the department's other years
	Citation   string // how the page is quoted

	charts map[string]*Chart
	whole  func(id string) *Table
}

// Chart returns a chart of the page by its id, nil where it was not made: one
// needs figures that the department did not report.
func (p *Year) Chart(id string) *Chart { return p.charts[id] }

// Table returns one of the department's own tables with all its rows, by its id
// (expenditure, projects, three-public …), nil where it was not handed in. Unlike
// Sections and Tables it is made when a theme asks for it.
func (p *Year) Table(id string) *Table { return p.whole(id) }

// Charts lists the charts of the page, as they stand in its sections.
func (p *Year) Charts() []*Chart {
	var out []*Chart
	for _, s := range p.Sections {
		out = append(out, s.Charts...)
	}
	return out
}

// KeyFigure is a figure shown large.
type KeyFigure struct {
	Label string
	Num   *Num
	Plain string
}

// Accepted is a contradiction in official figures that stands as disclosed.
type Accepted struct {
	Headline string
	Sum      [][]Phrase
	Reason   string
	By       string
}

// AcceptedInput is a contradiction before its numbers are linked.
type AcceptedInput struct {
	Headline, Reason, By string
	Lines                []figure.Line
}

// Counts is how many rules came out how.
type Counts struct{ Passed, WithoutPower, Failed, Waived, NotApplicable, NotChecked int }

// YearInput is what a department-year's page is made from.
type YearInput struct {
	DY        *fiscal.DepartmentYear
	Catalogue *indicator.Catalogue
	Outcomes  []check.Outcome
	Waived    []AcceptedInput
	Narrative *Manuscript
	Claims    *Claims
	Years     []int         // of the department
	Earlier   []EarlierYear // its years before this one, oldest first

	Unanswered int // rules of the field that the data cannot answer
	Checklists []check.Checklist
	Score      *score.Sheet
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
		Claims: c.claims(in.Claims), charts: map[string]*Chart{},
	}
	c = c.on(&p.Base)
	p.whole = func(id string) *Table { return c.whole(p, dy, id) }
	p.Department = Link{Text: dep.Name, Href: p.in(dep.Slug + "/")}
	p.Crumbs = append(p.Crumbs, p.Department, Link{Text: fmt.Sprintf(c.say("%d年度", "%d"), dy.Year), Here: true})
	for _, y := range in.Years {
		p.Others = append(p.Others, Link{Text: strconv.Itoa(y), Href: p.in(YearPath(dep.Slug, y)), Here: y == dy.Year})
	}
	shows := func(names ...string) bool { return c.shows(&p.Base, names...) }
	if in.Score != nil && shows("Score", "Lost") {
		sum := c.scoreSummary(in.Score)
		sum.Href = p.in(ScorePath(dep.Slug, dy.Year))
		p.Score = &sum
		p.Lost, _ = c.lostPoints(in.Score)
	}
	p.Proof = p.in(ProofPath(dep.Slug, dy.Year))
	p.Checks = p.in(ChecksPath(dep.Slug, dy.Year))
	for _, a := range in.Waived {
		w := Accepted{Headline: a.Headline, Reason: a.Reason, By: a.By}
		for _, l := range a.Lines {
			w.Sum = append(w.Sum, c.line(l))
		}
		p.Waived = append(p.Waived, w)
	}
	p.Lead = c.lead(dy)
	p.Description = textOf(p.Lead)
	p.Totals = c.totals(dy.Book.Get, "")
	placed := in.Narrative.places()
	if placed || shows("Stages", "TableNames") {
		p.Stages = c.stages(dy.Book)
	}
	p.Keys = c.keys(dy.Book, in.Catalogue)
	maker := &yearMaker{Context: c, in: in, dy: dy, book: dy.Book, p: p}
	if placed || shows("Sections", "Tables", "Chart", "Charts", "ChartNames", "TableNames") {
		p.Tables = c.disclosed(p, dy)
		maker.sections()
	}
	if shows("Hundred") {
		p.Hundred = maker.perHundred()
	}
	p.Citation = c.citation(p)
	if shows("Checklists") {
		p.Checklists = c.checklists(p, dy, in.Checklists)
	}
	p.Documents = c.documents(dy)
	p.Narrative = c.explained(&p.Base, c.narrative(in.Narrative, p.Charts(), p.allTables()))
	if shows("Indicators", "Missing") {
		p.Indicators, p.Missing = c.indicators(dy.Book, in.Catalogue)
	}
	for _, o := range in.Outcomes {
		p.Findings.add(o.Result)
	}
	p.Findings.NotChecked += in.Unanswered
	if shows("Downloads") {
		p.Downloads = c.downloads(p, dy)
	}
	if shows("LinkedData") {
		p.LinkedData = c.datasetLD(p, dy)
	}
	return p
}

// Download is what can be taken away, in the forms in which there is a file.
type Download struct {
	Name  string
	Files []Link // Text is the form: CSV; Title says more where it is needed
}

// downloads lists the files of the department-year.
func (c Context) downloads(p *Year, dy *fiscal.DepartmentYear) []Download {
	slug := dy.Department.Slug
	var out []Download
	add := func(name string, files ...Link) { out = append(out, Download{name, files}) }
	if c.PDF {
		add(c.say("本页的打印版", "this page on paper"), Link{Text: "PDF", Href: p.to(PDFPath(slug, dy.Year))})
	}
	add(c.say("全部表格和指标", "all tables and indicators"), Link{Text: "XLSX", Href: p.to(WorkbookPath(slug, dy.Year))})
	table := func(name, id string) {
		add(name, Link{Text: "CSV", Href: p.to(CSVPath(slug, dy.Year, id))},
			Link{Text: "CSV (Excel)", Href: p.to(ExcelPath(slug, dy.Year, id)), Title: c.say("供 Excel 打开", "to open in Excel")})
	}
	for _, t := range dy.Tables {
		table(t.Binding.Table.Name.In(c.Lang), t.ID)
	}
	for _, st := range dy.Statements {
		table(st.Form.Title.In(c.Lang), st.Form.ID)
	}
	add(c.say("表格的说明", "description of the tables"), Link{Text: "Data Package", Href: p.to(PackagePath(slug, dy.Year))})
	add(c.say("全部数字及来历", "all figures with proofs"), Link{Text: "JSON", Href: p.to(JSONPath(slug, dy.Year))})
	add(c.say("每条规则的检查结果", "the outcome of every rule"), Link{Text: "JSON", Href: p.to(OutcomesPath(slug, dy.Year))})
	add(c.say("本页内容", "this page"), Link{Text: "JSON", Href: p.DataHref()})
	return out
}

// PDFPath is the address of a department-year on paper.
func PDFPath(slug string, year int) string {
	return fmt.Sprintf("%s%s-%d.pdf", YearPath(slug, year), slug, year)
}

// CSVPath is the address of a table's download.
func CSVPath(slug string, year int, table string) string {
	return YearPath(slug, year) + "data/" + table + ".csv"
}

// ExcelPath is the address of a table's copy for Excel.
func ExcelPath(slug string, year int, table string) string {
	return YearPath(slug, year) + "data/excel/" + table + ".csv"
}

// WorkbookPath is the address of the workbook of a department-year.
func WorkbookPath(slug string, year int) string {
	return YearPath(slug, year) + "data/" + slug + "-" + strconv.Itoa(year) + ".xlsx"
}

// OutcomesPath is the address of the outcomes of a department-year's rules.
func OutcomesPath(slug string, year int) string { return YearPath(slug, year) + "outcomes.json" }

// PackagePath is the address of the description of a department-year's files.
func PackagePath(slug string, year int) string { return YearPath(slug, year) + "datapackage.json" }

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
func (c Context) lead(dy *fiscal.DepartmentYear) []Phrase {
	b := dy.Book
	var out []Phrase
	// tell adds a sentence when all its figures hold a number; %s stands for them
	// in order.
	tell := func(zh, en string, args ...any) bool {
		var figures []*figure.Figure
		for i, a := range args {
			if id, ok := a.(figureID); ok {
				f := b.Get(string(id))
				if !f.Known() {
					return false
				}
				figures = append(figures, f)
				args[i] = "\x00"
			}
		}
		for i, part := range strings.Split(fmt.Sprintf(c.say(zh, en), args...), "\x00") {
			if i > 0 {
				out = append(out, Phrase{Num: c.num(figures[i-1], true)})
			}
			out = append(out, Phrase{Text: part})
		}
		return true
	}
	name := dy.Department.ShortName()
	const original, adjusted, outturn = figureID("original-budget"), figureID("adjusted-budget"), figureID("outturn")
	_ = tell("%d年，%s年初预算 %s，全年预算调整为 %s，实际支出 %s。", "In %d, %s started with a budget of %s, adjusted to %s, and spent %s. ", dy.Year, name, original, adjusted, outturn) ||
		tell("%d年，%s年初预算 %s，实际支出 %s。", "In %d, %s had a budget of %s and spent %s. ", dy.Year, name, original, outturn) ||
		tell("%d年，%s安排预算 %s。", "In %d, %s has a budget of %s. ", dy.Year, name, original) ||
		tell("%d年，%s支出 %s。", "In %d, %s spent %s. ", dy.Year, name, outturn)
	tell("预算执行率 %s。", "That is %s of the budget. ", figureID("execution-rate"))
	return out
}

// figureID stands for a figure in a sentence.
type figureID string

// textOf joins phrases to plain text.
func textOf(phrases []Phrase) string {
	var b strings.Builder
	for _, p := range phrases {
		b.WriteString(p.Text)
		if p.Num != nil {
			b.WriteString(p.Num.Text)
			b.WriteString(p.Num.Joint())
			b.WriteString(p.Num.Unit)
		}
	}
	return b.String()
}

// spendingKind is a kind of spending with its fact; parts make up the whole.
type spendingKind struct {
	name lang.Text
	id   string
	part bool
}

var spendingKinds = []spendingKind{
	{lang.Text{ZH: "人员经费", EN: "personnel"}, "personnel", true},
	{lang.Text{ZH: "公用经费", EN: "operating costs"}, "operating", true},
	{lang.Text{ZH: "对个人和家庭的补助", EN: "transfers to individuals and households"}, "households", true},
	{lang.Text{ZH: "项目支出", EN: "projects"}, "project-total", true},
	{lang.Text{ZH: "三公经费", EN: "three public expenses"}, "three-public-total", false},
}

// stages is the table of key amounts at the three stages.
func (c Context) stages(b *figure.Book) *Table {
	rows := append([]spendingKind{{lang.Text{ZH: "支出总计", EN: "total spending"}, "", false}}, spendingKinds...)
	t := &Table{ID: "stages", Caption: c.say("三个阶段的主要数字", "Key amounts at the three stages"), Note: c.amountsIn(money.WanYuan), Columns: []Column{{Label: c.say("项目", "item")}}}
	for _, s := range figure.Stages {
		t.Columns = append(t.Columns, c.column(s.Name().In(c.Lang)))
	}
	for _, r := range rows {
		row := Row{Cells: []Cell{c.named(r.name.In(c.Lang))}}
		any := false
		for _, s := range figure.Stages {
			f := b.Get(stageID(r.id, s))
			any = any || f.Known()
			row.Cells = append(row.Cells, Cell{Num: c.comparable(f)})
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

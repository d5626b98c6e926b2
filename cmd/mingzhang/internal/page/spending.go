package page

import (
	"fmt"
	"slices"
	"strconv"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
)

// Spending is the page of spending by function, or by economic class, over the
// departments of a year.
type Spending struct {
	Base
	Intro string
	Years []Link // the pages of all years
	Table *Table
}

// SpendingKind is a classification by which spending is shown over departments.
type SpendingKind struct {
	ID   string // functions or economics: the folder of its pages
	Fact string // prefix of the figures: function or economic
	Name lang.Text
}

// classNames names a class of a classification in a year.
type classNames = func(classification, code string, year int) string

// SpendingPath is the address of a year of a classification, or of one class of
// it; the newest year, 0, has the shortest.
func SpendingPath(k SpendingKind, year int, class string) string {
	switch {
	case class != "":
		return k.ID + "/" + strconv.Itoa(year) + "/" + class + ".html"
	case year != 0:
		return k.ID + "/" + strconv.Itoa(year) + ".html"
	}
	return k.ID + "/"
}

// spendingTogether is how many departments stand on one page with all their
// classes. With more, each class has a page of its own.
const spendingTogether = 150

// SpendingPages lists which pages a year of a classification has: "" for the
// year, and the classes that stand apart.
func SpendingPages(k SpendingKind, list []*Summary, year int) []string {
	n := 0
	for _, s := range list {
		if s.Year == year {
			n++
		}
	}
	out := []string{""}
	if n > spendingTogether {
		out = append(out, classesOf(list, k, year)...)
	}
	return out
}

// NewSpending makes a page of a classification: what each department spent on
// each class in a year, in the newest stage it reports. class is one of
// SpendingPages; names names the classes.
func (c Context) NewSpending(k SpendingKind, list []*Summary, names classNames, year int, class string) *Spending {
	years := Years(list)
	shown := year // in the address
	if class == "" && len(years) > 0 && year == years[0] {
		shown = 0
	}
	title := k.Name.In(c.Lang)
	if len(years) > 0 {
		title = fmt.Sprintf(c.say("%d年度%s", "%[2]s, %[1]d"), year, title)
	}
	if class != "" {
		title += c.say("：", ": ") + class + " " + names(k.Fact, class, year)
	}
	p := &Spending{Base: c.base("spending", SpendingPath(k, shown, class), title, title)}
	c = c.on(&p.Base)
	p.Intro = c.say("各部门在每一类上的支出，取部门所报的最新阶段（决算数、全年预算数、年初预算数依次优先）。", "What each department spends on each class, in the newest stage it reports (outturn, else adjusted, else original budget).")
	for i, y := range years {
		to := y
		if i == 0 {
			to = 0
		}
		p.Years = append(p.Years, Link{Text: strconv.Itoa(y), Href: p.in(SpendingPath(k, to, "")), Here: y == year && class == ""})
		if y == year && class != "" {
			p.Crumbs = append(p.Crumbs, Link{Text: fmt.Sprintf(c.say("%d年度%s", "%[2]s, %[1]d"), year, k.Name.In(c.Lang)), Href: p.in(SpendingPath(k, to, ""))})
		}
	}
	here := k.Name.In(c.Lang)
	if class != "" {
		here = class + " " + names(k.Fact, class, year)
	}
	p.Crumbs = append(p.Crumbs, Link{Text: here, Here: true})
	if pages := SpendingPages(k, list, year); class == "" && len(pages) > 1 {
		p.Table = c.classTable(p, k, list, names, year, pages[1:])
	} else {
		p.Table = c.spendingTable(p, k, list, year, class, names)
	}
	return p
}

// classTable lists the classes that have pages of their own.
func (c Context) classTable(p *Spending, k SpendingKind, list []*Summary, names classNames, year int, classes []string) *Table {
	t := &Table{
		ID: fmt.Sprint("y", year), Caption: fmt.Sprintf(c.say("%d年度", "%d"), year),
		Columns: []Column{{Label: c.say("类", "class")}, {Label: c.say("有支出的部门", "departments that spend on it"), Numeric: true}},
	}
	for _, class := range classes {
		n, at := 0, stagesNear{}
		for _, s := range list {
			if s.Year == year && s.class(k.Fact, class, &at) != nil {
				n++
			}
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: class + " " + names(k.Fact, class, year), Href: p.in(SpendingPath(k, year, class))}, Text(strconv.Itoa(n))}})
	}
	return t
}

// Years lists the years of the summaries, the newest first.
func Years(list []*Summary) []int {
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

func (c Context) spendingTable(p *Spending, k SpendingKind, list []*Summary, year int, only string, names classNames) *Table {
	t := &Table{
		ID: fmt.Sprint("y", year), Caption: fmt.Sprintf(c.say("%d年度", "%d"), year), Note: c.say("金额单位：万元", "amounts in 10,000 yuan"),
		Columns: []Column{{Label: c.say("类", "class")}, {Label: c.say("部门", "department")}, {Label: c.say("阶段", "stage")}, {Label: c.say("金额", "amount"), Numeric: true}, {Label: c.say("占本部门支出", "share of the department"), Numeric: true}},
	}
	for _, class := range classesOf(list, k, year) {
		if only != "" && class != only {
			continue
		}
		first, at, share := true, stagesNear{}, near{}
		for _, s := range list {
			if s.Year != year {
				continue
			}
			f := s.class(k.Fact, class, &at)
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
				{Num: c.num(s.figure(k.Fact+"/"+class+"/share", &share), true)},
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
		for _, class := range s.Classes(k.Fact) {
			if !seen[class] {
				seen[class] = true
				out = append(out, class)
			}
		}
	}
	slices.Sort(out)
	return out
}

// stagesNear is where the figure of each stage was found last.
type stagesNear [3]near

// class returns what a department-year spent on a class, in the newest stage
// that is reported.
func (s *Summary) class(fact, class string, at *stagesNear) *figure.Figure {
	for i, stage := range []figure.Stage{figure.Outturn, figure.Adjusted, figure.Original} {
		if f := s.figure(fact+"/"+class+"/"+string(stage), &at[i]); f.Known() {
			return f
		}
	}
	return nil
}

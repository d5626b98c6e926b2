package page

import (
	"fmt"
	"strconv"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/indicator"
	"mingzhang/cmd/mingzhang/internal/money"
)

// Compare is the page that holds all departments of a year side by side.
type Compare struct {
	Base
	Year   int
	Years  []Link // the pages of all years
	Table  *Table
	Spread *Table // how the departments lie in each column
	Sides  string // where two departments or years are put side by side
	Others []IndicatorList
}

// ComparePath is the address of a year's comparison; the newest year, 0, has the
// shortest.
func ComparePath(year int) string {
	if year == 0 {
		return "compare/"
	}
	return "compare/" + strconv.Itoa(year) + ".html"
}

// NewCompare makes the comparison of a year. Its columns are the key amounts and
// the key indicators; every other indicator has a page of its own.
func (c Context) NewCompare(cat *indicator.Catalogue, list []*Summary, year int) *Compare {
	years := Years(list)
	path := ComparePath(year)
	if len(years) > 0 && (year == 0 || year == years[0]) {
		year, path = years[0], ComparePath(0)
	}
	title := fmt.Sprintf(c.say("%d年度各部门比较", "Departments compared, %d"), year)
	p := &Compare{Base: c.base("compare", path, title, fmt.Sprintf(c.say("%d年度各部门的预算、决算和主要指标，可排序、筛选，列出分位数", "Budgets, accounts and key indicators of all departments in %d, to sort and filter, with quantiles"), year)), Year: year}
	c = c.on(&p.Base)
	p.Crumbs = append(p.Crumbs, Link{Text: c.say("比较", "compare"), Here: true})
	for i, y := range years {
		to := y
		if i == 0 {
			to = 0
		}
		p.Years = append(p.Years, Link{Text: strconv.Itoa(y), Href: p.in(ComparePath(to)), Here: y == year})
	}
	p.Sides = p.in(SidesPath)
	columns := compareColumns(cat, list, year)
	t := &Table{ID: "departments", Caption: fmt.Sprintf(c.say("%d年度", "%d"), year), Note: c.say("金额单位：万元", "amounts in 10,000 yuan"), Sortable: true, Columns: []Column{{Label: c.say("部门", "department")}}}
	spread, at := newSpread(), make([]near, len(columns))
	for _, d := range columns {
		t.Columns = append(t.Columns, c.column(d.Title().In(c.Lang)))
	}
	for _, s := range list {
		if s.Year != year {
			continue
		}
		row := Row{Cells: []Cell{{Text: s.Department.Name, Href: p.in(YearPath(s.Department.Slug, year))}}}
		for i, d := range columns {
			f := s.figure(d.ID, &at[i])
			row.Cells = append(row.Cells, Cell{Num: c.listed(d.Unit != "", f)})
			spread.add(year, d.Title().In(c.Lang), d.Unit != "", f)
		}
		t.Rows = append(t.Rows, row)
	}
	t.Foot = []string{c.say("「未填报」不等于零。", "“Not reported” is not zero.")}
	p.Table = t
	if p.Spread = c.spread(spread, true, t.Note); p.Spread != nil {
		p.Spread.drop(0) // the year stands in the title
	}
	p.Others = c.definitions(&p.Base, cat)
	return p
}

// comparedColumns bounds the table: with many departments, wider tables could no
// longer be used on a phone.
const comparedColumns = 12

// compareColumns picks the key amounts and key indicators of which some
// department has a number in the year.
func compareColumns(cat *indicator.Catalogue, list []*Summary, year int) []*indicator.Definition {
	var out []*indicator.Definition
	add := func(d *indicator.Definition) {
		for _, s := range list {
			if s.Year == year && s.Figure(d.ID).Known() && len(out) < comparedColumns {
				out = append(out, d)
				return
			}
		}
	}
	for _, col := range overviewColumns {
		if d, ok := cat.Find(col.id); ok {
			add(d)
		}
	}
	for _, d := range cat.Indicators {
		if d.With != "" && d.Single() { // per head and at constant prices, where the site has the means
			add(d)
		}
	}
	for _, d := range cat.Indicators {
		if d.Key > 0 && d.Single() && !inOverview(d.ID) {
			add(d)
		}
	}
	return out
}

func inOverview(id string) bool {
	for _, col := range overviewColumns {
		if col.id == id {
			return true
		}
	}
	return false
}

// drop takes a column out of a table.
func (t *Table) drop(i int) {
	t.Columns = append(t.Columns[:i:i], t.Columns[i+1:]...)
	for j := range t.Rows {
		cells := t.Rows[j].Cells
		t.Rows[j].Cells = append(cells[:i:i], cells[i+1:]...)
	}
}

// SidesPath is the address of the page that puts two department-years side by
// side.
const SidesPath = "compare/sides.html"

// Sides is the page on which a reader picks two departments or years. What it
// shows comes from the texts of the search, in which each computed figure stands
// with its proof; it needs scripts, and says where to look without them.
type Sides struct {
	Base
	Own   string
	Items []Link // definitions in the order in which they are shown; Href is the figure's id
	Words []Link // Text is what the texts say, Title the same in the page's language
}

// NewSides makes that page.
func (c Context) NewSides(cat *indicator.Catalogue) *Sides {
	p := &Sides{Base: c.base("sides", SidesPath, c.say("两两比较", "Side by side"), c.say("任选两个部门或两个年度，逐项并列", "Any two departments or years, item by item"))}
	p.Own = p.own
	p.Crumbs = append(p.Crumbs, Link{Text: c.say("比较", "compare"), Href: p.in(ComparePath(0))}, Link{Text: p.Title, Here: true})
	byTopic := map[int][]Link{}
	for _, defs := range [][]*indicator.Definition{cat.Facts, cat.Indicators} {
		for _, d := range defs {
			if d.Single() && !d.Constant() {
				t := topicOf(d.Topic)
				byTopic[t] = append(byTopic[t], Link{Href: figure.ProofPage + "#" + d.ID, Text: d.Title().In(c.Lang)})
			}
		}
	}
	for i := range topicNames {
		p.Items = append(p.Items, byTopic[i]...)
	}
	if c.Lang != c.main() {
		for _, u := range money.Units() {
			if n := u.Name(); !n.IsZero() && n.In(c.Lang) != n.In(c.main()) {
				p.Words = append(p.Words, Link{Text: n.In(c.main()), Title: n.In(c.Lang)})
			}
		}
		for s := money.NotReported; s <= money.Withheld; s++ {
			p.Words = append(p.Words, Link{Text: s.Name().In(c.main()), Title: s.Name().In(c.Lang)})
		}
	}
	return p
}

// definitions lists all definitions by subject, seen from a page.
func (c Context) definitions(b *Base, cat *indicator.Catalogue) []IndicatorList {
	byTopic := map[int][]IndicatorLink{}
	for _, defs := range [][]*indicator.Definition{cat.Facts, cat.Indicators} {
		for _, d := range defs {
			if d.Constant() {
				continue
			}
			t := topicOf(d.Topic)
			byTopic[t] = append(byTopic[t], IndicatorLink{Link{Text: d.Title().In(c.Lang), Href: b.in(IndicatorPath(d, nil, 0))}, d.Plain.In(c.Lang)})
		}
	}
	var out []IndicatorList
	for i, t := range topicNames {
		if items := byTopic[i]; len(items) > 0 {
			out = append(out, IndicatorList{ID: t.id, Name: t.name.In(c.Lang), Items: items})
		}
	}
	return out
}

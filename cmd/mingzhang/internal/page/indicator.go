package page

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/indicator"
	"mingzhang/cmd/mingzhang/internal/lang"
)

// Indicators is the list of everything that is computed, by subject.
type Indicators struct {
	Base
	Intro  string
	Groups []IndicatorList
}

// IndicatorList is the definitions of one subject.
type IndicatorList struct {
	ID, Name string
	Items    []IndicatorLink
}

// IndicatorLink leads to the page of a definition.
type IndicatorLink struct {
	Link
	Plain string
}

// IndicatorPage defines an indicator and shows it for all departments.
type IndicatorPage struct {
	Base
	Plain     string
	Formula   string // as the expression reads, with names
	Unit      string
	Direction string
	Basis     string
	ID        string // for figures.json and for formulas
	Blocks    []Link // the years of each page, when there are several
	Strip     *Chart // where the departments lie, drawn
	Spread    *Table // the same in numbers
	Table     *Table // all departments of the page's years
	Elsewhere string // said where single rows stand on their own pages
}

// IndicatorsPath is the address of the list of definitions.
const IndicatorsPath = "indicators/"

// IndicatorPath is the address of a definition's page of a block of years; the
// newest block has the shortest. A definition for every row has one page; its
// row is written "each".
func IndicatorPath(d *indicator.Definition, blocks [][]int, block int) string {
	path := IndicatorsPath + strings.ReplaceAll(d.ID, "{row}", "each")
	if block > 0 {
		path += "/" + strconv.Itoa(blocks[block][0])
	}
	return path + ".html"
}

// Pages is how many pages a definition has. The figures of single projects are
// as many as lines and stay on their own pages, so that it has one.
func Pages(d *indicator.Definition, blocks [][]int) int {
	if d.Each == "project" {
		return 1
	}
	return len(blocks)
}

// numbersOnPage bounds a page: with more departments fewer years stand on one.
const numbersOnPage = 5000

// yearsOnPage is how many years can be read side by side.
const yearsOnPage = 5

// NewIndicators makes the list of definitions.
func (c Context) NewIndicators(cat *indicator.Catalogue) *Indicators {
	p := &Indicators{Base: c.base("indicator-list", IndicatorsPath, c.say("指标", "Indicators"), c.say("本站计算的全部指标：定义、算式、依据和各部门各年度的数", "Every indicator of the site: definition, formula, basis and the figures of all departments and years"))}
	p.Crumbs = append(p.Crumbs, Link{Text: c.say("指标", "indicators"), Here: true})
	p.Intro = c.say("每个指标的页面写明它的意思、算式和依据，并列出各部门各年度的数，每个数都连到来历。", "Each page tells what the indicator means, its formula and basis, and shows it for all departments and years, each number linked to its proof.")
	p.Groups = c.definitions(&p.Base, cat)
	return p
}

// directionWords say which way is better.
var directionWords = map[string]lang.Text{
	"higher": {ZH: "越高越好", EN: "higher is better"}, "lower": {ZH: "越低越好", EN: "lower is better"},
}

// NewIndicatorPage makes the page of a definition for a block of years.
// Summaries come in the order of the directory, newest year first.
func (c Context) NewIndicatorPage(cat *indicator.Catalogue, d *indicator.Definition, list []*Summary, blocks [][]int, block int) *IndicatorPage {
	title := d.Title().In(c.Lang)
	p := &IndicatorPage{Base: c.base("indicator", IndicatorPath(d, blocks, block), title, title+c.say("：", ": ")+d.Plain.In(c.Lang))}
	p.Crumbs = append(p.Crumbs, Link{Text: c.say("指标", "indicators"), Href: p.in(IndicatorsPath)}, Link{Text: title, Here: true})
	p.Plain, p.Formula, p.ID = d.Plain.In(c.Lang), cat.Describe(d, c.Lang), d.ID
	p.Unit, p.Direction, p.Basis = d.Unit, directionWords[d.Direction].In(c.Lang), d.Basis.In(c.Lang)
	if d.Each == "project" {
		p.Elsewhere = c.say("逐个项目的数列在各部门各年度的页面上。", "The figures of single projects stand on the pages of the department-years.")
		return p
	}
	for i, years := range blocks {
		if len(blocks) > 1 {
			p.Blocks = append(p.Blocks, Link{Text: yearSpan(years), Href: p.in(IndicatorPath(d, blocks, i)), Here: i == block})
		}
	}
	c.on(&p.Base).fillIndicator(p, d, list, blocks[block])
	return p
}

func yearSpan(years []int) string {
	if len(years) == 1 {
		return strconv.Itoa(years[0])
	}
	return fmt.Sprintf("%d–%d", years[len(years)-1], years[0])
}

// Blocks splits the years over pages so that none grows beyond use, the newest
// first. There is always one, though it may be empty.
func Blocks(list []*Summary) [][]int {
	years := Years(list)
	departments := 0
	for i, s := range list {
		if i == 0 || list[i-1].Department != s.Department {
			departments++
		}
	}
	n := min(yearsOnPage, max(1, numbersOnPage/max(1, departments)))
	if len(years) == 0 {
		return [][]int{nil}
	}
	return slices.Collect(slices.Chunk(years, n))
}

// fillIndicator lists the figures of the definition: a row for each department,
// or for each department and item, a column for each year.
func (c Context) fillIndicator(p *IndicatorPage, d *indicator.Definition, list []*Summary, years []int) {
	t := &Table{ID: "figures", Caption: c.say("各部门各年度", "All departments and years"), Sortable: true, Columns: []Column{{Label: c.say("部门", "department")}}}
	if d.Each != "" {
		t.Columns = append(t.Columns, Column{Label: c.say("项目", "item")})
	}
	for _, y := range years {
		t.Columns = append(t.Columns, Column{Label: strconv.Itoa(y), Numeric: true})
	}
	spread := newSpread()
	amounts := false
	var at near
	for i := 0; i < len(list); {
		dep := list[i].Department
		j := i
		for j < len(list) && list[j].Department == dep {
			j++
		}
		rows := map[string]*Row{}
		var order []string
		for k, y := range years {
			for _, s := range list[i:j] {
				if s.Year != y {
					continue
				}
				for _, f := range s.of(d, &at) {
					item := itemOf(d, f, c.Lang)
					r := rows[item]
					if r == nil {
						r = &Row{Cells: []Cell{{Text: dep.Name, Href: p.in(dep.Slug + "/")}}}
						if d.Each != "" {
							r.Cells = append(r.Cells, Text(item))
						}
						r.Cells = append(r.Cells, make([]Cell, len(years))...)
						rows[item] = r
						order = append(order, item)
					}
					n := c.listed(d.Unit != "", f)
					amounts = amounts || n.Known && n.Unit == ""
					r.Cells[len(r.Cells)-len(years)+k].Num = n
					spread.add(y, item, d.Unit != "", f)
				}
			}
		}
		for _, item := range order {
			t.Rows = append(t.Rows, *rows[item])
		}
		i = j
	}
	if amounts {
		t.Note = c.say("金额单位：万元", "amounts in 10,000 yuan")
	}
	t.Foot = append(t.Foot, c.say("「未填报」不等于零；空格表示没有这一年度的资料。", "“Not reported” is not zero; a blank means that there is nothing of that year."))
	p.Table = t
	p.Spread = c.spread(spread, d.Each != "", t.Note)
	if d.Single() {
		p.Strip = c.strip(spread, t.Note)
	}
}

// itemOf is for which row a figure of a definition stands, in words.
func itemOf(d *indicator.Definition, f *figure.Figure, in lang.Lang) string {
	if d.Each == "" {
		return ""
	}
	before, after, _ := strings.Cut(d.Name.In(in), "{name}")
	return strings.TrimSuffix(strings.TrimPrefix(f.Label.In(in), before), after)
}

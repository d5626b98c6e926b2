package page

import (
	"cmp"
	"fmt"
	"html/template"
	"math"
	"slices"
	"strconv"

	"mingzhang/cmd/mingzhang/internal/chart"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// spread gathers how the figures of departments lie, by year and item.
type spread struct {
	order  []spreadKey
	groups map[spreadKey]*spreadGroup
}

type spreadKey struct {
	year int
	item string
}

type spreadGroup struct {
	known  []*figure.Figure
	own    bool // in the unit of the definition
	silent int  // without a number: not reported, not applicable, withheld
}

func newSpread() *spread { return &spread{groups: map[spreadKey]*spreadGroup{}} }

func (s *spread) add(year int, item string, own bool, f *figure.Figure) {
	k := spreadKey{year, item}
	g := s.groups[k]
	if g == nil {
		g = &spreadGroup{own: own}
		s.groups[k] = g
		s.order = append(s.order, k)
	}
	if f.Known() {
		g.known = append(g.known, f)
	} else {
		g.silent++
	}
}

// quantiles are the places of the sorted departments that are shown. The figure
// shown is the one that stands at that place, by the nearest rank: it is a
// department's own and leads to its proof, where an interpolated one would be
// nobody's.
var quantiles = []struct {
	name     lang.Text
	part, of int
}{
	{lang.Text{ZH: "最低", EN: "lowest"}, 0, 4},
	{lang.Text{ZH: "四分之一处", EN: "first quartile"}, 1, 4},
	{lang.Text{ZH: "中位", EN: "median"}, 2, 4},
	{lang.Text{ZH: "四分之三处", EN: "third quartile"}, 3, 4},
	{lang.Text{ZH: "最高", EN: "highest"}, 4, 4},
}

// at returns the figure at part/of of the sorted figures.
func (g *spreadGroup) at(part, of int) *figure.Figure {
	n := len(g.known)
	return g.known[max(0, (part*n+of-1)/of-1)] // the nearest rank, ⌈p·n⌉
}

func (g *spreadGroup) sort() {
	slices.SortStableFunc(g.known, func(a, b *figure.Figure) int { return a.Value.Base().Cmp(b.Value.Base()) })
}

// strip draws where the departments lie, a row for each year; nil where less
// than three have a number.
func (c Context) strip(s *spread, note string) *Chart {
	ch := &Chart{ID: "strip", Name: "分布", Caption: c.say("各部门分布", "Where the departments lie"), Note: note, Table: "#spread"}
	var keys []spreadKey
	most, least, enough, unit := 0.0, math.Inf(1), false, ""
	for _, k := range s.order {
		g := s.groups[k]
		if len(g.known) > 0 {
			keys = append(keys, k)
			most = max(most, longest(g.known...))
			enough = enough || len(g.known) > 2
		}
		for _, f := range g.known {
			least = min(least, length(f))
			if f.Value.Unit.Kind() != money.KindMoney {
				unit = f.Value.Unit.Name().In(c.Lang)
			}
		}
	}
	if !enough || most <= 0 && least >= 0 {
		return nil
	}
	slices.SortStableFunc(keys, func(a, b spreadKey) int { return cmp.Compare(b.year, a.year) })
	d := chart.Strip{Mark: c.say("中位的部门", "the median department")}
	for _, k := range keys {
		g := s.groups[k]
		g.sort()
		median := g.at(2, 4)
		row := chart.StripRow{Name: fmt.Sprintf(c.say("%d（%d 个部门）", "%d (%d departments)"), k.year, len(g.known)), Number: ch.number(c.listed(g.own, median)), Mark: length(median)}
		for _, f := range g.known {
			row.Values = append(row.Values, length(f))
		}
		d.Rows = append(d.Rows, row)
	}
	label := func(v float64) string {
		text := money.Grouped(strconv.FormatFloat(v, 'f', -1, 64))
		if unit == "%" {
			text += unit
		}
		return text
	}
	for _, v := range chart.Between(least, most, 4) {
		d.Ticks = append(d.Ticks, chart.Tick{Value: v, Label: label(v)})
	}
	d.Low = min(least, d.Ticks[0].Value)
	d.Head = ch.head(c.say("一根短线是数值相近的部门，线越高部门越多；标记是中位的部门。各数见下面的表。", "A stroke stands for departments with nearly the same number, taller where there are more; the mark is the median department. The numbers are in the tables below."))
	ch.SVG = template.HTML(d.SVG())
	return ch
}

// spread makes the table of quantiles; nil where no number is known.
func (c Context) spread(s *spread, items bool, note string) *Table {
	t := &Table{ID: "spread", Caption: c.say("分布", "Distribution"), Note: note, Columns: []Column{{Label: c.say("年度", "year")}}}
	if items {
		t.Columns = append(t.Columns, Column{Label: c.say("项目", "item")})
	}
	for _, q := range quantiles {
		t.Columns = append(t.Columns, Column{Label: q.name.In(c.Lang), Numeric: true})
	}
	t.Columns = append(t.Columns, Column{Label: c.say("有数", "with a number"), Numeric: true}, Column{Label: c.say("没有数", "without"), Numeric: true})
	slices.SortStableFunc(s.order, func(a, b spreadKey) int { return cmp.Compare(b.year, a.year) })
	for _, k := range s.order {
		g := s.groups[k]
		if len(g.known) == 0 {
			continue
		}
		g.sort()
		row := Row{Cells: []Cell{Text(strconv.Itoa(k.year))}}
		if items {
			row.Cells = append(row.Cells, Text(k.item))
		}
		for _, q := range quantiles {
			row.Cells = append(row.Cells, Cell{Num: c.listed(g.own, g.at(q.part, q.of))})
		}
		row.Cells = append(row.Cells, Text(strconv.Itoa(len(g.known))), Text(strconv.Itoa(g.silent)))
		t.Rows = append(t.Rows, row)
	}
	if len(t.Rows) == 0 {
		return nil
	}
	t.Foot = []string{c.say("把有数的部门从低到高排列，取站在该处的部门自己的数，不作插值；每个数连到这个部门的来历。", "Departments with a number are put in order; what is shown is the figure of the department that stands at the place, without interpolation, linked to its proof.")}
	return t
}

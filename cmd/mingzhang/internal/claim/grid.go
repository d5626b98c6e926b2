package claim

import (
	"regexp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// grid is a table inside a text.
type grid struct {
	heads []string // headings, one for each column
	names []string // what each row is called
	cells [][]cell // below the headings
	total int      // the row of the total, -1 without one
	inner []bool   // rows that stand inside others
	// grouped tells that rows add up to 小计 first: which to which is not read.
	grouped bool
}

// cell is a cell of such a table. A cell that is neither a number nor empty has
// words.
type cell struct {
	token *token
	words string
}

// grids judges the tables of a text, written with bars or with tabs: totals, rates
// and differences of columns. What a column is told from its numbers: a reading
// under which all rows but one hold leaves little doubt about that one.
func (a *analysis) grids() {
	for b := 0; b < len(a.blocks); {
		end := b
		for end < len(a.blocks) && a.blocks[end].layout == row {
			end++
		}
		from := b
		for i := b + 1; i <= end; i++ {
			if i < end && (i+1 >= end || !a.ruled(i+1) || i-from < 3) {
				continue // the same table goes on
			}
			if g := a.grid(from, i); i-from >= 3 && g != nil {
				a.columnSums(g)
				a.expenses(g)
				a.columnRates(g)
				a.columnPoints(g)
			}
			from = i
		}
		b = max(end, b+1)
	}
}

// ruled reports whether a row is the line under headings: |---|---:|.
func (a *analysis) ruled(b int) bool {
	s := a.text(a.blocks[b].start, a.blocks[b].end)
	return strings.Contains(s, "-") && strings.Trim(s, "|-—－:：") == ""
}

var (
	totalName = regexp.MustCompile(`^(?:合计|总计|共计|合\s*计|总\s*计|支出合计|收入合计|总分|总得分)$`)
	ruleCell  = regexp.MustCompile(`^[:：]?[-－—–]+[:：]?$`)
	emptyCell = regexp.MustCompile(`^[-－—–/、]*$`)
	// Headings of columns that are not added up.
	notAdded = regexp.MustCompile(`单价|标准|人均|平均|率|幅度|比例|比重|占比|序号|年度|排名|增幅|降幅|%|％`)
	rateHead = regexp.MustCompile(`率|幅度|占比|比重|比例|增幅|降幅|增减%|进度|%|％`)
)

// grid reads the rows of a table; nil where their columns do not agree.
func (a *analysis) grid(from, to int) *grid {
	g := &grid{total: -1}
	next := a.begins[from]
	for b := from; b < to; b++ {
		var line []cell
		rule := true
		bl := a.blocks[b]
		start := bl.start
		if a.r[start] == '|' {
			start++
		}
		for i := start; i <= bl.end && i < len(a.r)+1; i++ {
			if i < bl.end && a.r[i] != '|' {
				continue
			}
			if i == bl.end && strings.TrimSpace(a.text(start, i)) == "" && a.r[bl.start] == '|' {
				break // behind the last bar
			}
			words := strings.TrimSpace(a.text(start, i))
			rule = rule && ruleCell.MatchString(words)
			c := cell{words: words}
			for next < len(a.data) && a.data[next].from < start {
				next++
			}
			if next < len(a.data) {
				if t := a.data[next]; t.from >= start && t.till <= i && strings.TrimSpace(a.text(start, t.from)+a.text(t.till, i)) == "" && !t.vague() {
					c = cell{token: t}
				}
			}
			line = append(line, c)
			start = i + 1
		}
		switch {
		case rule && len(line) > 0:
		case g.heads == nil:
			for _, c := range line {
				g.heads = append(g.heads, c.words)
			}
		case len(line) != len(g.heads):
			return nil
		default:
			name := ""
			for _, c := range line {
				if c.token == nil && c.words != "" && name == "" {
					name = c.words
				}
			}
			if totalName.MatchString(name) {
				if g.total >= 0 {
					return nil
				}
				g.total = len(g.cells)
			}
			g.names, g.cells = append(g.names, name), append(g.cells, line)
		}
	}
	if len(g.cells) < 2 {
		return nil
	}
	g.sort()
	return g
}

// sort tells rows that stand inside others: 其中：…, and what is numbered
// otherwise below 一、 and 二、.
func (g *grid) sort() {
	upper := func(n string) bool {
		return strings.HasPrefix(strings.TrimLeft(n, "一二三四五六七八九十"), "、")
	}
	some := slices.ContainsFunc(g.names, upper)
	for _, n := range g.names {
		g.inner = append(g.inner, strings.HasPrefix(n, "其中") || some && !upper(n))
		g.grouped = g.grouped || strings.Contains(n, "小计")
	}
}

// body lists the rows that are no total.
func (g *grid) body() []int {
	var out []int
	for i := range g.cells {
		if i != g.total && !g.inner[i] {
			out = append(out, i)
		}
	}
	return out
}

// number returns the number of a cell, nil without one.
func (g *grid) number(row, column int) *token { return g.cells[row][column].token }

// columnSums holds the row of totals against the rows above or below it.
func (a *analysis) columnSums(g *grid) {
	if g.total < 0 || g.grouped || len(g.body()) < 2 {
		return
	}
	type fault struct {
		l     *list
		total money.Value
	}
	var faults []fault
	held := 0
	for c := range g.heads {
		t := g.number(g.total, c)
		if t == nil || t.unit == money.Percent || notAdded.MatchString(g.heads[c]) {
			continue
		}
		l := &list{total: t}
		var values []money.Value
		for _, r := range g.body() {
			p := g.number(r, c)
			if p == nil && !emptyCell.MatchString(g.cells[r][c].words) {
				values = nil
				break
			}
			if p != nil {
				l.parts, values = append(l.parts, p), append(values, p.value)
			}
		}
		if len(values) < 2 {
			continue
		}
		sum, err := money.Sum(values)
		if err != nil {
			continue
		}
		text := sumText(l.parts) + " = " + show(like(sum, t.value))
		if v := judge(t.value, sum); holds(v) {
			held++
			a.settle(t, v, text)
			for _, p := range l.parts {
				a.settle(p, v, text)
			}
			continue
		}
		if mean(t, l.parts) {
			continue
		}
		faults = append(faults, fault{l, sum})
	}
	for _, f := range faults {
		t, sum := f.l.total, f.total
		text := sumText(f.l.parts) + " = " + show(like(sum, t.value))
		if k, power, ok := slip(append([]money.Value{t.value}, valuesOf(f.l.parts)...), func(v []money.Value) (money.Value, money.Value) {
			s, _ := money.Sum(v[1:])
			return v[0], s
		}); ok && len(f.l.parts) > 2 && t.places > 0 {
			a.slipped(append([]*token{t}, f.l.parts...)[k], power, text, f.l.parts)
			continue
		}
		// Rows may stand inside each other though nothing says so: then no column
		// holds, and the gap is large.
		near := money.Gap(t.value, sum).Mul(decimal.NewFromInt(10)).LessThan(t.value.Base().Abs())
		if held > 0 || near && len(f.l.parts) > 2 {
			a.overflow(f.l, sum, text)
		}
	}
}

// mean reports whether a number in the row of totals lies among the numbers of
// its column, as an average does and a sum does not.
func mean(t *token, parts []*token) bool {
	low, high := parts[0].value, parts[0].value
	for _, p := range parts[1:] {
		if money.Cmp(p.value, low) < 0 {
			low = p.value
		}
		if money.Cmp(p.value, high) > 0 {
			high = p.value
		}
	}
	return low.Sign() > 0 && money.Cmp(t.value, low) >= 0 && money.Cmp(t.value, high) <= 0
}

func valuesOf(list []*token) []money.Value {
	out := make([]money.Value, len(list))
	for k, t := range list {
		out[k] = t.value
	}
	return out
}

// reading is a way in which a column may follow from others.
type reading struct {
	x, y    int // columns; y < 0 for the total of x
	compute func(x, y money.Value) (money.Value, string)
}

func ratioOf(x, y money.Value) (money.Value, string) {
	q, _ := money.Div(x, y)
	return q, x.Display(lang.ZH) + " ÷ " + y.Display(lang.ZH)
}

func changeOf(x, y money.Value) (money.Value, string) {
	q, _ := money.Change(x, y)
	return q, "(" + x.Display(lang.ZH) + " − " + y.Display(lang.ZH) + ") ÷ " + y.Display(lang.ZH)
}

func lessOf(x, y money.Value) (money.Value, string) {
	q, _ := money.Sub(x, y)
	return q, x.Display(lang.ZH) + " − " + y.Display(lang.ZH)
}

// columnRates finds of what a column of rates or differences is made, and tells
// the rows that do not follow from it.
func (a *analysis) columnRates(g *grid) {
	for c, head := range g.heads {
		rates := rateHead.MatchString(head) || g.percent(c)
		if !rateHead.MatchString(head) && !containsOf(head, "增减", "增长", "变动", "差", "结余", "结转") || !g.alike(c) {
			continue
		}
		var best *reading
		most, filled, telling := 0, 0, 0
		for _, rd := range a.readings(g, c, rates) {
			held, n, tells := 0, 0, 0
			for r := range g.cells {
				if claimed, want, _, ok := g.follow(rd, r, c, rates); ok {
					n++
					if v := judge(claimed, want); v == Equal || v == ByRounding {
						held++
						if !want.Zero() && !want.Base().Equal(decimal.NewFromInt(1)) {
							tells++ // 100 % and 0 come out of many readings
						}
					}
				}
			}
			if held > most {
				most, filled, telling, best = held, n, tells, &rd
			}
		}
		if best == nil || most < 2 || telling < 2 || most < filled-1-filled/8 {
			continue
		}
		for r := range g.cells {
			a.hold(g, *best, r, c, rates)
		}
	}
}

// percent reports whether a column holds percentages.
func (g *grid) percent(c int) bool {
	return slices.ContainsFunc(g.cells, func(line []cell) bool { return line[c].token != nil && line[c].token.unit == money.Percent })
}

// alike reports whether the numbers of a column are of one kind, rates or bare:
// 实际值 of a table of indicators holds 192场 and 94.3%.
func (g *grid) alike(c int) bool {
	return !slices.ContainsFunc(g.cells, func(line []cell) bool {
		t := line[c].token
		return t != nil && t.unit != money.Percent && t.kind == money.KindCount || t == nil && !emptyCell.MatchString(line[c].words)
	})
}

// columnPoints tells of rows that get more points than there are.
func (a *analysis) columnPoints(g *grid) {
	full := slices.IndexFunc(g.heads, func(h string) bool { return hasSuffixOf(h, "分值", "权重", "满分") })
	got := slices.IndexFunc(g.heads, func(h string) bool { return strings.HasSuffix(h, "得分") })
	if full < 0 || got < 0 {
		return
	}
	for r := range g.cells {
		of, t := g.number(r, full), g.number(r, got)
		if of != nil && t != nil && of.unit == t.unit && t.finding == nil {
			a.within(of, t)
		}
	}
}

// readings lists the ways in which a column may be made of two others, or of
// one and its total.
func (a *analysis) readings(g *grid, c int, rates bool) []reading {
	var columns []int
	for i, h := range g.heads {
		if i != c && !rateHead.MatchString(h) && !g.percent(i) {
			columns = append(columns, i)
		}
	}
	if len(columns) > 8 {
		columns = columns[:8]
	}
	var out []reading
	for _, x := range columns {
		if rates && g.total >= 0 {
			out = append(out, reading{x: x, y: -1, compute: ratioOf})
		}
		for _, y := range columns {
			switch {
			case x == y:
			case rates:
				out = append(out, reading{x: x, y: y, compute: ratioOf}, reading{x: x, y: y, compute: changeOf})
			default:
				out = append(out, reading{x: x, y: y, compute: lessOf})
			}
		}
	}
	return out
}

// follow computes what a cell should hold; ok is false where a number lacks.
func (g *grid) follow(rd reading, r, c int, rates bool) (claimed, want money.Value, sum string, ok bool) {
	t, x := g.number(r, c), g.number(r, rd.x)
	var y *token
	if rd.y < 0 {
		y = g.number(g.total, rd.x)
	} else {
		y = g.number(r, rd.y)
	}
	if t == nil || x == nil || y == nil || x.unit != y.unit || x.unit == money.Percent {
		return claimed, want, "", false
	}
	claimed = t.value
	if rates && t.unit != money.Percent {
		if t.unit != money.NoUnit {
			return claimed, want, "", false
		}
		claimed = money.Of(t.n, money.Percent)
		claimed.Places = t.places
		claimed = claimed.Rounded(t.places)
	}
	want, sum = rd.compute(x.value, y.value)
	return claimed, want, sum, want.Known()
}

// hold judges one cell by the reading of its column.
func (a *analysis) hold(g *grid, rd reading, r, c int, rates bool) {
	claimed, want, sum, ok := g.follow(rd, r, c, rates)
	if !ok {
		return
	}
	t := g.number(r, c)
	shown := want.As(t.value.Unit, max(claimed.Places, 2))
	if rates {
		shown = percent(want, claimed.Places)
	}
	sum += " = " + show(shown)
	if v := judge(claimed, want); holds(v) {
		a.settle(t, v, sum)
		return
	}
	related := tokensOf(g.number(r, rd.x))
	if rd.y >= 0 {
		related = append(related, g.number(r, rd.y))
	} else {
		related = append(related, g.number(g.total, rd.x))
	}
	if slices.ContainsFunc(related, func(x *token) bool { return x.finding != nil }) {
		return // one mistake is told once
	}
	if k, ok := power(claimed, want.As(claimed.Unit, want.Places)); ok {
		a.slipped(t, k, sum, related)
		return
	}
	a.add(&finding{code: Impossible, token: t, args: []any{a.quote(t), show(shown)}, sum: lang.Same(sum), related: related, expected: show(shown)})
	t.verdict = Contradicts
}

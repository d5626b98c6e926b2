package claim

import (
	"strings"

	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/money"
)

// The rows of a table of the three public expenses, however they are numbered.
const (
	expensesTotal = iota
	expensesAbroad
	expensesReception
	expensesCars
	expensesBought
	expensesRun
	expensesRows
)

// expenseOf tells which of the three public expenses a row is, −1 for what is none:
// numbers of cars and of guests stand below them in the same table.
func expenseOf(name string) int {
	n := strings.NewReplacer(" ", "", "“", "", "”", "").Replace(stripNumbering(strings.TrimPrefix(strings.TrimPrefix(label.Fold(name), "其中"), ":")))
	n = strings.TrimLeft(stripNumbering(n), "一二三四五六七八九十、,.0123456789")
	switch {
	case containsOf(n, "数", "批次", "人次", "团组", "(辆)", "(个)", "(人)", "(批)", "保有", "国内接待", "外事", "外宾", "机关运行", "会议", "培训"):
		return -1
	case strings.Contains(n, "出国"):
		return expensesAbroad
	case strings.Contains(n, "接待"):
		return expensesReception
	case containsOf(n, "购置及运行", "购置和运行", "购置、运行", "用车费"):
		return expensesCars
	case strings.Contains(n, "用车") && strings.Contains(n, "运行"):
		return expensesRun
	case strings.Contains(n, "用车") && strings.Contains(n, "购置"):
		return expensesBought
	case strings.TrimSuffix(n, "支出") == "三公经费", containsOf(n, "三公经费合计"), n == "合计", n == "支出合计", n == "总计":
		return expensesTotal
	}
	return -1
}

// expenses holds the total of the three public expenses of a table against its rows,
// and cars against buying and running them. A blank is none.
func (a *analysis) expenses(g *grid) {
	var at [expensesRows]int
	for k := range at {
		at[k] = -1
	}
	for r, name := range g.names {
		k := expenseOf(name)
		if k < 0 {
			continue
		}
		if at[k] >= 0 {
			return // told twice, of two bodies or years
		}
		at[k] = r
	}
	if at[expensesAbroad] < 0 || at[expensesReception] < 0 {
		return
	}
	for c := range g.heads {
		if notAdded.MatchString(g.heads[c]) {
			continue
		}
		if at[expensesCars] >= 0 {
			a.expenseSum(g, c, at[expensesTotal], at[expensesAbroad], at[expensesReception], at[expensesCars])
			a.expenseSum(g, c, at[expensesCars], at[expensesBought], at[expensesRun])
			continue
		}
		a.expenseSum(g, c, at[expensesTotal], at[expensesAbroad], at[expensesReception], at[expensesBought], at[expensesRun])
	}
}

func (a *analysis) expenseSum(g *grid, column, total int, rows ...int) {
	if total < 0 {
		return
	}
	t := g.number(total, column)
	if t == nil || t.kind == money.KindShare || t.verdict == Contradicts || t.finding != nil {
		return
	}
	l := &list{total: t}
	values := []money.Value{}
	for _, r := range rows {
		if r < 0 {
			return
		}
		p := g.number(r, column)
		if p == nil && !emptyCell.MatchString(g.cells[r][column].words) || p != nil && p.kind != t.kind {
			return
		}
		if p != nil {
			l.parts, values = append(l.parts, p), append(values, p.value)
		}
	}
	if len(values) == 0 {
		return
	}
	sum, err := money.Sum(values)
	if err != nil {
		return
	}
	text := sumText(l.parts) + " = " + show(like(sum, t.value))
	if v := judge(t.value, sum); holds(v) {
		a.settle(t, v, text)
		for _, p := range l.parts {
			a.settle(p, v, text)
		}
		return
	}
	a.overflow(l, sum, text)
}

package claim

import (
	"strings"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// gathered holds the totals of a government's accounts against what leads to them: 一般
// 公共预算收入37.05亿元，加上级补助收入74.23亿元、债务转贷收入8.67亿元，收入总计119.95亿元, and
// what is left over against both totals: 收支相抵后，年终结余27.01亿元.
func (a *analysis) gathered() {
	var income, spending *token
	for _, t := range a.data {
		if t.role != level || t.kind != money.KindMoney || t.bound || t.about || t.span || t.of || t.depth > 0 || a.blocks[t.block].layout == row {
			continue
		}
		name := strings.TrimRight(t.clause, "为是：共计 ")
		switch {
		case hasSuffixOf(name, "收入总", "收入总量", "收入合", "总收入"):
			income, spending = t, nil
			a.gather(t)
		case hasSuffixOf(name, "支出总", "支出总量", "支出合", "总支出"):
			spending = t
			a.gather(t)
		case income != nil && spending != nil && t.block <= spending.block+1 && containsOf(name, "年终结余", "年终滚存结余", "年末结余", "结转下年") && strings.Contains(a.text(a.blocks[t.block].start, t.from), "相抵"):
			a.remains(t, income, spending)
			income, spending = nil, nil
		}
	}
}

// added are words behind which a sentence goes on to add up.
var added = []string{"加上", "加", "以及", "上解"}

// gather judges one total: everything before it in its sentence is added up, where the
// sentence says so and holds nothing but amounts of one kind.
func (a *analysis) gather(t *token) {
	l := &list{total: t, whole: true}
	for j := t.index - 1; j >= 0 && a.data[j].sentence == t.sentence; j-- {
		p := a.data[j]
		if p.depth > t.depth || p.kind == money.KindShare {
			continue // 为调整预算的100.1%
		}
		if p.role != level || !comparable(p, t) || p.bound || p.about || p.span || p.of {
			return
		}
		l.parts = append([]*token{p}, l.parts...)
	}
	if len(l.parts) < 2 || !containsOf(strings.TrimLeft(l.parts[1].clause, "，"), added...) || containsOf(a.text(l.parts[0].from, t.from), "其中", "等") {
		return
	}
	a.judgeList(l)
}

// remains judges what is left of an income when a spending is taken from it.
func (a *analysis) remains(t, income, spending *token) {
	if !comparable(t, income) || !comparable(t, spending) || income.year != spending.year && income.year != 0 && spending.year != 0 {
		return
	}
	diff, sum, done := a.between(t, income, spending)
	if done {
		return
	}
	a.add(&finding{code: Impossible, token: t, args: []any{a.quote(t), show(diff)}, sum: lang.Same(sum), related: tokensOf(income, spending), expected: show(diff)})
	t.verdict = Contradicts
}

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
	a.rolled()
	var income, spending *token
	for _, t := range a.data {
		if t.role != level || t.kind != money.KindMoney || t.vague() || t.of || t.depth > 0 || a.blocks[t.block].layout == row {
			continue
		}
		name := strings.TrimRight(t.clause, "为是：共计 ")
		switch {
		case together(t.clause):
			a.together(t)
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
	for j := t.index - 1; j >= 0 && j > t.index-40 && a.data[j].sentence == t.sentence; j-- {
		p := a.data[j]
		if p.depth > t.depth || p.kind == money.KindShare {
			continue // 为调整预算的100.1%
		}
		if p.role != level || !comparable(p, t) || p.vague() || p.of {
			return
		}
		l.parts = append([]*token{p}, l.parts...)
	}
	if len(l.parts) < 2 || !containsOf(strings.TrimLeft(l.parts[1].clause, "，"), added...) && !l.carried() || containsOf(a.text(l.parts[0].from, t.from), "其中", "等") || hasPrefixOf(a.text(t.till, min(len(a.r), t.till+3)), "，其中", "（其中", "（含") {
		return
	}
	a.judgeList(l)
}

// together reports whether a clause says nothing but that the amounts before it are
// added: 合计32.80亿元.
func together(clause string) bool {
	switch strings.Trim(clause, "，、；：为是约 ") {
	case "合计", "共计", "总计", "两项合计", "三项合计", "两项共计", "三项共计", "以上合计":
		return true
	}
	return false
}

// together adds up the amounts before 合计 in its sentence. They are all of them where
// nothing there is a part of another.
func (a *analysis) together(t *token) {
	l := &list{total: t, whole: true}
	for j := t.index - 1; j >= 0 && j > t.index-40 && a.data[j].sentence == t.sentence; j-- {
		p := a.data[j]
		if p.depth > t.depth || p.role != level || p.kind == money.KindCount {
			continue
		}
		if !comparable(p, t) || p.vague() || p.of || p.scope != nil || p.prior || p.stage != t.stage && t.stage != "" || perPiece(p) || together(p.clause) {
			return
		}
		l.parts = append([]*token{p}, l.parts...)
	}
	if len(l.parts) < 2 || len(l.parts) > 8 || containsOf(a.text(t.opening, t.from), "其中", "包括", "等", "比", "较", "预算", "总") {
		return
	}
	for _, p := range l.parts {
		if p.stage != l.parts[0].stage || p.year != l.parts[0].year {
			return
		}
	}
	a.judgeList(l)
}

// carried reports whether parts are by their names the income of a year and what was
// carried into it: 本年收入1,200万元，上年结转40万元.
func (l *list) carried() bool {
	own := 0
	for _, p := range l.parts {
		switch {
		case containsOf(p.clause, "本年收入", "本年支出"):
			own++
		case !containsOf(p.clause, "结转", "结余"):
			return false
		}
	}
	return own == 1
}

// rolled holds what is carried into the next year against the year: 年初结转40万元，本年收入
// 1,200万元，本年支出1,190万元，年末结转50万元. The sentence holds these four and no other
// amount.
func (a *analysis) rolled() {
	names := [4][]string{{"年初结转", "上年结转", "期初结转", "年初结余"}, {"本年收入"}, {"本年支出"}, {"年末结转", "结转下年", "期末结转", "年末结余"}}
	for i := 0; i < len(a.data); {
		end := i
		var of [4]*token
		found, other := 0, false
		for ; end < len(a.data) && a.data[end].sentence == a.data[i].sentence; end++ {
			t := a.data[end]
			if t.kind != money.KindMoney {
				continue
			}
			k := 0
			for k < 4 && (of[k] != nil || !containsOf(t.clause, names[k]...)) {
				k++
			}
			if k == 4 || t.role != level || t.vague() || t.prior && k > 0 || t.stage != a.data[i].stage {
				other = true
				continue
			}
			of[k] = t
			found++
		}
		if found == 4 && !other && a.blocks[a.data[i].block].layout != row {
			a.rollOver(of)
		}
		i = end
	}
}

func (a *analysis) rollOver(of [4]*token) {
	want, err := money.Sum([]money.Value{of[0].value, of[1].value, money.Neg(of[2].value)})
	if err != nil || !want.Known() {
		return
	}
	t := of[3]
	want = like(want, t.value)
	sum := num(of[0]) + " + " + num(of[1]) + " − " + num(of[2]) + " = " + show(want)
	if v := judge(t.value, want); holds(v) {
		for _, x := range of {
			a.settle(x, v, sum)
		}
		return
	}
	a.add(&finding{
		code: Impossible, token: t, args: []any{a.quote(t), show(want)}, sum: lang.Same(sum), related: of[:3], expected: show(want),
		fix: lang.Text{ZH: "核对这四个数；还有结余分配、使用非财政拨款结余等，就一并写出", EN: "check the four numbers; if surplus was distributed or used, tell it too"},
	})
	t.verdict = Contradicts
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

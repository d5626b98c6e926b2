package claim

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// repeats holds what a text says twice of one thing against itself.
func (a *analysis) repeats() {
	groups := map[string][]*token{}
	var order []string
	a.under = a.headed()
	for _, t := range a.data {
		key := a.key(t)
		if key == "" {
			continue
		}
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], t)
	}
	for _, key := range order {
		if len(groups[key]) > 1 {
			a.repeated(first(groups[key]))
		}
	}
}

// headed lists for each block the year of the heading above it: what stands under
// 二、2021年决算情况 is of 2021. 0 is none.
func (a *analysis) headed() []int {
	out := make([]int, len(a.blocks))
	year := 0
	for n, b := range a.blocks {
		if b.layout == heading {
			year = 0
			s := a.text(b.start, b.end)
			if i, _ := yearIn(s, 0); i >= 0 {
				year = atoi(s[i : i+4])
			}
		}
		out[n] = year
	}
	return out
}

// key names the thing, the moment and the measure of a number; it is empty when
// the text does not say them clearly.
func (a *analysis) key(t *token) string {
	if t.why != "" || t.vague() || a.blocks[t.block].layout == row {
		return ""
	}
	year := a.yearOf(t)
	if year == 0 && !t.prior {
		year = a.under[t.block]
	}
	switch {
	case t.prior && t.year == 0:
		year = -1
	case year == a.year:
		year = 0
	}
	tail := "|" + strconv.Itoa(year)
	switch {
	case t.role == rate || t.role == growth && t.rate != "":
		r := rateOf(t.rate)
		if r == nil || r.ID == "execution-rate" || r.ID == "budget-deviation-rate" || t.unit != money.Percent {
			return ""
		}
		return "rate|" + r.ID + tail
	case t.role != level || t.topical || t.subject == "" || t.subject == "listed":
		return ""
	}
	term := a.isTerm(t.subject)
	switch t.kind {
	case money.KindMoney:
		if t.stage == "" && !term || utf8.RuneCountInString(t.subject) < 4 && !term {
			return ""
		}
		if t.stage == "" && !t.explicit {
			return ""
		}
	case money.KindCount:
		if !t.explicit || !term && utf8.RuneCountInString(t.clause) < 8 {
			return ""
		}
		if !term {
			// Without a known name only the same words mean the same thing.
			return "count|" + strings.Map(noDigit, a.text(max(t.opening, t.from-60), t.from)) + "|" + t.measure + tail
		}
	default:
		return ""
	}
	return t.measureKey() + t.subject + "|" + t.stage + tail
}

func noDigit(r rune) rune {
	if isDigit(r) {
		return -1
	}
	return r
}

func (t *token) measureKey() string {
	if t.kind == money.KindMoney {
		return "money|"
	}
	return "count|" + t.measure + "|"
}

func (a *analysis) isTerm(id string) bool {
	for _, t := range glossary().Terms {
		if t.ID == id {
			return true
		}
	}
	return false
}

// repeated judges the numbers that say one thing.
func (a *analysis) repeated(list []*token) {
	votes := func(t *token) int {
		n := 0
		for _, o := range list {
			if money.Overlaps(t.value, o.value) {
				n++
			}
		}
		return n
	}
	best := list[0]
	for _, t := range list {
		if votes(t) > votes(best) {
			best = t
		}
	}
	for _, t := range list {
		if t == best {
			continue
		}
		if money.Overlaps(t.value, best.value) {
			v := Equal
			if !t.value.Base().Equal(best.value.Base()) {
				v = ByRounding
			}
			a.settle(t, v, "")
			a.settle(best, v, "")
			continue
		}
		if t.verdict == Contradicts || t.verdict == OffByPower || best.verdict == OffByPower {
			continue
		}
		sum := a.place(best) + " " + show(best.value)
		if k, ok := power(t.value, best.value); ok {
			odd, even := t, best
			if votes(t) == votes(best) && t.value.Base().LessThan(best.value.Base()) && t.from > best.from {
				sum = a.place(t) + " " + show(t.value)
				odd, even, k = best, t, -k
			}
			a.slipped(odd, k, sum, []*token{even})
			continue
		}
		if !a.sameScope(t, best) || t.kind == money.KindMoney && t.stage == "" {
			continue
		}
		a.add(&finding{
			code: Inconsistent, token: t, args: []any{a.quote(t), a.quote(best)},
			sum: lang.Text{ZH: sum, EN: sum}, related: []*token{best}, expected: show(best.value),
		})
		t.verdict = Otherwise
	}
}

// sameScope reports whether two numbers of one name are sure to have one scope:
// parts of totals that differ may differ too.
func (a *analysis) sameScope(x, y *token) bool {
	if x.role == rate || x.role == growth {
		return true
	}
	if (x.scope == nil) != (y.scope == nil) || a.listedOff(x) != a.listedOff(y) {
		return false
	}
	if x.scope != nil && x.scope == y.scope {
		return false // two parts of one list: 行政编制18人、事业编制55人
	}
	if x.scope != nil && !money.Overlaps(x.scope.value, y.scope.value) {
		return false
	}
	return x.explicit && y.explicit && x.depth == y.depth
}

// listedOff reports whether the sentence of a number begins behind 其中：, so that
// it speaks of a part of what was said before.
func (a *analysis) listedOff(t *token) bool {
	return strings.Contains(a.text(max(0, t.opening-5), t.from), "其中")
}

// power returns by which power of ten two numbers differ, if nothing else.
func power(x, y money.Value) (int32, bool) {
	if x.Zero() || y.Zero() || len(strings.Trim(money.Trim(x.Num()), "-0.")) < 2 && len(strings.Trim(money.Trim(y.Num()), "-0.")) < 2 {
		return 0, false
	}
	for _, k := range slips {
		if money.Overlaps(shifted(x, k), y) {
			return k, true
		}
	}
	return 0, false
}

// doubtful asks about an amount in 元 that looks as if 万 had been forgotten.
func (a *analysis) doubtful() {
	wan := 0
	for _, t := range a.data {
		if t.unit == money.WanYuan {
			wan++
		}
	}
	for i, t := range a.data {
		if t.unit != money.Yuan || t.places != 2 || t.n.GreaterThanOrEqual(decimal.NewFromInt(10000)) || t.n.IsZero() || t.verdict != Unbound || t.borne || wan < 3 || t.role != level && t.role != difference {
			continue
		}
		near := false
		for j := max(0, i-3); j < min(len(a.data), i+4); j++ {
			near = near || a.data[j].block == t.block && a.data[j].unit == money.WanYuan
		}
		after := a.text(t.till, min(len(a.r), t.till+2))
		if !near || hasPrefixOf(after, "/", "每", "一") || containsOf(t.clause, "人均", "每", "单价", "标准", "平均", "价格", "票", "罚款", "利息") || !containsOf(t.clause+t.named+t.subject, "经费", "支出", "收入", "预算", "决算", "拨款", "total", "费", "资金", "采购") {
			continue
		}
		a.add(&finding{code: DoubtfulUnit, token: t, args: []any{a.quote(t)}, expected: show(shifted(t.value, 0).As(money.Yuan, 2)) + " / " + t.value.Display(lang.ZH) + " 万元"})
	}
}

package claim

import (
	"strings"

	"mingzhang/cmd/mingzhang/internal/money"
)

// saved holds what was saved against the plan and the purchase right before it:
// 采购预算3,200万元，实际采购3,050万元，节约150万元，节约率4.69%.
func (a *analysis) saved() {
	for i, t := range a.data {
		if i < 2 || t.kind != money.KindMoney || t.finding != nil || t.vague() || t.against.found || !hasSuffixOf(strings.TrimRight(t.clause, "了资金为 "), "节约", "节省") {
			continue
		}
		whole, part := a.data[i-2], a.data[i-1]
		if !besides(whole, t) || !besides(part, t) || !whole.whole() || part.whole() || !part.partOf() {
			continue
		}
		diff, sum, done := a.between(t, whole, part)
		if !done {
			a.contradict(t, diff, sum, whole, part)
			continue
		}
		if i+1 >= len(a.data) {
			return
		}
		if r := a.data[i+1]; r.sentence == t.sentence && r.unit == money.Percent && r.finding == nil && strings.Contains(r.clause, "节约率") && !r.vague() {
			a.try([]ratio{{claim: r, part: t, whole: whole, strong: true}})
		}
	}
}

// besides reports whether a number is an amount of the sentence of another.
func besides(x, t *token) bool {
	return x.sentence == t.sentence && x.role == level && comparable(x, t) && x.depth == t.depth && !x.vague()
}

// debts holds 资产负债率 against the debts right before it and the assets of its
// paragraph.
func (a *analysis) debts() {
	for i, t := range a.data {
		if i == 0 || t.unit != money.Percent || !strings.Contains(t.clause, "资产负债率") || t.vague() {
			continue
		}
		var part, whole *token
		for j := i - 1; j >= 0 && j > i-40 && a.data[j].block == t.block; j-- {
			p := a.data[j]
			if p.role != level || p.kind != money.KindMoney || p.vague() || p.prior {
				continue
			}
			switch {
			case part == nil && strings.Contains(p.clause, "负债") && p.sentence == t.sentence:
				part = p
			case whole == nil && containsOf(p.clause, "资产总额", "总资产", "资产总计", "资产合计") && !containsOf(p.clause, "固定", "流动", "无形", "净"):
				whole = p
			}
		}
		if part != nil && whole != nil && comparable(part, whole) {
			a.try([]ratio{{claim: t, part: part, whole: whole, strong: true}})
		}
	}
}

// wholeBudget is the one budget of the year that a text tells: that of which 总支出 and its
// rate speak a paragraph later, 全年预算数19,850万元 … 总支出19,420万元，预算执行率97.83%. nil
// where the text tells several, of projects too.
func (a *analysis) wholeBudget(by *token) *token {
	if a.adjusted == nil { // gathered once, so that the work stays linear
		a.adjusted = []*token{}
		for _, t := range a.data {
			if t.stage == "adjusted" && t.role == level && t.kind == money.KindMoney && !t.prior && a.blocks[t.block].layout != row {
				a.adjusted = append(a.adjusted, t)
			}
		}
	}
	var found *token
	for _, t := range first(a.adjusted) {
		if t.index > by.index {
			break
		}
		if t.vague() || found != nil && !money.Overlaps(found.value, t.value) {
			return nil
		}
		if found == nil {
			found = t
		}
	}
	return found
}

// satisfied holds a rate of satisfaction against the answers right before it: 收回576份，
// …，满意553份，满意度96.01%.
func (a *analysis) satisfied() {
	for i, t := range a.data {
		if i < 2 || t.unit != money.Percent || !containsOf(t.clause, "满意度", "满意率") || t.vague() || t.verdict != Unbound {
			continue
		}
		part := a.data[i-1]
		if !strings.HasSuffix(strings.TrimRight(part.clause, "的为共 "), "满意") || strings.Contains(part.clause, "不满意") || part.kind != money.KindCount || part.sentence != t.sentence {
			continue
		}
		for j := i - 2; j >= 0 && j > i-40 && a.data[j].sentence == t.sentence; j-- {
			w := a.data[j]
			if w.kind == money.KindCount && w.measure == part.measure && containsOf(w.clause, "收回", "回收", "有效") && !w.bound && !w.about {
				a.try([]ratio{{claim: t, part: part, whole: w, strong: true}})
				break
			}
		}
	}
}

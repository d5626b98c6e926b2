package claim

import (
	"strings"

	"mingzhang/cmd/mingzhang/internal/money"
)

// identities holds what a text tells of the three public expenses in places of its own
// against each other: 公务用车购置及运行维护费支出96.20万元 … 公务用车购置支出18.60万元 …
// 公务用车运行维护费支出77.60万元. Each must have one value in the text, so that no other
// scope or year is meant.
func (a *analysis) identities() {
	for _, budget := range []bool{false, true} {
		a.identity(budget, "three-public/vehicles", "three-public/vehicle-purchase", "three-public/vehicle-operation")
		a.identity(budget, "three-public-total", "three-public/overseas", "three-public/vehicles", "three-public/reception")
	}
}

func (a *analysis) identity(budget bool, total string, parts ...string) {
	t := a.only(total, budget)
	if t == nil || t.verdict == Contradicts || t.verdict == OffByPower {
		return
	}
	l := &list{total: t, whole: true}
	for _, id := range parts {
		p := a.only(id, budget)
		if p == nil || !comparable(p, t) {
			return
		}
		l.parts = append(l.parts, p)
	}
	a.judgeList(l)
}

// only is the one number that a text gives for a subject of its year, as budget or as
// what was spent; nil where it gives several, or one that is a part of something else.
func (a *analysis) only(id string, budget bool) *token {
	var found *token
	for _, t := range first(a.levels[id]) {
		switch year := a.yearOf(t); {
		case t.kind != money.KindMoney:
			continue // 公务用车购置1辆
		case t.vague() || t.of || perPiece(t) || a.blocks[t.block].layout == row:
			return nil
		case t.prior, year != 0 && year != a.year, a.under[t.block] != 0 && a.under[t.block] != a.year:
			continue
		case (t.stage == "original" || t.stage == "budget" || t.stage == "adjusted") != budget:
			continue
		case t.scope != nil && !strings.HasPrefix(t.scope.subject, "three-public"), !t.explicit:
			return nil
		case found != nil && !money.Overlaps(found.value, t.value):
			return nil
		case found == nil:
			found = t
		}
	}
	return found
}

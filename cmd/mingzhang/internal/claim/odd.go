package claim

import (
	"strconv"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// odd asks about an amount that differs in one digit from those behind the same words of
// its paragraph, which agree: 编报绩效目标的项目39个，涉及预算金额4,415.48万元；绩效跟踪的项目39个，
// 涉及预算金额4,415.48万元；绩效自评的项目39个，涉及预算金额4,475.48万元. They may differ, but
// hardly by one digit.
func (a *analysis) odd() {
	for b := range a.blocks {
		if a.blocks[b].layout == row || len(a.of(b)) < 3 {
			continue
		}
		alike := map[string][]*token{}
		var order []string
		for _, t := range a.of(b) {
			if t.role != level && t.role != difference || t.kind != money.KindMoney || t.vague() || t.words || t.prior || t.clause == "" {
				continue
			}
			key := t.clause + "|" + t.measure + strconv.Itoa(int(t.places))
			if alike[key] == nil {
				order = append(order, key)
			}
			alike[key] = append(alike[key], t)
		}
		for _, key := range order {
			if t, others := oddOne(alike[key]); t != nil && t.verdict == Unbound && t.finding == nil {
				want := a.quote(others[0])
				a.add(&finding{code: OddDigit, token: t, args: []any{a.quote(t), want}, sum: lang.Same(a.place(others[0]) + " " + show(others[0].value)), related: others, expected: want})
			}
		}
	}
}

// oddOne is the one of three or more amounts that is not what all the others are, where
// it is written like them but for a digit.
func oddOne(list []*token) (odd *token, others []*token) {
	if len(list) < 3 {
		return nil, nil
	}
	most := list[0]
	if !most.n.Equal(list[1].n) && list[1].n.Equal(list[2].n) {
		most = list[1]
	}
	for _, t := range list {
		switch {
		case t.n.Equal(most.n):
			others = append(others, t)
		case odd == nil:
			odd = t
		default:
			return nil, nil
		}
	}
	if odd == nil || len(others) < 2 {
		return nil, nil
	}
	if min(significant(odd.n), significant(most.n)) < 4 || !oneDigitOff(odd.value.Plain(), most.value.Plain()) {
		return nil, nil // 1,600 and 1,700万元 are round numbers
	}
	return odd, others
}

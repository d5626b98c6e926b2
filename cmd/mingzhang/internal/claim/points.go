package claim

import (
	"strings"
	"unicode/utf8"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// points holds 提高3.2个百分点 against the two rates that are compared right
// before it: 98.2%，比上年的95.0%提高3.2个百分点; 由95.0%提高到98.2%，提高3.2个百分点.
func (a *analysis) points() {
	for i, t := range a.data {
		if i < 2 || t.role != pointsDiff || t.vague() {
			continue
		}
		x, y := a.data[i-2], a.data[i-1]
		if !rateBefore(x, t) || !rateBefore(y, t) || !a.set(x, y) {
			continue
		}
		if after := a.text(y.till, t.from); utf8.RuneCountInString(after) > 12 || strings.ContainsAny(after, "；、") {
			continue // of something else
		}
		if x.value.Sign() < 0 || y.value.Sign() < 0 {
			continue
		}
		high, low := x, y
		if money.Cmp(x.value, y.value) < 0 {
			high, low = y, x
		}
		diff, sum, done := a.between(t, high, low)
		if done {
			continue
		}
		a.add(&finding{code: Impossible, token: t, args: []any{a.quote(t), show(diff)}, sum: lang.Same(sum), expected: show(diff), related: []*token{x, y}})
		t.verdict = Contradicts
	}
}

// rateBefore reports whether a number is a percentage of the sentence of t.
func rateBefore(x, t *token) bool {
	return x.unit == money.Percent && x.sentence == t.sentence && !x.vague() && x.role != growth && x.role != listed
}

// set reports whether two rates are set against each other: one 比 the other, or
// 由 one 到 the other.
func (a *analysis) set(x, y *token) bool {
	between := a.text(x.till, y.from)
	if _, cmp := comparisonIn(between); cmp.found {
		return true
	}
	lead := a.text(max(x.opening, x.from-6), x.from)
	return containsOf(lead, "由", "从") && containsOf(between, "到", "至", "为")
}

package claim

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// toAmount leads from 决算数大于 to the amount by which it is.
var toAmount = regexp.MustCompile(`^(?:年初|全年|调整)?预算数?$`)

// completed holds 决算数大于预算数 against the completion right before it, where the
// budget itself is not told: 完成年初预算的96.40%，决算数大于预算数. want is +1 for
// larger, −1 for smaller, 0 for equal; next is the number behind the phrase.
func (a *analysis) completed(block, at int, phrase string, want, next int) {
	if next == 0 {
		return
	}
	r := a.data[next-1]
	if r.block != block || r.role != rate || r.unit != money.Percent || !hasPrefixOf(r.rate, "完成") || r.vague() || at-r.till > 8 || r.finding != nil {
		return
	}
	hundred := money.Int(100, money.Percent)
	sign := 0
	switch {
	case r.value.Lo().GreaterThan(hundred.Hi()):
		sign = 1
	case r.value.Hi().LessThan(hundred.Lo()):
		sign = -1
	}
	till := at + utf8.RuneCountInString(phrase)
	if sign != 0 && sign != want {
		a.add(&finding{code: WrongDirection, from: at, till: till, args: []any{phrase}, sum: lang.Same(a.words(r)), related: tokensOf(r)})
		return
	}
	if want == 0 || next >= len(a.data) || r.verdict != Unbound {
		return
	}
	d := a.data[next]
	if d.sentence != r.sentence || d.kind != money.KindMoney || !toAmount.MatchString(a.text(till, d.from)) {
		return
	}
	for _, p := range a.before(r.index) {
		if p.sentence != r.sentence || p.role == base || p.role == level && (p.whole() || !comparable(p, d)) {
			return
		}
		if p.role == level && !p.vague() {
			a.exceeding(r, p, d, want)
			return
		}
	}
}

// exceeding judges a completion by the outturn and by how much that is above or
// below its budget.
func (a *analysis) exceeding(r, part, by *token, want int) {
	whole, err := money.Sub(part.value, by.value)
	op := " − "
	if want < 0 {
		whole, err = money.Add(part.value, by.value)
		op = " + "
	}
	if err != nil || whole.Lo().Sign() <= 0 {
		return
	}
	q, err := money.Div(part.value, whole)
	if err != nil || !q.Known() {
		return
	}
	text := num(part) + " ÷ (" + num(part) + op + num(by) + ") = " + show(percent(q, r.places))
	if v := judge(r.value, q); holds(v) {
		a.settle(r, v, text)
		return
	}
	shown := show(percent(q, r.places))
	a.add(&finding{code: Impossible, token: r, args: []any{a.quote(r), shown}, sum: lang.Same(text), related: tokensOf(part, by), expected: shown})
	r.verdict = Contradicts
}

// ofArrived is the reading of 资金到位500万元，到位率100%；资金支出450万元，支出率90%: where the
// sentence holds no budget, what arrived is the whole of what was spent.
func (a *analysis) ofArrived(t *token, prev []*token) []ratio {
	if len(prev) == 0 || !containsOf(t.rate, "支出率", "支付率", "使用率", "执行率") || !containsOf(prev[0].clause, "支出", "支付", "使用", "执行") {
		return nil
	}
	part := prev[0]
	var whole *token
	for _, p := range prev {
		if p.sentence != t.sentence {
			break
		}
		if p.role != level || p.kind != money.KindMoney || p.depth != t.depth || p.vague() {
			continue
		}
		switch {
		case p.whole(), whole != nil && p != part:
			return nil
		case p != part && strings.Contains(p.clause, "到位"):
			whole = p
		}
	}
	if whole == nil || part.role != level || part.sentence != t.sentence || part.depth != t.depth || part.vague() || !comparable(part, whole) {
		return nil
	}
	return []ratio{{claim: t, part: part, whole: whole, strong: true}}
}

// nearest keeps as strong only the readings that take the part nearest to the
// claim.
func nearest(list []ratio) []ratio {
	var part *token
	for k := range list {
		if !list[k].strong {
			continue
		}
		if part == nil {
			part = list[k].part
		}
		list[k].strong = list[k].part == part
	}
	return list
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

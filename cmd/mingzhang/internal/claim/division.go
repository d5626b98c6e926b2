package claim

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// pair is a part with its share, or points with those that may be got.
type pair struct{ part, share *token }

// divisions judges shares whose total does not stand in their sentence:
// 因公出国（境）费0万元，占0%；公务用车费27.90万元，占88.68%；公务接待费3.56万元，占11.32%.
// Their whole is the sum of the parts, or a number of the paragraph before.
func (a *analysis) divisions() {
	for i := 0; i < len(a.data); {
		end := i
		for end < len(a.data) && a.data[end].sentence == a.data[i].sentence {
			end++
		}
		if pairs := a.pairs(a.data[i:end]); len(pairs) > 1 {
			if slices.ContainsFunc(pairs, func(p pair) bool { return p.share.verdict == Unbound }) {
				a.division(pairs)
			}
			a.overfull(pairs)
		}
		if pairs := listedPairs(a.data[i:end]); len(pairs) > 1 && listedShares.MatchString(pairs[0].share.clause) {
			a.division(pairs)
		}
		i = end
	}
}

// pairs lists the parts of a sentence with their shares, of which only the first
// may name its whole; nil where the numbers are of several kinds.
func (a *analysis) pairs(sentence []*token) []pair {
	var out []pair
	for k, s := range sentence {
		if k == 0 || s.role != share {
			continue
		}
		p := sentence[k-1]
		if len(out) > 0 && strings.Contains(a.text(sentence[k-2].till, p.from), "其中") {
			return out // the parts of the last part
		}
		if s.in != "" && len(out) > 0 && s.in != out[0].share.in || s.vague() || p.role != level || p.vague() || p.depth != s.depth {
			return nil
		}
		if len(out) > 0 && (!comparable(out[0].part, p) || out[0].part.depth != p.depth) {
			return nil
		}
		out = append(out, pair{p, s})
	}
	return out
}

// listedPairs lists parts with shares that are told after them: 纵向3,100万元、
// 横向2,100万元，分别占59.62%和40.38%. nil unless there are as many of both.
func listedPairs(sentence []*token) []pair {
	share := func(t *token) bool {
		return t.role == listed && t.unit == money.Percent && !t.vague()
	}
	from := slices.IndexFunc(sentence, share)
	if from < 0 {
		return nil
	}
	n := 0
	for from+n < len(sentence) && share(sentence[from+n]) {
		n++
	}
	end := from
	if end > 0 && sentence[end-1].of {
		end-- // 分别占采购总额60万元的16.67%、33.33%和50.00%
	}
	if n > end {
		return nil
	}
	var out []pair
	for k := range n {
		p := sentence[end-n+k]
		if p.role != level && p.role != listed || p.kind == money.KindShare || p.vague() || !comparable(p, sentence[end-1]) || p.depth != sentence[from].depth {
			return nil
		}
		out = append(out, pair{p, sentence[from+k]})
	}
	return out
}

// overfull tells of parts by definition whose shares exceed a hundred, whatever
// their whole is: 公务用车费占80.00%；公务接待费占30.00%. All parts together must not
// fall short of it either.
func (a *analysis) overfull(pairs []pair) {
	l := &list{}
	var shares []*token
	for _, p := range pairs {
		l.parts, shares = append(l.parts, p.part), append(shares, p.share)
	}
	if off := a.hundred(shares); off.Sign() > 0 && l.divided() || off.Sign() < 0 && l.complete() {
		a.fullShares(shares)
	}
}

// implied is the whole that the largest part and its share give together: of
// several parts the one that disagrees with it is seen without the total.
func implied(pairs []pair) (money.Value, bool) {
	large := pairs[0]
	for _, p := range pairs {
		if p.share.value.Base().GreaterThan(large.share.value.Base()) {
			large = p
		}
	}
	w, err := money.Div(large.part.value, large.share.value)
	return w.As(large.part.value.Unit, large.part.value.Places), err == nil && w.Known()
}

// division finds the whole under which most shares hold, and judges the others
// by it. One that fails is only a fault where the rest leave no doubt: three
// shares of the parts' own sum, or a whole that the text states.
func (a *analysis) division(pairs []pair) {
	parts := make([]*token, len(pairs))
	values := make([]money.Value, len(pairs))
	for k, p := range pairs {
		parts[k], values[k] = p.part, p.part.value
	}
	sum, err := money.Sum(values)
	if err != nil || sum.Zero() {
		return
	}
	whole, stated, held := sum, (*token)(nil), a.held(pairs, sum)
	for _, w := range a.before(parts[0].index) {
		if w.role != level || !comparable(w, parts[0]) || w.vague() || w.prior != parts[0].prior {
			continue
		}
		if n := a.held(pairs, w.value); n > held || n == held && stated == nil && money.Overlaps(w.value, sum) {
			whole, stated, held = w.value, w, n
		}
	}
	if w, ok := implied(pairs); ok && !a.off(pairs) {
		if n := a.held(pairs, w); n > held && n > 2 {
			whole, stated, held = w, nil, n
		}
	}
	if held == 0 && a.swapped(pairs, sum) {
		return
	}
	filled := 0
	for _, p := range pairs {
		if !p.part.value.Zero() {
			filled++
		}
	}
	sure := held >= 2 || stated != nil && (money.Overlaps(whole, sum) || !a.off(pairs))
	for _, p := range pairs {
		q, err := money.Div(p.part.value, whole)
		if err != nil || !q.Known() {
			return
		}
		if p.share.verdict != Unbound {
			continue // told already
		}
		text := num(p.part) + " ÷ " + whole.Display(lang.ZH) + " = " + show(percent(q, p.share.places))
		v := judge(p.share.value, q)
		switch {
		case holds(v) && held == filled || holds(v) && held > 0 && sure:
			a.settle(p.share, v, text)
		case !holds(v) && held > 0 && held == filled-1 && sure:
			a.misdivided(p, stated, whole, q, text)
		}
	}
}

// swapped tells of two shares that stand at each other's part: they come to a hundred, so
// that the parts are all, and each is the share of the other.
func (a *analysis) swapped(pairs []pair, sum money.Value) bool {
	var two []pair
	for _, p := range pairs {
		if !p.part.value.Zero() {
			two = append(two, p)
		}
	}
	if len(two) != 2 || a.off(pairs) {
		return false
	}
	x, err1 := money.Div(two[0].part.value, sum)
	y, err2 := money.Div(two[1].part.value, sum)
	if err1 != nil || err2 != nil || !holds(judge(two[0].share.value, y)) || !holds(judge(two[1].share.value, x)) || holds(judge(two[0].share.value, x)) {
		return false
	}
	for k, q := range []money.Value{x, y} {
		p := two[k]
		if p.share.verdict == Unbound && p.share.finding == nil {
			a.contradict(p.share, percent(q, p.share.places), num(p.part)+" ÷ "+sum.Display(lang.ZH)+" = "+show(percent(q, p.share.places)), p.part, two[1-k].share)
		}
	}
	return true
}

// held counts the shares that say something and are those of a whole.
func (a *analysis) held(pairs []pair, whole money.Value) int {
	n := 0
	for _, p := range pairs {
		if p.part.value.Zero() {
			continue
		}
		if q, err := money.Div(p.part.value, whole); err == nil {
			if v := judge(p.share.value, q); v == Equal || v == ByRounding {
				n++
			}
		}
	}
	return n
}

// off reports whether shares do not come to a hundred.
func (a *analysis) off(pairs []pair) bool {
	var shares []*token
	for _, p := range pairs {
		shares = append(shares, p.share)
	}
	return a.hundred(shares).Abs().GreaterThan(decimal.New(5, -2))
}

func (a *analysis) misdivided(p pair, stated *token, whole, q money.Value, text string) {
	related := tokensOf(p.part, stated)
	if k, power, ok := slip([]money.Value{p.share.value, p.part.value}, func(v []money.Value) (money.Value, money.Value) {
		r, _ := money.Div(v[1], whole)
		return v[0], r
	}); ok {
		a.slipped([]*token{p.share, p.part}[k], power, text, related)
		return
	}
	want := show(percent(q, p.share.places))
	a.add(&finding{code: Impossible, token: p.share, args: []any{a.quote(p.share), want}, sum: lang.Same(text), related: related, expected: want})
	p.share.verdict = Contradicts
}

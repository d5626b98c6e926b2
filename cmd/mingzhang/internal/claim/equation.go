package claim

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// writtenOut finds arithmetic that a text writes out: （1,200.00-1,000.00）/1,000.00×100%=20%,
// 45÷50=90%.
var writtenOut = regexp.MustCompile(`((?:[（\[]?\d[\d,]*(?:\.\d+)?(?:万元|元|人|个|项|分|辆)?[）\]]?[-－−–+÷/]){1,5}[（\[]?\d[\d,]*(?:\.\d+)?(?:万元|元|人|个|项|分|辆)?[）\]]*)(?:[×*xX]100%)?[=≈](\d[\d,]*(?:\.\d+)?)%`)

// equations computes what a text writes out again.
func (a *analysis) equations() {
	for k, b := range a.blocks {
		s := a.text(b.start, b.end)
		if !strings.ContainsAny(s, "=≈") || !strings.ContainsAny(s, "÷/") {
			continue
		}
		for _, m := range writtenOut.FindAllStringSubmatchIndex(s, -1) {
			left := s[m[2]:m[3]]
			if !strings.ContainsAny(left, "÷/") {
				continue
			}
			at := b.start + utf8.RuneCountInString(s[:m[4]])
			for _, t := range a.of(k) {
				if t.from == at && t.unit == money.Percent {
					a.equation(t, left)
					break
				}
			}
		}
	}
}

func (a *analysis) equation(t *token, left string) {
	if strings.Contains(left, "万元") && strings.Contains(strings.ReplaceAll(left, "万元", ""), "元") {
		return // of two units
	}
	p := &parser{rest: units.Replace(left)}
	want, ok := p.sum()
	if !ok || p.rest != "" || !want.Known() {
		return
	}
	want = want.As(money.Percent, max(t.places, 2))
	sum := left + " = " + show(percent(want, t.places))
	if v := judge(t.value, want); holds(v) {
		a.settle(t, v, sum)
		return
	}
	expected := show(percent(want, t.places))
	a.add(&finding{code: Impossible, token: t, args: []any{a.quote(t), expected}, sum: lang.Same(sum), expected: expected})
	t.verdict = Contradicts
}

var units = strings.NewReplacer("万元", "", "元", "", "人", "", "个", "", "项", "", "分", "", "辆", "", ",", "", "[", "（", "]", "）", "－", "-", "−", "-", "–", "-", "/", "÷")

// parser computes sums and quotients of numbers that were rounded at their last digit.
type parser struct{ rest string }

func (p *parser) sum() (money.Value, bool) {
	v, ok := p.quotient()
	for ok && (strings.HasPrefix(p.rest, "+") || strings.HasPrefix(p.rest, "-")) {
		op := p.rest[0]
		p.rest = p.rest[1:]
		var w money.Value
		if w, ok = p.quotient(); !ok {
			break
		}
		var err error
		if op == '+' {
			v, err = money.Add(v, w)
		} else {
			v, err = money.Sub(v, w)
		}
		ok = err == nil
	}
	return v, ok
}

func (p *parser) quotient() (money.Value, bool) {
	v, ok := p.number()
	for ok && strings.HasPrefix(p.rest, "÷") {
		p.rest = p.rest[len("÷"):]
		var w money.Value
		if w, ok = p.number(); !ok || w.Zero() {
			return v, false
		}
		var err error
		v, err = money.Div(v, w)
		ok = err == nil
	}
	return v, ok
}

func (p *parser) number() (money.Value, bool) {
	if rest, open := strings.CutPrefix(p.rest, "（"); open {
		p.rest = rest
		v, ok := p.sum()
		if !ok {
			return v, false
		}
		p.rest, ok = strings.CutPrefix(p.rest, "）")
		return v, ok
	}
	end := 0
	for end < len(p.rest) && (isDigit(rune(p.rest[end])) || p.rest[end] == '.') {
		end++
	}
	n, err := decimal.NewFromString(p.rest[:end])
	if err != nil {
		return money.Value{}, false
	}
	p.rest = p.rest[end:]
	v := money.Of(n, money.NoUnit)
	if places := -n.Exponent(); places > 0 {
		v = v.Rounded(places)
	}
	return v, true
}

package claim

import (
	"regexp"
	"strings"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// difference judges a change in amount when both ends are told.
func (a *analysis) difference(c *change) {
	if c.by == nil || c.base == nil || c.by.bound || c.by.about {
		return
	}
	d, err := money.Sub(c.now.value, c.base.value)
	if err != nil {
		return
	}
	sum := num(c.now) + " − " + num(c.base) + " = " + show(like(d, c.by.value))
	v := judge(signed(c.by), d)
	if holds(v) {
		a.settle(c.by, v, sum)
		return
	}
	if !c.strong || v != Contradicts {
		return
	}
	related := tokensOf(c.now, c.base)
	if holds(judge(signed(c.by), money.Neg(d))) {
		a.add(&finding{code: WrongDirection, token: c.by, args: []any{a.quote(c.by)}, sum: lang.Same(sum), related: related, expected: show(like(d, c.by.value))})
		c.by.verdict = Contradicts
		return
	}
	values := []money.Value{signed(c.by), c.now.value, c.base.value}
	who := []*token{c.by, c.now, c.base}
	if k, power, ok := slip(values, func(v []money.Value) (money.Value, money.Value) {
		d, _ := money.Sub(v[1], v[2])
		return v[0], d
	}); ok {
		a.slipped(who[k], power, sum, related)
		return
	}
	a.add(&finding{code: Impossible, token: c.by, args: []any{a.quote(c.by), show(like(d, c.by.value))}, sum: lang.Same(sum), related: related, expected: show(like(d, c.by.value))})
	c.by.verdict = Contradicts
}

// differed judges a change in amount that no rate follows.
func (a *analysis) differed(i int) {
	t := a.data[i]
	if t.vague() || t.kind == money.KindNone {
		return
	}
	a.reasons(t)
	list := a.changes(i)
	for k := range list {
		c := &list[k]
		if c.base != nil {
			d, err := money.Sub(c.now.value, c.base.value)
			if err == nil && holds(judge(signed(t), d)) {
				a.difference(c)
				return
			}
		}
	}
	for k := range list {
		c := &list[k]
		if c.base != nil && c.strong {
			a.difference(c)
			return
		}
	}
	for k := range list {
		c := &list[k]
		if c.base == nil && c.strong && t.dir > 0 && c.now.sentence == t.sentence {
			if b, err := c.start(); err == nil && b.Known() && b.Hi().Sign() < 0 && t.against.found {
				a.impossible(t, c.now)
			}
			return
		}
	}
}

// stated holds the number with which a sentence says it compares against the
// one that its change comes from. Rate and amount bear each other out, so that
// it is the number that is wrong: 预算数95万元，决算数71.35万元，比预算数减少20.65万元，下降22.45%.
func (a *analysis) stated(c *change) {
	cmp := c.by.against
	if !cmp.found {
		cmp = c.rate.against
	}
	for _, b := range a.before(min(c.by.index, c.rate.index)) {
		if b.sentence != c.by.sentence {
			return
		}
		if b == c.now || b.role != level || b.vague() || !comparable(b, c.now) || !a.against(b, c.now, cmp) {
			continue
		}
		if b.explicit && c.now.explicit && b.subject != c.now.subject {
			return
		}
		start, err := c.start()
		if err != nil || !start.Known() {
			return
		}
		op := " − "
		if c.by.dir < 0 {
			op = " + "
		}
		sum := num(c.now) + op + num(c.by) + " = " + show(like(start, b.value))
		if v := judge(b.value, start); holds(v) {
			a.settle(b, v, sum)
			return
		}
		related := tokensOf(c.now, c.by, c.rate)
		if k, ok := power(b.value, start); ok {
			a.slipped(b, k, sum, related)
			return
		}
		want := show(like(start, b.value))
		a.add(&finding{code: Impossible, token: b, args: []any{a.quote(b), want}, sum: lang.Same(sum), related: related, expected: want})
		b.verdict = Contradicts
		return
	}
}

// contradict tells of a number that two others do not give.
func (a *analysis) contradict(t *token, want money.Value, sum string, related ...*token) {
	a.add(&finding{code: Impossible, token: t, args: []any{a.quote(t), show(want)}, sum: lang.Same(sum), related: related, expected: show(want)})
	t.verdict = Contradicts
}

// impossible tells of something that grew by more than it is.
func (a *analysis) impossible(by, now *token) {
	a.add(&finding{
		code: Impossible, token: by, args: []any{a.quote(by), lang.Text{ZH: "不超过 " + show(now.value), EN: "at most " + show(now.value)}},
		sum: lang.Sprintf(lang.Text{ZH: "现在只有 %s，不可能增加了 %s", EN: "it is %s now and cannot have grown by %s"}, show(now.value), show(by.value)), related: []*token{now},
	})
	by.verdict = Contradicts
}

// opposed tells of an amount and a rate that point in opposite directions.
func (a *analysis) opposed(i int) {
	d := a.data[i]
	if i+1 >= len(a.data) {
		return
	}
	g := a.data[i+1]
	if g.role != growth || g.sentence != d.sentence || g.dir == 0 || g.dir == d.dir || g.against.found || g.n.IsZero() || d.n.IsZero() || len([]rune(g.clause)) > 8 {
		return
	}
	a.add(&finding{code: WrongDirection, token: g, args: []any{a.quote(g)}, sum: lang.Text{ZH: "前面说" + a.quote(d) + "，这里说" + a.quote(g), EN: "first " + a.quote(d) + ", then " + a.quote(g)}, related: []*token{d}})
	g.verdict = Contradicts
}

// between holds a number against the difference of two others; done tells that
// nothing more is to be said of it.
func (a *analysis) between(t, high, low *token) (diff money.Value, sum string, done bool) {
	diff, err := money.Sub(high.value, low.value)
	if err != nil {
		return diff, "", true
	}
	diff = like(diff, t.value)
	sum = num(high) + " − " + num(low) + " = " + show(diff)
	v := judge(t.value, diff)
	if holds(v) {
		a.settle(t, v, sum)
	}
	return diff, sum, holds(v)
}

var reasonFor = regexp.MustCompile(`^[，。；）]{0,2}(?:比上年|较上年|与上年相比)?(增加|增长|上升|减少|下降|降低)的?(?:主要)?原因`)

// reasons tells of a reason for a decrease behind an increase.
func (a *analysis) reasons(t *token) {
	if t.dir == 0 || t.n.IsZero() {
		return
	}
	m := reasonFor.FindStringSubmatch(a.text(t.till, min(len(a.r), t.till+20)))
	if m == nil {
		return
	}
	up := m[1] == "增加" || m[1] == "增长" || m[1] == "上升"
	if up == (t.dir > 0) {
		return
	}
	a.add(&finding{code: WrongDirection, token: t, args: []any{a.quote(t)}, sum: lang.Text{ZH: "后面却说" + strings.Trim(m[0], "，。；"), EN: "and then gives a reason for the opposite: " + strings.Trim(m[0], "，。；")}})
}

package claim

import (
	"cmp"
	"strings"

	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// before lists the numbers before index i that a sentence may speak of, nearest
// first: those of its paragraph, and of the one before when the sentence opens
// its paragraph.
func (a *analysis) before(i int) []*token {
	const reach = 30
	t := a.data[i]
	var out []*token
	for j := i - 1; j >= 0 && len(out) < reach; j-- {
		p := a.data[j]
		if p.block != t.block {
			if len(out) > 0 || p.block < t.block-2 || a.blocks[p.block].layout == row {
				break
			}
			for ; j >= 0 && a.data[j].block == p.block && len(out) < 8; j-- {
				out = append(out, a.data[j])
			}
			break
		}
		out = append(out, p)
	}
	return out
}

// change is a statement that something grew or fell. Where by how much is said,
// one of now and base is enough.
type change struct {
	now, base, by, rate *token
	strong              bool
}

// growths holds every rate of change, and every change in amount, against the
// numbers from which it is made.
func (a *analysis) growths() {
	for i, t := range a.data {
		switch t.role {
		case growth:
			a.growth(i)
		case difference:
			a.opposed(i)
			if n := i + 1; n >= len(a.data) || a.data[n].role != growth || a.data[n].sentence != t.sentence {
				a.differed(i)
			}
		}
	}
}

// changes lists how the sentence of a rate or a difference may be read.
func (a *analysis) changes(i int) []change {
	g := a.data[i]
	var by *token
	start := i
	if g.role == difference {
		by, g = g, nil
	} else if i > 0 && a.data[i-1].role == difference && a.data[i-1].sentence == g.sentence {
		by, start = a.data[i-1], i-1
	} else if i+1 < len(a.data) && a.data[i+1].role == difference && a.data[i+1].sentence == g.sentence && !a.data[i+1].against.found && len([]rune(a.data[i+1].clause)) < 8 && a.data[i+1].dir == g.dir {
		if n := i + 2; n >= len(a.data) || a.data[n].role != growth || a.data[n].sentence != g.sentence {
			by = a.data[i+1]
		}
	}
	first := a.data[start]
	cmp, lead := first.against, first.lead
	if !cmp.found && g != nil {
		cmp = g.against
	}
	prev := a.before(start)
	if n := len(prev); n > 0 && prev[n-1].sentence == first.sentence {
		prev = append(prev, a.before(prev[n-1].index)...) // the sentence opens its paragraph
	}
	var out []change
	for k, p := range prev {
		if p.sentence != first.sentence || k > 0 && prev[k-1].role == level && !a.rises(p) {
			break
		}
		if p.role != base {
			continue
		}
		if k > 0 && prev[0].role == level && a.rises(p) { // 由A增加到B
			return []change{{now: prev[0], base: p, by: by, rate: g, strong: true}}
		}
		for _, n := range prev[k+1:] {
			if n.role == level && comparable(n, p) && !n.of {
				out = append(out, change{now: n, base: p, by: by, rate: g, strong: n.sentence == first.sentence})
				if out[len(out)-1].strong {
					return out
				}
				break
			}
		}
		break
	}
	var name anchor
	name.name(lead)
	if c := a.setBeside(prev, first, cmp); c != nil && by == nil {
		c.rate = g
		return []change{*c}
	}
	for k, p := range prev {
		if p.role != level || by != nil && !comparable(p, by) || p.span || p.bound || p.of {
			if p.role == level && k == 0 && name.subject == "" && !strings.Contains(p.clause, "突破") {
				break
			}
			continue
		}
		if by != nil && g != nil && p.sentence != first.sentence && p.subject == name.subject && a.yearOf(p) == a.yearOf(first)-1 {
			out = append(out, change{base: p, by: by, rate: g}) // what was told of the year before
			continue
		}
		named := name.subject != "" && sameName(p.subject, name.subject) && (name.stage == "" || p.stage == "" || name.stage == p.stage || name.stage == "budget" || p.stage == "budget") && (name.year == 0 || p.year == 0 || name.year == p.year)
		if both := strings.ReplaceAll(name.named, ",", ""); (strings.HasPrefix(both, "收支") || strings.HasPrefix(both, "收入支出") || strings.HasPrefix(both, "财政拨款收入支出")) && containsOf(p.clause, "收入总计", "支出总计", "收支总计") {
			named = true // 收、支总计各增加: the two totals are one number
		}
		silent := name.subject == "" && p.sentence == first.sentence && p.depth <= first.depth && (name.stage == "" || sameStage(name.stage, p.stage))
		// 与上年相比，… opens a sentence and speaks of the one before.
		follows := p.sentence == first.sentence-1 && k == 0 && cmp.found && similar(name.named, p.clause) && (name.year == 0 || p.year == 0 || name.year == p.year)
		follows = follows || cmp.found && name.named == "" && p.block == first.block && p.sentence == first.sentence-1 && a.alone(p)
		c := change{now: p, by: by, rate: g, strong: (named || silent || follows) && !anyStrong(out)}
		if by != nil {
			out = append(out, c)
		}
		if by == nil || g == nil {
			for _, b := range prev {
				if b == p || b.role != level || !comparable(b, p) || b.span {
					continue
				}
				if matched := a.against(b, p, cmp); matched {
					if name.subject != "" && !named {
						continue
					}
					c := change{now: p, base: b, by: by, rate: g, strong: c.strong && b.sentence == first.sentence || named && b.subject == p.subject}
					out = append(out, c)
				}
			}
		}
		if len(out) > 8 {
			break
		}
	}
	if by != nil && g != nil && !anyStrong(out) && (cmp.found || a.amongChanges(first)) {
		if w := a.toldBefore(name, by); w != nil {
			out = append(out, change{now: w, by: by, rate: g, strong: true})
		}
	}
	if !anyStrong(out) && (cmp.prior || cmp.year != 0) {
		if c := a.yearsApart(name, cmp, first); c != nil {
			c.by, c.rate = by, g
			out = append(out, *c)
		}
	}
	return ofItsName(out, name.subject)
}

// yearOf is the year of which a number speaks: its own, or that with which its
// sentence began, or the last one before it that began with a year; 0 where none
// is said.
func (a *analysis) yearOf(t *token) int {
	if t.year != 0 {
		return t.year
	}
	year := 0
	said := a.text(a.blocks[t.block].start, t.from)
	for i, j := yearIn(said, 0); i >= 0; i, j = yearIn(said, j) {
		if before := strings.TrimRight(said[:i], " \n"); before == "" || hasSuffixOf(before, "。", "！", "？", "；") || body(before) {
			year = atoi(said[i : i+4])
		}
	}
	return year
}

func anyStrong(list []change) bool {
	for _, c := range list {
		if c.strong {
			return true
		}
	}
	return false
}

// similar reports whether two names are made of the same words.
func similar(x, y string) bool {
	pairs := func(s string) map[string]bool {
		out := map[string]bool{}
		r := []rune(label.Fold(s))
		for i := 0; i+1 < len(r); i++ {
			out[string(r[i:i+2])] = true
		}
		return out
	}
	px, py := pairs(x), pairs(y)
	n := 0
	for p := range px {
		if py[p] {
			n++
		}
	}
	return n > 0 && 3*n >= 2*min(len(px), len(py))
}

func sameStage(a, b string) bool {
	return a == b || a == "budget" || b == "budget" || a == "" || b == ""
}

// against reports whether b is that with which p is compared.
func (a *analysis) against(b, p *token, cmp comparison) bool {
	if !cmp.found || b.sentence != p.sentence && b.block != p.block {
		return false
	}
	switch {
	case cmp.year != 0 && b.year == 0 && cmp.stage != "":
		if year := a.yearOf(b); year != 0 && year != cmp.year || p.stage == "" && !sameName(b.subject, p.subject) {
			return false // 2026年收入预算…，其中：财政拨款收入…，比2025年预算增加
		}
		return b.stage == cmp.stage && p.stage != b.stage && p.year != cmp.year && b.sentence == p.sentence && b.index < p.index
	case cmp.year != 0:
		return b.year == cmp.year && (cmp.stage == "" || sameStage(cmp.stage, b.stage) || b.stage == "") && p.year != cmp.year && from(b, p)
	case cmp.prior:
		return b.prior && !p.prior && from(b, p)
	case cmp.stage == "budget": // 决算数比预算数增加, of 年初预算320万元
		return b.whole() && p.stage == "outturn" && (b.subject == p.subject || b.subject == "" || p.subject == "")
	case cmp.stage != "":
		return b.stage == cmp.stage && p.stage != cmp.stage && (b.subject == p.subject || b.subject == "" || p.subject == "")
	}
	return false
}

// from reports whether b stands near enough to p to be its base.
func from(b, p *token) bool { return b.sentence == p.sentence || b.subject == p.subject }

// comparable reports whether two numbers count the same kind of thing.
func comparable(x, y *token) bool {
	return x.kind == y.kind && (x.kind != money.KindCount || x.unit == y.unit && x.measure == y.measure)
}

// growth judges one rate of change.
func (a *analysis) growth(i int) {
	g := a.data[i]
	if g.vague() {
		return
	}
	a.reasons(g)
	list := own(append(a.changes(i), a.deviation(i)...), g)
	var fault *change
	for k := range list {
		c := &list[k]
		v, sum := c.judge()
		if holds(v) {
			a.settle(g, v, sum)
			told := cmp.Or(c.now, c.base)
			told.borne = told.borne || v != WithoutPower
			if c.by != nil && c.base == nil {
				a.settle(c.by, v, sum)
			}
			switch {
			case c.now != nil && c.base != nil && c.by != nil:
				a.difference(c)
			case c.now != nil && c.by != nil && c.strong:
				a.stated(c)
			}
			return
		}
		if v == Contradicts && c.strong && fault == nil {
			fault = c
		}
	}
	if fault == nil {
		return
	}
	if fault.base != nil && fault.by != nil {
		a.difference(fault)
	}
	a.blame(fault)
}

// signed is a rate or difference with the sign of its word.
func signed(t *token) money.Value {
	if t.dir < 0 {
		v := t.value
		if v.Base().Sign() < 0 {
			v = money.Neg(v)
		}
		return money.Neg(v)
	}
	return t.value
}

// start returns the number from which a change began.
func (c *change) start() (money.Value, error) {
	if c.base != nil {
		return c.base.value, nil
	}
	return money.Sub(c.now.value, signed(c.by))
}

// judge computes the rate anew.
func (c *change) judge() (Verdict, string) {
	b, err := c.start()
	if err != nil || !b.Known() {
		return Unbound, ""
	}
	if c.base != nil && b.Hi().Sign() < 0 {
		return Unbound, "" // from less than nothing there is no rate that says anything
	}
	if c.zero(b) || b.Hi().Sign() < 0 {
		if c.rate.n.IsZero() {
			return Unbound, ""
		}
		return Contradicts, ""
	}
	r, err := c.computed(b)
	if err != nil || !r.Known() {
		return Unbound, ""
	}
	v := judge(signed(c.rate), r)
	if !holds(v) && c.rate.dir == 0 {
		v = judge(c.rate.value, money.Neg(r))
	}
	return v, c.sum(b, r)
}

func (c *change) zero(b money.Value) bool { return b.Base().IsZero() }

func (c *change) computed(b money.Value) (money.Value, error) {
	if c.base != nil && c.now != nil {
		return money.Change(c.now.value, b)
	}
	return money.Div(signed(c.by), b)
}

// sum prints the arithmetic.
func (c *change) sum(b, r money.Value) string {
	r = percent(r, c.rate.value.Places)
	switch {
	case c.now == nil:
		return show(signed(c.by)) + " ÷ " + num(c.base) + " = " + show(r)
	case c.base != nil:
		return "(" + num(c.now) + " − " + num(c.base) + ") ÷ " + num(c.base) + " = " + show(r)
	}
	op := " − "
	if c.by.dir < 0 {
		op = " + "
	}
	sign := ""
	if c.by.dir < 0 {
		sign = "−"
	}
	return sign + num(c.by) + " ÷ (" + num(c.now) + op + num(c.by) + ") = " + show(r)
}

// num prints a number of the text without its unit.
func num(t *token) string {
	v := t.value
	return v.Display(lang.ZH)
}

// blame tells what is wrong with a change that cannot be.
func (a *analysis) blame(c *change) {
	g := c.rate
	b, err := c.start()
	if err != nil {
		return
	}
	related := tokensOf(c.now, c.base, c.by)
	switch {
	case c.zero(b):
		a.add(&finding{code: ZeroBase, token: g, args: []any{a.quote(g)}, sum: lang.Sprintf(lang.Text{ZH: "基数 %s，没有增减率", EN: "the base is %s: there is no rate of change"}, show(b)), related: related, expected: "—"})
		g.verdict = Contradicts
		return
	case b.Hi().Sign() < 0:
		a.impossible(c.by, c.now)
		return
	}
	r, err := c.computed(b)
	if err != nil {
		return
	}
	sum := c.sum(b, r)
	if holds(judge(signed(g), money.Neg(r))) && !r.Zero() {
		a.add(&finding{code: WrongDirection, token: g, args: []any{a.quote(g)}, sum: lang.Same(sum), related: related, expected: show(percent(r, g.value.Places))})
		g.verdict = Contradicts
		return
	}
	values := []money.Value{signed(g), c.now.value, b}
	who := []*token{g, c.now, c.base}
	again := func(v []money.Value) (money.Value, money.Value) {
		r, _ := money.Change(v[1], v[2])
		return v[0], r
	}
	if c.base == nil {
		values[2], who[2] = c.by.value, c.by
		again = func(v []money.Value) (money.Value, money.Value) {
			d := v[2]
			if c.by.dir < 0 {
				d = money.Neg(d)
			}
			b, _ := money.Sub(v[1], d)
			r, _ := money.Div(d, b)
			return v[0], r
		}
	}
	if k, power, ok := slip(values, again); ok && who[k] != nil {
		a.slipped(who[k], power, sum, related)
		if who[k] != g {
			a.settle(g, ByRounding, sum)
		}
		return
	}
	f := &finding{code: Impossible, token: g, args: []any{a.quote(g), show(percent(r, g.value.Places))}, sum: lang.Same(sum), related: related, expected: show(percent(r, g.value.Places))}
	if c.base == nil {
		if wrong, err := money.Div(signed(c.by), c.now.value); err == nil && holds(judge(signed(g), wrong)) {
			f.fix = lang.Text{ZH: "像是用本年数作了基数；增减率要除以上年（比较对象）的数", EN: "it seems to be divided by this year's number; divide by the number compared with"}
		}
	}
	a.add(f)
	g.verdict = Contradicts
}

func tokensOf(list ...*token) []*token {
	var out []*token
	for _, t := range list {
		if t != nil {
			out = append(out, t)
		}
	}
	return out
}

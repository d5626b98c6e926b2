package claim

import (
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// opens reports whether the words between two numbers open a list of parts.
func (a *analysis) opens(from, to int) bool { return opensWith(a.text(from, to)) }

// opensWith reports whether a text opens a list.
func opensWith(s string) bool {
	if s == "" {
		return false
	}
	if strings.HasPrefix(s, "：") {
		return true
	}
	for _, w := range glossary().Words.Openers {
		i := strings.Index(s, w)
		if i < 0 {
			continue
		}
		if w == "含" && (i == 0 || !strings.HasSuffix(s[:i], "（") || strings.Contains(s[i:], "）")) || w == "包括" && strings.Contains(s[:i], "不") || strings.HasPrefix(s[i:], "含税") {
			continue
		}
		return true
	}
	return false
}

// sums holds every total against the parts that follow it.
func (a *analysis) sums() {
	for i, t := range a.data {
		if i+1 >= len(a.data) {
			return
		}
		n := a.data[i+1]
		if n.block != t.block && !(n.block == t.block+1 && a.blocks[n.block].layout != heading) {
			continue
		}
		if !a.opens(t.till, n.from) {
			a.unopened(i)
			if n.sentence != t.sentence {
				a.inside(n)
			}
			continue
		}
		between := a.text(t.till, n.from)
		if a.apart(n, between) || strings.HasPrefix(between, "；支出") || strings.HasPrefix(between, "。支出") {
			continue // the other side of a budget: …上年结转210万元；支出包括：…
		}
		if strings.Count(between, "。") > 1 || strings.ContainsAny(between, "\n") && !strings.Contains(between, "其中") || len([]rune(between)) > 90 {
			continue
		}
		a.sum(i)
	}
}

// sum judges the list that begins after number i.
func (a *analysis) sum(i int) {
	first := a.data[i+1]
	if first.role == listed {
		return
	}
	kinds := map[money.Kind]bool{}
	for j := i + 1; j < len(a.data) && a.data[j].sentence == first.sentence && j < i+40; j++ {
		k := a.data[j].kind
		if kinds[k] || a.data[j].role != first.role && a.data[j].role != level {
			continue
		}
		if k != money.KindMoney && k != money.KindCount && k != money.KindNone {
			continue
		}
		kinds[k] = true
		if l := a.list(i, k); l != nil {
			a.judgeList(l)
		}
	}
}

func (a *analysis) judgeList(l *list) {
	t := l.total
	var vals []money.Value
	for _, p := range l.parts {
		if p.kind == money.KindCount && !sameThings(p, t) {
			return
		}
		vals = append(vals, signed(p))
	}
	total, err := money.Sum(vals)
	if err != nil || !total.Known() {
		return
	}
	sum := sumText(l.parts) + " = " + show(like(total, t.value))
	v := judge(signed(t), total)
	if len(l.parts) == 1 {
		// 3、公务接待费支出0.39万元。其中：国内公务接待支出…: the paragraph is about its total.
		own := l.parts[0].sentence == t.sentence && !l.lead || strings.HasPrefix(l.words, "。其中：") && a.opensParagraph(t) && a.data[t.index+1] == l.parts[0]
		if total.Lo().GreaterThan(t.value.Hi()) && !l.nested && t.role == level && own && strings.Contains(l.words, "其中") && comparable(l.parts[0], t) && sameStage(l.parts[0].stage, t.stage) && l.parts[0].year == t.year {
			a.overflow(l, total, sum)
		} else if v == Equal {
			a.settle(l.parts[0], v, sum)
		}
		return
	}
	if holds(v) {
		a.settle(t, v, sum)
		for _, p := range l.parts {
			a.settle(p, v, sum)
		}
		a.shareSum(l)
		a.changesOf(l)
		return
	}
	if l.nested && !l.known() || t.role == difference && !l.allTold() {
		return
	}
	// A number near the list may be the real total. Grades are those of what was rated,
	// whatever other projects are counted before.
	if l.lead || t.index+1 < l.parts[0].index {
		first := max(-1, l.parts[0].index-8)
		if l.graded() {
			first = max(first, t.index)
		}
		for j := l.parts[0].index - 1; j > first; j-- {
			x := a.data[j]
			if x.block == t.block && x.kind == t.kind && x != t && holds(judge(x.value, total)) {
				a.settle(x, Equal, sum)
				return
			}
		}
	}
	if overlapping(l.parts) {
		return
	}
	over := total.Lo().GreaterThan(t.value.Hi())
	if over && len(l.parts) > 2 && !l.whole {
		for k := range l.parts {
			rest := append(append([]money.Value(nil), vals[:k]...), vals[k+1:]...)
			if s, err := money.Sum(rest); err == nil && holds(judge(t.value, s)) && !vals[k].Zero() {
				if before := (&list{parts: without(l.parts, k)}); k == len(l.parts)-1 && judge(t.value, s) == Equal && (!l.known() || before.divided() && !l.divided()) {
					// The list was over before: 其中高级职称12人、中级职称58人，退休职工31人, or
					// 其中公务用车运行费19万元、公务用车购置费0万元，公务接待费15万元.
					return
				}
				a.add(&finding{
					code: Nested, token: t, args: []any{a.quote(t), a.subjectOf(l.parts[k]) + " " + a.quote(l.parts[k])},
					sum: lang.Same(sum + "；" + sumText(without(l.parts, k)) + " = " + show(like(s, t.value))), related: l.parts, expected: show(t.value),
				})
				return
			}
		}
	}
	known := l.known() || a.sharesFull(l)
	if t.kind == money.KindCount && !known && len(l.parts) < 3 {
		return // people and things may be counted twice: 党员30人、本科以上40人
	}
	who := append([]*token{t}, l.parts...)
	if t.kind == money.KindMoney && (known || over || len(l.parts) > 2) {
		if k, power, ok := slip(append([]money.Value{t.value}, vals...), func(v []money.Value) (money.Value, money.Value) {
			s, _ := money.Sum(v[1:])
			return v[0], s
		}); ok {
			a.slipped(who[k], power, sum, l.parts)
			return
		}
	}
	if over && !(l.lead && !known) && (t.kind != money.KindCount || known) {
		a.overflow(l, total, sum)
		return
	}
	if over || l.partial && !known {
		return
	}
	gap := money.Gap(t.value, total)
	small := gap.Mul(decimal.NewFromInt(10)).LessThan(t.value.Base().Abs()) && len(l.parts) > 1
	if !known && !(small && len(l.parts) > 2 && !l.partial) {
		return
	}
	a.overflow(l, total, sum)
}

// overlapping reports whether one part stands inside another by definition:
// 小微企业 are 中小企业.
func overlapping(parts []*token) bool {
	for _, p := range glossary().Overlaps {
		n := 0
		for _, w := range p.Parts {
			for _, t := range parts {
				if strings.Contains(t.clause, w) {
					n++
					break
				}
			}
		}
		if n > 1 {
			return true
		}
	}
	return false
}

func without(list []*token, k int) []*token {
	return append(append([]*token(nil), list[:k]...), list[k+1:]...)
}

func sumText(parts []*token) string {
	var b strings.Builder
	for i, p := range parts {
		switch {
		case i > 0 && p.dir < 0:
			b.WriteString(" − ")
		case i > 0:
			b.WriteString(" + ")
		case p.dir < 0:
			b.WriteString("−")
		}
		b.WriteString(num(p))
	}
	return b.String()
}

// overflow tells of parts that do not come to their total.
func (a *analysis) overflow(l *list, total money.Value, sum string) {
	t := l.total
	diff, err := money.Sub(signed(t), total)
	if err != nil {
		return
	}
	a.add(&finding{
		code: NotTheSum, token: t, args: []any{a.quote(t), show(like(total, t.value))},
		sum: lang.Text{ZH: sum + "，相差 " + show(like(diff, t.value)), EN: sum + ", difference " + show(like(diff, t.value))}, related: l.parts, expected: show(like(total, t.value)),
	})
	t.verdict = Contradicts
}

// partShares lists the shares printed beside the parts of a list.
func (a *analysis) partShares(l *list) []*token {
	var out []*token
	for k, p := range l.parts {
		end := len(a.data)
		if k+1 < len(l.parts) {
			end = l.parts[k+1].index
		}
		for j := p.index + 1; j < end && j < p.index+4; j++ {
			if s := a.data[j]; s.sentence == p.sentence && s.role == share {
				out = append(out, s)
				break
			}
		}
	}
	return out
}

func (a *analysis) sharesFull(l *list) bool {
	s := a.partShares(l)
	return len(s) == len(l.parts) && len(s) > 1 && !a.hundred(s).Abs().GreaterThan(decimal.New(5, -1))
}

// hundred returns how far shares are from a hundred.
func (a *analysis) hundred(shares []*token) decimal.Decimal {
	s := decimal.Zero
	for _, x := range shares {
		s = s.Add(x.value.Num())
	}
	return s.Sub(decimal.NewFromInt(100))
}

// shareSum holds the shares of all parts against a hundred. When one of them is
// wrong already, that says enough.
func (a *analysis) shareSum(l *list) {
	shares := a.partShares(l)
	if len(shares) < 2 || len(shares) != len(l.parts) {
		return
	}
	a.fullShares(shares)
}

func (a *analysis) fullShares(shares []*token) {
	room := decimal.Zero
	for _, s := range shares {
		if s.verdict == Contradicts || s.about || s.bound {
			return
		}
		room = room.Add(decimal.New(5, -s.places-1))
	}
	off := a.hundred(shares)
	if !off.Abs().GreaterThan(room) {
		return
	}
	var text []string
	for _, s := range shares {
		text = append(text, s.value.Display(lang.ZH))
	}
	last := shares[len(shares)-1]
	total := money.Trim(off.Add(decimal.NewFromInt(100))) + "%"
	a.add(&finding{code: SharesSum, token: last, args: []any{total}, sum: lang.Same(strings.Join(text, " + ") + " = " + total), related: shares[:len(shares)-1], expected: "100%"})
}

// listedShares lead to shares that stand one after another; dividing are those that
// tell how a whole is divided.
var (
	listedShares = regexp.MustCompile(`(?:占比分别|比重分别|比例分别|占[^，；。]*$)`)
	dividing     = regexp.MustCompile(`(?:占比分别|比重分别|比例分别|分别占比?(?:为|约|达)*$)`)
)

// listedSums holds 占比分别为 a、b、c against a hundred.
func (a *analysis) listedSums() {
	for i := 0; i < len(a.data); i++ {
		t := a.data[i]
		if t.role != listed || t.kind != money.KindShare || !listedShares.MatchString(t.clause) {
			continue
		}
		var group []*token
		for j := i; j < len(a.data) && a.data[j].sentence == t.sentence && a.data[j].role == listed && a.data[j].kind == money.KindShare; j++ {
			group = append(group, a.data[j])
		}
		i += len(group) - 1
		off := a.hundred(group)
		if !dividing.MatchString(t.clause) && off.Sign() < 0 && !containsOf(t.clause, "其他", "其它", "其余") {
			continue // 公开招标、询价和单一来源分别占采购规模的…: other ways may be left out
		}
		if len(group) > 2 && off.Abs().LessThan(decimal.NewFromInt(5)) {
			a.fullShares(group)
		}
	}
}

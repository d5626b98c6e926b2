package claim

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// ratio is a way to read a percentage: part ÷ whole, or part ÷ (whole + part).
type ratio struct {
	claim, part, whole *token
	beside             bool
	strong             bool
}

func (r *ratio) compute(v []money.Value) money.Value {
	whole := v[2]
	if r.beside {
		whole, _ = money.Add(v[2], v[1])
	}
	q, _ := money.Div(v[1], whole)
	return q
}

func (r *ratio) values() []money.Value {
	return []money.Value{r.claim.value, r.part.value, r.whole.value}
}

func (r *ratio) judge() (Verdict, string, money.Value) {
	q := r.compute(r.values())
	if !q.Known() {
		return Unbound, "", q
	}
	sum := num(r.part) + " ÷ " + num(r.whole)
	if r.beside {
		sum = num(r.part) + " ÷ (" + num(r.whole) + " + " + num(r.part) + ")"
	}
	return judge(r.claim.value, q), sum + " = " + show(percent(q, r.claim.value.Places)), q
}

// try judges readings of one percentage: any that holds settles it; else a
// strong one is a fault. When the sentence itself has a strong reading, numbers
// of other sentences are no excuse.
func (a *analysis) try(list []ratio) {
	var fault *ratio
	own := func(r ratio) bool {
		return r.part.sentence == r.claim.sentence && r.whole.sentence == r.claim.sentence
	}
	if slices.ContainsFunc(list, func(r ratio) bool { return r.strong && own(r) }) {
		list = slices.DeleteFunc(list, func(r ratio) bool { return !own(r) })
	}
	for k := range list {
		r := &list[k]
		v, sum, _ := r.judge()
		if holds(v) {
			a.settle(r.claim, v, sum)
			return
		}
		if r.strong && fault == nil {
			fault = r
		}
	}
	if fault == nil {
		return
	}
	t := fault.claim
	if fault.whole.value.Zero() && !fault.beside {
		if t.n.IsZero() {
			return
		}
		a.add(&finding{code: ZeroBase, token: t, args: []any{a.quote(t)}, sum: lang.Sprintf(lang.Text{ZH: "分母 %s，没有比率", EN: "the base is %s: there is no rate"}, show(fault.whole.value)), related: tokensOf(fault.part, fault.whole), expected: "—"})
		t.verdict = Contradicts
		return
	}
	_, sum, q := fault.judge()
	if !q.Known() {
		return
	}
	who := []*token{t, fault.part, fault.whole}
	if k, power, ok := slip(fault.values(), func(v []money.Value) (money.Value, money.Value) { return v[0], fault.compute(v) }); ok {
		a.slipped(who[k], power, sum, tokensOf(fault.part, fault.whole))
		if who[k] != t {
			a.settle(t, ByRounding, sum)
		}
		return
	}
	want := show(percent(q, t.value.Places))
	f := &finding{code: Impossible, token: t, args: []any{a.quote(t), want}, sum: lang.Same(sum), related: tokensOf(fault.part, fault.whole), expected: want}
	if inverse, err := money.Div(fault.whole.value, fault.part.value); err == nil && holds(judge(t.value, inverse)) {
		f.fix = lang.Text{ZH: "分子和分母像是颠倒了", EN: "numerator and denominator seem to be swapped"}
	}
	a.add(f)
	t.verdict = Contradicts
}

// roleIn tells whether a number is the whole or the part of a rate.
func (t *token) whole() bool {
	switch t.stage {
	case "original", "adjusted", "budget":
		return true
	case "outturn":
		return false
	}
	return t.stage == "" && containsOf(t.clause, glossary().Words.Whole...) && (!t.partOf() || strings.Contains(t.clause, "计划完成"))
}

func (t *token) partOf() bool {
	return t.stage == "outturn" || t.stage == "" && (containsOf(t.clause, glossary().Words.Part...) || strings.HasSuffix(strings.TrimRight(t.clause, "为共约达"), "实际"))
}

// spent tells a number that may be an outturn though its clause does not say
// so: 支出98万元.
func (t *token) spent() bool {
	return t.partOf() || t.stage == "" && strings.Contains(t.clause, "支出")
}

// rates judges completion and named rates.
func (a *analysis) rates() {
	for i, t := range a.data {
		if t.role != rate || t.vague() {
			continue
		}
		if containsOf(t.rate+t.clause, "季度", "半年", "月底", "月末", "序时", "满意", "合格率", "参与率", "增长", "覆盖率", "进度") {
			continue
		}
		a.rate(i)
	}
}

func (a *analysis) rate(i int) {
	t := a.data[i]
	known := glossary().rates[label.Fold(t.rate)]
	subject := a.rateSubject(t)
	prev := a.before(i)
	finish := strings.HasPrefix(t.rate, "完成")
	if !finish && known == nil && !containsOf(t.rate, "执行率", "完成率", "控制率", "支出率", "支付率", "使用率", "利用率", "到位率", "预算率", "办结率", "及时率", "回收率", "结案率", "审结率") {
		return
	}
	var list []ratio
	if known != nil && known.Beside {
		a.beside(t, prev)
		return
	}
	if t.wholeIs != nil {
		a.try(a.ofWhole(t, prev))
		return
	}
	if w := a.remarked(t); w != nil && finish {
		a.try(a.ofRemark(t, w, prev))
		return
	}
	// The nearest number of the part, then the nearest whole of the same kind.
	var beside *token // the amount right before the rate
	for _, p := range prev {
		if p.sentence != t.sentence {
			break
		}
		if p.role == level && p.depth <= t.depth && p.spent() && !p.whole() {
			beside = p
			break
		}
	}
	unsure := len(prev) > 0 && prev[0].sentence == t.sentence && prev[0].role == level && prev[0].kind == money.KindMoney && !prev[0].spent() && !prev[0].whole()
	// 建成农田1.2万亩，完成目标的100% speaks of land, whatever money stands before.
	physical := finish && !strings.Contains(t.rate, "预算") && len(prev) > 0 && (prev[0].sentence != t.sentence || prev[0].role == level && prev[0].kind == money.KindCount)
	for pi, p := range prev {
		if p.role != level && p.role != base || !p.spent() || p.span || p.bound && !p.whole() {
			continue
		}
		far := p.sentence != t.sentence
		for wi, w := range prev {
			if w == p || w.role != level && w.role != base || !w.whole() || !comparable(w, p) || w.span {
				continue
			}
			if abs(pi-wi) > 8 || w.block != p.block && w.subject != p.subject {
				continue
			}
			r := ratio{claim: t, part: p, whole: w}
			staged := true
			if finish {
				switch t.stage {
				case "original", "adjusted":
					staged = w.stage == t.stage || w.stage == "budget"
				}
			}
			same := w.subject == p.subject || w.subject == "" || p.subject == "" || !p.explicit && w.sentence == p.sentence
			if w.kind == money.KindCount || strings.Contains(w.clause, "总投资") || known != nil && p.sentence == t.sentence && w.sentence == t.sentence {
				same = true
			}
			fits := subject == "" || p.subject == subject || w.subject == subject
			r.strong = staged && same && fits && p.sentence == w.sentence && (!far || fits && subject != "" && p.block == t.block || far && finish && p.block == t.block) && (t.kind == money.KindShare)
			// 计划完成10个，实际完成9个，完成率90%: right before the rate, of one measure.
			counted := p.kind == money.KindCount && pi == 0 && wi == 1 && w.sentence == t.sentence && p.measure == w.measure && strings.HasSuffix(t.rate, "率")
			if p.kind == money.KindCount && known == nil && !counted || p.depth > t.depth || w.depth > t.depth || finish && beside != nil && p != beside || unsure && known != nil || physical && p.kind == money.KindMoney {
				r.strong = false
			}
			list = append(list, r)
		}
		if len(list) > 16 {
			break
		}
	}
	if !anyRatioStrong(list) {
		list = append(list, a.elsewhere(t, prev)...)
		list = append(list, a.ofArrived(t, prev)...)
	}
	// Any other number of the sentence may be the whole, though its words do not
	// say so: enough to let a rate stand, not to call it wrong.
	for _, r := range list {
		if !r.strong || r.part.sentence != t.sentence {
			continue
		}
		for _, w := range prev {
			if w.sentence == t.sentence && w.role == level && comparable(w, r.part) && w != r.part && !w.span && !w.bound {
				list = append(list, ratio{claim: t, part: r.part, whole: w})
			}
		}
		break
	}
	// Only the nearest strong reading is one: a sentence with two bodies has two
	// outturns, and its rate speaks of the last. If stages differ, any may be
	// meant.
	a.try(nearest(list))
}

// remarked returns the whole that stands in brackets behind a rate:
// 完成年初预算的108.04%（年初预算9,160.00万元）.
func (a *analysis) remarked(t *token) *token {
	if t.index+1 >= len(a.data) {
		return nil
	}
	w := a.data[t.index+1]
	if w.sentence != t.sentence || w.depth <= t.depth || !strings.HasPrefix(a.text(t.till, w.from), "（") || w.role != level || !w.whole() || w.vague() {
		return nil
	}
	return w
}

// ofRemark is the reading of a rate whose whole stands behind it: the amount
// right before the rate is its part.
func (a *analysis) ofRemark(t, whole *token, prev []*token) []ratio {
	for _, p := range prev {
		if p.sentence != t.sentence {
			break
		}
		if p.role == level && p.depth == t.depth && comparable(p, whole) && !p.whole() && !p.vague() {
			return []ratio{{claim: t, part: p, whole: whole, strong: true}}
		}
	}
	return nil
}

// outcome leads from a rate to what it comes to: 12万元的50%，即6万元.
var outcome = regexp.MustCompile(`^，?(?:即|为|计|合|共|就是|折合|约|达)`)

// ofWhole lists the readings of 9.87万元，完成预算12万元的82.3%, and of
// 12万元的50%，即6万元.
func (a *analysis) ofWhole(t *token, prev []*token) []ratio {
	var out []ratio
	for _, p := range prev {
		if p.sentence != t.sentence {
			break
		}
		if p != t.wholeIs && p.role == level && comparable(p, t.wholeIs) && !p.bound && !p.span {
			out = append(out, ratio{claim: t, part: p, whole: t.wholeIs, strong: len(out) == 0})
		}
	}
	if n := t.index + 1; n < len(a.data) {
		if p := a.data[n]; p.sentence == t.sentence && comparable(p, t.wholeIs) && outcome.MatchString(a.text(t.till, p.from)) {
			if out != nil {
				out[0].strong = false
			}
			out = append(out, ratio{claim: t, part: p, whole: t.wholeIs})
		}
	}
	return out
}

// elsewhere lists the readings of a rate whose part stands beside it and whose
// whole is told elsewhere in the text under the same name.
func (a *analysis) elsewhere(t *token, prev []*token) []ratio {
	if len(prev) == 0 || prev[0].role != level || prev[0].sentence != t.sentence || prev[0].kind != money.KindMoney {
		return nil
	}
	p := prev[0]
	if t.rate != "执行率" && !strings.HasSuffix(t.rate, "执行率") && !strings.HasSuffix(t.rate, "完成率") && !strings.HasPrefix(t.rate, "完成") && p.whole() {
		return nil
	}
	if p.whole() && p.explicit && a.isTerm(p.subject) && p.subject != "total" && (a.rateSubject(t) == "" || a.rateSubject(t) == p.subject) {
		var out []ratio
		for _, x := range first(a.levels[p.subject]) {
			if x != p && x.stage == "outturn" && x.explicit && comparable(x, p) && x.prior == p.prior && (x.year == 0 || p.year == 0 || x.year == p.year) && len(out) < 6 {
				out = append(out, ratio{claim: t, part: x, whole: p, strong: true})
			}
		}
		return out
	}
	if p.explicit && p.subject == "total" && a.rateSubject(t) == "" {
		if w := a.wholeBudget(p); w != nil && comparable(w, p) {
			return []ratio{{claim: t, part: p, whole: w, strong: true}}
		}
	}
	if !p.explicit || !a.isTerm(p.subject) || p.subject == "total" || a.rateSubject(t) != "" && a.rateSubject(t) != p.subject {
		return nil
	}
	var out []ratio
	for _, w := range first(a.levels[p.subject]) {
		if w != p && w.whole() && w.explicit && comparable(w, p) && w.prior == p.prior && (w.year == 0 || p.year == 0 || w.year == p.year) && len(out) < 6 {
			out = append(out, ratio{claim: t, part: p, whole: w, strong: true})
		}
	}
	return out
}

// rateSubject is the thing whose rate it is: 采购 of 采购执行率.
func (a *analysis) rateSubject(t *token) string {
	if strings.HasPrefix(t.rate, "完成") {
		return ""
	}
	s := label.Fold(t.rate)
	for _, w := range []string{"预算执行率", "执行率", "完成率", "控制率", "支出率", "支付率", "使用率", "利用率", "到位率", "预算率", "回收率", "结案率", "审结率"} {
		if rest, ok := strings.CutSuffix(s, w); ok {
			s = rest
			break
		}
	}
	s = trim(s)
	for _, w := range []string{"预算", "总体", "整体", "资金", "支出", "年度", "全年", "总"} {
		s = strings.TrimSuffix(strings.TrimPrefix(s, w), w)
	}
	if s == "" {
		return ""
	}
	return canonical(s)
}

// beside judges n ÷ (others + n): 编外人员控制率.
func (a *analysis) beside(t *token, prev []*token) {
	var list []ratio
	for _, p := range prev {
		if p.kind != money.KindCount || p.role != level || !containsOf(p.clause, "编外", "派遣", "聘用") {
			continue
		}
		for _, w := range prev {
			if w == p || w.kind != money.KindCount || w.role != level || !containsOf(w.clause, "在编", "实有", "在职") || containsOf(w.clause, "编外") {
				continue
			}
			list = append(list, ratio{claim: t, part: p, whole: w, beside: true, strong: len(list) == 0 && p.block == t.block && w.block == t.block}, ratio{claim: t, part: p, whole: w})
		}
		break
	}
	a.try(list)
}

var moreOrLess = regexp.MustCompile(`(?:支出)?(?:决算|执行|实际支出)数?(大于|高于|多于|超过|小于|低于|少于|等于|与(?:年初|全年|调整)?预算数?(?:基本)?(?:持平|一致))`)

// comparisons holds 决算数小于预算数 against the two numbers before it.
func (a *analysis) comparisons() {
	next := 0
	for k, b := range a.blocks {
		s := a.text(b.start, b.end)
		if !containsOf(s, "算数", "执行数", "支出数", "决算大", "决算小") {
			continue
		}
		at, done := b.start, 0
		for _, m := range moreOrLess.FindAllStringSubmatchIndex(s, -1) {
			at += utf8.RuneCountInString(s[done:m[0]])
			done = m[0]
			for next < len(a.data) && a.data[next].from < at {
				next++
			}
			if phrase := s[m[0]:m[1]]; !strings.Contains(phrase, "基本") {
				a.compared(k, at, phrase, s[m[2]:m[3]], next)
			}
		}
	}
}

// compared judges one such phrase; next is the number that follows it.
func (a *analysis) compared(block, at int, phrase, word string, next int) {
	var part, whole *token
	before := a.text(a.blocks[block].start, at)
	depth := max(0, strings.Count(before, "（")-strings.Count(before, "）"))
	for j := next - 1; j >= 0 && j > next-8 && a.data[j].block == block; j-- {
		t := a.data[j]
		if t.role != level || t.kind != money.KindMoney || t.depth > depth {
			continue // 支出决算20万元（其中委托业务支出19万元）
		}
		switch {
		case part == nil && t.stage == "outturn":
			part = t
		case whole == nil && t.whole():
			whole = t
		}
		if part != nil && whole != nil {
			break
		}
	}
	want, sign := 0, 0
	switch word {
	case "大于", "高于", "多于", "超过":
		want = 1
	case "小于", "低于", "少于":
		want = -1
	}
	if part == nil || whole == nil || part.sentence != whole.sentence || abs(part.index-whole.index) > 2 {
		a.completed(block, at, phrase, want, next)
		return
	}
	for j := max(part.index, whole.index) + 1; j < next; j++ {
		if a.data[j].role == level && a.data[j].depth <= depth {
			return // another number has come between
		}
	}
	switch {
	case part.value.Lo().GreaterThan(whole.value.Hi()):
		sign = 1
	case part.value.Hi().LessThan(whole.value.Lo()):
		sign = -1
	case !part.value.Base().Equal(whole.value.Base()):
		return // rounding hides which is larger
	}
	if sign == want {
		return
	}
	a.add(&finding{code: WrongDirection, from: at, till: at + utf8.RuneCountInString(phrase), args: []any{phrase}, sum: lang.Same(a.words(part) + "，" + a.words(whole)), related: tokensOf(part, whole)})
}

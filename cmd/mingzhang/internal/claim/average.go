package claim

import (
	"slices"
	"strings"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// averages holds 人均91.05元 and 平均每辆3.10万元 against the amount and the count
// of their paragraph. Where it has more than one of either, any may be meant.
func (a *analysis) averages() {
	for i, t := range a.data {
		if t.kind != money.KindMoney || t.vague() || t.verdict != Unbound {
			continue
		}
		of := averageOf(t.clause)
		if after := a.text(t.till, min(len(a.r), t.till+2)); of == "" && hasPrefixOf(after, "/") && strings.HasSuffix(t.clause, "平均") {
			of = strings.TrimPrefix(after, "/") // 平均5万元/辆
		}
		if of == "" && t.depth > 0 && strings.HasPrefix(t.clause, "每") {
			of = strings.TrimPrefix(t.clause, "每") // （购置2辆，每辆18.00万元）
		}
		if of == "" {
			continue
		}
		if t.depth > 0 && a.aside(t, of) {
			continue
		}
		var sums, counts []*token
		for j := i - 1; j >= 0 && j > i-12 && a.data[j].block == t.block; j-- {
			p := a.data[j]
			switch {
			case p.vague() || p.role != level || p.value.Zero():
			case p.kind == money.KindMoney && averageOf(p.clause) == "":
				sums = append(sums, p)
			case p.kind == money.KindCount && countedBy(of, p):
				counts = append(counts, p)
			}
		}
		a.average(t, sums, counts)
	}
}

// aside judges an average in brackets by the amount before them:
// 公务接待费6.40万元（46批次、412人次，人均155.34元).
func (a *analysis) aside(t *token, of string) bool {
	var counts, sums []*token
	for j := t.index - 1; j >= 0 && a.data[j].sentence == t.sentence; j-- {
		p := a.data[j]
		if p.depth < t.depth {
			if p.role == level && p.kind == money.KindMoney && p.depth == t.depth-1 && !p.vague() && !p.value.Zero() {
				sums = append(sums, p)
			}
			break
		}
		if p.kind == money.KindCount && p.depth == t.depth && p.role == level && countedBy(of, p) && !p.bound && !p.about && !p.value.Zero() {
			counts = append(counts, p)
		}
	}
	if len(sums) == 0 || len(counts) == 0 {
		return false
	}
	a.average(t, sums, counts)
	return true
}

// averageOf reads what an average is taken over: 人 of 人均, 辆 of 平均每辆.
func averageOf(clause string) string {
	c := strings.TrimRight(clause, "为是约达仅的费用消接待支出")
	if containsOf(c, "月", "日", "天", "季", "年均", "标准") {
		return "" // per time as well
	}
	switch {
	case strings.HasSuffix(c, "人均"):
		return "人"
	case strings.HasSuffix(c, "户均"):
		return "户"
	case strings.HasSuffix(c, "车均"):
		return "辆"
	}
	i := strings.LastIndex(c, "平均每")
	if i < 0 {
		return ""
	}
	return c[i+len("平均每"):]
}

// countedBy reports whether a count counts what an average is taken over.
func countedBy(of string, p *token) bool {
	if of == "人" {
		return p.unit == money.PersonTime || p.unit == money.Person
	}
	return of == p.measure
}

func (a *analysis) average(t *token, sums, counts []*token) {
	for _, s := range sums {
		for _, c := range counts {
			q, err := money.Div(s.value, c.value)
			if err != nil || !q.Known() {
				continue
			}
			each := q.As(t.value.Unit, max(2, t.places))
			sum := show(s.value) + " ÷ " + show(c.value) + " = " + show(each)
			if v := judge(t.value, each); holds(v) {
				a.settle(t, v, sum)
				return
			}
		}
	}
	// An average is one of what was spent.
	sums = spent(sums)
	for k := range sums { // the sentence that is nearest
		if sums[k].sentence != sums[0].sentence {
			sums = sums[:k]
			break
		}
	}
	if !single(sums) || !single(counts) {
		return
	}
	s := sums[0]
	q, err := money.Div(s.value, counts[0].value)
	if err != nil || !q.Known() {
		return
	}
	want := q.As(t.value.Unit, max(2, t.places))
	fault := lang.Same(show(s.value) + " ÷ " + show(counts[0].value) + " = " + show(want))
	a.add(&finding{code: Impossible, token: t, args: []any{a.quote(t), show(want)}, sum: fault, related: tokensOf(s, counts[0]), expected: show(want)})
	t.verdict = Contradicts
}

// spent leaves out budgets and numbers of other years, if anything else is left.
func spent(list []*token) []*token {
	out := slices.DeleteFunc(slices.Clone(list), func(t *token) bool {
		return t.prior || t.stage != "" && t.stage != "outturn"
	})
	if len(out) == 0 {
		return list
	}
	return out
}

// single reports whether numbers are one, however often it is told.
func single(list []*token) bool {
	for _, t := range list {
		if !money.Overlaps(t.value, list[0].value) {
			return false
		}
	}
	return len(list) > 0
}

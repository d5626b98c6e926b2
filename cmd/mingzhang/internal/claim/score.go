package claim

import (
	"strings"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// scores holds 自评得分93.45分，其中投入10分得9.5分，过程40分得37.2分，… against the
// points of its parts, and every part against the points that it may get.
func (a *analysis) scores() {
	var pairs []pair
	for i := 0; i+1 < len(a.data); i++ {
		t, n := a.data[i], a.data[i+1]
		for k := i + 2; n.depth > t.depth && k < len(a.data) && a.data[k].sentence == t.sentence; k++ {
			n = a.data[k] // behind （满分100分）
		}
		if t.kind == money.KindScore && a.gets(t, n) && !containsOf(t.clause, "加", "奖", "扣") {
			a.within(t, n)
			pairs = append(pairs, pair{n, t})
		}
		if t.kind != money.KindScore || n.kind != money.KindScore || t.block != n.block || n.sentence > t.sentence+1 {
			continue
		}
		if !a.opens(t.till, n.from) || containsOf(t.clause, "满分", "总分值", "分值") || !containsOf(t.clause, "得", "评分", "总分", "评价", "自评") {
			continue
		}
		a.score(t, n)
	}
	a.summed(pairs)
	for from := 0; from < len(pairs); { // the chapters of one sentence, beside other points of the text
		end := from
		for end < len(pairs) && pairs[end].part.sentence == pairs[from].part.sentence {
			end++
		}
		a.overall(pairs[from:end])
		from = end
	}
	a.overall(pairs)
	a.deductions()
	a.deducted()
}

// deductions holds 合计扣4.32分 against the points that its sentence takes off
// one by one.
func (a *analysis) deductions() {
	for i, t := range a.data {
		if t.kind != money.KindScore || !strings.Contains(t.clause, "扣") || !containsOf(t.clause, "合计", "共", "总计", "累计") || t.vague() {
			continue
		}
		l := &list{total: t, whole: true}
		for j := i - 1; j >= 0 && a.data[j].sentence == t.sentence; j-- {
			if p := a.data[j]; p.kind == money.KindScore && strings.Contains(p.clause, "扣") && p.depth == t.depth {
				l.parts = append([]*token{p}, l.parts...)
			}
		}
		if len(l.parts) > 1 {
			a.judgeList(l)
		}
	}
}

// summed holds 总分100分，得93分 against the points before it in its sentence, where
// the full ones come to the full ones of the total.
func (a *analysis) summed(pairs []pair) {
	for i, p := range pairs {
		if !containsOf(p.share.clause, "总分", "合计", "总计") || p.part.verdict != Unbound {
			continue
		}
		l := &list{total: p.part, whole: true}
		var full []money.Value
		for j := i - 1; j >= 0 && j > i-40 && pairs[j].part.sentence == p.part.sentence; j-- {
			l.parts = append([]*token{pairs[j].part}, l.parts...)
			full = append(full, pairs[j].share.value)
		}
		if len(l.parts) < 2 {
			continue
		}
		if sum, err := money.Sum(full); err == nil && holds(judge(p.share.value, sum)) {
			a.judgeList(l)
		}
	}
}

// overall holds the score of a text against the points of its chapters:
// （一）决策情况（20分，得19分） … 综合得分95.27分. Their full points come to a
// hundred, so that they are all.
func (a *analysis) overall(pairs []pair) {
	if len(pairs) < 3 {
		return
	}
	full := money.Int(0, pairs[0].share.unit)
	l := &list{whole: true}
	for _, p := range pairs {
		l.parts = append(l.parts, p.part)
		full, _ = money.Add(full, p.share.value)
	}
	if !full.Num().Equal(money.Int(100, full.Unit).Num()) {
		return
	}
	near := false // one in the paragraph of the chapters goes before those elsewhere
	for _, t := range a.data {
		if t.kind != money.KindScore || t.prior || t.vague() || !hasSuffixOf(strings.TrimRight(t.clause, "为是：总共"), "综合得分", "自评得分", "评价得分", "总得分", "自评总分", "总分") {
			continue
		}
		switch here := t.block == pairs[0].part.block; {
		case near && !here:
			continue
		case here && !near:
			near = true
		case l.total != nil && !money.Overlaps(l.total.value, t.value):
			return
		}
		l.total = t
	}
	if l.total != nil && l.total.verdict == Unbound {
		a.judgeList(l)
	}
}

// score judges the list of points that begins with first.
func (a *analysis) score(total, first *token) {
	l := &list{total: total, lead: total.sentence != first.sentence, words: a.text(total.till, first.from)}
	weight := money.Int(0, first.unit)
	pairs := 0
	for j := first.index; j < len(a.data); j++ {
		t := a.data[j]
		if t.sentence != first.sentence || t.vague() {
			break
		}
		if t.kind != money.KindScore {
			continue
		}
		if j+1 < len(a.data) {
			if got := a.data[j+1]; a.gets(t, got) {
				if sum, err := money.Add(weight, t.value); err == nil {
					weight = sum
				}
				l.parts, pairs, j = append(l.parts, got), pairs+1, j+1
				continue
			}
		}
		if containsOf(t.clause, "扣", "满分", "分值", "权重", "总分") {
			return
		}
		l.parts = append(l.parts, t)
	}
	if len(l.parts) < 2 || pairs != 0 && pairs != len(l.parts) {
		return
	}
	last := l.parts[len(l.parts)-1].till
	l.text = a.text(first.from, min(len(a.r), last+2))
	l.partial = containsOf(l.words, glossary().Words.Partial...) || hasPrefixOf(a.text(last, min(len(a.r), last+2)), "等")
	if pairs == 0 && mean(total, l.parts) {
		return
	}
	l.whole = pairs > 1 && weight.Num().Equal(money.Int(100, first.unit).Num())
	a.judgeList(l)
}

// gets reports whether a number of points is what was got of the one before it:
// 投入10分得9.5分, 投入（10分），得分9.5分.
func (a *analysis) gets(of, got *token) bool {
	if got.kind != money.KindScore || got.sentence != of.sentence {
		return false
	}
	s := strings.Trim(a.text(of.till, got.from), "，、）：为是 ")
	switch strings.TrimPrefix(strings.TrimPrefix(s, "自评"), "评价") {
	case "得", "得分", "实得", "实得分", "实际得分", "评分":
		return true
	}
	return false
}

// within tells of more points than there are.
func (a *analysis) within(of, got *token) {
	if !got.value.Lo().GreaterThan(of.value.Hi()) {
		return
	}
	a.add(&finding{
		code: Impossible, token: got, args: []any{a.quote(got), lang.Text{ZH: "不超过 " + show(of.value), EN: "at most " + show(of.value)}},
		sum: lang.Sprintf(lang.Text{ZH: "满分 %s，不可能得 %s", EN: "of %s there cannot be %s"}, show(of.value), show(got.value)), related: []*token{of},
	})
	got.verdict = Contradicts
}

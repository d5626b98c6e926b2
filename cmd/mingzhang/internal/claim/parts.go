package claim

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// inside judges a total whose parts stand in the next sentence, which begins with its
// name: 财政拨款支出预算600万元，比上年预算增加20万元。财政拨款支出预算中，一般公共预算…；政府性基金….
// n is the first number of that sentence.
func (a *analysis) inside(n *token) {
	if n.role != level || n.kind != money.KindMoney || a.blocks[n.block].layout == row {
		return
	}
	name, rest, ok := strings.Cut(a.text(n.opening, n.from), "中，")
	if !ok || utf8.RuneCountInString(name) > 24 || strings.ContainsAny(name, "，。：；") || strings.ContainsAny(rest, "，。") {
		return
	}
	name = label.Fold(stripNumbering(name))
	l := &list{}
	for j := n.index - 1; j >= 0 && j > n.index-8 && a.data[j].sentence >= n.sentence-1; j-- {
		if t := a.data[j]; t.role == level && comparable(t, n) && !t.vague() && strings.HasSuffix(strings.TrimRight(label.Fold(t.clause), "为是:共计合"), name) {
			l.total = t
			break
		}
	}
	if l.total == nil || name == "" {
		return
	}
	for j := n.index; j < len(a.data) && a.data[j].sentence == n.sentence; j++ {
		t := a.data[j]
		if t.role != level || t.depth > n.depth || t.kind != n.kind {
			continue
		}
		if t.vague() || t.of || t.prior || t.stage != n.stage {
			return
		}
		l.parts = append(l.parts, t)
	}
	if len(l.parts) < 2 || !l.divided() {
		return
	}
	// A total in whole 万元 over parts with cents is often cut and not rounded.
	if sum, err := money.Sum(valuesOf(l.parts)); err == nil && l.total.places < finest(l.parts) {
		unit := money.Int(1, l.total.unit).Scaled(1, -l.total.places)
		if money.Gap(l.total.value, sum).LessThanOrEqual(unit.Base()) {
			for _, t := range append(slices.Clone(l.parts), l.total) {
				a.settle(t, ByRounding, sumText(l.parts)+" = "+show(sum))
			}
			a.changesOf(l)
			return
		}
	}
	a.judgeList(l)
}

func finest(parts []*token) int32 {
	var out int32
	for _, p := range parts {
		out = max(out, p.places)
	}
	return out
}

// changesOf holds the change that is told of a total against those told of its parts:
// 328万元，增加115万元, of which 49万元，减少5万元 and 279万元，增加119万元. All of them are
// compared with one thing, and a part that stays as it was changes by nothing.
func (a *analysis) changesOf(l *list) {
	if l.total.role != level || l.partial || len(l.parts) < 2 {
		return
	}
	of := a.changeOf(l.total)
	if of == nil || of.finding != nil {
		return
	}
	told := &list{total: of}
	values := []money.Value{}
	for _, p := range l.parts {
		d := a.changeOf(p)
		if d == nil {
			if !a.unchanged(p) {
				return
			}
			continue
		}
		if d.finding != nil || !comparable(d, of) || d.against.year != of.against.year || d.against.prior != of.against.prior || d.against.stage != of.against.stage {
			return
		}
		told.parts, values = append(told.parts, d), append(values, signed(d))
	}
	if len(told.parts) == 0 {
		return
	}
	sum, err := money.Sum(values)
	if err != nil || !sum.Known() {
		return
	}
	text := sumText(told.parts) + " = " + show(like(sum, of.value))
	if v := judge(signed(of), sum); holds(v) {
		for _, d := range append(told.parts, of) {
			a.settle(d, v, text)
		}
		return
	}
	if !l.allTold() {
		return
	}
	// Each change may have been cut or rounded by itself, as finely as the total is told:
	// 27万元 beside 114.22万元 is 27.00.
	unit := money.Int(int64(len(told.parts)+1), of.unit).Scaled(1, -max(of.places, min(l.total.places, 2)))
	if money.Gap(signed(of), sum).LessThanOrEqual(unit.Base()) {
		return
	}
	diff, err := money.Sub(signed(of), sum)
	if err != nil {
		return
	}
	a.add(&finding{
		code: NotTheSum, token: of, args: []any{a.quote(of), show(like(sum, of.value))}, related: told.parts, expected: show(like(sum, of.value)),
		sum: lang.Text{ZH: text + "，相差 " + show(like(diff, of.value)), EN: text + ", difference " + show(like(diff, of.value))},
		fix: lang.Text{ZH: "总数的增减等于各项增减之和；核对总数和各项的增减", EN: "the change of a total is the sum of the changes of its parts; check both"},
	})
	of.verdict = Contradicts
}

// changeOf is the change in amount that a sentence tells of a number right behind it.
func (a *analysis) changeOf(t *token) *token {
	for j := t.index + 1; j < len(a.data) && j < t.index+4 && a.data[j].block == t.block && a.data[j].sentence <= t.sentence+1; j++ {
		d := a.data[j]
		switch {
		case d.depth > t.depth || d.kind == money.KindShare || d.role == base:
			continue
		case d.role != difference || d.vague() || d.kind != t.kind || !d.against.found:
			return nil
		case d.sentence > t.sentence && strings.Trim(d.lead, "，。 ") != "":
			return nil
		}
		return d
	}
	return nil
}

// unchanged reports whether a number is said to be what it was: 0万元，与上年预算持平.
func (a *analysis) unchanged(t *token) bool {
	end := a.blocks[t.block].end
	if n := t.index + 1; n < len(a.data) {
		end = min(end, a.data[n].from)
	}
	words := a.text(t.till, min(end, t.till+24))
	if i := strings.IndexAny(words, "；"); i >= 0 {
		words = words[:i]
	}
	return containsOf(words, "持平", "无变化", "没有变化", "无增减", "未变", "不变", "一致")
}

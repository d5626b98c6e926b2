package claim

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mingzhang/cmd/mingzhang/internal/money"
)

// unopened holds a total against parts that stand behind it without 其中, where
// their names leave no doubt that they are all: in brackets, 基本支出400万元（人员经费
// 340万元，公用经费60万元）, and the kinds of staff, 在职人员81人，专业技术人员57人、管理人员
// 1人，工勤人员23人.
func (a *analysis) unopened(i int) {
	t, n := a.data[i], a.data[i+1]
	if n.sentence != t.sentence || n.block != t.block || a.blocks[t.block].layout == row || n.role == listed {
		return
	}
	between := a.text(t.till, n.from)
	if utf8.RuneCountInString(between) > 24 {
		return
	}
	switch {
	case n.depth == t.depth+1 && strings.HasPrefix(between, "（") && n.kind == money.KindMoney:
		if l := a.list(i, n.kind); l != nil && len(l.parts) > 1 && !l.partial && l.divided() {
			a.judgeList(l)
		}
	case n.depth == t.depth && strings.HasPrefix(between, "，") && n.kind == money.KindCount && t.role == level && comparable(t, n):
		a.staff(i)
	}
}

// staffKinds are all kinds of posts of a public institution.
var staffKinds = []string{"管理", "专业技术", "工勤"}

// staff judges the kinds of staff behind their number. They are all when each of the
// three is told; with two of them the third may be left out, unless the two are more
// than all.
func (a *analysis) staff(i int) {
	t := a.data[i]
	if !containsOf(t.clause, "在职", "在编", "实有", "编制", "职工", "人员") || containsOf(t.clause, staffKinds...) {
		return
	}
	l := &list{total: t, whole: true}
	seen := map[int]bool{}
	for _, p := range a.data[i+1:] {
		k := slices.IndexFunc(staffKinds, func(w string) bool { return strings.Contains(p.clause, w) })
		if p.sentence != t.sentence || p.depth != t.depth || p.role != level || !comparable(p, t) || p.vague() || k < 0 || seen[k] {
			break
		}
		seen[k] = true
		l.parts = append(l.parts, p)
	}
	if len(l.parts) < 2 {
		return
	}
	sum, err := money.Sum(valuesOf(l.parts))
	if err != nil || len(l.parts) < len(staffKinds) && !holds(judge(t.value, sum)) && !sum.Lo().GreaterThan(t.value.Hi()) {
		return
	}
	a.judgeList(l)
}

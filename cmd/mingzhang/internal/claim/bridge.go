package claim

import (
	"strings"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// bridges holds the budget after adjustment against the way to it: 年初预算
// 6,850.30万元，年中追加1,532.16万元，调减167.80万元，调整后8,214.66万元. The three
// stand one after another, with nothing between them but changes.
func (a *analysis) bridges() {
	for i, t := range a.data {
		if t.stage == "original" && t.role == level && t.kind == money.KindMoney && !t.vague() {
			a.bridge(i)
		}
	}
}

// moved are words for changes of the budget itself.
var moved = []string{"追加", "调增", "调减", "调剂", "核减", "核增", "压减", "年中", "执行中", "调整"}

func (a *analysis) bridge(i int) {
	from := a.data[i]
	values, steps := []money.Value{}, []*token{from}
	text := num(from)
	for j := i + 1; j < len(a.data) && j < i+8; j++ {
		t := a.data[j]
		if t.sentence != from.sentence || t.depth != from.depth || t.kind != money.KindMoney || t.vague() {
			return
		}
		if t.role == difference && !t.against.found && containsOf(t.clause, moved...) {
			steps = append(steps, t)
			text += map[bool]string{true: " + ", false: " − "}[t.dir > 0] + num(t)
			continue
		}
		if t.role != level || t.stage != "adjusted" || len(steps) < 2 || t.explicit && from.explicit && t.subject != from.subject && !similar(t.subject, from.subject) {
			return
		}
		for _, s := range steps {
			values = append(values, signed(s))
		}
		a.arrive(t, steps, values, text)
		return
	}
}

// arrive judges where the changes lead.
func (a *analysis) arrive(t *token, steps []*token, values []money.Value, text string) {
	want, err := money.Sum(values)
	if err != nil || !want.Known() {
		return
	}
	sum := text + " = " + show(like(want, t.value))
	if v := judge(t.value, want); holds(v) {
		a.settle(t, v, sum)
		for _, s := range steps {
			a.settle(s, v, sum)
		}
		return
	}
	if k, power, ok := slip(append([]money.Value{t.value}, values...), func(v []money.Value) (money.Value, money.Value) {
		s, _ := money.Sum(v[1:])
		return v[0], s
	}); ok {
		a.slipped(append([]*token{t}, steps...)[k], power, sum, steps)
		return
	}
	expected := show(like(want, t.value))
	a.add(&finding{
		code: Impossible, token: t, args: []any{a.quote(t), expected}, sum: lang.Same(sum), related: steps, expected: expected,
		fix: lang.Text{ZH: "核对算式里的各个数；还有别的追加或调减，就一并写出", EN: "check the numbers of the arithmetic; if there were other changes, tell them too"},
	})
	t.verdict = Contradicts
}

// gaps holds 超出年初预算1,683.20万元 against the budget and the outturn that stand
// before it.
func (a *analysis) gaps() {
	for i, t := range a.data {
		if t.role != level || t.kind != money.KindMoney || t.vague() {
			continue
		}
		dir := gapIn(t.clause)
		if dir == 0 {
			continue
		}
		var part, whole *token
		for j := i - 1; j >= 0 && j > i-6 && a.data[j].sentence == t.sentence; j-- {
			p := a.data[j]
			switch {
			case p.role != level || p.kind != money.KindMoney || p.vague():
			case part == nil && p.stage == "outturn":
				part = p
			case whole == nil && p.whole() && (p.stage == t.stage || t.stage == "" || t.stage == "budget"):
				whole = p
			}
		}
		if part == nil || whole == nil || abs(part.index-whole.index) > 1 || part.explicit && whole.explicit && part.subject != whole.subject {
			continue
		}
		high, low := part, whole
		if dir < 0 {
			high, low = whole, part
		}
		diff, sum, done := a.between(t, high, low)
		if done {
			continue
		}
		if diff.Sign() < 0 {
			a.add(&finding{code: WrongDirection, token: t, args: []any{a.quote(t)}, sum: lang.Same(sum), related: tokensOf(part, whole)})
		} else {
			a.add(&finding{code: Impossible, token: t, args: []any{a.quote(t), show(diff)}, sum: lang.Same(sum), related: tokensOf(part, whole), expected: show(diff)})
		}
		t.verdict = Contradicts
	}
}

// gapIn reads 超出预算 and 低于预算 at the end of a clause.
func gapIn(clause string) int {
	c := strings.TrimRight(clause, "数的了为 ")
	for _, w := range []string{"年初", "全年", "调整后", ""} {
		for _, b := range []string{"预算安排", "预算"} {
			rest, ok := strings.CutSuffix(c, w+b)
			switch {
			case !ok:
			case hasSuffixOf(rest, "超出", "超过", "高于", "超"):
				return 1
			case hasSuffixOf(rest, "低于", "少于"):
				return -1
			}
		}
	}
	return 0
}

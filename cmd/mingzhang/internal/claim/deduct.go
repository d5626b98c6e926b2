package claim

import (
	"slices"
	"strings"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// deducted holds what is left of points against those that are taken off: 满分10分，扣
// 0.5分，得9.5分. Sentences that tell a rule, 每少一个扣1分, are none.
func (a *analysis) deducted() {
	for i := 0; i < len(a.data); {
		end := i
		var points []*token
		for end < len(a.data) && a.data[end].sentence == a.data[i].sentence {
			if t := a.data[end]; t.kind == money.KindScore {
				points = append(points, t)
			}
			end++
		}
		if len(points) > 2 && !containsOf(a.text(points[0].opening, points[len(points)-1].till), "每", "标准", "则", "若", "如果", "为止", "最多", "以内", "以上") {
			a.takenOff(points)
		}
		i = end
	}
}

// takenOff judges the groups of a sentence: the points that there are, those taken off,
// and what was got.
func (a *analysis) takenOff(points []*token) {
	for i := 0; i < len(points); {
		full := points[i]
		var lost []*token
		var got *token
		i++
		for ; full.taken() == "" && i < len(points) && points[i].taken() != ""; i++ {
			if t := points[i]; t.taken() == "扣" {
				lost = append(lost, t)
			} else if got == nil {
				got = t
			} else {
				break
			}
		}
		if got == nil || len(lost) == 0 || slices.ContainsFunc(append(lost, full, got), func(t *token) bool { return t.vague() }) {
			continue
		}
		values := []money.Value{full.value}
		text := num(full)
		for _, t := range lost {
			values = append(values, money.Neg(t.value))
			text += " − " + num(t)
		}
		want, err := money.Sum(values)
		if err != nil || !want.Known() {
			continue
		}
		sum := text + " = " + show(like(want, got.value))
		if v := judge(got.value, want); holds(v) {
			for _, t := range append(lost, full, got) {
				a.settle(t, v, sum)
			}
			continue
		}
		expected := show(like(want, got.value))
		a.add(&finding{code: Impossible, token: got, args: []any{a.quote(got), expected}, sum: lang.Same(sum), related: append([]*token{full}, lost...), expected: expected})
		got.verdict = Contradicts
	}
}

// taken tells points that are taken off and points that are got from those that there
// are.
func (t *token) taken() string {
	c := strings.TrimRight(t.clause, "为是：除减去掉分了共计 ")
	switch {
	case strings.HasSuffix(c, "扣"):
		return "扣"
	case strings.HasSuffix(c, "得"):
		return "得"
	}
	return ""
}

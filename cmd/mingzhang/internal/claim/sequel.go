package claim

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/standard"
)

// sequel adds the parts that stand in sentences of their own behind the first one:
// 基本支出80万元，其中：人员经费65万元，主要包括基本工资。公用经费15万元，主要包括办公费.
// It does so only for parts that make up their whole by definition, each the one
// amount with which its sentence begins. next is the first number behind the
// sentence of the first part.
func (a *analysis) sequel(l *list, next int) {
	if len(l.parts) != 1 || l.total.kind != money.KindMoney || l.parts[0].depth > 0 {
		return
	}
	parts := slices.Clone(l.parts)
	for next < len(a.data) && len(parts) < 8 {
		t := a.data[next]
		last := parts[len(parts)-1]
		if t.block > last.block+2 || t.sentence > last.sentence+4 || !a.leadsOff(t) || !comparable(t, last) || t.depth > 0 || beside(l.total, t) || a.leaves(l, t) {
			break
		}
		if with := append(slices.Clone(parts), t); t.role != level || t.vague() || !(&list{parts: with}).divided() {
			break
		}
		for next++; next < len(a.data) && a.data[next].sentence == t.sentence; next++ {
			// 公务用车购置费5万元，公务用车运行费3万元: its sentence holds two of the parts.
			if u := a.data[next]; u.role == level && u.depth == 0 && !u.prior && (&list{parts: []*token{last, u}}).known() {
				return
			}
		}
		parts = append(parts, t)
	}
	if len(parts) < 2 || a.continued(parts, next) && !comeTo(parts, l.total) {
		return
	}
	for _, t := range parts[1:] {
		t.scope = l.total
	}
	l.parts, l.nested = parts, false
}

// unnumbered lists the paragraphs under one that ends in 其中：, each beginning with
// another of the parts by which a whole is divided: 公务接待费638万元，比上年…
func (a *analysis) unnumbered(b int) []int {
	bl := a.blocks[b]
	if bl.end == bl.start || !strings.ContainsRune("：:", a.r[bl.end-1]) {
		return nil
	}
	var out []int
	l := &list{}
	for i := b + 1; i < len(a.blocks) && len(out) < 8; i++ {
		own := a.of(i)
		if layout := a.blocks[i].layout; layout != paragraph && layout != item || len(own) == 0 {
			break
		}
		t := own[0]
		lead := a.text(a.blocks[i].start, t.from)
		if t.role != level || t.kind != money.KindMoney || utf8.RuneCountInString(lead) > 24 || containsOf(lead, "其中", "。", "：") {
			break
		}
		for _, h := range a.of(b) {
			if h.role == level && beside(h, t) {
				return out // 项目支出 stands beside 基本支出, under which the list began
			}
		}
		part := strings.NewReplacer("用车购置费", "购置费", "用车运行", "运行").Replace(lead) // each a part of its own
		l.parts = append(l.parts, &token{anchor: anchor{clause: part}})
		if !l.divided() && !l.fourfold() {
			break
		}
		out = append(out, i)
	}
	return out
}

// continued reports whether the sentence behind a list may hold one more part, of
// another kind: 年初结转和结余15万元.
func (a *analysis) continued(parts []*token, next int) bool {
	last := parts[len(parts)-1]
	if next >= len(a.data) || a.data[next].block > last.block+1 || !comparable(a.data[next], last) {
		return false
	}
	from, _ := yearIn(a.text(a.data[next].opening, a.data[next].from), 0)
	return from < 0 && a.data[next].role == level && a.leadsOff(a.data[next])
}

// comeTo reports whether parts come to a total.
func comeTo(parts []*token, total *token) bool {
	sum, err := money.Sum(valuesOf(parts))
	return err == nil && holds(judge(total.value, sum))
}

// leadsOff reports whether an amount is the one with which its sentence begins, said
// of a thing itself and not of what it holds: 公用经费15万元, not 公用经费包括水费5万元.
func (a *analysis) leadsOff(t *token) bool {
	lead := a.text(t.opening, t.from)
	if utf8.RuneCountInString(lead) > 24 || containsOf(lead, "包括", "其中", "用于", "主要", "：", "中，") {
		return false
	}
	if t.opening == a.blocks[t.block].start {
		if kind, _ := a.numberOf(t.block); kind >= 0 || a.blocks[t.block].layout == row {
			return false // paragraphs with numbers are an outline, rows a table
		}
	}
	return t.index == 0 || a.data[t.index-1].sentence != t.sentence
}

// fourfold reports whether the parts are the three public expenses with the cost of
// buying cars and of running them told apart.
func (l *list) fourfold() bool {
	four := []string{"出国", "公务购置费", "公务运行", "公务接待"}
	seen := map[int]bool{}
	for _, t := range l.parts {
		seen[slices.IndexFunc(four, func(w string) bool { return strings.Contains(t.clause, w) })] = true
	}
	return !seen[-1] && len(seen) == len(l.parts)
}

// complete reports whether all the three public expenses are told and one of them is
// not nothing.
func (l *list) complete() bool {
	some := false
	for _, p := range l.parts {
		some = some || !p.value.Zero()
	}
	return some && len(l.parts) == 3 && l.divided() && containsOf(l.parts[0].clause+l.parts[1].clause+l.parts[2].clause, "出国")
}

// divided reports whether the parts make up a whole by definition and each is
// another of its parts.
func (l *list) divided() bool { return l.division() != nil }

// division is the partition by which the parts divide their whole, each of them
// another part of it; nil where there is none.
func (l *list) division() *standard.Parts {
	g := glossary()
	for k := range g.Partitions {
		p := &g.Partitions[k]
		seen := map[int]bool{}
		for _, t := range l.parts {
			i := slices.IndexFunc(p.Parts, func(w string) bool { return strings.Contains(t.clause+t.named, w) })
			if i < 0 || seen[i] {
				break
			}
			seen[i] = true
		}
		if len(seen) == len(l.parts) {
			return p
		}
	}
	return nil
}

// allTold reports whether no part is left out. What a text does not tell is nothing now,
// but may have been something: two of the three public expenses fall, and the third, of
// which nothing is said, makes their total grow.
func (l *list) allTold() bool {
	p := l.division()
	return l.whole || p != nil && p.All > 0 && len(l.parts) >= p.All
}

// gradeOf leaves of the words before a number the grade: 绩效评级为“优”的项目.
var gradeOf = strings.NewReplacer("其中", "", "等级", "", "绩效", "", "评级", "", "评为", "", "评价", "", "自评", "", "结果", "", "项目", "", "为", "", "的", "", "“", "", "”", "")

// graded reports whether the parts are grades, each told once: 优3个，良2个.
func (l *list) graded() bool {
	seen := map[string]bool{}
	for _, t := range l.parts {
		g := strings.Trim(gradeOf.Replace(t.clause), "，：；、 ")
		switch g {
		case "优", "良", "中", "差", "优秀", "良好", "一般", "较差", "合格", "不合格":
		default:
			return false
		}
		if seen[g] || t.kind != money.KindCount {
			return false
		}
		seen[g] = true
	}
	return len(seen) > 1
}

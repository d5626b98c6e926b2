package claim

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/money"
)

// shares judges every 占…%, and rows of shares without their amounts.
func (a *analysis) shares() {
	a.bareShares()
	for i, t := range a.data {
		if t.role == share && !t.vague() {
			a.share(i)
		}
	}
}

// wholes are words in 占…的 that name no total but the one at hand.
var wholes = []string{"总支出决算", "支出决算", "支出总额", "总支出", "总额", "总数", "合计", "决算总额", "决算数", "总收入", "收入总额", "预算总额", "总预算"}

// bareShares holds 民事占62.4%，刑事占11.3%，…，其他1.5% against a hundred.
func (a *analysis) bareShares() {
	for i := 0; i < len(a.data); i++ {
		var run []*token
		closed := false
		for j := i; j < len(a.data) && a.data[j].sentence == a.data[i].sentence; j++ {
			t := a.data[j]
			rest := len(run) > 0 && (t.role == level || t.role == plain) && t.unit == money.Percent && containsOf(t.clause, "其他", "其它", "其余")
			if t.role != share && !rest || t.in != "" || t.vague() || t.depth != a.data[i].depth {
				break
			}
			if run = append(run, t); rest || t.role == share && containsOf(t.clause, "其他", "其它", "其余") {
				closed = true // without a rest, some may be left out
				break
			}
		}
		if closed && len(run) > 2 && a.hundred(run).Abs().LessThan(decimal.NewFromInt(5)) {
			a.fullShares(run)
		}
		i += max(0, len(run)-1)
	}
}

func (a *analysis) share(i int) {
	t := a.data[i]
	if r := glossary().rates[label.Fold(t.rate)]; r != nil && r.Beside {
		return
	}
	prev := a.before(i)
	if len(prev) == 0 {
		return
	}
	var part *token
	at := 0
	for k, p := range prev {
		if p.sentence != t.sentence {
			break
		}
		if p.depth > t.depth {
			continue // a remark in brackets behind the part
		}
		if p.role == level {
			part, at = p, k
			break
		}
		if p.role == share && k == 0 && (t.in == "" || t.in == p.in) || p.role == listed {
			break // 占调整预算99.10%，占一般公共预算收入的48.51% are two shares of one part
		}
	}
	if part == nil || part.bound || part.span {
		return
	}
	var list []ratio
	if at+1 < len(prev) { // 2106.66/2940.05 占71.73%
		if p := prev[at+1]; strings.Trim(a.text(p.till, part.from), " ") == "/" {
			a.try([]ratio{{claim: t, part: p, whole: part, strong: true}})
			return
		}
	}
	head := a.head(part, prev[at+1:])
	generic := head != nil && slices.Contains(wholes, t.in)
	for _, w := range prev[at+1:] {
		if w.role != level && w.role != base || !comparable(w, part) && !(w.kind == money.KindCount && part.kind == money.KindCount) || w.span || w.bound {
			continue
		}
		r := ratio{claim: t, part: part, whole: w}
		switch {
		case t.in != "" && !generic && names(t.in, w):
			r.strong = !a.ambiguous(t.in, w, prev)
		case (t.in == "" || generic) && w == head:
			r.strong = w.value.Hi().GreaterThanOrEqual(part.value.Lo()) && !a.alongside(w, part)
		}
		list = append(list, r)
	}
	if t.in != "" && !generic { // a total that is told elsewhere in the text
		w := a.total(t.in, part)
		if w == nil && strings.Contains(t.clause, "占全年预算") && part.kind == money.KindMoney {
			w = a.wholeBudget(part)
		}
		if w != nil {
			list = append(list, ratio{claim: t, part: part, whole: w, strong: !anyRatioStrong(list)})
		}
	}
	strong := false
	for k := range list {
		if list[k].strong && strong {
			list[k].strong = false
		}
		strong = strong || list[k].strong
	}
	a.try(list)
}

func anyRatioStrong(list []ratio) bool {
	for _, r := range list {
		if r.strong {
			return true
		}
	}
	return false
}

// ambiguous reports whether a name fits numbers of other sizes as well.
func (a *analysis) ambiguous(name string, w *token, prev []*token) bool {
	for _, p := range prev {
		if p != w && p.role == level && comparable(p, w) && names(name, p) && !money.Overlaps(p.value, w.value) {
			return true
		}
	}
	return false
}

// names reports whether a name in 占…的 is that of a number.
func names(name string, w *token) bool {
	for _, stage := range []string{"预算", "决算"} { // 占基本支出预算 of 基本支出
		if rest, ok := strings.CutSuffix(strings.TrimSuffix(name, "数"), stage); ok && utf8.RuneCountInString(rest) > 2 && names(rest, w) {
			return true
		}
	}
	return alike(name, w.named) || alike(canonical(name), w.subject) || utf8.RuneCountInString(name) > 2 && strings.Contains(label.Fold(w.clause), name) || strings.HasSuffix(label.Fold(w.clause), "总"+name)
}

// alike reports whether two names mean the same total: equal, or one of them
// ends the other.
func alike(x, y string) bool {
	if x == "" || y == "" {
		return false
	}
	x, y = strings.TrimSuffix(x, "合计"), strings.TrimSuffix(y, "合计")
	return x == y
}

// head is the total above a list: the number before 其中 or 用于以下方面 in the
// same sentence.
func (a *analysis) head(part *token, prev []*token) *token {
	for _, w := range prev {
		if w.sentence != part.sentence {
			if w.sentence < part.sentence-1 || w.block != part.block || !strings.HasPrefix(a.text(part.opening, part.from), "其中") || w.role == level && !sameStage(w.stage, part.stage) {
				return nil
			}
		}
		if w.depth == part.depth && !opensWith(outside(a.text(w.till, part.from))) {
			continue // what opens is a list in brackets, closed before the part
		}
		if w.role == level && comparable(w, part) && a.opens(w.till, part.from) {
			for _, x := range a.data[w.index+1 : part.index] {
				if x.role == level && comparable(x, part) {
					break
				}
				if !a.opens(w.till, x.from) && x.role == level {
					return nil
				}
			}
			return w
		}
	}
	return nil
}

// alongside reports whether a number that seems to head a list may as well be an
// entry of the same one: it has a share of its own, and its 其中 may have ended at
// the semicolon before the part.
func (a *analysis) alongside(w, part *token) bool {
	n := w.index + 1
	return n < len(a.data) && a.data[n].role == share && a.data[n].sentence == w.sentence && strings.Contains(a.text(a.data[n].till, part.from), "；")
}

// outside leaves out what stands in brackets.
func outside(s string) string {
	if !strings.ContainsRune(s, '（') {
		return s
	}
	var b strings.Builder
	depth := 0
	for _, r := range s {
		switch {
		case r == '（':
			depth++
		case r == '）':
			depth = max(0, depth-1)
		case depth == 0:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// first keeps the work on a name bounded: what a text says of it first.
func first(list []*token) []*token { return list[:min(len(list), 64)] }

// total finds the one number that the text gives for a named total.
func (a *analysis) total(name string, part *token) *token {
	var found *token
	id, of := canonical(name), part.year
	if of == 0 {
		of = a.year // what names no year speaks of that of the report
	}
	if len(a.levels[id]) == 0 { // 占一般公共预算财政拨款总支出的
		id = canonical(strings.ReplaceAll(funds.Replace(name), "总支出", "支出"))
	}
	for _, w := range first(a.levels[id]) {
		if !comparable(w, part) || w.prior != part.prior || !w.explicit || w.year != 0 && of != 0 && w.year != of || !sameStage(w.stage, part.stage) {
			continue
		}
		if found != nil && !money.Overlaps(found.value, w.value) {
			return nil
		}
		if found == nil {
			found = w
		}
	}
	return found
}

package claim

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"mingzhang/cmd/mingzhang/internal/money"
)

// list is a total with its parts.
type list struct {
	total   *token
	parts   []*token
	words   string // from the total to the first part
	text    string // from the first part to the end
	lead    bool   // the list stands in the sentence after its total
	nested  bool   // a list inside was left out: what belongs where is not sure
	partial bool
	whole   bool // the text says otherwise that the parts are all
}

// list gathers the parts of one kind, and the total to which they belong.
func (a *analysis) list(i int, kind money.Kind) *list {
	head, first := a.data[i], a.data[i+1]
	wanted := level
	if first.role == difference && (head.role == difference || head.role == growth && i > 0 && a.data[i-1].role == difference && a.data[i-1].sentence == head.sentence) {
		wanted = difference // 减少4.80万元，下降16%，其中：公务用车费减少5万元，下降17.24%
	}
	l := &list{}
	for j := i; j >= 0 && j > i-10; j-- {
		t := a.data[j]
		if t.block != head.block || t.sentence < head.sentence-1 {
			break
		}
		if t.kind == kind && (t.role == wanted) && !t.bound && !t.span && !t.of && !perHead(t) {
			if l.total == nil {
				l.total = t
			}
			// 20批次，200人次，其中外事接待3批次: batches are counted with batches.
			if kind != money.KindCount || sameThings(t, first) || first.kind != kind {
				l.total = t
				break
			}
		}
	}
	if l.total == nil || l.total.about {
		return nil
	}
	l.lead = l.total.sentence != first.sentence
	l.words = a.text(head.till, first.from)
	depth := first.depth
	end := first.till
	skip := false
	// 公务用车费28万元，占88.69%，其中：…；公务接待费…: the parts of a part end with
	// the semicolon between it and the next one.
	within := head.role == share
	for j := i + 1; j < len(a.data); j++ {
		t := a.data[j]
		if t.sentence != first.sentence || t.block != first.block || t.depth < depth {
			break
		}
		between := a.text(a.data[j-1].till, t.from)
		if j > i+1 && within && strings.Contains(between, "；") {
			break
		}
		if j > i+1 && (a.apart(t, between) || !runIn.MatchString(l.words) && runIn.MatchString(between)) {
			break
		}
		if skip && strings.ContainsAny(between, "；") {
			skip = false
		}
		if j > i+1 && t.depth == depth && (a.opens(a.data[j-1].till, t.from) || explains(between)) && !strings.HasPrefix(between, "：") && !strings.Contains(between, "；") {
			if !(t.kind == kind && t.role == wanted && len(l.parts) > 0 && beside(l.parts[0], t)) {
				skip, l.nested = true, true
			}
		}
		if t.depth > depth || skip || t.of {
			continue // 预算10万元的86.60% is with what a part is compared
		}
		end = t.till
		if t.kind != kind || t.role != wanted {
			if t.role == base || t.role == listed {
				return nil
			}
			continue
		}
		if t.vague() || len(l.parts) == 0 && perPiece(t) {
			return nil
		}
		if len(l.parts) > 0 && a.leaves(l, t) {
			break
		}
		if t.kind == money.KindCount && len(l.parts) > 1 && strings.Contains(a.text(l.parts[len(l.parts)-1].till, t.from), "；") && l.known() && !(&list{parts: append(slices.Clone(l.parts), t)}).known() {
			break // posts by kind are over where 实有 follows; 其他用车2辆；单价50万元以上设备1台
		}
		l.parts = append(l.parts, t)
		t.scope = l.total
		if t.stage == "" {
			t.stage, t.year, t.prior = l.total.stage, max(t.year, l.total.year), t.prior || l.total.prior
		}
	}
	if len(l.parts) == 0 || within && !l.divided() && !l.graded() {
		return nil
	}
	if strings.Contains(l.words, "其中") {
		next := i + 1
		for next < len(a.data) && a.data[next].sentence == first.sentence {
			next++
		}
		a.sequel(l, next)
	}
	tail := end
	for tail < len(a.r) && tail < end+8 && a.r[tail] != '\n' {
		tail++
	}
	l.text = a.text(first.from, tail)
	l.partial = containsOf(l.words, glossary().Words.Partial...) || hasPrefixOf(a.text(end, tail), "等")
	return l
}

// runIn finds the number of a paragraph that was run into the one before:
// …公务用车购置费0万元，三、公务接待费20万元.
var runIn = regexp.MustCompile(`[，；][一二三四五六七八九十]{1,2}、[^一二三四五六七八九十]`)

// explains reports whether words after a part tell what most of it is, not the
// next part: 地方支出20亿元，主要是土地收入安排的支出18亿元.
func explains(words string) bool {
	words = strings.TrimLeft(words, "，")
	// 7万元，主要用于燃料费3万元、维修费4万元: for what a part was spent.
	return hasPrefixOf(words, "主要是", "主要为", "具体是") || hasPrefixOf(words, "主要用于", "用于") && !strings.Contains(words, "，")
}

// beside reports whether two parts belong to one division by definition:
// 人员经费 and 公用经费. 公务用车购置及运行费 does not stand beside the 运行费 in it.
func beside(x, y *token) bool {
	first, second := x.clause+x.named, y.clause+y.named
	for _, p := range glossary().Partitions {
		if !containsOf(first, p.Parts...) || !containsOf(second, p.Parts...) {
			continue
		}
		if len(p.Parts) == 1 && x.kind == money.KindCount {
			return true // vehicles by use
		}
		other := func(in, out string) bool {
			return slices.ContainsFunc(p.Parts, func(w string) bool { return strings.Contains(in, w) && !strings.Contains(out, w) })
		}
		if other(first, second) && other(second, first) {
			return true
		}
	}
	return false
}

// leaves reports whether a number is no more a part of the list: another stage,
// another year, or the total said again.
func (a *analysis) leaves(l *list, t *token) bool {
	first := l.parts[0]
	switch {
	case t.stage != "" && first.stage != "" && (t.stage == "outturn") != (first.stage == "outturn"), t.stage != "" && l.total.stage != "" && (t.stage == "outturn") != (l.total.stage == "outturn"):
		return true
	case t.stage != "" && t.stage != first.stage && t.stage != "budget" && first.stage != "budget" && !(first.stage == "" && t.stage == l.total.stage):
		return true
	case t.year != 0 && first.year != 0 && t.year != first.year, t.prior != first.prior:
		return true
	case !t.explicit && t.stage == "" && t.role == level && t.kind == money.KindMoney && strings.Trim(t.clause, "、和及为 ") == "" && !a.spent(t) && len(l.parts) > 0 && t.kind == l.parts[len(l.parts)-1].kind && !strings.Contains(a.text(l.parts[len(l.parts)-1].till, t.from), "、"):
		return true
	case t.subject == l.total.subject && t.explicit && l.total.explicit && !beside(first, t):
		return true
	case t.kind == money.KindCount && !sameThings(t, first):
		return true
	}
	return perPiece(t)
}

// spent reports whether a part is named behind its amount: 30万元用于预算编制.
func (a *analysis) spent(t *token) bool {
	return hasPrefixOf(a.text(t.till, min(len(a.r), t.till+2)), "用于", "支付", "购买", "补助")
}

var perHeadWords = regexp.MustCompile(`(?:[人户村社车生亩床次台]均|平均)[^，。；]{0,4}$`)

// perHead reports whether a number is an average, which has no parts:
// 村级转移支付680万元，村均40万元，其中：….
func perHead(t *token) bool { return perHeadWords.MatchString(t.clause) }

// perPiece reports whether a number is an amount for one thing or person: no
// total adds it up.
func perPiece(t *token) bool {
	return containsOf(t.clause, "人均", "生均", "平均", "每", "单价", "标准为", "标准是") || strings.HasSuffix(t.clause, "标准")
}

// sameThings reports whether counts may be added: people with people, things
// with things.
func sameThings(x, y *token) bool {
	people := func(t *token) bool { return t.unit == money.Person || t.unit == money.PersonTime }
	things := func(t *token) bool {
		return t.unit == money.Piece || t.unit == money.Vehicle || t.unit == money.Set || t.unit == money.Item || t.unit == money.NoUnit
	}
	return x.unit == y.unit && x.measure == y.measure || people(x) && people(y) && x.unit == y.unit || things(x) && things(y)
}

var brackets = strings.NewReplacer("（", "", "）", "", "(", "", ")", "")

// known reports whether the parts make up their whole by definition, or by the
// shares printed beside them.
func (l *list) known() bool {
	if l.whole || l.graded() {
		return true
	}
	texts := make([]string, len(l.parts))
	for i, t := range l.parts {
		texts[i] = brackets.Replace(t.clause) + cmp.Or(t.named, t.subject)
	}
	for _, p := range glossary().Partitions {
		n, last, other := 0, "", false
		for _, text := range texts {
			i := slices.IndexFunc(p.Parts, func(w string) bool { return strings.Contains(text, w) })
			if i < 0 || p.Apart && p.Parts[i] == last {
				break
			}
			other = other || last != "" && p.Parts[i] != last
			n, last = n+1, p.Parts[i]
		}
		// 环境服务 and 文化服务 are both 服务: that divides nothing.
		if n >= 2 && n == len(l.parts) && (other || len(p.Parts) == 1) {
			return true
		}
	}
	return false
}

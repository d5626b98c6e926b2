package claim

import (
	"regexp"
	"slices"
	"strings"

	"mingzhang/cmd/mingzhang/internal/money"
)

// outlines holds a total against the numbered paragraphs under it: 年初预算为…，
// 支出决算为…。其中： and then 1.…, 2.…, each with its own 年初预算 and 支出决算.
func (a *analysis) outlines() {
	for b := range a.blocks {
		if a.blocks[b].layout == row || b+2 >= len(a.blocks) {
			continue
		}
		if items := a.items(b); len(items) > 1 {
			a.outline(b, items)
			a.structure(items)
		}
	}
}

// series are the ways in which paragraphs are numbered, each with its number.
var series = []*regexp.Regexp{
	regexp.MustCompile(`^(\d{1,2})(?:[“”"]?[.．、]|[“"])`), // also 11“.灾害防治”, with its quote displaced
	regexp.MustCompile(`^[（(](\d{1,2})[)）]`),
	regexp.MustCompile(`^(\d{1,2})[)）]`),
	regexp.MustCompile(`^[（(]([一二三四五六七八九十]{1,3})[)）]`),
	regexp.MustCompile(`^([一二三四五六七八九十]{1,3})[、．.]`),
}

// numberOf tells how a block is numbered: which series, and its number in it. It
// is read once: the paragraphs under a heading are asked for from each above them.
func (a *analysis) numberOf(b int) (kind, n int) {
	if a.numbers == nil {
		a.numbers = make([]blockNumber, len(a.blocks))
	}
	x := &a.numbers[b]
	if !x.read {
		x.read = true
		x.kind, x.n = a.readNumber(b)
	}
	return x.kind, x.n
}

// blockNumber is how a block is numbered.
type blockNumber struct {
	read    bool
	kind, n int
}

func (a *analysis) readNumber(b int) (kind, n int) {
	bl := a.blocks[b]
	if a.blocks[b].layout == row {
		return -1, 0
	}
	if bl.start == bl.end || !strings.ContainsRune("0123456789（(一二三四五六七八九十", a.r[bl.start]) {
		return -1, 0 // as nearly all
	}
	s := a.text(bl.start, min(bl.end, bl.start+8))
	for k, r := range series {
		if m := r.FindStringSubmatch(s); m != nil {
			return k, number(m[1])
		}
	}
	return -1, 0
}

// items lists the paragraphs 1, 2, 3, … right under a block, whatever stands
// under each of them.
func (a *analysis) items(b int) []int {
	kind, n := a.numberOf(b + 1)
	if kind < 0 {
		return a.unnumbered(b)
	}
	own, _ := a.numberOf(b)
	if n != 1 || kind == own {
		return nil
	}
	out := []int{b + 1}
	for i := b + 2; i < len(a.blocks) && i < b+200; i++ {
		k, n := a.numberOf(i)
		switch {
		case k >= 0 && k == own, a.blocks[i].layout == heading && k < 0:
			return out
		case k != kind:
		case n != len(out)+1:
			return out
		default:
			out = append(out, i)
		}
	}
	return out
}

// told reports whether a paragraph ends by saying that its parts follow.
var told = regexp.MustCompile(`(?:其中|如下|包括|分别为|分别是|以下方面|构成|组成)[：。，]?$`)

// some are words by which it says that not all of them do.
var some = []string{"重点", "部分", "典型", "主要项目", "主要有", "主要包括", "主要是", "等"}

// outline judges the totals of a block, one for each stage that its parts have.
func (a *analysis) outline(b int, blocks []int) {
	bl := a.blocks[b]
	text := a.text(bl.start, bl.end)
	opened := told.MatchString(strings.TrimSpace(text))
	if a.divided(blocks) {
		a.namedShares(blocks)
	}
	heads := map[string][]*token{}
	var order []string
	for _, t := range a.of(b) {
		if t.role == level && t.kind == money.KindMoney && t.depth == 0 && t.scope == nil && !t.vague() && !t.of && !t.prior {
			if heads[t.stage] == nil {
				order = append(order, t.stage)
			}
			heads[t.stage] = append(heads[t.stage], t)
		}
	}
	complete := false // one stage of the paragraphs comes to its total, so that they are all
	var above []*list // totals that are smaller than one of their parts
	for _, stage := range order {
		l := &list{lead: stage == ""}
		for _, i := range blocks {
			t := a.amount(i, stage, len(order) == 1)
			if t == nil {
				l.parts = nil
				break
			}
			l.parts = append(l.parts, t)
		}
		refine(l.parts)
		l.partial = containsOf(a.text(max(bl.start, bl.end-16), bl.end), some...)
		l.whole = a.divided(blocks) && !l.partial
		if l.total = a.over(heads[stage], l.parts); l.total != nil && (l.whole || opened) {
			a.judgeList(l)
			a.itemShares(l)
			complete = complete || len(l.parts) > 2 && holds(l.total.verdict)
		} else if l.total == nil && len(l.parts) > 2 && len(heads[stage]) == 1 && opened {
			l.total = heads[stage][0]
			above = append(above, l)
		}
	}
	if complete {
		for _, l := range above {
			a.exceeded(l)
		}
	}
}

// exceeded tells of a part that is larger than its total, where the paragraphs are sure
// to be the parts of it: their outturns come to the outturn, and one of them has a larger
// budget than all.
func (a *analysis) exceeded(l *list) {
	sum, err := money.Sum(valuesOf(l.parts))
	if err != nil || l.total.about || !slices.ContainsFunc(l.parts, func(p *token) bool { return p.value.Lo().GreaterThan(l.total.value.Hi()) }) {
		return
	}
	if slices.ContainsFunc(l.parts, func(p *token) bool {
		return p.year != l.total.year && p.year != 0 && l.total.year != 0 || p.subject == l.total.subject && p.explicit
	}) {
		return
	}
	a.overflow(l, sum, sumText(l.parts)+" = "+show(like(sum, l.total.value)))
}

// refine lets the amounts of a list count as finely as the finest of them, as those of
// one sentence do: 150万元 among 271.40万元 has lost its zeros.
func refine(parts []*token) {
	fine := fineness(parts)
	for _, t := range parts {
		if p := t.decimals(fine); p > t.places && !t.n.IsZero() && !t.words && t.unit != money.Yuan {
			t.value = t.value.Rounded(p)
		}
	}
}

// itemShares judges the shares behind the amounts of paragraphs that come to
// their total: （2）政府性基金8,500.00万元，占24.13%.
func (a *analysis) itemShares(l *list) {
	if !holds(l.total.verdict) {
		return
	}
	for _, p := range l.parts {
		n := p.index + 1
		if n >= len(a.data) {
			continue
		}
		for n+1 < len(a.data) && a.data[n].depth > p.depth {
			n++ // a remark in brackets
		}
		if s := a.data[n]; s.role == share && s.in == "" && s.sentence == p.sentence && s.depth == p.depth && s.verdict == Unbound && !s.vague() {
			a.try([]ratio{{claim: s, part: p, whole: l.total, strong: true}})
		}
	}
}

// namedShares holds the shares of a division against a hundred: 1.基本支出…，占
// 一般公共预算支出的84.06% and 2.项目支出…，占一般公共预算支出的19.54%.
func (a *analysis) namedShares(blocks []int) {
	var shares []*token
	for _, b := range blocks {
		own := a.of(b)
		if len(own) < 2 {
			return
		}
		s := own[1]
		if s.role != share || s.in == "" || own[0].role != level || len(shares) > 0 && s.in != shares[0].in {
			return
		}
		shares = append(shares, s)
	}
	a.fullShares(shares)
}

// structure judges the shares of numbered paragraphs whose total stands further off:
// 1.一般公共服务支出（类）434万元，占81.28%。2.社会保障和就业支出（类）60万元，占11.23%.
func (a *analysis) structure(blocks []int) {
	var pairs []pair
	for _, b := range blocks {
		own := a.of(b)
		if len(own) < 2 || own[0].role != level || own[0].kind != money.KindMoney || own[1].role != share || own[1].in != "" || own[1].verdict != Unbound || own[1].bound || own[1].about || own[1].span {
			return
		}
		pairs = append(pairs, pair{own[0], own[1]})
	}
	if len(pairs) > 2 {
		a.division(pairs)
	}
}

// over finds the total of a block that its paragraphs divide: the one that they
// come to, else the only one that there is. What is one of the parts itself, or
// of another year, is none.
func (a *analysis) over(heads, parts []*token) *token {
	if len(parts) < 2 {
		return nil
	}
	values := make([]money.Value, len(parts))
	for k, p := range parts {
		values[k] = p.value
	}
	sum, err := money.Sum(values)
	if err != nil {
		return nil
	}
	var only *token
	single := true
	for _, h := range heads {
		if slices.ContainsFunc(parts, func(p *token) bool {
			return p.explicit && h.explicit && p.subject == h.subject || p.year != 0 && h.year != 0 && p.year != h.year
		}) {
			return nil
		}
		if holds(judge(h.value, sum)) {
			return h
		}
		if slices.ContainsFunc(values, func(v money.Value) bool { return v.Lo().GreaterThan(h.value.Hi()) }) {
			continue // smaller than a part
		}
		single = single && (only == nil || money.Overlaps(only.value, h.value))
		only = h
	}
	if !single {
		return nil
	}
	return only
}

// amount is the first number of a paragraph at a stage; nil where it has none,
// or where it is not plain. Under a total with one stage the parts need not say
// it again.
func (a *analysis) amount(block int, stage string, only bool) *token {
	for _, t := range a.of(block) {
		if t.role == level && t.kind == money.KindMoney && (t.stage == stage || only && sameStage(t.stage, stage)) && t.depth == 0 {
			if t.vague() || t.prior || perPiece(t) {
				return nil
			}
			return t
		}
	}
	return nil
}

// divided reports whether the paragraphs are by their titles the parts of a
// division: 1.基本支出 and 2.项目支出.
func (a *analysis) divided(blocks []int) bool {
	l := &list{}
	for _, b := range blocks {
		bl := a.blocks[b]
		title := a.text(bl.start, min(bl.end, bl.start+24))
		if i := strings.IndexAny(title, "。：，0123456789"); i > 0 {
			if j := strings.IndexAny(title, "、.．)）"); j >= 0 && j < 12 {
				if k := strings.IndexAny(title[j:], "。：，"); k > 0 {
					title = title[:j+k]
				}
			}
		}
		t := &token{}
		t.clause = title
		l.parts = append(l.parts, t)
	}
	return l.known()
}

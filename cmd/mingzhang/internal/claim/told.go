package claim

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mingzhang/cmd/mingzhang/internal/money"
)

// Where the number stands of which a change speaks, when its own sentence does not
// hold it.

// alone reports whether a number is the one amount of its sentence: that of which the
// next sentence speaks without a name, 与上年相比减少60万元，下降0.76%.
func (a *analysis) alone(t *token) bool {
	for _, step := range []int{-1, 1} {
		for j := t.index + step; j >= 0 && j < len(a.data) && a.data[j].sentence == t.sentence; j += step {
			if a.data[j].kind == money.KindMoney {
				return false
			}
		}
	}
	return true
}

// sameName reports whether two subjects are one: 三公经费支出 under 支出年初预算, and
// 三公经费 under 支出决算数.
func sameName(x, y string) bool {
	return x == y || strings.TrimSuffix(x, "支出") == strings.TrimSuffix(y, "支出")
}

// toldBefore is the one outturn that the text gives for a name in another
// paragraph: 三公经费支出决算为36.50万元 … 三公经费支出决算数比上年增加1.50万元，增长4.29%.
// It is nil where the text gives several.
func (a *analysis) toldBefore(name anchor, by *token) *token {
	if name.stage != "outturn" || name.prior || utf8.RuneCountInString(name.named) < 4 {
		return nil
	}
	var found *token
	list := first(a.levels[name.subject])
	if len(list) == 0 {
		list = first(a.levels[name.subject+"支出"])
	}
	for _, w := range list {
		if w.stage != "outturn" || w.prior || w.vague() || !comparable(w, by) || name.year != 0 && w.year != 0 && name.year != w.year {
			continue
		}
		if found != nil && !money.Overlaps(found.value, w.value) {
			return nil
		}
		found = w
	}
	return found
}

// yearsApart is a change between two years that stand in paragraphs of their own:
// 2022年…公务接待费11.80万元 … 2021年…公务接待费12.39万元 … 公务接待费比上年减少0.59万元. It
// is sure where both are of one stage.
func (a *analysis) yearsApart(name anchor, with comparison, t *token) *change {
	year := a.yearOf(t)
	if name.subject == "" || year == 0 || with.year != 0 && with.year != year-1 {
		return nil
	}
	var ends [2]*token
	for _, w := range first(a.levels[name.subject]) {
		if w.vague() || w.index > t.index || !sameStage(w.stage, name.stage) && a.yearOf(w) == year || !sameStage(w.stage, with.stage) && a.yearOf(w) == year-1 {
			continue
		}
		k := year - a.yearOf(w)
		if k < 0 || k > 1 || w.prior {
			continue
		}
		if ends[k] != nil && !money.Overlaps(ends[k].value, w.value) {
			return nil // told more than once
		}
		ends[k] = w
	}
	if ends[0] == nil || ends[1] == nil || !comparable(ends[0], ends[1]) {
		return nil
	}
	return &change{now: ends[0], base: ends[1], strong: ends[0].stage == ends[1].stage}
}

// setBeside is a change between the two amounts right before it, of which one is of the
// year before: 上年决算数4万元，本年决算数5万元，增长25%.
func (a *analysis) setBeside(prev []*token, t *token, with comparison) *change {
	if with.found || len(prev) < 2 || t.role != growth || utf8.RuneCountInString(strings.Trim(t.clause, "，")) > 5 {
		return nil
	}
	x, y := prev[1], prev[0]
	for _, p := range prev[:2] {
		if p.sentence != t.sentence || p.role != level || p.depth != t.depth || p.vague() || !comparable(x, p) {
			return nil
		}
	}
	if x.stage != y.stage || x.named != y.named {
		return nil
	}
	switch {
	case x.prior && !y.prior, x.year != 0 && y.year == x.year+1:
		return &change{now: y, base: x, strong: true}
	case y.prior && !x.prior, y.year != 0 && x.year == y.year+1:
		return &change{now: x, base: y, strong: true}
	}
	return nil
}

// amongChanges reports whether a change stands in a list of changes, of which the
// first tells with what all are compared: 比上年减少8万元，其中：公务接待费支出决算减少2万元.
func (a *analysis) amongChanges(t *token) bool {
	for j := t.index - 1; j >= 0 && j > t.index-24 && a.data[j].block == t.block; j-- {
		if p := a.data[j]; p.role == difference && p.against.found {
			return true
		}
	}
	return false
}

// own leaves out readings that take a number from elsewhere, where the sentence itself
// holds both ends of a sure one.
func own(list []change, g *token) []change {
	inside := func(t *token) bool { return t == nil || t.sentence == g.sentence }
	whole := func(c change) bool { return inside(c.now) && inside(c.base) }
	if slices.ContainsFunc(list, func(c change) bool { return c.strong && c.now != nil && c.base != nil && whole(c) }) {
		list = slices.DeleteFunc(list, func(c change) bool { return !whole(c) })
	}
	return list
}

// ofItsName leaves out readings of other things, where the thing that a change names is
// told too: 三公经费…减少3.59万元，下降15.31%，其中：公务用车购置及运行维护费减少3.59万元，下降
// 15.31% copies the rate of the whole, which is none of the part.
func ofItsName(list []change, subject string) []change {
	if utf8.RuneCountInString(subject) < 4 || !slices.ContainsFunc(list, func(c change) bool { return c.strong && c.now != nil && sameName(c.now.subject, subject) }) {
		return list
	}
	return slices.DeleteFunc(list, func(c change) bool {
		return !c.strong && c.now != nil && utf8.RuneCountInString(c.now.subject) >= 4 &&
			!strings.Contains(c.now.subject, subject) && !strings.Contains(subject, c.now.subject) && !sameName(c.now.subject, subject)
	})
}

// deviation is how 预决算差异率 follows from budget and outturn of its sentence:
// 年初预算数500万元，决算数534万元，预决算差异率6.80%.
func (a *analysis) deviation(i int) []change {
	g := a.data[i]
	if r := rateOf(g.rate); r == nil || r.ID != "budget-deviation-rate" {
		return nil
	}
	c := change{rate: g, strong: true}
	for _, p := range a.before(i) {
		if p.sentence != g.sentence || p.role != level && p.role != base || p.kind != money.KindMoney {
			continue
		}
		switch {
		case c.now == nil && p.stage == "outturn":
			c.now = p
		case c.base == nil && p.whole():
			c.base = p
		}
	}
	if c.now == nil || c.base == nil {
		return nil
	}
	return []change{c}
}

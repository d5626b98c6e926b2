package claim

import (
	"strings"
	"unicode/utf8"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// balances holds 收入总计 against 支出总计 of the same name and year: with what was
// carried over on both sides they are one number.
func (a *analysis) balances() {
	var income *token
	var of string
	for _, t := range a.data {
		if t.role != level || t.kind != money.KindMoney || t.vague() || t.of || !strings.Contains(t.clause, "总计") || a.blocks[t.block].layout == row {
			continue
		}
		name := strings.TrimRight(cutOut(stripNumbering(t.clause), yearIn), "为是：共合 ")
		if rest, ok := strings.CutSuffix(name, "收入总计"); ok {
			income, of = t, rest
			continue
		}
		rest, ok := strings.CutSuffix(name, "支出总计")
		if !ok || income == nil {
			continue
		}
		rest = strings.Trim(rest, "，、；和与及度年 ")
		if n := strings.Trim(of, "，、；度年 "); rest != "" && rest != n || t.block > income.block+1 || t.index > income.index+8 || t.prior != income.prior || t.year != income.year && t.year != 0 && income.year != 0 {
			continue
		}
		in := income
		income = nil
		if money.Overlaps(in.value, t.value) {
			a.settle(t, Equal, "")
			a.settle(in, Equal, "")
			continue
		}
		// What is left over may be told in the next paragraph.
		words := strings.ReplaceAll(a.text(in.till, a.blocks[min(t.block+1, len(a.blocks)-1)].end), "结转和结余", "")
		if containsOf(words, "结余", "赤字", "差额", "相抵", "盈余", "亏") && !strings.Contains(words, "结余分配") {
			continue // what is left over makes the difference
		}
		sum := "收入总计 " + show(in.value) + "，支出总计 " + show(t.value)
		a.add(&finding{
			code: Impossible, token: t, args: []any{a.quote(t), show(in.value)}, sum: lang.Text{ZH: sum, EN: "total income " + show(in.value) + ", total spending " + show(t.value)}, related: tokensOf(in), expected: show(in.value),
			fix: lang.Text{ZH: "收入总计和支出总计都含结转结余，应当相等；不含的写“本年收入合计”“本年支出合计”", EN: "both totals hold what is carried over and should be equal; without it they are called 本年收入合计 and 本年支出合计"},
		})
		t.verdict = Contradicts
	}
}

// sides holds a total of both sides against the parts of each: 财政拨款收支总预算
// 321万元。收入包括：…；支出包括：….
func (a *analysis) sides() {
	for b, bl := range a.blocks {
		s := a.text(bl.start, bl.end)
		in := strings.Index(s, "收入包括")
		out := strings.Index(s, "支出包括")
		if in < 0 || out < in || bl.layout == row {
			continue
		}
		at := func(i int) int { return bl.start + utf8.RuneCountInString(s[:i]) }
		end := bl.end
		if i := strings.Index(s[out:], "。"); i >= 0 {
			end = at(out + i)
		}
		var total *token
		income, spending := &list{whole: true}, &list{whole: true}
		for _, t := range a.of(b) {
			switch plain := t.role == level && t.kind == money.KindMoney && t.depth == 0 && !t.vague() && !t.of; {
			case !plain:
			case t.from < at(in):
				total = t
			case t.from < at(out):
				income.parts = append(income.parts, t)
			case t.from < end:
				spending.parts = append(spending.parts, t)
			}
		}
		if total == nil && b > 0 { // 财政拨款收支预算总数321万元，… and 收入包括 in the next paragraph
			for _, t := range a.of(b - 1) {
				if t.role == level && t.kind == money.KindMoney && t.depth == 0 && !t.vague() && !t.of && !t.prior {
					total = t
					break
				}
			}
		}
		if total == nil || !strings.Contains(total.clause, "收支") {
			continue
		}
		for _, l := range []*list{income, spending} {
			if l.total = total; len(l.parts) > 1 && !strings.HasSuffix(a.text(bl.start, end), "等") {
				a.judgeList(l)
			}
		}
	}
}

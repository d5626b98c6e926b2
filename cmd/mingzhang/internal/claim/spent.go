package claim

import (
	"strings"

	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// spentOf holds how much of a budget was spent against the tables, where a text gives
// the outturn alone: 公务用车购置及运行维护费支出决算为19.56万元，完成预算的63.78%. The outturn is
// bound to its cell by then, and the budget stands beside it.
func (a *analysis) spentOf(k *Book) {
	for _, t := range a.data {
		if !t.completes() || t.wholeIs != nil || t.verdict != Unbound && t.sure != byValue {
			continue
		}
		p := a.outturnBefore(t)
		if p == nil {
			continue
		}
		row, _ := strings.CutSuffix(p.figure.ID, "/outturn")
		var of *figure.Figure
		var done money.Value
		for _, b := range k.budgets(row, t.rate) {
			if !b.Known() || b.Value.Zero() {
				continue
			}
			r, err := money.Div(p.figure.Value, b.Value)
			if err != nil || !r.Known() {
				continue
			}
			of, done = b, percent(r, t.value.Places)
			if v := judge(t.value, r); holds(v) {
				a.settle(t, v, p.figure.WithUnit(lang.ZH)+" ÷ "+b.WithUnit(lang.ZH)+" = "+show(done))
				of = nil
				break
			}
		}
		if of == nil {
			continue
		}
		sum := p.figure.WithUnit(lang.ZH) + " ÷ " + of.WithUnit(lang.ZH) + " = " + show(done)
		name := lang.Text{ZH: p.figure.Label.ZH + " ÷ " + of.Label.ZH, EN: p.figure.Label.EN + " ÷ " + of.Label.EN}
		a.add(&finding{code: HeldOtherwise, token: t, args: []any{a.quote(t), name, show(done)}, sum: lang.Same(sum), related: tokensOf(p), expected: show(done)})
		t.verdict, t.figure, t.sure, t.held = Contradicts, nil, "", ""
	}
}

// completes tells a rate of which nothing was found yet and that says how much of a
// budget was spent: 完成预算的63.78%, 完成年初预算的63.78%.
func (t *token) completes() bool {
	return t.role == rate && !t.vague() && t.finding == nil && strings.HasPrefix(t.rate, "完成") && strings.Contains(t.rate, "预算")
}

// budgets lists the figures of a row that a rate may mean by 预算, as their headings name
// them: 预算数 alone is the original budget in one province and the adjusted one in
// another, so that neither 完成年初预算 nor 完成全年预算 is held against it, nor 完成预算
// against a column that is one of the two.
func (k *Book) budgets(row, rate string) (list []*figure.Figure) {
	original, adjusted := k.figures.Get(row+"/original"), k.figures.Get(row+"/adjusted")
	for _, f := range []*figure.Figure{original, adjusted} {
		if f == nil || f.Cell == nil {
			continue
		}
		if budgetWord(rate) == budgetWord(f.Cell.Column) || budgetWord(rate) == "" && original != nil && adjusted != nil {
			list = append(list, f)
		}
	}
	return list
}

// budgetWord is which budget a phrase or a heading names, blank for either.
func budgetWord(s string) string {
	switch {
	case containsOf(s, "年初", "原"):
		return "original"
	case containsOf(s, "全年", "调整"):
		return "adjusted"
	}
	return ""
}

// unspent tells of a part that was spent of a budget of which nothing was: 因公出国（境）费
// 支出决算为0.00万元，完成预算的3.00%. 100% is how some say that neither was there.
func (a *analysis) unspent() {
	for _, t := range a.data {
		if !t.completes() || t.unit != money.Percent || t.index == 0 || t.value.Lo().Sign() <= 0 || t.n.Equal(decimal.NewFromInt(100)) {
			continue
		}
		p := a.data[t.index-1]
		if p.sentence != t.sentence || p.depth != t.depth || p.role != level || p.kind != money.KindMoney || p.stage != "outturn" || p.prior || !p.n.IsZero() || p.vague() {
			continue
		}
		none := percent(money.Int(0, money.Percent), t.places)
		a.add(&finding{
			code: Impossible, token: t, args: []any{a.quote(t), show(none)}, related: tokensOf(p), expected: show(none),
			sum: lang.Text{ZH: num(p) + " ÷ 预算 = " + show(none), EN: num(p) + " ÷ budget = " + show(none)},
		})
		t.verdict = Contradicts
	}
}

// outturnBefore is the outturn right before a rate in its sentence, where its name bound
// it to a cell of the tables.
func (a *analysis) outturnBefore(t *token) *token {
	for j := t.index - 1; j >= 0 && j > t.index-3 && a.data[j].sentence == t.sentence; j-- {
		p := a.data[j]
		if p.depth > t.depth {
			continue
		}
		if p.role == level && p.kind == money.KindMoney && p.figure != nil && p.sure == byName && p.figure.Cell != nil && strings.HasSuffix(p.figure.ID, "/outturn") && (p.stage == "outturn" || p.stage == "") {
			return p
		}
		return nil
	}
	return nil
}

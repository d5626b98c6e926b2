package check

import (
	"strings"

	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/statement"
	"mingzhang/cmd/mingzhang/internal/table"
)

// What a form of self-evaluation must agree with in itself.
var (
	evaluationSum = codeRule("0.9.0", "performance", "evaluation-sum", diag.Error,
		lang.Text{ZH: "自评表各行之和等于合计", EN: "the rows of a self-evaluation come to its totals"},
		lang.Text{ZH: "%s写的是 %s，各行加起来是 %s", EN: "%s is given as %s; the rows come to %s"},
		lang.Text{ZH: "资金、分值和得分的合计应当等于各行之和，分值合计一般是 100 分", EN: "money, points and scores are totals of their rows; the points are mostly 100"},
		lang.Text{ZH: "核对合计和各行，改正写错的一个", EN: "check the total and the rows; correct the wrong one"},
		lang.Text{ZH: "自评表的勾稽：分值之和、得分之和、资金之和", EN: "points, scores and money of a self-evaluation add up"})
	evaluationScore = codeRule("0.9.0", "performance", "evaluation-score", diag.Error,
		lang.Text{ZH: "自评得分不超过分值", EN: "no score of a self-evaluation exceeds its points"},
		lang.Text{ZH: "「%s」得分 %s，超过分值 %s", EN: "%s has a score of %s, more than its points, %s"},
		lang.Text{ZH: "一项最多得到它的分值", EN: "an indicator earns its points at most"},
		lang.Text{ZH: "核对分值和得分", EN: "check points and score"},
		lang.Text{ZH: "自评表的勾稽：得分 ≤ 分值", EN: "score ≤ points"})
	evaluationRate = codeRule("0.9.0", "performance", "evaluation-rate", diag.Error,
		lang.Text{ZH: "自评表的执行率等于执行数除以预算数", EN: "the rate of a self-evaluation is its outturn over its budget"},
		lang.Text{ZH: "「%s」执行率写的是 %s，应为 %s", EN: "the rate of %s is given as %s and should be %s"},
		lang.Text{ZH: "执行率是全年执行数除以全年预算数", EN: "the rate is the year's outturn over the year's budget"},
		lang.Text{ZH: "核对预算数、执行数和执行率", EN: "check budget, outturn and rate"},
		lang.Text{ZH: "自评表的勾稽：执行率 = 执行数 ÷ 全年预算数", EN: "rate = outturn ÷ budget of the year"})
	evaluationReason = codeRule("0.9.0", "performance", "evaluation-reason", diag.Warning,
		lang.Text{ZH: "自评失分写明原因", EN: "lost points of a self-evaluation have a reason"},
		lang.Text{ZH: "「%s」失了分，没有写原因（共 %d 项）", EN: "%s lost points and has no reason (%d such rows)"},
		lang.Text{ZH: "表里有写原因的一栏，失分的指标要说明偏差和改进", EN: "the form has a column for it: a deviation is explained"},
		lang.Text{ZH: "在原因一栏写明为什么没有得满分、怎么改进", EN: "say why the points were lost and what will be done"},
		lang.Text{ZH: "自评表的勾稽：失分有原因", EN: "lost points have a reason"})
)

// EvaluationCodes lists these findings.
var EvaluationCodes = []*diag.Code{evaluationSum.code, evaluationScore.code, evaluationRate.code, evaluationReason.code}

// evaluations asks the forms of self-evaluation that were handed in.
func evaluations(list []*statement.Statement) []Outcome {
	var out []Outcome
	for _, st := range list {
		if e := st.Evaluation(); e != nil && len(e.Marks) > 0 {
			out = append(out, evaluated(st, e)...)
		}
	}
	return out
}

func evaluated(st *statement.Statement, e *statement.Evaluation) []Outcome {
	found := map[*Rule][]*diag.Finding{}
	tell := func(r *Rule, c table.Cell, sum string, args ...any) {
		f := st.Sheet.Finding(r.code, c, args...)
		f.Sum = lang.Same(sum)
		found[r] = append(found[r], f)
	}
	addUp(e, tell)
	inFunds(e, tell)
	lost, first := 0, statement.Mark{}
	for _, m := range e.Marks {
		if inPoints(&m, tell) < 0 && strings.Trim(m.Reason, "无-—/ ") == "" && e.Reasons {
			if lost++; lost == 1 {
				first = m
			}
		}
	}
	if lost > 0 {
		place := first.ReasonAt
		if !place.Present() {
			place = first.At // the row ends before its column
		}
		tell(evaluationReason, place, "", first.Name, lost)
	}
	var out []Outcome
	for _, r := range []*Rule{evaluationSum, evaluationScore, evaluationRate, evaluationReason} {
		if list := found[r]; list != nil {
			out = append(out, r.failed(st.Form.Title, list...))
		} else {
			out = append(out, r.passed(st.Form.Title))
		}
	}
	return out
}

type teller func(r *Rule, c table.Cell, sum string, args ...any)

// inPoints tells a score above its points, and returns how it compares with them; 0
// where one of them is not known.
func inPoints(m *statement.Mark, tell teller) int {
	if !m.Points.Known() || !m.Score.Known() {
		return 0
	}
	than := m.Score.Num().Cmp(m.Points.Num())
	if than > 0 {
		tell(evaluationScore, m.At, "", m.Name, m.Score.Plain(), m.Points.Plain())
	}
	return than
}

// addUp holds the points and the scores of all rows against their totals. The
// points of the execution of the budget stand in the head of the form, or among
// the indicators.
func addUp(e *statement.Evaluation, tell teller) {
	if e.Total == nil {
		return
	}
	var head statement.Mark
	if len(e.Funds) > 0 {
		head = e.Funds[0].Mark
	}
	for _, x := range []struct {
		of   string
		take func(m *statement.Mark) money.Value
	}{
		{"分值合计", func(m *statement.Mark) money.Value { return m.Points }},
		{"得分合计", func(m *statement.Mark) money.Value { return m.Score }},
	} {
		total := x.take(e.Total)
		sum, all := decimal.Zero, true
		var parts []string
		for i := range e.Marks {
			v := x.take(&e.Marks[i])
			all = all && v.Known()
			if v.Known() {
				sum = sum.Add(v.Num())
				parts = append(parts, v.Plain())
			}
		}
		if !total.Known() || !all {
			continue
		}
		near := func(n decimal.Decimal) bool { return n.Round(total.Places).Equal(total.Num()) || n.Equal(total.Num()) }
		with := sum
		if v := x.take(&head); v.Known() {
			with = sum.Add(v.Num())
			parts = append(parts, v.Plain())
		}
		if near(sum) || near(with) || near(sum.Add(decimal.NewFromInt(10))) && !head.Points.Known() && x.of == "分值合计" {
			continue
		}
		tell(evaluationSum, e.Total.At, strings.Join(parts, " + ")+" = "+money.Trim(with), x.of, total.Plain(), money.Trim(with))
	}
}

// inFunds holds the money of the whole against its parts, and the rate against
// both.
func inFunds(e *statement.Evaluation, tell teller) {
	for i := range e.Funds {
		f := &e.Funds[i]
		inPoints(&f.Mark, tell)
		if !f.Rate.Known() || !f.Budget.Known() || !f.Spent.Known() || f.Budget.Zero() {
			continue
		}
		if q, err := money.Div(f.Spent, f.Budget); err == nil && q.Known() && !money.Overlaps(f.Rate, q) {
			want := q.As(money.Percent, max(2, f.Rate.Places)).WithUnit(lang.ZH)
			tell(evaluationRate, f.RateAt, f.Spent.Display(lang.ZH)+" ÷ "+f.Budget.Display(lang.ZH)+" = "+want, f.Name, f.Rate.WithUnit(lang.ZH), want)
		}
	}
	if len(e.Funds) < 2 {
		return
	}
	for _, f := range e.Funds[1:] {
		if !f.Inside {
			return // more than one whole
		}
	}
	whole := e.Funds[0]
	for _, x := range []struct {
		of   string
		at   table.Cell
		take func(f *statement.Fund) money.Value
	}{
		{"全年预算数", whole.BudgetAt, func(f *statement.Fund) money.Value { return f.Budget }},
		{"全年执行数", whole.SpentAt, func(f *statement.Fund) money.Value { return f.Spent }},
	} {
		var values []money.Value
		var parts []string
		for i := range e.Funds[1:] {
			if v := x.take(&e.Funds[i+1]); v.Known() {
				values, parts = append(values, v), append(parts, v.Display(lang.ZH))
			}
		}
		total := x.take(&whole)
		if len(values) == 0 || !total.Known() {
			continue
		}
		if sum, err := money.Sum(values); err == nil && !money.Overlaps(sum, total) {
			tell(evaluationSum, x.at, strings.Join(parts, " + ")+" = "+sum.WithUnit(lang.ZH), whole.Name+"的"+x.of, total.WithUnit(lang.ZH), sum.WithUnit(lang.ZH))
		}
	}
}

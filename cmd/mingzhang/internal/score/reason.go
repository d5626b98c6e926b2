package score

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/formula"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// part explains the points of a part. Numbers that an explanation needs beyond
// those at hand, such as the distance to the next band, are figures as well.
func (r *Rubric) part(p *Part, f *figure.Figure, b *figure.Book, s formula.Scope, reasons Reasons) PartScore {
	x := PartScore{Part: p, Figure: f}
	if !f.Known() {
		x.Reason = plain(p.missing(f))
		return x
	}
	x.Judged = judgedOnly(f)
	if f.Value.Base().LessThan(p.Weight) {
		x.Lost = lostPoints(b, s, f, p.lost)
	}
	if x.Judged {
		for _, name := range p.names() {
			if text := reasons(name); text != "" {
				x.Reason = plain(lang.Same(text))
				break
			}
		}
		return x
	}
	e := explainer{r: r, b: b, s: s, x: &x}
	if p.value != nil {
		if res, err := p.value.Eval(s); err == nil && res.Value.Known() {
			e.value = res.Value
			if len(res.Inputs) == 1 {
				e.of = res.Inputs[0]
			}
		}
	}
	if p.Kind == Banded {
		x.Unsure = e.value.Known() && !p.bands.Sure(e.value)
	}
	if x.Lost != nil {
		e.explain()
	}
	return x
}

// names lists the names under which people may have judged the part.
func (p *Part) names() []string {
	out := append([]string{}, p.Review...)
	for _, c := range p.Checks {
		out = append(out, c.Name)
	}
	return out
}

// judgedOnly reports whether the points were taken from the table 评价.
func judgedOnly(f *figure.Figure) bool {
	for _, in := range f.Formula.Inputs {
		if !strings.HasPrefix(in.ID, "review/") {
			return false
		}
	}
	return len(f.Formula.Inputs) > 0
}

// missing says what a part lacks. A gate about which nothing was said is closed
// by nobody: that is no gap.
func (p *Part) missing(f *figure.Figure) lang.Text {
	switch f.Value.State {
	case money.NotApplicable, money.NotComparable:
		state := f.Value.State.Name()
		return lang.Text{ZH: "未评分：" + state.ZH, EN: "not scored: " + state.EN}
	}
	var zh, en []string
	for _, m := range f.Formula.Missing {
		if len(zh) == mostMissing {
			break
		}
		if g := p.item.Gate; g != nil && slices.ContainsFunc(g.Review, func(n string) bool { return m.ZH == reviewID(n) }) {
			continue
		}
		if rest, ok := strings.CutPrefix(m.ZH, "review/"); ok {
			item := strings.TrimSuffix(rest, "/score")
			m = lang.Text{ZH: "评价「" + item + "」", EN: "the judgement of " + item}
		}
		zh, en = append(zh, m.ZH), append(en, m.EN)
	}
	if len(zh) == 0 {
		return lang.Text{ZH: "未评分：缺少数据", EN: "not scored: figures are missing"}
	}
	return lang.Text{ZH: "未评分：缺少" + strings.Join(zh, "、"), EN: "not scored: missing " + strings.Join(en, ", ")}
}

// mostMissing is how many things that a part lacks are named.
const mostMissing = 4

// explainer says why a part lost points.
type explainer struct {
	r     *Rubric
	b     *figure.Book
	s     formula.Scope
	x     *PartScore
	value money.Value
	of    *figure.Figure // the figure that the part grades, nil for a composed value
}

func (e *explainer) explain() {
	switch e.x.Part.Kind {
	case Banded:
		e.banded()
	case Excess:
		e.excess()
	case Ratio:
		e.ratio()
	case Paced:
		e.paced()
	case List:
		e.x.Reason = say("各指标得分折算", "in proportion to the points of its indicators")
	}
}

// extra enters a number that only explains, beside the part's own.
func (e *explainer) extra(name string, expr *formula.Expr, u money.Unit, label lang.Text) *figure.Figure {
	return explaining(e.b, e.s, e.x.Figure, name, expr, u, label)
}

// explaining enters a number that explains another one, under the other's id.
func explaining(b *figure.Book, s formula.Scope, of *figure.Figure, name string, expr *formula.Expr, u money.Unit, label lang.Text) *figure.Figure {
	f := &figure.Figure{ID: of.ID + "/" + name, Label: lang.Text{ZH: of.Label.ZH + "：" + label.ZH, EN: of.Label.EN + ": " + label.EN}, Column: label}
	res, err := expr.Eval(s)
	if err != nil || !res.Value.Known() {
		return nil
	}
	f.Value = res.Value.As(u, 2)
	f.Formula = res.Formula()
	f.Formula.Source, f.Formula.Topic, f.Formula.Row = s.Fill(expr.Source), "score", of.Formula.Row
	b.Add(f)
	return f
}

// graded names the value that is graded.
func (e *explainer) graded() (lang.Text, any) {
	if e.of == nil || !strings.HasPrefix(e.x.Part.Value, "abs(") && e.of.Value.Base().Cmp(e.value.Base()) != 0 {
		return lang.Text{ZH: "该值", EN: "the value"}, e.value.As(money.Percent, 2).WithUnit(lang.ZH)
	}
	return e.of.Label, e.of
}

func (e *explainer) banded() {
	p, x := e.x.Part, e.x
	i := p.bands.Of(e.value)
	if i < 0 {
		return
	}
	name, v := e.graded()
	x.Reason = say("%s %s，属于「%s」一档，得 %s", "%s is %s, in the band %s: %s", name, v, p.bands.Edges(i), x.Figure)
	// The next better band below or above, whichever the scale has.
	for _, step := range []int{-1, 1} {
		for j := i + step; j >= 0 && j < len(p.bands); j += step {
			if !p.bands[j].Score.GreaterThan(p.bands[i].Score) {
				continue
			}
			edge := j // the edge between this side and band j
			if step > 0 {
				edge = j - 1
			}
			gap := e.extra("distance", p.gaps[edge], money.PercentPoint, lang.Text{ZH: "距上一档", EN: "distance to the next band"})
			if gap == nil {
				return
			}
			if step < 0 {
				x.Next = say("再低 %s，到「%s」一档，可得 %s 分", "%s lower, in the band %s, it would earn %s", gap, p.bands.Edges(j), p.bands[j].Score)
			} else {
				x.Next = say("再高 %s，到「%s」一档，可得 %s 分", "%s higher, in the band %s, it would earn %s", gap, p.bands.Edges(j), p.bands[j].Score)
			}
			return
		}
	}
}

func (e *explainer) excess() {
	p, x := e.x.Part, e.x
	over := e.extra("over", p.over, money.PercentPoint, lang.Text{ZH: "超出免扣范围", EN: "beyond the allowance"})
	if over == nil {
		return
	}
	name, v := e.graded()
	x.Reason = say("%s %s，超出 %s 的部分为 %s，每个百分点扣 %s 分", "%s is %s, %s beyond is %s, each costs %s", name, v, p.Free, over, p.PerPoint)
	if !x.Lost.Value.Base().Equal(p.Weight) {
		x.Next = say("再低 %s 可得满分", "%s lower would earn full marks", over)
		return
	}
	x.Reason = Sentence{append(x.Reason.ZH, figure.Piece{Text: "，扣完为止"}), append(x.Reason.EN, figure.Piece{Text: ", down to zero"})}
	free, _ := decimal.NewFromString(strings.TrimSuffix(p.Free, "%"))
	from := money.Trim(free.Add(p.Weight.Div(*p.PerPoint))) + "%"
	x.Next = say("降到 %s 以下开始得分，%s 以内得满分", "below %s it would begin to earn, up to %s full marks", from, p.Free)
}

func (e *explainer) ratio() {
	p, x := e.x.Part, e.x
	name, v := e.graded()
	if p.ZeroIfOver && e.value.Base().GreaterThan(decimal.NewFromInt(1)) {
		x.Reason = say("%s %s，超过 100%，不得分", "%s is %s, over 100%: nothing", name, v)
		x.Next = say("不超过 100% 即可得分", "up to 100% it would earn points")
		return
	}
	x.Reason = say("%s %s，按比例得 %s", "%s is %s: %s in proportion", name, v, x.Figure)
	full := p.FullAtOrOver
	if full == "" {
		full = "100%"
	}
	x.Next = say("达到 %s 可得满分", "at %s it would earn full marks", full)
}

// paced tells which periods fell short, and what the mean earned.
func (e *explainer) paced() {
	p, x := e.x.Part, e.x
	var told []Sentence
	for i, expr := range p.paces {
		res, err := expr.Eval(e.s)
		if err != nil || !res.Value.Known() || len(res.Inputs) != 1 {
			return
		}
		target, _ := decimal.NewFromString(strings.TrimSuffix(p.Targets[i], "%"))
		if res.Value.Base().Shift(2).LessThan(target) {
			in := res.Inputs[0]
			told = append(told, say("%s %s，未达序时进度 %s", "%s is %s, behind the schedule of %s", in.Label, in, p.Targets[i]))
		}
	}
	x.Next = say("每个季度都达到序时进度可得满分", "meeting the schedule every quarter would earn full marks")
	if p.mean != nil {
		if mean := e.extra("mean", p.mean, money.Points, lang.Text{ZH: "各季度执行率平均值的得分", EN: "points of the mean"}); mean != nil {
			told = append(told, say("各季度累计执行率的平均值得 %s（满分 %s 分）", "the mean of the rates earns %s of %s", mean, p.Mean.Weight))
		}
		x.Next = say("每个季度都达到序时进度，并更早支出，平均值才会升高", "meeting the schedule every quarter, and earlier spending, would raise the mean")
	}
	x.Reason = join(told)
}

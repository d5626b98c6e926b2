package score

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/formula"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// formulaOf writes the formula of a part. Its result is a number of points.
func (p *Part) formulaOf() (string, error) {
	var s string
	switch p.Kind {
	case Checklist:
		s = p.checks()
	case Manual:
		s = ""
	case CountDown:
		if p.Count != "" {
			s = fmt.Sprintf("max(0, %s - %s * number(%s))", p.Weight, p.Per, p.Count)
		}
	case Ratio:
		return p.judgedOr(p.ratio())
	case Banded:
		s = fmt.Sprintf("bands(%s, %q)", p.Value, p.Bands)
	case Excess:
		free, err := percentOf(p.Free)
		if err != nil {
			return "", err
		}
		if p.PerPoint == nil {
			return "", lang.Errorf(lang.Text{ZH: "没有写每超一个百分点扣几分（per_point）", EN: "per_point is missing"})
		}
		loss := p.PerPoint.Mul(decimal.NewFromInt(100))
		s = fmt.Sprintf("max(0, %s - %s * number(max(percent(0), %s - %s)))", p.Weight, loss, p.Value, free)
	case Paced:
		return p.judgedOr(p.paced())
	case List:
		s = fmt.Sprintf(`number(sum("goal{%s}.score") / sum("goal{%s}.points")) * %s`, p.Where, p.Where, p.Weight)
		if p.Where == "" {
			s = fmt.Sprintf(`number(sum("goal.score") / sum("goal.points")) * %s`, p.Weight)
		}
	default:
		return "", lang.Errorf(lang.Text{ZH: "没有名为「%s」的评分方式（kind）", EN: "no kind of part is called %s"}, string(p.Kind))
	}
	return p.judgedOr(s, nil)
}

// judgedOr lets what people judged stand in where nothing can be computed, and
// be all there is where nothing is.
func (p *Part) judgedOr(computed string, err error) (string, error) {
	if err != nil {
		return "", err
	}
	var parts []string
	if computed != "" {
		parts = append(parts, computed)
	}
	for _, name := range p.Review {
		parts = append(parts, judged(name))
	}
	switch len(parts) {
	case 0:
		return "", lang.Errorf(lang.Text{ZH: "没有写怎么评分：缺 review、value 或 count", EN: "nothing says how this part is scored: review, value or count is missing"})
	case 1:
		return parts[0], nil
	}
	return "first(" + strings.Join(parts, ", ") + ")", nil
}

// judged is the score that people gave under a name in the table 评价.
func judged(name string) string { return `get("` + reviewID(name) + `")` }

func reviewID(name string) string { return "review/" + figure.KeyOf(name) + "/score" }

func (p *Part) checks() string {
	var parts []string
	for _, c := range p.Checks {
		parts = append(parts, judged(c.Name))
	}
	return strings.Join(parts, " + ")
}

func (p *Part) ratio() (string, error) {
	limit := "100%"
	if p.Cap != "" {
		limit = p.Cap
	}
	top, err := percentOf(limit)
	if err != nil {
		return "", err
	}
	s := fmt.Sprintf("number(min(%s, %s))", top, p.Value)
	if !p.Weight.Equal(decimal.NewFromInt(1)) {
		s += " * " + p.Weight.String()
	}
	if p.FullAtOrOver != "" {
		edge, err := percentOf(p.FullAtOrOver)
		if err != nil {
			return "", err
		}
		s = fmt.Sprintf("(%s >= %s ? %s : %s)", p.Value, edge, p.Weight, s)
	}
	if p.ZeroIfOver {
		s = fmt.Sprintf("(%s > percent(100) ? 0 : %s)", p.Value, s)
	}
	return s, nil
}

func (p *Part) paced() (string, error) {
	if len(p.Values) != len(p.Targets) || len(p.Values) == 0 {
		return "", lang.Errorf(lang.Text{ZH: "%d 个 values 和 %d 个 targets，应当一样多且至少一个", EN: "%d values and %d targets: as many of each, and at least one"}, len(p.Values), len(p.Targets))
	}
	var terms, paced []string
	for i, v := range p.Values {
		target, err := percentOf(p.Targets[i])
		if err != nil {
			return "", err
		}
		pace := fmt.Sprintf("%s / %s", v, target)
		if p.Capped {
			pace = fmt.Sprintf("min(1, %s)", pace)
		}
		paced = append(paced, pace)
		if p.Each.Equal(decimal.NewFromInt(1)) {
			terms = append(terms, pace)
		} else {
			terms = append(terms, fmt.Sprintf("%s * %s", pace, p.Each))
		}
	}
	if p.Mean != nil {
		of := p.Values
		if p.Mean.Of == "paced" {
			of = paced
		}
		terms = append(terms, fmt.Sprintf("number(mean(%s)) * %s", strings.Join(of, ", "), p.Mean.Weight))
	}
	return strings.Join(terms, " + "), nil
}

// percentOf turns "95%" into the formula's percent(95).
func percentOf(s string) (string, error) {
	n, ok := strings.CutSuffix(strings.TrimSpace(s), "%")
	if !ok {
		return "", lang.Errorf(lang.Text{ZH: "「%s」不是百分数", EN: "%s is no percentage"}, s)
	}
	if _, err := decimal.NewFromString(n); err != nil {
		return "", lang.Errorf(lang.Text{ZH: "「%s」不是百分数", EN: "%s is no percentage"}, s)
	}
	return "percent(" + n + ")", nil
}

// gateFormula wraps an item's sum in its gate.
func (g *Gate) wrap(sum string, weight decimal.Decimal) (string, error) {
	var conditions []string
	if g.When != "" {
		conditions = append(conditions, "("+g.When+")")
	}
	for _, name := range g.Review {
		conditions = append(conditions, judged(name)+" == 0")
	}
	if len(conditions) == 0 {
		return "", lang.Errorf(lang.Text{ZH: "否决项（gate）没有写条件", EN: "the gate has no condition"})
	}
	then := "0"
	switch g.Then {
	case "zero", "":
	case "full":
		then = weight.String()
	default:
		return "", lang.Errorf(lang.Text{ZH: "否决项（gate）的结果只能是 zero 或 full，不能是「%s」", EN: "a gate gives zero or full, not %s"}, g.Then)
	}
	return fmt.Sprintf("%s ? %s : %s", strings.Join(conditions, " or "), then, sum), nil
}

// compile makes the expressions of a part.
func (p *Part) compile() (err error) {
	if p.source, err = p.formulaOf(); err != nil {
		return err
	}
	if p.expr, err = formula.Compile(p.source); err != nil {
		return err
	}
	if p.Value != "" {
		if p.value, err = formula.Compile(p.Value); err != nil {
			return err
		}
	}
	switch p.Kind {
	case Banded:
		return p.compileBands()
	case Excess:
		free, err := percentOf(p.Free)
		if err != nil {
			return err
		}
		p.over, err = formula.Compile(p.Value + " - " + free)
		return err
	case Paced:
		return p.compilePaces()
	}
	return nil
}

func (p *Part) compileBands() (err error) {
	if p.bands, err = formula.ParseBands(p.Bands); err != nil {
		return err
	}
	for _, b := range p.bands {
		if b.Limit == nil {
			break
		}
		edge := money.Trim(b.Limit.Num())
		if b.Limit.Unit == money.Percent {
			edge = "percent(" + edge + ")"
		}
		gap, err := formula.Compile("abs(" + p.Value + " - " + edge + ")")
		if err != nil {
			return err
		}
		p.gaps = append(p.gaps, gap)
	}
	return nil
}

func (p *Part) compilePaces() error {
	for _, v := range p.Values {
		e, err := formula.Compile(v)
		if err != nil {
			return err
		}
		p.paces = append(p.paces, e)
	}
	if p.Mean == nil || p.Mean.Of != "raw" {
		return nil
	}
	var err error
	p.mean, err = formula.Compile(fmt.Sprintf("number(mean(%s)) * %s", strings.Join(p.Values, ", "), p.Mean.Weight))
	return err
}

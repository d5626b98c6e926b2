package formula

import (
	"strings"

	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// Band is one step of a grading scale: the values below its edge, or up to and
// with it, that no earlier band took.
type Band struct {
	Limit  *money.Value // nil: everything else
	Closed bool         // the edge itself belongs to this band
	Score  decimal.Decimal
}

// Bands is a grading scale from low values to high, which covers every number:
// the last band takes what is left.
type Bands []Band

// ParseBands reads a scale as rules write it: "<90%: 3, <=100%: 2, else: 0".
// Edges must rise, and the last band must be "else", so that there is neither
// gap nor overlap.
func ParseBands(spec string) (Bands, error) {
	var out Bands
	for _, part := range strings.Split(spec, ",") {
		edge, score, ok := strings.Cut(part, ":")
		if !ok {
			return nil, lang.Errorf(lang.Text{ZH: "「%s」一档没有写得分", EN: "band %s has no score"}, strings.TrimSpace(part))
		}
		edge = strings.TrimSpace(edge)
		n, err := decimal.NewFromString(strings.TrimSpace(score))
		if err != nil {
			return nil, lang.Errorf(lang.Text{ZH: "「%s」一档的得分不是数", EN: "band %s: the score is no number"}, strings.TrimSpace(part))
		}
		b := Band{Score: n}
		if edge != "else" {
			rest, below := strings.CutPrefix(edge, "<")
			if !below {
				return nil, lang.Errorf(lang.Text{ZH: "「%s」一档要以 <、<= 开头，或写 else", EN: "band %s must start with <, <= or else"}, edge)
			}
			if tail, closed := strings.CutPrefix(rest, "="); closed {
				rest, b.Closed = tail, true
			}
			v, err := bandLimit(strings.TrimSpace(rest))
			if err != nil {
				return nil, lang.Within(edge, err)
			}
			b.Limit = &v
		}
		if len(out) > 0 {
			last := out[len(out)-1]
			switch {
			case last.Limit == nil:
				return nil, lang.Errorf(lang.Text{ZH: "else 一档要写在最后", EN: "a band stands after else"})
			case b.Limit != nil && !rises(last, b):
				return nil, lang.Errorf(lang.Text{ZH: "「%s」一档与前一档重叠", EN: "band %s overlaps the one before"}, edge)
			}
		}
		out = append(out, b)
	}
	if len(out) == 0 || out[len(out)-1].Limit != nil {
		return nil, lang.Errorf(lang.Text{ZH: "最后一档要写 else，否则有的数没有得分", EN: "the last band must be else, or some values have no score"})
	}
	return out, nil
}

// rises reports whether b leaves something between its edge and that of a.
func rises(a, b Band) bool {
	c := a.Limit.Base().Cmp(b.Limit.Base())
	return c < 0 || c == 0 && !a.Closed && b.Closed
}

func bandLimit(s string) (money.Value, error) {
	u := money.NoUnit
	if n, ok := strings.CutSuffix(s, "%"); ok {
		s, u = n, money.Percent
	}
	n, err := decimal.NewFromString(strings.TrimSpace(s))
	if err != nil {
		return money.Value{}, lang.Errorf(lang.Text{ZH: "「%s」不是数", EN: "%s is no number"}, s)
	}
	return money.Of(n, u), nil
}

// Of returns the index of the band in which v lies, compared before any
// rounding, or -1 without a number.
func (b Bands) Of(v money.Value) int {
	if !v.Known() {
		return -1
	}
	for i, x := range b {
		if x.Limit == nil {
			return i
		}
		if c := v.Base().Cmp(x.Limit.Base()); c < 0 || c == 0 && x.Closed {
			return i
		}
	}
	return -1
}

// Sure reports whether every number for which v stands lies in one band.
func (b Bands) Sure(v money.Value) bool {
	here := b.Of(v)
	return b.Of(at(v, v.Lo())) == here && b.Of(at(v, v.Hi())) == here
}

// at returns v moved to another number in base units.
func at(v money.Value, base decimal.Decimal) money.Value {
	return money.Of(base.Shift(-v.Unit.Shift()), v.Unit)
}

// Edges says band i as people read it: <90%, ≥90% 且 ≤100%, >100%.
func (b Bands) Edges(i int) lang.Text {
	var parts []string
	if i > 0 {
		sign := "≥"
		if b[i-1].Closed {
			sign = ">"
		}
		parts = append(parts, sign+edgeText(*b[i-1].Limit))
	}
	if x := b[i]; x.Limit != nil {
		sign := "<"
		if x.Closed {
			sign = "≤"
		}
		parts = append(parts, sign+edgeText(*x.Limit))
	}
	return lang.Text{ZH: strings.Join(parts, " 且 "), EN: strings.Join(parts, " and ")}
}

func edgeText(v money.Value) string {
	s := money.Trim(v.Num())
	if v.Unit == money.Percent {
		s += "%"
	}
	return s
}

// graded is the function bands of the language.
func graded(v money.Value, spec string) (money.Value, error) {
	scale, err := ParseBands(spec)
	if err != nil {
		return money.Value{}, err
	}
	i := scale.Of(v)
	if i < 0 {
		return money.Absent(v.State, money.NoUnit), nil
	}
	return money.Of(scale[i].Score, money.NoUnit), nil
}

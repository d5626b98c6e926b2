package claim

import (
	"strings"
	"unicode/utf8"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/standard"
)

// nearly asks about numbers of which the data know nothing, while a figure of the same
// name has another digit in one place or two digits the other way round: 2,155.26 for
// 2,152.26. What a text leaves unsaid, stage or scope, lets no other difference be
// called a fault.
func (a *analysis) nearly(k *Book) {
	for _, t := range a.data {
		if t.verdict != Unbound || t.finding != nil || t.figure != nil || t.kind != money.KindMoney && t.kind != money.KindShare || t.vague() || t.prior || t.words || t.year != 0 && t.year != k.year {
			continue
		}
		claimed := asWritten(t, t.value)
		near := func(list []*figure.Figure) *figure.Figure { return almost(t, claimed, list) }
		long := digits(claimed)
		if long < 3 || len(k.alike(t.value, t.kind)) > 0 {
			continue
		}
		f := near(a.inRow(k, t))
		if f == nil {
			meant, _ := a.meant(k, t)
			f = near(meant)
		}
		if f == nil && long > 3 && t.role == level {
			f = near(k.labelling(t.named))
		}
		if f == nil && t.role == level {
			f = near(k.ofTerm(a.termBefore(t)))
		}
		if f == nil && long > 6 && t.role == level {
			f = near(k.all) // so many digits do not agree by chance
		}
		if f == nil {
			continue
		}
		held := f.Value.As(t.unit, t.places).WithUnit(lang.ZH)
		a.add(&finding{code: NearlyHeld, token: t, args: []any{a.quote(t), f.Label, held}, sum: lang.Same(f.Label.ZH + " = " + held), expected: held})
		t.held = held
	}
}

// almost is the first of some figures that a number, as it is written, almost is.
func almost(t *token, claimed string, list []*figure.Figure) *figure.Figure {
	for _, f := range list {
		if f.Known() && f.Value.Unit.Kind() == t.kind && oneDigitOff(claimed, asWritten(t, f.Value)) {
			return f
		}
	}
	return nil
}

// asWritten is a value in the unit and with the decimals of a number of the text.
func asWritten(t *token, v money.Value) string {
	return v.As(t.unit, t.places).Num().StringFixed(max(0, t.places-t.scale))
}

// labelling lists the figures whose label holds a name.
func (k *Book) labelling(name string) []*figure.Figure {
	name, _, _ = strings.Cut(name, "(")
	if utf8.RuneCountInString(name) < 2 {
		return nil
	}
	var out []*figure.Figure
	for _, f := range k.all {
		if strings.Contains(f.Label.ZH, name) {
			out = append(out, f)
		}
	}
	return out
}

// ofTerm lists the figures of a term of the glossary, at all stages.
func (k *Book) ofTerm(term *standard.Subject) []*figure.Figure {
	if term == nil {
		return nil
	}
	var out []*figure.Figure
	for _, stage := range figure.Stages {
		for _, id := range append([]string{term.Figure(string(stage))}, term.Tables[string(stage)]...) {
			if f := k.figures.Get(id); f != nil {
				out = append(out, f)
			}
		}
	}
	return out
}

// digits counts the digits of a number from the first that is not zero.
func digits(s string) int {
	return len(strings.ReplaceAll(strings.TrimLeft(s, "-0."), ".", ""))
}

// oneDigitOff reports whether two numbers are written alike but for one digit, or for
// two neighbours that have changed places. One more or less in the last place is
// rounding and not counted.
func oneDigitOff(x, y string) bool {
	if len(x) != len(y) {
		return false
	}
	first, last, n := -1, -1, 0
	for i := range len(x) {
		if x[i] == y[i] {
			continue
		}
		if x[i] == '.' || y[i] == '.' || x[i] == '-' || y[i] == '-' {
			return false
		}
		if n++; n > 2 {
			return false
		}
		if first < 0 {
			first = i
		}
		last = i
	}
	switch n {
	case 1:
		tail := int(x[first]) - int(y[first])
		return first < len(x)-1 || tail != 1 && tail != -1
	case 2:
		between := x[first+1 : last]
		return (between == "" || between == ".") && x[first] == y[last] && x[last] == y[first]
	}
	return false
}

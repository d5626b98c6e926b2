package money

import (
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/lang"
)

// Fixed renders d with places decimals and thousands commas. Rounding is half
// away from zero: 2.675 gives 2.68.
func Fixed(d decimal.Decimal, places int32) string { return Grouped(d.StringFixed(places)) }

// Grouped sets thousands commas into a plain decimal string.
func Grouped(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "−", s[1:]
	}
	whole, frac, dot := strings.Cut(s, ".")
	if sign != "" && strings.Trim(s, "0.") == "" {
		sign = "" // −0.00 is 0.00
	}
	if len(whole) > 3 {
		b := make([]byte, 0, len(whole)+len(whole)/3)
		for i := range len(whole) {
			if i > 0 && (len(whole)-i)%3 == 0 {
				b = append(b, ',')
			}
			b = append(b, whole[i])
		}
		whole = string(b)
	}
	if dot {
		return sign + whole + "." + frac
	}
	return sign + whole
}

// Display renders the number alone, in the value's unit and places; for a value
// without a number it names the state.
func (v Value) Display(in lang.Lang) string {
	if v.State != Number {
		return v.State.Name().In(in)
	}
	var space [48]byte
	return string(v.AppendNumber(space[:0]))
}

// AppendNumber appends what Display says of a number, which is the same in every
// language.
func (v Value) AppendNumber(b []byte) []byte {
	if v.Unit == Date {
		return v.Time().AppendFormat(b, time.DateOnly)
	}
	return v.appendGrouped(b)
}

// appendGrouped appends the number in the value's unit and places, with commas.
func (v Value) appendGrouped(b []byte) []byte {
	return v.num.shift(-v.Unit.Shift()).appendGrouped(b, v.Places)
}

// appendGrouped appends the number with so many decimals and with commas.
func (n number) appendGrouped(b []byte, places int32) []byte {
	r := n
	if n.big == nil && places >= 0 {
		r = n.round(places)
	}
	if r.big != nil || places < 0 || r.exp != -places {
		return append(b, Grouped(n.fixed(places))...)
	}
	if r.coef < 0 {
		b = append(b, "−"...)
	}
	var digits [40]byte
	d := strconv.AppendUint(digits[:0], magnitude(r.coef), 10)
	whole := len(d) - int(places) // how many of them stand before the point
	if whole <= 0 {
		b = append(b, '0')
	}
	for i := range whole {
		if i > 0 && (whole-i)%3 == 0 {
			b = append(b, ',')
		}
		b = append(b, d[i])
	}
	if places == 0 {
		return b
	}
	b = append(b, '.')
	for range -whole {
		b = append(b, '0')
	}
	return append(b, d[max(0, whole):]...)
}

// WithUnit renders number and unit: 88,808.45 万元, 99.98 %.
func (v Value) WithUnit(in lang.Lang) string {
	if v.State != Number || v.Unit == NoUnit || v.Unit == Date {
		return v.Display(in)
	}
	var space [96]byte
	b := v.appendGrouped(space[:0])
	switch {
	case v.Unit == Percent:
		b = append(b, '%')
	case in == lang.EN && v.Unit.Kind() == KindMoney && v.Unit != Yuan:
		b = append(append(append(b, " ("...), v.Unit.Name().EN...), ')')
	default:
		b = append(append(b, ' '), v.Unit.Name().In(in)...)
	}
	return string(b)
}

// Plain renders the exact number in the value's unit, without commas, for
// machines; it is empty without a number.
func (v Value) Plain() string {
	if v.State != Number {
		return ""
	}
	var space [48]byte
	return string(v.AppendPlain(space[:0]))
}

// AppendPlain is Plain for those who ask for thousands.
func (v Value) AppendPlain(b []byte) []byte {
	switch {
	case v.State != Number:
		return b
	case v.Unit == Date:
		return v.Time().AppendFormat(b, time.DateOnly)
	}
	return v.num.shift(-v.Unit.Shift()).appendPlain(b)
}

// AppendLow appends the lower end of the interval like Plain.
func (v Value) AppendLow(b []byte) []byte { return v.lo().shift(-v.Unit.Shift()).appendPlain(b) }

// AppendHigh appends the upper end.
func (v Value) AppendHigh(b []byte) []byte { return v.hi().shift(-v.Unit.Shift()).appendPlain(b) }

// Disclosed renders the exact number like Plain, with at least the decimals with
// which it is written, so that 1530.00 stays 1530.00: how finely an amount was
// disclosed is part of what was disclosed.
func (v Value) Disclosed() string {
	s := v.Plain()
	if v.State != Number || v.Unit == Date {
		return s
	}
	whole, frac, _ := strings.Cut(s, ".")
	if missing := int(v.Places) - len(frac); missing > 0 {
		return whole + "." + frac + strings.Repeat("0", missing)
	}
	return s
}

// Trim renders d exactly, in plain notation and without trailing zeros.
func Trim(d decimal.Decimal) string {
	s := d.String()
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// IntervalText renders the interval in the value's unit with two digits more
// than the value shows: [98.57, 98.79]. It is empty for an exact value.
func (v Value) IntervalText() string {
	if v.State != Number || v.span == nil {
		return ""
	}
	var space [96]byte
	return string(v.AppendInterval(space[:0]))
}

// AppendInterval is IntervalText of a number that is not exact, for those who ask
// for thousands.
func (v Value) AppendInterval(b []byte) []byte {
	shift, places := -v.Unit.Shift(), v.Places+2
	b = v.lo().shift(shift).floor(places).appendGrouped(append(b, '['), places)
	b = v.hi().shift(shift).ceil(places).appendGrouped(append(b, ", "...), places)
	return append(b, ']')
}

// SureDigits reports whether every number in the interval prints like v itself
// with the given decimals: whether the printed digits are beyond doubt.
func (v Value) SureDigits(places int32) bool {
	if v.State != Number || v.span == nil {
		return v.State == Number
	}
	shift := -v.Unit.Shift()
	want := v.num.shift(shift).round(places)
	return v.span.lo.shift(shift).round(places).cmp(want) == 0 && v.span.hi.shift(shift).round(places).cmp(want) == 0
}

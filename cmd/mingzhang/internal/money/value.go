// Package money holds exact amounts: a decimal with its unit, the state that
// says whether there is a number at all, and the interval for which a rounded
// number stands. No float touches a figure.
//
// A printed 万元 value v with two decimals stands for [v−0.005, v+0.005]; yuan
// are exact. Arithmetic carries the intervals along, so that a check can tell
// "cannot be" from "differs by rounding" without any fixed tolerance.
package money

import (
	"time"

	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/lang"
)

// State tells whether a figure holds a number. The zero State is NotReported:
// whatever nobody filled in.
type State uint8

// The states of a figure, kept apart from the cell to the page.
const (
	NotReported   State = iota // blank: nothing was filled in
	Number                     // a number, zero included
	NotApplicable              // —: there can be no such figure, as x ÷ 0
	NotComparable              // the base of a change is zero
	Withheld                   // 涉密: exists and may not be published
)

var stateInfo = [...]struct {
	word string
	name lang.Text
	sign string
}{
	NotReported:   {"not-reported", lang.Text{ZH: "未填报", EN: "not reported"}, ""},
	Number:        {"number", lang.Text{ZH: "数值", EN: "number"}, ""},
	NotApplicable: {"not-applicable", lang.Text{ZH: "不适用", EN: "not applicable"}, "—"},
	NotComparable: {"not-comparable", lang.Text{ZH: "不可比（基数为0）", EN: "not comparable (base is zero)"}, "—"},
	Withheld:      {"withheld", lang.Text{ZH: "涉密，不公开", EN: "withheld"}, "*"},
}

// String returns the state's lasting word.
func (s State) String() string { return stateInfo[s].word }

// Name returns the state as people read it.
func (s State) Name() lang.Text { return stateInfo[s].name }

// StateOf returns the state that a lasting word names. "zero" is a number.
func StateOf(word string) (State, bool) {
	if word == "zero" {
		return Number, true
	}
	for s, info := range stateInfo {
		if info.word == word {
			return State(s), true
		}
	}
	return NotReported, false
}

// Value is a number with unit, state and interval. Numbers are kept in the base
// of the unit's kind (yuan for money, one whole for shares); Unit is the one in
// which the value was written or is to be shown. The zero Value is "not
// reported".
type Value struct {
	State  State
	Unit   Unit
	Places int32 // decimals as written in Unit, or as wanted when shown
	num    number
	span   *span // nil: exactly num
}

// span is the closed interval for which a rounded number stands, in base units.
type span struct{ lo, hi number }

// Of returns the exact number n of unit u.
func Of(n decimal.Decimal, u Unit) Value {
	return of(numberOf(n), u)
}

func of(n number, u Unit) Value {
	return Value{State: Number, Unit: u, Places: max(0, -n.exponent()), num: n.shift(u.Shift())}
}

// Int returns a count.
func Int(n int64, u Unit) Value {
	if !fits(n) {
		return Of(decimal.NewFromInt(n), u)
	}
	return of(number{coef: n}, u)
}

// Day returns a calendar day, which can be subtracted from another.
func Day(t time.Time) Value { return Int(t.Unix()/secondsPerDay, Date) }

// Time returns the calendar day that a Date holds.
func (v Value) Time() time.Time { return time.Unix(v.Base().IntPart()*secondsPerDay, 0).UTC() }

const secondsPerDay = 24 * 60 * 60

// Absent returns a value without a number.
func Absent(s State, u Unit) Value { return Value{State: s, Unit: u, Places: u.Places()} }

// Scaled returns the number of v × n × 10^shift, without its interval.
func (v Value) Scaled(n int64, shift int32) Value {
	v.num, v.span = v.num.mul(number{coef: n, exp: shift}), nil
	return v
}

// AtMost reports whether some number behind a is not above some number behind b.
func AtMost(a, b Value) bool { return a.lo().cmp(b.hi()) <= 0 }

// Reach returns the ends of v's interval, moved apart by a margin in base units.
func Reach(v, margin Value) (lo, hi Value) {
	return Value{State: Number, num: v.lo().sub(margin.num)}, Value{State: Number, num: v.hi().add(margin.num)}
}

// WrittenAs reports whether v, rounded to the decimals of w in w's unit, is what
// w says.
func WrittenAs(v, w Value) bool {
	by := -w.Unit.Shift()
	return v.num.shift(by).round(w.Places).cmp(w.num.shift(by)) == 0
}

// Wider reports whether the intervals of a and b together, times n, are wider
// than the larger of the two numbers.
func Wider(a, b Value, n int64) bool {
	if a.span == nil && b.span == nil {
		return false
	}
	width := a.hi().sub(a.lo()).add(b.hi().sub(b.lo()))
	x, y := a.num, b.num
	if x.sign() < 0 {
		x = x.neg()
	}
	if y.sign() < 0 {
		y = y.neg()
	}
	if x.cmp(y) < 0 {
		x = y
	}
	return width.sign() > 0 && width.mul(number{coef: n}).cmp(x) > 0
}

// Width is how wide the interval of v is, in base units.
func (v Value) Width() decimal.Decimal {
	if v.span == nil {
		return decimal.Zero
	}
	return v.span.hi.sub(v.span.lo).decimal()
}

// AppendKey appends bytes that differ wherever two values differ: in state,
// unit, decimals, number or interval.
func (v Value) AppendKey(b []byte) []byte {
	b = append(b, byte(v.State), byte(v.Unit), byte(v.Places))
	if v.State != Number {
		return b
	}
	b = v.num.appendKey(b)
	if v.span != nil {
		b = v.span.hi.appendKey(v.span.lo.appendKey(b))
	}
	return b
}

// Known reports whether v holds a number.
func (v Value) Known() bool { return v.State == Number }

// Zero reports whether v is the number zero.
func (v Value) Zero() bool { return v.State == Number && v.num.sign() == 0 }

// Word returns the state as figures.json prints it, zero told apart.
func (v Value) Word() string {
	if v.Zero() {
		return "zero"
	}
	return v.State.String()
}

// Base returns the number in the base of its kind: yuan, or one whole.
func (v Value) Base() decimal.Decimal { return v.num.decimal() }

// Sign returns −1, 0 or 1.
func (v Value) Sign() int { return v.num.sign() }

// Cmp compares two numbers in base units: −1, 0 or 1.
func Cmp(a, b Value) int { return a.num.cmp(b.num) }

// Rough is a whole number by which many values are put in order fast: where it
// differs it tells which is less; values that have it in common take Cmp.
func (v Value) Rough() int64 {
	const most = 1e17 // far beyond public money, and within what a word holds at four decimals
	n := v.num.round(4)
	if n.big != nil {
		return int64(n.sign()) * most
	}
	return min(max(n.coef, -most), most)
}

// In returns the number counted in u, which must be of the same kind.
func (v Value) In(u Unit) decimal.Decimal { return v.num.shift(-u.Shift()).decimal() }

// Num returns the number counted in the value's own unit.
func (v Value) Num() decimal.Decimal { return v.In(v.Unit) }

// Exact reports whether v stands for one number only.
func (v Value) Exact() bool { return v.span == nil }

// Lo and Hi return the ends of the interval in base units.
func (v Value) Lo() decimal.Decimal { return v.lo().decimal() }

// Hi returns the upper end of the interval in base units.
func (v Value) Hi() decimal.Decimal { return v.hi().decimal() }

func (v Value) lo() number {
	if v.span == nil {
		return v.num
	}
	return v.span.lo
}

func (v Value) hi() number {
	if v.span == nil {
		return v.num
	}
	return v.span.hi
}

// Rounded returns v as a number that was rounded to places decimals of its unit
// before it was written: it stands for half a unit of that digit on both sides.
func (v Value) Rounded(places int32) Value {
	if v.State != Number {
		return v
	}
	half := number{coef: 5, exp: -places - 1 + v.Unit.Shift()}
	v.span = &span{v.num.sub(half), v.num.add(half)}
	return v
}

// Within returns v standing for the given interval in base units.
func (v Value) Within(lo, hi decimal.Decimal) Value {
	return v.within(numberOf(lo), numberOf(hi))
}

func (v Value) within(lo, hi number) Value {
	if lo.cmp(v.num) == 0 && hi.cmp(v.num) == 0 {
		v.span = nil
	} else {
		v.span = &span{lo, hi}
	}
	return v
}

// As returns v to be shown in unit u with the given decimals. A bare number may
// become a share, a score or a count; other changes of kind are a mistake of
// the caller and leave v as it is.
func (v Value) As(u Unit, places int32) Value {
	if v.Unit.Kind() == u.Kind() || v.Unit.Kind() == KindNone || u.Kind() == KindNone {
		v.Unit = u
	}
	v.Places = places
	return v
}

// Overlaps reports whether some number could stand behind both a and b.
func Overlaps(a, b Value) bool {
	return a.lo().cmp(b.hi()) <= 0 && b.lo().cmp(a.hi()) <= 0
}

// Gap returns how far the intervals of a and b lie apart; zero if they overlap.
func Gap(a, b Value) decimal.Decimal {
	switch {
	case a.lo().cmp(b.hi()) > 0:
		return a.lo().sub(b.hi()).decimal()
	case b.lo().cmp(a.hi()) > 0:
		return b.lo().sub(a.hi()).decimal()
	}
	return decimal.Zero
}

package money

import (
	"mingzhang/cmd/mingzhang/internal/lang"
)

// quotientPlaces is how many decimals a quotient keeps: far beyond any grade's
// edge, and the same everywhere, so that verify repeats it to the digit.
const quotientPlaces = 16

// absent returns the state of a result whose inputs are not all numbers: what
// may not be published outweighs what is missing, which outweighs what cannot
// exist.
func absent(vs ...Value) (State, bool) {
	rank := [...]int{Number: 0, NotApplicable: 1, NotComparable: 2, NotReported: 3, Withheld: 4}
	worst := Number
	for _, v := range vs {
		if rank[v.State] > rank[worst] {
			worst = v.State
		}
	}
	return worst, worst != Number
}

// unitOfSum returns the unit in which a sum or difference is shown.
func unitOfSum(a, b Value) (Unit, error) {
	switch {
	case a.Unit == Date || b.Unit == Date:
	case a.Unit.Kind() == b.Unit.Kind(), b.Unit == NoUnit:
		return a.Unit, nil
	case a.Unit == NoUnit:
		return b.Unit, nil
	}
	return NoUnit, lang.Errorf(lang.Text{ZH: "%s和%s不能相加减", EN: "cannot add %s to %s"}, b.Unit.Name(), a.Unit.Name())
}

func ordered(num, lo, hi number, v Value) Value {
	v.State, v.num = Number, num
	return v.within(lo, hi)
}

// Add returns a + b.
func Add(a, b Value) (Value, error) {
	u, err := unitOfSum(a, b)
	v := Value{Unit: u, Places: max(a.Places, b.Places)}
	if s, ok := absent(a, b); ok || err != nil {
		v.State = s
		return v, err
	}
	if a.span == nil && b.span == nil {
		v.State, v.num = Number, a.num.add(b.num)
		return v, nil
	}
	return ordered(a.num.add(b.num), a.lo().add(b.lo()), a.hi().add(b.hi()), v), nil
}

// Neg returns −a.
func Neg(a Value) Value {
	if a.State != Number {
		return a
	}
	return ordered(a.num.neg(), a.hi().neg(), a.lo().neg(), a)
}

// Sub returns a − b. A day less another day is a number of days.
func Sub(a, b Value) (Value, error) {
	if a.Unit == Date && b.Unit == Date {
		a.Unit, b.Unit = Days, Days
	}
	return Add(a, Neg(b))
}

// Mul returns a × b. A bare number or a share scales the other factor.
func Mul(a, b Value) (Value, error) {
	v := Value{Unit: a.Unit, Places: max(a.Places, b.Places)}
	switch {
	case b.Unit == NoUnit || b.Unit.Kind() == KindShare && a.Unit != NoUnit:
	case a.Unit == NoUnit || a.Unit.Kind() == KindShare:
		v.Unit = b.Unit
	case a.Unit.Kind() == KindMoney && b.Unit.Kind() == KindCount:
	case a.Unit.Kind() == KindCount && b.Unit.Kind() == KindMoney:
		v.Unit = b.Unit
	default:
		return v, lang.Errorf(lang.Text{ZH: "%s和%s不能相乘", EN: "cannot multiply %s by %s"}, a.Unit.Name(), b.Unit.Name())
	}
	if s, ok := absent(a, b); ok {
		v.State = s
		return v, nil
	}
	if a.span == nil && b.span == nil {
		v.State, v.num = Number, a.num.mul(b.num)
		return v, nil
	}
	lo, hi := corners(a, b, number.mul)
	return ordered(a.num.mul(b.num), lo, hi, v), nil
}

// Div returns a ÷ b. Like by like gives a share; money by a count gives money.
// A division by zero is "not applicable", never 0 % or 100 %.
func Div(a, b Value) (Value, error) {
	v := Value{Unit: NoUnit, Places: 2}
	if a.Unit.Kind() != b.Unit.Kind() || a.Unit == NoUnit {
		v.Unit, v.Places = a.Unit, a.Places
	}
	if s, ok := absent(a, b); ok {
		v.State = s
		return v, nil
	}
	if b.num.sign() == 0 {
		v.State = NotApplicable
		return v, nil
	}
	num := a.num.quo(b.num)
	if a.span == nil && b.span == nil {
		v.State, v.num = Number, num
		return v, nil
	}
	if b.lo().sign() <= 0 && b.hi().sign() >= 0 {
		// The base may be zero within its rounding: the quotient has no bounds
		// worth printing, so the interval is the printed number's own.
		v.State, v.num = Number, num
		return v, nil
	}
	if a.lo().sign() >= 0 && b.lo().sign() > 0 { // as nearly always
		return ordered(num, a.lo().quo(b.hi()), a.hi().quo(b.lo()), v), nil
	}
	lo, hi := corners(a, b, number.quo)
	return ordered(num, lo, hi, v), nil
}

func corners(a, b Value, op func(number, number) number) (lo, hi number) {
	lo = op(a.lo(), b.lo())
	hi = lo
	for _, x := range [3]number{op(a.lo(), b.hi()), op(a.hi(), b.lo()), op(a.hi(), b.hi())} {
		if x.cmp(lo) < 0 {
			lo = x
		}
		if x.cmp(hi) > 0 {
			hi = x
		}
	}
	return lo, hi
}

// Change returns (now − base) ÷ base as a share, with the tight interval that
// comes of base standing in it once (now ÷ base − 1). On a base of zero there
// is no rate of change: the result is "not comparable".
func Change(now, base Value) (Value, error) {
	if s, ok := absent(now, base); ok {
		return Absent(s, Percent), nil
	}
	if now.Unit.Kind() != base.Unit.Kind() {
		return Value{}, lang.Errorf(lang.Text{ZH: "%s和%s不能相比", EN: "cannot compare %s with %s"}, now.Unit.Name(), base.Unit.Name())
	}
	q, err := Div(now, base)
	if q.State == NotApplicable && now.Known() && base.Known() {
		q.State = NotComparable
	}
	if q.State != Number || err != nil {
		return q, err
	}
	if q.span == nil || q.Unit != NoUnit {
		return Sub(q, Int(1, NoUnit))
	}
	one := number{coef: 1}
	q.num = q.num.sub(one)
	*q.span = span{q.span.lo.sub(one), q.span.hi.sub(one)} // made by the division
	return q, nil
}

// Sum adds values. A blank among them makes the sum "not reported": a part is
// not the whole. Dashes say that there is nothing to add and are passed over.
func Sum(vs []Value) (Value, error) {
	var t Total
	for _, v := range vs {
		t.Add(v)
	}
	return t.Value()
}

// Total adds values one after the other, as Sum does.
type Total struct {
	sum   Value // without its interval
	span  span
	first *span // of the only value so far, which most sums of a detailed table have
	exact bool  // so far
	begun bool  // a number was added
	over  bool  // what comes later changes nothing
	err   error
}

// Add adds a value.
func (t *Total) Add(v Value) {
	if t.over {
		return
	}
	switch v.State {
	case Number:
	case NotApplicable, NotComparable:
		return
	default:
		t.sum, t.over = Absent(v.State, v.Unit), true
		return
	}
	if !t.begun {
		t.begun, t.exact, t.span = true, v.span == nil, span{v.lo(), v.hi()}
		t.sum, t.first = v, v.span
		t.sum.span = nil
		return
	}
	t.first = nil
	u, err := unitOfSum(t.sum, v)
	if err != nil {
		t.sum, t.err = Value{State: Number, Unit: u, Places: max(t.sum.Places, v.Places)}, err
		t.over = true
		return
	}
	t.sum.Unit, t.sum.Places = u, max(t.sum.Places, v.Places)
	if v.span != nil || !t.exact {
		t.exact = false
		t.span.lo, t.span.hi = t.span.lo.add(v.lo()), t.span.hi.add(v.hi())
	}
	t.sum.num = t.sum.num.add(v.num)
	if t.exact {
		t.span.lo, t.span.hi = t.sum.num, t.sum.num
	}
}

// Value returns what the values come to.
func (t *Total) Value() (Value, error) {
	if t.over || t.exact || !t.begun {
		return t.sum, t.err
	}
	if t.first != nil {
		v := t.sum
		v.span = t.first
		return v, nil
	}
	return t.sum.within(t.span.lo, t.span.hi), nil
}

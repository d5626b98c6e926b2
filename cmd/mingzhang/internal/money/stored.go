package money

import (
	"fmt"
	"strconv"

	"github.com/shopspring/decimal"
)

// Stored is a value as it is kept between runs: whole, with its interval, in
// base units.
type Stored struct {
	State  State
	Unit   Unit
	Places int32
	Num    string
	Lo, Hi string // empty: exactly Num
}

// Store returns the value to be kept.
func (v Value) Store() Stored {
	s := Stored{State: v.State, Unit: v.Unit, Places: v.Places}
	if v.State == Number {
		s.Num = exact(v.num.decimal())
		if v.span != nil {
			s.Lo, s.Hi = exact(v.span.lo.decimal()), exact(v.span.hi.decimal())
		}
	}
	return s
}

// exact writes a number digit for digit, with its exponent as it is.
func exact(d decimal.Decimal) string {
	return d.Coefficient().String() + "e" + strconv.Itoa(int(d.Exponent()))
}

// Value returns what was kept.
func (s Stored) Value() (Value, error) {
	v := Value{State: s.State, Unit: s.Unit, Places: s.Places}
	if int(s.State) >= len(stateInfo) || int(s.Unit) >= len(units) {
		return v, fmt.Errorf("money: stored state %d, unit %d", s.State, s.Unit)
	}
	if s.State != Number {
		return v, nil
	}
	var err error
	read := func(text string) number {
		d, bad := decimal.NewFromString(text)
		if bad != nil {
			err = bad
		}
		return numberOf(d)
	}
	v.num = read(s.Num)
	if s.Lo != "" {
		v.span = &span{lo: read(s.Lo), hi: read(s.Hi)}
	}
	return v, err
}

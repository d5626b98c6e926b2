package check

import (
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"mingzhang/cmd/mingzhang/internal/money"
)

// Two amounts are apart by the first power of ten that brings them within a
// factor of two, whatever is ruled out beforehand.
func TestApartByPowersOfTen(t *testing.T) {
	amount := rapid.Custom(func(t *rapid.T) decimal.Decimal {
		return decimal.New(rapid.Int64Range(-20, 200).Draw(t, "digits"), rapid.Int32Range(-2, 5).Draw(t, "exponent"))
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := amount.Draw(t, "a"), amount.Draw(t, "b")
		want := int32(0)
		for _, k := range []int32{-2, 2, -3, 3, -4, 4} {
			x, y, two := a.Abs().Shift(-k), b.Abs(), decimal.NewFromInt(2)
			if a.Sign() == b.Sign() && x.Mul(two).GreaterThanOrEqual(y) && x.LessThanOrEqual(y.Mul(two)) {
				want = k // the last that fits is asked first
			}
		}
		if got := apart(money.Of(a, money.Yuan), money.Of(b, money.Yuan)); got != want {
			t.Fatalf("%s and %s: %d, want %d", a, b, got, want)
		}
	})
}

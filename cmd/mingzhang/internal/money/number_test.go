package money

import (
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"mingzhang/cmd/mingzhang/internal/lang"
)

// anyNumber draws numbers of every size, small ones and such as leave a word.
var anyNumber = rapid.Custom(func(t *rapid.T) decimal.Decimal {
	d := decimal.New(rapid.Int64().Draw(t, "coefficient"), rapid.Int32Range(-20, 10).Draw(t, "exponent"))
	if rapid.Bool().Draw(t, "short") {
		d = decimal.New(rapid.Int64Range(-99999, 99999).Draw(t, "few digits"), rapid.Int32Range(-4, 4).Draw(t, "small exponent"))
	}
	if rapid.IntRange(0, 9).Draw(t, "long") == 0 {
		d = d.Mul(decimal.New(rapid.Int64().Draw(t, "factor"), 0))
	}
	return d
})

// same holds a number against the decimal that it should be, digit by digit and
// exponent by exponent.
func same(t *rapid.T, what string, got number, want decimal.Decimal) {
	t.Helper()
	if d := got.decimal(); !d.Equal(want) || d.Exponent() != want.Exponent() {
		t.Fatalf("%s: %s (10^%d), want %s (10^%d)", what, d, d.Exponent(), want, want.Exponent())
	}
}

// Numbers in machine words and decimals are one arithmetic.
func TestNumbersAreDecimals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyNumber.Draw(t, "a"), anyNumber.Draw(t, "b")
		x, y := numberOf(a), numberOf(b)
		same(t, "itself", x, a)
		same(t, "sum", x.add(y), a.Add(b))
		same(t, "difference", x.sub(y), a.Sub(b))
		same(t, "product", x.mul(y), a.Mul(b))
		same(t, "negation", x.neg(), a.Neg())
		if !b.IsZero() {
			same(t, "quotient", x.quo(y), a.DivRound(b, quotientPlaces))
		}
		places := rapid.Int32Range(0, 8).Draw(t, "places")
		same(t, "rounded", x.round(places), a.Round(places))
		same(t, "floor", x.floor(places), a.RoundFloor(places))
		same(t, "ceiling", x.ceil(places), a.RoundCeil(places))
		shift := rapid.Int32Range(-8, 8).Draw(t, "shift")
		same(t, "shifted", x.shift(shift), a.Shift(shift))
		if x.cmp(y) != a.Cmp(b) || x.sign() != a.Sign() {
			t.Fatalf("%s and %s compare as %d, sign %d", a, b, x.cmp(y), x.sign())
		}
		if got, want := x.fixed(places), a.StringFixed(places); got != want {
			t.Fatalf("fixed: %s, want %s", got, want)
		}
		if got, want := string(x.appendPlain(nil)), Trim(a); got != want {
			t.Fatalf("plain: %s, want %s", got, want)
		}
		text := a.StringFixed(places)
		n, ok := parseNumber(text)
		if !ok {
			t.Fatalf("%s is not read", text)
		}
		same(t, "read", n, decimal.RequireFromString(text))
	})
}

func TestRoughOrderIsTheOrderOfNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y := Of(anyNumber.Draw(t, "x"), NoUnit), Of(anyNumber.Draw(t, "y"), NoUnit)
		if a, b := x.Rough(), y.Rough(); a < b && Cmp(x, y) >= 0 || a > b && Cmp(x, y) <= 0 {
			t.Fatalf("%s and %s: %d and %d", x.Base(), y.Base(), a, b)
		}
	})
}

func TestNumbersRefuseWhatIsNone(t *testing.T) {
	for _, s := range []string{"", "-", ".", "1.2.3", "1e4", "+1", "--1", "1-", " 1", "１"} {
		if n, ok := parseNumber(s); ok {
			t.Errorf("%q is read as %s", s, n.decimal())
		}
	}
}

// Printed at once, a number reads as it does when it is printed, cut and grouped.
func TestGroupedAtOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := of(number{coef: rapid.Int64Range(-1e12, 1e12).Draw(t, "coef"), exp: rapid.Int32Range(-8, 3).Draw(t, "exp")}, rapid.SampledFrom([]Unit{Yuan, WanYuan, Percent, NoUnit, Times}).Draw(t, "unit"))
		v.Places = rapid.Int32Range(-1, 6).Draw(t, "places")
		if got, want := v.Display(lang.ZH), Grouped(v.num.shift(-v.Unit.Shift()).fixed(v.Places)); got != want {
			t.Fatalf("%q; want %q", got, want)
		}
	})
}

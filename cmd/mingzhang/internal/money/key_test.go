package money

import (
	"bytes"
	"math/big"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// Keys tell numbers apart, not the way in which they are kept: a value that was
// stored has the key that it had.
func TestKeysTellNumbersApart(t *testing.T) {
	coefficient := rapid.Custom(func(t *rapid.T) *big.Int {
		digits := rapid.StringMatching(`-?[1-9][0-9]{0,24}|0`).Draw(t, "digits")
		n, _ := new(big.Int).SetString(digits, 10)
		return n
	})
	rapid.Check(t, func(t *rapid.T) {
		a := decimal.NewFromBigInt(coefficient.Draw(t, "a"), rapid.Int32Range(-30, 6).Draw(t, "exponent"))
		b := decimal.NewFromBigInt(coefficient.Draw(t, "b"), rapid.Int32Range(-30, 6).Draw(t, "exponent"))
		if rapid.Bool().Draw(t, "same") {
			b = decimal.NewFromBigInt(new(big.Int).Mul(a.Coefficient(), big.NewInt(1000)), a.Exponent()-3)
		}
		key := func(n number) []byte { return n.appendKey(nil) }
		if got := bytes.Equal(key(numberOf(a)), key(numberOf(b))); got != a.Equal(b) {
			t.Errorf("%v and %v have the same key: %v", a, b, got)
		}
		if word := a.Coefficient(); word.IsInt64() { // sums are kept in a word as long as they fit
			if n := (number{coef: word.Int64(), exp: a.Exponent()}); !bytes.Equal(key(n), key(numberOf(a))) {
				t.Errorf("%v has two keys", a)
			}
		}
	})
}

// A packed value comes back whole, and what is left of the bytes after it.
func TestAPackedValueComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := func(label string) number {
			digits := rapid.StringMatching(`-?[1-9][0-9]{0,24}|0`).Draw(t, label)
			n, _ := new(big.Int).SetString(digits, 10)
			return numberOf(decimal.NewFromBigInt(n, rapid.Int32Range(-30, 6).Draw(t, label+" exponent")))
		}
		v := Value{
			State: State(rapid.IntRange(0, len(stateInfo)-1).Draw(t, "state")), Unit: Unit(rapid.IntRange(0, len(units)-1).Draw(t, "unit")),
			Places: rapid.Int32Range(-3, 9).Draw(t, "places"),
		}
		if v.State == Number {
			v.num = number("number")
			if rapid.Bool().Draw(t, "rounded") {
				v.span = &span{lo: number("lo"), hi: number("hi")}
			}
		}
		packed := v.AppendPacked(nil)
		got, rest, err := Unpacked(append(bytes.Clone(packed), "after"...))
		if err != nil || string(rest) != "after" || !bytes.Equal(got.AppendKey(nil), v.AppendKey(nil)) || !bytes.Equal(got.AppendPacked(nil), packed) {
			t.Fatalf("%v became %v, %q, %v", v, got, rest, err)
		}
		for n := range packed {
			if _, _, err := Unpacked(packed[:n]); err == nil {
				t.Fatalf("%d of %d bytes are taken for a value", n, len(packed))
			}
		}
	})
}

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

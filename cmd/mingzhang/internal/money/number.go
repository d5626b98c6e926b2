package money

import (
	"encoding/binary"
	"math/big"
	"math/bits"
	"strconv"

	"github.com/shopspring/decimal"
)

// number is an exact decimal, coef × 10^exp. Figures of public money fit into a
// machine word, and sites hold millions of them: only what does not fit is kept
// in a decimal.Decimal, and every operation that would overflow is done there.
// Both give the same digits and the same exponent.
type number struct {
	coef int64
	exp  int32
	big  *decimal.Decimal // when the coefficient does not fit; coef and exp are then unused
}

// wordDigits is how many digits surely fit into a machine word.
const wordDigits = 18

var pow10s = func() (t [20]uint64) {
	t[0] = 1
	for i := 1; i < len(t); i++ {
		t[i] = t[i-1] * 10
	}
	return t
}()

func numberOf(d decimal.Decimal) number {
	if d.NumDigits() <= wordDigits {
		return number{coef: d.CoefficientInt64(), exp: d.Exponent()}
	}
	return number{big: &d}
}

// decimal returns the number for the rest of the program.
func (n number) decimal() decimal.Decimal {
	if n.big != nil {
		return *n.big
	}
	return decimal.New(n.coef, n.exp)
}

func (n number) shift(by int32) number {
	if n.big != nil {
		return numberOf(n.big.Shift(by))
	}
	n.exp += by
	return n
}

func (n number) exponent() int32 {
	if n.big != nil {
		return n.big.Exponent()
	}
	return n.exp
}

func (n number) sign() int {
	switch {
	case n.big != nil:
		return n.big.Sign()
	case n.coef < 0:
		return -1
	case n.coef > 0:
		return 1
	}
	return 0
}

func (n number) neg() number {
	if n.big != nil {
		return numberOf(n.big.Neg())
	}
	n.coef = -n.coef // never the smallest: eighteen digits at most come in, and sums are bounded
	return n
}

// scaled returns coef × 10^by, if it fits.
func scaled(coef int64, by int32) (int64, bool) {
	if by == 0 || coef == 0 {
		return coef, true
	}
	if by > wordDigits {
		return 0, false
	}
	return product(coef, int64(pow10s[by]))
}

// limit bounds coefficients, so that neither a sum of two nor a negation runs
// over.
const limit = 1 << 61

func fits(c int64) bool { return c < limit && c > -limit }

func product(a, b int64) (int64, bool) {
	hi, lo := bits.Mul64(magnitude(a), magnitude(b))
	if hi != 0 || lo >= limit {
		return 0, false
	}
	if (a < 0) != (b < 0) {
		return -int64(lo), true
	}
	return int64(lo), true
}

func magnitude(a int64) uint64 {
	if a < 0 {
		return uint64(-a)
	}
	return uint64(a)
}

// aligned returns both coefficients at the smaller of the two exponents.
func aligned(a, b number) (x, y int64, exp int32, ok bool) {
	if a.big != nil || b.big != nil {
		return 0, 0, 0, false
	}
	x, y, exp, ok = a.coef, b.coef, a.exp, true
	switch {
	case a.exp > b.exp:
		exp = b.exp
		x, ok = scaled(a.coef, a.exp-b.exp)
	case b.exp > a.exp:
		y, ok = scaled(b.coef, b.exp-a.exp)
	}
	return x, y, exp, ok && fits(x) && fits(y)
}

func (n number) add(m number) number {
	if x, y, exp, ok := aligned(n, m); ok && fits(x+y) {
		return number{coef: x + y, exp: exp}
	}
	return numberOf(n.decimal().Add(m.decimal()))
}

func (n number) sub(m number) number {
	if x, y, exp, ok := aligned(n, m); ok && fits(x-y) {
		return number{coef: x - y, exp: exp}
	}
	return numberOf(n.decimal().Sub(m.decimal()))
}

func (n number) mul(m number) number {
	if n.big == nil && m.big == nil {
		if c, ok := product(n.coef, m.coef); ok {
			return number{coef: c, exp: n.exp + m.exp}
		}
	}
	return numberOf(n.decimal().Mul(m.decimal()))
}

func (n number) cmp(m number) int {
	if x, y, _, ok := aligned(n, m); ok {
		switch {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	}
	return n.decimal().Cmp(m.decimal())
}

// quo divides, keeping quotientPlaces decimals, half away from zero.
func (n number) quo(m number) number {
	if n.big == nil && m.big == nil && m.coef != 0 {
		if k := n.exp - m.exp + quotientPlaces; k >= 0 && int(k) < len(pow10s) {
			hi, lo := bits.Mul64(magnitude(n.coef), pow10s[k])
			if by := magnitude(m.coef); hi < by {
				q, r := bits.Div64(hi, lo, by)
				if r >= by-r {
					q++
				}
				if q < limit {
					c := int64(q)
					if (n.coef < 0) != (m.coef < 0) {
						c = -c
					}
					return number{coef: c, exp: -quotientPlaces}
				}
			}
		}
	}
	return numberOf(n.decimal().DivRound(m.decimal(), quotientPlaces))
}

// round keeps places decimals, half away from zero.
func (n number) round(places int32) number {
	if n.big == nil {
		drop := -places - n.exp
		switch {
		case drop <= 0:
			if c, ok := scaled(n.coef, -drop); ok {
				return number{coef: c, exp: -places}
			}
		case int(drop) >= len(pow10s):
			return number{exp: -places}
		default:
			by := pow10s[drop]
			q, r := magnitude(n.coef)/by, magnitude(n.coef)%by
			if r >= by-r {
				q++
			}
			if n.coef < 0 {
				return number{coef: -int64(q), exp: -places}
			}
			return number{coef: int64(q), exp: -places}
		}
	}
	return numberOf(n.decimal().Round(places))
}

// floor and ceil keep places decimals, towards the lower and the higher number.
func (n number) floor(places int32) number {
	r := n.round(places)
	if r.cmp(n) > 0 {
		return r.sub(number{coef: 1, exp: -places})
	}
	return r
}

func (n number) ceil(places int32) number {
	r := n.round(places)
	if r.cmp(n) < 0 {
		return r.add(number{coef: 1, exp: -places})
	}
	return r
}

// fixed prints the number with exactly places decimals.
func (n number) fixed(places int32) string {
	r := n.round(places)
	if r.big != nil || places < 0 {
		return n.decimal().StringFixed(places)
	}
	var space [48]byte
	return string(r.appendText(space[:0]))
}

// appendPlain appends the number without trailing zeros.
func (n number) appendPlain(b []byte) []byte {
	if n.big != nil {
		return append(b, Trim(n.decimal())...)
	}
	for n.exp < 0 && n.coef%10 == 0 {
		n.coef /= 10
		n.exp++
	}
	return n.appendText(b)
}

// appendKey appends bytes that differ wherever the number does, whatever its
// exponent and however it is kept.
func (n number) appendKey(b []byte) []byte {
	if n.big != nil {
		coef, exp := n.big.Coefficient(), n.big.Exponent()
		for ten, rest := big.NewInt(10), new(big.Int); coef.Sign() != 0; exp++ {
			if q, _ := new(big.Int).QuoRem(coef, ten, rest); rest.Sign() != 0 {
				break
			} else {
				coef = q
			}
		}
		if !coef.IsInt64() {
			return append(binary.AppendVarint(append(b, coef.String()...), int64(exp)), 1)
		}
		n = number{coef: coef.Int64(), exp: exp}
	}
	for n.coef != 0 && n.coef%10 == 0 {
		n.coef /= 10
		n.exp++
	}
	if n.coef == 0 {
		n.exp = 0
	}
	return append(binary.AppendVarint(binary.AppendVarint(b, n.coef), int64(n.exp)), 0)
}

// appendText appends a number in machine words with the decimals that its exponent
// says.
func (n number) appendText(b []byte) []byte {
	if n.coef < 0 {
		b = append(b, '-')
	}
	var space [20]byte
	digits := strconv.AppendUint(space[:0], magnitude(n.coef), 10)
	whole := len(digits) + int(n.exp) // how many of them stand before the point
	if n.exp >= 0 {
		b = append(b, digits...)
		for n.coef != 0 && n.exp > 0 {
			b = append(b, '0')
			n.exp--
		}
		return b
	}
	if whole <= 0 {
		b = append(b, "0."...)
		for range -whole {
			b = append(b, '0')
		}
		return append(b, digits...)
	}
	return append(append(append(b, digits[:whole]...), '.'), digits[whole:]...)
}

// parseNumber reads digits with at most one point and a minus sign before them.
func parseNumber(s string) (number, bool) {
	digits, exp, neg := s, int32(0), false
	if digits != "" && digits[0] == '-' {
		neg, digits = true, digits[1:]
	}
	var c int64
	count, point := 0, false
	for i := range len(digits) {
		d := digits[i]
		switch {
		case d >= '0' && d <= '9':
			if count++; count > wordDigits {
				return bigNumber(s)
			}
			c = c*10 + int64(d-'0')
			if point {
				exp--
			}
		case d == '.' && !point:
			point = true
		default:
			return number{}, false
		}
	}
	if count == 0 {
		return number{}, false
	}
	if neg {
		c = -c
	}
	return number{coef: c, exp: exp}, true
}

func bigNumber(s string) (number, bool) {
	d, err := decimal.NewFromString(s)
	if err != nil {
		return number{}, false
	}
	return numberOf(d), true
}

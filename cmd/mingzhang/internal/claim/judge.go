package claim

import (
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// judge holds a number as claimed against what the arithmetic gives.
func judge(claimed, computed money.Value) Verdict {
	if !computed.Known() || !claimed.Known() {
		return Unbound
	}
	if money.WrittenAs(computed, claimed) {
		if powerless(claimed, computed) {
			return WithoutPower
		}
		return Equal
	}
	if !money.Overlaps(claimed, computed) {
		return Contradicts
	}
	if powerless(claimed, computed) {
		return WithoutPower
	}
	return ByRounding
}

// powerless reports whether the rounding is so coarse, beside the numbers
// themselves, that a fault of a twentieth would go unseen.
func powerless(a, b money.Value) bool { return money.Wider(a, b, 10) }

// holds reports whether a verdict lets a number stand.
func holds(v Verdict) bool { return v == Equal || v == ByRounding || v == WithoutPower }

// shifted moves a value by powers of ten.
func shifted(v money.Value, k int32) money.Value {
	moved := money.Of(v.Num().Shift(k), v.Unit)
	moved.Places = v.Places
	return moved.Within(v.Lo().Shift(k), v.Hi().Shift(k))
}

// slips are the powers of ten by which units and decimal points are mistaken.
var slips = []int32{-1, 1, -2, 2, -3, 3, -4, 4, -8, 8}

// slip looks for one number of a statement that, moved by a power of ten, makes
// it right. again repeats the arithmetic with moved values.
func slip(values []money.Value, again func([]money.Value) (claimed, computed money.Value)) (index int, power int32, ok bool) {
	for _, k := range slips {
		for i := range values {
			if !values[i].Known() || values[i].Zero() {
				continue
			}
			moved := append([]money.Value(nil), values...)
			if k < 0 { // a number that makes it right by vanishing is no slip
				moved[i] = shifted(values[i], -12)
				if claimed, computed := again(moved); holds(judge(claimed, computed)) {
					continue
				}
			}
			moved[i] = shifted(values[i], k)
			if claimed, computed := again(moved); holds(judge(claimed, computed)) && judge(claimed, computed) != WithoutPower {
				return i, k, true
			}
		}
	}
	return 0, 0, false
}

// show prints a number as the texts of this report do.
func show(v money.Value) string { return v.WithUnit(lang.ZH) }

// percent gives a quotient as a percentage to be shown.
func percent(v money.Value, places int32) money.Value { return v.As(money.Percent, max(2, places)) }

// like gives a computed value the unit in which the claim is written.
func like(v, claimed money.Value) money.Value {
	return v.As(claimed.Unit, max(claimed.Places, min(v.Places, 2)))
}

package money

import (
	"testing"

	"pgregory.net/rapid"
)

// Adding up gives what adding one after the other gives, intervals included.
func TestTotalsAreSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		units := []Unit{Yuan, WanYuan, NoUnit, Percent, Date}
		var total Total
		var sum Value
		var err error
		begun := false
		for range rapid.IntRange(0, 6).Draw(t, "values") {
			v := Value{Unit: rapid.SampledFrom(units[:rapid.IntRange(1, len(units)).Draw(t, "few")]).Draw(t, "unit")}
			switch v.State = rapid.SampledFrom([]State{Number, Number, Number, Number, NotApplicable, NotReported, Withheld}).Draw(t, "state"); v.State {
			case Number:
				v = of(number{coef: rapid.Int64Range(-1e6, 1e6).Draw(t, "coef"), exp: -rapid.Int32Range(0, 3).Draw(t, "places")}, v.Unit)
				if rapid.Bool().Draw(t, "rounded") {
					v = v.Rounded(v.Places)
				}
			default:
				v = Absent(v.State, v.Unit)
			}
			total.Add(v)
			switch {
			case err != nil || begun && !sum.Known() || v.State == NotApplicable:
			case !v.Known():
				sum, begun = Absent(v.State, v.Unit), true
			case !begun:
				sum, begun = v, true
			default:
				sum, err = Add(sum, v)
			}
		}
		got, e := total.Value()
		if (e == nil) != (err == nil) || string(got.AppendKey(nil)) != string(sum.AppendKey(nil)) {
			t.Fatalf("%v %v; want %v %v", got, e, sum, err)
		}
	})
}

package money

import "testing"

// No text makes the parser fail otherwise than by saying why, and a number that
// was read is read again from its own plain writing.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"1,742.74", "87, 300. 0", "(1.09)", "△233.20", "－2.22", "20,000.0元", `="12.50"`, "1.0E+04", "#REF!", "—", "一千余", "100. 0%", "371514655.3", ""} {
		f.Add(s, uint8(WanYuan), int8(2))
	}
	f.Fuzz(func(t *testing.T, text string, unit uint8, places int8) {
		u := Unit(unit % uint8(len(units)))
		if u == Date {
			return // days are no numbers to be read here: they print as days
		}
		v, _, err := Parse(text, u, int32(max(0, min(places, 6))))
		if err != nil {
			if v.Known() {
				t.Errorf("%q is %s and an error: %v", text, v.Plain(), err)
			}
			return
		}
		if !v.Known() {
			return
		}
		if !MayBeNumber(text) {
			t.Errorf("%q is %s and may be no number", text, v.Plain())
		}
		if v.Lo().GreaterThan(v.Base()) || v.Hi().LessThan(v.Base()) {
			t.Errorf("%q is %s outside of [%s, %s]", text, v.Base(), v.Lo(), v.Hi())
		}
		again, _, err := Parse(v.Plain(), v.Unit, 0)
		if err != nil || !again.Base().Equal(v.Base()) {
			t.Errorf("%q is %s, and that is read as %s (%v)", text, v.Plain(), again.Plain(), err)
		}
	})
}

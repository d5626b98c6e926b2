package money

import (
	"errors"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"mingzhang/cmd/mingzhang/internal/lang"
)

func d(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func TestParseReadsWhatStaffWrite(t *testing.T) {
	tests := []struct {
		text  string
		unit  Unit
		want  string // in the unit that the value ends up with
		state State
		how   Reading
	}{
		{"88808.45", WanYuan, "88808.45", Number, 0},
		{"88,808.45", WanYuan, "88808.45", Number, Thousands},
		{"1，742.74", WanYuan, "1742.74", Number, Thousands | FullWidth},
		{"９７５９．３８", WanYuan, "9759.38", Number, FullWidth},
		{"87, 300. 0", WanYuan, "87300", Number, Thousands | Spaced},
		{"96. 93", WanYuan, "96.93", Number, Spaced},
		{"1 234 567", Yuan, "1234567", Number, Spaced},
		{"(1.09)", WanYuan, "-1.09", Number, Parentheses},
		{"（1.09）", WanYuan, "-1.09", Number, Parentheses | FullWidth},
		{"-2.22", WanYuan, "-2.22", Number, 0},
		{"－2.22", WanYuan, "-2.22", Number, FullWidth},
		{"−2.22", WanYuan, "-2.22", Number, OtherMinus},
		{"△233.20", WanYuan, "-233.2", Number, Triangle},
		{"20,000.0元", WanYuan, "20000", Number, Thousands | UnitInCell},
		{"29.08万元", Yuan, "29.08", Number, UnitInCell},
		{"8.73亿元", NoUnit, "8.73", Number, UnitInCell},
		{"9.11 万元", NoUnit, "9.11", Number, UnitInCell},
		{"52. 34\n\n万元", WanYuan, "52.34", Number, Spaced | UnitInCell},
		{"98.73%", Percent, "98.73", Number, UnitInCell},
		{"1,055.4%", Percent, "1055.4", Number, Thousands | UnitInCell},
		{`="12.50"`, WanYuan, "12.5", Number, Formula},
		{"0", WanYuan, "0", Number, 0},
		{"0.00", Yuan, "0", Number, 0},
		{"", WanYuan, "", NotReported, 0},
		{"　", WanYuan, "", NotReported, 0},
		{"—", WanYuan, "", NotApplicable, Dash},
		{"-", WanYuan, "", NotApplicable, Dash},
		{"/", WanYuan, "", NotApplicable, Dash},
		{"……", WanYuan, "", NotApplicable, Dash},
		{"涉密", WanYuan, "", Withheld, Dash},
		{"12人", Person, "12", Number, UnitInCell},
		{"一千余件", Piece, "1000", Number, UnitInCell | About},
		{"200多", Piece, "200", Number, About},
		{"29.08 万 元", WanYuan, "29.08", Number, UnitInCell},
	}
	for _, tt := range tests {
		v, how, err := Parse(tt.text, tt.unit, 0)
		if err != nil || v.State != tt.state || v.Plain() != tt.want || how != tt.how {
			t.Errorf("Parse(%q) = %s %v how %b err %v; want %s %v how %b", tt.text, v.Plain(), v.State, how, err, tt.want, tt.state, tt.how)
		}
	}
}

func TestParseRefusesWhatOnlyLooksLikeANumber(t *testing.T) {
	tests := []struct {
		text string
		want error
	}{
		{"12,34", ErrGrouping},
		{"1,2345", ErrGrouping},
		{"446.110.00", ErrNotNumber},
		{"12 34", ErrNotNumber},
		{"abc", ErrNotNumber},
		{"8 8O8", ErrNotNumber},
		{"1.0E+04", ErrScientific},
		{"1.15002E+17", ErrScientific},
		{"#REF!", ErrExcelError},
		{"#DIV/0!", ErrExcelError},
		{"=1+1", ErrFormula},
		{"@SUM(A1)", ErrFormula},
		{"12%", ErrWrongUnit},
		{"12.", ErrNotNumber},
		{".5.", ErrNotNumber},
		{"12斤", ErrNotNumber},
	}
	for _, tt := range tests {
		if v, _, err := Parse(tt.text, WanYuan, 0); !errors.Is(err, tt.want) {
			t.Errorf("Parse(%q) = %s, %v; want %v", tt.text, v.Plain(), err, tt.want)
		}
	}
}

func TestIntervalsOfTheReferenceReport(t *testing.T) {
	w := func(s string) Value { v, _, _ := Parse(s, WanYuan, 2); return v }
	y := func(s string) Value { v, _, _ := Parse(s, Yuan, 2); return v }
	div := func(a, b Value) Value { v, _ := Div(a, b); return v.As(Percent, 2) }

	procurement := div(w("8.99"), w("9.11"))
	if got, want := procurement.WithUnit(lang.ZH)+" "+procurement.IntervalText(), "98.68% [98.5737, 98.7919]"; got != want {
		t.Errorf("procurement rate = %s; want %s", got, want)
	}
	if procurement.SureDigits(2) {
		t.Error("98.68 % is not sure to its last digit: 98.73 % is possible as well")
	}
	if got := div(y("12995.65"), y("13000.00")); got.Display(lang.ZH) != "99.97" || !got.Exact() {
		t.Errorf("three-public rate = %s, exact %v", got.Display(lang.ZH), got.Exact())
	}
	if got := div(y("279282"), y("279900")).Display(lang.ZH); got != "99.78" {
		t.Errorf("operating rate = %s", got)
	}
	adj, _ := Change(w("88808.45"), w("1742.74"))
	if got := adj.As(Percent, 2).WithUnit(lang.ZH); got != "4,995.91%" {
		t.Errorf("adjustment rate = %s", got)
	}
}

func TestNoNumberForADivisionByZero(t *testing.T) {
	zero := Of(d("0"), WanYuan)
	if q, _ := Div(zero, zero); q.State != NotApplicable {
		t.Errorf("0 ÷ 0 is %v", q.State)
	}
	if q, _ := Change(Of(d("60.13"), WanYuan), zero); q.State != NotComparable {
		t.Errorf("growth on a zero base is %v", q.State)
	}
	if q, _ := Div(zero, Absent(NotReported, WanYuan)); q.State != NotReported {
		t.Errorf("0 ÷ blank is %v", q.State)
	}
}

func TestRoundingIsHalfAwayFromZero(t *testing.T) {
	for in, want := range map[string]string{"2.675": "2.68", "-2.675": "−2.68", "0.005": "0.01", "-0.001": "0.00", "1234567.5": "1,234,567.50"} {
		if got := Fixed(d(in), 2); got != want {
			t.Errorf("Fixed(%s) = %s; want %s", in, got, want)
		}
	}
}

func TestUnitsDoNotMix(t *testing.T) {
	if _, err := Add(Of(d("1"), Yuan), Of(d("1"), Person)); err == nil {
		t.Error("yuan and people were added")
	}
	v, err := Add(Of(d("1"), WanYuan), Of(d("1"), Yuan))
	if err != nil || v.Plain() != "1.0001" || v.Unit != WanYuan {
		t.Errorf("1 万元 + 1 元 = %s %s, %v", v.Plain(), v.Unit.Sign(), err)
	}
}

func TestChineseInt(t *testing.T) {
	for in, want := range map[string]int64{"八": 8, "十": 10, "十六": 16, "二十": 20, "二百零三": 203, "两千": 2000, "一万二千": 12000, "三亿": 300000000} {
		if got, ok := ChineseInt(in); !ok || got != want {
			t.Errorf("ChineseInt(%s) = %d, %v", in, got, ok)
		}
	}
	for _, in := range []string{"", "人", "百", "八x"} {
		if got, ok := ChineseInt(in); ok {
			t.Errorf("ChineseInt(%q) = %d", in, got)
		}
	}
}

// An interval holds every number that rounds to the printed one, and arithmetic
// on intervals never loses the true result.
func TestIntervalsHoldTheTruth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := decimal.New(rapid.Int64Range(-1e9, 1e9).Draw(t, "a"), -4)
		b := decimal.New(rapid.Int64Range(1, 1e9).Draw(t, "b"), -4)
		pa := Of(a.Round(2), WanYuan).Rounded(2)
		pb := Of(b.Round(2), WanYuan).Rounded(2)
		ta, tb := Of(a, WanYuan), Of(b, WanYuan)
		for name, op := range map[string]func(Value, Value) (Value, error){"add": Add, "sub": Sub, "div": Div, "change": Change} {
			truth, err1 := op(ta, tb)
			got, err2 := op(pa, pb)
			if err1 != nil || err2 != nil {
				t.Fatal(err1, err2)
			}
			if got.State != Number || got.Exact() {
				continue // the base may be zero within its rounding
			}
			slack := decimal.New(2, -quotientPlaces)
			if truth.Base().LessThan(got.Lo().Sub(slack)) || truth.Base().GreaterThan(got.Hi().Add(slack)) {
				t.Fatalf("%s: %s outside [%s, %s]", name, truth.Base(), got.Lo(), got.Hi())
			}
		}
	})
}

func TestPrintThenParseIsTheIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := decimal.New(rapid.Int64().Draw(t, "n"), -int32(rapid.IntRange(0, 6).Draw(t, "places")))
		v := Of(n, Yuan)
		back, _, err := Parse(v.Display(lang.ZH), Yuan, 0)
		if err != nil || !back.Base().Equal(v.Base()) {
			t.Fatalf("%s printed as %s and read as %s, %v", n, v.Display(lang.ZH), back.Base(), err)
		}
	})
}

func TestMeasuresOfGoals(t *testing.T) {
	for text, want := range map[string]string{
		"≥300册": "300", "2.1万册": "21000 [20,500.0000, 21,500.0000]", "13栋": "13 栋", "100%": "100 % [99.5000, 100.5000]", "不低于 90％": "90 % [89.5000, 90.5000]",
		"≤90万元": "90 万元 [89.5000, 90.5000]", "1,200人次以上": "1200 人次", "无偏差": "", "第59层": "", "2024年3月": "", "": "",
	} {
		v, ok := ParseMeasure(text)
		got := ""
		if ok {
			got = strings.TrimSpace(v.Plain() + " " + v.Unit.Sign())
			if iv := v.As(v.Unit, 2).IntervalText(); iv != "" {
				got += " " + iv
			}
		}
		if got != want {
			t.Errorf("%q is read as %q; want %q", text, got, want)
		}
	}
}

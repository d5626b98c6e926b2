package check

import (
	"strings"

	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// The mistakes that are recognised when a cell does not fit the sums in which it
// stands. Each names the cell and what it should read; the sums prove it.
var (
	UnitDoubtful = slip("unit-doubtful",
		lang.Text{ZH: "「%s」的%s疑似单位写错：写的是 %s，应为 %s（%s）", EN: "%s: %s is probably in another unit: it reads %s and should be %s (%s)"},
		lang.Text{ZH: "元与万元相差一万倍；按改正后的读法，有关的合计全部相符", EN: "yuan and 10,000 yuan differ ten-thousandfold; read as proposed, the sums agree"},
		lang.Text{ZH: "核对这一格的单位，改成与本列一致", EN: "check the unit of this cell and write it in the column's unit"})
	DigitDropped = slip("digit-dropped",
		lang.Text{ZH: "「%s」的%s疑似漏了一位数字：写的是 %s，应为 %s", EN: "%s: %s probably lacks a digit: it reads %s and should be %s"},
		lang.Text{ZH: "补上一位后，有关的合计全部相符", EN: "with one digit added the sums agree"},
		lang.Text{ZH: "对照原件补上漏打的一位", EN: "compare it with the original and add the digit"})
	DigitAdded = slip("digit-added",
		lang.Text{ZH: "「%s」的%s疑似多了一位数字：写的是 %s，应为 %s", EN: "%s: %s probably has a digit too many: it reads %s and should be %s"},
		lang.Text{ZH: "去掉一位后，有关的合计全部相符", EN: "with one digit taken away the sums agree"},
		lang.Text{ZH: "对照原件去掉多打的一位", EN: "compare it with the original and take the digit away"})
	DigitsSwapped = slip("digits-swapped",
		lang.Text{ZH: "「%s」的%s疑似两位数字颠倒：写的是 %s，应为 %s", EN: "%s: two digits of %s are probably swapped: it reads %s and should be %s"},
		lang.Text{ZH: "相邻两位换过来后，有关的合计全部相符", EN: "with two neighbouring digits swapped the sums agree"},
		lang.Text{ZH: "对照原件改正", EN: "compare it with the original and correct it"})
	SignLost = slip("sign-lost",
		lang.Text{ZH: "「%s」的%s正负号疑似写反：写的是 %s，应为 %s", EN: "%s: the sign of %s is probably wrong: it reads %s and should be %s"},
		lang.Text{ZH: "正负号换过来后，有关的合计全部相符", EN: "with the other sign the sums agree"},
		lang.Text{ZH: "核对正负号", EN: "check the sign"})
	CellLeftBlank = slip("cell-left-blank",
		lang.Text{ZH: "「%s」的%s疑似漏填：按合计应为 %s", EN: "%s: %s was probably left blank: by the sums it should be %s"},
		lang.Text{ZH: "填上后，有关的合计全部相符", EN: "once it is filled in the sums agree"},
		lang.Text{ZH: "对照原件补填", EN: "compare it with the original and fill it in"})
	CellContradicts = slip("cell-contradicts",
		lang.Text{ZH: "「%s」的%s与 %d 处合计对不上：写的是 %s，改为 %s 就相符", EN: "%s: %s contradicts %d sums: it reads %s; with %s they agree"},
		lang.Text{ZH: "几处合计同时指向这一格，多半是这一格写错了", EN: "several sums point to this one cell"},
		lang.Text{ZH: "对照原件核对这一格；原件如此时在 data/waivers.csv 写明理由", EN: "compare the cell with the original; if the original says so, give the reason in data/waivers.csv"})
	RowLeftOut = slip("row-left-out",
		lang.Text{ZH: "「%s」漏加了一行：「%s」（第 %d 行）没有算进去", EN: "%s leaves a row out: %s (row %d) is not in it"},
		lang.Text{ZH: "差额正好等于这一行", EN: "the difference is exactly this row"},
		lang.Text{ZH: "把这一行加进合计；这一行若不该有，删去它", EN: "add the row to the total; if the row should not be there, delete it"})
	RowCountedTwice = slip("row-counted-twice",
		lang.Text{ZH: "「%s」多加了一行：「%s」（第 %d 行）算了两遍", EN: "%s counts a row twice: %s (row %d)"},
		lang.Text{ZH: "差额正好等于这一行", EN: "the difference is exactly this row"},
		lang.Text{ZH: "从合计里减去这一行；表里若漏了同样大的一行，补上它", EN: "take the row off the total; if a row of the same size is missing from the table, add it"})
	RowRepeated = slip("row-repeated",
		lang.Text{ZH: "这一行与第 %d 行重复（%s）", EN: "the row repeats row %d (%s)"},
		lang.Text{ZH: "同一科目、同样的数出现两次，会被加两次", EN: "the same item with the same numbers stands twice and is counted twice"},
		lang.Text{ZH: "删去重复的一行", EN: "delete one of them"})
	ColumnsSwapped = slip("columns-swapped",
		lang.Text{ZH: "「%s」的%s与%s疑似填反了", EN: "%s: %s and %s are probably swapped"},
		lang.Text{ZH: "两栏对调后，有关的合计全部相符", EN: "with both columns exchanged the sums agree"},
		lang.Text{ZH: "对照原件把两栏换过来", EN: "compare with the original and exchange them"})
	RowsShifted = slip("rows-shifted",
		lang.Text{ZH: "%s从第 %d 行到第 %d 行疑似错开了一行（整列%s移了一格）", EN: "%s is probably shifted by one row from row %d to row %d (the column moved %s by one cell)"},
		lang.Text{ZH: "每一行按合计应有的数，都写在相邻的一行里", EN: "what each row should hold by its total stands in the next row"},
		lang.Text{ZH: "对照原件把这一列移回来；看看哪里少了或多了一格", EN: "move the column back; look for a missing or additional cell"})
)

func slip(word string, headline, why, fix lang.Text) *diag.Code {
	return &diag.Code{Word: word, Severity: diag.Error, Since: "0.3.0", Headline: headline, Why: why, Fix: fix}
}

// MistakeCodes lists the recognised mistakes.
var MistakeCodes = []*diag.Code{
	UnitDoubtful, DigitDropped, DigitAdded, DigitsSwapped, SignLost, CellLeftBlank, CellContradicts,
	RowLeftOut, RowCountedTwice, RowRepeated, ColumnsSwapped, RowsShifted,
}

// mistake is how a cell came to differ from what it should hold.
type mistake struct {
	code   *diag.Code
	should decimal.Decimal // in base units
	factor lang.Text       // of a unit mistake
	point  bool            // a factor of ten: the point, not the unit
}

// telling reports whether a slip is telling by itself, with only one sum to prove
// it: among many summands a difference easily looks like a lost digit.
func (m *mistake) telling(n *node) bool {
	if m == nil {
		return false
	}
	significant := strings.Trim(strings.ReplaceAll(n.now.Abs().String(), ".", ""), "0")
	switch m.code {
	case UnitDoubtful:
		return len(significant) >= 3 && !m.point
	case DigitsSwapped:
		// 35.1 for 35.01 swaps a nought that nobody wrote.
		return money.Places(n.cell.Text) >= n.fineness()
	case SignLost:
		return len(significant) >= 3
	}
	return false
}

// powers are the factors by which units are confused, the likeliest first.
var powers = []struct {
	shift int32
	name  lang.Text
}{
	{4, lang.Text{ZH: "相差一万倍", EN: "a factor of 10,000"}},
	{3, lang.Text{ZH: "相差一千倍", EN: "a factor of 1,000"}},
	{2, lang.Text{ZH: "相差一百倍", EN: "a factor of 100"}},
	{1, lang.Text{ZH: "小数点错了一位", EN: "the point is one place off"}},
}

// recognise finds how a node with the value v came to differ from a value
// between lo and hi. It gives nil when the difference looks like no slip.
func recognise(n *node, v, want, lo, hi decimal.Decimal) *mistake {
	within := func(x decimal.Decimal) bool { return !x.LessThan(lo) && !x.GreaterThan(hi) }
	if n.blank {
		return &mistake{code: CellLeftBlank, should: want}
	}
	if v.IsZero() || want.IsZero() {
		return nil
	}
	// A number typed in another unit was rounded in that unit: 1191.95 万元 stands
	// for 11,919,501.84 元.
	half := decimal.New(5, n.value.Unit.Shift()-money.Places(n.cell.Text)-1)
	for _, p := range powers {
		for _, shift := range []int32{-p.shift, p.shift} {
			x := v.Shift(shift)
			switch slack := half.Shift(shift); {
			case within(x):
				return &mistake{code: UnitDoubtful, should: x, factor: p.name, point: p.shift == 1}
			case shift > 1 && slack.Mul(decimal.NewFromInt(200)).LessThan(x.Abs()) && !x.Add(slack).LessThan(lo) && !x.Sub(slack).GreaterThan(hi):
				return &mistake{code: UnitDoubtful, should: want, factor: p.name}
			}
		}
	}
	if x := v.Neg(); within(x) {
		return &mistake{code: SignLost, should: x}
	}
	// Digits are compared as written, in the column's unit and fineness; among
	// the values that rounding allows the middle one goes first.
	shift := n.value.Unit.Shift()
	places := n.fineness()
	have := v.Shift(-shift).StringFixed(places)
	step := decimal.New(1, shift-places)
	for i := range int64(11) {
		for _, d := range []int64{i, -i} {
			x := want.Add(step.Mul(decimal.NewFromInt(d)))
			if !within(x) {
				continue
			}
			if code := digits(have, x.Shift(-shift).StringFixed(places)); code != nil {
				return &mistake{code: code, should: x}
			}
			if i == 0 {
				break
			}
		}
	}
	return nil
}

// digits says how one writing became another: a digit less, one more, or two
// neighbours swapped. Short numbers say too little.
func digits(have, should string) *diag.Code {
	if len(strings.Trim(should, "-.")) < 4 || strings.HasPrefix(have, "-") != strings.HasPrefix(should, "-") {
		return nil
	}
	a, b := strings.NewReplacer("-", "", ".", "").Replace(have), strings.NewReplacer("-", "", ".", "").Replace(should)
	switch {
	case len(a)+1 == len(b) && oneMore(a, b):
		return DigitDropped
	case len(a) == len(b)+1 && oneMore(b, a):
		return DigitAdded
	case len(a) == len(b):
		i := 0
		for i < len(a) && a[i] == b[i] {
			i++
		}
		if i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:] {
			return DigitsSwapped
		}
	}
	return nil
}

// oneMore reports whether long is short with one digit put in.
func oneMore(short, long string) bool {
	i := 0
	for i < len(short) && short[i] == long[i] {
		i++
	}
	return short[i:] == long[i+1:]
}

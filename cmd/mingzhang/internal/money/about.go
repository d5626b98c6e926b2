package money

import (
	"strings"

	"github.com/shopspring/decimal"
)

var chineseDigits = map[rune]int64{
	'〇': 0, '零': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
	'壹': 1, '贰': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9,
}

var chineseScales = map[rune]int64{'十': 10, '拾': 10, '百': 100, '佰': 100, '千': 1000, '仟': 1000, '万': 1e4, '亿': 1e8}

// ChineseInt reads a whole number in Chinese numerals: 八, 十六, 二百零三, 两千.
func ChineseInt(s string) (int64, bool) {
	if s == "" {
		return 0, false
	}
	var total, section, digit int64
	seen := false
	for _, r := range s {
		if d, ok := chineseDigits[r]; ok {
			digit, seen = d, true
			continue
		}
		scale, ok := chineseScales[r]
		if !ok {
			return 0, false
		}
		if scale >= 1e4 {
			if section += digit; section == 0 {
				return 0, false
			}
			total, section, digit = (total+section)*scale, 0, 0
			seen = true
			continue
		}
		if digit == 0 {
			if scale != 10 || seen && section == 0 {
				return 0, false
			}
			digit = 1 // 十六
		}
		section, digit, seen = section+digit*scale, 0, true
	}
	return total + section + digit, seen
}

// about reads a number given as a lower bound: 一千余, 200多, 二百余件 without
// its measure word. It stands for everything up to the next step of its leading
// digit: 一千余 is more than 1,000 and less than 2,000.
func about(s string) (lo, hi decimal.Decimal, ok bool) {
	cut := false
	for _, tail := range []string{"余", "多"} {
		if rest, found := strings.CutSuffix(s, tail); found {
			s, cut = rest, true
			break
		}
	}
	if !cut {
		return lo, hi, false
	}
	s = strings.ReplaceAll(s, ",", "")
	if n, found := ChineseInt(s); found {
		lo = decimal.NewFromInt(n)
	} else if digitsOnly(s) {
		lo = decimal.RequireFromString(s)
	} else {
		return lo, hi, false
	}
	if lo.Sign() <= 0 {
		return lo, hi, false
	}
	digits := int32(len(lo.String()))
	step := decimal.New(1, digits-1)
	return lo, lo.Div(step).Floor().Add(decimal.NewFromInt(1)).Mul(step), true
}

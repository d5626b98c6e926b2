package money

import (
	"strings"

	"github.com/shopspring/decimal"
)

// comparatives are the words and signs by which a target says that it is a
// limit.
var comparatives = []string{"≥", "≧", ">=", "≤", "≦", "<=", ">", "<", "=", "不低于", "不少于", "不高于", "不超过", "不多于", "大于等于", "小于等于", "大于", "小于", "高于", "低于", "达到", "达", "至少", "超过", "约", "约为", "共"}

// ParseMeasure reads a target or result of a performance indicator: ≥300册,
// 2.1万册, 不低于90%, 13栋. What it counts may be any word; a word that is a unit
// gives the value its unit. ok is false for a text that is no single number.
func ParseMeasure(text string) (v Value, ok bool) {
	s := strings.ReplaceAll(Fold(text), " ", "")
	for cut := true; cut; {
		cut = false
		for _, c := range comparatives {
			if rest, found := strings.CutPrefix(s, c); found {
				s, cut = rest, true
			}
		}
	}
	for _, tail := range []string{"以上", "以内", "以下", "左右"} {
		s = strings.TrimSuffix(s, tail)
	}
	end := 0
	for end < len(s) && (s[end] >= '0' && s[end] <= '9' || s[end] == '.' || s[end] == ',') {
		end++
	}
	if end == 0 {
		return Value{}, false
	}
	digits, _, err := plainDigits(s[:end], 0)
	tail := s[end:]
	if err != nil || strings.ContainsAny(tail, "0123456789") {
		return Value{}, false
	}
	n, err := decimal.NewFromString(digits)
	if err != nil {
		return Value{}, false
	}
	if u, found := UnitOf(tail); found {
		return settle(numberOf(n), u, 0), true
	}
	var shift int32
	for _, big := range []struct {
		word  string
		shift int32
	}{{"万", 4}, {"亿", 8}} {
		if rest, found := strings.CutPrefix(tail, big.word); found {
			shift, tail = big.shift, rest
			break
		}
	}
	u, _ := UnitOf(tail)
	v = Of(n.Shift(shift), u)
	if shift > 0 { // 2.1万 was rounded at its last digit
		half := decimal.New(5, n.Exponent()-1+shift).Shift(u.Shift())
		v = v.Within(v.Base().Sub(half), v.Base().Add(half))
	}
	return v, true
}

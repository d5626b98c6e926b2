// Package label compares headings and names as staff write them: with and
// without spaces, in full or half width, in either kind of brackets and quotes,
// with characters that only look like the right ones.
package label

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// radicals maps characters of the CJK Radicals Supplement, which come out of
// PDF files and survive NFKC, to the characters they look like.
var radicals = map[rune]rune{
	'⻔': '门', '⻋': '车', '⻚': '页', '⻅': '见', '⻓': '长', '⻛': '风', '⻜': '飞', '⻝': '食',
	'⻢': '马', '⻥': '鱼', '⻦': '鸟', '⻨': '麦', '⻩': '黄', '⻬': '齐', '⻮': '齿', '⻰': '龙',
	'⻳': '龟', '⻄': '西', '⻆': '角', '⻉': '贝', '⻘': '青', '⻙': '韦', '⺠': '民', '⺟': '母',
	'⺝': '月', '⺫': '目', '⺭': '示', '⺮': '竹', '⺷': '羊', '⺼': '肉', '⻁': '虎', '⻂': '衣',
	'⻌': '辶', '⻏': '邑', '⻒': '长', '⻖': '阝', '⻣': '骨', '⻤': '鬼', '⻫': '齐', '⺩': '王',
	'⺊': '卜', '⺌': '小', '⺒': '巳', '⺓': '幺', '⺙': '攵', '⺤': '爪', '⺬': '示',
}

// Clean returns s for display and storage: outer space trimmed, invisible
// characters dropped, look-alike radicals replaced, inner line breaks made one
// space. It reports whether a look-alike was replaced.
func Clean(s string) (clean string, lookalike bool) {
	if isPlain(s) {
		return s, false
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\u200b' || r == '\u200c' || r == '\u200d' || r == '\ufeff' || r == 0:
			continue
		case r == '\n' || r == '\r' || r == '\t' || r == '\u00a0' || r == '\u3000':
			r = ' '
		case r >= 0x2E80 && r <= 0x2EFF:
			if to, ok := radicals[r]; ok {
				r, lookalike = to, true
			}
		case r >= 0x2F00 && r <= 0x2FDF:
			b.WriteString(norm.NFKC.String(string(r)))
			lookalike = true
			continue
		}
		b.WriteRune(r)
	}
	return strings.Join(strings.Fields(b.String()), " "), lookalike
}

func isPlain(s string) bool {
	if s == "" {
		return true
	}
	for _, r := range s {
		if r <= ' ' || r == '\u00a0' || r >= 0x2000 && r <= 0x200f || r >= 0x2E80 && r <= 0x3000 || r == '\ufeff' {
			return false
		}
	}
	return true
}

// Fold returns the form under which two writings of one name are equal: no
// space, no quotes, half-width brackets and letters, lower case, 其它 as 其他.
func Fold(s string) string {
	same := 0
	for i, r := range s {
		if changes(r) {
			same = i
			break
		}
		same = i + utf8.RuneLen(r)
	}
	if same == len(s) { // most names are folded as they stand
		if strings.Contains(s, "其它") {
			return strings.ReplaceAll(s, "其它", "其他")
		}
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:same])
	for _, r := range s[same:] {
		switch {
		case r <= ' ' || r == 0x7f || r == '\u3000' || r == '\u00a0' || r == '\ufeff' || r >= '\u2000' && r <= '\u200f':
			continue
		case r >= 'A' && r <= 'Z':
			r += 'a' - 'A'
		case r < 0x80:
			if r == '"' || r == '\'' {
				continue
			}
		case r == '“' || r == '”' || r == '‘' || r == '’' || r == '＂' || r == '「' || r == '」' || r == '『' || r == '』':
			continue
		case r == '〔' || r == '［' || r == '【':
			r = '['
		case r == '〕' || r == '］' || r == '】':
			r = ']'
		case r >= '！' && r <= '～':
			r -= '！' - '!'
			if r >= 'A' && r <= 'Z' {
				r += 'a' - 'A'
			}
		case r == '、':
			r = ','
		case r == '—' || r == '–' || r == '−' || r == '―':
			r = '-'
		case r >= 0x2E80 && r <= 0x2FDF:
			c, _ := Clean(string(r))
			b.WriteString(c)
			continue
		}
		b.WriteRune(r)
	}
	return strings.ReplaceAll(b.String(), "其它", "其他")
}

// changes reports whether folding may drop or replace a character.
func changes(r rune) bool {
	switch {
	case r < 0x80:
		return r <= ' ' || r == 0x7f || r == '"' || r == '\'' || r >= 'A' && r <= 'Z'
	case r >= 0x3040 && r <= 0xd7ff: // Chinese characters
		return false
	}
	return true
}

// SplitUnit takes the unit in brackets off the end of a heading: 年初预算数（万元）
// gives 年初预算数 and 万元, and so does 年初预算数【万元】. A heading without brackets
// at its end has no unit.
func SplitUnit(heading string) (name, unit string) {
	s := strings.TrimSpace(heading)
	r, size := utf8.DecodeLastRuneInString(s)
	body := s[:len(s)-size]
	if opens := squares[r]; opens != "" {
		if i := strings.LastIndex(body, opens); i > 0 {
			return strings.TrimSpace(body[:i]), withoutLead(body[i+len(opens):])
		}
	}
	if r != '）' && r != ')' {
		return s, ""
	}
	depth := 0
	for i := len(body); i > 0; {
		r, n := utf8.DecodeLastRuneInString(body[:i])
		i -= n
		switch r {
		case '）', ')':
			depth++
		case '（', '(':
			if depth == 0 {
				return strings.TrimSpace(body[:i]), withoutLead(body[i+n:])
			}
			depth--
		}
	}
	return s, ""
}

// squares are the other brackets in which units stand: what closes and what opens.
var squares = map[rune]string{']': "[", '】': "【", '］': "［", '〕': "〔"}

// withoutLead takes 单位： off the head of what stands in brackets.
func withoutLead(unit string) string {
	unit = strings.TrimSpace(unit)
	for _, lead := range []string{"单位：", "单位:"} {
		unit = strings.TrimPrefix(unit, lead)
	}
	return strings.TrimSpace(unit)
}

// Nearest returns the candidate that s was probably meant to be, or "" when
// none is near: at most a third of its characters may differ.
func Nearest(s string, candidates []string) string {
	best, bestAt := "", 0
	fs := []rune(Fold(s))
	for _, c := range candidates {
		fc := []rune(Fold(c))
		limit := max(len(fs), len(fc)) / 3
		if limit == 0 && len(fs) > 1 {
			limit = 1
		}
		d := distance(fs, fc, limit)
		if d <= limit && (best == "" || d < bestAt) {
			best, bestAt = c, d
		}
	}
	return best
}

// distance is the number of characters to insert, drop, replace or swap; it
// gives up beyond limit.
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	var before []int
	prev := make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur := make([]int, len(b)+1)
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], before[j-2]+1)
			}
		}
		before, prev = prev, cur
	}
	return prev[len(b)]
}

// CutYear takes a year off the head of a name: 2024年预算数, 2024年度决算数. The
// year is 0 when there is none or nothing follows it.
func CutYear(s string) (year int, name string) {
	if len(s) < 5 {
		return 0, s
	}
	n := 0
	for i := range 4 {
		if s[i] < '0' || s[i] > '9' {
			return 0, s
		}
		n = n*10 + int(s[i]-'0')
	}
	rest, ok := strings.CutPrefix(s[4:], "年")
	if !ok || n < 1950 || n > 2200 {
		return 0, s
	}
	if rest = strings.TrimPrefix(rest, "度"); rest == "" {
		return 0, s
	}
	return n, rest
}

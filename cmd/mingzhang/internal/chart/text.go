package chart

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// ems is how wide a text is, in heights of its letters: a Chinese character is
// one, others a little more than a half. Fonts differ; this is on the safe side
// of those that systems have.
func ems(s string) float64 {
	w := 0.0
	for _, r := range s {
		w += em(r)
	}
	return w
}

func em(r rune) float64 {
	switch {
	case unicode.Is(unicode.Han, r), r >= 0x3000 && r <= 0x30FF, r >= 0xFF00 && r <= 0xFFEF, r == '“', r == '”', r == '—', r == '…', r == '·':
		return 1
	case r == 'm' || r == 'w' || r == 'M' || r == 'W' || r == '%':
		return .9
	case unicode.IsUpper(r):
		return .7
	case strings.ContainsRune(" ,.:;'il|()", r):
		return .34
	}
	return .58
}

// wrap breaks a text into at most lines pieces of at most width ems. Chinese
// breaks anywhere but before closing marks, other words between words. What does
// not fit ends in ….
func wrap(s string, width float64, lines int) []string {
	var out []string
	rest := strings.TrimSpace(s)
	for rest != "" {
		if len(out) == lines-1 || ems(rest) <= width {
			return append(out, cut(rest, width))
		}
		i := fit(rest, width)
		out = append(out, strings.TrimSpace(rest[:i]))
		rest = strings.TrimSpace(rest[i:])
	}
	return out
}

// cut shortens a text to a width.
func cut(s string, width float64) string {
	if ems(s) <= width {
		return s
	}
	w := 1.0 // the …
	for i, r := range s {
		if w += em(r); w > width {
			return strings.TrimRight(s[:i], " ，、（(") + "…"
		}
	}
	return s
}

// fit returns how many bytes of a text stand on a line of some width: at least
// one letter.
func fit(s string, width float64) int {
	w, last := 0.0, 0
	for i, r := range s {
		if i > 0 && breaks(s, i) {
			last = i
		}
		if w += em(r); w > width {
			if last > 0 {
				return last
			}
			return max(i, utf8.RuneLen(r))
		}
	}
	return len(s)
}

// breaks reports whether a line may end before byte i.
func breaks(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i:])
	if strings.ContainsRune("，。、；：！？）》”’%…)", after) || strings.ContainsRune("（《“‘(", before) {
		return false
	}
	return before == ' ' || before == '-' || em(before) == 1 || em(after) == 1
}

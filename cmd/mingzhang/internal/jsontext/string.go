// Package jsontext appends JSON strings. Most of what a site publishes for
// machines is strings, and encoding/json would spend more time on them than on
// making the figures.
package jsontext

import "unicode/utf8"

// plain are the letters of one byte that stand as they are.
var plain = func() (t [utf8.RuneSelf * 2]bool) {
	for c := ' '; c < utf8.RuneSelf; c++ {
		t[c] = c != '"' && c != '\\'
	}
	return t
}()

const hexDigits = "0123456789abcdef"

// AppendString appends s as a JSON string. Letters of all scripts stand as they
// are; bytes that are no UTF-8 become U+FFFD; the two line ends that JavaScript
// does not take in strings are escaped.
func AppendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	last := 0
	for i := 0; i < len(s); {
		c := s[i]
		if plain[c] {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			if c >= 0xe3 && c <= 0xe9 && i+2 < len(s) && s[i+1]&0xc0 == 0x80 && s[i+2]&0xc0 == 0x80 {
				i += 3 // Chinese, which is most: U+3000 to U+9FFF
				continue
			}
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && n == 1 || r == '\u2028' || r == '\u2029' {
				dst = append(dst, s[last:i]...)
				if n == 1 {
					dst = append(dst, `\ufffd`...)
				} else {
					dst = append(append(dst, `\u202`...), hexDigits[r&0xf])
				}
				last = i + n
			}
			i += n
			continue
		}
		dst = append(dst, s[last:i]...)
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\n':
			dst = append(dst, `\n`...)
		case '\r':
			dst = append(dst, `\r`...)
		case '\t':
			dst = append(dst, `\t`...)
		default:
			dst = append(append(dst, `\u00`...), hexDigits[c>>4], hexDigits[c&0xf])
		}
		i++
		last = i
	}
	return append(append(dst, s[last:]...), '"')
}

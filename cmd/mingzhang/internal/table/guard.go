package table

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// Programs that export tables write ="2010301" so that a spreadsheet shows a code as
// it is. Spreadsheets take that for a text; encoding/csv refuses quotes that stand
// inside a field. While a file is split, other signs stand in their place, one for
// one, so that no column moves.
const quoteOfGuard = '\uFDD0' // no character: no text holds it

// hideGuards puts other signs in place of the quotes of ="…" where that is a whole
// field.
func hideGuards(text []byte, comma rune) []byte {
	if !bytes.Contains(text, []byte(`="`)) {
		return text
	}
	sep := utf8.AppendRune(nil, comma)
	sign := utf8.AppendRune(nil, quoteOfGuard)
	out := make([]byte, 0, len(text)+64)
	quoted, start := false, true // inside a quoted field; at the start of one
	for i := 0; i < len(text); {
		rest := text[i:]
		if start && !quoted && bytes.HasPrefix(rest, []byte(`="`)) {
			if n := bytes.IndexAny(rest[2:], "\"\n"); n >= 0 && rest[2+n] == '"' && endsField(rest[2+n+1:], sep) {
				out = append(append(out, '='), sign...)
				out = append(append(out, rest[2:2+n]...), sign...)
				i += 2 + n + 1
				start = false
				continue
			}
		}
		switch {
		case rest[0] == '"' && (start || quoted):
			quoted = !quoted // a doubled quote opens it again
			start = false
		case !quoted && rest[0] == '\n', !quoted && bytes.HasPrefix(rest, sep):
			start = true
			n := 1
			if rest[0] != '\n' {
				n = len(sep)
			}
			out = append(out, rest[:n]...)
			i += n
			continue
		default:
			start = false
		}
		out = append(out, rest[0])
		i++
	}
	return out
}

func endsField(rest, sep []byte) bool {
	return len(rest) == 0 || rest[0] == '\n' || rest[0] == '\r' || bytes.HasPrefix(rest, sep)
}

// unguard takes the text out of ="…", as a spreadsheet does.
func unguard(s string) string {
	if !strings.HasPrefix(s, "=") {
		return s
	}
	for _, q := range []string{`"`, string(quoteOfGuard)} {
		inner, ok := strings.CutPrefix(s, "="+q)
		if inner, closed := strings.CutSuffix(inner, q); ok && closed && !strings.Contains(inner, q) {
			return inner
		}
	}
	return s
}

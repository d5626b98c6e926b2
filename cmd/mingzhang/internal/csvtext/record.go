// Package csvtext appends CSV records with CRLF, byte for byte as encoding/csv
// writes them. A site has hundreds of records for each department-year, and most
// of the time encoding/csv takes for them goes into its buffers.
package csvtext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// AppendRecord appends a record and its line end.
func AppendRecord(dst []byte, fields []string) []byte {
	for i, f := range fields {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = AppendField(dst, f)
	}
	return append(dst, '\r', '\n')
}

// AppendField appends a field, quoted where it needs to be.
func AppendField(dst []byte, f string) []byte {
	if !quoted(f) {
		return append(dst, f...)
	}
	dst = append(dst, '"')
	for {
		i := strings.IndexAny(f, "\"\r\n")
		if i < 0 {
			break
		}
		dst = append(dst, f[:i]...)
		switch f[i] {
		case '"':
			dst = append(dst, `""`...)
		case '\n':
			dst = append(dst, '\r', '\n')
		} // a lone \r is left out: it would read as a line end
		f = f[i+1:]
	}
	return append(append(dst, f...), '"')
}

// needsQuotes are the letters that stand in quoted fields only.
var needsQuotes = [256]bool{',': true, '"': true, '\n': true, '\r': true}

// quoted reports whether a field needs quotes. PostgreSQL takes \. for the end
// of the data; readers may trim a space that leads.
func quoted(f string) bool {
	if f == "" {
		return false
	}
	if f == `\.` {
		return true
	}
	for i := range len(f) {
		if needsQuotes[f[i]] {
			return true
		}
	}
	if c := f[0]; c < utf8.RuneSelf {
		return c == ' ' || c >= '\t' && c <= '\r'
	}
	r, _ := utf8.DecodeRuneInString(f)
	return unicode.IsSpace(r)
}

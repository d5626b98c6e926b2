package table

import (
	"bytes"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// cellText chooses between a cell's stored number and what is shown: a stored
// 1559.8899999999999 is 1559.89, a stored 0.9998 shown as 99.98% is 99.98%, and
// a stored 45345 shown as a day is that day.
func cellText(raw, display string) string {
	if raw == display {
		return tidy(raw)
	}
	switch {
	case display == "TRUE" || display == "FALSE":
		return display
	case strings.HasSuffix(display, "%"):
		return display
	case strings.ContainsAny(display, "年月日") || strings.Count(display, "-") == 2 && !strings.HasPrefix(display, "-") || strings.Count(display, "/") == 2:
		return display
	}
	return tidy(raw)
}

func tidy(raw string) string {
	if len(raw) < 16 || strings.Trim(raw, "0123456789.-+eE") != "" || !strings.ContainsAny(raw, ".eE") {
		return raw
	}
	f, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		return raw
	}
	short := strconv.FormatFloat(f, 'g', 15, 64)
	g, err := strconv.ParseFloat(short, 64)
	if err != nil {
		return raw
	}
	return strconv.FormatFloat(g, 'f', -1, 64)
}

// uncomputed finds the cells whose formula was never computed. Where a value is
// empty, only the file itself tells a formula without a result from one whose result
// is an empty text.
func uncomputed(book *excelize.File) map[string]bool {
	out := map[string]bool{}
	book.Pkg.Range(func(name, data any) bool {
		if text, ok := data.([]byte); ok && strings.HasPrefix(name.(string), "xl/worksheets/") {
			for _, m := range withoutValue.FindAllSubmatch(text, -1) {
				cell, value := m[0], m[2]
				if len(value) > 0 && bytes.Contains(cell[:bytes.IndexByte(cell, '>')], []byte(`t="str"`)) {
					continue // an empty text came out
				}
				out[string(m[1])] = true
			}
		}
		return true
	})
	return out
}

var withoutValue = regexp.MustCompile(`<(?:\w+:)?c [^>]*?\br="([A-Z]+\d+)"[^>]*>\s*<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*(<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>`)

// isScaled reports whether a number is shown in thousands or 万 of what is stored:
// 17427400 as 1742.74 by the format 0!.00,"万".
func isScaled(raw, display string) bool {
	stored, err := strconv.ParseFloat(raw, 64)
	if err != nil || math.Abs(stored) < 1 || strings.ContainsAny(display, "%/:年月日Ee") {
		return false
	}
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '.' {
			return r
		}
		return -1
	}, display)
	seen, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return false
	}
	_, decimals, _ := strings.Cut(digits, ".")
	half := 0.51 * math.Pow10(-len(decimals))
	for _, power := range []int{3, 4, 6, 8} {
		if math.Abs(math.Abs(stored)*math.Pow10(-power)-seen) <= half {
			return math.Abs(math.Abs(stored)-seen) > half
		}
	}
	return false
}

package claim

import (
	"regexp"
	"strings"
)

// gapped finds white space as wide as between columns.
var gapped = regexp.MustCompile(`\S(?:\t|\s{2,}|　)\S`)

// isRow reports whether a line is a row of a table: behind a bar or before one, with
// bars between its cells, or with white space as wide as between columns.
func isRow(line string) bool {
	if strings.HasPrefix(line, "|") || strings.HasSuffix(line, "|") || strings.Count(line, "|") > 1 {
		return true
	}
	return mayGape(line) && len(gapped.FindAllString(line, 3)) >= 2 && !strings.ContainsAny(line, "。，")
}

// celled reports whether another number stands right beside a number, with nothing
// but a space between: cells of a table whose columns were lost on the way into the
// text. What belongs together there is not read.
func (a *analysis) celled(t *token) bool {
	number := func(i int) bool { return i >= 0 && i < len(a.r) && (isDigit(a.r[i]) || a.r[i] == '%') }
	if t.from > 1 && a.r[t.from-1] == ' ' && number(t.from-2) {
		return true
	}
	return t.till+1 < len(a.r) && a.r[t.till] == ' ' && number(t.till+1)
}

// apart reports whether a number stands in another cell than the one before it:
// what follows 其中 in one cell are not the cells behind it.
func (a *analysis) apart(t *token, between string) bool {
	return a.blocks[t.block].layout == row && strings.Contains(between, "|")
}

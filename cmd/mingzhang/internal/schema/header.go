package schema

import (
	"slices"
	"strings"

	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/table"
)

// headerWithin is how many rows a sheet may have above its header.
const headerWithin = 30

// below returns the row under another, with an empty one between them or none; 0
// where there is none.
func below(s *table.Sheet, i int) int {
	for n := i + 1; n < min(i+3, len(s.Rows)); n++ {
		if !s.Rows[n].Blank() {
			return n
		}
	}
	return 0
}

// findHeader returns the first row of the header: of the header blocks that
// start in the first rows, the one with the most known headings.
func findHeader(s *table.Sheet, known func(string) bool) int {
	best, bestHits := -1, 0
	top := s.First()
	for i := top; i < min(len(s.Rows), top+headerWithin); i++ {
		hits, filled := headingHits(s.Rows[i], known)
		if hits < 2 && filled > 2 || hits == 0 || filled == 1 && saysUnit(s.Rows[i]) {
			continue
		}
		for j := i; j+1 < len(s.Rows) && continuesHeader(s.Rows[j], s.Rows[j+1], known); j++ {
			more, _ := headingHits(s.Rows[j+1], known)
			hits += more
		}
		if hits > bestHits {
			best, bestHits = i, hits
		}
	}
	// The upper row of a merged header may hold fewer known words than the
	// lower one; it belongs to the header all the same.
	for best > 0 && continuesHeader(s.Rows[best-1], s.Rows[best], known) && looksLikeHeading(s.Rows[best-1], known) {
		best--
	}
	return best
}

// saysUnit reports whether a row of one cell says the unit of the table below:
// 单位（万元） is no heading 单位 with a unit of its own.
func saysUnit(r table.Row) bool {
	for i := range r {
		if t := textAt(r, i); t != "" {
			return namedUnit(t) != ""
		}
	}
	return false
}

func headingHits(r table.Row, known func(string) bool) (hits, filled int) {
	for _, c := range r {
		if strings.TrimSpace(c.Text) == "" {
			continue
		}
		filled++
		if knownHeading(c.Text, known) {
			hits++
		}
	}
	return hits, filled
}

func knownHeading(text string, known func(string) bool) bool {
	if isFigure(text) {
		return false // what most cells hold; no heading is a number
	}
	if known(text) {
		return true
	}
	name, unit := label.SplitUnit(text)
	return unit != "" && known(name)
}

func looksLikeHeading(r table.Row, known func(string) bool) bool {
	filled := 0
	hit := false
	for _, c := range r {
		if strings.TrimSpace(c.Text) != "" {
			filled++
			hit = hit || knownHeading(c.Text, known)
			if isNumber(c.Text) {
				return false
			}
		}
	}
	return filled >= 2 && hit
}

// continuesHeader reports whether lower is a further header row under upper:
// it holds headings and no number, and at least one of its cells stands under a
// gap or under a heading that spans several columns, or goes on with the heading
// above it.
func continuesHeader(upper, lower table.Row, known func(string) bool) bool {
	hits, under := 0, 0
	for i, c := range lower {
		t := strings.TrimSpace(c.Text)
		if t == "" {
			continue
		}
		if isNumber(t) || isNumberingWord(t) {
			return false
		}
		above := textAt(upper, i)
		if knownHeading(t, known) || neutral[label.Fold(t)] && above != "" && textAt(upper, i+1) == "" {
			hits++
		} else if above != "" && textAt(upper, i+1) != "" {
			return false
		}
		if above == "" || textAt(upper, i+1) == "" && textAt(lower, i+1) != "" || known(above+t) {
			under++ // or one heading is written over two rows: 功能分类, 科目编码
		}
	}
	return hits > 0 && under > 0
}

// headsAndNumbers recognises the last header row of the printed forms, which
// names the code columns and numbers the others: 类 款 项 栏次 1 2 3.
func headsAndNumbers(r table.Row, known func(string) bool) bool {
	hits, word := 0, false
	rest := make(table.Row, 0, len(r))
	for _, c := range r {
		switch t := strings.TrimSpace(c.Text); {
		case isNumberingWord(t):
			word = true
			rest = append(rest, c)
		case t != "" && !isNumber(t) && knownHeading(t, known):
			hits++
		default:
			rest = append(rest, c)
		}
	}
	return word && hits > 0 && isNumbering(rest, true)
}

// headsAndTotal recognises a last header row that is the total's row as well, since
// the total stands beside the lower part of a merged heading: 类 款 项 合计 307.82, or,
// where another merged heading stands to its right, 合计 0 105.00 合计 基本支出 项目支出 0.
func headsAndTotal(upper, r table.Row, known func(string) bool) bool {
	hits, total, numbers := 0, false, 0
	for i, c := range r {
		switch t := strings.TrimSpace(c.Text); {
		case t == "":
		case total && (isNumber(t) || isDash(t)):
			numbers++
		case !total && isTotalWord(t):
			total = true
		case !knownHeading(t, known) && !neutral[label.Fold(t)]:
			return false
		case total && textAt(upper, i) != "" && textAt(upper, i+1) != "":
			return false // under a heading of one column there is no other
		default:
			hits++
		}
	}
	return total && hits > 1 && numbers > 0
}

// isDash reports whether a text stands for no number.
func isDash(s string) bool { return s != "" && strings.Trim(s, "-－—–/") == "" }

// Row returns a row of data: of one that is the last of the header as well, without
// what heads columns. A heading leaves no blank behind: where it stands, the row has
// no cell that somebody could have filled in.
func (l *Layout) Row(s *table.Sheet, i int) table.Row {
	r := s.Rows[i]
	if !slices.Contains(l.Header, i) {
		return r
	}
	r = slices.Clone(r)
	total := false
	for j := range r {
		switch t := strings.TrimSpace(r[j].Text); {
		case !total && isTotalWord(t):
			total = true
		case !total:
			r[j].Text = ""
		case t != "" && !isNumber(t) && !isDash(t):
			r[j] = table.Cell{}
		}
	}
	return r
}

func isTotalWord(s string) bool {
	switch label.Fold(s) {
	case "合计", "总计":
		return true
	}
	return false
}

// totalLabel returns the column in which the n-th header row has the name of the
// total's row and no heading; -1 where it has none. The printed forms let the total
// begin beside the lower headings of merged ones: 合计 under 科目编码, and in the
// same row 小计, 基本支出, 项目支出 under 本年支出. It is the first cell that names
// no part of a code, under a heading of its own column.
func (l *Layout) totalLabel(s *table.Sheet, n int) int {
	if n == 0 {
		return -1
	}
	r := s.Rows[l.Header[n]]
	for c := range r {
		t := textAt(r, c)
		switch {
		case t == "" || isPartOfCode(t):
			continue
		case isTotalWord(t) && l.headsOneColumn(s, n, c):
			return c
		}
		return -1
	}
	return -1
}

func isPartOfCode(t string) bool {
	switch label.Fold(t) {
	case "类", "款", "项":
		return true
	}
	return false
}

// headsOneColumn reports whether the heading over column c in the rows above header
// row n stands over this column alone.
func (l *Layout) headsOneColumn(s *table.Sheet, n, c int) bool {
	for k := n - 1; k >= 0; k-- {
		if r := s.Rows[l.Header[k]]; textAt(r, c) != "" {
			return textAt(r, c+1) != "" || l.headedAbove(s, k, c+1)
		}
	}
	return false
}

package schema

import (
	"regexp"
	"slices"
	"strings"

	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/table"
)

// RowRole is what a row of a sheet was taken for.
type RowRole uint8

// The roles of a row. Everything but Data is set aside and can be listed, so
// that rows in = rows kept + rows named.
const (
	Data RowRole = iota
	Blank
	Title
	UnitLine
	Header
	Numbering // 栏次 1 2 3 …
	Repeated  // the header again, after a page break
	Remark    // notes under the table
)

// Layout tells the parts of a sheet: the lines above a table, its header of one
// or more rows, its body and the notes under it.
type Layout struct {
	Roles  []RowRole // by row of the sheet
	Header []int     // indexes of the header rows; the last may be Data too, see headsAndTotal
	Unit   string    // from a unit line above the table: 万元
	Body   string    // the body named above the table: 部门：某局
	Title  string    // the longest line above the table
	Notes  []table.Cell
	unitAt table.Cell
	shared int // the header row that holds data as well; 0 where there is none
}

// Shares reports whether a cell stands in a row that is both header and data.
func (l *Layout) Shares(s *table.Sheet, at table.Cell) bool {
	return l != nil && l.shared > 0 && len(s.Rows[l.shared]) > 0 && s.Rows[l.shared][0].Row == at.Row
}

// Lay finds the parts of a sheet. known tells whether a text is a heading of
// the table that is looked for; without any heading the layout has no header.
func Lay(s *table.Sheet, known func(string) bool) *Layout {
	l := LayHeader(s, known)
	if len(l.Header) > 0 {
		l.below(s)
	}
	return l
}

// below tells the rows under the header.
func (l *Layout) below(s *table.Sheet) {
	headings, last := l.Headings(s), l.Header[len(l.Header)-1]
	first := below(s, last)
	over := l.over(s)
	for i := last + 1; i < len(s.Rows); i++ {
		l.Roles[i] = role(s.Rows[i], headings, i == first)
		if len(over) > 0 && l.Roles[i] == Data && over[said(s.Rows[i])] {
			l.Roles[i] = Repeated // title and unit again, on a new page
		}
		if l.Roles[i] == Remark {
			for _, c := range s.Rows[i] {
				if t := strings.TrimSpace(c.Text); t != "" && !isSignature(s.Rows[i]) && !pageMark.MatchString(t) {
					l.Notes = append(l.Notes, c)
				}
			}
		}
	}
}

// over lists what the lines over the table say.
func (l *Layout) over(s *table.Sheet) map[string]bool {
	var out map[string]bool
	for i := range l.Header[0] {
		if l.Roles[i] == Title || l.Roles[i] == UnitLine {
			if out == nil {
				out = map[string]bool{}
			}
			out[said(s.Rows[i])] = true
		}
	}
	return out
}

// said joins what a row says, in whatever columns.
func said(r table.Row) string {
	var b strings.Builder
	for _, c := range r {
		if t := label.Fold(c.Text); t != "" {
			b.WriteString(t)
			b.WriteByte(0)
		}
	}
	return b.String()
}

// LayHeader is Lay down to the header: what a sheet is told from.
func LayHeader(s *table.Sheet, known func(string) bool) *Layout {
	l := &Layout{Roles: make([]RowRole, len(s.Rows))}
	first := findHeader(s, known)
	if first < 0 {
		for i, r := range s.Rows {
			if r.Blank() {
				l.Roles[i] = Blank
			}
		}
		return l
	}
	last := first
	l.Header = []int{first}
	for next := below(s, last); next > 0 && continuesHeader(s.Rows[last], s.Rows[next], known); next = below(s, last) {
		last = next
		l.Header = append(l.Header, next)
	}
	shared := 0
	if next := below(s, last); next > 0 {
		if headsAndNumbers(s.Rows[next], known) {
			last = next
			l.Header = append(l.Header, last)
		} else if headsAndTotal(s.Rows[last], s.Rows[next], known) {
			last, shared = next, next
			l.Header = append(l.Header, last)
		}
	}
	for i := first; i <= last; i++ {
		l.Roles[i] = Blank
	}
	for _, i := range l.Header {
		l.Roles[i] = Header
	}
	if shared > 0 {
		l.Roles[shared], l.shared = Data, shared // its numbers are the table's
	}
	for i := range first {
		l.above(s.Rows[i], i)
	}
	return l
}

// isFigure reports whether a text is nothing but digits and the signs of numbers.
func isFigure(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && c != '.' && c != ',' && c != '-' {
			return false
		}
	}
	return true
}

func textAt(r table.Row, i int) string {
	if i >= len(r) {
		return ""
	}
	return strings.TrimSpace(r[i].Text)
}

func isNumber(s string) bool {
	if !money.MayBeNumber(s) {
		return false
	}
	v, _, err := money.Parse(s, money.NoUnit, 0)
	return err == nil && v.Known()
}

func isNumberingWord(s string) bool {
	if !strings.Contains(s, "次") {
		return false // as nearly all cells
	}
	switch label.Fold(s) {
	case "栏次", "行次":
		return true
	}
	return false
}

// role tells what a row under the header is.
func role(r table.Row, headings []Heading, underHeader bool) RowRole {
	switch {
	case r.Blank():
		return Blank
	case isNumbering(r, underHeader):
		return Numbering
	case repeats(r, headings):
		return Repeated
	case isRemark(r):
		return Remark
	}
	return Data
}

// repeats reports whether a row says the headings again: every filled cell
// stands in the heading of its own column.
func repeats(r table.Row, headings []Heading) bool {
	filled := 0
	for i, c := range r {
		t := label.Fold(c.Text)
		if t == "" {
			continue
		}
		filled++
		if i >= len(headings) || !slices.ContainsFunc(headings[i].Parts, func(p string) bool { return label.Fold(p) == t }) {
			return false
		}
	}
	return filled >= 2
}

// isNumbering recognises the row that numbers the columns: 栏次 1 2 3, or, right
// under the header, the bare numbers, with 甲 and 乙 over the columns of names.
// Behind 栏次 the numbers may stand in any order, since columns are moved about, and
// say how columns are added up: 1=2+3.
func isNumbering(r table.Row, underHeader bool) bool {
	word := slices.ContainsFunc(r, func(c table.Cell) bool { return isNumberingWord(c.Text) })
	want, numbers, stems := 0, 0, 0
	for _, c := range r {
		t := strings.TrimSpace(c.Text)
		if isStem(t) {
			stems++
		}
		if t == "" || isNumberingWord(t) || isStem(t) {
			continue
		}
		n, ok := wholeNumber(t)
		if !ok && word {
			n, ok = addedUp(t)
		}
		if !ok {
			return false
		}
		if numbers == 0 {
			want = n
		}
		if n != want && !word {
			return false
		}
		want++
		numbers++
	}
	// 甲 by itself may be the name of something.
	return numbers >= 1 && word || numbers >= 2 && underHeader && want-numbers <= 1 && stems != 1
}

// isStem reports whether a text numbers a column of words: 甲, 乙.
func isStem(t string) bool {
	switch t {
	case "甲", "乙", "丙", "丁", "戊":
		return true
	}
	return false
}

// addedUp reads the number of a column that says of which others it is the sum.
func addedUp(t string) (n int, ok bool) {
	i := strings.IndexAny(t, "=＝")
	if i < 0 || strings.Trim(t[i:], "0123456789=+-()（）＝＋－ 栏") != "" {
		return 0, false
	}
	return wholeNumber(strings.TrimSpace(t[:i]))
}

// wholeNumber reads a number of a few digits.
func wholeNumber(s string) (n int, ok bool) {
	if s == "" || len(s) > 18 {
		return 0, false
	}
	digits := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			n = n*10 + int(r-'0')
		case r >= '０' && r <= '９':
			n = n*10 + int(r-'０')
		default:
			return 0, false
		}
		digits++
	}
	return n, digits <= 6
}

// isRemark recognises a note under a table: one text without numbers that says
// so or is a sentence.
func isRemark(r table.Row) bool {
	text, filled := "", 0
	for _, c := range r {
		if t := strings.TrimSpace(c.Text); t != "" {
			filled++
			if text == "" {
				text = t
			}
		}
	}
	for _, lead := range []string{"注：", "注:", "注1", "注 ", "备注：", "备注:", "说明：", "说明:"} {
		if strings.HasPrefix(text, lead) {
			return true
		}
	}
	if isSignature(r) || filled == 1 && (noteLead.MatchString(text) || pageMark.MatchString(text)) {
		return true
	}
	sentence := strings.HasSuffix(text, "。") || strings.HasSuffix(text, "：") && strings.Contains(text, "，")
	return filled == 1 && (sentence || strings.Contains(text, "此表为空") || strings.Contains(text, "空表"))
}

// Texts that stand by themselves under a table or between two of its pages: notes
// without the word, and what printing leaves, page numbers and words that say that
// nothing follows.
var (
	noteLead = regexp.MustCompile(`^(?:[*＊※]\s*\p{Han}|(?:附注|资料来源|数据来源|打印(?:日期|时间|人)|制表(?:日期|时间)|导出(?:日期|时间))[：:]|本表(?:无数据|反映|为空|不含|按|金额))`)
	pageMark = regexp.MustCompile(`^(?:第\s*\d+\s*页.*|[（(]?(?:续表|续上表|接上页|转下页|下接下页)[)）]?|` +
		`[（(—\-－\s]*(?:完|以下空白|以下无正文|此页无正文|本页无正文)[)）—\-－\s]*)$`)
)

// isSignature recognises the line of those who filled a form in, under the table:
// 填表人：…　联系电话：…. It is none of the table, and no note on it.
func isSignature(r table.Row) bool {
	for _, c := range r {
		t := strings.TrimSpace(c.Text)
		if t == "" {
			continue
		}
		key, _, found := cutColon(t)
		return found && (slices.Contains(signers, key) || sealed.MatchString(key))
	}
	return false
}

var signers = []string{"填表人", "制表人", "制表", "填报人", "审核人", "复核人", "经办人", "负责人", "单位负责人", "财务负责人", "项目负责人", "部门负责人", "分管领导", "联系人", "联系电话", "填表日期", "填报日期", "填报时间"}

// sealed finds 单位（盖章） and 负责人（签字）.
var sealed = regexp.MustCompile(`\((?:签章|签字|签名|盖章|公章)\)$`)

// Heading is what stands over one column: its heading cells from top to bottom,
// with the texts of merged cells carried to the columns they span.
type Heading struct {
	Cell  table.Cell // the lowest heading cell, for findings
	Parts []string
}

// Path joins the parts for look-up: 公务用车/购置费.
func (h Heading) Path() string { return strings.Join(h.Parts, "/") }

// Headings returns what stands over each column of the sheet.
func (l *Layout) Headings(s *table.Sheet) []Heading {
	width := 0
	for _, i := range l.Header {
		width = max(width, len(s.Rows[i]))
	}
	out := make([]Heading, width)
	for n, i := range l.Header {
		carry := ""
		numbered := n > 0 && slices.ContainsFunc(s.Rows[i], func(c table.Cell) bool { return isNumberingWord(c.Text) })
		total := l.totalLabel(s, n)
		for c := range width {
			t := textAt(s.Rows[i], c)
			if numbered && (isNumberingWord(t) || isNumber(t)) {
				t = "" // a column's number is no heading
			}
			if c == total || total >= 0 && l.Roles[i] == Data && c > total && (isNumber(t) || isDash(t)) {
				t = "" // and neither are the name of a row and its numbers
			}
			lower := false
			for _, j := range l.Header[n+1:] {
				lower = lower || textAt(s.Rows[j], c) != ""
			}
			switch {
			case t != "":
				carry = t
				out[c].Cell = s.Rows[i][c]
			case l.headedAbove(s, n, c):
				carry = "" // another heading of an upper row begins here
			case lower:
				t = carry // a merged cell reaches over this column
			}
			if t != "" {
				out[c].Parts = append(out[c].Parts, t)
			}
		}
	}
	return out
}

// headedAbove reports whether column c has a heading in a row above header row n.
func (l *Layout) headedAbove(s *table.Sheet, n, c int) bool {
	for _, j := range l.Header[:n] {
		if textAt(s.Rows[j], c) != "" {
			return true
		}
	}
	return false
}

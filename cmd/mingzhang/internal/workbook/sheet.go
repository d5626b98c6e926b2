package workbook

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Sheets are written by hand. A workbook has some thirty of them with two
// thousand cells, and a general library looks each cell up and takes it through
// reflection. What is written here, and only that, is what follows.

// maxLetters is how many UTF-16 units a cell may hold.
const maxLetters = 32767

// sheet is a sheet in the making: its cells by row and column, from 0.
type sheet struct {
	name   string
	rows   [][]cell
	widths []float64 // of columns
	frozen bool      // rows down to the headings stay in view
	links  []link
}

// cell is empty, a text or a number, with or without a style.
type cell struct {
	text  string
	kind  cellKind
	style uint8
}

type cellKind uint8

const (
	nothing cellKind = iota
	text
	number
)

// link leads from a cell to the first cell of another sheet.
type link struct{ cell, sheet string }

// at returns a cell to set; column and row are counted from 1.
func (s *sheet) at(col, row int) *cell {
	for len(s.rows) < row {
		s.rows = append(s.rows, nil)
	}
	r := &s.rows[row-1]
	for len(*r) < col {
		*r = append(*r, cell{})
	}
	return &(*r)[col-1]
}

// words sets a text; style 0 leaves the style as it is.
func (s *sheet) words(col, row int, words string, style uint8) {
	c := s.at(col, row)
	c.text, c.kind = words, text
	if style != 0 {
		c.style = style
	}
}

func (s *sheet) width(col int, width float64) {
	for len(s.widths) < col {
		s.widths = append(s.widths, 0)
	}
	s.widths[col-1] = width
}

// link writes a link to another sheet of the workbook.
func (s *sheet) link(col, row int, target string) {
	s.words(col, row, target, 0)
	s.links = append(s.links, link{name(col, row), target})
}

// name is what a spreadsheet calls a cell, counted from 1.
func name(col, row int) string { return string(appendName(nil, col, row)) }

func appendName(b []byte, col, row int) []byte {
	var letters [4]byte
	i := len(letters)
	for ; col > 0; col = (col - 1) / 26 {
		i--
		letters[i] = byte('A' + (col-1)%26)
	}
	return strconv.AppendInt(append(b, letters[i:]...), int64(row), 10)
}

// texts are the texts of a workbook, each written once.
type texts struct {
	numbers map[string]int
	list    []string
}

func (t *texts) number(s string) int {
	n, ok := t.numbers[s]
	if !ok {
		n = len(t.list)
		t.numbers[s] = n
		t.list = append(t.list, s)
	}
	return n
}

const (
	declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	namespace   = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
)

// append writes the sheet's part of the file.
func (s *sheet) append(b []byte, shared *texts, first bool) []byte {
	b = append(b, declaration+`<worksheet `+namespace+`><sheetViews><sheetView workbookViewId="0"`...)
	if first {
		b = append(b, ` tabSelected="1"`...)
	}
	if s.frozen {
		b = append(b, `><pane ySplit="`...)
		b = strconv.AppendInt(b, HeaderRow, 10)
		b = append(b, `" topLeftCell="`...)
		b = appendName(b, 1, HeaderRow+1)
		b = append(b, `" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`...)
	} else {
		b = append(b, `/></sheetViews>`...)
	}
	b = append(b, `<sheetFormatPr defaultRowHeight="15"/><cols>`...)
	for i, w := range s.widths {
		n := strconv.Itoa(i + 1)
		b = append(b, `<col min="`+n+`" max="`+n+`" width="`...)
		b = strconv.AppendFloat(b, w, 'f', -1, 64)
		b = append(b, `" customWidth="1"/>`...)
	}
	b = append(b, `</cols><sheetData>`...)
	for i, r := range s.rows {
		if len(r) == 0 {
			continue
		}
		b = append(b, `<row r="`...)
		b = strconv.AppendInt(b, int64(i+1), 10)
		b = append(b, `">`...)
		for j := range r {
			if c := &r[j]; c.kind != nothing || c.style != 0 {
				b = c.append(b, j+1, i+1, shared)
			}
		}
		b = append(b, `</row>`...)
	}
	b = append(b, `</sheetData>`...)
	if len(s.links) > 0 {
		b = append(b, `<hyperlinks>`...)
		for _, l := range s.links {
			b = append(b, `<hyperlink ref="`+l.cell+`" location="'`...)
			b = appendEscaped(b, strings.ReplaceAll(l.sheet, "'", "''"))
			b = append(b, `'!A1"/>`...)
		}
		b = append(b, `</hyperlinks>`...)
	}
	return append(b, `</worksheet>`...)
}

func (c *cell) append(b []byte, col, row int, shared *texts) []byte {
	b = append(b, `<c r="`...)
	b = append(appendName(b, col, row), '"')
	if c.style != 0 {
		b = append(b, ` s="`...)
		b = append(strconv.AppendUint(b, uint64(c.style), 10), '"')
	}
	switch c.kind {
	case nothing:
		return append(b, `/>`...)
	case text:
		b = append(b, ` t="s"><v>`...)
		b = strconv.AppendInt(b, int64(shared.number(c.text)), 10)
	default:
		b = append(b, `><v>`...)
		b = append(b, c.text...) // the digits as they are: no float on the way
	}
	return append(b, `</v></c>`...)
}

// append writes the texts to which cells refer by their numbers.
func (t *texts) append(b []byte) []byte {
	b = append(b, declaration+`<sst `+namespace+` uniqueCount="`...)
	b = strconv.AppendInt(b, int64(len(t.list)), 10)
	b = append(b, `">`...)
	for _, s := range t.list {
		s = cut(s)
		b = append(b, `<si><t`...)
		if s != strings.TrimSpace(s) || strings.ContainsAny(s, "\n\t\r") {
			b = append(b, ` xml:space="preserve"`...)
		}
		b = append(b, '>')
		b = append(appendEscaped(b, s), `</t></si>`...)
	}
	return append(b, `</sst>`...)
}

// cut keeps a text to what a cell may hold.
func cut(s string) string {
	if len(s) <= maxLetters {
		return s
	}
	n := 0
	for i, r := range s {
		if n++; r > 0xffff {
			n++
		}
		if n > maxLetters {
			return s[:i]
		}
	}
	return s
}

// appendEscaped writes a text for XML. Letters that XML does not know become
// U+FFFD; _x0041_, by which spreadsheets mean a letter, is kept from being read
// as one.
func appendEscaped(b []byte, s string) []byte {
	last := 0
	for i := 0; i < len(s); {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		e := ""
		switch {
		case r == '&':
			e = "&amp;"
		case r == '<':
			e = "&lt;"
		case r == '>':
			e = "&gt;"
		case r == '"':
			e = "&quot;"
		case r == '\r':
			e = "&#13;"
		case r == '_' && coded(s[i:]):
			e = "_x005F_"
		case r < ' ' && r != '\n' && r != '\t', r == utf8.RuneError && n == 1, r == 0xfffe, r == 0xffff:
			e = "\uFFFD"
		}
		if e != "" {
			b = append(append(b, s[last:i]...), e...)
			last = i + n
		}
		i += n
	}
	return append(b, s[last:]...)
}

// coded reports whether a text begins like _x0041_.
func coded(s string) bool {
	return len(s) >= 7 && s[1] == 'x' && s[6] == '_' && strings.Trim(s[2:6], "0123456789abcdefABCDEF") == ""
}

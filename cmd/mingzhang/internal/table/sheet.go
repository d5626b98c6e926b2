// Package table turns the bytes of a file into rows of cells that know where
// they stand. It knows characters and fields, not budgets: what a column means
// is the business of package schema.
//
// Nothing is dropped here. A byte that cannot be read, a broken quote or a
// doubtful encoding is a finding with its place, and every record of the file is
// in the sheet or named in a finding.
package table

import (
	"strconv"
	"unicode"

	"mingzhang/cmd/mingzhang/internal/diag"
)

// Cell is one field as written, and its place. Line and Column are 1-based, as
// an editor counts, columns in characters; Row and Col are 1-based, as a
// spreadsheet counts. The zero Cell is a column that the file does not have.
type Cell struct {
	Text   string
	Line   int32
	Column int32
	Row    int32
	Col    int32
}

// Present reports whether the cell stands in a file at all.
func (c Cell) Present() bool { return c.Row > 0 }

// Name returns the spreadsheet name of the cell: D12.
func (c Cell) Name() string {
	if c.Row == 0 {
		return ""
	}
	var space [16]byte
	return string(c.AppendName(space[:0]))
}

// AppendName appends the spreadsheet name of a cell that is there.
func (c Cell) AppendName(b []byte) []byte {
	return strconv.AppendInt(appendColumn(b, int(c.Col)), int64(c.Row), 10)
}

// ColumnName returns the spreadsheet letters of a 1-based column: 28 is AB.
func ColumnName(col int) string { return string(appendColumn(nil, col)) }

func appendColumn(to []byte, col int) []byte {
	var b [4]byte
	i := len(b)
	for col > 0 && i > 0 {
		col--
		i--
		b[i] = byte('A' + col%26)
		col /= 26
	}
	return append(to, b[i:]...)
}

// Row is one record of the file.
type Row []Cell

// Blank reports whether no cell of the row holds anything but space.
func (r Row) Blank() bool {
	for _, c := range r {
		if !blank(c.Text) {
			return false
		}
	}
	return true
}

func blank(s string) bool {
	for _, r := range s {
		if !unicode.IsSpace(r) {
			return false
		}
	}
	return true
}

// Line returns the file line on which the row starts, or 0 for an empty row.
func (r Row) Line() int {
	if len(r) == 0 {
		return 0
	}
	return int(r[0].Line)
}

// Texts returns the row as written.
func (r Row) Texts() []string {
	out := make([]string, len(r))
	for i, c := range r {
		out[i] = c.Text
	}
	return out
}

// Sheet is a file, or one worksheet of a workbook, read into rows.
type Sheet struct {
	File     string // slash-separated, relative to the source folder
	Name     string // worksheet name; empty for a CSV file
	SHA256   string // of the file's bytes, in hexadecimal
	Encoding string // how the bytes were read: UTF-8, UTF-8 BOM, GB18030, …
	Comma    rune   // the delimiter found
	Rows     []Row  // Rows[i] is spreadsheet row i+1

	whole *Sheet // what this sheet was cut from, nil if it is whole
}

// Cut returns the columns from (0-based) up to to of the sheet as a sheet of
// its own, for tables that stand side by side. Cells keep their places, and
// findings still show whole rows.
func (s *Sheet) Cut(from, to int) *Sheet {
	part := *s
	part.whole = s
	part.Rows = make([]Row, len(s.Rows))
	for i, r := range s.Rows {
		part.Rows[i] = r[min(from, len(r)):min(to, len(r))]
	}
	return &part
}

// First returns the index of the first row that holds anything; 0 where none does.
func (s *Sheet) First() int {
	for i, r := range s.Rows {
		if !r.Blank() {
			return i
		}
	}
	return 0
}

// Whole returns the sheet from which this one was cut, or nil.
func (s *Sheet) Whole() *Sheet { return s.whole }

// Place returns where a cell of the sheet stands.
func (s *Sheet) Place(c Cell) diag.Place {
	return diag.Place{File: s.File, Sheet: s.Name, Line: int(c.Line), Column: int(c.Column), Row: int(c.Row), Cell: c.Name()}
}

// Context renders the rows round a cell for a finding: the row itself with the
// cell marked and one row on each side.
func (s *Sheet) Context(c Cell) []diag.Line {
	if s.whole != nil {
		return s.whole.Context(c)
	}
	var out []diag.Line
	for i := int(c.Row) - 2; i <= int(c.Row); i++ {
		if i < 0 || i >= len(s.Rows) || s.Rows[i].Blank() {
			continue
		}
		mark := -1
		if i == int(c.Row)-1 {
			mark = int(c.Col) - 1
		}
		out = append(out, diag.Line{Number: s.Rows[i].Line(), Cells: s.Rows[i].Texts(), Mark: mark})
	}
	return out
}

// Finding makes a finding about a cell, with the rows round it as written.
func (s *Sheet) Finding(code *diag.Code, c Cell, args ...any) *diag.Finding {
	f := code.At(s.Place(c), args...)
	f.Value = c.Text
	f.Lines = s.Context(c)
	return f
}

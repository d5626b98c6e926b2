package table

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"mingzhang/cmd/mingzhang/internal/diag"
)

// MaxBytes bounds one table: a department's has some kilobytes, a district's
// some megabytes.
const MaxBytes = 64 << 20

// Read reads a delimited text file into a sheet. The sheet is nil only when
// nothing of the file could be read.
func Read(file string, data []byte) (*Sheet, diag.List) {
	sum := sha256.Sum256(data)
	sheet := &Sheet{File: file, SHA256: hex.EncodeToString(sum[:])}
	if len(data) > MaxBytes {
		return nil, diag.List{FileTooLarge.At(diag.Place{File: file}, len(data)>>20, MaxBytes>>20)}
	}
	if what, fix := foreign(data); !what.IsZero() {
		f := NotText.At(diag.Place{File: file}, what)
		f.Fix = fix
		return nil, diag.List{f}
	}
	text, encoding, list := Decode(file, data)
	sheet.Encoding = encoding
	if list.HasErrors() && text == nil {
		return nil, list
	}
	if blank(string(text)) {
		list.Add(EmptyFile.At(diag.Place{File: file}))
		return nil, list
	}
	for bytes.HasPrefix(text, []byte("\uFEFF")) { // a second byte order mark, or that of GB18030
		text = text[len("\uFEFF"):]
	}
	text = newlines(text)
	sheet.Comma = delimiter(text)
	list.Add(sheet.parse(hideGuards(text, sheet.Comma)))
	if mayHideUnseen(text) {
		list.Add(sheet.dropUnseen())
	}
	return sheet, list
}

// newlines turns the line ends of old Macs and of mixed files into plain ones.
// A lone CR becomes LF byte for byte, so that no place moves; encoding/csv reads
// CRLF by itself.
func newlines(text []byte) []byte {
	if bytes.IndexByte(text, '\r') < 0 {
		return text
	}
	out := text
	for i := range text {
		if text[i] == '\r' && (i+1 == len(text) || text[i+1] != '\n') {
			if &out[0] == &text[0] {
				out = bytes.Clone(text)
			}
			out[i] = '\n'
		}
	}
	return out
}

// delimiter finds what separates the fields: the candidate that stands outside
// quotes in most of the first lines, a comma when in doubt.
func delimiter(text []byte) rune {
	candidates := [...]rune{',', '\t', ';', '|', '，'}
	var lines, count [len(candidates)]int
	var in [len(candidates)]bool // the line in hand
	next := func() {
		for i := range in {
			if in[i] {
				lines[i]++
			}
			in[i] = false
		}
	}
	quoted := false
	for _, r := range string(text[:min(len(text), 1<<14)]) {
		switch {
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '\n':
			next()
		default:
			if i := slices.Index(candidates[:], r); i >= 0 {
				in[i] = true
				count[i]++
			}
		}
	}
	next()
	best := 0
	for i := range candidates {
		if lines[i] > lines[best] || lines[i] == lines[best] && count[i] > 2*count[best] {
			best = i
		}
	}
	return candidates[best]
}

// buffers are those of CSV readers.
var buffers = sync.Pool{New: func() any { return bufio.NewReader(nil) }}

// parse splits text into cells. encoding/csv counts columns in bytes; editors
// and people count characters, so columns are counted again.
func (s *Sheet) parse(text []byte) *diag.Finding {
	buffer := buffers.Get().(*bufio.Reader)
	defer buffers.Put(buffer)
	buffer.Reset(bytes.NewReader(text))
	r := csv.NewReader(buffer) // which it reads as it is
	r.Comma = s.Comma
	r.FieldsPerRecord = -1
	r.ReuseRecord = true
	starts := lineStarts(text)
	lastLine := 0
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		var perr *csv.ParseError
		if errors.As(err, &perr) {
			p := diag.Place{File: s.File, Line: perr.StartLine}
			if perr.StartLine == perr.Line {
				p.Column = columnOf(text, starts, perr.Line, perr.Column)
			}
			f := BrokenQuote.At(p, perr.StartLine)
			f.Lines = []diag.Line{{Number: perr.StartLine, Cells: []string{lineText(text, starts, perr.StartLine)}, Mark: -1}}
			return f
		}
		if err != nil { // a bytes.Reader fails in no other way
			return BrokenQuote.At(diag.Place{File: s.File}, lastLine)
		}
		line, _ := r.FieldPos(0)
		// encoding/csv skips empty lines; a spreadsheet shows them as rows.
		for gap := lastLine + 1; gap < line; gap++ {
			s.Rows = append(s.Rows, nil)
		}
		s.Rows = append(s.Rows, s.row(r, record, text, starts))
		lastLine = lineAt(starts, int(r.InputOffset()-1))
	}
}

func (s *Sheet) row(r *csv.Reader, record []string, text []byte, starts []int) Row {
	row := make(Row, len(record))
	at := int32(len(s.Rows) + 1)
	prevLine, prevByte, column := 0, 1, 1
	// One copy of the record's text serves all its cells.
	all := strings.Join(record, "")
	off := 0
	for i, f := range record {
		line, col := r.FieldPos(i)
		if line != prevLine {
			prevLine, prevByte, column = line, 1, 1
		}
		start := starts[line-1]
		column += utf8.RuneCount(text[start+prevByte-1 : start+col-1])
		prevByte = col
		row[i] = Cell{Text: unguard(all[off : off+len(f)]), Line: int32(line), Column: int32(column), Row: at, Col: int32(i + 1)}
		off += len(f)
	}
	return row
}

func lineStarts(text []byte) []int {
	starts := make([]int, 1, 1+bytes.Count(text, []byte{'\n'}))
	for i, c := range text {
		if c == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// lineAt returns the 1-based line that holds byte offset off.
func lineAt(starts []int, off int) int {
	lo, hi := 0, len(starts)
	for lo+1 < hi {
		if mid := (lo + hi) / 2; starts[mid] <= off {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo + 1
}

func columnOf(text []byte, starts []int, line, byteCol int) int {
	if line < 1 || line > len(starts) {
		return 0
	}
	start := starts[line-1]
	return utf8.RuneCount(text[start:min(len(text), start+max(0, byteCol-1))]) + 1
}

func lineText(text []byte, starts []int, line int) string {
	if line < 1 || line > len(starts) {
		return ""
	}
	rest := text[starts[line-1]:]
	if i := bytes.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	return strings.ReplaceAll(strings.TrimRight(string(rest), "\r"), string(quoteOfGuard), `"`)
}

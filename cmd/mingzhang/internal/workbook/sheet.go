package workbook

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"mingzhang/cmd/mingzhang/internal/diag"
)

// sheet is a sheet under work, written from the first row to the last.
type sheet struct {
	book   *book
	stream *excelize.StreamWriter
	row    int              // under work
	cells  []*excelize.Cell // of that row; used again for the next
	n      int              // how many it has
	line   []any            // the same, as the library takes them
	widths []float64        // of the columns
	lines  int              // that the longest of its wrapped texts takes
}

// open starts a sheet with the widths of its columns, its title, the line under
// it and its headings, which stay in view.
func (b *book) open(name string, widths []float64, title, line string, heads []string) *sheet {
	s := &sheet{book: b, row: 1, widths: widths}
	_, err := b.NewSheet(name)
	b.do(err)
	b.printed(name, widths)
	b.headed(name)
	s.stream, err = b.NewStreamWriter(name)
	b.do(err)
	if b.err != nil {
		return s
	}
	for i, w := range slices.Backward(widths) { // the library puts the last before those it has
		b.do(s.stream.SetColWidth(i+1, i+1, w))
	}
	b.do(s.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: HeaderRow, TopLeftCell: at(1, HeaderRow+1), ActivePane: "bottomLeft"}))
	s.add(title, b.title)
	s.end()
	s.add(line, 0)
	s.end()
	for _, h := range heads {
		s.add(h, b.head)
	}
	s.end()
	return s
}

// a4 is the number of the paper; upright it takes so many characters in a line.
const (
	a4        = 9
	a4Upright = 90
)

// printed sets a sheet up for paper: as wide as a page and as many pages long as it
// takes.
func (b *book) printed(name string, widths []float64) {
	orientation, sum := "portrait", 0.0
	for _, w := range widths {
		sum += w
	}
	if sum > a4Upright {
		orientation = "landscape"
	}
	fit, size, wide, long := true, a4, 1, 0
	b.do(b.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}))
	b.do(b.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &long}))
}

// headed repeats title and headings of a sheet on each page.
func (b *book) headed(name string) {
	b.do(b.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$1:$%d", name, HeaderRow), Scope: name}))
}

// add puts a cell at the end of the row. A nil value without style is no cell.
func (s *sheet) add(value any, style int) {
	if s.n == len(s.cells) {
		s.cells = append(s.cells, &excelize.Cell{})
	}
	if value == nil && style == 0 {
		s.line = append(s.line, nil)
	} else {
		c := s.cells[s.n]
		c.Value, c.StyleID = value, style
		if text, ok := value.(string); ok && s.n < len(s.widths) && (style == s.book.wrapped || style == s.book.head) {
			s.lines = max(s.lines, linesOf(text, s.widths[s.n]))
		}
		s.line = append(s.line, c)
	}
	s.n++
}

// end writes the row, as high as its texts need: not every program looks for itself
// how high that is.
func (s *sheet) end() {
	if s.book.err == nil && s.n > 0 {
		var opts []excelize.RowOpts
		if s.lines > 1 {
			opts = append(opts, excelize.RowOpts{Height: heightOf(s.lines)})
		}
		s.book.do(s.stream.SetRow(at(1, s.row), s.line, opts...))
	}
	s.skip()
}

// linesOf is how many lines a wrapped text takes in a column: one ends before the
// word or the Chinese character that does not fit.
func linesOf(text string, width float64) int {
	n, room := 0, width-1
	for line := range strings.SplitSeq(text, "\n") {
		n++
		if float64(diag.Width(line))*wide/2 <= room {
			continue
		}
		used, word := 0.0, 0.0 // of the line, and of the word at its end
		for _, r := range line {
			w := 1.0
			switch {
			case r == ' ':
				word = 0
			case diag.Width(string(r)) == 2:
				w, word = wide, 0
			default:
				word++
			}
			if r != ' ' && used+w > room {
				n++
				if used = 0; word <= room {
					used = max(word-1, 0)
				}
			}
			used += w
		}
	}
	return n
}

// wide is how wide a Chinese character is beside a digit.
const wide = 2.1

// heightOf is the height of so many lines in points, at most the most that a row may
// have.
func heightOf(lines int) float64 { return min(15*float64(lines), excelize.MaxRowHeight) }

// skip leaves a row blank.
func (s *sheet) skip() {
	s.row++
	s.n, s.line, s.lines = 0, s.line[:0], 0
}

// close ends the sheet.
func (s *sheet) close() {
	if s.book.err == nil {
		s.book.do(s.stream.Flush())
	}
}

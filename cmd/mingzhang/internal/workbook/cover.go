package workbook

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// cover says whose figures these are, whence and of what day, and lists the
// sheets.
func (b *book) cover(in Input, names []string) {
	sheet := coverSheet.ZH
	b.words(sheet, 1, 1, in.Title.ZH, b.title)
	b.words(sheet, 1, 2, in.Title.EN, 0)
	row := 4
	for _, f := range in.Facts {
		if f.Value == "" {
			continue
		}
		b.words(sheet, 1, row, f.Name.ZH, b.head)
		b.words(sheet, 2, row, f.Name.EN, b.head)
		b.words(sheet, 3, row, f.Value, b.wrapped)
		if n := linesOf(f.Value, coverWidths[2]); n > 1 {
			b.do(b.SetRowHeight(sheet, row, heightOf(n)))
		}
		row++
	}
	row++
	b.words(sheet, 1, row, "工作表", b.head)
	b.words(sheet, 2, row, "sheets", b.head)
	row++
	b.link(sheet, 1, row, notesSheet.ZH)
	b.words(sheet, 2, row, notesSheet.EN, 0)
	for i, name := range names {
		row++
		b.link(sheet, 1, row, name)
		b.words(sheet, 2, row, in.Grids[i].Title.EN, 0)
	}
	if len(in.Indicators) > 0 {
		row++
		b.link(sheet, 1, row, indicatorsSheet.ZH)
		b.words(sheet, 2, row, indicatorsSheet.EN, 0)
	}
	for i, w := range coverWidths {
		b.width(sheet, i+1, w)
	}
	b.printed(sheet, coverWidths)
}

// coverWidths are those of the cover's columns.
var coverWidths = []float64{34, 40, 60}

// words writes a text into a cell of the cover.
func (b *book) words(sheet string, col, row int, s string, style int) {
	b.do(b.SetCellStr(sheet, at(col, row), s))
	if style != 0 {
		b.do(b.SetCellStyle(sheet, at(col, row), at(col, row), style))
	}
}

func (b *book) width(sheet string, col int, width float64) {
	name, err := excelize.ColumnNumberToName(col)
	b.do(err)
	b.do(b.SetColWidth(sheet, name, name, width))
}

// link writes a link to another sheet of the workbook.
func (b *book) link(sheet string, col, row int, target string) {
	b.words(sheet, col, row, target, 0)
	b.do(b.SetCellHyperLink(sheet, at(col, row), fmt.Sprintf("'%s'!A1", target), "Location"))
}

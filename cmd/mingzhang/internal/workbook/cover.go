package workbook

import (
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
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
	b.width(sheet, 1, 34)
	b.width(sheet, 2, 40)
	b.width(sheet, 3, 60)
}

// notes explains the marks for missing numbers and every column.
func (b *book) notes(in Input, names []string) {
	sheet := notesSheet.ZH
	b.open(sheet, "说明 notes", "缺数的记号，以及每张表每一列的含义", []string{"记号", "含义", "meaning"})
	row := HeaderRow
	for _, s := range []money.State{money.NotReported, money.NotApplicable, money.Withheld} {
		name := s.Name()
		if s == money.NotApplicable {
			c := money.NotComparable.Name()
			name = lang.Text{ZH: name.ZH + "，或" + c.ZH, EN: name.EN + ", or " + c.EN}
		}
		row++
		b.words(sheet, 1, row, Shorthand(s), 0)
		b.words(sheet, 2, row, name.ZH, 0)
		b.words(sheet, 3, row, name.EN, 0)
	}
	row += 2
	for i, h := range []string{"工作表", "列", "column", "单位", "含义", "meaning"} {
		b.words(sheet, i+1, row, h, b.head)
	}
	for i, g := range in.Grids {
		for _, c := range g.Columns {
			row++
			b.words(sheet, 1, row, names[i], 0)
			b.words(sheet, 2, row, c.Name.ZH, 0)
			b.words(sheet, 3, row, c.Name.EN, 0)
			if c.Type.Numeric() {
				b.words(sheet, 4, row, c.Unit.Sign(), 0)
			}
			b.words(sheet, 5, row, c.About.ZH, b.wrapped)
			b.words(sheet, 6, row, c.About.EN, b.wrapped)
		}
	}
	for col, w := range []float64{34, 24, 30, 8, 48, 48} {
		b.width(sheet, col+1, w)
	}
}

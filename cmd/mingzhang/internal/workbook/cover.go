package workbook

import (
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// cover says whose figures these are, whence and of what day, and lists the
// sheets.
func (b *book) cover(in Input, names []string) {
	s := b.add(coverSheet.ZH)
	s.words(1, 1, in.Title.ZH, titleStyle)
	s.words(1, 2, in.Title.EN, 0)
	row := 4
	for _, f := range in.Facts {
		if f.Value == "" {
			continue
		}
		s.words(1, row, f.Name.ZH, headStyle)
		s.words(2, row, f.Name.EN, headStyle)
		s.words(3, row, f.Value, wrappedStyle)
		row++
	}
	row++
	s.words(1, row, "工作表", headStyle)
	s.words(2, row, "sheets", headStyle)
	row++
	s.link(1, row, notesSheet.ZH)
	s.words(2, row, notesSheet.EN, 0)
	for i, name := range names {
		row++
		s.link(1, row, name)
		s.words(2, row, in.Grids[i].Title.EN, 0)
	}
	if len(in.Indicators) > 0 {
		row++
		s.link(1, row, indicatorsSheet.ZH)
		s.words(2, row, indicatorsSheet.EN, 0)
	}
	s.width(1, 34)
	s.width(2, 40)
	s.width(3, 60)
}

// notes explains the marks for missing numbers and every column.
func (b *book) notes(in Input, names []string) {
	s := b.open(notesSheet.ZH, "说明 notes", "缺数的记号，以及每张表每一列的含义", []string{"记号", "含义", "meaning"})
	row := HeaderRow
	for _, state := range []money.State{money.NotReported, money.NotApplicable, money.Withheld} {
		name := state.Name()
		if state == money.NotApplicable {
			c := money.NotComparable.Name()
			name = lang.Text{ZH: name.ZH + "，或" + c.ZH, EN: name.EN + ", or " + c.EN}
		}
		row++
		s.words(1, row, Shorthand(state), 0)
		s.words(2, row, name.ZH, 0)
		s.words(3, row, name.EN, 0)
	}
	row += 2
	for i, h := range []string{"工作表", "列", "column", "单位", "含义", "meaning"} {
		s.words(i+1, row, h, headStyle)
	}
	for i, g := range in.Grids {
		for _, c := range g.Columns {
			row++
			s.words(1, row, names[i], 0)
			s.words(2, row, c.Name.ZH, 0)
			s.words(3, row, c.Name.EN, 0)
			if c.Type.Numeric() {
				s.words(4, row, c.Unit.Sign(), 0)
			}
			s.words(5, row, c.About.ZH, wrappedStyle)
			s.words(6, row, c.About.EN, wrappedStyle)
		}
	}
	for col, w := range []float64{34, 24, 30, 8, 48, 48} {
		s.width(col+1, w)
	}
}

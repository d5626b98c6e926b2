package workbook

import (
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// notes explains the marks for missing numbers and every column.
func (b *book) notes(in Input, names []string) {
	s := b.open(notesSheet.ZH, []float64{26, 20, 22, 8, 38, 38}, "说明 notes", "缺数的记号，以及每张表每一列的含义", []string{"记号", "含义", "meaning"})
	for _, st := range []money.State{money.NotReported, money.NotApplicable, money.Withheld} {
		name := st.Name()
		if st == money.NotApplicable {
			c := money.NotComparable.Name()
			name = lang.Text{ZH: name.ZH + "，或" + c.ZH, EN: name.EN + ", or " + c.EN}
		}
		s.add(Shorthand(st), b.text)
		s.add(name.ZH, b.wrapped)
		s.add(name.EN, b.wrapped)
		s.end()
	}
	s.skip()
	for _, h := range []string{"工作表", "列", "column", "单位", "含义", "meaning"} {
		s.add(h, b.head)
	}
	s.end()
	for i, g := range in.Grids {
		for _, c := range g.Columns {
			var unit any
			if c.Type.Numeric() {
				unit = c.Unit.Sign()
			}
			s.add(names[i], b.wrapped)
			s.add(c.Name.ZH, b.wrapped)
			s.add(c.Name.EN, b.wrapped)
			s.add(unit, b.wrapped)
			s.add(c.About.ZH, b.wrapped)
			s.add(c.About.EN, b.wrapped)
			s.end()
		}
	}
	s.close()
}

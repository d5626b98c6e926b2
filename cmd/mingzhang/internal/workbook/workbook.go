// Package workbook makes the Excel file of a department-year: a cover with
// source and date, notes, and a sheet for every table, every statutory table and
// the indicators. It follows what statistical offices ask of such files: one
// table a sheet from the left edge, headings frozen, no merged or hidden cells,
// units in headings, codes as text, and a word in brackets where there is no
// number. Numbers stand in the file digit for digit as in the CSV.
package workbook

import (
	"strings"
	"time"
	"unicode/utf8"

	"mingzhang/cmd/mingzhang/internal/export"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/schema"
)

// HeaderRow is the row of a sheet on which a table's headings stand. The rows
// above hold its title and what one row is.
const HeaderRow = 3

// Input is what a workbook is made from.
type Input struct {
	Title      lang.Text
	Facts      []Fact // for the cover, in order
	Grids      []*export.Grid
	Indicators []*figure.Figure
	Day        time.Time // to which the data are complete; part of the file's properties
}

// Fact is a line of the cover.
type Fact struct {
	Name  lang.Text
	Value string
}

// The sheets that every workbook has.
var (
	coverSheet      = lang.Text{ZH: "封面", EN: "cover"}
	notesSheet      = lang.Text{ZH: "说明", EN: "notes"}
	indicatorsSheet = lang.Text{ZH: "指标", EN: "indicators"}
)

// Shorthand is what stands in a cell in place of a number.
func Shorthand(s money.State) string {
	switch s {
	case money.NotReported:
		return "[x]"
	case money.Withheld:
		return "[c]"
	}
	return "[z]"
}

// book is a workbook in the making.
type book struct{ sheets []*sheet }

// Make makes the workbook. The same input gives the same bytes.
func Make(in Input) ([]byte, error) {
	b := &book{}
	names := make([]string, len(in.Grids))
	for i, g := range in.Grids {
		names[i] = SheetName(g)
	}
	b.cover(in, names)
	b.notes(in, names)
	for i, g := range in.Grids {
		b.table(names[i], g)
	}
	if len(in.Indicators) > 0 {
		b.indicators(in.Indicators)
	}
	return pack(b.sheets, in.Title.ZH, in.Day.UTC().Format(time.RFC3339))
}

// maxNameLength is how many letters the name of a sheet may have.
const maxNameLength = 31

// SheetName is the name of a table's sheet: its id and title, as far as a sheet's
// name may go.
func SheetName(g *export.Grid) string {
	name := []rune(g.ID + " " + strings.NewReplacer("[", "（", "]", "）", ":", "：", "*", "＊", "?", "？", "/", "／", `\`, "＼", "'", "’").Replace(g.Title.ZH))
	if len(name) > maxNameLength {
		name = name[:maxNameLength]
	}
	return strings.TrimSpace(string(name))
}

// add adds a sheet.
func (b *book) add(name string) *sheet {
	s := &sheet{name: name}
	b.sheets = append(b.sheets, s)
	return s
}

// open starts a sheet with its title, the line under it and its headings, which
// stay in view.
func (b *book) open(name, title, line string, heads []string) *sheet {
	s := b.add(name)
	s.frozen = true
	s.words(1, 1, title, titleStyle)
	s.words(1, 2, line, 0)
	for i, h := range heads {
		s.words(i+1, HeaderRow, h, headStyle)
	}
	return s
}

func (b *book) table(name string, g *export.Grid) {
	heads := make([]string, len(g.Columns))
	for i, c := range g.Columns {
		heads[i] = c.Heading()
	}
	line := g.About.ZH
	if line == "" {
		line = "数字以标题括号里的单位计"
	}
	s := b.open(name, g.Title.ZH, line+"。缺数的记号见「"+notesSheet.ZH+"」", heads)
	for j, c := range g.Columns {
		widest := utf8.RuneCountInString(c.Heading()) * 2
		for i, r := range g.Rows {
			s.cell(j+1, HeaderRow+1+i, r[j])
			if !c.Type.Numeric() {
				widest = max(widest, utf8.RuneCountInString(r[j].Text)*2)
			}
		}
		s.width(j+1, float64(min(max(widest, 8), 48)))
		s.columnStyle(c, g, j)
	}
	for i, n := range g.Notes {
		s.words(1, HeaderRow+2+len(g.Rows)+i, n, 0)
	}
}

// columnStyle gives a column of numbers as many decimals as it shows, and keeps
// codes and words text.
func (s *sheet) columnStyle(c export.Column, g *export.Grid, j int) {
	style := textStyle
	places := -1
	for _, r := range g.Rows {
		if f := r[j].Figure; f != nil && f.Known() && plainNumber(r[j].Text) {
			places = max(places, int(f.Value.Places), decimals(r[j].Text))
		}
	}
	if places >= 0 && c.Type != schema.TypeCode {
		style = numbers(places)
	}
	for i := range g.Rows {
		s.at(j+1, HeaderRow+1+i).style = style
	}
}

func (s *sheet) cell(col, row int, c export.Cell) {
	f := c.Figure
	switch {
	case f == nil:
		if c.Text != "" {
			s.words(col, row, c.Text, 0)
		}
	case f.Written != "":
		s.words(col, row, f.Written, 0)
	case !f.Known():
		s.words(col, row, Shorthand(f.Value.State), 0)
	case plainNumber(c.Text):
		s.number(col, row, c.Text)
	default:
		s.words(col, row, c.Text, 0)
	}
}

// number sets a number; its style is left as it is.
func (s *sheet) number(col, row int, digits string) {
	c := s.at(col, row)
	c.text, c.kind = digits, number
}

// plainNumber reports whether a text is digits with at most a sign and a point.
func plainNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole, frac, dot := strings.Cut(s, ".")
	return digits(whole) && (!dot || digits(frac))
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func decimals(s string) int {
	_, frac, _ := strings.Cut(s, ".")
	return len(frac)
}

// maxDigits is how many digits a spreadsheet keeps of a number.
const maxDigits = 15

// indicators lists the computed figures with their formulas. A quotient with
// more digits than a spreadsheet keeps stands rounded in the number column and
// whole, as text, beside it.
func (b *book) indicators(list []*figure.Figure) {
	s := b.open(indicatorsSheet.ZH, indicatorsSheet.ZH, "由上面各表算出的数；「精确值」一位不舍，「数值」供表格软件计算", []string{"标识", "名称", "English name", "数值", "单位", "精确值", "状态", "公式", "代入数字"})
	for i, f := range list {
		row := HeaderRow + 1 + i
		s.words(1, row, f.ID, 0)
		s.words(2, row, f.Label.ZH, 0)
		s.words(3, row, f.Label.EN, 0)
		s.words(5, row, f.Value.Unit.Sign(), 0)
		s.words(7, row, f.Value.State.Name().ZH, 0)
		s.words(8, row, f.Formula.Names(lang.ZH).String(), 0)
		s.words(9, row, f.Formula.Numbers(lang.ZH).String(), 0)
		if !f.Known() {
			s.words(4, row, Shorthand(f.Value.State), 0)
			continue
		}
		plain := f.Value.Plain()
		s.words(6, row, plain, textStyle)
		if f.Value.Unit == money.Date {
			s.words(4, row, plain, 0)
			continue
		}
		if n := plain; len(strings.Trim(n, "-.")) > maxDigits {
			plain = f.Value.Num().StringFixed(max(f.Value.Places, 0))
		}
		s.number(4, row, plain)
		s.at(4, row).style = numbers(int(f.Value.Places))
	}
	for col, w := range []float64{30, 36, 36, 16, 8, 20, 10, 48, 48} {
		s.width(col+1, w)
	}
}

// SpotCell is the cell of a table's sheet that holds what stands at a row and
// column of its CSV.
func SpotCell(s figure.Spot) string { return name(int(s.Col), int(s.Row)+HeaderRow-1) }

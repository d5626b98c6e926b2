// Package workbook makes the Excel file of a department-year: a cover with
// source and date, notes, and a sheet for every table, every statutory table and
// the indicators. It follows what statistical offices ask of such files: one
// table a sheet from the left edge, headings frozen, no merged or hidden cells,
// units in headings, codes as text, and a word in brackets where there is no
// number. Numbers are those of the CSV in as many digits as a spreadsheet keeps;
// how many decimals are seen is the style of their column.
package workbook

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/export"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/spare"
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

// book is a workbook in the making. The cover, which is short and has links, is
// written cell by cell; all other sheets row by row as streams (see sheet), which
// costs a fraction.
type book struct {
	*excelize.File
	title, head, text, wrapped int
	numbers                    map[int]int // style by decimals
	err                        error
}

// Make makes the workbook in bytes lent by package spare. The same input gives
// the same bytes.
func Make(in Input) ([]byte, error) {
	b := &book{File: excelize.NewFile(), numbers: map[int]int{}}
	defer b.Close()
	b.styles()
	b.do(b.SetSheetName("Sheet1", coverSheet.ZH))
	b.SetActiveSheet(0) // now: it would read every other sheet back
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
	day := in.Day.UTC().Format(time.RFC3339)
	b.do(b.SetDocProps(&excelize.DocProperties{Title: in.Title.ZH, Creator: "mingzhang", LastModifiedBy: "mingzhang", Created: day, Modified: day, Language: "zh-CN"}))
	b.do(b.SetAppProps(&excelize.AppProperties{Application: "mingzhang"}))
	if b.err != nil {
		return nil, b.err
	}
	out := bytes.NewBuffer(spare.Bytes())
	b.SetZipWriter(archiveTo(out))
	if err := b.Write(io.Discard); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// do keeps the first error.
func (b *book) do(err error) {
	if b.err == nil {
		b.err = err
	}
}

// SheetName is the name of a table's sheet: its id and title, as far as a sheet's
// name may go.
func SheetName(g *export.Grid) string {
	name := []rune(g.ID + " " + nameSigns.Replace(g.Title.ZH))
	if len(name) > excelize.MaxSheetNameLength {
		name = name[:excelize.MaxSheetNameLength]
	}
	return strings.TrimSpace(string(name))
}

// nameSigns puts full-width signs in the place of those that a sheet's name may
// not have.
var nameSigns = strings.NewReplacer("[", "（", "]", "）", ":", "：", "*", "＊", "?", "？", "/", "／", `\`, "＼", "'", "’")

func (b *book) styles() {
	style := func(s *excelize.Style) int {
		id, err := b.NewStyle(s)
		b.do(err)
		return id
	}
	b.title = style(&excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}})
	b.head = style(&excelize.Style{
		Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"},
		Border: []excelize.Border{{Type: "bottom", Style: 1, Color: "000000"}},
	})
	b.text = style(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{Vertical: "top"}})
	b.wrapped = style(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
}

// number is the style of numbers with so many decimals. What stands in place of a
// number stands to the right, too.
func (b *book) number(places int) int {
	if id, ok := b.numbers[places]; ok {
		return id
	}
	format := "#,##0"
	if places > 0 {
		format += "." + strings.Repeat("0", places)
	}
	id, err := b.NewStyle(&excelize.Style{CustomNumFmt: &format, Alignment: &excelize.Alignment{Horizontal: "right", Vertical: "top"}})
	b.do(err)
	b.numbers[places] = id
	return id
}

func at(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		panic(err) // both are counted from 1 here
	}
	return name
}

// table writes the sheet of a table.
func (b *book) table(name string, g *export.Grid) {
	heads := make([]string, len(g.Columns))
	widths := make([]float64, len(g.Columns))
	styles := make([]int, len(g.Columns))
	for j, c := range g.Columns {
		heads[j] = c.Heading()
		places := placesOf(c, g.Rows, j)
		styles[j] = b.text
		if places >= 0 {
			styles[j] = b.number(places)
		}
		widest := diag.Width(heads[j])
		for _, r := range g.Rows {
			if places >= 0 && export.PlainNumber(r[j].Text) {
				widest = max(widest, grouped(r[j].Text, places))
			} else {
				widest = max(widest, diag.Width(r[j].Text))
			}
		}
		widths[j] = float64(min(max(widest+widthMargin, 8), widestColumn))
		if places < 0 && widest > widestColumn {
			styles[j] = b.wrapped // on paper it would be cut off where the next column begins
		}
	}
	line := g.About.ZH
	if line == "" {
		line = "数字以标题括号里的单位计"
	}
	s := b.open(name, widths, g.Title.ZH, line+"。缺数的记号见「"+notesSheet.ZH+"」", heads)
	for _, r := range g.Rows {
		for j := range g.Columns {
			s.add(value(r[j]), styles[j])
		}
		s.end()
	}
	if len(g.Notes) > 0 {
		s.skip()
	}
	for _, n := range g.Notes {
		s.add(n, 0)
		s.end()
	}
	s.close()
}

// placesOf is how many decimals a column of numbers shows, so that all its rows
// show as many; -1 for one of codes or words, which stay text.
func placesOf(c export.Column, rows [][]export.Cell, j int) int {
	places := -1
	if c.Type == schema.TypeCode {
		return places
	}
	for _, r := range rows {
		if f := r[j].Figure; f != nil && f.Known() && export.PlainNumber(r[j].Text) {
			places = max(places, int(f.Value.Places), decimals(r[j].Text))
		}
	}
	return places
}

// value is what stands in the cell of a table: nil, a text or a number.
func value(c export.Cell) any {
	f := c.Figure
	switch {
	case f == nil:
		if c.Text == "" {
			return nil
		}
		return c.Text
	case f.Written != "":
		return f.Written
	case !f.Known():
		return Shorthand(f.Value.State)
	case export.PlainNumber(c.Text):
		return spreadsheetNumber(c.Text)
	}
	return c.Text
}

// widestColumn is how many characters a column takes; longer texts stand in lines.
const widestColumn = 48

// widthMargin is what the edges of a cell take of its column, in characters.
const widthMargin = 2

// grouped is how wide a plain number is when it is shown with separators and so
// many decimals. A number that is wider than its column is not shown at all.
func grouped(plain string, places int) int {
	whole, _, _ := strings.Cut(plain, ".")
	n := len(whole) + (len(strings.TrimPrefix(whole, "-"))-1)/3
	if places > 0 {
		n += 1 + places
	}
	return n
}

func decimals(s string) int {
	_, frac, _ := strings.Cut(s, ".")
	return len(frac)
}

// maxDigits is how many digits a spreadsheet keeps of a number.
const maxDigits = 15

// spreadsheetNumber is the number that a spreadsheet makes of such digits. Up to
// maxDigits no digit changes on the way, for there is one shortest writing of
// each such number; more are rounded here, where the library would cut them off.
func spreadsheetNumber(plain string) float64 {
	n, err := strconv.ParseFloat(plain, 64)
	if err == nil && significant(plain) > maxDigits {
		n, err = strconv.ParseFloat(strconv.FormatFloat(n, 'g', maxDigits, 64), 64)
	}
	if err != nil {
		panic(err) // they are digits, as export.PlainNumber has seen
	}
	return n
}

// significant counts the digits of a plain number from the first that is not 0.
func significant(plain string) int {
	plain = strings.TrimLeft(plain, "-0.")
	if _, _, dot := strings.Cut(plain, "."); dot {
		return len(plain) - 1
	}
	return len(plain)
}

// indicators lists the computed figures with their formulas. A quotient with
// more digits than a spreadsheet keeps stands rounded in the number column and
// whole, as text, beside it.
func (b *book) indicators(list []*figure.Figure) {
	s := b.open(indicatorsSheet.ZH, []float64{30, 36, 36, 20, 8, 20, 10, 48, 48}, indicatorsSheet.ZH, "由上面各表算出的数；「精确值」一位不舍，「数值」供表格软件计算",
		[]string{"标识", "名称", "English name", "数值", "单位", "精确值", "状态", "公式", "代入数字"})
	for _, f := range list {
		var number, exact any
		numberStyle := b.text
		if f.Known() {
			plain := f.Value.Plain()
			exact = plain
			if f.Value.Unit == money.Date {
				number = plain
			} else {
				if len(strings.Trim(plain, "-.")) > maxDigits {
					plain = f.Value.Num().StringFixed(max(f.Value.Places, 0))
				}
				number, numberStyle = spreadsheetNumber(plain), b.number(int(f.Value.Places))
			}
		} else {
			number = Shorthand(f.Value.State)
		}
		s.add(f.ID, b.text)
		s.add(f.Label.ZH, b.wrapped)
		s.add(f.Label.EN, b.wrapped)
		s.add(number, numberStyle)
		s.add(f.Value.Unit.Sign(), b.text)
		s.add(exact, b.text)
		s.add(f.Value.State.Name().ZH, b.text)
		s.add(f.Formula.Names(lang.ZH).String(), b.wrapped)
		s.add(f.Formula.Numbers(lang.ZH).String(), b.wrapped)
		s.end()
	}
	s.close()
}

// SpotCell is the cell of a table's sheet that holds what stands at a row and
// column of its CSV.
func SpotCell(s figure.Spot) string { return at(int(s.Col), int(s.Row)+HeaderRow-1) }

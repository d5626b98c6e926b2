// Package workbook makes the Excel file of a department-year: a cover with
// source and date, notes, and a sheet for every table, every statutory table and
// the indicators. It follows what statistical offices ask of such files: one
// table a sheet from the left edge, headings frozen, no merged or hidden cells,
// units in headings, codes as text, and a word in brackets where there is no
// number. Numbers stand in the file digit for digit as in the CSV.
package workbook

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

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
type book struct {
	*excelize.File
	title, head, text, wrapped int
	numbers                    map[int]int // style by decimals
	err                        error
}

// Make makes the workbook. The same input gives the same bytes.
func Make(in Input) ([]byte, error) {
	b := &book{File: excelize.NewFile(), numbers: map[int]int{}}
	defer b.Close()
	b.styles()
	b.do(b.SetSheetName("Sheet1", coverSheet.ZH))
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
	b.SetActiveSheet(0)
	if b.err != nil {
		return nil, b.err
	}
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
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
	name := []rune(g.ID + " " + strings.NewReplacer("[", "（", "]", "）", ":", "：", "*", "＊", "?", "？", "/", "／", `\`, "＼", "'", "’").Replace(g.Title.ZH))
	if len(name) > excelize.MaxSheetNameLength {
		name = name[:excelize.MaxSheetNameLength]
	}
	return strings.TrimSpace(string(name))
}

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
	b.text = style(&excelize.Style{NumFmt: 49})
	b.wrapped = style(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
}

// number is the style of numbers with so many decimals.
func (b *book) number(places int) int {
	if id, ok := b.numbers[places]; ok {
		return id
	}
	format := "#,##0"
	if places > 0 {
		format += "." + strings.Repeat("0", places)
	}
	id, err := b.NewStyle(&excelize.Style{CustomNumFmt: &format})
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

// open starts a sheet with its title, the line under it and its headings.
func (b *book) open(sheet, title, line string, heads []string) {
	_, err := b.NewSheet(sheet)
	b.do(err)
	b.words(sheet, 1, 1, title, b.title)
	b.words(sheet, 1, 2, line, 0)
	for i, h := range heads {
		b.words(sheet, i+1, HeaderRow, h, b.head)
	}
	b.do(b.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: HeaderRow, TopLeftCell: at(1, HeaderRow+1), ActivePane: "bottomLeft"}))
}

func (b *book) table(sheet string, g *export.Grid) {
	heads := make([]string, len(g.Columns))
	for i, c := range g.Columns {
		heads[i] = c.Heading()
	}
	line := g.About.ZH
	if line == "" {
		line = "数字以标题括号里的单位计"
	}
	b.open(sheet, g.Title.ZH, line+"。缺数的记号见「"+notesSheet.ZH+"」", heads)
	for j, c := range g.Columns {
		widest := utf8.RuneCountInString(c.Heading()) * 2
		for i, r := range g.Rows {
			b.cell(sheet, j+1, HeaderRow+1+i, r[j])
			if !c.Type.Numeric() {
				widest = max(widest, utf8.RuneCountInString(r[j].Text)*2)
			}
		}
		b.width(sheet, j+1, float64(min(max(widest, 8), 48)))
		b.columnStyle(sheet, j+1, len(g.Rows), c, g, j)
	}
	for i, n := range g.Notes {
		b.words(sheet, 1, HeaderRow+2+len(g.Rows)+i, n, 0)
	}
}

// columnStyle gives a column of numbers as many decimals as it shows, and keeps
// codes and words text.
func (b *book) columnStyle(sheet string, col, rows int, c export.Column, g *export.Grid, j int) {
	if rows == 0 {
		return
	}
	style := b.text
	places := -1
	for _, r := range g.Rows {
		if f := r[j].Figure; f != nil && f.Known() && plainNumber(r[j].Text) {
			places = max(places, int(f.Value.Places), decimals(r[j].Text))
		}
	}
	if places >= 0 && c.Type != schema.TypeCode {
		style = b.number(places)
	}
	b.do(b.SetCellStyle(sheet, at(col, HeaderRow+1), at(col, HeaderRow+rows), style))
}

func (b *book) cell(sheet string, col, row int, c export.Cell) {
	f := c.Figure
	switch {
	case f == nil:
		if c.Text != "" {
			b.do(b.SetCellStr(sheet, at(col, row), c.Text))
		}
	case f.Written != "":
		b.do(b.SetCellStr(sheet, at(col, row), f.Written))
	case !f.Known():
		b.do(b.SetCellStr(sheet, at(col, row), Shorthand(f.Value.State)))
	case plainNumber(c.Text):
		b.do(b.SetCellDefault(sheet, at(col, row), c.Text)) // the digits as they are: no float on the way
	default:
		b.do(b.SetCellStr(sheet, at(col, row), c.Text))
	}
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
	sheet := indicatorsSheet.ZH
	b.open(sheet, indicatorsSheet.ZH, "由上面各表算出的数；「精确值」一位不舍，「数值」供表格软件计算", []string{"标识", "名称", "English name", "数值", "单位", "精确值", "状态", "公式", "代入数字"})
	for i, f := range list {
		row := HeaderRow + 1 + i
		b.words(sheet, 1, row, f.ID, 0)
		b.words(sheet, 2, row, f.Label.ZH, 0)
		b.words(sheet, 3, row, f.Label.EN, 0)
		b.words(sheet, 5, row, f.Value.Unit.Sign(), 0)
		b.words(sheet, 7, row, f.Value.State.Name().ZH, 0)
		b.words(sheet, 8, row, f.Formula.Names(lang.ZH).String(), 0)
		b.words(sheet, 9, row, f.Formula.Numbers(lang.ZH).String(), 0)
		if !f.Known() {
			b.words(sheet, 4, row, Shorthand(f.Value.State), 0)
			continue
		}
		plain := f.Value.Plain()
		b.words(sheet, 6, row, plain, b.text)
		if f.Value.Unit == money.Date {
			b.words(sheet, 4, row, plain, 0)
			continue
		}
		if n := plain; len(strings.Trim(n, "-.")) > maxDigits {
			plain = f.Value.Num().StringFixed(max(f.Value.Places, 0))
		}
		b.do(b.SetCellDefault(sheet, at(4, row), plain))
		b.do(b.SetCellStyle(sheet, at(4, row), at(4, row), b.number(int(f.Value.Places))))
	}
	for col, w := range []float64{30, 36, 36, 16, 8, 20, 10, 48, 48} {
		b.width(sheet, col+1, w)
	}
}

// SpotCell is the cell of a table's sheet that holds what stands at a row and
// column of its CSV.
func SpotCell(s figure.Spot) string { return at(int(s.Col), int(s.Row)+HeaderRow-1) }

// link writes a link to another sheet of the workbook.
func (b *book) link(sheet string, col, row int, target string) {
	b.words(sheet, col, row, target, 0)
	b.do(b.SetCellHyperLink(sheet, at(col, row), fmt.Sprintf("'%s'!A1", target), "Location"))
}

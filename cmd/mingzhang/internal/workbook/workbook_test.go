package workbook

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"mingzhang/cmd/mingzhang/internal/export"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/schema"
)

func TestNumbersKeepTheirDigits(t *testing.T) {
	for plain, want := range map[string]string{
		"0": "0", "-12.50": "-12.5", "123456789012.345": "123456789012.345", "0.000123456789012345": "0.000123456789012345",
		"1234567890123456.78": "1234567890123460", "99999999999999.99": "100000000000000",
	} {
		if have := strconv.FormatFloat(spreadsheetNumber(plain), 'f', -1, 64); have != want {
			t.Errorf("%s is kept as %s, want %s", plain, have, want)
		}
	}
}

// The library hands over sheets in the order of a map; a reader of the file must
// not notice.
func TestSameInputSameBytes(t *testing.T) {
	in := Input{Title: lang.Same("某局"), Facts: []Fact{{lang.Same("部门"), "某局"}}}
	for i := range 12 {
		in.Grids = append(in.Grids, &export.Grid{
			ID: "t" + strconv.Itoa(i), Title: lang.Same("表"), Notes: []string{"注"},
			Columns: []export.Column{{Name: lang.Same("编码"), Type: schema.TypeCode}, {Name: lang.Same("名称 <甲>"), Type: schema.TypeText}},
			Rows:    [][]export.Cell{{{Text: "0101"}, {Text: "a & b\n<c>"}}, {{Text: "0102"}, {}}},
		})
	}
	first, err := Make(in)
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		if again, err := Make(in); err != nil || !bytes.Equal(first, again) {
			t.Fatal("another run gives other bytes", err)
		}
	}
	book, err := excelize.OpenReader(bytes.NewReader(first))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if n := len(book.GetSheetList()); n != 14 || book.GetActiveSheetIndex() != 0 {
		t.Errorf("%d sheets, of which %d is in front", n, book.GetActiveSheetIndex())
	}
	rows, err := book.GetRows("t3 表")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"表"}, {"数字以标题括号里的单位计。缺数的记号见「说明」"}, {"编码", "名称 <甲>"}, {"0101", "a & b\n<c>"}, {"0102"}, nil, {"注"}}
	if len(rows) != len(want) {
		t.Fatalf("%q", rows)
	}
	for i, r := range rows {
		for j, c := range want[i] {
			if r[j] != c {
				t.Errorf("row %d: %q, want %q", i+1, r, want[i])
			}
		}
	}
	if panes, err := book.GetPanes("t3 表"); err != nil || !panes.Freeze || panes.YSplit != HeaderRow {
		t.Errorf("panes %+v, %v", panes, err)
	}
	if layout, err := book.GetPageLayout("t3 表"); err != nil || *layout.FitToWidth != 1 || *layout.FitToHeight != 0 {
		t.Errorf("on paper %+v, %v", layout, err)
	}
	if props, err := book.GetSheetProps("t3 表"); err != nil || !*props.FitToPage {
		t.Errorf("on paper %+v, %v", props, err)
	}
	if names := book.GetDefinedName(); !slices.ContainsFunc(names, func(n excelize.DefinedName) bool {
		return n.Scope == "t3 表" && n.RefersTo == "'t3 表'!$1:$3"
	}) {
		t.Errorf("headings on paper: %+v", names)
	}
	if style, err := book.GetCellStyle("t3 表", "B5"); err != nil || style == 0 {
		t.Error("a blank cell of a column has not its style", err)
	}
}

// A row is as high as its wrapped texts need, and no text is cut off by the next
// column.
func TestLongTextsStandInLines(t *testing.T) {
	for _, c := range []struct {
		text  string
		width float64
		want  int
	}{
		{"短", 8, 1},
		{"", 8, 1},
		{"一二三四五六七八九十", 21, 2}, // of which nine fit
		{"lower-case letters, digits", 21, 2},
		{"two\nlines", 21, 2},
		{strings.Repeat("x", 50), 21, 3},
	} {
		if got := linesOf(c.text, c.width); got != c.want {
			t.Errorf("%q takes %d lines of %v, want %d", c.text, got, c.width, c.want)
		}
	}
	long := strings.Repeat("按季核对支出进度，", 8)
	data, err := Make(Input{Title: lang.Same("某局"), Grids: []*export.Grid{{
		ID: "goals", Title: lang.Same("目标"), Columns: []export.Column{{Name: lang.Same("说明"), Type: schema.TypeText}},
		Rows: [][]export.Cell{{{Text: long}}, {{Text: "短"}}},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	high, err := book.GetRowHeight("goals 目标", HeaderRow+1)
	low, other := book.GetRowHeight("goals 目标", HeaderRow+2)
	if err != nil || other != nil || high < 3*low {
		t.Error("a text of four lines has", high, "points, one of one", low, err, other)
	}
	id, err := book.GetCellStyle("goals 目标", "A4")
	if err != nil {
		t.Fatal(err)
	}
	if style, err := book.GetStyle(id); err != nil || style.Alignment == nil || !style.Alignment.WrapText {
		t.Error("a long text is cut off", err)
	}
}

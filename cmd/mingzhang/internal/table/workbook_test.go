package table

import (
	"archive/zip"
	"bytes"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func workbook(t *testing.T, fill func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	fill(f)
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWorkbookCellsAreReadAsShownAndStored(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		must := func(err error) {
			if err != nil {
				t.Fatal(err)
			}
		}
		pct, err := f.NewStyle(&excelize.Style{NumFmt: 10})
		must(err)
		money, err := f.NewStyle(&excelize.Style{NumFmt: 4})
		must(err)
		day, err := f.NewStyle(&excelize.Style{CustomNumFmt: ptr("yyyy-mm-dd")})
		must(err)
		must(f.SetSheetName("Sheet1", "支出预算总表"))
		for cell, v := range map[string]any{"A1": "科目编码", "B1": "合计", "A2": "2010301", "B2": 0.1 + 0.2, "B3": 0.9998, "B4": 1234.5, "B5": 45345, "A6": 2010302} {
			must(f.SetCellValue("支出预算总表", cell, v))
		}
		must(f.SetCellStyle("支出预算总表", "B3", "B3", pct))
		must(f.SetCellStyle("支出预算总表", "B4", "B4", money))
		must(f.SetCellStyle("支出预算总表", "B5", "B5", day))
		must(f.SetCellFormula("支出预算总表", "B7", "SUM(B2:B4)"))
		_, err = f.NewSheet("草稿")
		must(err)
		must(f.SetCellValue("草稿", "A1", "不公开"))
		must(f.SetSheetVisible("草稿", false))
		_, err = f.NewSheet("空白")
		must(err)
	})
	sheets, list := ReadWorkbook("x.xlsx", data)
	if len(sheets) != 1 || sheets[0].Name != "支出预算总表" || len(list) != 1 || list[0].Code != SheetHidden {
		t.Fatal(sheets, list)
	}
	want := map[string]string{"A2": "2010301", "B2": "0.3", "B3": "99.98%", "B4": "1234.5", "B5": "2024-02-23", "A6": "2010302", "B7": "=SUM(B2:B4)"}
	for _, r := range sheets[0].Rows {
		for _, c := range r {
			if w, ok := want[c.Name()]; ok {
				if c.Text != w {
					t.Errorf("%s is %q; want %q", c.Name(), c.Text, w)
				}
				delete(want, c.Name())
			}
		}
	}
	if len(want) > 0 {
		t.Errorf("not read: %v", want)
	}
}

func ptr(s string) *string { return &s }

func TestWhatIsNoWorkbookIsAFinding(t *testing.T) {
	for _, data := range [][]byte{nil, []byte("not a zip"), {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}} {
		sheets, list := ReadWorkbook("x.xlsx", data)
		if len(sheets) > 0 || len(list) != 1 || list[0].Code != WorkbookUnreadable {
			t.Errorf("%v: %v %v", data, sheets, list)
		}
	}
}

// A workbook does not store blank cells at the end of a row; they are there all
// the same.
func TestWorkbookRowsAreAsLongAsTheSheet(t *testing.T) {
	book := excelize.NewFile()
	for cell, v := range map[string]any{"A1": "科目名称", "B1": "合计", "C1": "项目支出", "A2": "行政运行", "B2": 5.5, "A3": "水利"} {
		if err := book.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	data, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	sheets, list := ReadWorkbook("x.xlsx", data.Bytes())
	if len(sheets) != 1 || len(list) != 0 {
		t.Fatal(sheets, list)
	}
	for i, r := range sheets[0].Rows {
		if len(r) != 3 || r[2].Name() != "C"+strconv.Itoa(i+1) {
			t.Errorf("row %d has %d cells: %v", i+1, len(r), r)
		}
	}
}

// A formula whose result is an empty text is a blank cell, not a formula that was
// never computed: forms hold =IF(A1="","",A1) in every row.
func TestAnEmptyResultIsABlankCell(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close() //nolint:errcheck // nothing was written
	for cell, v := range map[string]any{"A1": "项目", "B1": "金额", "A2": "甲", "C2": "末"} {
		if err := f.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetCellFormula("Sheet1", "B2", `IF(A2="","",A2)`); err != nil {
		t.Fatal(err)
	}
	never, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	if sheets, _ := ReadWorkbook("x.xlsx", never.Bytes()); sheets[0].Rows[1][1].Text != `=IF(A2="","",A2)` {
		t.Errorf("never computed: %q", sheets[0].Rows[1][1].Text)
	}
	// As a spreadsheet program saves it: the kind of the result, and nothing in it.
	computed := rezip(t, never.Bytes(), "xl/worksheets/sheet1.xml", `</f></c>`, `</f><v></v></c>`)
	sheets, list := ReadWorkbook("x.xlsx", computed)
	if len(list) > 0 || sheets[0].Rows[1][1].Text != "" {
		t.Errorf("computed: %q, %v", sheets[0].Rows[1][1].Text, list)
	}
}

func TestNumbersShownSmallerThanTheyAreStored(t *testing.T) {
	for _, tt := range []struct {
		format string
		told   bool
	}{{`0.00,"千"`, true}, {`0.00`, false}, {`#,##0`, false}, {`0.00"万元"`, false}, {`"¥"#,##0.00_);("¥"#,##0.00)`, false}, {`0`, false}} {
		data := workbook(t, func(f *excelize.File) {
			style, err := f.NewStyle(&excelize.Style{CustomNumFmt: ptr(tt.format)})
			if err != nil {
				t.Fatal(err)
			}
			for cell, v := range map[string]any{"A1": "合计（万元）", "A2": 17427400.5, "A3": -2350, "A4": 0, "A5": 0.4} {
				if err := f.SetCellValue("Sheet1", cell, v); err != nil {
					t.Fatal(err)
				}
			}
			if err := f.SetCellStyle("Sheet1", "A2", "A5", style); err != nil {
				t.Fatal(err)
			}
		})
		sheets, list := ReadWorkbook("x.xlsx", data)
		if sheets[0].Rows[1][0].Text != "17427400.5" {
			t.Errorf("%s: read as %q", tt.format, sheets[0].Rows[1][0].Text)
		}
		if told := len(list) == 1 && list[0].Code == ShownScaled && list[0].Place.Cell == "A2"; told != tt.told || !told && len(list) > 0 {
			t.Errorf("%s: %v", tt.format, list)
		}
	}
}

// A file that is no workbook is named for what it is, in both languages.
func TestWhatIsNoWorkbookIsNamed(t *testing.T) {
	ole := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 600)
	for name, tt := range map[string]struct{ data, zh, en string }{
		"old":       {ole, "旧版 Excel 工作簿（.xls）", "old Excel workbook"},
		"encrypted": {ole + string(utf16LE("EncryptedPackage")), "加了密码", "password"},
		"csv":       {"科目编码,合计（元）\n201,1\n", "文字文件", "text file"},
		"gbk":       {"\xbf\xc6\xc4\xbf\xb1\xe0\xc2\xeb,1\n", "文字文件", "text file"},
		"html":      {"<html><table></table></html>", "网页", "web page"},
		"cut":       {"PK\x03\x04 and no more", "不完整或已损坏", "damaged"},
		"empty":     {"", "空的", "empty"},
	} {
		_, list := ReadWorkbook("x.xlsx", []byte(tt.data))
		if len(list) != 1 || list[0].Code != WorkbookUnreadable || !strings.Contains(list[0].Headline.ZH, tt.zh) || !strings.Contains(list[0].Headline.EN, tt.en) {
			t.Errorf("%s: %v", name, list)
		}
	}
}

// rezip replaces a text in one file of a workbook.
func rezip(t *testing.T, book []byte, name, from, to string) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range r.File {
		src, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(src)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == name {
			if !bytes.Contains(data, []byte(from)) {
				t.Fatalf("%s holds no %s: %s", name, from, data)
			}
			data = bytes.ReplaceAll(data, []byte(from), []byte(to))
		}
		dst, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := dst.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

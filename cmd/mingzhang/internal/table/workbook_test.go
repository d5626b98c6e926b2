package table

import (
	"strconv"
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

package table

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"mingzhang/cmd/mingzhang/internal/diag"
)

func readMessy(t testing.TB, name string) (*Sheet, diag.List) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "messy", name))
	if err != nil {
		t.Fatal(err)
	}
	return Read(name, data)
}

func texts(s *Sheet) string {
	var b strings.Builder
	for _, r := range s.Rows {
		b.WriteString(strings.Join(r.Texts(), "|") + "\n")
	}
	return b.String()
}

// Every byte form of one table reads to the same cells as its clean twin.
func TestByteFormsReadAlike(t *testing.T) {
	clean, list := readMessy(t, "gbk-crlf.csv")
	if len(list) > 0 || clean.Encoding != GB18030 || len(clean.Rows) != 26 {
		t.Fatalf("clean twin: %s, %d rows, findings %v", clean.Encoding, len(clean.Rows), list)
	}
	want := texts(clean)
	for name, encoding := range map[string]string{
		"cr-only.csv": UTF8, "lf-cr-mixed.csv": UTF8, "nul-bytes.csv": UTF8,
		"utf16be-bom.csv": UTF16BE, "utf16le-bom.csv": UTF16LE, "utf16le-bom-tab.csv": UTF16LE,
	} {
		s, list := readMessy(t, name)
		if list.HasErrors() || s.Encoding != encoding || texts(s) != want {
			t.Errorf("%s: read as %s with %v\n%s", name, s.Encoding, list, texts(s))
		}
	}
	thousands := strings.ReplaceAll(want, ",", "")
	for _, name := range []string{"gb18030-thousands.csv", "utf8-bom-crlf-thousands.csv"} {
		s, list := readMessy(t, name)
		if len(list) > 0 || strings.ReplaceAll(texts(s), ",", "") != thousands {
			t.Errorf("%s: %v\n%s", name, list, texts(s))
		}
	}
}

func TestDamageIsAFindingAtItsPlace(t *testing.T) {
	for _, tt := range []struct {
		name, code string
		line, col  int
	}{
		{"utf8-invalid-byte.csv", "broken-character", 0, 0},
		{"big5-traditional.csv", "encoding-unknown", 0, 0},
		{"nul-bytes.csv", "nul-byte", 16, 11},
	} {
		_, list := readMessy(t, tt.name)
		if len(list) != 1 || list[0].Code.Word != tt.code {
			t.Errorf("%s: findings %v", tt.name, list)
			continue
		}
		if p := list[0].Place; tt.line > 0 && (p.Line != tt.line || p.Column != tt.col) {
			t.Errorf("%s: found at %s", tt.name, p)
		}
	}
}

func TestAFileCutInsideACharacterIsAFinding(t *testing.T) {
	data, err := os.ReadFile("testdata/messy/gbk-crlf.csv")
	if err != nil {
		t.Fatal(err)
	}
	cut := data[:len("\xb9\xa6\xc4\xdc\xb7")] // 功能 and half of 分
	_, list := Read("cut.csv", cut)
	if len(list) != 1 || list[0].Code != BrokenCharacter || list[0].Place.Column != 3 {
		t.Errorf("findings %v", list)
	}
}

// § marks the cell whose place is asked for; places count characters.
func TestPlacesCountCharactersAndSpreadsheetRows(t *testing.T) {
	for _, tt := range []struct {
		text      string
		line, col int32
		cell      string
	}{
		{"§科目,数\n", 1, 1, "A1"},
		{"20502,普通教育,8200.00,§8315.40\n", 1, 20, "D1"},
		{"\ufeff科目,§数\n", 1, 4, "B1"},
		{"a,\"甲\n乙\",c\n一,二,§三\n", 3, 5, "C2"},
		{"a,b\n\n\nc,§d\n", 4, 3, "B4"},
		{"a,\"x\"\"y\",§z\n", 1, 10, "C1"},
		{"甲\t§乙\r\n丙\t丁", 1, 3, "B1"},
	} {
		s, list := Read("t.csv", []byte(strings.ReplaceAll(tt.text, "§", "")))
		if len(list) > 0 {
			t.Errorf("%q: %v", tt.text, list)
			continue
		}
		found := false
		for _, r := range s.Rows {
			for _, c := range r {
				if c.Name() == tt.cell {
					found = c.Line == tt.line && c.Column == tt.col
					if !found {
						t.Errorf("%q: %s is at %d:%d; want %d:%d", tt.text, tt.cell, c.Line, c.Column, tt.line, tt.col)
					}
				}
			}
		}
		if !found {
			t.Errorf("%q: no cell %s", tt.text, tt.cell)
		}
	}
}

func TestBrokenQuoteNamesTheLine(t *testing.T) {
	_, list := Read("t.csv", []byte("a,b\n1,\"两\n3,4\n"))
	if len(list) != 1 || list[0].Code != BrokenQuote || list[0].Place.Line != 2 {
		t.Errorf("findings %v", list)
	}
}

func TestColumnName(t *testing.T) {
	for n, want := range map[int]string{1: "A", 26: "Z", 27: "AA", 52: "AZ", 703: "AAA"} {
		if got := ColumnName(n); got != want {
			t.Errorf("ColumnName(%d) = %s; want %s", n, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/messy/*.csv")
	if err != nil || len(files) == 0 {
		f.Fatal("no seed files", err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, list := Read("f.csv", data)
		if s == nil {
			if len(list) == 0 {
				t.Error("nothing read and nothing said")
			}
			return
		}
		for i, r := range s.Rows {
			for j, c := range r {
				if int(c.Row) != i+1 || int(c.Col) != j+1 || c.Line < 1 || c.Column < 1 {
					t.Errorf("cell %d,%d thinks it is %+v", i+1, j+1, c)
				}
				if !utf8.ValidString(c.Text) {
					t.Errorf("cell %s is not UTF-8", c.Name())
				}
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	data, err := os.ReadFile("testdata/messy/gbk-crlf.csv")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		Read("x.csv", data)
	}
}

// Files of other kinds under the name of a CSV are named for what they are.
func TestRenamedFiles(t *testing.T) {
	for _, tt := range []struct{ data, want string }{
		{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", "旧版 Excel"},
		{"PK\x03\x04\x14\x00", "新版工作簿"},
		{"%PDF-1.7\n", "PDF"},
		{"\xef\xbb\xbf \r\n<HTML><table>", "网页"},
		{"<table border=1>", "网页"},
	} {
		s, list := Read("支出.csv", []byte(tt.data))
		if s != nil || len(list) != 1 || list[0].Code != NotText || !strings.Contains(list[0].Headline.ZH, tt.want) {
			t.Errorf("%q: %v", tt.data, list)
		}
	}
	if s, list := Read("支出.csv", []byte("<备注>,1\n")); s == nil || list.HasErrors() {
		t.Error("a text that begins with a bracket was refused:", list)
	}
}

// Programs that add a byte order mark to a file that has one, and the mark of
// GB18030, stand before a quote as nothing.
func TestMarksBeforeTheFirstQuote(t *testing.T) {
	for _, mark := range []string{"\uFEFF\uFEFF", "\x84\x31\x95\x33"} {
		text := mark + "\"甲\",\"乙\"\n\"1\",\"2\"\n"
		if mark[0] == 0x84 {
			text = mark + "\"\xbc\xd7\",\"\xd2\xd2\"\n\"1\",\"2\"\n"
		}
		if s, list := Read("x.csv", []byte(text)); len(list) > 0 || texts(s) != "甲|乙\n1|2\n" || s.Rows[0][1].Column != 5 {
			t.Errorf("%q: %v", mark, list)
		}
	}
}

// What cannot be seen is left out of cells, and told once with the first of them.
func TestWhatCannotBeSeenIsLeftOut(t *testing.T) {
	for _, sign := range []string{"\u200b", "\u2060", "\u00ad", "\u202c", "\ufeff", "\ufe0f", "\u2066", "\x1f"} {
		s, list := Read("x.csv", []byte("项目,金额（"+sign+"万元）\n"+sign+"图书购置,8"+sign+"0.00\n"))
		if got := texts(s); got != "项目|金额（万元）\n图书购置|80.00\n" {
			t.Errorf("%+q: %q", sign, got)
		}
		if len(list) != 1 || list[0].Code != UnseenCharacter || list[0].Place.Cell != "B1" || !strings.HasPrefix(list[0].Headline.ZH, "3 处") {
			t.Errorf("%+q: %v", sign, list)
		}
	}
	// What can be seen stays as it is, line breaks inside a cell too.
	plain := "项目,金额\n\"图书\n购置\",①㎡　（年）¥1é\n"
	if s, list := Read("x.csv", []byte(plain)); len(list) > 0 || s.Rows[1][0].Text != "图书\n购置" || s.Rows[1][1].Text != "①㎡　（年）¥1é" {
		t.Errorf("%q %v", s.Rows[1].Texts(), list)
	}
}

// ="…" is a text, whether its quotes are doubled, as a spreadsheet saves it, or
// written as they are, as other programs export it.
func TestTextsKeptAsFormulasAreTexts(t *testing.T) {
	const want = "编码|名称|金额\n2010301|行政运行|1,000.00\n2010302|甲\"乙|=SUM(A1)\n"
	for name, text := range map[string]string{
		"doubled":   "\"=\"\"编码\"\"\",名称,金额\n\"=\"\"2010301\"\"\",行政运行,\"1,000.00\"\n\"=\"\"2010302\"\"\",\"甲\"\"乙\",=SUM(A1)\n",
		"raw":       "=\"编码\",=\"名称\",=\"金额\"\r\n=\"2010301\",=\"行政运行\",\"1,000.00\"\r\n=\"2010302\",\"甲\"\"乙\",=SUM(A1)\r\n",
		"tabs":      "=\"编码\"\t=\"名称\"\t=\"金额\"\n=\"2010301\"\t=\"行政运行\"\t=\"1,000.00\"\n=\"2010302\"\t\"甲\"\"乙\"\t=SUM(A1)",
		"semicolon": "=\"编码\"；名称；金额\n",
	} {
		s, list := Read(name, []byte(text))
		if name == "semicolon" {
			if len(list) != 1 || list[0].Code != BrokenQuote || !strings.Contains(list[0].Lines[0].Cells[0], `="编码"；`) {
				t.Errorf("%s: %v", name, list)
			}
			continue
		}
		if len(list) > 0 || texts(s) != want {
			t.Errorf("%s: %q %v", name, texts(s), list)
		}
	}
	// Columns are counted as the file has them.
	s, _ := Read("x.csv", []byte("a,b,c\n=\"201\",=\"20103\",行政\n"))
	if c := s.Rows[1][2]; c.Column != 17 {
		t.Errorf("the third cell stands in column %d", c.Column)
	}
	// A quote inside such a text, or one that is not closed, is no guard.
	for _, text := range []string{"a,b\n=\"2\"01\",x\n", "a,b\n=\"201,x\n"} {
		if _, list := Read("x.csv", []byte(text)); len(list) != 1 || list[0].Code != BrokenQuote {
			t.Errorf("%q: %v", text, list)
		}
	}
}

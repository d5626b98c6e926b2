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

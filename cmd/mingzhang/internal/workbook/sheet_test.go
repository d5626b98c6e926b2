package workbook

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// What is written by hand is read back by a library that knows the format.
func TestALibraryReadsWhatIsWritten(t *testing.T) {
	hard := []string{"办公费", `<a> & "b" 'c'`, " led by a space", "two\nlines\tand a tab", "_x0041_", "😀", strings.Repeat("长", maxLetters+5), "=1+1", ""}
	cover, list := &sheet{name: "封面"}, &sheet{name: "O’Brien & 'x' y", frozen: true}
	cover.link(1, 1, list.name)
	cover.width(1, 34.5)
	for i, s := range hard {
		list.words(2, i+1, s, textStyle)
	}
	*list.at(30, 1) = cell{"-88788.0400", number, numbers(4)}
	list.at(30, 2).style = headStyle
	data, err := pack([]*sheet{cover, list}, "甲 & 乙", "2025-12-31T00:00:00Z")
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := pack([]*sheet{cover, list}, "甲 & 乙", "2025-12-31T00:00:00Z"); !bytes.Equal(data, again) {
		t.Error("the same input gives other bytes")
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	get := func(cell string) string {
		v, err := f.GetCellValue(list.name, cell, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Error(err)
		}
		return v
	}
	hard[6] = strings.Repeat("长", maxLetters)
	for i, want := range hard {
		if got := get(name(2, i+1)); got != want {
			t.Errorf("%q became %q", want, got)
		}
	}
	if got := get("AD1"); got != "-88788.0400" {
		t.Errorf("the number became %s", got)
	}
	if shown, _ := f.GetCellValue(list.name, "AD1"); shown != "-88,788.0400" {
		t.Errorf("the number is shown as %s", shown)
	}
	if id, _ := f.GetCellStyle(list.name, "AD2"); id != int(headStyle) {
		t.Errorf("an empty cell has style %d", id)
	}
	if style, err := f.GetStyle(int(headStyle)); err != nil || !style.Font.Bold || !style.Alignment.WrapText || len(style.Border) != 1 {
		t.Error(style, err)
	}
	if w, _ := f.GetColWidth(cover.name, "A"); w != 34.5 {
		t.Errorf("width %v", w)
	}
	if p, _ := f.GetPanes(list.name); !p.Freeze || p.YSplit != HeaderRow || p.TopLeftCell != "A4" {
		t.Errorf("panes %+v", p)
	}
	if ok, to, _ := f.GetCellHyperLink(cover.name, "A1"); !ok || to != "'O’Brien & ''x'' y'!A1" {
		t.Errorf("link to %s", to)
	}
	if p, _ := f.GetDocProps(); p.Title != "甲 & 乙" || p.Created != "2025-12-31T00:00:00Z" {
		t.Errorf("%+v", p)
	}
}

func FuzzAppendEscaped(f *testing.F) {
	for _, s := range []string{"", "a&b", "\x00\ufffe\xff", "_x0041_", "\r\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := xml.NewDecoder(strings.NewReader("<t>" + string(appendEscaped(nil, s)) + "</t>"))
		var text strings.Builder
		for {
			token, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%q: %v", s, err)
			}
			if c, ok := token.(xml.CharData); ok {
				text.Write(c)
			}
		}
		bad := func(r rune) rune {
			if r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0xfffe || r == 0xffff {
				return '\uFFFD'
			}
			return r
		}
		if got, want := strings.ReplaceAll(text.String(), "_x005F_x", "_x"), strings.ReplaceAll(strings.Map(bad, s), "_x005F_x", "_x"); got != want {
			t.Errorf("%q became %q", want, got)
		}
	})
}

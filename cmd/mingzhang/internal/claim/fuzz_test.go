package claim

import (
	"os"
	"path/filepath"
	"testing"
)

// Whatever stands in a text, reading it ends, and every finding has a place.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		f.Fatal("no texts", err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		text, _ := unmark(string(data))
		f.Add(text, true)
	}
	f.Add("\u200b\n年初预算100万元，支出决算90万元。", false)
	f.Add("其他收入20.00万元，比上年的-30.00万元增长166.67%。", true)
	f.Add("|项目|决算数|占比|\n|---|---:|---|\n|甲|1|50%|\n|合计|2||", true)
	f.Fuzz(func(t *testing.T, text string, markdown bool) {
		for _, x := range Read(text, Options{File: "x", Markdown: markdown}).Findings {
			if x.Place.Line < 1 || x.Place.Column < 1 {
				t.Errorf("%s has no place: %s", x.Code.Word, x.Place)
			}
		}
	})
}

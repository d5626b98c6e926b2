package site

import (
	"maps"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// Of a site that is not published no more is made than was under way when the
// error was met, and all is told that a check tells.
func TestNothingIsMadeForASiteThatIsWrong(t *testing.T) {
	whole, list, err := fresh(trial(t))
	if err != nil || list.HasErrors() {
		t.Fatal(err, told(list))
	}
	for name, text := range map[string]string{
		"mingzhang.toml":            "title = \"试验\"\nas_of = \"明天\"\n",
		"data/2024/long/income.csv": "资金来源,决算数（万元）\n一般公共预算,十二\n",
		"content/2024/handed.md":    "## 概况\n\n[没有](nowhere/index.html)\n",
	} {
		src := maps.Clone(trial(t))
		src[name] = &fstest.MapFile{Data: []byte(text)}
		s, list := Open(src, Options{Version: "test", Workers: 1})
		_, found := s.Check()
		list.Add(found...)
		list.Sort()
		if !list.HasErrors() {
			t.Fatalf("%s: no error", name)
		}
		s, again := Open(src, Options{Version: "test", Workers: 1})
		files := &kept{files: map[string][]byte{}}
		_, found, err := s.Build(files)
		if err != nil {
			t.Fatal(name, err)
		}
		again.Add(found...)
		again.Sort()
		if d := cmp.Diff(told(list), told(again)); d != "" {
			t.Errorf("%s (-check +build):\n%s", name, d)
		}
		for _, wide := range []string{"index.html", "checks.json"} {
			if _, made := files.files[wide]; made || whole[wide] == nil {
				t.Errorf("%s: %s was made", name, wide)
			}
		}
		if name != "content/2024/handed.md" && len(files.files) > 0 { // the first family is that of the table
			t.Errorf("%s: %d files were made", name, len(files.files))
		}
	}
}

package claim

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A text says the same with an empty line between its paragraphs, with none, and cut
// at the width of a page - inside numbers too.
func TestFormsOfATextSayTheSame(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no texts", err)
	}
	for _, f := range files {
		switch filepath.Base(f) {
		case "flattened.txt", "hard-wrapped.txt", "sequels.txt":
			continue // they are cut already
		}
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := unmark(string(data))
		var paragraphs, cut []string
		for line := range strings.Lines(text) {
			if line = strings.TrimSpace(line); line == "" {
				continue
			}
			paragraphs = append(paragraphs, line)
			if strings.ContainsAny(line, "|\t") {
				cut = append(cut, line)
				continue
			}
			for c := range slices.Chunk([]rune("　　"+line), 36) {
				cut = append(cut, string(c))
			}
		}
		want := toldBy(Read(strings.Join(paragraphs, "\n\n"), Options{Markdown: true}))
		for form, text := range map[string]string{"a line each": strings.Join(paragraphs, "\n"), "cut": strings.Join(cut, "\n")} {
			if got := toldBy(Read(text, Options{})); !slices.Equal(got, want) {
				t.Errorf("%s, %s:\n%s\nfor\n%s", f, form, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		}
	}
}

func toldBy(r *Report) []string {
	var out []string
	for _, f := range r.Findings {
		out = append(out, f.Code.Word+" "+strings.ReplaceAll(f.Value, " ", ""))
	}
	return out
}

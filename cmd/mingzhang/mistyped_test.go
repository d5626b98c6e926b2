package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"mingzhang/cmd/mingzhang/internal/claim"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/narrative"
	"mingzhang/cmd/mingzhang/internal/site"
)

// A digit mistyped in the texts of this repository does not pass in silence: of the
// numbers that are told from their figures by name nearly all are told, of those that
// are told by their value alone, for lack of any name, the greater part.
func TestAMistypedDigitIsTold(t *testing.T) {
	root := filepath.Join("..", "..")
	s, list := site.Open(os.DirFS(root), site.Options{Version: version})
	if list.HasErrors() {
		t.Fatal(list)
	}
	told, asked := map[string]int{}, map[string]int{}
	texts, err := filepath.Glob(filepath.Join(root, "content", "2*", "*.md"))
	if err != nil || len(texts) == 0 {
		t.Fatal("no texts", err)
	}
	for _, file := range texts {
		slug := strings.TrimSuffix(filepath.Base(file), ".md")
		year, _ := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		dep, ok := s.Departments.Find(slug)
		if !ok {
			t.Fatal("no department", slug)
		}
		figures, _ := s.Book(dep, year)
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		doc, _ := narrative.Parse(file, src)
		o := claim.Options{File: file, Markdown: true, Year: year, Book: claim.NewBook(figures, year)}
		text := []rune(string(doc.Body))
		sound := claim.Read(string(text), o)
		for _, n := range sound.Numbers {
			if n.Sure == "" || n.Bound.Value.Unit.Kind() != money.KindMoney {
				continue
			}
			wrong := mistyped(text, n.From, n.Till)
			if wrong == "" {
				continue
			}
			asked[n.Sure]++
			if len(claim.Read(wrong, o).Findings) > len(sound.Findings) {
				told[n.Sure]++
			} else {
				t.Logf("%s %d: %s (%s) passes", slug, year, n.Text, n.Sure)
			}
		}
	}
	t.Log("told", told, "of", asked)
	if asked["named"] < 40 || told["named"]*100 < asked["named"]*95 {
		t.Errorf("of %d named numbers %d are told", asked["named"], told["named"])
	}
	if asked["value"] < 40 || told["value"]*100 < asked["value"]*50 {
		t.Errorf("of %d numbers without a name %d are told", asked["value"], told["value"])
	}
}

// mistyped is a text with another digit in the middle of a number; empty for a number
// of one or two digits, since another one may be meant.
func mistyped(text []rune, from, till int) string {
	var digits []int
	for i := from; i < till; i++ {
		if text[i] >= '0' && text[i] <= '9' {
			digits = append(digits, i)
		}
	}
	if len(digits) < 3 {
		return ""
	}
	out := append([]rune(nil), text...)
	at := digits[len(digits)/2]
	out[at] = '0' + (out[at]-'0'+3)%10
	return string(out)
}

package main

import (
	"regexp"
	"slices"
	"testing"

	"mingzhang/cmd/mingzhang/internal/codebook"
)

var wordForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

var verb = regexp.MustCompile(`%(?:\[\d+\])?[a-zA-Z]`)

// Every kind of finding is declared once, in both languages with the same
// arguments, with a reason and a remedy.
func TestCodesAreCompleteInBothLanguages(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range codebook.All() {
		if seen[c.Word] {
			t.Errorf("%s is declared twice", c.Word)
		}
		seen[c.Word] = true
		if !wordForm.MatchString(c.Word) {
			t.Errorf("%s is no lower-kebab word", c.Word)
		}
		for name, text := range map[string][2]string{"headline": {c.Headline.ZH, c.Headline.EN}, "why": {c.Why.ZH, c.Why.EN}, "fix": {c.Fix.ZH, c.Fix.EN}} {
			if text[0] == "" || text[1] == "" {
				t.Errorf("%s: the %s lacks a language", c.Word, name)
			}
			zh, en := verb.FindAllString(text[0], -1), verb.FindAllString(text[1], -1)
			if name == "headline" && !slices.Equal(zh, en) {
				t.Errorf("%s: the headlines take %v and %v", c.Word, zh, en)
			}
			if name != "headline" && len(zh)+len(en) > 0 {
				t.Errorf("%s: the %s has placeholders", c.Word, name)
			}
		}
		if c.Since == "" {
			t.Errorf("%s has no version", c.Word)
		}
	}
	if len(seen) < 60 {
		t.Errorf("only %d codes", len(seen))
	}
}

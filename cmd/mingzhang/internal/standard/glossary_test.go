package standard

import "testing"

// A term that two entries claim would be explained in two ways.
func TestGlossaryTermsAreWholeAndNamedOnce(t *testing.T) {
	terms := Glossary()
	if len(terms) < 40 {
		t.Errorf("%d terms", len(terms))
	}
	owner := map[string]string{}
	for _, term := range terms {
		if term.ZH == "" || term.EN == "" || term.Plain.ZH == "" || term.Plain.EN == "" {
			t.Errorf("%q lacks a part", term.ZH)
		}
		for _, name := range append([]string{term.ZH}, term.Synonyms...) {
			if old := owner[name]; old != "" {
				t.Errorf("%q names %s and %s", name, old, term.ZH)
			}
			owner[name] = term.ZH
		}
	}
}

package check

import (
	"slices"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
)

// Told is a rule of the field whose answer is not a formula over figures: it
// follows from what was found in the text, or the site keeps it by the way in
// which it is made.
type Told struct {
	Code     string    `toml:"code"` // its number in the field: A1, F8
	Family   string    `toml:"family"`
	Name     lang.Text `toml:"name"`
	Findings []string  `toml:"findings"` // that break the rule
	Why      lang.Text `toml:"why"`      // of a rule that is kept by construction: how
}

// rule is the rule as outcomes name it.
func (t *Told) rule() *Rule {
	return &Rule{Code: t.Code, Family: t.Family, Name: t.Name, Basis: lang.Same(t.Code)}
}

// OfTexts answers the rules about texts from what was found in them. Without a
// text nothing was asked.
func (b *Book) OfTexts(there bool, found diag.List) []Outcome {
	return answered(b.Texts, there, lang.Text{ZH: "这一年没有文字", EN: "there is no text for this year"}, found)
}

// OfTables answers the rules about tables that reading them asks by itself.
func (b *Book) OfTables(there bool, found diag.List) []Outcome {
	return answered(b.Tables, there, lang.Text{ZH: "这一年没有表", EN: "there is no table for this year"}, found)
}

func answered(rules []*Told, there bool, why lang.Text, found diag.List) []Outcome {
	out := make([]Outcome, 0, len(rules))
	for _, t := range rules {
		o := Outcome{Rule: t.rule(), Name: t.Name, Result: Passed}
		if !there {
			out = append(out, notChecked(o, why))
			continue
		}
		for _, f := range found {
			if slices.Contains(t.Findings, f.Code.Word) {
				o.Findings = append(o.Findings, f)
			}
		}
		if len(o.Findings) > 0 {
			o.Result, o.Finding = Failed, o.Findings[0]
		}
		out = append(out, o)
	}
	return out
}

// ByConstruction lists the rules that no input can break, and why.
func (b *Book) ByConstruction() []Outcome {
	out := make([]Outcome, 0, len(b.Built))
	for _, t := range b.Built {
		out = append(out, Outcome{Rule: t.rule(), Name: t.Name, Result: Passed, Sum: t.Why, Count: 1})
	}
	return out
}

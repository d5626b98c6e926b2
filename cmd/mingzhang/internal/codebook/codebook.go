// Package codebook lists every kind of finding that the program can raise. The
// declarations stand beside the rules; this is only where they meet.
package codebook

import (
	"mingzhang/cmd/mingzhang/internal/check"
	"mingzhang/cmd/mingzhang/internal/claim"
	"mingzhang/cmd/mingzhang/internal/config"
	"mingzhang/cmd/mingzhang/internal/dataset"
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/indicator"
	"mingzhang/cmd/mingzhang/internal/narrative"
	"mingzhang/cmd/mingzhang/internal/privacy"
	"mingzhang/cmd/mingzhang/internal/render"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/score"
	"mingzhang/cmd/mingzhang/internal/site"
	"mingzhang/cmd/mingzhang/internal/statement"
	"mingzhang/cmd/mingzhang/internal/table"
	"mingzhang/cmd/mingzhang/internal/tomlfile"
)

// All lists the codes, those of data rules last.
func All() []*diag.Code {
	var out []*diag.Code
	for _, codes := range [][]*diag.Code{
		table.Codes, tomlfile.Codes, config.Codes, schema.Codes, statement.Codes, dataset.Codes, fiscal.Codes,
		indicator.Codes, score.Codes, check.Codes, claim.Codes, privacy.Codes, narrative.Codes, render.Codes, site.Codes,
	} {
		out = append(out, codes...)
	}
	rules, _ := check.Load("", nil)
	return append(out, rules.Codes()...)
}

// Find returns the code with a word.
func Find(word string) (*diag.Code, bool) {
	for _, c := range All() {
		if c.Word == word {
			return c, true
		}
	}
	return nil, false
}

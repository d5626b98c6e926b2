package standard

import (
	"sync"

	"mingzhang/cmd/mingzhang/internal/lang"
)

// Term is an entry of the glossary.
type Term struct {
	ZH       string    `toml:"zh"`
	EN       string    `toml:"en"`
	Synonyms []string  `toml:"synonyms"` // other writings of the same thing, in Chinese
	Plain    lang.Text `toml:"plain"`    // for a reader who is no accountant
}

// Name is the term as the field writes it.
func (t *Term) Name() lang.Text { return lang.Text{ZH: t.ZH, EN: t.EN} }

// Glossary lists the terms in the order in which they are taught.
var Glossary = sync.OnceValue(func() []Term {
	var doc struct{ Terms []Term }
	mustDecode("glossary.toml", &doc)
	return doc.Terms
})

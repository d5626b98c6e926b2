package page

import (
	"html/template"
	"slices"
	"strings"
	"sync"

	"golang.org/x/net/html"

	"mingzhang/cmd/mingzhang/internal/standard"
)

// termNames lists the names of the glossary, the longest first, so that 政府采购
// is not taken out of a longer term.
var termNames = sync.OnceValue(func() []termName {
	var out []termName
	terms := standard.Glossary()
	for i := range terms {
		for _, name := range append([]string{terms[i].ZH}, terms[i].Synonyms...) {
			if len([]rune(name)) > 2 { // shorter ones stand inside too many other words
				out = append(out, termName{name, &terms[i]})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b termName) int { return len(b.name) - len(a.name) })
	return out
})

type termName struct {
	name string
	term *standard.Term
}

// explained makes the first mention of each term of the glossary in a text a
// link to its explanation. Headings, links, tables and code are left alone.
func (c Context) explained(b *Base, n *Narrative) *Narrative {
	if n == nil {
		return nil
	}
	out := *n
	out.Pieces = slices.Clone(n.Pieces)
	told := map[*standard.Term]bool{}
	closed := 0 // how many open elements may not hold a link
	for i := range out.Pieces {
		if p := &out.Pieces[i]; p.HTML != "" {
			p.HTML = c.explainedIn(b, p.HTML, told, &closed)
		}
	}
	return &out
}

// explainedIn does so in one piece of the text.
func (c Context) explainedIn(b *Base, text template.HTML, told map[*standard.Term]bool, closed *int) template.HTML {
	var w strings.Builder
	if !strings.Contains(string(text), "<") { // most pieces: no tokenizer with its buffer
		if *closed > 0 {
			return text
		}
		c.explain(&w, b, string(text), told)
		return template.HTML(w.String())
	}
	z := html.NewTokenizer(strings.NewReader(string(text)))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return template.HTML(w.String())
		case html.TextToken:
			raw := string(z.Raw())
			if *closed > 0 {
				w.WriteString(raw)
				continue
			}
			c.explain(&w, b, raw, told)
		case html.StartTagToken:
			raw := string(z.Raw())
			if name, _ := z.TagName(); noTerms[string(name)] {
				*closed++
			}
			w.WriteString(raw)
		case html.EndTagToken:
			raw := string(z.Raw())
			if name, _ := z.TagName(); noTerms[string(name)] {
				*closed--
			}
			w.WriteString(raw)
		default:
			w.Write(z.Raw())
		}
	}
}

// noTerms are the elements inside of which no term is explained.
var noTerms = map[string]bool{
	"a": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "code": true, "pre": true, "table": true, "svg": true, "mark": true, "span": true, "figure": true,
}

// explain writes a piece of escaped text with the terms that it is first to name.
func (c Context) explain(w *strings.Builder, b *Base, text string, told map[*standard.Term]bool) {
	for len(text) > 0 {
		at, found := -1, termName{}
		for _, t := range termNames() {
			if told[t.term] {
				continue
			}
			if i := strings.Index(text, t.name); i >= 0 && (at < 0 || i < at) {
				at, found = i, t
			}
		}
		if at < 0 {
			w.WriteString(text)
			return
		}
		told[found.term] = true
		w.WriteString(text[:at])
		w.WriteString(`<a class="term" href="` + html.EscapeString(b.in(GlossaryPath)+"#"+termID(found.term.ZH)) + `" title="` + html.EscapeString(found.term.Plain.In(c.Lang)) + `">` + found.name + `</a>`)
		text = text[at+len(found.name):]
	}
}

// termByName finds a term by its whole name in any language.
var termByName = sync.OnceValue(func() map[string]*standard.Term {
	out := map[string]*standard.Term{}
	terms := standard.Glossary()
	for i := range terms {
		for _, name := range append([]string{terms[i].ZH, strings.ToLower(terms[i].EN)}, terms[i].Synonyms...) {
			if out[name] == nil {
				out[name] = &terms[i]
			}
		}
	}
	return out
})

// term is where a label is explained: nil unless the whole of it, but for a unit
// in brackets, is a term of the glossary.
func (c Context) term(text string) *Link {
	if c.page == nil {
		return nil
	}
	name, _, _ := strings.Cut(text, "（")
	name, _, _ = strings.Cut(name, " (")
	t := termByName()[strings.ToLower(name)]
	if t == nil {
		t = termByName()[text]
	}
	if t == nil {
		return nil
	}
	return &Link{Href: c.page.in(GlossaryPath) + "#" + termID(t.ZH), Title: t.Plain.In(c.Lang)}
}

// column heads a column of numbers.
func (c Context) column(label string) Column {
	return Column{Label: label, Numeric: true, Term: c.term(label)}
}

// named makes the cell of a name that may be a term.
func (c Context) named(name string) Cell { return Cell{Text: name, Term: c.term(name)} }

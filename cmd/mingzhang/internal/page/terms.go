package page

import (
	"cmp"
	"html/template"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/net/html"

	"mingzhang/cmd/mingzhang/internal/standard"
)

// termNames lists the names of the glossary by how they begin, the longest
// first, so that 政府采购 is not taken out of a longer term.
var termNames = sync.OnceValue(func() map[[lead]byte][]termName {
	var out []termName
	terms := standard.Glossary()
	for i := range terms {
		for _, name := range append([]string{terms[i].ZH}, terms[i].Synonyms...) {
			if len([]rune(name)) > 2 { // shorter ones stand inside too many other words
				out = append(out, termName{name, &terms[i], termID(terms[i].ZH)})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b termName) int { return len(b.name) - len(a.name) })
	by := map[[lead]byte][]termName{}
	for _, t := range out {
		k := [lead]byte([]byte(t.name))
		by[k] = append(by[k], t)
	}
	return by
})

// mayLead tells the starts of texts at which no name of the glossary stands, but
// for a few: nearly all places of a text are passed by looking here.
var mayLead = sync.OnceValue(func() *[1 << 12]bool {
	var out [1 << 12]bool
	for k := range termNames() {
		out[leadHash(k[0], k[1], k[2])] = true
	}
	return &out
})

func leadHash(a, b, c byte) uint16 {
	return (uint16(a)<<8 ^ uint16(b)<<6 ^ uint16(c)) & (1<<12 - 1)
}

// lead is how many bytes of a name it is looked up by: no name is shorter.
const lead = 3

type termName struct {
	name string
	term *standard.Term
	id   string // see termID
}

// explained makes the first mention of each term of the glossary in a text a
// link to its explanation, and returns it. Headings, links, tables and code are left
// alone.
func (c Context) explained(b *Base, n *Narrative) *Narrative {
	if n == nil {
		return nil
	}
	told := map[*standard.Term]bool{}
	closed := 0 // how many open elements may not hold a link
	for i := range n.Pieces {
		if p := &n.Pieces[i]; p.HTML != "" {
			p.HTML = c.explainedIn(b, p.HTML, told, &closed)
		}
	}
	return n
}

// explainedIn does so in one piece of the text. Its markup has come through the
// sanitiser: every sign < or > in it begins or ends a tag, which has its name in
// small letters.
func (c Context) explainedIn(b *Base, text template.HTML, told map[*standard.Term]bool, closed *int) template.HTML {
	var w strings.Builder
	w.Grow(len(text) + 64)
	for rest := string(text); rest != ""; {
		plain, tag := rest, ""
		if i := strings.IndexByte(rest, '<'); i >= 0 {
			plain, tag = rest[:i], rest[i:]
			tag = tag[:cmp.Or(strings.IndexByte(tag, '>')+1, len(tag))]
		}
		rest = rest[len(plain)+len(tag):]
		if *closed > 0 {
			w.WriteString(plain)
		} else {
			c.explain(&w, b, plain, told)
		}
		w.WriteString(tag)
		if name, end := tagName(tag); noTerms[name] {
			if end {
				*closed--
			} else {
				*closed++
			}
		}
	}
	return template.HTML(w.String())
}

// tagName names the element of a tag and tells whether it ends there.
func tagName(tag string) (name string, end bool) {
	name, end = strings.CutPrefix(strings.TrimPrefix(tag, "<"), "/")
	if i := strings.IndexAny(name, " />"); i >= 0 {
		name = name[:i]
	}
	return name, end
}

// noTerms are the elements inside of which no term is explained.
var noTerms = map[string]bool{
	"a": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "code": true, "pre": true, "table": true, "svg": true, "mark": true, "span": true, "figure": true,
}

// explain writes a piece of escaped text with the terms that it is first to name.
func (c Context) explain(w *strings.Builder, b *Base, text string, told map[*standard.Term]bool) {
	for {
		at, found := firstTerm(text, told)
		if at < 0 {
			w.WriteString(text)
			return
		}
		told[found.term] = true
		w.WriteString(text[:at])
		w.WriteString(`<a class="term" href="` + html.EscapeString(b.in(GlossaryPath)+"#"+found.id) + `" title="` + html.EscapeString(found.term.Plain.In(c.Lang)) + `">` + found.name + `</a>`)
		text = text[at+len(found.name):]
	}
}

// firstTerm finds the first term of a text that was not told yet; it stands at -1
// where there is none.
func firstTerm(text string, told map[*standard.Term]bool) (int, termName) {
	names, may := termNames(), mayLead()
	for i := 0; i+lead <= len(text); i++ {
		if !utf8.RuneStart(text[i]) || !may[leadHash(text[i], text[i+1], text[i+2])] {
			continue
		}
		for _, t := range names[[lead]byte([]byte(text[i:i+lead]))] {
			if strings.HasPrefix(text[i:], t.name) && !told[t.term] {
				return i, t
			}
		}
	}
	return -1, termName{}
}

// termByName finds a term by its whole name in any language.
var termByName = sync.OnceValue(func() map[string]termName {
	out := map[string]termName{}
	terms := standard.Glossary()
	for i := range terms {
		for _, name := range append([]string{terms[i].ZH, strings.ToLower(terms[i].EN)}, terms[i].Synonyms...) {
			if out[name].term == nil {
				out[name] = termName{name, &terms[i], termID(terms[i].ZH)}
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
	if t.term == nil {
		t = termByName()[text]
	}
	if t.term == nil {
		return nil
	}
	return &Link{Href: c.page.in(GlossaryPath) + "#" + t.id, Title: t.term.Plain.In(c.Lang)}
}

// column heads a column of numbers.
func (c Context) column(label string) Column {
	return Column{Label: label, Numeric: true, Term: c.term(label)}
}

// named makes the cell of a name that may be a term.
func (c Context) named(name string) Cell { return Cell{Text: name, Term: c.term(name)} }

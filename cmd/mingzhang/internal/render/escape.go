package render

import (
	"html/template"
	"strings"
	"text/template/parse"
)

// html/template calls one function after the other, each by reflection, on what
// an action gives: three for the address of a link. Nearly always what comes out
// is what went in. The functions here look at a text once and write it onto the
// page; whatever is not a plain text goes the library's way.

// escaper is a kind of place in a page where a text is escaped.
type escaper struct {
	chain  string // the library's functions for such a place
	name   string // of ours, which takes theirs
	plain  func(string) bool
	around string // a template with such a place, for all that is not plain
}

// content is the library's function between elements, which lets markup pass.
const content = "htmlescaper"

var escapers = []escaper{
	{content, "_text" + intoPage, plainText, `<p>{{.}}</p>`},
	{"rcdataescaper", "_title" + intoPage, plainText, `<title>{{.}}</title>`},
	{"attrescaper", "_attr" + intoPage, plainText, `<p title="{{.}}">`},
	{"urlfilter urlnormalizer attrescaper", "_link" + intoPage, plainAddress, `<a href="{{.}}">`},
}

// plainText reports whether a text has no letter that the library writes
// otherwise in content or in a quoted attribute.
func plainText(s string) bool {
	for i := range len(s) {
		switch s[i] {
		case 0, '"', '&', '\'', '+', '<', '>':
			return false
		}
	}
	return true
}

// plainAddress reports whether an address has only letters that mean themselves
// wherever they stand, and no scheme.
func plainAddress(s string) bool {
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && c != '-' && c != '.' && c != '/' && c != '_' && c != '#' {
			return false
		}
	}
	return true
}

// into returns the function that writes to a page.
func (e escaper) into(w *writer) func(any) (string, error) {
	before, after, _ := strings.Cut(e.around, "{{.}}")
	around := template.Must(template.New("").Parse(e.around))
	content := e.chain == content
	return func(v any) (string, error) {
		switch s := v.(type) {
		case string:
			if e.plain(s) {
				w.WriteString(s)
				return "", nil
			}
		case template.HTML:
			if content {
				w.WriteString(string(s))
				return "", nil
			}
		}
		var b strings.Builder
		if err := around.Execute(&b, v); err != nil {
			return "", err
		}
		w.WriteString(strings.TrimSuffix(strings.TrimPrefix(b.String(), before), after))
		return "", nil
	}
}

// library is what the names of html/template's own functions begin with.
const library = "_html_template_"

// swift puts one of our functions in the place of the library's. The pipe has
// been escaped.
func swift(p *parse.PipeNode) {
	n := len(p.Cmds)
	for n > 1 && strings.HasPrefix(function(p.Cmds[n-1]), library) {
		n--
	}
	var names []string
	for _, c := range p.Cmds[n:] {
		names = append(names, strings.TrimPrefix(function(c), library))
	}
	chain := strings.Join(names, " ")
	for _, e := range escapers {
		if e.chain == chain {
			p.Cmds[n].Args[0].(*parse.IdentifierNode).Ident = e.name
			p.Cmds = p.Cmds[:n+1]
		}
	}
}

package paper

import (
	"bytes"
	"regexp"
	"strconv"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A contents list on paper says on which page each entry begins. Style sheets
// cannot: target-counter is in no browser. So a page is printed twice. The copy
// that is printed first has an empty number behind each entry; the document says
// on which page the entries' targets came to lie; the second copy carries the
// numbers, which take the same room.

// unnumbered is what stands for a number at first.
const unnumbered = "00"

var folios = regexp.MustCompile(`<span class="folio" data-of="([^"]+)">[^<]*</span>`)

// folio puts an empty number behind a link of the contents.
func folio(n *html.Node) {
	id := attr(n, "href")[1:]
	span := &html.Node{Type: html.ElementNode, Data: "span", DataAtom: atom.Span, Attr: []html.Attribute{{Key: "class", Val: "folio"}, {Key: "data-of", Val: id}}}
	span.AppendChild(&html.Node{Type: html.TextNode, Data: unnumbered})
	n.Parent.InsertBefore(span, n.NextSibling)
}

// numbered writes the numbers of pages into a copy. Entries whose page is not
// known lose their place.
func numbered(page []byte, pages map[string]int) []byte {
	return folios.ReplaceAllFunc(page, func(old []byte) []byte {
		id := string(folios.FindSubmatch(old)[1])
		n := ""
		if p := pages[id]; p > 0 {
			n = strconv.Itoa(p)
		}
		return []byte(`<span class="folio" data-of="` + id + `">` + n + `</span>`)
	})
}

var (
	catalogPages = regexp.MustCompile(`/Pages (\d+) 0 R`)
	catalogDests = regexp.MustCompile(`/Dests (\d+) 0 R`)
	kids         = regexp.MustCompile(`/Kids \[([^\]]*)\]`)
	reference    = regexp.MustCompile(`(\d+) 0 R`)
	destination  = regexp.MustCompile(`/([^\s/\[\]<>()]+) \[(\d+) 0 R /XYZ`)
)

// landings reads from a document on which page, counted from 1, each named place
// of it lies. It reads what Chromium writes: objects in the open, names of places
// as a dictionary. A document of another make gives nothing.
func landings(pdf []byte) map[string]int {
	start := bytes.LastIndex(pdf, []byte("/Type /Catalog"))
	if start < 0 {
		return nil
	}
	catalog := pdf[start:]
	top, dests := catalogPages.FindSubmatch(catalog), catalogDests.FindSubmatch(catalog)
	if top == nil || dests == nil {
		return nil
	}
	number := map[string]int{}
	var walk func(id string, depth int)
	walk = func(id string, depth int) {
		body := object(pdf, id)
		list := kids.FindSubmatch(body)
		if list == nil || depth > 32 {
			number[id] = len(number) + 1
			return
		}
		for _, kid := range reference.FindAllSubmatch(list[1], -1) {
			walk(string(kid[1]), depth+1)
		}
	}
	walk(string(top[1]), 0)
	out := map[string]int{}
	for _, d := range destination.FindAllSubmatch(object(pdf, string(dests[1])), -1) {
		if n := number[string(d[2])]; n > 0 {
			out[string(d[1])] = n
		}
	}
	return out
}

// object is the body of an object of a document, nil where it is not there.
func object(pdf []byte, id string) []byte {
	head := []byte("\n" + id + " 0 obj\n")
	start := bytes.Index(pdf, head)
	if start < 0 {
		return nil
	}
	body := pdf[start+len(head):]
	end := bytes.Index(body, []byte("\nendobj"))
	if end < 0 {
		return nil
	}
	return body[:end]
}

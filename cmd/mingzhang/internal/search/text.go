package search

import (
	"bytes"
	"encoding/json"
)

// Passage is a piece of a page that a result can lead to. Lines of its text are
// shown one by one: a row of a table is a line.
type Passage struct {
	Href    string // from the folder of the document
	Heading string
	Text    string
}

// Document is what a result is about: a department's year with all its pages, or
// a page of the site.
type Document struct {
	Key      string // its folder or address: huoli/2024
	Title    string
	Passages []Passage
}

// Entry is a department in the list of documents.
type Entry struct{ Slug, Name string }

func (d *Document) rows() [][3]string {
	rows := make([][3]string, len(d.Passages))
	for i, p := range d.Passages {
		rows[i] = [3]string{p.Href, p.Heading, p.Text}
	}
	return rows
}

// Text writes a document as a script.
func Text(d Document) []byte {
	return script("MZ.text", d.Key, d.Title, d.rows())
}

// Directory writes what the search page loads first: the departments, the
// documents of the index as pairs of a department's place in that list and a
// year, and the pages of the site itself, which are few enough to be looked
// through as they are.
func Directory(shards int, departments []Entry, order [][2]int, site []Document) []byte {
	list := make([][2]string, len(departments))
	for i, d := range departments {
		list[i] = [2]string{d.Slug, d.Name}
	}
	pages := make([]any, len(site))
	for i, d := range site {
		pages[i] = []any{d.Key, d.Title, d.rows()}
	}
	return script("MZ.directory", shards, list, order, pages)
}

// script writes a call with its arguments as JSON. Signs that would end a script
// or a line of it are written as escapes, as package json does.
func script(function string, args ...any) []byte {
	var b bytes.Buffer
	b.WriteString(function)
	b.WriteByte('(')
	for i, a := range args {
		if i > 0 {
			b.WriteByte(',')
		}
		data, err := json.Marshal(a)
		if err != nil {
			panic("search: " + err.Error()) // texts and numbers only
		}
		b.Write(data)
	}
	b.WriteString(");\n")
	return b.Bytes()
}

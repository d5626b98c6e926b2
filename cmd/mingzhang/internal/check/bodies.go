package check

import (
	"strings"

	"mingzhang/cmd/mingzhang/internal/label"
)

// Bodies finds the departments that a text names. A site may have thousands, and
// every line above a table is asked, so that names are looked up by how they
// begin.
type Bodies struct{ byLead map[string][]body }

// body is a department by its full name.
type body struct {
	name, folded string
	order        int // in the directory
}

// NewBodies lists departments by their full names, in the order of the directory.
func NewBodies(names []string) *Bodies {
	b := &Bodies{map[string][]body{}}
	for i, n := range names {
		folded := label.Fold(n)
		if k := lead(folded); k != "" {
			b.byLead[k] = append(b.byLead[k], body{n, folded, i})
		}
	}
	return b
}

// lead is the first four characters of a text, "" where there are fewer: shorter
// names stand inside too many other words.
func lead(s string) string {
	n := 0
	for i := range s {
		if n == 4 {
			return s[:i]
		}
		n++
	}
	if n == 4 {
		return s
	}
	return ""
}

// named returns the first department of the directory that a folded text names,
// leaving out those whose name is a part of the own one; "" where there is none.
func (b *Bodies) named(text, own string) string {
	var found *body
	for i := range text {
		list := b.byLead[lead(text[i:])]
		for k := range list {
			if o := &list[k]; strings.HasPrefix(text[i:], o.folded) && (found == nil || o.order < found.order) && !strings.Contains(own, o.name) {
				found = o
			}
		}
	}
	if found == nil {
		return ""
	}
	return found.name
}

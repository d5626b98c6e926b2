package site

import (
	"slices"

	"mingzhang/cmd/mingzhang/internal/claim"
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/search"
)

// profile is what a department says of itself over the years, held against the
// figures of its newest year.
type profile struct {
	text     *manuscript
	findings diag.List
	terms    search.Terms // found with the newest year
	reads    *reads
	newest   *member // nil for a department without years
}

// profile reads a department's profile.
func (s *Site) profile(d *fiscal.Department, newest *member) *profile {
	p := &profile{reads: newReads(s.fsys), newest: newest}
	doc, found := text(p.reads, profilePath(d))
	p.findings.Add(found...)
	if doc == nil {
		return p
	}
	var book *claim.Book
	if newest != nil {
		book = claim.NewBook(s.load(newest).dy.Book, newest.year)
	}
	p.text, found = s.write(p.reads, doc, book, 0, d.Slug+"/")
	p.findings.Add(found...)
	p.findings.Add(personal(doc)...)
	if s.indexed() {
		p.terms = search.TermsOf(slices.Values([]string{string(doc.Body)}))
	}
	return p
}

// still returns the profile as one of a later work if nothing that it was made
// from has changed, else nil: its own files, the figures of the newest year and
// those of the years before that, to which its numbers may refer.
func (p *profile) still(newest *member, now *since) *profile {
	if p == nil || now.years && p.text.linked() || now.touched(p.reads) || !p.newest.sameFigures(newest) {
		return nil
	}
	c := *p
	c.newest = newest
	return &c
}

// sameFigures reports whether two states of a department-year, and of the years
// with which they are compared, hold the same figures.
func (m *member) sameFigures(o *member) bool {
	if m == nil || o == nil || m == o {
		return m == o
	}
	return m.year == o.year && m.basis == o.basis &&
		slices.EqualFunc(m.before, o.before, func(a, b *member) bool { return a.basis == b.basis })
}

package site

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"sync"

	"mingzhang/cmd/mingzhang/internal/discover"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/page"
	"mingzhang/cmd/mingzhang/internal/search"
)

// Output is a file of the site and how to make it. Making it twice gives the
// same bytes.
type Output struct {
	Path string // slash-separated, from the site's top
	Make func() ([]byte, error)
	// Write, unless nil, writes the file piece by piece: it grows with the site.
	Write func(io.Writer) error

	// From names what the file is made from, besides the program and what
	// concerns the whole site, so that a file made from the same need not be made
	// again; nil where that costs as much as making it, "" where it is not known.
	From func() string
	// Lent tells that a build may give the bytes back to package spare when the
	// sink has taken them: nobody else holds them.
	Lent bool
	// Digest, unless nil, is told the SHA-256 of the file by a build that makes it.
	Digest func(sha256 string)

	stuff stuff // nil for a file that shares none
}

// stuff is what neighbouring outputs are made of and what costs much to make.
type stuff interface {
	// keep tells whether what was made for one output is to be kept for the next.
	keep(bool)
}

// Group is neighbouring outputs that are made of the same stuff: made by Each, one
// after another, they have it made once.
type Group []Output

// Groups cuts outputs into groups.
func Groups(list []Output) []Group {
	var out []Group
	for i, from := 1, 0; i <= len(list); i++ {
		if i < len(list) && list[i].stuff != nil && list[i].stuff == list[from].stuff {
			continue
		}
		out = append(out, list[from:i])
		from = i
	}
	return out
}

// Each does something with each output until that fails.
func (g Group) Each(do func(Output) error) error {
	if s := g[0].stuff; s != nil && len(g) > 1 {
		s.keep(true)
		defer s.keep(false)
	}
	for _, o := range g {
		if err := do(o); err != nil {
			return err
		}
	}
	return nil
}

// written is an output that is written piece by piece where the sink takes it so.
func written(path string, write func(io.Writer) error) Output {
	return Output{Path: path, Write: write, Make: func() ([]byte, error) {
		var b bytes.Buffer
		err := write(&b)
		return b.Bytes(), err
	}}
}

// file is an output that needs no theme and cannot fail.
func file(path string, make func() []byte) Output {
	return Output{Path: path, Make: func() ([]byte, error) { return make(), nil }}
}

// lent is a file whose bytes nobody holds.
func lent(path string, make func() []byte) Output {
	o := file(path, make)
	o.Lent = true
	return o
}

// context is what pages of a language are made with.
func (s *Site) context(l lang.Lang) page.Context {
	return page.Context{Lang: l, Config: s.Config, Version: s.opts.Version, Feed: s.feedName(), Search: s.searchName(), PDF: s.paper}
}

// searchName is the name of the search's description, which needs an address.
func (s *Site) searchName() string {
	if s.Config.BaseURL == "" {
		return ""
	}
	return discover.OpenSearchName
}

// page is the output of a page at an address inside its language's folder.
func (s *Site) page(l lang.Lang, address string, make func(page.Context) (page.Page, error)) Output {
	d := s.draft(l, address, make)
	return Output{Path: d.name, Make: d.html, Lent: true}
}

// pages is the same page in every language, with JSON beside that of the main
// one.
func (s *Site) pages(address string, make func(page.Context) (page.Page, error)) []Output {
	var out []Output
	for i, l := range s.Config.Langs() {
		d := s.draft(l, address, make)
		out = append(out, Output{Path: d.name, Make: d.html, Lent: true, stuff: d})
		if name, ok := page.DataFile(d.name); ok && i == 0 {
			out = append(out, Output{Path: name, Make: d.json, Lent: true, stuff: d})
		}
	}
	return out
}

// draft is a page before it is written, for people and for machines. Making its
// struct is half of the work.
type draft struct {
	site *Site
	c    page.Context
	name string // of the HTML file
	make func(page.Context) (page.Page, error)

	mu   sync.Mutex
	kept bool
	page page.Page // while it is kept
}

func (s *Site) draft(l lang.Lang, address string, make func(page.Context) (page.Page, error)) *draft {
	c := s.context(l)
	return &draft{site: s, c: c, name: c.File(address), make: make}
}

func (d *draft) keep(on bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.kept, d.page = on, nil
}

// take returns the page that is kept, or makes it. One that is kept is whole;
// another may be made with no more than uses names.
func (d *draft) take(uses func(kind, name string) bool) (page.Page, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.page != nil {
		return d.page, nil
	}
	c := d.c
	if !d.kept {
		c.Uses = uses
	}
	p, err := d.make(c)
	if err != nil {
		return nil, err
	}
	if at := page.File(p.Head().Path); at != d.name {
		return nil, fmt.Errorf("page %s was announced as %s", at, d.name)
	}
	if d.kept {
		d.page = p
	}
	return p, nil
}

func (d *draft) html() ([]byte, error) {
	p, err := d.take(d.site.Theme.Uses)
	if err != nil {
		return nil, err
	}
	data, err := d.site.Theme.Page(d.c.Lang, p.Head().Kind, p)
	if err != nil {
		return nil, fmt.Errorf("page %s: %w", d.name, err)
	}
	return data, nil
}

func (d *draft) json() ([]byte, error) {
	p, err := d.take(nil)
	if err != nil {
		return nil, err
	}
	return page.JSON(p), nil
}

// FamilyOutputs lists the files of a family.
func (s *Site) FamilyOutputs(w *Work) []Output {
	var out []Output
	for _, m := range w.years {
		out = append(out, s.memberOutputs(w, m, s.load(m))...)
	}
	for _, d := range w.Family.Departments {
		out = append(out, s.departmentOutputs(d, w)...)
	}
	return out
}

// memberOutputs lists the files of a department-year of a family.
func (s *Site) memberOutputs(w *Work, m *member, yr *year) []Output {
	out := append(s.yearOutputs(yr, w.before(m)), s.textOutput(yr, w))
	for i := range out {
		if out[i].Path == page.JSONPath(m.department.Slug, m.year) {
			out[i].Digest = func(sha256 string) { w.summary(m).Proofs = sha256 }
		}
	}
	return out
}

// summary is what site-wide pages are told of a department-year.
func (w *Work) summary(m *member) *page.Summary {
	list := w.Summaries[m.department]
	return list[slices.IndexFunc(list, func(s *page.Summary) bool { return s.Year == m.year })]
}

// before is what a page shows of the department's years before its own, oldest
// first. It shows no year after its own, so that it stays as it was published.
func (w *Work) before(m *member) []page.EarlierYear {
	var out []page.EarlierYear
	for _, s := range w.Summaries[m.department] {
		if s.Year < m.year {
			out = append(out, s.Earlier())
		}
	}
	slices.SortFunc(out, func(a, b page.EarlierYear) int { return a.Year - b.Year })
	return out
}

// textOutput is what a department-year says, for the search. The department's
// profile is found with its newest year.
func (s *Site) textOutput(yr *year, w *Work) Output {
	dy := yr.dy
	return Output{Path: page.TextPath(dy.Department.Slug, dy.Year), Lent: true, Make: func() ([]byte, error) {
		var profile *page.Manuscript
		if w.Summaries[dy.Department][0].Year == dy.Year {
			profile = w.profiles[dy.Department].text.printed()
		}
		return search.Text(s.context(s.Config.Langs()[0]).SearchDocument(dy, yr.score, yr.text.printed(), profile)), nil
	}}
}

// yearOutputs lists the files of a department-year; earlier are the department's
// years before it.
func (s *Site) yearOutputs(yr *year, earlier []page.EarlierYear) []Output {
	return append(s.yearData(yr), s.yearPages(yr, earlier)...)
}

// yearPages lists those that are pages, and what a text takes along.
func (s *Site) yearPages(yr *year, earlier []page.EarlierYear) []Output {
	dy := yr.dy
	slug := dy.Department.Slug
	var out []Output
	out = append(out, s.pages(page.ProofPath(slug, dy.Year), func(c page.Context) (page.Page, error) { return c.NewProof(dy), nil })...)
	out = append(out, s.pages(page.YearPath(slug, dy.Year), func(c page.Context) (page.Page, error) {
		return c.NewYear(s.yearInput(yr, earlier, c.Lang)), nil
	})...)
	out = append(out, s.attachments(yr.text)...)
	out = append(out, s.pages(page.ChecksPath(slug, dy.Year), func(c page.Context) (page.Page, error) {
		return c.NewChecks(dy, yr.outcomes, s.Rules.Unanswered, yr.accepted(c.Lang), yr.text.counted()), nil
	})...)
	if yr.score != nil || len(yr.projects) > 0 {
		out = append(out, s.pages(page.ScorePath(slug, dy.Year), func(c page.Context) (page.Page, error) {
			return c.NewScore(dy, yr.score, yr.projects), nil
		})...)
	}
	for _, st := range dy.Statements {
		out = append(out, s.pages(page.StatementPath(slug, dy.Year, st.Form.ID), func(c page.Context) (page.Page, error) {
			return c.NewStatement(dy, st, yr.compared[st], yr.sums(st, c.Lang), dy.Statements), nil
		})...)
	}
	return out
}

// OnPaper makes the pages of department-years link to their documents; whoever
// asks for it makes them (see Sheets).
func (s *Site) OnPaper() { s.paper = true }

// Sheet is a page that is published on paper too.
type Sheet struct{ Page, PDF string }

// Sheets lists the pages of department-years, in the site's main language, and
// where their documents stand.
func (s *Site) Sheets() []Sheet {
	main := page.Context{Lang: s.Config.Langs()[0], Config: s.Config}
	var out []Sheet
	for _, d := range s.Departments.List {
		for _, y := range s.years[d] {
			out = append(out, Sheet{main.File(page.YearPath(d.Slug, y)), page.PDFPath(d.Slug, y)})
		}
	}
	return out
}

// yearInput gathers what a department-year's page is made from.
func (s *Site) yearInput(yr *year, earlier []page.EarlierYear, l lang.Lang) page.YearInput {
	in := page.YearInput{
		DY: yr.dy, Catalogue: s.Catalogue, Outcomes: yr.outcomes, Unanswered: len(s.Rules.Unanswered), Waived: yr.accepted(l), Narrative: yr.text.printed(),
		Years: s.years[yr.dy.Department], Earlier: earlier, Checklists: yr.checklists, Score: yr.score,
	}
	in.Claims = yr.text.counted()
	return in
}

// departmentOutputs lists the files of a department over its years.
func (s *Site) departmentOutputs(d *fiscal.Department, w *Work) []Output {
	summaries, profile := w.Summaries[d], w.profiles[d].text
	if len(summaries) == 0 && profile == nil {
		return nil
	}
	return append(s.pages(d.Slug+"/", func(c page.Context) (page.Page, error) {
		return c.NewDepartment(d, summaries, profile.printed()), nil
	}), s.attachments(profile)...)
}

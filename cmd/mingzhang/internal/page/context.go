package page

import (
	"slices"
	"strings"

	"mingzhang/cmd/mingzhang/internal/config"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// Context is what the pages of one language are made with.
type Context struct {
	Lang    lang.Lang
	Config  *config.Config
	Version string
	Feed    string // name of the feed at the site's top, empty when there is none
	Search  string // name of the description of the search, likewise
	PDF     bool   // department-years are published on paper too

	// Uses, unless nil, tells whether a template for a kind of page names a field or
	// a method: what costs much and is not named is left out of the page.
	Uses func(kind, name string) bool

	page *Base // the page that is being made, from which links are seen
}

// shows reports whether a page is made with one of some parts.
func (c Context) shows(b *Base, names ...string) bool {
	return c.Uses == nil || slices.ContainsFunc(names, func(name string) bool { return c.Uses(b.Kind, name) })
}

// on returns the context with links seen from a page.
func (c Context) on(b *Base) Context {
	c.page = b
	return c
}

// Langs lists the languages of the site, the main one first.
func (c Context) main() lang.Lang { return c.Config.Langs()[0] }

// File is the file of the page at an address inside the language's folder.
func (c Context) File(address string) string { return File(prefix(c.Lang, c.main()) + address) }

// say picks the text of the context's language.
func (c Context) say(zh, en string) string { return lang.Text{ZH: zh, EN: en}.In(c.Lang) }

// base starts a page at an address inside its language's folder.
func (c Context) base(kind, path, title, description string) Base {
	own := prefix(c.Lang, c.main())
	full := own + path
	cfg := c.Config
	b := Base{
		Kind: kind, Tag: c.Lang.Tag(), English: c.Lang == lang.EN, Title: title, Description: description,
		Path: full, Root: Up(full), Home: Up(full) + own + "index.html", own: own,
		Site: Site{
			Title: cfg.Name(c.Lang), Summary: lang.Text{ZH: cfg.Summary, EN: cfg.SummaryEN}.In(c.Lang),
			Publisher: lang.Text{ZH: cfg.Publisher, EN: cfg.PublisherEN}.In(c.Lang), Contact: cfg.Contact, AsOf: cfg.AsOf,
			License: Link{Text: cfg.License, Href: cfg.LicenseURL}, Government: Government(cfg.Government), Version: c.Version,
		},
		Published: cfg.AsOf,
	}
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		b.folder, b.file = path[:i], path[i+1:]
	}
	if cfg.BaseURL != "" {
		b.Canonical = cfg.BaseURL + "/" + full
	}
	b.head(title, description)
	if c.Feed != "" {
		b.Feed = b.Root + c.Feed
	}
	if c.Search != "" {
		b.OpenSearch = b.Root + c.Search
	}
	for _, l := range cfg.Langs() {
		if cfg.BaseURL != "" && len(cfg.Langs()) > 1 { // search engines take absolute addresses only
			b.Alternates = append(b.Alternates, Link{Href: cfg.BaseURL + "/" + prefix(l, c.main()) + path, Title: l.Tag()})
		}
		if l != c.Lang {
			name := lang.Text{ZH: "中文", EN: "English"}
			b.Other = append(b.Other, Link{Text: map[lang.Lang]string{lang.ZH: name.ZH, lang.EN: name.EN}[l], Href: Up(full) + File(prefix(l, c.main())+path), Title: l.Tag()})
		}
	}
	b.Crumbs = []Link{{Text: c.say("首页", "Home"), Href: b.Home}}
	return b
}

// in returns the address of a page of the same language, seen from this one.
func (b *Base) in(path string) string { return b.to(b.own + File(path)) }

// At is in for themes: the address of a section of the site from this page.
func (b *Base) At(path string) string { return b.in(path) }

// num prints a figure with the way to its proof. Numbers that stand under a
// unit's heading go without it.
func (c Context) num(f *figure.Figure, unit bool) *Num {
	if f == nil {
		return &Num{Text: money.NotReported.Name().In(c.Lang)}
	}
	n := c.newNum(f.Display(c.Lang), f)
	if unit && n.Known && f.Written == "" {
		n.Unit = f.Value.Unit.Name().In(c.Lang)
	}
	return n
}

// newNum is a number that stands for a figure. Pages have thousands, so they are
// made many at a time.
func (c Context) newNum(text string, f *figure.Figure) *Num {
	if c.page == nil {
		return &Num{Text: text, Known: f.Known(), of: f}
	}
	if len(c.page.nums) == 0 {
		c.page.nums = make([]Num, 32)
	}
	n := &c.page.nums[0]
	c.page.nums = c.page.nums[1:]
	*n = Num{Text: text, Known: f.Known(), Href: c.proof(f), of: f}
	return n
}

// proof is the way from the page to a figure's proof.
func (c Context) proof(f *figure.Figure) string {
	switch {
	case c.page == nil || f.Home == "":
		return ""
	case f.Home == c.page.folder: // as most are
		return c.page.beside(f.Address())
	}
	var space [256]byte
	b := append(append(append(space[:0], c.page.own...), f.Home...), '/')
	return c.page.way(f.AppendAddress(b))
}

// line prints arithmetic, each number linked to its proof.
func (c Context) line(l figure.Line) []Phrase {
	return c.lineTo(make([]Phrase, 0, len(l)), l)
}

// lineTo is line behind other phrases.
func (c Context) lineTo(out []Phrase, l figure.Line) []Phrase {
	for _, p := range l {
		if p.Figure == nil {
			out = append(out, Phrase{Text: p.Text})
			continue
		}
		out = append(out, Phrase{Num: c.newNum(p.Text, p.Figure)})
	}
	return out
}

// plainLine prints arithmetic as text.
func plainLine(l figure.Line) []Phrase { return []Phrase{{Text: l.String()}} }

// comparable prints a figure for a list over departments: money in 万元 whatever
// unit the department reports in, so that a column can be read down.
func (c Context) comparable(f *figure.Figure) *Num {
	n := c.num(f, false)
	if !f.Known() {
		return n
	}
	v := f.Value
	if v.Unit.Kind() == money.KindMoney {
		n.Text, n.Wan = v.As(money.WanYuan, 2).Display(c.Lang), v.Unit != money.WanYuan
	} else {
		n.Unit = v.Unit.Name().In(c.Lang)
	}
	return n
}

// listed prints a figure for a list over departments: in the unit that its
// definition asks for, or comparably.
func (c Context) listed(own bool, f *figure.Figure) *Num {
	if own {
		return c.num(f, true)
	}
	return c.comparable(f)
}

package page

import (
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
}

// Langs lists the languages of the site, the main one first.
func (c Context) main() lang.Lang { return c.Config.Langs()[0] }

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
	if cfg.BaseURL != "" {
		b.Canonical = cfg.BaseURL + "/" + full
	}
	for _, l := range cfg.Langs() {
		if l != c.Lang {
			name := lang.Text{ZH: "中文", EN: "English"}
			b.Other = append(b.Other, Link{Text: map[lang.Lang]string{lang.ZH: name.ZH, lang.EN: name.EN}[l], Href: Up(full) + prefix(l, c.main()) + path + "index.html", Title: l.Tag()})
		}
	}
	b.Crumbs = []Link{{Text: c.say("首页", "Home"), Href: b.Home}}
	return b
}

// in returns the address of a page of the same language, seen from this one.
func (b *Base) in(path string) string { return b.Root + b.own + index(path) }

// At is in for themes: the address of a section of the site from this page.
func (b *Base) At(path string) string { return b.in(path) }

// num prints a figure. Numbers that stand under a unit's heading go without it.
func (c Context) num(f *figure.Figure, unit bool) *Num {
	if f == nil {
		return &Num{Text: money.NotReported.Name().In(c.Lang)}
	}
	n := &Num{ID: f.ID, Text: f.Value.Display(c.Lang), Known: f.Value.Known()}
	if unit && f.Value.Known() {
		n.Unit = f.Value.Unit.Name().In(c.Lang)
	}
	if iv := f.Value.IntervalText(); iv != "" && f.Computed() {
		n.Title = c.say("舍入范围 ", "rounding interval ") + iv
	}
	return n
}

// comparable prints a figure for a list over departments: money in 万元 whatever
// unit the department reports in, so that a column can be read down.
func (c Context) comparable(f *figure.Figure) *Num {
	n := c.num(f, false)
	if !f.Known() {
		return n
	}
	v := f.Value
	if v.Unit.Kind() == money.KindMoney {
		n.Text = v.As(money.WanYuan, 2).Display(c.Lang)
	} else {
		n.Unit = v.Unit.Name().In(c.Lang)
	}
	return n
}

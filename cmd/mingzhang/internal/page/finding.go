package page

import (
	"strconv"
	"strings"

	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/indicator"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/search"
	"mingzhang/cmd/mingzhang/internal/standard"
)

// Search is the page on which a reader looks for words and numbers.
type Search struct {
	Base
	Own string // the folder of the page's language
}

// NewSearch makes the search page.
func (c Context) NewSearch() *Search {
	p := &Search{Base: c.base("search", SearchPath, c.say("搜索", "Search"), c.say("按词语、单位名称或数字查找全站", "Find words, departments and numbers on the whole site"))}
	p.Own = p.own
	p.Crumbs = append(p.Crumbs, Link{Text: p.Title, Here: true})
	return p
}

// SitemapPath is the address of the site map for readers.
const SitemapPath = "sitemap/"

// Sitemap lists what the site has: its sections, departments and years.
type Sitemap struct {
	Base
	Sections    []Link
	Departments []SitemapEntry
}

// SitemapEntry is a department with its years.
type SitemapEntry struct {
	Link
	Years []Link
}

// NewSitemap makes the site map. Summaries come in the order of the directory.
func (c Context) NewSitemap(deps []*fiscal.Department, list []*Summary) *Sitemap {
	p := &Sitemap{Base: c.base("sitemap", SitemapPath, c.say("网站地图", "Site map"), c.say("本站的栏目、部门和年度", "Sections, departments and years of the site"))}
	p.Crumbs = append(p.Crumbs, Link{Text: p.Title, Here: true})
	for _, s := range sectionsOfSite {
		p.Sections = append(p.Sections, Link{Text: s.name.In(c.Lang), Href: p.in(s.path), Title: s.what.In(c.Lang)})
	}
	years := map[*fiscal.Department][]Link{}
	for _, s := range list {
		years[s.Department] = append(years[s.Department], Link{Text: strconv.Itoa(s.Year), Href: p.in(YearPath(s.Department.Slug, s.Year))})
	}
	for _, d := range deps {
		own := years[d]
		if len(own) == 0 {
			continue
		}
		if len(years) > mapWithYears {
			own = nil
		}
		p.Departments = append(p.Departments, SitemapEntry{Link{Text: d.Name, Href: p.in(d.Slug + "/")}, own})
	}
	return p
}

// mapWithYears is up to how many departments the site map lists with their years;
// with more, the years are left to the departments' own pages.
const mapWithYears = 300

// sectionsOfSite are the site's own pages.
var sectionsOfSite = []struct {
	path       string
	name, what lang.Text
}{
	{"", lang.Text{ZH: "首页", EN: "Home"}, lang.Text{}},
	{"functions/", lang.Text{ZH: "按功能分类看支出", EN: "Spending by function"}, lang.Text{ZH: "钱花在什么事情上", EN: "what the money is for"}},
	{"economics/", lang.Text{ZH: "按经济分类看基本支出", EN: "Basic spending by economic class"}, lang.Text{ZH: "钱买了什么", EN: "what was bought"}},
	{ComparePath(0), lang.Text{ZH: "部门比较", EN: "Compare departments"}, lang.Text{ZH: "同一年度的各部门，可排序、筛选", EN: "all departments of a year, to sort and filter"}},
	{SidesPath, lang.Text{ZH: "两两比较", EN: "Side by side"}, lang.Text{ZH: "任选两个部门或两个年度", EN: "any two departments or years"}},
	{IndicatorsPath, lang.Text{ZH: "指标", EN: "Indicators"}, lang.Text{ZH: "每个指标的意思、算式和各部门各年度的数", EN: "what each means, its formula and all figures"}},
	{GlossaryPath, lang.Text{ZH: "名词解释", EN: "Glossary"}, lang.Text{ZH: "用大白话解释", EN: "in plain words"}},
	{MethodPath, lang.Text{ZH: "数字怎么来的", EN: "Method"}, lang.Text{ZH: "来源、计算、舍入、核对", EN: "origin, arithmetic, rounding, checks"}},
	{AccessibilityPath, lang.Text{ZH: "无障碍说明", EN: "Accessibility"}, lang.Text{}},
	{SearchPath, lang.Text{ZH: "搜索", EN: "Search"}, lang.Text{ZH: "按词语、单位名称或数字查找", EN: "words, departments and numbers"}},
}

// GlossaryPath is the address of the glossary.
const GlossaryPath = "glossary/"

// Glossary explains the terms of the pages.
type Glossary struct {
	Base
	Terms []Term
}

// Term is an entry of the glossary.
type Term struct {
	ID, Name, Other string // Other is the name in the other language
	Plain           string
	Synonyms        string
	Links           []Link // indicators of that name
}

// NewGlossary makes the glossary.
func (c Context) NewGlossary(cat *indicator.Catalogue) *Glossary {
	p := &Glossary{Base: c.base("glossary", GlossaryPath, c.say("名词解释", "Glossary"), c.say("预算、决算和绩效的说法，用大白话解释", "Terms of budgets, accounts and performance in plain words"))}
	p.Crumbs = append(p.Crumbs, Link{Text: p.Title, Here: true})
	byName := map[string]*indicator.Definition{}
	for _, defs := range [][]*indicator.Definition{cat.Facts, cat.Indicators} {
		for _, d := range defs {
			if d.Single() && !d.Constant() {
				byName[d.Name.ZH] = d
			}
		}
	}
	for _, t := range standard.Glossary() {
		term := Term{ID: termID(t.ZH), Name: t.Name().In(c.Lang), Other: t.EN, Plain: t.Plain.In(c.Lang), Synonyms: strings.Join(t.Synonyms, "、")}
		if c.Lang == lang.EN {
			term.Other = t.ZH
		}
		for _, name := range append([]string{t.ZH}, t.Synonyms...) {
			if d := byName[name]; d != nil {
				term.Links = append(term.Links, Link{Text: c.say("各部门的数：", "Figures: ") + d.Title().In(c.Lang), Href: p.in(IndicatorPath(d, nil, 0))})
			}
		}
		p.Terms = append(p.Terms, term)
	}
	return p
}

// termID is where a term stands on the glossary page.
func termID(zh string) string { return termSigns.Replace(zh) }

var termSigns = strings.NewReplacer("（", "", "）", "", " ", "-")

// SearchSite is the site's own pages as the search looks through them.
func (c Context) SearchSite(cat *indicator.Catalogue, about *Manuscript) []search.Document {
	var out []search.Document
	own := prefix(c.Lang, c.main())
	for _, defs := range [][]*indicator.Definition{cat.Indicators, cat.Facts} {
		for _, d := range defs {
			if !d.Constant() {
				out = append(out, search.Document{Key: own + IndicatorPath(d, nil, 0), Title: d.Title().In(c.Lang), Passages: []search.Passage{{Href: own + IndicatorPath(d, nil, 0), Text: d.Plain.In(c.Lang) + "\n" + cat.Describe(d, c.Lang)}}})
			}
		}
	}
	glossary := search.Document{Key: own + File(GlossaryPath), Title: c.say("名词解释", "Glossary")}
	for _, t := range standard.Glossary() {
		glossary.Passages = append(glossary.Passages, search.Passage{Href: own + File(GlossaryPath) + "#" + termID(t.ZH), Heading: t.Name().In(c.Lang), Text: t.Plain.In(c.Lang) + " " + strings.Join(t.Synonyms, "、")})
	}
	out = append(out, glossary)
	if about != nil {
		d := search.Document{Key: own + File(""), Title: c.Config.Name(c.Lang)}
		for _, s := range c.piecesOf(about) {
			d.Passages = append(d.Passages, search.Passage{Href: fragment(own+File(""), s.id, "main"), Heading: s.heading, Text: s.text})
		}
		out = append(out, d)
	}
	return out
}

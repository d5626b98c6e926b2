package site

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/indicator"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/page"
	"mingzhang/cmd/mingzhang/internal/proof"
	"mingzhang/cmd/mingzhang/internal/search"
)

// WideOutputs lists the files that look at all departments, and the theme's own.
// all are the summaries in the order of the directory, the newest year of a
// department first; files gives back figures.json of each department-year.
func (s *Site) WideOutputs(all []*page.Summary, files Made) []Output {
	totals, made := s.totalsOf(all), originsOf(all)
	out := s.wideData(all, totals, made, files) // the longest work begins first
	out = append(out, from(s.pages("", func(c page.Context) (page.Page, error) {
		return c.NewHome(all, totals, s.about.printed()), nil
	}), made.heads)...)
	out = append(out, s.attachments(s.about)...)
	for _, b := range totals {
		proofs := append(s.pages(b.Home+"/"+figure.ProofPage, func(c page.Context) (page.Page, error) { return c.NewTotals(b), nil }),
			file(b.Home+"/figures.json", func() []byte { return proof.WriteTotals(figure.Totals, "各部门合计", yearOf(b), b) }))
		out = append(out, from(proofs, made.year(yearOf(b)))...)
	}
	out = append(out, s.spendingOutputs(all, made)...)
	out = append(out, s.indicatorOutputs(all, made)...)
	out = append(out, s.compareOutputs(all, made)...)
	out = append(out, s.searchOutputs(all)...)
	out = append(out, s.pages(page.GlossaryPath, func(c page.Context) (page.Page, error) { return c.NewGlossary(s.Catalogue), nil })...)
	out = append(out, s.pages(page.MethodPath, func(c page.Context) (page.Page, error) { return c.NewMethod(), nil })...)
	out = append(out, s.pages(page.AccessibilityPath, func(c page.Context) (page.Page, error) { return c.NewAccessibility(), nil })...)
	out = append(out, s.pages(page.SitemapPath, func(c page.Context) (page.Page, error) {
		return c.NewSitemap(s.Departments.List, all), nil
	})...)
	out = append(out, s.page(s.Config.Langs()[0], page.NotFoundPath, func(c page.Context) (page.Page, error) { return c.NewNotFound(), nil }))
	for _, name := range slices.Sorted(maps.Keys(s.Theme.Assets)) {
		out = append(out, file("assets/"+name, func() []byte { return s.Theme.Assets[name] }))
	}
	return append(out, s.found(all, out)...)
}

// indicatorOutputs lists the pages of definitions: the list, and for each one
// page or, with many years or departments, several.
func (s *Site) indicatorOutputs(all []*page.Summary, made *origins) []Output {
	out := s.pages(page.IndicatorsPath, func(c page.Context) (page.Page, error) { return c.NewIndicators(s.Catalogue), nil })
	blocks := page.Blocks(all)
	place := -1 // of the definition in the catalogue
	for _, defs := range [][]*indicator.Definition{s.Catalogue.Facts, s.Catalogue.Indicators} {
		for _, d := range defs {
			place++
			if d.Constant() {
				continue // the same for everyone: nothing to compare
			}
			for i := range page.Pages(d, blocks) {
				pages := s.pages(page.IndicatorPath(d, blocks, i), func(c page.Context) (page.Page, error) {
					return c.NewIndicatorPage(s.Catalogue, d, all, blocks, i), nil
				})
				out = append(out, from(pages, made.figures([]int{place}, blocks[i]))...)
			}
		}
	}
	return out
}

// totalsOf makes the books of the years' totals over departments, the newest
// year first.
func (s *Site) totalsOf(all []*page.Summary) []*figure.Book {
	bodies := map[int][]indicator.Body{}
	for _, x := range all {
		if x.Department.Apart {
			continue
		}
		bodies[x.Year] = append(bodies[x.Year], indicator.Body{Key: x.Department.Slug, Name: lang.Same(x.Department.ShortName()), Find: x.Figure})
	}
	years := slices.Sorted(maps.Keys(bodies))
	slices.Reverse(years)
	out := make([]*figure.Book, len(years))
	_ = s.each(len(years), func(i int) error { // which cannot fail
		out[i] = indicator.Across(page.TotalsHome(years[i]), bodies[years[i]])
		return nil
	})
	return slices.DeleteFunc(out, func(b *figure.Book) bool { return len(b.All()) == 0 })
}

// spendingOutputs lists the pages of spending by function and by economic class:
// one for each year and, with many departments, one for each class.
func (s *Site) spendingOutputs(all []*page.Summary, made *origins) []Output {
	var out []Output
	years := page.Years(all)
	if len(years) == 0 {
		years = []int{0}
	}
	for _, k := range spendingKinds {
		rows := s.Catalogue.Places(func(d *indicator.Definition) bool { return d.Each == k.Fact })
		for i, y := range years {
			shown := sync.OnceValue(made.figures(rows, []int{y}))
			for _, class := range page.SpendingPages(k, all, y) {
				address := page.SpendingPath(k, y, class)
				if i == 0 && class == "" {
					address = page.SpendingPath(k, 0, "")
				}
				pages := s.pages(address, func(c page.Context) (page.Page, error) {
					return c.NewSpending(k, all, s.Catalogue.Names, y, class), nil
				})
				out = append(out, from(pages, shown)...)
			}
		}
	}
	return out
}

// compareOutputs lists the comparison of each year and the page of two sides.
func (s *Site) compareOutputs(all []*page.Summary, made *origins) []Output {
	out := s.pages(page.SidesPath, func(c page.Context) (page.Page, error) { return c.NewSides(s.Catalogue), nil })
	years := page.Years(all)
	if len(years) == 0 {
		years = []int{0}
	}
	for i, y := range years {
		address := page.ComparePath(y)
		if i == 0 {
			address = page.ComparePath(0)
		}
		pages := s.pages(address, func(c page.Context) (page.Page, error) { return c.NewCompare(s.Catalogue, all, y), nil })
		out = append(out, from(pages, made.year(y))...)
	}
	return out
}

// searchOutputs lists the search page and the parts of the index. Results come
// in the order of the index: the newest year first, departments in the order of
// the directory.
func (s *Site) searchOutputs(all []*page.Summary) []Output {
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b *page.Summary) int { return b.Year - a.Year })
	at := map[*fiscal.Department]int{}
	var departments []search.Entry
	for _, d := range s.Departments.List {
		at[d] = len(departments)
		departments = append(departments, search.Entry{Slug: d.Slug, Name: d.Name})
	}
	terms, order := make([]search.Terms, len(sorted)), make([][2]int, len(sorted))
	for i, x := range sorted {
		terms[i], order[i] = x.Terms, [2]int{at[x.Department], x.Year}
	}
	out := s.pages(page.SearchPath, func(c page.Context) (page.Page, error) { return c.NewSearch(), nil })
	for _, l := range s.Config.Langs() {
		c := s.context(l)
		out = append(out, Output{Path: c.File(page.SearchPath + "directory.js"), Make: func() ([]byte, error) {
			return search.Directory(search.Shards(len(terms)), departments, order, c.SearchSite(s.Catalogue, s.about.printed())), nil
		}})
	}
	index := search.NewIndex(terms)
	from := sync.OnceValue(index.From)
	for i := range search.Shards(len(terms)) {
		shard := file(fmt.Sprintf("%si/%d.js", page.SearchPath, i), func() []byte { return index.Shard(i) })
		shard.From = func() string { return from()[i] }
		out = append(out, shard)
	}
	return out
}

// indexed reports whether somebody may ask for the parts of the index.
func (s *Site) indexed() bool { return !s.findings && !s.opts.NoIndex }

// yearOf is the year of a book of totals.
func yearOf(b *figure.Book) int {
	y, _ := strconv.Atoi(b.Home[len(figure.Totals)+1:]) // made by TotalsHome
	return y
}

// Summaries puts the summaries of all families into the order of the directory.
func (s *Site) Summaries(works []*Work) []*page.Summary {
	of := map[string][]*page.Summary{}
	for _, w := range works {
		for _, d := range w.Family.Departments {
			of[d.Slug] = w.Summaries[d]
		}
	}
	var all []*page.Summary
	for _, d := range s.Departments.List {
		all = append(all, of[d.Slug]...)
	}
	return all
}

// spendingKinds are the classifications by which spending is shown over all
// departments.
var spendingKinds = []page.SpendingKind{
	{ID: "functions", Fact: "function", Name: lang.Text{ZH: "各部门支出（按功能分类）", EN: "Spending by function"}},
	{ID: "economics", Fact: "economic", Name: lang.Text{ZH: "各部门基本支出（按经济分类）", EN: "Basic spending by economic class"}},
}

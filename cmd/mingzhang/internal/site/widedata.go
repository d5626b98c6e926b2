package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"

	"mingzhang/cmd/mingzhang/internal/datapackage"
	"mingzhang/cmd/mingzhang/internal/discover"
	"mingzhang/cmd/mingzhang/internal/export"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/page"
	"mingzhang/cmd/mingzhang/internal/proof"
	"mingzhang/cmd/mingzhang/internal/reference"
	"mingzhang/cmd/mingzhang/internal/spare"
	"mingzhang/cmd/mingzhang/internal/tidy"
)

// wideData lists the files for machines that look at all departments. The long
// tables are made from the published figures.json files, a part at a time, so
// that no more than a part is ever in memory.
func (s *Site) wideData(all []*page.Summary, totals []*figure.Book, made *origins, files Made) []Output {
	parts := s.parts(all)
	out := s.longTables(parts, files)
	var described []datapackage.Part
	for _, p := range parts {
		described = append(described, p.Part)
	}
	var sums []string
	for _, b := range totals {
		sums = append(sums, b.Home)
	}
	rows := map[*tidy.Table]func() []tidy.Row{
		reference.Departments: func() []tidy.Row { return reference.DepartmentRows(s.Departments.List) },
		reference.Years:       func() []tidy.Row { return yearRows(parts) },
		reference.Units:       reference.UnitRows,
		reference.Terms:       reference.TermRows,
		reference.Indicators:  func() []tidy.Row { return reference.IndicatorRows(s.Catalogue) },
		reference.Dictionary:  func() []tidy.Row { return reference.DictionaryRows(s.Registry) },
	}
	for _, t := range reference.Tables {
		out = append(out, file(reference.Path(t), func() []byte { return t.CSV(rows[t]()) }))
	}
	for _, t := range append(slices.Clone(reference.Tables), tidy.Described()...) {
		out = append(out, lent(datapackage.SchemaPath(t), func() []byte { return datapackage.Bytes(datapackage.TableSchema(t)) }))
	}
	out = append(out, s.pages(page.DownloadsPath, func(c page.Context) (page.Page, error) {
		return c.NewDownloads(reference.About, s.wholeFiles(), yearFiles(parts), partFiles(parts)), nil
	})...)
	out = append(out, s.pages(page.DictionaryPath, func(c page.Context) (page.Page, error) {
		tables, words := s.dictionary()
		return c.NewDictionary(reference.Dictionary.About, reference.Path(reference.Dictionary), tables, words), nil
	})...)
	out = append(out,
		lent(datapackage.FileName, func() []byte { return datapackage.Bytes(datapackage.Site(s.Config, described, sums)) }),
		file("robots.txt", func() []byte { return discover.Robots(s.Config.BaseURL) }),
	)
	return append(out, from([]Output{
		file("checks.json", func() []byte { return s.checks(all) }),
		file(discover.CatalogName, func() []byte { return s.catalog(all).JSON() }),
	}, made.heads)...)
}

// part is some departments of a year, in the order of the directory.
type part struct {
	datapackage.Part
	years []*page.Summary
}

// parts cuts the departments of every year into parts of a fixed number.
func (s *Site) parts(all []*page.Summary) []part {
	byYear := map[int][]*page.Summary{}
	for _, x := range all {
		byYear[x.Year] = append(byYear[x.Year], x)
	}
	var years []int
	for y := range byYear {
		years = append(years, y)
	}
	slices.Sort(years)
	var out []part
	for _, y := range years {
		n := 0
		for chunk := range slices.Chunk(byYear[y], tidy.PartSize) {
			n++
			out = append(out, part{datapackage.Part{Year: y, Number: n}, chunk})
		}
	}
	return out
}

// from names the files of figures from which the part is made.
func (p part) from() string {
	h := sha256.New()
	for _, x := range p.years {
		if x.Proofs == "" {
			return ""
		}
		h.Write([]byte(x.Department.Slug + " " + x.Proofs + "\n"))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// longTables lists the parts of the long tables as CSV and Parquet, and the files
// of all figures of a year.
func (s *Site) longTables(parts []part, made Made) []Output {
	var out []Output
	var year []*laid // those of the part's year up to it
	for i, p := range parts {
		l := &laid{part: p, from: sync.OnceValue(p.from), made: made, memory: s.Memory}
		if l.memory != nil {
			l.memory.Stays(l.name()) // also where the table of its year is kept and nobody asks
		}
		year = append(year, l)
		for _, t := range tidy.Tables {
			out = append(out,
				Output{Path: t.Path(p.Year, p.Number, "csv"), From: l.from, stuff: l, Make: func() ([]byte, error) {
					rows, err := l.take(t)
					if err != nil {
						return nil, err
					}
					return t.CSV(rows), nil
				}},
				Output{Path: t.Path(p.Year, p.Number, "parquet"), From: l.from, stuff: l, Make: func() ([]byte, error) {
					rows, err := l.take(t)
					if err != nil {
						return nil, err
					}
					return t.Parquet(rows)
				}})
		}
		if i == len(parts)-1 || parts[i+1].Year != p.Year {
			out = append(out, wholeTable(p.Year, year))
			year = nil
		}
	}
	return out
}

// wholeTable is the file of all figures of a year, whose parts are put one behind
// the other.
func wholeTable(year int, parts []*laid) Output {
	o := written(tidy.WholePath(year), func(w io.Writer) error {
		piece, err := tidy.WholeHead()
		for i := 0; err == nil; i++ {
			_, err = w.Write(piece)
			spare.Return(piece)
			if err != nil || i == len(parts) {
				break
			}
			piece, err = parts[i].packed()
		}
		return err
	})
	o.From = func() string {
		h := sha256.New()
		for _, l := range parts {
			from := l.from()
			if from == "" {
				return ""
			}
			h.Write([]byte(from))
		}
		return hex.EncodeToString(h.Sum(nil))
	}
	return o
}

// laid is a part of the long tables, laid out once for all its files.
type laid struct {
	part   part
	from   func() string // see part.from; asked for each of its files
	made   Made
	memory Memory // nil where nothing is remembered

	mu   sync.Mutex
	kept bool
	rows map[*tidy.Table][]tidy.Row // while they are kept
	pack []byte                     // its part of the table of all figures of its year, nil when not made yet or remembered
}

// packed is the part of the table of all figures. It is made with the first file
// of the part, since the rows are let go before the last part is laid out, and
// remembered, since it is needed when another part has changed.
func (l *laid) packed() ([]byte, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.pack == nil {
		if pack := l.recall(); pack != nil {
			return pack, nil
		}
		if _, err := l.lay(); err != nil {
			return nil, err
		}
		if l.pack == nil {
			if pack := l.recall(); pack != nil {
				return pack, nil
			}
			return nil, fmt.Errorf("%s: what was just remembered is gone", l.name())
		}
	}
	pack := l.pack
	l.pack = nil
	return pack, nil
}

func (l *laid) keep(on bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.kept, l.rows = on, nil
}

// take returns the rows of a table.
func (l *laid) take(t *tidy.Table) ([]tidy.Row, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	rows := l.rows
	if rows == nil {
		var err error
		if rows, err = l.lay(); err != nil {
			return nil, err
		}
		if l.kept {
			l.rows = rows
		}
	}
	return rows[t], nil
}

// lay reads the part's figures and lays them out.
func (l *laid) lay() (map[*tidy.Table][]tidy.Row, error) {
	rows := map[*tidy.Table][]tidy.Row{}
	for _, x := range l.part.years {
		path := page.JSONPath(x.Department.Slug, x.Year)
		data, err := l.made(path)
		if err != nil {
			return nil, err
		}
		f, err := proof.Read(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		spare.Return(data) // f has its own copy
		for _, t := range tidy.Tables {
			rows[t] = append(rows[t], t.Take(f)...)
		}
	}
	var err error
	if l.pack, err = tidy.WholePart(rows[tidy.Figures]); err != nil {
		return nil, err
	}
	if from := l.from(); l.memory != nil && from != "" {
		l.memory.Put(l.name(), append([]byte(from+"\n"), l.pack...))
		l.pack = nil // there are many parts
	}
	return rows, nil
}

// recall returns the packed part that was made from the same figures, or nil.
func (l *laid) recall() []byte {
	if l.memory == nil {
		return nil
	}
	data := l.memory.Get(l.name())
	from, pack, ok := bytes.Cut(data, []byte("\n"))
	if !ok || string(from) != l.from() {
		spare.Return(data)
		return nil
	}
	return pack
}

// name is what the packed part is remembered by; no family is called so.
func (l *laid) name() string { return fmt.Sprintf("figures of %d, %d", l.part.Year, l.part.Number) }

func yearRows(parts []part) []tidy.Row {
	var out []tidy.Row
	for _, p := range parts {
		for _, x := range p.years {
			out = append(out, tidy.Row{x.Department.Slug, strconv.Itoa(x.Year), page.YearPath(x.Department.Slug, x.Year), strconv.Itoa(p.Number)})
		}
	}
	return out
}

// checks is checks.json of the whole site.
func (s *Site) checks(all []*page.Summary) []byte {
	var years []export.CheckedYear
	for _, x := range all {
		years = append(years, export.CheckedYear{Department: x.Department.Slug, Year: x.Year, Counts: x.Results.Counts(), Outcomes: page.OutcomesPath(x.Department.Slug, x.Year)})
	}
	return export.Checks(s.Config.AsOf, s.Rules.Rules, years)
}

// catalog lists the site and every department-year as datasets.
func (s *Site) catalog(all []*page.Summary) *discover.Catalog {
	cfg := s.Config
	l := cfg.Langs()[0]
	c := &discover.Catalog{
		Base: cfg.BaseURL, Language: l.Tag(), Title: cfg.Name(l), Description: lang.Text{ZH: cfg.Summary, EN: cfg.SummaryEN}.In(l),
		Publisher: lang.Text{ZH: cfg.Publisher, EN: cfg.PublisherEN}.In(l), License: cfg.LicenseURL, Modified: cfg.AsOf,
	}
	c.Datasets = append(c.Datasets, discover.Dataset{
		Title: cfg.Title, TitleEN: cfg.TitleEN, About: reference.About.In(l), Issued: cfg.AsOf,
		Files: []discover.Distribution{{Path: datapackage.FileName, Title: "Data Package", MediaType: datapackage.MediaType}},
	})
	for _, x := range all {
		d := x.Department
		set := discover.Dataset{
			Path: page.YearPath(d.Slug, x.Year), Year: x.Year, Place: d.Region, Creator: d.Name,
			Title: d.Name + strconv.Itoa(x.Year) + "年度预决算数据", TitleEN: d.Name + ", " + strconv.Itoa(x.Year) + ": budget and accounts", About: d.Source,
			Files: []discover.Distribution{
				{Path: page.PackagePath(d.Slug, x.Year), Title: "Data Package", MediaType: datapackage.MediaType},
				{Path: page.WorkbookPath(d.Slug, x.Year), Title: "XLSX", MediaType: datapackage.WorkbookType},
				{Path: page.JSONPath(d.Slug, x.Year), Title: "figures.json", MediaType: datapackage.JSONType},
			},
		}
		for _, r := range x.Released() {
			if day := r.Date().Format("2006-01-02"); set.Issued == "" || day < set.Issued {
				set.Issued = day
			}
		}
		c.Datasets = append(c.Datasets, set)
	}
	return c
}

// found lists what leads readers to the site and needs an absolute address:
// nothing for a site without one.
func (s *Site) found(all []*page.Summary, wide []Output) []Output {
	base := s.Config.BaseURL
	if base == "" {
		return nil
	}
	var out []Output
	if name := s.feedName(); name != "" {
		out = append(out, file(name, func() []byte { return s.feed(all) }))
	}
	if l := s.Config.Langs()[0]; slices.ContainsFunc(wide, func(o Output) bool { return o.Path == page.File(searchPage) }) {
		out = append(out, file(discover.OpenSearchName, func() []byte {
			return discover.OpenSearch(base, searchPage, l.Tag(), s.Config.Name(l))
		}))
	}
	pages := s.allPages(all, wide)
	maps := sync.OnceValue(func() []discover.File { return discover.Sitemap(base, pages) })
	for i, name := range discover.SitemapNames(len(pages)) {
		out = append(out, file(name, func() []byte { return maps()[i].Data }))
	}
	return out
}

// searchPage is the address of the search, which takes ?q=.
const searchPage = "search/"

// feedName is the name of the feed. A site without an address has none, nor has
// one that does not say to which day its data are complete: a feed needs a date.
func (s *Site) feedName() string {
	if s.Config.BaseURL == "" || s.Config.Day().IsZero() {
		return ""
	}
	return discover.FeedName
}

// feed is the feed in the site's main language.
func (s *Site) feed(all []*page.Summary) []byte {
	cfg := s.Config
	l := cfg.Langs()[0]
	var entries []discover.Entry
	for _, x := range all {
		for _, r := range x.Released() {
			e := discover.Entry{Path: page.YearPath(x.Department.Slug, x.Year), Key: r.Key, Day: r.Date(), Summary: r.Note, Correction: r.Correction}
			e.Title = lang.Sprintf(lang.Text{ZH: "%s %s年度：%s", EN: "%s, %s: %s"}, x.Department.Name, strconv.Itoa(x.Year), r.Document).In(l)
			entries = append(entries, e)
		}
	}
	return discover.Feed(cfg.BaseURL, cfg.Day(), l.Tag(), cfg.Name(l), lang.Text{ZH: cfg.Summary, EN: cfg.SummaryEN}.In(l), lang.Text{ZH: cfg.Publisher, EN: cfg.PublisherEN}.In(l), entries)
}

// allPages lists every page of the site.
func (s *Site) allPages(all []*page.Summary, wide []Output) []string {
	out := pagesOf(wide)
	seen := map[*fiscal.Department]bool{}
	for _, x := range all {
		folders := s.foldersOf(x.Department, x.Year)
		for name := range strings.SplitSeq(x.Pages, "\n") {
			for _, folder := range folders {
				out = append(out, folder+name)
			}
		}
		seen[x.Department] = true
	}
	for _, d := range s.Departments.List {
		if _, err := fs.Stat(s.fsys, profilePath(d)); seen[d] || err == nil {
			out = append(out, pagesOf(s.pages(d.Slug+"/", nil))...)
		}
	}
	return out
}

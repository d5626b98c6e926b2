package site

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"mingzhang/cmd/mingzhang/internal/datapackage"
	"mingzhang/cmd/mingzhang/internal/export"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/page"
	"mingzhang/cmd/mingzhang/internal/proof"
	"mingzhang/cmd/mingzhang/internal/workbook"
)

// yearData lists the files for machines of a department-year: its tables as CSV
// and for Excel, the workbook, figures.json, outcomes.json and the package that
// describes them.
func (s *Site) yearData(yr *year) []Output {
	dy := yr.dy
	slug := dy.Department.Slug
	grids := yr.allGrids
	var out []Output
	for _, g := range yr.grids {
		out = append(out,
			lent(page.CSVPath(slug, dy.Year, g.id), func() []byte { return g.grid().CSV() }),
			lent(page.ExcelPath(slug, dy.Year, g.id), func() []byte { return g.grid().ExcelCSV() }))
	}
	return append(out,
		lent(page.JSONPath(slug, dy.Year), func() []byte {
			grids() // tells each figure where it stands in the CSV
			return proof.Write(dy)
		}),
		lent(page.OutcomesPath(slug, dy.Year), func() []byte { return export.Outcomes(dy, yr.outcomes) }),
		Output{Path: page.WorkbookPath(slug, dy.Year), Lent: true, Make: func() ([]byte, error) { return workbook.Make(s.workbook(dy, grids())) }},
		lent(page.PackagePath(slug, dy.Year), func() []byte {
			book := strings.TrimPrefix(page.WorkbookPath(slug, dy.Year), page.YearPath(slug, dy.Year))
			return datapackage.Bytes(datapackage.Year(s.Config, dy.Department, dy.Year, grids(), book))
		}),
	)
}

// laidTable is a table of a department-year as machines get it. Laying it out
// tells each of its figures where it stands.
type laidTable struct {
	id   string
	grid func() *export.Grid
}

// gridsOf lists the tables of a department-year; each is laid out when it is
// asked for, once.
func gridsOf(dy *fiscal.DepartmentYear) []laidTable {
	out := make([]laidTable, 0, len(dy.Tables)+len(dy.Statements))
	for _, t := range dy.Tables {
		out = append(out, laidTable{t.ID, sync.OnceValue(func() *export.Grid { return export.Table(t, dy.Lines(t)) })})
	}
	for _, st := range dy.Statements {
		out = append(out, laidTable{st.Form.ID, sync.OnceValue(func() *export.Grid { return export.Statement(st) })})
	}
	return out
}

// allGrids lays out all tables of a department-year, in order.
func (yr *year) allGrids() []*export.Grid {
	out := make([]*export.Grid, len(yr.grids))
	for i, g := range yr.grids {
		out[i] = g.grid()
	}
	return out
}

// workbook gathers what stands in the workbook of a department-year.
func (s *Site) workbook(dy *fiscal.DepartmentYear, grids []*export.Grid) workbook.Input {
	dep, cfg := dy.Department, s.Config
	y := strconv.Itoa(dy.Year)
	in := workbook.Input{
		Title: lang.Text{ZH: dep.Name + y + "年度预决算数据", EN: dep.Name + ", " + y + ": budget and accounts"},
		Grids: grids, Day: cfg.Day(),
	}
	add := func(zh, en, value string) {
		in.Facts = append(in.Facts, workbook.Fact{Name: lang.Text{ZH: zh, EN: en}, Value: value})
	}
	add("部门", "department", dep.Name)
	add("标识", "slug", dep.Slug)
	add("预算单位编码", "code", dep.Code)
	add("年度", "year", y)
	add("资料出处", "source of the figures", dep.Source)
	add("发布", "publisher", cfg.Publisher)
	add("网站", "site", cfg.Title)
	add("数据截至", "data as of", cfg.AsOf)
	if cfg.BaseURL != "" {
		add("网址", "address", cfg.BaseURL+"/"+page.YearPath(dep.Slug, dy.Year))
	}
	add("许可", "licence", strings.TrimSpace(cfg.License+" "+cfg.LicenseURL))
	for _, f := range dy.Book.All() {
		if f.Computed() && f.Formula.Table == "" {
			in.Indicators = append(in.Indicators, f)
		}
	}
	return in
}

// released lists what a department-year published on which day.
func released(dy *fiscal.DepartmentYear) []page.Release {
	var out []page.Release
	rows := dy.Book.Table("disclosure")
	for i, r := range rows {
		f := r.Cell("published")
		if !f.Known() || i >= len(dy.Disclosures) {
			continue
		}
		d := dy.Disclosures[i]
		out = append(out, page.Release{
			Key: r.Key, Document: r.Label, Day: f, Note: d.Remark.Value, Correction: d.Document.ID == "correction",
		})
	}
	return out
}

// pagesOf keeps the pages of a list of outputs, by address.
func pagesOf(outputs []Output) []string {
	var out []string
	for _, o := range outputs {
		if strings.HasSuffix(o.Path, ".html") && o.Path != page.NotFoundPath {
			out = append(out, o.Path)
		}
	}
	return out
}

// namesOf names the pages of a department-year inside its folder, a line for
// each: they are the same in every language.
func (s *Site) namesOf(yr *year) string {
	main := s.foldersOf(yr.dy.Department, yr.dy.Year)[0]
	var out []string
	for _, p := range pagesOf(s.yearPages(yr, nil)) {
		if name, ok := strings.CutPrefix(p, main); ok {
			out = append(out, name)
		}
	}
	return strings.Join(out, "\n")
}

// Made gives back a file of the site that was made before, by its path, in bytes
// that are then the caller's.
type Made func(path string) ([]byte, error)

// Remake is a Made that makes the file again, with all that its family needs.
func (s *Site) Remake(path string) ([]byte, error) {
	f, ok := s.Owner(path)
	if !ok {
		return nil, fmt.Errorf("%s belongs to no department", path)
	}
	for _, o := range s.FamilyOutputs(s.Work(f)) {
		if o.Path == path {
			return o.Make()
		}
	}
	return nil, fmt.Errorf("%s is no file of %s", path, f.Name)
}

// counts is how often each result came out of the rules.
func (yr *year) counts() map[string]int {
	out := map[string]int{}
	for _, o := range yr.outcomes {
		out[string(o.Result)]++
	}
	return out
}

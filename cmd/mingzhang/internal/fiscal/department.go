// Package fiscal holds the model: departments, and for each of their years the
// rows that were disclosed and the book of all their figures. Every amount knows
// its cell. What the files do not say is absent, never zero.
package fiscal

import (
	"io/fs"
	"regexp"
	"strconv"
	"strings"

	"mingzhang/cmd/mingzhang/internal/dataset"
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/standard"
	"mingzhang/cmd/mingzhang/internal/table"
)

// Department is a department or unit that discloses its accounts.
type Department struct {
	Slug      string
	Code      string
	Name      string
	Short     string
	Kind      schema.Choice
	Parent    string
	Region    string
	Since     int // first year in use, 0 if not said
	Until     int // last year in use, 0 if still in use
	Successor string
	Rubric    string
	Tables    string // id of the list of due tables
	Source    string
	Apart     bool // not in the totals over departments
	Order     int  // place in departments.csv
	Place     diag.Place
}

// ShortName is the short name where there is one.
func (d *Department) ShortName() string {
	if d.Short != "" {
		return d.Short
	}
	return d.Name
}

// Departments is the directory, in file order.
type Departments struct {
	List  []*Department
	Sheet *table.Sheet // departments.csv as read, nil if absent
	names map[string]*Department
}

// Find returns the department that a slug, code or name means.
func (d *Departments) Find(text string) (*Department, bool) {
	dep, ok := d.names[label.Fold(text)]
	return dep, ok
}

type departmentRow struct {
	Slug      schema.Text   `csv:"slug"`
	Code      schema.Text   `csv:"code"`
	Name      schema.Text   `csv:"name"`
	Short     schema.Text   `csv:"short"`
	Kind      schema.Choice `csv:"kind"`
	Parent    schema.Text   `csv:"parent"`
	Since     schema.Text   `csv:"since"`
	Until     schema.Text   `csv:"until"`
	Successor schema.Text   `csv:"successor"`
	Region    schema.Text   `csv:"region"`
	Rubric    schema.Text   `csv:"rubric"`
	Tables    schema.Text   `csv:"tables"`
	Counted   schema.YesNo  `csv:"counted"`
	Source    schema.Text   `csv:"source"`
}

var slugPattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Reserved are the first parts of addresses that the site itself uses.
var Reserved = []string{"assets", "en", "years", "indicators", "functions", "economics", "glossary", "method", "about", "checks", "search", "sitemap", "downloads", "compare", "data", "feed", "accessibility", "tables", "404", figure.Totals}

// ReadDepartments reads the directory of departments.
func ReadDepartments(fsys fs.FS, set *dataset.Set) (*Departments, diag.List) {
	d := &Departments{names: map[string]*Department{}}
	if set.Departments == "" {
		return d, nil // told when the folder was scanned
	}
	tables, lists := standard.Contract()
	data, err := fs.ReadFile(fsys, set.Departments)
	if err != nil {
		return d, diag.List{dataset.FileMissing.At(diag.Place{File: set.Departments}, set.Departments)}
	}
	sheet, list := table.Read(set.Departments, data)
	if sheet == nil {
		return d, list
	}
	d.Sheet = sheet
	b, more := schema.Bind(sheet, tables.Get("departments"), lists)
	list.Add(more...)
	if b == nil {
		return d, list
	}
	rows, more := schema.Decode[departmentRow](b)
	list.Add(more...)
	for i := range rows {
		d.add(sheet, &rows[i], &list)
	}
	return d, list
}

func (d *Departments) add(sheet *table.Sheet, r *departmentRow, list *diag.List) {
	dep := &Department{
		Slug: r.Slug.Value, Code: r.Code.Code(), Name: r.Name.Value, Short: r.Short.Value, Kind: r.Kind,
		Parent: r.Parent.Value, Region: r.Region.Value, Successor: r.Successor.Value, Rubric: r.Rubric.Value, Tables: r.Tables.Value,
		Source: r.Source.Value, Apart: r.Counted.Known && !r.Counted.Yes, Order: len(d.List), Place: sheet.Place(r.Slug.Cell),
	}
	dep.Since = yearCell(sheet, r.Since, list)
	dep.Until = yearCell(sheet, r.Until, list)
	if !slugPattern.MatchString(dep.Slug) {
		list.Add(sheet.Finding(BadSlug, r.Slug.Cell, dep.Slug))
		return
	}
	for _, word := range Reserved {
		if dep.Slug == word {
			list.Add(sheet.Finding(ReservedSlug, r.Slug.Cell, dep.Slug))
			return
		}
	}
	d.List = append(d.List, dep)
	for _, name := range []string{dep.Slug, dep.Code, dep.Name, dep.Short} {
		if key := label.Fold(name); key != "" && d.names[key] == nil {
			d.names[key] = dep
		}
	}
}

func yearCell(sheet *table.Sheet, t schema.Text, list *diag.List) int {
	if t.Value == "" {
		return 0
	}
	y, err := strconv.Atoi(strings.TrimSuffix(t.Code(), "年"))
	if err != nil || y < 1949 || y > 2200 {
		list.Add(sheet.Finding(BadYear, t.Cell, t.Value))
		return 0
	}
	return y
}

// Known checks that every department-year folder belongs to a department.
func (d *Departments) Known(set *dataset.Set) diag.List {
	var list diag.List
	if d.Sheet == nil {
		return nil
	}
	for _, k := range set.Keys() {
		dep, ok := d.names[k.Slug]
		if ok && dep.Slug == k.Slug {
			if dep.Since > 0 && k.Year < dep.Since || dep.Until > 0 && k.Year > dep.Until {
				list.Add(OutOfUse.At(diag.Place{File: set.Root + "/" + strconv.Itoa(k.Year) + "/" + k.Slug}, dep.Name, k.Year))
			}
			continue
		}
		list.Add(d.Unknown(UnknownDepartment, diag.Place{File: set.Root + "/" + strconv.Itoa(k.Year) + "/" + k.Slug}, k.Slug))
	}
	return list
}

// Unknown makes the finding about a department that is not in the directory,
// with the nearest one that is.
func (d *Departments) Unknown(code *diag.Code, p diag.Place, text string) *diag.Finding {
	f := code.At(p, text)
	f.Value = text
	var names []string
	for _, dep := range d.List {
		names = append(names, dep.Slug, dep.Name)
	}
	if near := label.Nearest(text, names); near != "" {
		f.Expected = near
		f.Fix = lang.Sprintf(lang.Text{ZH: "是不是「%s」？否则先在 departments.csv 里登记这个部门", EN: "did you mean %s? Otherwise enter the department in departments.csv first"}, near)
	}
	return f
}

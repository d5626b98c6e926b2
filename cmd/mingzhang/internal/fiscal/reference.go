package fiscal

import (
	"strconv"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/standard"
	"mingzhang/cmd/mingzhang/internal/table"
)

// Reference is what a site knows of its regions beside the departments' own
// tables: population for amounts per head, price indices for constant prices. A
// department-year takes the row of its region and year into its book, so that
// what is computed from it is proved like everything else.
type Reference struct {
	tables []*referenceTable
}

type referenceTable struct {
	id      string
	binding *schema.Binding
	rows    []referenceRow
}

type referenceRow struct {
	region, year string
	columns      []column
}

// PopulationRow is a region's population in a year.
type PopulationRow struct {
	Region schema.Text   `csv:"region"`
	Year   schema.Text   `csv:"year"`
	Count  schema.Amount `csv:"count"`
	Source schema.Text   `csv:"source"`
}

// PriceRow is a year's price index.
type PriceRow struct {
	Region schema.Text   `csv:"region"`
	Year   schema.Text   `csv:"year"`
	Index  schema.Amount `csv:"index"`
	Base   schema.Text   `csv:"base"`
	Source schema.Text   `csv:"source"`
}

// ReferenceTables names the files in data/standard/ that hold such tables.
var ReferenceTables = []string{"population", "price-index"}

// Read adds a table; data is nil where the site has none.
func (r *Reference) Read(id, file string, data []byte) diag.List {
	if data == nil {
		return nil
	}
	sheet, list := table.Read(file, data)
	if sheet == nil {
		return list
	}
	tables, lists := standard.Contract()
	b, more := schema.Bind(sheet, tables.Get(id), lists)
	list.Add(more...)
	if b == nil {
		return list
	}
	t := &referenceTable{id: id, binding: b}
	if id == "population" {
		rows, more := schema.Decode[PopulationRow](b)
		list.Add(more...)
		for _, x := range rows {
			t.rows = append(t.rows, referenceRow{label.Fold(x.Region.Value), trimYear(x.Year.Code()), []column{{id: "count", amount: x.Count}}})
		}
	} else {
		rows, more := schema.Decode[PriceRow](b)
		list.Add(more...)
		base := ""
		for _, x := range rows {
			if base == "" {
				base = trimYear(x.Base.Code())
			}
			if own := trimYear(x.Base.Code()); own != base {
				list.Add(sheet.Finding(BaseDiffers, x.Base.Cell, own, base))
			}
			t.rows = append(t.rows, referenceRow{label.Fold(x.Region.Value), trimYear(x.Year.Code()), []column{{id: "index", amount: x.Index}}})
		}
	}
	r.tables = append(r.tables, t)
	return list
}

// Has reports whether the site has a table.
func (r *Reference) Has(id string) bool {
	for _, t := range r.tables {
		if t.id == id {
			return true
		}
	}
	return false
}

// enter takes the rows of a department-year's region into its book.
func (r *Reference) enter(dy *DepartmentYear) {
	if r == nil {
		return
	}
	region, year := label.Fold(dy.Department.Region), strconv.Itoa(dy.Year)
	for _, t := range r.tables {
		at := -1
		for i, x := range t.rows {
			if x.year == year && (x.region == region && region != "" || x.region == "" && t.id == "price-index" && at < 0) {
				at = i // the region's own goes before the one for all
			}
		}
		if at < 0 {
			continue
		}
		taken := &Table{ID: t.id, Binding: t.binding, Rows: []table.Row{t.binding.Rows[at]}}
		dy.Tables = append(dy.Tables, taken)
		p := pen{dy, t.id, taken}
		p.write("region", lang.Same(dy.Department.Region), figure.Leaf, nil, t.rows[at].columns...)
	}
}

// BaseDiffers is raised for price indices that cannot be compared.
var BaseDiffers = &diag.Code{
	Word: "base-differs", Severity: diag.Error, Since: "0.3.0",
	Headline: lang.Text{ZH: "这一行的基期是 %s，前面的是 %s", EN: "the base year of this row is %s, of those before %s"},
	Why:      lang.Text{ZH: "基期不同的指数不能放在一起换算不变价", EN: "indices of different base years cannot be used together"},
	Fix:      lang.Text{ZH: "把所有年度换算成同一个基期", EN: "convert all years to one base year"},
}

package datapackage

import (
	"fmt"
	"path"
	"strings"

	"mingzhang/cmd/mingzhang/internal/config"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/reference"
	"mingzhang/cmd/mingzhang/internal/tidy"
)

// Part is a part of the long tables: some departments of a year. Lists of parts are
// in the order of years.
type Part struct{ Year, Number int }

// SchemaPath is where the schema of a table of the whole site stands.
func SchemaPath(t *tidy.Table) string { return "data/schemas/" + t.ID + ".schema.json" }

// Site describes the tables of the whole site. totals are the folders of the sums
// over all departments, which no long table holds, lest they be added twice.
func Site(cfg *config.Config, parts []Part, totals []string) *Package {
	p := start(cfg, "mingzhang-site", lang.Text{ZH: cfg.Title, EN: cfg.TitleEN}, "")
	p.Description = cfg.Summary
	p.Keywords = []string{"预算", "决算", "部门预决算公开", "绩效", "budget", "accounts", "open data"}
	for _, t := range reference.Tables {
		p.Resources = append(p.Resources, csvResource(t.ID, reference.Path(t), t.Title, SchemaPath(t)))
	}
	for _, y := range years(parts) {
		whole := fileResource(fmt.Sprintf("%s-%d", tidy.Whole.ID, y), tidy.WholePath(y), "csv.gz", "application/gzip",
			fmt.Sprintf("%s（%d 年度）", tidy.Whole.Title.ZH, y), fmt.Sprintf("%s, %d", tidy.Whole.Title.EN, y))
		whole.Type, whole.Encoding, whole.Schema = "table", "utf-8", SchemaPath(tidy.Whole)
		p.Resources = append(p.Resources, whole)
	}
	for _, t := range tidy.Tables {
		for _, x := range parts {
			name := fmt.Sprintf("%s-%d-%d", t.ID, x.Year, x.Number)
			title := lang.Text{ZH: fmt.Sprintf("%s（%d 年度，第 %d 片）", t.Title.ZH, x.Year, x.Number), EN: fmt.Sprintf("%s, %d, part %d", t.Title.EN, x.Year, x.Number)}
			p.Resources = append(p.Resources, csvResource(name, t.Path(x.Year, x.Number, "csv"), title, SchemaPath(t)))
			p.Resources = append(p.Resources, fileResource(name+"-parquet", t.Path(x.Year, x.Number, "parquet"), "parquet", ParquetType, title.ZH, title.EN))
		}
	}
	for _, home := range totals {
		p.Resources = append(p.Resources, fileResource(strings.ReplaceAll(home, "/", "-"), home+"/figures.json", "json", JSONType, "各部门合计及来历："+path.Base(home)+" 年度", "sums over all departments with their proofs, "+path.Base(home)))
	}
	p.Resources = append(p.Resources,
		fileResource("checks", "checks.json", "json", JSONType, "规则和每个部门年度的检查结果", "the rules and what came out of them"),
		fileResource("manifest", "manifest.json", "json", JSONType, "每个输入和输出文件的 SHA-256", "SHA-256 of every input and output"),
	)
	return p
}

// years lists the years of parts, in the order of these.
func years(parts []Part) []int {
	var out []int
	for _, x := range parts {
		if len(out) == 0 || out[len(out)-1] != x.Year {
			out = append(out, x.Year)
		}
	}
	return out
}

// TableSchema describes a table of the whole site.
func TableSchema(t *tidy.Table) *Schema {
	s := &Schema{
		Profile: profile + "tableschema.json", Title: t.Title.ZH, TitleEN: t.Title.EN, Description: t.About.ZH + "\n" + t.About.EN,
		PrimaryKey: t.Key, MissingValues: []string{""},
	}
	// A table of department-years refers to them, and they to the departments: a
	// column in two keys is more than some readers follow.
	ofYear := t != reference.Years && len(t.Key) > 1 && t.Key[0] == "department"
	for _, c := range t.Columns {
		f := Field{Name: c.Name, ID: t.ID + "/" + c.Name, Type: c.Type, Title: c.Title.ZH, TitleEN: c.Title.EN}
		if c.Required || len(c.Enum) > 0 {
			f.Constraints = &Constraints{Required: c.Required, Enum: c.Enum}
		}
		s.Fields = append(s.Fields, f)
		if c.Refers != "" && !(ofYear && c.Refers == reference.Departments.ID) {
			key := refersTo(c.Refers)
			s.ForeignKeys = append(s.ForeignKeys, ForeignKey{[]string{c.Name}, Reference{c.Refers, []string{key}}})
		}
	}
	if ofYear {
		s.ForeignKeys = append(s.ForeignKeys, ForeignKey{[]string{"department", "year"}, Reference{reference.Years.ID, reference.Years.Key}})
	}
	return s
}

// refersTo is the key column of a table of the package reference.
func refersTo(id string) string {
	for _, t := range reference.Tables {
		if t.ID == id {
			return t.Key[0]
		}
	}
	panic("datapackage: no table " + id)
}

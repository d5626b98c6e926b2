package datapackage

import (
	"slices"
	"strconv"
	"time"

	"mingzhang/cmd/mingzhang/internal/config"
	"mingzhang/cmd/mingzhang/internal/export"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/schema"
)

// Year describes the files of a department-year, seen from its folder.
func Year(cfg *config.Config, dep *fiscal.Department, year int, grids []*export.Grid, workbook string) *Package {
	y := strconv.Itoa(year)
	p := start(cfg, dep.Slug+"-"+y, lang.Text{ZH: dep.Name + y + "年度预决算数据", EN: dep.Name + ", " + y + ": budget and accounts"}, dep.Slug+"/"+y+"/")
	if dep.Source != "" {
		p.Sources = []Source{{dep.Source}}
	}
	for _, g := range grids {
		p.Resources = append(p.Resources, csvResource(g.ID, "data/"+g.ID+".csv", g.Title, gridSchema(g)))
	}
	p.Resources = append(p.Resources,
		fileResource("figures", "figures.json", "json", JSONType, "全部数字及其来历", "all figures and their proofs"),
		fileResource("outcomes", "outcomes.json", "json", JSONType, "每条规则的结果", "the outcome of every rule"),
		fileResource("workbook", workbook, "xlsx", WorkbookType, "工作簿", "workbook"),
	)
	return p
}

// gridSchema describes a table by what its cells really are: a column is one of
// numbers when every cell of it is a number or one of the marks for none.
func gridSchema(g *export.Grid) *Schema {
	s := &Schema{Profile: profile + "tableschema.json", Title: g.Title.ZH, TitleEN: g.Title.EN, Description: g.About.ZH, MissingValues: missing, States: states}
	for j, c := range g.Columns {
		f := Field{
			Name: c.Heading(), ID: g.ID + "/" + c.ID, Type: "string", Title: c.Name.ZH, TitleEN: c.Name.EN, Description: c.About.ZH,
			Stage: c.Stage,
		}
		switch {
		case c.Type.Numeric():
			f.Unit = c.Unit.Sign()
			if all(g, j, export.PlainNumber) {
				f.Type = "number"
			}
		case c.Type == schema.TypeDate:
			if all(g, j, isDate) {
				f.Type = "date"
			}
		case len(c.Words) > 0:
			if all(g, j, func(s string) bool { return slices.Contains(c.Words, s) }) {
				f.Constraints = &Constraints{Enum: slices.Compact(slices.Sorted(slices.Values(c.Words)))}
			}
		}
		s.Fields = append(s.Fields, f)
	}
	return s
}

func all(g *export.Grid, j int, is func(string) bool) bool {
	for _, r := range g.Rows {
		if t := r[j].Text; t != "" && t != "—" && t != "*" && !is(t) {
			return false
		}
	}
	return true
}

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

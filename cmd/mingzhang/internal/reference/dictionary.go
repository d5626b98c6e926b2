package reference

import (
	"maps"
	"slices"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/standard"
	"mingzhang/cmd/mingzhang/internal/statement"
	"mingzhang/cmd/mingzhang/internal/tidy"
)

func sortedLists(l schema.Lists) []string { return slices.Sorted(maps.Keys(l)) }

// Dictionary has one row for each column of every table that is published.
var Dictionary = &tidy.Table{
	ID: "dictionary", Key: []string{"table", "field"},
	Title: lang.Text{ZH: "数据字典", EN: "data dictionary"},
	About: lang.Text{ZH: "一行是一张表的一列：含义、类型、单位、阶段和取值", EN: "one row is a column of a table: meaning, type, unit, stage and values"},
	Columns: []tidy.Column{
		needed(text("table", "表", "table")), needed(text("field", "列的标识", "id of the column")), needed(text("name", "列名", "name")), text("name_en", "英文列名", "name in English"),
		needed(text("type", "类型", "type")), text("unit", "单位", "unit"), text("stage", "阶段", "stage"), text("values", "取值的列表（见 terms）", "the list of its words (see terms)"),
		text("about", "说明", "meaning"), text("about_en", "英文说明", "meaning in English"),
	},
}

// Described is a table of the dictionary.
type Described struct {
	ID     string
	Name   lang.Text
	About  lang.Text
	Fields []tidy.Row // rows of Dictionary
	Long   bool       // a table of the whole site, not of each department-year
}

// Describe lists every published table with its columns, from the schemas by
// which they are read and written.
func Describe(forms *statement.Registry) []Described {
	var out []Described
	for _, t := range append(slices.Clone(Tables), tidy.Described()...) {
		d := Described{ID: t.ID, Name: t.Title, About: t.About, Long: true}
		for _, c := range t.Columns {
			d.Fields = append(d.Fields, tidy.Row{t.ID, c.Name, c.Title.ZH, c.Title.EN, c.Type, "", "", c.Refers, "", ""})
		}
		out = append(out, d)
	}
	contract, _ := standard.Contract()
	for _, t := range contract.All() {
		if t.Site {
			continue
		}
		d := Described{ID: t.ID, Name: t.Name, About: t.Row}
		for i := range t.Fields {
			f := &t.Fields[i]
			switch f.ID {
			case "department", "year", "secret":
				continue // the path says the first two; the third is never published
			}
			unit := f.DefaultUnit().Sign()
			if f.Type == schema.TypeAmount {
				unit = "见列名"
			}
			d.Fields = append(d.Fields, tidy.Row{t.ID, f.ID, f.Name.ZH, f.Name.EN, string(f.Type), unit, f.Stage, f.Choices, f.About.ZH, f.About.EN})
		}
		out = append(out, d)
	}
	for _, f := range forms.Forms {
		d := Described{ID: f.ID, Name: f.Title}
		for _, c := range f.Columns {
			d.Fields = append(d.Fields, tidy.Row{f.ID, c.ID, c.Name.ZH, c.Name.EN, string(schema.TypeAmount), "见列名", f.StageOf(c.ID), "", "", ""})
		}
		out = append(out, d)
	}
	return out
}

// DictionaryRows is the dictionary as one table.
func DictionaryRows(forms *statement.Registry) []tidy.Row {
	var out []tidy.Row
	for _, d := range Describe(forms) {
		out = append(out, d.Fields...)
	}
	return out
}

// Tables lists the tables of this package.
var Tables = []*tidy.Table{Departments, Years, Units, Terms, Indicators, Dictionary}

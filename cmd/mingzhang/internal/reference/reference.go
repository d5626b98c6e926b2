// Package reference makes the small tables to which the long ones refer:
// departments and their years, units, the words that columns may hold, the
// definitions of indicators, and the dictionary of every column there is. All of
// it follows from the standard tables and the directory.
package reference

import (
	"strconv"
	"strings"

	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/indicator"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/standard"
	"mingzhang/cmd/mingzhang/internal/tidy"
)

// About says what the tables of a whole site are good for.
var About = lang.Text{
	ZH: "全部部门、全部年度的每一个数字：长表（CSV 与 Parquet）、部门名录、单位、指标定义和数据字典。只凭这些文件就能重新算出每一个指标。",
	EN: "Every figure of all departments and years: long tables (CSV and Parquet), directory, units, definitions of indicators and the data dictionary. From these files alone every indicator can be computed again.",
}

// Path is where a table of this package stands.
func Path(t *tidy.Table) string { return "data/" + t.ID + ".csv" }

func text(name, zh, en string) tidy.Column {
	return tidy.Column{Name: name, Title: lang.Text{ZH: zh, EN: en}, Type: "string"}
}

func needed(c tidy.Column) tidy.Column {
	c.Required = true
	return c
}

func integer(name, zh, en string) tidy.Column {
	c := text(name, zh, en)
	c.Type = "integer"
	return c
}

// Departments has one row for each department.
var Departments = &tidy.Table{
	ID: "departments", Key: []string{"slug"},
	Title: lang.Text{ZH: "部门名录", EN: "departments"},
	About: lang.Text{ZH: "一行是一个部门或单位", EN: "one row is a department or unit"},
	Columns: []tidy.Column{
		needed(text("slug", "标识，网址里用的名字，永久不变", "slug, the lasting name in addresses")),
		text("code", "预算单位编码", "code of the budget unit"), needed(text("name", "名称", "name")), text("short", "简称", "short name"),
		text("kind", "单位性质", "kind"), text("parent", "主管部门", "responsible department"), text("region", "地区", "region"),
		integer("since", "启用年度", "first year in use"), integer("until", "停用年度", "last year in use"),
		text("successor", "承接单位", "successor"), text("source", "资料出处", "source of the figures"),
		{Name: "in_totals", Title: lang.Text{ZH: "是否计入各部门合计", EN: "whether it is in the totals over departments"}, Type: "string", Required: true, Enum: []string{"yes", "no"}},
	},
}

// DepartmentRows lists the departments.
func DepartmentRows(list []*fiscal.Department) []tidy.Row {
	var out []tidy.Row
	for _, d := range list {
		out = append(out, tidy.Row{d.Slug, d.Code, d.Name, d.Short, d.Kind.Value, d.Parent, d.Region, yearOf(d.Since), yearOf(d.Until), d.Successor, d.Source, counted(d)})
	}
	return out
}

func counted(d *fiscal.Department) string {
	if d.Apart {
		return "no"
	}
	return "yes"
}

func yearOf(y int) string {
	if y == 0 {
		return ""
	}
	return strconv.Itoa(y)
}

// Years has one row for each department-year.
var Years = &tidy.Table{
	ID: "department-years", Key: []string{"department", "year"},
	Title: lang.Text{ZH: "部门年度", EN: "department-years"},
	About: lang.Text{ZH: "一行是一个部门的一个年度；folder 下有它的页面、表格和 datapackage.json，part 是它在长表里的分片", EN: "one row is a year of a department; its pages, tables and datapackage.json stand in folder; part says where it stands in the long tables"},
	Columns: []tidy.Column{
		{Name: "department", Title: lang.Text{ZH: "部门标识", EN: "slug of the department"}, Type: "string", Required: true, Refers: "departments"},
		needed(integer("year", "年度", "fiscal year")), needed(text("folder", "文件夹", "folder")), needed(integer("part", "分片", "part of the long tables")),
	},
}

// Units has one row for each unit.
var Units = &tidy.Table{
	ID: "units", Key: []string{"unit"},
	Title: lang.Text{ZH: "计量单位", EN: "units"},
	About: lang.Text{ZH: "同一 kind 的数可以相加；乘以 10 的 power 次方得到这一类的基本单位（元、整数一）", EN: "numbers of one kind can be added; times ten to the power they are in the base of their kind (yuan, one whole)"},
	Columns: []tidy.Column{
		needed(text("unit", "单位", "unit")), text("name_en", "英文", "name in English"),
		{Name: "kind", Title: lang.Text{ZH: "类别", EN: "kind"}, Type: "string", Required: true, Enum: []string{"money", "share", "count", "score", "days", "date"}},
		needed(integer("power", "十的次方", "power of ten")),
	},
}

// UnitRows lists the units.
func UnitRows() []tidy.Row {
	kinds := map[money.Kind]string{money.KindMoney: "money", money.KindShare: "share", money.KindCount: "count", money.KindScore: "score", money.KindDays: "days", money.KindDate: "date"}
	var out []tidy.Row
	for _, u := range money.Units() {
		out = append(out, tidy.Row{u.Sign(), u.Name().EN, kinds[u.Kind()], strconv.Itoa(int(u.Shift()))})
	}
	return out
}

// Terms has one row for each word that a column with a closed list may hold.
var Terms = &tidy.Table{
	ID: "terms", Key: []string{"list", "term"},
	Title: lang.Text{ZH: "固定用词", EN: "words of closed lists"},
	About: lang.Text{ZH: "一行是某个列表里的一个词；also 是它的其他写法", EN: "one row is a word of a list; also are its other writings"},
	Columns: []tidy.Column{
		needed(text("list", "列表", "list")), needed(text("term", "标识", "id")), needed(text("name", "名称", "name")), text("name_en", "英文", "name in English"), text("also", "其他写法，竖线分开", "other writings, parted by bars"),
	},
}

// TermRows lists the words.
func TermRows() []tidy.Row {
	_, lists := standard.Contract()
	var out []tidy.Row
	for _, id := range sortedLists(lists) {
		for _, o := range lists[id].Values {
			out = append(out, tidy.Row{id, o.ID, o.Name.ZH, o.Name.EN, strings.Join(o.Aliases, "|")})
		}
	}
	return out
}

// Indicators has one row for each definition of a computed figure.
var Indicators = &tidy.Table{
	ID: "indicators", Key: []string{"indicator"},
	Title: lang.Text{ZH: "指标定义", EN: "definitions of indicators"},
	About: lang.Text{ZH: "一行是一个基本事实或指标；标识里的 {row} 代表行", EN: "one row is a fact or an indicator; {row} in its id stands for the row"},
	Columns: []tidy.Column{
		needed(text("indicator", "标识", "id")), needed(text("name", "名称", "name")), text("name_en", "英文", "name in English"),
		{Name: "class", Title: lang.Text{ZH: "事实由一张表汇总，指标由事实算出", EN: "a fact is gathered from a table, an indicator computed from facts"}, Type: "string", Required: true, Enum: []string{"fact", "indicator"}},
		text("topic", "主题", "subject"), text("unit", "单位，空白取输入的单位", "unit; that of the inputs when blank"), text("direction", "方向", "which direction is better"),
		needed(text("formula", "公式", "formula")), text("each", "逐行计算的表", "the table for each row of which it is computed"),
		text("basis", "依据", "basis"), text("plain", "通俗解释", "plain words"), text("plain_en", "英文解释", "plain words in English"),
	},
}

// IndicatorRows lists the definitions in the order of computation.
func IndicatorRows(c *indicator.Catalogue) []tidy.Row {
	var out []tidy.Row
	seen := map[string]bool{}
	add := func(class string, defs []*indicator.Definition) {
		for _, d := range defs {
			if seen[d.ID] {
				continue
			}
			seen[d.ID] = true
			out = append(out, tidy.Row{d.ID, d.Name.ZH, d.Name.EN, class, d.Topic, d.Unit, d.Direction, d.Formula, d.Each, d.Basis.ZH, d.Plain.ZH, d.Plain.EN})
		}
	}
	add("fact", c.Facts)
	add("indicator", c.Indicators)
	return out
}

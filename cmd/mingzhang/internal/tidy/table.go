// Package tidy lays all figures of all departments and years out as long tables:
// one row a figure, the same columns everywhere, so that databases and
// statistics programs take them as they are. The tables say all that
// figures.json says: with them alone every indicator can be computed again, and
// Files does it.
//
// A year's departments are cut into parts of a fixed number, so that a part is
// small, depends on few departments and can be made by itself. Each part is
// written twice, as CSV and as Parquet, with the same texts. Numbers are exact
// decimals, written as text in both: a Parquet DECIMAL would have to cut
// quotients off at a fixed scale.
package tidy

import (
	"fmt"

	"mingzhang/cmd/mingzhang/internal/lang"
)

// PartSize is how many departments of a year stand in one part.
const PartSize = 20

// Column is a column of a long table.
type Column struct {
	Name     string // as in the header
	Title    lang.Text
	Type     string // of Table Schema: string, number, integer, date, object
	Required bool
	Enum     []string
	Refers   string // the table whose first column holds its values
}

// Table is a long table.
type Table struct {
	ID      string
	Title   lang.Text
	About   lang.Text
	Key     []string
	Columns []Column
}

// Column returns the place of a column.
func (t *Table) Column(name string) int {
	for i, c := range t.Columns {
		if c.Name == name {
			return i
		}
	}
	panic("tidy: no column " + name)
}

// Path is where a part of a table stands. Parts are counted from 1. The folders
// are named as DuckDB, Spark and Trino read partitions.
func (t *Table) Path(year, part int, format string) string {
	return fmt.Sprintf("data/%s/year=%d/part-%d.%s", t.ID, year, part, format)
}

// Row is a row of a long table: a text for each column, "" where there is
// nothing.
type Row []string

// yearColumn stands in the CSV and, as is the custom with partitions, not in
// Parquet, where the folder says it.
const yearColumn = "year"

func (t *Table) year() int { return t.Column(yearColumn) }

var (
	department = Column{Name: "department", Title: lang.Text{ZH: "部门标识", EN: "slug of the department"}, Type: "string", Required: true, Refers: "departments"}
	year       = Column{Name: yearColumn, Title: lang.Text{ZH: "年度", EN: "fiscal year"}, Type: "integer", Required: true}
	position   = Column{Name: "position", Title: lang.Text{ZH: "次序", EN: "place in the order of the department-year"}, Type: "integer", Required: true}
)

// States are the values of the column state.
var States = []string{"number", "zero", "not-reported", "not-applicable", "not-comparable", "withheld"}

// Figures has one row for each figure: disclosed cells and computed ones.
var Figures = &Table{
	ID: "figures", Key: []string{"department", "year", "figure"},
	Title: lang.Text{ZH: "全部数字", EN: "all figures"},
	About: lang.Text{
		ZH: "一行是一个数：公布的单元格，或由公式算出的指标。value 是以 unit 计的精确十进制数；没有数值时为空，state 说明是哪一种没有；low 和 high 是四舍五入的数所代表的范围",
		EN: "one row is one figure: a cell as disclosed, or an indicator with the formula that ran. value is the exact decimal in unit; without a number it is empty and state says why; low and high are the range for which a rounded number stands",
	},
	Columns: []Column{
		department, year, position,
		{Name: "figure", Title: lang.Text{ZH: "数的标识，永久不变", EN: "lasting id of the figure"}, Type: "string", Required: true},
		{Name: "label", Title: lang.Text{ZH: "名称", EN: "name"}, Type: "string"},
		{Name: "label_en", Title: lang.Text{ZH: "英文名称", EN: "name in English, of computed figures"}, Type: "string"},
		{Name: "stage", Title: lang.Text{ZH: "阶段：年初预算、全年预算、决算", EN: "stage: original budget, adjusted budget, outturn"}, Type: "string", Enum: []string{"original", "adjusted", "outturn"}},
		{Name: "unit", Title: lang.Text{ZH: "单位", EN: "unit"}, Type: "string", Refers: "units"},
		{Name: "value", Title: lang.Text{ZH: "数值，以 unit 计，精确", EN: "the exact number in unit"}, Type: "number"},
		{Name: "date", Title: lang.Text{ZH: "日期，单位是「日期」的数", EN: "the day, of figures that are dates"}, Type: "date"},
		{Name: "state", Title: lang.Text{ZH: "状态：数值、零、未填报、不适用、不可比、涉密", EN: "number, zero, not-reported, not-applicable, not-comparable, withheld"}, Type: "string", Required: true, Enum: States},
		{Name: "decimals", Title: lang.Text{ZH: "显示的小数位数", EN: "decimals shown"}, Type: "integer", Required: true},
		{Name: "low", Title: lang.Text{ZH: "所代表范围的下端，以 unit 计", EN: "lower end of the range, in unit"}, Type: "number"},
		{Name: "high", Title: lang.Text{ZH: "所代表范围的上端，以 unit 计", EN: "upper end of the range, in unit"}, Type: "number"},
		{Name: "written", Title: lang.Text{ZH: "原文，文字比数多说了什么时", EN: "the words as disclosed, where they say more than the number"}, Type: "string"},
		{Name: "csv", Title: lang.Text{ZH: "在该部门年度 data/ 下 CSV 里的位置", EN: "place in the department-year's CSV: table!cell"}, Type: "string"},
		{Name: "file", Title: lang.Text{ZH: "原件", EN: "file it was read from"}, Type: "string"},
		{Name: "sheet", Title: lang.Text{ZH: "原件的工作表", EN: "sheet of the file"}, Type: "string"},
		{Name: "cell", Title: lang.Text{ZH: "原件的单元格", EN: "cell of the file"}, Type: "string"},
		{Name: "text", Title: lang.Text{ZH: "单元格原文", EN: "text of the cell"}, Type: "string"},
		{Name: "text_unit", Title: lang.Text{ZH: "原文的单位", EN: "unit in which the text was read"}, Type: "string"},
		{Name: "text_decimals", Title: lang.Text{ZH: "原文所在列的小数位数", EN: "decimals in which its column is written"}, Type: "integer"},
		{Name: "formula", Title: lang.Text{ZH: "算出它的公式", EN: "the formula that ran"}, Type: "string"},
		{Name: "formula_row", Title: lang.Text{ZH: "公式所对的行：表/行", EN: "the row for which it ran: table/row"}, Type: "string"},
		{Name: "formula_table", Title: lang.Text{ZH: "公式所属的法定表", EN: "the statutory table to which it belongs"}, Type: "string"},
		{Name: "inputs", Title: lang.Text{ZH: "用到的数，空格分开；别的部门年度的写作 部门/年度#标识", EN: "the figures that went in, parted by spaces; those of other department-years as slug/year#id"}, Type: "string"},
	},
}

// Rows has one row for each row of a department-year's tables, by which formulas
// select figures.
var Rows = &Table{
	ID: "rows", Key: []string{"department", "year", "table", "row"},
	Title: lang.Text{ZH: "数字所在的行", EN: "the rows in which figures stand"},
	About: lang.Text{
		ZH: "公式按行的属性选数，如 expenditure{function=205*}.original；cells 说明每一列是哪个数",
		EN: "formulas select figures by the attributes of their rows, such as expenditure{function=205*}.original; cells says which figure stands in which column",
	},
	Columns: []Column{
		department, year, position,
		{Name: "table", Title: lang.Text{ZH: "表", EN: "table"}, Type: "string", Required: true},
		{Name: "row", Title: lang.Text{ZH: "行的标识", EN: "key of the row"}, Type: "string", Required: true},
		{Name: "label", Title: lang.Text{ZH: "名称", EN: "name"}, Type: "string"},
		{Name: "level", Title: lang.Text{ZH: "层次：只有 leaf 参加加总", EN: "only leaf rows are added up"}, Type: "string", Required: true, Enum: []string{"leaf", "parent", "subtotal", "total", "nested"}},
		{Name: "attributes", Title: lang.Text{ZH: "属性", EN: "attributes"}, Type: "object", Required: true},
		{Name: "cells", Title: lang.Text{ZH: "各列的数", EN: "figure of each column"}, Type: "object", Required: true},
	},
}

// LastYear says which figures of other department-years formulas took for those
// of the year before; several when bodies were merged.
var LastYear = &Table{
	ID: "last-year", Key: []string{"department", "year", "figure", "part"},
	Title: lang.Text{ZH: "上年的数指的是哪一个", EN: "what a figure of the year before stands for"},
	About: lang.Text{
		ZH: "机构改名、合并或科目换号以后，上年的数在别处；机构合并时有几行，相加",
		EN: "after a reform, a merger or a new code last year's figure stands elsewhere; after a merger there are several rows, which are added up",
	},
	Columns: []Column{
		department, year,
		{Name: "figure", Title: lang.Text{ZH: "数的标识", EN: "id of the figure"}, Type: "string", Required: true},
		{Name: "part", Title: lang.Text{ZH: "第几个，从 1 起", EN: "which one, from 1"}, Type: "integer", Required: true},
		{Name: "reference", Title: lang.Text{ZH: "部门/年度#标识", EN: "slug/year#id"}, Type: "string", Required: true},
	},
}

// Tables lists the long tables.
var Tables = []*Table{Figures, Rows, LastYear}

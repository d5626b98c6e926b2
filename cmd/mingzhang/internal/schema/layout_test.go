package schema

import (
	"strings"
	"testing"

	"mingzhang/cmd/mingzhang/internal/table"
)

// Rows that number the columns are told from rows of data in whatever order and
// writing the numbers stand.
func TestNumberingRows(t *testing.T) {
	for _, tt := range []struct {
		row         string
		underHeader bool
		want        bool
	}{
		{"栏次||1|2|3", true, true},
		{"栏次||2|3|1", true, true},                // columns were moved
		{"栏次||１|２|３", true, true},                // full width
		{"栏次||1=2+3|2|3", true, true},            // told as sums
		{"栏次||1栏＝2栏＋3栏|2|3", true, false},        // not a number in front
		{"甲|乙|1|2|3", true, true},                // columns of words are numbered too
		{"甲|1|2", true, false},                   // or it is the name of something
		{"合计||1|2|3", true, false},               //
		{"||3|1|2", true, false},                 // bare numbers in no order may be data
		{"行次|1|100.50|行次|32|88.00", true, false}, // amounts
	} {
		var r table.Row
		for _, c := range strings.Split(tt.row, "|") {
			r = append(r, table.Cell{Text: c})
		}
		if got := isNumbering(r, tt.underHeader); got != tt.want {
			t.Errorf("%s: %v", tt.row, got)
		}
	}
}

// The unit over a table stands in a cell of its own, behind the body's name, in the
// title or with a remark.
func TestUnitsOverATable(t *testing.T) {
	known := func(s string) bool {
		return s == "科目编码" || s == "科目名称" || s == "合计" || s == "单位" // of the body
	}
	for _, tt := range []struct{ line, unit, body string }{
		{"单位：万元", "万元", ""},
		{"金额单位:元", "元", ""},
		{"编制单位：示例甲局　　　　单位：万元", "万元", "示例甲局"},
		{"部门：示例甲局     金额单位：元", "元", "示例甲局"},
		{"支出决算表（单位：万元）", "万元", ""},
		{"单位：万元（保留两位小数）", "万元", ""},
		{"万元", "万元", ""},
		{"编制单位：示例甲局 2024年12月31日 单位：元", "元", "示例甲局 2024年12月31日"},
		{"部门：示例甲局\n单位：元", "元", "示例甲局"},
		{"单位（万元）", "万元", ""},
		{"单位 万元", "万元", ""},
		{"单位 示例甲局", "", ""},
		{"单位：示例甲局", "", "示例甲局"},
		{"支　出　决　算　表", "", ""},
		{"单位：斤", "斤", ""}, // told as no unit of money when bound
	} {
		s, _ := table.Read("t.csv", []byte("标题\n\""+tt.line+"\"\n科目编码,科目名称,合计\n201,甲,1.00\n"))
		l := Lay(s, known)
		if l.Unit != tt.unit || l.Body != tt.body {
			t.Errorf("%s: unit %q, body %q", tt.line, l.Unit, l.Body)
		}
	}
}

// An empty row inside a header, and the line of those who filled the form in, are
// neither data nor the end of anything.
func TestEmptyRowsInHeadersAndSignatures(t *testing.T) {
	known := func(s string) bool {
		return s == "科目编码" || s == "科目名称" || s == "合计" || s == "项目"
	}
	s, _ := table.Read("t.csv", []byte("项目,,合计\n,,\n科目编码,科目名称,\n201,甲,1.00\n注：示例。,,\n填表人：某某,,联系电话：略\n"))
	l := Lay(s, known)
	want := []RowRole{Header, Blank, Header, Data, Remark, Remark}
	for i, r := range l.Roles {
		if r != want[i] {
			t.Errorf("row %d is %v", i+1, roleNames[r].EN)
		}
	}
	if len(l.Notes) != 1 {
		t.Error("the signature became a note:", l.Notes)
	}
	// Cells merged over two rows leave the lower one empty: 类 款 项 栏次 1 2 under it.
	known = func(s string) bool {
		return s == "科目编码" || s == "科目名称" || s == "合计" || s == "基本支出" || s == "类" || s == "款"
	}
	s, _ = table.Read("t.csv", []byte("科目编码,,科目名称,合计,基本支出\n,,,,\n类,款,栏次,1,2\n201,01,甲,1.00,1.00\n"))
	want = []RowRole{Header, Blank, Header, Data}
	for i, r := range Lay(s, known).Roles {
		if r != want[i] {
			t.Errorf("row %d is %v", i+1, roleNames[r].EN)
		}
	}
}

// What printing leaves and what says where the numbers come from is none of the
// table, under it and between its pages; a row with a name and no numbers is.
func TestWhatStandsUnderATable(t *testing.T) {
	known := func(s string) bool { return s == "科目名称" || s == "合计" }
	for _, tt := range []struct {
		line string
		role RowRole
		note bool
	}{
		{"第 1 页 共 2 页", Remark, false},
		{"（续表）", Remark, false},
		{"—— 完 ——", Remark, false},
		{"（此页无正文）", Remark, false},
		{"单位负责人（签章）：", Remark, false},
		{"单位（盖章）：", Remark, false},
		{"打印日期：2025-03-01", Remark, true},
		{"资料来源：财务系统导出", Remark, true},
		{"附注：含追加", Remark, true},
		{"*本表由财务科填写", Remark, true},
		{"本表无数据", Remark, true},
		{"本级收入", Data, false},
		{"第二产业", Data, false},
		{"其他：培训", Data, false},
		{"*", Data, false},
		{"完工项目", Data, false},
	} {
		s, _ := table.Read("t.csv", []byte("科目名称,合计\n甲,1.00\n"+tt.line+",\n乙,2.00\n"))
		l := Lay(s, known)
		if l.Roles[2] != tt.role || l.Roles[3] != Data || len(l.Notes) > 0 != tt.note {
			t.Errorf("%s is %s, notes %v", tt.line, roleNames[l.Roles[2]].EN, l.Notes)
		}
	}
}

// On a new page title and unit stand again, with the header or without.
func TestTitleAndUnitOnANewPage(t *testing.T) {
	known := func(s string) bool { return s == "科目名称" || s == "合计" }
	s, _ := table.Read("t.csv", []byte("某表,\n,单位：元\n科目名称,合计\n甲,1.00\n某表,\n单位：元,\n科目名称,合计\n乙,2.00\n"))
	want := []RowRole{Title, UnitLine, Header, Data, Repeated, Repeated, Repeated, Data}
	for i, r := range Lay(s, known).Roles {
		if r != want[i] {
			t.Errorf("row %d is %s", i+1, roleNames[r].EN)
		}
	}
}

func TestDaysAsTheyAreWritten(t *testing.T) {
	for _, text := range []string{
		"2025-03-01", "2025/3/1", "2025.3.1", "2025年3月1日", "２０２５年３月１日", "2025 年 3 月 1 日", "20250301", "2025年3月1号", "2025—03—01", "2025－03－01",
		"2025/03/01 0:00:00", "2025-03-01 09:30", "2025-03-01T00:00:00", "2025-03-01 00:00:00.000", "2025年3月1日 星期六", "2025年3月1日星期六", "'2025-03-01",
	} {
		if day, ok := DateOf(text); !ok || day.Format("2006-01-02") != "2025-03-01" {
			t.Errorf("%s: %v %v", text, day, ok)
		}
	}
	for _, text := range []string{"3/1/2025", "25-3-1", "2025-02-30", "45717", "2025-03-01 上午", "2025-03-01 2025-03-02", "2025年3月"} {
		if day, ok := DateOf(text); ok {
			t.Errorf("%s is read as %v", text, day)
		}
	}
	for _, text := range []string{"", " ", "-", "—", "——"} {
		if day, ok := DateOf(text); !ok || !day.IsZero() {
			t.Errorf("%q: %v %v", text, day, ok)
		}
	}
}

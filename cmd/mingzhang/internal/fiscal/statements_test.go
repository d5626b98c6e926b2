package fiscal

import (
	"strings"
	"testing"

	"mingzhang/cmd/mingzhang/internal/statement"
	"mingzhang/cmd/mingzhang/internal/table"
)

// A table of the contract that was saved as a workbook is told with what to do, even
// if it holds few numbers; a sheet that is no table stays a note.
func TestATableOfTheContractInAWorkbookIsTold(t *testing.T) {
	for _, tt := range []struct{ file, sheet, text, severity, expected string }{
		{"data/2024/aju/人员.xlsx", "Sheet1", "类别,编制数,实有数\n事业编制,28,26\n", "error", "人员.csv"},
		{"data/2024/aju/projects.xlsx", "Sheet1", "项目名称,全年预算数（万元）\n甲,1\n", "error", "projects.csv"},
		{"data/2024/aju/本局数据.xlsx", "支出", "功能科目编码,科目名称,决算数（万元）\n2010301,行政运行,1\n", "error", "支出.csv"},
		{"data/2024/aju/支出.xlsx", "封面", "某局\n2024年度部门决算\n", "note", ""},
	} {
		s, list := table.Read(tt.file, []byte(tt.text))
		if len(list) > 0 {
			t.Fatal(list)
		}
		s.Name = tt.sheet
		st, list := Identified(statement.Builtin(), s, 2024)
		if st != nil || len(list) != 1 || list[0].Severity.String() != tt.severity || list[0].Expected != tt.expected {
			t.Errorf("%s: %v", tt.file, list)
			continue
		}
		if tt.severity == "error" && (!strings.Contains(list[0].Fix.ZH, "另存为") || !strings.Contains(list[0].Fix.EN, "save it as CSV")) {
			t.Errorf("%s: %v", tt.file, list[0].Fix)
		}
	}
}

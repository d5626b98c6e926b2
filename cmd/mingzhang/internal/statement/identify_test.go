package statement

import (
	"testing"

	"mingzhang/cmd/mingzhang/internal/table"
)

// The table of one budget is never taken for that of all.
func TestTablesOfOneBudget(t *testing.T) {
	tree := "\n科目编码,科目名称,合计,基本支出,项目支出\n212,城乡社区支出,1.00,,1.00\n"
	three := "\n单位编码,单位名称,合计,因公出国（境）费用,公务用车购置及运行费,公务接待费\n,合计,1.00,,1.00,\n"
	for _, x := range []struct{ text, want string }{
		{"政府性基金支出预算表,,,,单位：万元" + tree, "b06"},
		{"国有资本经营支出预算表,,,,单位：万元" + tree, "b07"},
		{"部门支出预算表,,,,单位：万元" + tree, "b03"},
		{"一般公共预算支出预算表,,,,单位：万元" + tree, "b05"},
		{"政府性基金预算“三公”经费支出预算表,,,,,单位：万元" + three, ""},
		{"一般公共预算“三公”经费支出预算表,,,,,单位：万元" + three, "b09"},
	} {
		s, _ := table.Read("x.csv", []byte(x.text))
		got := ""
		if form, _ := Builtin().Identify(s); form != nil {
			got = form.ID
		}
		if got != x.want {
			t.Errorf("%s is taken for %q", s.Rows[0][0].Text, got)
		}
	}
}

package check

import (
	"strings"
	"testing"

	"mingzhang/cmd/mingzhang/internal/statement"
	"mingzhang/cmd/mingzhang/internal/table"
)

// Lists of projects under codes come to their total, whichever of their rows it adds
// up: the lines, those under an item, the bodies, or all.
func TestListsUnderCodes(t *testing.T) {
	head := "一般公共预算项目支出预算表,,,,,\n部门：示例中学,,,,,单位：万元\n科目编码,,,单位代码,单位名称（科目）,金额\n类,款,项,,,\n"
	for name, x := range map[string]struct{ rows, want string }{
		"one body":       {",,,,合计,180.00\n,,,205301,示例中学,180.00\n205,02,03,205301,校舍维修,100.00\n205,02,03,205301,营养餐,80.00\n", ""},
		"a line":         {",,,,合计,180.00\n,,,205301,示例中学,180.00\n205,02,03,205301,校舍维修,103.00\n205,02,03,205301,营养餐,80.00\n", "side-sum 合计"},
		"the body":       {",,,,合计,180.00\n,,,205301,示例中学,183.00\n205,02,03,205301,校舍维修,100.00\n205,02,03,205301,营养餐,80.00\n", "side-sum 合计"},
		"the total":      {",,,,合计,183.00\n,,,205301,示例中学,180.00\n205,02,03,205301,校舍维修,100.00\n205,02,03,205301,营养餐,80.00\n", "side-sum 合计"},
		"classes":        {",,,,合计,180.00\n205,,,,教育支出,180.00\n205,02,,,普通教育,180.00\n205,02,03,205301,初中教育,180.00\n,,,,校舍维修,100.00\n,,,,营养餐,80.00\n", ""},
		"under the item": {",,,,合计,180.00\n205,02,03,205301,初中教育,180.00\n205,02,03,205301,校舍维修,100.00\n205,02,03,205301,营养餐,80.00\n", ""},
		"two bodies":     {",,,,合计,180.00\n,,,205301,示例中学,100.00\n205,02,03,205301,校舍维修,100.00\n,,,205302,示例小学,80.00\n205,02,02,205302,营养餐,80.00\n", ""},
		"a line uncoded": {",,,,合计,180.00\n205,02,03,205301,校舍维修,100.00\n,,,205301,营养餐,80.00\n", ""},
		"其中 is no body":  {",,,,合计,180.00\n,,,,其中：财政资金,150.00\n205,02,03,205301,校舍维修,100.00\n205,02,03,205301,营养餐,80.00\n", ""},
	} {
		s, _ := table.Read("项目.csv", []byte(head+x.rows))
		form, f := statement.Builtin().Identify(s)
		if form == nil {
			t.Fatal(f.Headline)
		}
		st, _ := statement.Read(s, form, 2025)
		_, list := Sums([]*statement.Statement{st})
		var got []string
		for _, d := range list {
			got = append(got, d.Code.Word+" "+d.Headline.ZH)
		}
		if g := strings.Join(got, "\n"); (g == "") != (x.want == "") {
			t.Errorf("%s: %s", name, g)
		}
	}
}

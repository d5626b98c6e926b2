package indicator

import (
	"fmt"
	"strings"
	"testing"

	"mingzhang/cmd/mingzhang/internal/lang"
)

func ExampleCatalogue_Describe() {
	c, _ := Load("", nil)
	for _, id := range []string{"execution-rate", "adjustment-rate", "pace/{row}", "project/{row}/execution-rate", "original-budget", "outturn-change"} {
		d, _ := c.Find(id)
		fmt.Printf("%s = %s\n", d.Title().ZH, c.Describe(d, lang.ZH))
	}
	// Output:
	// 预算执行率 = 决算数 ÷ (全年预算数，没有时取 年初预算数)
	// 预算调整率 = (全年预算数 − 年初预算数) ÷ 年初预算数
	// 各季度执行率与序时进度之差 = 各季度累计执行率 − 季度序时进度
	// 各项目执行率 = 执行数 ÷ (全年预算数，没有时取 年初预算数)
	// 年初预算数 = 支出（合计）的年初预算数，没有时取 按功能分类的支出的年初预算数之和，没有时取 按经费类别的支出的年初预算数之和
	// 决算数比上年增减 = (决算数 − 上年决算数) ÷ 上年决算数
}

// What a reader is told of a formula is in words: no id and no sign of the
// formula language is left over.
func TestDescriptionsAreInWords(t *testing.T) {
	c, _ := Load("", nil)
	for _, defs := range [][]*Definition{c.Facts, c.Indicators} {
		for _, d := range defs {
			for _, l := range []lang.Lang{lang.ZH, lang.EN} {
				s := c.Describe(d, l)
				if s == "" || strings.ContainsAny(s, "{}_=\"") || strings.Contains(s, "first(") || l == lang.ZH && strings.Contains(s, "/") {
					t.Errorf("%s: %s", d.ID, s)
				}
			}
		}
	}
}

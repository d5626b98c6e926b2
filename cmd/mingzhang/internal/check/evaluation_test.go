package check

import (
	"strings"
	"testing"

	"mingzhang/cmd/mingzhang/internal/statement"
	"mingzhang/cmd/mingzhang/internal/table"
)

// evaluate reads a form of self-evaluation and lists what is found in it.
func evaluate(t *testing.T, name, text string) string {
	t.Helper()
	s, _ := table.Read(name, []byte(text))
	form, f := statement.Builtin().Identify(s)
	if form == nil {
		t.Fatal(name, f.Headline)
	}
	st, list := statement.Read(s, form, 2024)
	for _, d := range list {
		if d.Severity.String() == "error" {
			t.Error(name, d.Place, d.Headline.ZH)
		}
	}
	var found []string
	for _, o := range evaluations([]*statement.Statement{st}) {
		for _, f := range o.Findings {
			found = append(found, f.Code.Word+" "+f.Headline.ZH)
		}
	}
	return strings.Join(found, "\n")
}

// Forms of several places, invented: what each adds up is read by its headings.
func TestSelfEvaluationsOfSeveralPlaces(t *testing.T) {
	for _, x := range []struct{ name, text, want string }{
		{"项目支出绩效自评表.csv", `项目支出绩效自评表,,,,,,,
（2024年度）,,,,,,,
项目名称,,河道巡查,,,主管部门,,示例局
项目资金（万元）,,年初预算数,全年预算数,全年执行数,分值,执行率,得分
,年度资金总额：,0,0,0,10,0,0
,其中：本年财政拨款,90,90,89.974,-,-,-
,上年结转资金,,,,-,,-
年度总体目标,预期目标,,,实际完成情况,,,
,巡查50次,,,巡查50次,,,
一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分,偏差原因分析及改进措施
产出指标,数量指标,巡查次数,≥50次,50次,50,50,
效益指标,社会效益指标,河道畅通,明显,明显,40,40,
总分,,,,,100,90,
`, "evaluation-sum 年度资金总额：的全年预算数写的是 0.00 万元，各行加起来是 90.00 万元\nevaluation-sum 年度资金总额：的全年执行数写的是 0.00 万元，各行加起来是 89.974 万元"},
		{"自评表.csv", `部门预算项目支出绩效自评表（2024年度）,,,,,,,,,
项目名称,51000024T000000000001-法治宣传,,,,,,,,
主管部门,示例县司法局,,,,实施单位,示例县司法局,,,
预算执行情况（10分）,年度预算数（万元）,年初预算,调整后预算数,预算执行数,,预算执行率,权重,得分,原因
,总额,0.00,3.36,3.36,,100.00%,10,10,
,其中：财政资金,0.00,3.36,3.36,,100.00%,/,/,
,财政专户管理资金,0.00,0.00,0.00,,0.00%,/,/,
,其他资金,,,,,,/,/,
绩效指标（90分）,一级指标,二级指标,三级指标,指标性质,指标值,完成值,权重,得分,未完成原因分析
,产出指标,数量指标,发放份数,≥,300,310,60,60,
,效益指标,社会效益指标,知晓率,≥,90,88,30,29,宣传面窄
合计,,,,,,,100,99,
`, ""},
		{"整体支出绩效自评表.csv", `部门整体支出绩效自评表,,,,,,,
一级指标,分值,二级指标,分值,三级指标,评分标准,分值,得分
投入,15,预算配置,15,在职人员控制率,不超过100%,5,5
,,,,三公经费变动率,不增长,5,5
,,,,重点支出安排率,不低于90%,5,4
过程,85,预算执行,85,预算完成率,100%,85,86
合计,,,,,,100,100
`, "evaluation-score 「预算完成率」得分 86，超过分值 85"},
	} {
		if got := evaluate(t, x.name, x.text); got != x.want {
			t.Errorf("%s:\n%s\nwant\n%s", x.name, got, x.want)
		}
	}
}

// What stands above the indicators is kept in lines: the money with its headings.
func TestHeadOfASelfEvaluationIsKept(t *testing.T) {
	s, _ := table.Read("项目支出绩效自评表.csv", []byte(`项目支出绩效自评表,,,,,,,
项目名称,,河道巡查,,,主管部门,,示例局
项目资金（万元）,,年初预算数,全年预算数,全年执行数,分值,执行率,得分
,年度资金总额,90,85,81,10,95.29%,9.53
年度总体目标,预期目标,,,实际完成情况,,,
,巡查50次,,,巡查48次,,,
一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分,偏差原因
产出指标,数量指标,巡查次数,≥50次,48次,90,86.4,暴雨停巡
`))
	form, _ := statement.Builtin().Identify(s)
	st, _ := statement.Read(s, form, 2024)
	want := []string{
		"项目名称　河道巡查　主管部门　示例局",
		"年度资金总额：年初预算数 90，全年预算数 85，全年执行数 81，分值 10，执行率 95.29%，得分 9.53",
		"年度总体目标　预期目标　实际完成情况",
		"巡查50次　巡查48次",
	}
	if got := strings.Join(st.Notes, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
	if st.Form.Title.ZH != "项目支出绩效自评表（河道巡查）" {
		t.Error(st.Form.Title.ZH)
	}
	if st.Form.Columns != nil {
		t.Error("a column of points was taken for money:", st.Form.Columns)
	}
}

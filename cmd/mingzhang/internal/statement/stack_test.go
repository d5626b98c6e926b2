package statement

import (
	"testing"

	"mingzhang/cmd/mingzhang/internal/table"
)

// Tables that stand one below the other in a sheet are read each by itself, with
// their cells at their places.
func TestTablesBelowEachOther(t *testing.T) {
	s, _ := table.Read("决算.csv", []byte(`附件1-3,,,,
示例甲局2024年度支出决算表,,,,
公开03表,,,,单位：万元
功能分类科目编码,科目名称,本年支出合计,基本支出,项目支出
栏次,,1,2,3
合计,,12.50,10.00,2.50
2010601,行政运行,12.50,10.00,2.50
注：本表反映支出。,,,,
,,,,
附件1-5,,,,
一般公共预算财政拨款支出决算表,,,,公开05表
部门：示例甲局,,,,单位：元
科目编码,科目名称,合计,基本支出,项目支出
2010601,行政运行,120000,100000,20000
合计,,120000,100000,20000
`))
	r := Builtin()
	parts := r.Stacked(s)
	if len(parts) != 2 {
		t.Fatal(len(parts), "tables")
	}
	for i, want := range []struct{ form, numbers, cell string }{
		{"f03", "total.total=12.5万元 total.basic=10万元 total.project=2.5万元 2010601.total=12.5万元 2010601.basic=10万元 2010601.project=2.5万元", "C6"},
		{"f05", "2010601.total=120000元 2010601.basic=100000元 2010601.project=20000元 total.total=120000元 total.basic=100000元 total.project=20000元", "C14"},
	} {
		form, f := r.Identify(parts[i])
		if form == nil {
			t.Fatal(f.Headline)
		}
		st, list := Read(parts[i], form, 2024)
		if form.ID != want.form || list.HasErrors() || numbers(st) != want.numbers {
			t.Errorf("%s: %s %s", form.ID, numbers(st), describe(list))
		}
		if c := st.Rows[0].Cells[0].Cell; c.Name() != want.cell {
			t.Errorf("%s: first number at %s", form.ID, c.Name())
		}
	}
	// A list of contents and a note that names a table are no titles.
	for _, text := range []string{
		"序号,表名,页\n1,收入支出决算总表,3\n2,收入决算表,4\n",
		"支出决算表,1\n收入决算表,2\n",
		"支出决算表\n科目编码,科目名称,本年支出合计（万元）\n201,一般公共服务支出,1.00\n支出决算表\n科目编码,科目名称,本年支出合计（万元）\n208,社会保障和就业支出,1.00\n",
		"支出决算表\n科目编码,科目名称,本年支出合计（万元）\n201,一般公共服务支出,1.00\n详见支出决算表说明\n",
	} {
		s, _ := table.Read("x.csv", []byte(text))
		if n := len(r.Stacked(s)); n != 1 {
			t.Errorf("%d tables in\n%s", n, text)
		}
	}
}

// Forms of self-evaluation of several projects in one sheet are a table each; the
// second page of one form is none.
func TestFormsOfSeveralProjectsInOneSheet(t *testing.T) {
	form := func(project, score string) string {
		return `项目支出绩效自评表,,,,,
项目名称,` + project + `,,,,
项目资金（万元）,全年预算数,全年执行数,分值,执行率,得分
年度资金总额,20.00,20.00,10,100%,10
一级指标,三级指标,指标值,分值,得分,偏差原因分析及改进措施
产出指标,修缮教室,≥5间,90,90,
总分,,,100,` + score + `,
`
	}
	r := Builtin()
	s, _ := table.Read("自评.csv", []byte(form("修缮", "100")+form("图书", "95")))
	parts := r.Stacked(s)
	if len(parts) != 2 {
		t.Fatal(len(parts), "forms")
	}
	for i, want := range []string{"修缮", "图书"} {
		f, list := r.Identify(parts[i])
		if f == nil {
			t.Fatal(list)
		}
		st, _ := Read(parts[i], f, 2024)
		if e := st.Evaluation(); e == nil || e.Project != want || e.Total == nil {
			t.Errorf("form %d: %+v", i, e)
		}
	}
	s, _ = table.Read("自评.csv", []byte(form("修缮", "100")+form("修缮", "100")))
	if n := len(r.Stacked(s)); n != 1 {
		t.Error("a page of the same form is a table of its own:", n)
	}
}

package statement

import (
	"strings"
	"testing"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/table"
)

func readText(t *testing.T, name, text string, year int) (*Statement, diag.List) {
	t.Helper()
	s, list := table.Read(name, []byte(text))
	if s == nil || list.HasErrors() {
		t.Fatal(list)
	}
	form, f := Builtin().Identify(s)
	if form == nil {
		t.Fatalf("%s: %s", name, f.Headline.ZH)
	}
	st, list := Read(s, form, year)
	if st == nil {
		t.Fatalf("%s: %s", name, describe(list))
	}
	return st, list
}

// numbers lists key/column=value of every number, in order.
func numbers(st *Statement) string {
	var out []string
	for _, r := range st.Rows {
		for i, c := range r.Cells {
			if c.Known() {
				out = append(out, strings.TrimPrefix(r.Side+"/", "/")+r.Key+"."+st.Form.Columns[i].ID+"="+c.Plain()+c.Unit.Sign())
			}
		}
	}
	return strings.Join(out, " ")
}

func TestLayoutsAsTheyArePrinted(t *testing.T) {
	for _, tt := range []struct{ name, file, text, form, want, findings string }{
		{
			"codes split over three columns, zeros lost by a spreadsheet", "x.csv",
			"2025年部门支出预算总表,,,,,,\n,,,,,,单位：元\n科目编码,,,科目名称,合计,基本支出,项目支出\n类,款,项,,,,\n201,,,一般公共服务支出,300,200,100\n201,6,,财政事务,300,200,100\n201,6,1,行政运行,200,200,\n201,6,2,一般行政管理事务,100,,100\n合计,,,,300,200,100\n",
			"b03", "201.total=300元 201.basic=200元 201.project=100元 20106.total=300元 20106.basic=200元 20106.project=100元 2010601.total=200元 2010601.basic=200元 2010602.total=100元 2010602.project=100元 total.total=300元 total.basic=200元 total.project=100元",
			"code-split@A6 code-split@A7 code-split@A8",
		},
		{
			"a class that stands only on its first row", "支出总表.csv",
			"类,款,项,科目名称,合计（万元）,基本支出（万元）,项目支出（万元）\n208,,,社会保障和就业支出,3.00,3.00,\n,05,,行政事业单位养老支出,3.00,3.00,\n,,01,行政单位离退休,1.00,1.00,\n,,05,机关事业单位基本养老保险缴费支出,2.00,2.00,\n",
			"b03", "208.total=3万元 208.basic=3万元 20805.total=3万元 20805.basic=3万元 2080501.total=1万元 2080501.basic=1万元 2080505.total=2万元 2080505.basic=2万元", "",
		},
		{
			"economic classes in two blocks with totals at the bottom", "公开06表.csv",
			"一般公共预算财政拨款基本支出决算明细表,,,,,\n,,,,,单位：万元\n人员经费,,,公用经费,,\n科目编码,科目名称,决算数,科目编码,科目名称,决算数\n301,工资福利支出,12.50,302,商品和服务支出,3.25\n30101,基本工资,12.50,30201,办公费,3.25\n人员经费合计,,12.50,公用经费合计,,3.25\n",
			"f06", "301.total=12.5万元 30101.total=12.5万元 personnel.total=12.5万元 302.total=3.25万元 30201.total=3.25万元 operating.total=3.25万元", "",
		},
		{
			"the three public expenses lying, twelve numbers on one line", "三公决算.csv",
			"财政拨款“三公”经费支出决算表,,,,,,,,,,,\n,,,,,,,,,,,单位：万元\n预算数,,,,,,决算数,,,,,\n合计,因公出国（境）费,公务用车购置及运行维护费,,,公务接待费,合计,因公出国（境）费,公务用车购置及运行维护费,,,公务接待费\n,,小计,公务用车购置费,公务用车运行维护费,,,,小计,公务用车购置费,公务用车运行维护费,\n1,2,3,4,5,6,7,8,9,10,11,12\n3.95,0.00,3.00,0.00,3.00,0.95,2.50,0.00,2.20,0.00,2.20,0.30\n",
			"f07", "total.original=3.95万元 total.outturn=2.5万元 overseas.original=0万元 overseas.outturn=0万元 vehicles.original=3万元 vehicles.outturn=2.2万元 vehicle-purchase.original=0万元 vehicle-purchase.outturn=0万元 vehicle-operation.original=3万元 vehicle-operation.outturn=2.2万元 reception.original=0.95万元 reception.outturn=0.3万元", "",
		},
		{
			"the budget of the three public expenses lying, with agency operating costs", "b09.csv",
			"合计（万元）,因公出国(境)费（万元）,公务接待费（万元）,公务用车购置及运行费（万元）,,,机关运行经费预算数（万元）\n,,,小计,购置费,运行费,\n22.91,0,1.35,21.56,0,21.56,786.09\n",
			"b09", "total.original=22.91万元 overseas.original=0万元 reception.original=1.35万元 vehicles.original=21.56万元 vehicle-purchase.original=0万元 vehicle-operation.original=21.56万元 agency-operating.original=786.09万元", "",
		},
		{
			"fund accounts with a merged heading", "政府性基金决算.csv",
			"政府性基金预算财政拨款收入支出决算表,,,,,,,\n单位：万元,,,,,,,\n项目,,年初结转和结余,本年收入,本年支出,,,年末结转和结余\n功能分类科目编码,科目名称,,,小计,基本支出,项目支出,\n,合计,0.00,50.00,50.00,0.00,50.00,0.00\n212,城乡社区支出,0.00,50.00,50.00,0.00,50.00,0.00\n",
			"f08", "total.opening=0万元 total.income=50万元 total.total=50万元 total.basic=0万元 total.project=50万元 total.closing=0万元 212.opening=0万元 212.income=50万元 212.total=50万元 212.basic=0万元 212.project=50万元 212.closing=0万元", "",
		},
		{
			"sub-columns of basic spending are not basic spending", "部门支出总表.csv",
			"单位：万元,,,,,,\n科目编码,科目名称,合计,基本支出,,,项目支出\n,,,小计,人员经费,公用经费,\n2010301,行政运行,10.00,8.00,6.00,2.00,2.00\n",
			"b03", "2010301.total=10万元 2010301.basic=8万元 2010301.project=2万元", "unknown-column@E3 unknown-column@F3",
		},
		{
			"the total's row begins beside the last row of the header", "收入决算表.csv",
			"收入决算表,,,,,,\n单位：万元,,,,,,\n项目,,,,本年收入合计,财政拨款收入,其他收入\n支出功能分类,,,科目名称,,,\n科目编码,,,,,,\n类,款,项,合计,12.50,10.00,2.50\n201,,,一般公共服务支出,12.50,10.00,2.50\n201,03,,政府办公厅（室）及相关机构事务,12.50,10.00,2.50\n201,03,01,行政运行,12.50,10.00,2.50\n",
			"f02", "total.total=12.5万元 total.appropriation=10万元 total.other-income=2.5万元 201.total=12.5万元 201.appropriation=10万元 201.other-income=2.5万元 20103.total=12.5万元 20103.appropriation=10万元 20103.other-income=2.5万元 2010301.total=12.5万元 2010301.appropriation=10万元 2010301.other-income=2.5万元", "",
		},
		{
			"the three public expenses under four rows of headings", "三公.csv",
			"财政拨款“三公”经费支出决算表,,,,,,,,,,,\n单位：万元,,,,,,,,,,,\n财政拨款“三公”经费,,,,,,,,,,,\n合计,,因公出国（境）费,,公务用车购置及运行维护费,,,,,,公务接待费,\n,,,,小计,,公务用车购置费,,公务用车运行维护费,,,\n预算数,决算数,预算数,决算数,预算数,决算数,预算数,决算数,预算数,决算数,预算数,决算数\n3.95,2.50,0.00,0.00,3.00,2.20,0.00,0.00,3.00,2.20,0.95,0.30\n",
			"f07", "total.original=3.95万元 total.outturn=2.5万元 overseas.original=0万元 overseas.outturn=0万元 vehicles.original=3万元 vehicles.outturn=2.2万元 vehicle-purchase.original=0万元 vehicle-purchase.outturn=0万元 vehicle-operation.original=3万元 vehicle-operation.outturn=2.2万元 reception.original=0.95万元 reception.outturn=0.3万元", "",
		},
		{
			"economic classes split over two columns, in two blocks", "公开06表.csv",
			"一般公共预算财政拨款基本支出决算表,,,,,,,\n单位：万元,,,,,,,\n经济分类,,科目名称,决算数,经济分类,,科目名称,决算数\n科目编码,,,,科目编码,,,\n类,款,,,类,款,,\n301,,工资福利支出,12.50,302,,商品和服务支出,3.25\n301,01,基本工资,12.50,302,01,办公费,3.25\n人员经费合计,,,12.50,公用经费合计,,,3.25\n",
			"f06", "301.total=12.5万元 30101.total=12.5万元 personnel.total=12.5万元 302.total=3.25万元 30201.total=3.25万元 operating.total=3.25万元", "",
		},
		{
			"an empty table whose total begins in the header, with a line of the model left", "政府性基金.csv",
			"政府性基金预算财政拨款收入支出决算表,,,,,,,\n单位：万元,,,,,,,\n项目,,年初结转和结余,本年收入,本年支出,,,年末结转和结余\n功能分类科目编码,科目名称,,,,,,\n合计,,,,合计,基本支出,项目支出,\n注：本表反映本年度政府性基金预算财政拨款情况。,,,,,,,\n没有收入支出的，仍保留该表格式，并在本表下方作下述说明：,,,,,,,\n说明：示例甲局本年度没有政府性基金预算财政拨款收入和支出，故本表无数据。,,,,,,,\n",
			"f08", "", "",
		},
		{
			"an empty table keeps its grid and its statement", "b07.csv",
			"科目编码,科目名称,合计（元）,基本支出（元）,项目支出（元）\n,,,,\n注：本单位2025年没有国有资本经营预算支出，因此本表为空。,,,,\n",
			"b07", "", "",
		},
	} {
		st, list := readText(t, tt.file, tt.text, 2025)
		if st.Form.ID != tt.form {
			t.Errorf("%s: taken for %s", tt.name, st.Form.ID)
			continue
		}
		if got := numbers(st); got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, got, tt.want)
		}
		var words []string
		for _, f := range list {
			if f.Code.Word != "rows-set-aside" {
				words = append(words, f.Code.Word+"@"+f.Place.Cell)
			}
		}
		if got := strings.Join(words, " "); got != tt.findings {
			t.Errorf("%s: findings %s; want %s\n  %s", tt.name, got, tt.findings, describe(list))
		}
	}
}

func TestLevelsOfTheTree(t *testing.T) {
	st, _ := readText(t, "b03.csv", "科目编码,科目名称,合计（元）,基本支出（元）,项目支出（元）\n201,一般公共服务支出,3,1,2\n20106,财政事务,3,1,2\n2010601,行政运行,1,1,\n2010602,一般行政管理事务,2,,2\n,合计,3,1,2\n", 2025)
	for key, want := range map[string]figure.Level{"201": figure.Parent, "20106": figure.Parent, "2010601": figure.Leaf, "2010602": figure.Leaf, "total": figure.Total} {
		if r := st.Row("", key); r == nil || r.Level != want {
			t.Errorf("%s is %v", key, r)
		}
	}
}

// A finding names a row by the item that its column stands for, not by 小计 or 预算数
// below it.
func TestLyingItemsAreNamedByTheirHeading(t *testing.T) {
	for _, text := range []string{
		"财政拨款“三公”经费支出决算表,,,,,,,,,,,\n单位：万元,,,,,,,,,,,\n财政拨款“三公”经费,,,,,,,,,,,\n合计,,因公出国（境）费,,公务用车购置及运行维护费,,,,,,公务接待费,\n,,,,小计,,\"公务用车\n购置费\",,公务用车运行维护费,,,\n预算数,决算数,预算数,决算数,预算数,决算数,预算数,决算数,预算数,决算数,预算数,决算数\n3.95,2.50,0.00,0.00,3.00,2.20,0.00,0.00,3.00,2.20,0.95,0.30\n",
		"财政拨款“三公”经费支出决算表,,,,,,,,,,,\n,,,,,,,,,,,单位：万元\n预算数,,,,,,决算数,,,,,\n合计,因公出国（境）费,公务用车购置及运行维护费,,,公务接待费,合计,因公出国（境）费,公务用车购置及运行维护费,,,公务接待费\n,,小计,公务用车购置费,公务用车运行维护费,,,,小计,公务用车购置费,公务用车运行维护费,\n3.95,0.00,3.00,0.00,3.00,0.95,2.50,0.00,2.20,0.00,2.20,0.30\n",
	} {
		st, list := readText(t, "三公决算.csv", text, 2024)
		var got []string
		for _, r := range st.Rows {
			got = append(got, r.Name)
		}
		if want := "合计 因公出国（境）费 公务用车购置及运行维护费 公务用车购置费 公务用车运行维护费 公务接待费"; strings.Join(got, " ") != want {
			t.Errorf("rows are named %s; want %s\n%s", strings.Join(got, " "), want, describe(list))
		}
	}
}

func TestWrongCodesAreTold(t *testing.T) {
	for _, tt := range []struct{ code, name, want, expected string }{
		{"2010301", "行政运行", "", ""},
		{"210", "医疗卫生与计划生育支出", "note code-name-of-another-year", "卫生健康支出"},
		{"2.01E+06", "行政运行", "error code-unreadable", "2010101"},
		{"2010301.0", "行政运行", "", ""},
		{"20103 01", "行政运行", "warning code-misprinted", "2010301"},
		{"2080505", "机关事业单位职业年金缴费支出", "warning code-name-mismatch", "2080506"},
		{"2012906", "一般行政管理事务", "warning code-name-mismatch", "2012902"}, // the name of a sister
		{"249", "某支出", "error unknown-code", "209"},
		{"2010377", "某项事务", "note unknown-code", ""},
	} {
		text := "科目编码,科目名称,合计（元）,基本支出（元）,项目支出（元）\n" + tt.code + "," + tt.name + ",1,1,\n"
		_, list := readText(t, "b03.csv", text, 2025)
		got, expected := "", ""
		for _, f := range list {
			got, expected = f.Severity.String()+" "+f.Code.Word, f.Expected
		}
		if got != tt.want || expected != tt.expected && tt.expected != "209" {
			t.Errorf("%s %s: %s (%s); want %s (%s)", tt.code, tt.name, got, expected, tt.want, tt.expected)
		}
	}
}

func TestASheetThatCannotBeToldIsAFinding(t *testing.T) {
	s, _ := table.Read("x.csv", []byte("科目编码,科目名称,合计（元）,基本支出（元）,项目支出（元）\n201,一般公共服务支出,1,1,\n"))
	form, f := Builtin().Identify(s)
	if form != nil || f == nil || f.Code != UnknownStatement && f.Code != AmbiguousStatement {
		t.Errorf("%v %v", form, f)
	}
	s, _ = table.Read("x.csv", []byte("甲,乙\n1,2\n"))
	if form, f := Builtin().Identify(s); form != nil || f.Code != UnknownStatement {
		t.Errorf("%v %v", form, f)
	}
}

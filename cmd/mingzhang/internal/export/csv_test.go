package export

import (
	"strings"
	"testing"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/schema"

	"github.com/shopspring/decimal"
)

// Formulas are disarmed in the copy for Excel and nowhere else; a negative number
// is no formula.
func TestOnlyTheCopyForExcelIsGuarded(t *testing.T) {
	minus := &figure.Figure{Value: money.Of(decimal.RequireFromString("-5.2"), money.WanYuan)}
	g := &Grid{
		Columns: []Column{{Name: lang.Same("项目"), Type: schema.TypeText}, {Name: lang.Same("金额"), Type: schema.TypeAmount, Unit: money.WanYuan}},
		Rows: [][]Cell{
			{{Text: `=HYPERLINK("http://x")`}, {Text: "-5.2", Figure: minus}},
			{{Text: "+1"}, {Text: "—"}},
			{{Text: "-转移支付"}, {}},
			{{Text: "@SUM(A1)"}, {}},
			{{Text: "＝1+1"}, {}},
			{{Text: "维修费"}, {}},
		},
	}
	plain, excel := string(g.CSV()), string(g.ExcelCSV())
	if want := "项目,金额（万元）\r\n\"=HYPERLINK(\"\"http://x\"\")\",-5.2\r\n+1,—\r\n-转移支付,\r\n@SUM(A1),\r\n＝1+1,\r\n维修费,\r\n"; plain != want {
		t.Errorf("CSV is\n%q", plain)
	}
	if want := "\uFEFF项目,金额（万元）\r\n\"'=HYPERLINK(\"\"http://x\"\")\",-5.2\r\n'+1,—\r\n'-转移支付,\r\n'@SUM(A1),\r\n'＝1+1,\r\n维修费,\r\n"; excel != want {
		t.Errorf("the copy for Excel is\n%q", excel)
	}
	if strings.HasPrefix(plain, "\uFEFF") {
		t.Error("the CSV for programs has a byte mark")
	}
}

func TestColumnsOfOneHeadingAreToldApart(t *testing.T) {
	g := &Grid{Columns: []Column{{Name: lang.Same("金额"), Type: schema.TypeAmount, Unit: money.Yuan}, {Name: lang.Same("金额"), Type: schema.TypeAmount, Unit: money.Yuan}, {Name: lang.Same("备注")}}}
	g.tellApart()
	var heads []string
	for _, c := range g.Columns {
		heads = append(heads, c.Heading())
	}
	if got := strings.Join(heads, "|"); got != "金额（元）|金额 2（元）|备注" {
		t.Error(got)
	}
}

// An amount keeps the decimals with which it was disclosed, in lines as in
// statutory tables: 1530.00 is not 1530.
func TestDecimalsAreKeptAsDisclosed(t *testing.T) {
	dy, list := readYear(t, map[string]string{
		"income.csv": "资金来源,年初预算数（万元）,决算数（元）\n一般公共预算,1530.00,\"15,300,000.50\"\n其他收入,0.50,120.00\n",
		"f03.csv":    "支出决算表\n单位：万元\n科目编码,科目名称,本年支出合计,基本支出,项目支出,上缴上级支出,经营支出,对附属单位补助支出\n,合计,10.00,4.50,5.50,,,\n205,教育支出,10.00,4.50,5.50,,,\n",
	})
	if dy == nil {
		t.Fatal(list)
	}
	var income, table string
	for _, x := range dy.Tables {
		if x.ID == "income" {
			income = string(Table(x, dy.Book.Table("income")).CSV())
		}
	}
	if st := dy.Statement("f03"); st != nil {
		table = string(Statement(st).CSV())
	}
	if want := "一般公共预算,1530.00,15300000.50\r\n其他收入,0.50,120.00\r\n"; !strings.HasSuffix(income, want) {
		t.Errorf("lines: %q, want %q at the end", income, want)
	}
	if want := "205,教育支出,10.00,4.50,5.50"; !strings.Contains(table, want) {
		t.Errorf("statutory table: %q, want %q in it", table, want)
	}
}

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

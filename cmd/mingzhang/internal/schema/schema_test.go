package schema_test

import (
	"os"
	"strings"
	"testing"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/standard"
	"mingzhang/cmd/mingzhang/internal/table"
)

func decode(t *testing.T, id, text string) ([]fiscal.Expenditure, *schema.Binding, diag.List) {
	t.Helper()
	tables, lists := standard.Contract()
	sheet, list := table.Read("t.csv", []byte(text))
	if sheet == nil {
		t.Fatal(list)
	}
	b, more := schema.Bind(sheet, tables.Get(id), lists)
	list.Add(more...)
	if b == nil {
		return nil, nil, list
	}
	rows, more := schema.Decode[fiscal.Expenditure](b)
	list.Add(more...)
	return rows, b, list
}

func words(list diag.List) string {
	var out []string
	for _, f := range list {
		out = append(out, f.Code.Word+"@"+f.Place.Cell)
	}
	return strings.Join(out, " ")
}

// ⟦…⟧ marks the cell that the finding must name.
func TestEveryFaultIsFoundAtItsCell(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"letters", "科目名称,年初预算数（万元）\n甲,⟦十元⟧\n", "type-error@B2"},
		{"two points", "科目名称,年初预算数（万元）\n甲,⟦446.110.00⟧\n", "type-error@B2"},
		{"comma", "科目名称,年初预算数（万元）\n甲,\"⟦12,34⟧\"\n", "thousands-misplaced@B2"},
		{"scientific", "科目名称,年初预算数（万元）\n甲,⟦1.0E+04⟧\n", "scientific-notation@B2"},
		{"error value", "科目名称,年初预算数（万元）\n甲,⟦#REF!⟧\n", "spreadsheet-error@B2"},
		{"formula", "科目名称,年初预算数（万元）\n甲,⟦=1+1⟧\n", "formula-as-text@B2"},
		{"share among amounts", "科目名称,年初预算数（万元）\n甲,⟦12%⟧\n", "unit-mismatch@B2"},
		{"no unit", "科目名称,⟦年初预算数⟧\n甲,12\n", "unit-missing@B1"},
		{"unknown unit", "科目名称,⟦年初预算数（万圆）⟧\n甲,12\n", "unit-unknown@B1"},
		{"share as unit", "科目名称,⟦年初预算数（%）⟧\n甲,12\n", "unit-mismatch@B1 unit-missing@B1"},
		{"short row", "科目名称,支出类型,年初预算数（万元）\n甲,⟦基本支出⟧\n", "missing-cell@B2"},
		{"long row", "科目名称,年初预算数（万元）\n甲,1,⟦742.74⟧\n", "extra-cell@C2"},
		{"unknown word", "科目名称,支出类型,年初预算数（万元）\n甲,⟦基本支出额⟧,1\n", "unknown-choice@B2"},
		{"unknown column", "科目名称,年初预算数（万元）,⟦年底预算数（万元）⟧\n甲,1,2\n", "unknown-column@C1"},
		{"heading twice", "科目名称,年初预算数（万元）,⟦年初预算（万元）⟧\n甲,1,2\n", "duplicate-label@C1"},
		{"row twice", "科目名称,年初预算数（万元）\n甲,1\n⟦甲⟧,2\n", "duplicate-row@A3"},
		{"code in scientific notation", "功能科目编码,科目名称,年初预算数（万元）\n⟦2.01E+06⟧,甲,1\n", "scientific-notation@A2"},
		{"spaced code", "功能科目编码,科目名称,年初预算数（万元）\n⟦201 03 01⟧,甲,1\n", "code-form@A2"},
		{"code with commas", "功能科目编码,科目名称,年初预算数（万元）\n\"⟦2,010,301⟧\",甲,1\n", "code-form@A2"},
		{"name for a code", "功能科目编码,科目名称,年初预算数（万元）\n⟦合计⟧,,1\n", "code-form@A2"},
		{"code with half a level", "科目名称,经济科目编码,年初预算数（万元）\n甲,⟦3010⟧,1\n", "code-form@B2"},
		{"codes as numbers", "功能科目编码,科目名称,年初预算数（万元）\n2010301.00,甲,1\n2010302.0,乙,1\n２０１,丙,1\n", ""},
		{"no header", "甲,乙\n1,2\n", "header-missing@"},
	} {
		_, _, list := decode(t, "expenditure", strings.NewReplacer("⟦", "", "⟧", "").Replace(tt.text))
		if got := words(list); got != tt.want {
			t.Errorf("%s: found %s; want %s", tt.name, got, tt.want)
		}
		for _, f := range list {
			if f.Place.Cell == "" {
				continue
			}
			before, _, _ := strings.Cut(tt.text, "⟦")
			line := strings.Count(before, "\n") + 1
			col := len([]rune(before[strings.LastIndex(before, "\n")+1:])) + 1
			if strings.HasSuffix(before, "\"") {
				col--
			}
			if f.Place.Line != line || f.Place.Column != col {
				t.Errorf("%s: %s stands at %d:%d; want %d:%d", tt.name, f.Code.Word, f.Place.Line, f.Place.Column, line, col)
			}
		}
	}
}

// A sheet as a spreadsheet program exports it, with title, unit line, merged
// header, column numbers and a note, reads like its plain twin.
func TestTitleRowsMergedHeaderAndNote(t *testing.T) {
	plain := "功能科目编码,科目名称,年初预算数（万元）,决算数（万元）\n,合计,\"9,759.38\",754.75\n208,社会保障和就业支出,754.75,0.00\n"
	messy := "支出决算表,,,\n,,,公开03表\n部门：某区规划局,,,单位：万元\n项目,,年初预算数,决算数\n功能科目编码,科目名称,,\n栏次,,1,2\n,合计,\"9,759.38\",754.75\n\n208,社会保障和就业支出,７５４．７５,0.00\n功能科目编码,科目名称,年初预算数,决算数\n注：本表反映部门本年度各项支出情况。,,,\n"
	want, _, list := decode(t, "expenditure", plain)
	if len(list) > 0 || len(want) != 2 {
		t.Fatal(words(list))
	}
	got, b, list := decode(t, "expenditure", messy)
	if words(list) != "rows-set-aside@ read-normalised@" {
		t.Fatalf("found %s", words(list))
	}
	if b.Layout.Title != "支出决算表" || b.Layout.Unit != "万元" || b.Layout.Body != "某区规划局" || len(b.Layout.Notes) != 1 {
		t.Errorf("layout %+v", b.Layout)
	}
	for i := range want {
		w, g := want[i], got[i]
		if w.Function.Value != g.Function.Value || w.Name.Value != g.Name.Value || !w.Original.Base().Equal(g.Original.Base()) || !w.Outturn.Base().Equal(g.Outturn.Base()) {
			t.Errorf("row %d: %+v; want %+v", i, g, w)
		}
	}
	if n := len(b.Rows); n+len(aside(b)) != len(b.Sheet.Rows) {
		t.Errorf("%d rows kept and %d set aside of %d", n, len(aside(b)), len(b.Sheet.Rows))
	}
	if f := list[0].Headline.ZH; !strings.Contains(f, "第 1 行标题") || !strings.Contains(f, "第 11 行表下的注") || !strings.Contains(f, "第 8 行空行") {
		t.Errorf("rows set aside: %s", f)
	}
}

func aside(b *schema.Binding) (rows []int) {
	for i, r := range b.Layout.Roles {
		if r != schema.Data {
			rows = append(rows, i)
		}
	}
	return rows
}

// 金额 over the columns of a budget says what they count, not which of them it is.
func TestAmountOverStages(t *testing.T) {
	rows, _, list := decode(t, "expenditure", "科目名称,金额（万元）,,\n,年初预算数,全年预算数,决算数\n甲,1.00,2.00,3.00\n")
	if list.HasErrors() || rows[0].Original.Plain() != "1" || rows[0].Adjusted.Plain() != "2" || rows[0].Outturn.Plain() != "3" || rows[0].Outturn.Unit.Sign() != "万元" {
		t.Errorf("%s %+v", words(list), rows)
	}
}

func TestValuesKeepTheirCell(t *testing.T) {
	rows, _, list := decode(t, "expenditure", "科目名称,支出类型,年初预算数（万元）,决算数（万元）\n公用,基本支出,29.08,\"279,282.0元\"\n")
	if len(list) > 0 {
		t.Fatal(words(list))
	}
	r := rows[0]
	if r.Original.Cell.Name() != "C2" || r.Outturn.Cell.Name() != "D2" || r.Outturn.Cell.Text != "279,282.0元" || r.Type.ID != "basic" {
		t.Errorf("%+v", r)
	}
	if r.Outturn.Unit.Sign() != "元" || r.Outturn.Plain() != "279282" || r.Adjusted.Cell.Present() {
		t.Errorf("%s %s", r.Outturn.Plain(), r.Outturn.Unit.Sign())
	}
}

// Trailing zeros that a spreadsheet dropped do not widen a number's interval.
func TestFinenessIsTheColumns(t *testing.T) {
	rows, _, _ := decode(t, "expenditure", "科目名称,年初预算数（万元）\n甲,8.6\n乙,52.34\n丙,87300\n")
	for _, r := range rows {
		if w := r.Original.Hi().Sub(r.Original.Lo()).String(); w != "100" { // yuan: 0.01 万元
			t.Errorf("%s stands for a width of %s yuan", r.Name.Value, w)
		}
	}
	// The column's unit in a cell changes nothing; another unit has a fineness of its own.
	rows, _, _ = decode(t, "expenditure", "科目名称,年初预算数（万元）\n甲,8.6万元\n乙,52.34\n丙,1亿元\n")
	for i, want := range []string{"100", "100", "100000000"} {
		if w := rows[i].Original.Hi().Sub(rows[i].Original.Lo()).String(); w != want {
			t.Errorf("%s stands for a width of %s yuan; want %s", rows[i].Name.Value, w, want)
		}
	}
	rows, _, _ = decode(t, "expenditure", "科目名称,年初预算数（元）\n甲,8.6\n")
	if !rows[0].Original.Exact() {
		t.Error("yuan are exact")
	}
}

func BenchmarkBindAndDecode(b *testing.B) {
	data, err := os.ReadFile("../../../../data/2024/wanli/expenditure.csv")
	if err != nil {
		b.Fatal(err)
	}
	tables, lists := standard.Contract()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		sheet, _ := table.Read("x.csv", data)
		bound, _ := schema.Bind(sheet, tables.Get("expenditure"), lists)
		schema.Decode[fiscal.Expenditure](bound)
	}
}

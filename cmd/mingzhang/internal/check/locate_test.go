package check

import (
	"strings"
	"testing"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/statement"
)

func told(list diag.List) string {
	var out []string
	for _, f := range list {
		out = append(out, f.Code.Word+"@"+f.Place.Cell)
	}
	return strings.Join(out, " ")
}

// One mistake is one finding, at the wrong cell, in the words for its kind.
func TestEachMistakeIsRecognisedAtItsCell(t *testing.T) {
	const exact = "sh-putuo-govoffice-2025-budget-dept/b03_expenditure.csv" // in yuan
	const rounded = "sh-putuo-finance-2024-final/t03_expenditure.csv"       // in 万元
	for _, tt := range []struct {
		what, file, want string
		replace          []string
	}{
		{"a leaf in another unit", exact, "unit-doubtful@D4", []string{`"12,029,501.84","11,919,501.84"`, `"12,029,501.84","1,191.950184"`}},
		{"a leaf of 万元 typed in 元", rounded, "unit-doubtful@D5", []string{`"1,511.89","1,503.52"`, `"1,511.89","15,035,200.00"`}},
		{"a digit too few", exact, "digit-dropped@D4", []string{`"12,029,501.84","11,919,501.84"`, `"12,029,501.84","1,919,501.84"`}},
		{"a digit too many", exact, "digit-added@D4", []string{`"12,029,501.84","11,919,501.84"`, `"12,029,501.84","119,919,501.84"`}},
		{"two digits swapped", exact, "digits-swapped@D4", []string{`"12,029,501.84","11,919,501.84"`, `"12,029,501.84","11,919,510.84"`}},
		{"a wrong sign", exact, "sign-lost@D4", []string{`"12,029,501.84","11,919,501.84"`, `"12,029,501.84","-11,919,501.84"`}},
		{"a blank cell", exact, "cell-left-blank@D4", []string{`"12,029,501.84","11,919,501.84"`, `"12,029,501.84",`}},
		{"another number", exact, "cell-contradicts@D4", []string{`"12,029,501.84","11,919,501.84"`, `"12,029,501.84","11,777,777.77"`}},
		{"two columns of a row exchanged", exact, "columns-swapped@D4", []string{`"12,029,501.84","11,919,501.84","110,000.00"`, `"12,029,501.84","110,000.00","11,919,501.84"`}},
		{"a total that leaves a row out", exact, "row-left-out@C9", []string{`20805,行政事业单位养老支出,"4,213,779.28","4,213,779.28"`, `20805,行政事业单位养老支出,"4,198,959.28","4,198,959.28"`}},
		{"a total that counts a row twice", exact, "row-counted-twice@C9", []string{`20805,行政事业单位养老支出,"4,213,779.28","4,213,779.28"`, `20805,行政事业单位养老支出,"4,228,599.28","4,228,599.28"`}},
		{"a row that stands twice", exact, "row-repeated@C18", []string{`2101102,事业单位医疗,"314,218.15","314,218.15",,12`, "2101102,事业单位医疗,\"314,218.15\",\"314,218.15\",,12\n2101102,事业单位医疗,\"314,218.15\",\"314,218.15\",,12"}},
		{"a column moved down by a row", exact, "rows-shifted@D11", []string{
			`"1,554,220.00","1,554,220.00"`, `"1,554,220.00",`, `"1,763,159.52","1,763,159.52"`, `"1,763,159.52","1,554,220.00"`,
			`"881,579.76","881,579.76"`, `"881,579.76","1,763,159.52"`, `"14,820.00","14,820.00"`, `"14,820.00","881,579.76"`,
			`"1,097,073.43","1,097,073.43",,12
21011`, `"1,097,073.43","14,820.00",,12
21011`,
		}},
	} {
		_, found := Sums([]*statement.Statement{read(t, tt.file, 2025, tt.replace...)})
		if got := told(found); got != tt.want {
			t.Errorf("%s: told %q, want %q", tt.what, got, tt.want)
			for _, f := range found {
				t.Log(f.Headline.ZH, f.Sum.ZH)
			}
		}
	}
}

package schema

import (
	"strings"
	"testing"

	"mingzhang/cmd/mingzhang/internal/table"
)

// Rows that number the columns are told from rows of data in whatever order and
// writing the numbers stand.
func TestNumberingRows(t *testing.T) {
	for _, tt := range []struct {
		row         string
		underHeader bool
		want        bool
	}{
		{"栏次||1|2|3", true, true},
		{"栏次||2|3|1", true, true},                // columns were moved
		{"栏次||１|２|３", true, true},                // full width
		{"栏次||1=2+3|2|3", true, true},            // told as sums
		{"栏次||1栏＝2栏＋3栏|2|3", true, false},        // not a number in front
		{"甲|乙|1|2|3", true, true},                // columns of words are numbered too
		{"甲|1|2", true, false},                   // or it is the name of something
		{"合计||1|2|3", true, false},               //
		{"||3|1|2", true, false},                 // bare numbers in no order may be data
		{"行次|1|100.50|行次|32|88.00", true, false}, // amounts
	} {
		var r table.Row
		for _, c := range strings.Split(tt.row, "|") {
			r = append(r, table.Cell{Text: c})
		}
		if got := isNumbering(r, tt.underHeader); got != tt.want {
			t.Errorf("%s: %v", tt.row, got)
		}
	}
}

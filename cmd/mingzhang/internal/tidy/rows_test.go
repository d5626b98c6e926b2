package tidy

import (
	"reflect"
	"testing"

	"mingzhang/cmd/mingzhang/internal/proof"
)

// Rows are laid out by the order of columns and read back by their names.
func TestFiguresComeBackFromTheirRows(t *testing.T) {
	value, day := "12.5", "2024-02-05"
	f := &proof.File{Department: "a", Year: 2024, Prior: map[string][]string{}, Figures: []*proof.Figure{
		{
			ID: "x/1/original", Label: "名", Stage: "original", Unit: "万元", Value: &value, Decimals: 2, State: "number", Interval: &[2]string{"12.45", "12.55"}, Written: "约12.5", CSV: "x!B2",
			Source: &proof.Source{File: "data/x.csv", Sheet: "表", Cell: "B2", Text: "12.5", Unit: "万元", Decimals: 1},
		},
		{ID: "day", Label: "公开日期", Unit: dateUnit, Value: &day, State: "number", Source: &proof.Source{File: "data/y.csv", Cell: "C3", Text: day}},
		{ID: "rate", Label: "率", LabelEN: "rate", Unit: "%", State: "not-applicable", Formula: "x / y", Row: "x/1", Table: "b01", Inputs: []string{"x/1/original", "b/2023#y"}},
	}}
	files, err := Files(Figures.Take(f), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := files["a/2024"]; !reflect.DeepEqual(got, f) {
		t.Errorf("%+v", got)
		for i, x := range got.Figures {
			t.Errorf("%+v, was %+v", *x, *f.Figures[i])
		}
	}
}

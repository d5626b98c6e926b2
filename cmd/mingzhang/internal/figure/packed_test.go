package figure

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/table"
)

func drawn(t *rapid.T, id string) *Figure {
	word := rapid.SampledFrom([]string{"", "收入", "支出 合计", "income", "年初预算数", "≥300册", "2010301"})
	v, _, err := money.Parse(rapid.SampledFrom([]string{"", "0", "12.30", "-4,567.89", "—"}).Draw(t, "value"), money.WanYuan, 2)
	if err != nil {
		t.Fatal(err)
	}
	f := &Figure{
		ID: id, Home: "huoli/2024", Label: lang.Text{ZH: word.Draw(t, "zh"), EN: word.Draw(t, "en")}, Column: lang.Text{ZH: word.Draw(t, "column"), EN: "x"},
		Value: v, Written: word.Draw(t, "written"), Stage: rapid.SampledFrom(append(Stages, NoStage)).Draw(t, "stage"),
		Spot: Spot{Table: word.Draw(t, "table"), Row: rapid.Int32Range(0, 9999).Draw(t, "row"), Col: rapid.Int32Range(0, 300).Draw(t, "column")},
	}
	switch rapid.IntRange(0, 2).Draw(t, "origin") {
	case 0:
		f.Cell = &Cell{Sheet: &table.Sheet{File: "data/2024/huoli/income.csv"}, Cell: table.Cell{Row: 3, Col: 2, Text: "1"}}
	case 1:
		f.Formula = &Formula{Table: "b01", Source: "1 + 1"}
	}
	return f
}

// Pages over many department-years show of a packed figure what the figure's own
// pages show, and lead to its proof.
func TestPackedFiguresComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z]{1,4}(/[a-z]{1,3})?`), 0, 30, rapid.ID).Draw(t, "ids")
		var figures []*Figure
		for _, id := range ids {
			figures = append(figures, drawn(t, id))
		}
		lists := map[string][]string{}
		for _, name := range rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z]{1,6}`), 0, 5, rapid.ID).Draw(t, "lists") {
			lists[name] = rapid.SliceOf(rapid.SampledFrom(append(ids, "", "另一个"))).Draw(t, "list")
		}
		p := Pack(figures, lists)
		for _, f := range figures {
			got := p.Get(f.ID)
			if got == nil || got.Address() != f.Address() || got.Spot != f.Spot {
				t.Fatalf("%+v became %+v", f, got)
			}
			if a, b := string(got.AppendShown(nil)), string(f.AppendPacked(nil)); a != b {
				t.Fatalf("%q became %q", b, a)
			}
		}
		near := Near(rapid.IntRange(0, 40).Draw(t, "near"))
		for _, id := range append(ids, "no such figure") { // in any order, some twice
			if f, found := p.Get(id), p.GetNear(id, &near); (f == nil) != (found == nil) || f != nil && found.ID != id {
				t.Fatalf("%s is not found from where the one before was", id)
			}
		}
		if p.Get("no such figure") != nil || p.List("no such list") != nil {
			t.Error("there is what was not packed")
		}
		for name, list := range lists {
			if got := p.List(name); !slices.Equal(got, list) {
				t.Fatal(cmp.Diff(list, got))
			}
		}
		if n := len(slices.Collect(p.Lists())); n != len(lists) {
			t.Errorf("%d lists became %d", len(lists), n)
		}
		slices.Reverse(figures)
		if again := Pack(figures, lists); string(again.Append(nil)) != string(p.Append(nil)) {
			t.Error("another order packs to other bytes")
		}
	})
}

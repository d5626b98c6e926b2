package figure

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"mingzhang/cmd/mingzhang/internal/money"
)

// A template that is filled in gathers what the selector gathers that is written
// out, and so it does when rows were entered in between.
func TestTemplatesGatherWhatTheyReadFilledIn(t *testing.T) {
	values := []string{"", "2", "20", "201", "205", "basic"}
	rapid.Check(t, func(t *rapid.T) {
		b := NewBook("a/2024")
		enter := func() {
			for range rapid.IntRange(0, 6).Draw(t, "rows") {
				r := &Row{Table: "expenditure", Key: "k", Names: []string{"outturn"}, Cells: []*Figure{{Value: money.Int(1, money.WanYuan)}}}
				for _, name := range []string{"function", "type"} {
					if v := rapid.SampledFrom(values).Draw(t, name); v != "" {
						r.Attrs = append(r.Attrs, Attr{name, v})
					}
				}
				b.AddRow(r)
			}
		}
		text := "expenditure{" + rapid.SampledFrom([]string{"function={row}*", "function={row}", "type=basic,function={row}*", "type={row},function={row}*", "function={row}*,level=leaf"}).Draw(t, "selector") + "}.outturn"
		key := rapid.SampledFrom(values).Draw(t, "key")
		template, err := ParseSelector(text)
		if err != nil {
			t.Fatal(err)
		}
		fill := func(s string) string { return strings.ReplaceAll(s, "{row}", key) }
		for range 2 {
			enter()
			written, err := ParseSelector(fill(text))
			if err != nil {
				t.Fatal(err)
			}
			got, n := b.GatherFilled(template, fill, nil)
			want, m := b.Gather(written, nil)
			if n != m || !slices.Equal(got, want) {
				t.Fatalf("%s for %q: %d figures of %d rows, want %d of %d", text, key, len(got), n, len(want), m)
			}
		}
	})
}

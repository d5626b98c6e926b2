package figure

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"mingzhang/cmd/mingzhang/internal/lang"
)

// A book at rest says of its figures what it said before.
func TestABookAtRestSaysTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := NewBook("huoli/2024")
		for i := range rapid.IntRange(0, 20).Draw(t, "figures") {
			b.Add(drawn(t, fmt.Sprint("x/", i)))
		}
		said := func() (out []string) {
			for _, f := range b.All() {
				out = append(out, f.Display(lang.ZH), f.Display(lang.EN), f.Address(), string(f.AppendAddress(nil)), string(f.AppendShown(nil)), string(f.AppendPacked(nil)))
			}
			return out
		}
		before := fmt.Sprintf("%q", said())
		b.Rest()
		if after := fmt.Sprintf("%q", said()); after != before {
			t.Fatalf("%s became %s", before, after)
		}
	})
}

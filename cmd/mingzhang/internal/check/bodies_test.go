package check

import (
	"strings"
	"testing"

	"mingzhang/cmd/mingzhang/internal/label"

	"pgregory.net/rapid"
)

// The index finds the department that a look at each of them in turn finds.
func TestTheFirstDepartmentThatATextNames(t *testing.T) {
	letters := rapid.StringOf(rapid.SampledFrom([]rune("示例区局教 ａ（")))
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOf(letters).Draw(t, "names")
		own := letters.Draw(t, "own")
		text := label.Fold(letters.Draw(t, "before") + rapid.SampledFrom(append(names, "")).Draw(t, "name") + letters.Draw(t, "after"))
		want := ""
		for _, n := range names {
			if f := label.Fold(n); len([]rune(f)) >= 4 && strings.Contains(text, f) && !strings.Contains(own, n) {
				want = n
				break
			}
		}
		if got := NewBodies(names).named(text, own); got != want {
			t.Fatalf("%q names %q; want %q", text, got, want)
		}
	})
}

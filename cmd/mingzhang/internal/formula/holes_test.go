package formula

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"mingzhang/cmd/mingzhang/internal/figure"
)

// An id that is cut up is filled in as one that is not.
func TestHolesAreFilledAsInOneGo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ref := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"project", "/", "{row}", "{.function}", "}", "-"})).Draw(t, "id"), "")
		s := Scope{Key: rapid.StringMatching(`[a-z0-9/]{0,4}`).Draw(t, "key")}
		if rapid.Bool().Draw(t, "properties") {
			s.Row = &figure.Row{Attrs: []figure.Attr{{Name: "function", Value: "205"}}}
			s.Group = rapid.Bool().Draw(t, "group")
		}
		if got, want := string(s.fill(nil, cutHoles(ref))), s.Fill(ref); got != want {
			t.Fatalf("%q is %q, want %q", ref, got, want)
		}
	})
}

package claim

import (
	"regexp"
	"testing"

	"pgregory.net/rapid"
)

// The patterns that are found by hand are found as regular expressions find
// them.
func TestPatternsByHand(t *testing.T) {
	years, priors := regexp.MustCompile(`((?:19|20)\d\d)年?`), regexp.MustCompile(`上年|去年|上一?年度?|上期|同期`)
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom([]rune("1902009年上一度去同期支x、第（ "))).Draw(t, "text")
		for _, x := range []struct {
			name    string
			pattern *regexp.Regexp
			find    func(string, int) (int, int)
		}{{"year", years, yearIn}, {"prior", priors, priorIn}} {
			var got [][]int
			for i, j := x.find(s, 0); i >= 0; i, j = x.find(s, j) {
				got = append(got, []int{i, j})
			}
			want := x.pattern.FindAllStringIndex(s, -1)
			if len(got) != len(want) {
				t.Fatalf("%s in %q: %v; want %v", x.name, s, got, want)
			}
			for i := range got {
				if got[i][0] != want[i][0] || got[i][1] != want[i][1] {
					t.Fatalf("%s in %q: %v; want %v", x.name, s, got, want)
				}
			}
			if cut := cutOut(s, x.find); cut != x.pattern.ReplaceAllString(s, "") {
				t.Fatalf("%s cut out of %q: %q", x.name, s, cut)
			}
		}
		if got, want := stripNumbering(s), headNumber.ReplaceAllString(s, ""); got != want {
			t.Fatalf("%q without its number: %q; want %q", s, got, want)
		}
	})
}

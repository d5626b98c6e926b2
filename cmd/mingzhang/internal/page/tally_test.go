package page

import (
	"maps"
	"testing"
)

func TestATallyComesBack(t *testing.T) {
	for _, counts := range []map[string]int{{}, {"passed": 0}, {"passed": 251, "passed-without-power": 3, "failed": 1, "not-checked": 40}} {
		if got := TallyOf(counts).Counts(); !maps.Equal(got, counts) {
			t.Errorf("%v became %v", counts, got)
		}
	}
}

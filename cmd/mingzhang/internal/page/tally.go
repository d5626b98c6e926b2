package page

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Tally is how many of each kind there are, in one word: "failed 2, passed 251". A
// site keeps one of every department-year, which as maps would take more than all
// else that is kept.
type Tally string

// TallyOf writes counts by kind, in order.
func TallyOf(counts map[string]int) Tally {
	var list []string
	for _, kind := range slices.Sorted(maps.Keys(counts)) {
		list = append(list, kind+" "+strconv.Itoa(counts[kind]))
	}
	return Tally(strings.Join(list, ", "))
}

// Counts reads them back.
func (t Tally) Counts() map[string]int {
	out := map[string]int{}
	for part := range strings.SplitSeq(string(t), ", ") {
		if kind, n, ok := strings.Cut(part, " "); ok {
			out[kind], _ = strconv.Atoi(n) // it was written above
		}
	}
	return out
}

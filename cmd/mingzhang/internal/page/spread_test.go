package page

import (
	"testing"

	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/money"
)

// A quantile is the figure of the department at the nearest rank: of 1 … n the
// ⌈p·n⌉th, the first where that is none.
func TestQuantilesAreTheNearestRank(t *testing.T) {
	for n, want := range map[int][5]int64{
		1: {1, 1, 1, 1, 1}, 2: {1, 1, 1, 2, 2}, 3: {1, 1, 2, 3, 3}, 4: {1, 1, 2, 3, 4}, 5: {1, 2, 3, 4, 5}, 8: {1, 2, 4, 6, 8}, 100: {1, 25, 50, 75, 100},
	} {
		g := &spreadGroup{}
		for i := n; i >= 1; i-- {
			g.known = append(g.known, &figure.Figure{Value: money.Of(decimal.NewFromInt(int64(i)), money.Percent)})
		}
		g.sort()
		for i, q := range quantiles {
			if got := g.at(q.part, q.of).Value.Num().IntPart(); got != want[i] {
				t.Errorf("of 1…%d, %d/%d is %d; want %d", n, q.part, q.of, got, want[i])
			}
		}
	}
}

package crew

import (
	"errors"
	"sync/atomic"
	"testing"
)

func TestEachIsDoneOnce(t *testing.T) {
	for _, n := range []int{0, 1, 2, 255, 256, 257, 5000} {
		done := make([]atomic.Int32, n)
		list := make([]int, n)
		for i := range list {
			list[i] = i
		}
		if err := Each(list, func(i int) error { done[i].Add(1); return nil }); err != nil {
			t.Error(err)
		}
		for i := range done {
			if k := done[i].Load(); k != 1 {
				t.Errorf("of %d, %d is done %d times", n, i, k)
			}
		}
	}
}

func TestAnErrorEndsTheWork(t *testing.T) {
	bad := errors.New("bad")
	var begun atomic.Int32
	list := make([]int, 100_000)
	err := Each(list, func(int) error {
		begun.Add(1)
		return bad
	})
	if !errors.Is(err, bad) {
		t.Errorf("the error is %v", err)
	}
	if n := begun.Load(); n > 1000 {
		t.Errorf("%d pieces were begun after the first had failed", n)
	}
}

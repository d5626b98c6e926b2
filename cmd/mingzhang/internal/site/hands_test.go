package site

import (
	"sync/atomic"
	"testing"
)

// Every piece is done once, whoever waits for it and however few hands there
// are; nothing that is done is held on to.
func TestWhatIsLaidAsideIsDoneOnce(t *testing.T) {
	for _, free := range []int{0, 1, 3} {
		h := &hands{free: free}
		done := h.busy()
		counts := make([]atomic.Int32, 500)
		waits := make([]func(), len(counts))
		for i := range counts {
			waits[i] = h.aside(func() { counts[i].Add(1) })
		}
		for _, wait := range waits {
			wait()
			wait()
		}
		done()
		for i := range counts {
			if n := counts[i].Load(); n != 1 {
				t.Fatalf("%d hands: piece %d was done %d times", free, i, n)
			}
		}
		if p := h.next(); p != nil {
			t.Errorf("%d hands: a piece is left that no one has begun", free)
		}
	}
}

// Work that each does himself, since no hand is free, leaves nothing behind.
func TestWhatIsDoneIsLetGo(t *testing.T) {
	h := &hands{}
	for range 1000 {
		h.aside(func() {})()
	}
	if n := len(h.left); n > 1 {
		t.Errorf("%d pieces are held", n)
	}
}

// One who waits helps meanwhile: a piece that waits for another one, which lies
// behind it, does not stop him.
func TestWhoWaitsHelps(t *testing.T) {
	h := &hands{free: 1}
	begun, second := make(chan struct{}), make(chan struct{})
	wait := h.aside(func() { close(begun); <-second })
	<-begun // by the free hand
	h.aside(func() { close(second) })
	wait()
}

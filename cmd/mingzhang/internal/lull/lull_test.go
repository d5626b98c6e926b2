package lull

import (
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestWhatIsDueIsDoneWhenNothingIsUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var due atomic.Bool
		var did atomic.Int32
		l := newLull(due.Load, func() { did.Add(1); due.Store(false) })
		go l.Run(t.Context())
		wants := func(n int32, when string) {
			t.Helper()
			time.Sleep(10 * moment)
			if got := did.Load(); got != n {
				t.Fatalf("done %d times %s, want %d", got, when, n)
			}
		}
		l.Busy()()
		wants(0, "when nothing was due")
		due.Store(true)
		one, two := l.Busy(), l.Busy()
		wants(0, "while two were under way")
		one()
		wants(0, "while one was under way")
		two()
		wants(1, "after that")
		due.Store(true)
		for range 20 { // the requests of a page
			done := l.Busy()
			time.Sleep(moment / 4)
			done()
			time.Sleep(moment / 2)
		}
		if did.Load() != 1 {
			t.Error("done between the requests of a page")
		}
		wants(2, "after a page")
	})
}

func TestHalfWayToTheCollector(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	held := make([]byte, 32<<20)
	h := newHeap()
	runtime.GC()
	if h.halfWay() {
		t.Error("half-way just after it ran")
	}
	more := make([]byte, 96<<20) // of 128 or somewhat more to go
	if !h.halfWay() {
		t.Error("three quarters of the way are not half of it")
	}
	runtime.KeepAlive(held)
	runtime.KeepAlive(more)
}

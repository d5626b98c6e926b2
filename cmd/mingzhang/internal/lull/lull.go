// Package lull finds the moments in which nobody waits for an answer, for what
// would slow one down: the collector of garbage looks through all memory that is
// in use, on every processor, and an answer that falls into this takes half as
// long again or worse.
//
// The collector runs by itself when the heap has reached a goal, and that is
// bound to be while something is being worked on. When the heap is half-way there
// and nothing is under way, it is run at once.
package lull

import (
	"context"
	"runtime"
	"runtime/metrics"
	"sync"
	"time"
)

// moment is how long nothing must have been under way: the requests of one page
// come closer together than this.
const moment = 5 * time.Millisecond

// Lull waits for lulls.
type Lull struct {
	due func() bool // whether there is something to be done
	do  func()

	mu    sync.Mutex
	busy  int
	quiet chan struct{} // nothing is under way any more
}

// ForCollector returns a lull in which garbage is collected.
func ForCollector() *Lull { return newLull(newHeap().halfWay, runtime.GC) }

func newLull(due func() bool, do func()) *Lull {
	return &Lull{due: due, do: do, quiet: make(chan struct{}, 1)}
}

// Busy tells that something is under way, until the function that it returns is
// called.
func (l *Lull) Busy() (done func()) {
	l.mu.Lock()
	l.busy++
	l.mu.Unlock()
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.busy--; l.busy > 0 {
			return
		}
		select {
		case l.quiet <- struct{}{}:
		default: // it is known, and not yet looked at
		}
	}
}

// Run makes use of lulls until the context ends. There is one after something was
// under way: where nothing is done no garbage comes up.
func (l *Lull) Run(ctx context.Context) {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-l.quiet:
			timer.Reset(moment)
		case <-timer.C:
			l.mu.Lock()
			busy := l.busy > 0
			l.mu.Unlock()
			if !busy && l.due() {
				l.do()
			}
		}
	}
}

// heap knows how full the heap is. Asking stops nothing.
type heap struct{ samples []metrics.Sample }

func newHeap() *heap {
	return &heap{[]metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/gc/heap/live:bytes"}, {Name: "/gc/heap/goal:bytes"}}}
}

// halfWay reports whether the heap has grown half of the way from what was in use
// when the collector ran last to where it will run by itself. The way is as long
// as GOGC and the limit of memory make it: with more in use it is longer too, until
// the limit is near.
func (h *heap) halfWay() bool {
	metrics.Read(h.samples)
	now, live, goal := h.samples[0].Value.Uint64(), h.samples[1].Value.Uint64(), h.samples[2].Value.Uint64()
	return goal > live && now > live+(goal-live)/2
}

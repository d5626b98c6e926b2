package site

import (
	"sync"
	"sync/atomic"
)

// hands are the workers of a site. Whoever works on families is one of them; one
// that is free takes up what the others have laid aside.
type hands struct {
	mu   sync.Mutex
	free int
	left []*piece // laid aside while no hand was free, the oldest first
}

// piece is a piece of work.
type piece struct {
	do   func() // once
	done atomic.Bool
}

// busy takes a hand for work that goes on anyhow, where there is one, and
// returns what sets it free.
func (h *hands) busy() (done func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.free == 0 {
		return func() {}
	}
	h.free--
	return func() { go h.work(nil) }
}

// aside lays a piece of work aside for a free hand; whoever waits for it before
// one has begun does it himself. The function that it returns waits until the
// work is done.
func (h *hands) aside(work func()) (wait func()) {
	p := &piece{}
	p.do = sync.OnceFunc(func() {
		work()
		p.done.Store(true)
	})
	h.mu.Lock()
	defer h.mu.Unlock()
	for len(h.left) > 0 && h.left[0].done.Load() {
		h.left = h.left[1:]
	}
	if h.free > 0 {
		h.free--
		go h.work(p)
	} else {
		h.left = append(h.left, p)
	}
	return p.do
}

// work does a piece of work and then what was laid aside, until nothing is left.
func (h *hands) work(next *piece) {
	for {
		if next != nil {
			next.do()
		}
		h.mu.Lock()
		if len(h.left) == 0 {
			h.free++
			h.mu.Unlock()
			return
		}
		next, h.left = h.left[0], h.left[1:]
		h.mu.Unlock()
	}
}

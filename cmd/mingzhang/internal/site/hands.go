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
	left []*piece // laid aside, the oldest first; some may have been taken by those who wait
}

// piece is a piece of work that is done once, by whoever takes it first.
type piece struct {
	work  func()
	taken atomic.Bool
	done  chan struct{}
}

func (p *piece) do() {
	if p.taken.CompareAndSwap(false, true) {
		p.work()
		p.work = nil // lets go of what it holds
		close(p.done)
	}
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
	return func() { go h.work() }
}

// aside lays a piece of work aside for a free hand. The function that it returns
// waits until it is done: whoever waits does it himself if no one has begun, and
// helps with what else lies aside while another is at it.
func (h *hands) aside(work func()) (wait func()) {
	p := &piece{work: work, done: make(chan struct{})}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.trim()
	h.left = append(h.left, p)
	if h.free > 0 {
		h.free--
		go h.work()
	}
	return func() {
		for next := p; next != nil; next = h.next() {
			next.do()
			select {
			case <-p.done:
				return
			default: // another is at it
			}
		}
		<-p.done
	}
}

// next takes a piece that no one has begun, nil where there is none.
func (h *hands) next() *piece {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.pop()
}

// pop is next for one who holds the lock.
func (h *hands) pop() *piece {
	if h.trim(); len(h.left) == 0 {
		return nil
	}
	p := h.left[0]
	h.left = h.left[1:]
	return p
}

// trim lets go of the oldest pieces as far as they were taken by those who waited
// for them.
func (h *hands) trim() {
	for len(h.left) > 0 && h.left[0].taken.Load() {
		h.left[0] = nil
		h.left = h.left[1:]
	}
}

// work does what lies aside until nothing is left, and is free then.
func (h *hands) work() {
	for {
		h.mu.Lock()
		p := h.pop()
		if p == nil {
			h.free++
			h.mu.Unlock()
			return
		}
		h.mu.Unlock()
		p.do()
	}
}

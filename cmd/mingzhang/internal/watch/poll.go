package watch

import (
	"context"
	"io/fs"
	"time"
)

// poller looks through the tree again and again.
type poller struct {
	tree
	every time.Duration
	last  map[string]stamp
}

// look takes a stamp of everything in the tree.
func (p *poller) look() map[string]stamp {
	now := map[string]stamp{}
	for _, r := range p.Roots {
		p.walk(r, func(name string, d fs.DirEntry) {
			if st, err := d.Info(); err == nil {
				now[name] = stampOf(st)
			}
		})
	}
	return now
}

// run tells what has changed between two looks once a third shows that it has
// settled. A tree that takes long to look through is looked at less often.
func (p *poller) run(ctx context.Context, out chan<- []string) {
	defer close(out)
	pending := map[string]bool{}
	wait := p.every
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		start := time.Now()
		now := p.look()
		moved := false
		for name, s := range now {
			if was, ok := p.last[name]; !ok || was != s {
				pending[name], moved = true, true
			}
		}
		for name := range p.last {
			if _, ok := now[name]; !ok {
				pending[name], moved = true, true
			}
		}
		p.last = now
		wait = max(p.every, 10*time.Since(start))
		if moved {
			wait = max(p.every/4, 2*time.Since(start)) // look again soon: is it still being written?
			continue
		}
		if len(pending) == 0 {
			continue
		}
		select {
		case out <- sorted(pending):
			pending = map[string]bool{}
		case <-ctx.Done():
			return
		}
	}
}

package watch

import (
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// How a tree is looked through. The whole of it is gone round, some folders at a
// time, so that a large one on a slow drive costs no more than a small one. What
// changed lately, or is waited for, is looked at each time in between.
const (
	looks    = 4   // so many times in each Every
	share    = 20  // the part of the time that goes into the round
	nearMost = 256 // paths that are looked at each time
	nearFew  = 64  // files in a folder that is looked at each time
)

// doubtful is how long a file may change without its time changing, where times are
// whole seconds, as on many network drives; with a second over for saving it.
const doubtful = 2 * time.Second

// doubt is a file that has just changed: its size and time may stay as they are when
// it changes again.
type doubt struct {
	sum   [sha256.Size]byte
	until time.Time
}

// poller looks through the tree again and again.
type poller struct {
	tree
	every   time.Duration
	folders map[string]map[string]stamp // what stands in each; that of "" are the roots
	pending map[string]bool
	since   time.Time // of the first change that is pending
	round   []string  // the folders still to be looked at
	begun   time.Time // of the round
	doubts  map[string]doubt

	mu   sync.Mutex
	near []string // the one named last at the end
}

func newPoller(folder string, o Options) *poller {
	p := &poller{tree: tree{folder, o}, every: o.Every, folders: map[string]map[string]stamp{}, pending: map[string]bool{}, doubts: map[string]doubt{}}
	p.look("")
	p.pending, p.doubts = map[string]bool{}, map[string]doubt{} // nobody has seen anything else
	p.begun = time.Now()
	return p
}

// attend makes paths be looked at each time.
func (p *poller) attend(paths []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.near = slices.DeleteFunc(p.near, func(have string) bool { return slices.Contains(paths, have) })
	p.near = append(p.near, paths...)
	p.near = p.near[max(0, len(p.near)-nearMost):]
}

func (p *poller) attended() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.near)
}

// look lists a folder and notes what is not what it was. A folder that is new is
// looked into, all of one that has gone is gone. What cannot be seen, since the
// drive does not answer, counts as unchanged. It reports whether something moved.
func (p *poller) look(folder string) (moved bool) {
	was, known := p.folders[folder]
	now := map[string]stamp{}
	for _, name := range p.names(folder, was) {
		full := path.Join(folder, name)
		st, err := os.Lstat(p.full(full))
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			if old, ok := was[name]; ok {
				now[name] = old
			}
		default:
			now[name] = stampOf(st)
		}
	}
	p.folders[folder] = now
	for name, s := range now {
		old, ok := was[name]
		if ok && old == s {
			continue
		}
		moved = true
		if full := path.Join(folder, name); !ok || old.dir != s.dir {
			p.forget(full)
			p.note(full)
			if s.dir {
				p.look(full)
			}
		} else {
			p.note(full)
		}
		p.suspect(path.Join(folder, name), s)
	}
	for name := range was {
		if _, ok := now[name]; !ok && known {
			moved = true
			p.note(path.Join(folder, name))
			p.forget(path.Join(folder, name))
		}
	}
	return moved
}

// names lists what of a folder is watched.
func (p *poller) names(folder string, was map[string]stamp) []string {
	if folder == "" {
		return p.Roots
	}
	entries, err := os.ReadDir(p.full(folder))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return slices.Collect(maps.Keys(was))
	}
	var out []string
	for _, e := range entries {
		if !p.Ignored(e.Name()) {
			out = append(out, e.Name())
		}
	}
	return out
}

// forget drops what stood in a folder that has gone.
func (p *poller) forget(folder string) {
	was, ok := p.folders[folder]
	if !ok {
		return
	}
	delete(p.folders, folder)
	for name := range was {
		full := path.Join(folder, name)
		p.note(full)
		p.forget(full)
	}
}

func (p *poller) note(full string) {
	if len(p.pending) == 0 {
		p.since = time.Now()
	}
	p.pending[full] = true
}

// emptied reports whether a pending file is empty: what is to stand in it has
// probably not come yet.
func (p *poller) emptied() bool {
	for full := range p.pending {
		if s, ok := p.folders[path.Dir(full)][path.Base(full)]; ok && !s.dir && s.size == 0 {
			return true
		}
	}
	return false
}

// lookNear looks at what is waited for: at the file, and at its folder where few
// stand in it, as others may appear there. A folder that is waited for has just
// come and may still be filled.
func (p *poller) lookNear(paths []string) (moved bool) {
	looked := map[string]bool{}
	for _, full := range paths {
		folder := path.Dir(full)
		if folder == "." {
			folder = ""
		}
		had, ok := p.folders[folder]
		if own, is := p.folders[full]; is && len(own) <= nearFew && !looked[full] {
			looked[full] = true
			moved = p.look(full) || moved
		}
		switch {
		case !ok || looked[folder]:
		case folder == "" || len(had) <= nearFew:
			looked[folder] = true
			moved = p.look(folder) || moved
		default:
			name := path.Base(full)
			st, err := os.Lstat(p.full(full))
			if old, known := had[name]; err == nil && known && old != stampOf(st) && !old.dir && !st.IsDir() {
				had[name] = stampOf(st)
				p.note(full)
				p.suspect(full, had[name])
				moved = true
			} // what comes or goes is met on the round
		}
	}
	return moved
}

// suspect notes a file that has changed and whose time is in whole seconds.
func (p *poller) suspect(full string, s stamp) {
	if s.dir || s.time.Nanosecond() != 0 || len(p.doubts) >= nearMost {
		return
	}
	if data, err := os.ReadFile(p.full(full)); err == nil {
		p.doubts[full] = doubt{sha256.Sum256(data), time.Now().Add(doubtful)}
	}
}

// lookInto reads the files whose size and time may not tell that they changed.
func (p *poller) lookInto() (moved bool) {
	for full, d := range p.doubts {
		over := time.Now().After(d.until)
		data, err := os.ReadFile(p.full(full))
		if err != nil || over {
			delete(p.doubts, full) // one that has gone is met otherwise
		}
		if sum := sha256.Sum256(data); err == nil && sum != d.sum {
			p.doubts[full] = doubt{sum, time.Now().Add(doubtful)}
			p.note(full)
			moved = true
		}
	}
	return moved
}

// lookOn goes on with the round as long as its share of the time lasts.
func (p *poller) lookOn() (moved bool) {
	start := time.Now()
	if len(p.round) == 0 {
		if start.Sub(p.begun) < p.every {
			return false
		}
		p.round, p.begun = slices.Sorted(maps.Keys(p.folders)), start
	}
	for len(p.round) > 0 && time.Since(start) < p.every/looks/share {
		folder := p.round[0]
		p.round = p.round[1:]
		if _, ok := p.folders[folder]; ok {
			moved = p.look(folder) || moved
		}
	}
	return moved
}

// run tells what has changed once another look shows that it has settled.
func (p *poller) run(ctx context.Context, out chan<- []string) {
	defer close(out)
	wait := p.every / looks
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		start := time.Now()
		moved := p.lookNear(append(p.attended(), slices.Collect(maps.Keys(p.pending))...))
		moved = p.lookInto() || moved
		moved = p.lookOn() || moved
		wait = max(p.every/looks, 4*time.Since(start))
		waited := time.Since(p.since)
		if len(p.pending) == 0 || moved && waited < longest || waited < p.every && p.emptied() {
			continue
		}
		told := sorted(p.pending)
		p.attend(slices.DeleteFunc(slices.Clone(told), func(full string) bool { return !strings.Contains(full, "/") }))
		select {
		case out <- told:
			p.pending = map[string]bool{}
		case <-ctx.Done():
			return
		}
	}
}

package watch

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// How long to wait for quiet. The first wait covers the few events of one save;
// it grows with the number of paths in a burst, and ends at the longest even if
// there is no quiet.
const (
	firstWait   = 8 * time.Millisecond
	manyWait    = 60 * time.Millisecond  // over 16 paths
	burstWait   = 250 * time.Millisecond // over 256 paths
	growingWait = 40 * time.Millisecond  // a file is still being written
	emptyWait   = 300 * time.Millisecond // a file was emptied and nothing has come yet
	longest     = 3 * time.Second
)

// notifier gets events from the system.
type notifier struct {
	tree
	w       *fsnotify.Watcher
	folders map[string]bool
	pending map[string]bool
	sizes   map[string]int64 // of files that were told before or are pending, to see them shrink and grow
	since   time.Time        // of the first event that is pending
}

func newNotifier(folder string, o Options) (*notifier, error) {
	w, err := fsnotify.NewBufferedWatcher(4096)
	if err != nil {
		return nil, err
	}
	n := &notifier{tree: tree{folder, o}, w: w, folders: map[string]bool{}, pending: map[string]bool{}, sizes: map[string]int64{}}
	// The folder itself is watched for its files and for roots that appear.
	if err := w.Add(folder); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	for _, r := range o.Roots {
		if err := n.add(r, false); err != nil {
			return nil, errors.Join(err, w.Close())
		}
	}
	return n, nil
}

// add watches a folder and all folders in it. With tell, everything in it is
// pending: a folder that appears may hold files that were there before we
// watched it.
func (n *notifier) add(p string, tell bool) (failed error) {
	n.walk(p, func(name string, d fs.DirEntry) {
		if tell {
			n.pending[name] = true
		}
		if !d.IsDir() {
			if st, err := d.Info(); err == nil && !tell {
				n.sizes[name] = st.Size()
			}
			return
		}
		if n.folders[name] {
			return
		}
		switch err := n.w.Add(n.full(name)); {
		case err == nil:
			n.folders[name] = true
			if tell { // what came between listing and watching
				entries, err := os.ReadDir(n.full(name))
				if err != nil {
					return
				}
				for _, e := range entries {
					if !n.Ignored(e.Name()) {
						n.pending[path.Join(name, e.Name())] = true
					}
				}
			}
		case !errors.Is(err, fs.ErrNotExist):
			failed = err
		}
	})
	return failed
}

// drop forgets a folder that has gone or has another name now, and all in it.
func (n *notifier) drop(p string) {
	for name := range n.folders {
		if name == p || strings.HasPrefix(name, p+"/") {
			_ = n.w.Remove(n.full(name)) // it may have gone by itself
			delete(n.folders, name)
		}
	}
}

func (n *notifier) run(ctx context.Context, out chan<- []string) {
	defer close(out)
	defer n.w.Close()
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	var ready []string
	var send chan<- []string
	for {
		select {
		case <-ctx.Done():
			return
		case e, ok := <-n.w.Events:
			if !ok {
				return
			}
			if n.event(e) {
				timer.Reset(n.wait())
			}
		case err, ok := <-n.w.Errors:
			if !ok {
				return
			}
			if errors.Is(err, fsnotify.ErrEventOverflow) { // events were lost: everything may have changed
				for _, r := range n.Roots {
					_ = n.add(r, true) // a folder that cannot be watched is told when it is read
				}
				n.begin()
				timer.Reset(n.wait())
			}
		case <-timer.C:
			if len(n.pending) == 0 {
				continue
			}
			if more := n.unsettled(); more > 0 {
				timer.Reset(more)
				continue
			}
			if send != nil { // the receiver is still busy: one change of both
				for _, p := range ready {
					n.pending[p] = true
				}
			}
			ready, send = sorted(n.pending), out
			n.pending, n.since = map[string]bool{}, time.Time{}
		case send <- ready:
			ready, send = nil, nil
		}
	}
}

func (n *notifier) begin() {
	if n.since.IsZero() {
		n.since = time.Now()
	}
}

// event takes in an event and reports whether it concerns us.
func (n *notifier) event(e fsnotify.Event) bool {
	if e.Op == fsnotify.Chmod {
		return false
	}
	rel, err := filepath.Rel(n.folder, e.Name)
	if err != nil {
		return false
	}
	p := filepath.ToSlash(rel)
	if !n.concerns(p) {
		return false
	}
	if n.folders[p] && e.Op&(fsnotify.Remove|fsnotify.Rename) != 0 {
		n.drop(p)
	}
	n.pending[p] = true
	n.begin()
	if e.Op&fsnotify.Create != 0 {
		if st, err := os.Stat(e.Name); err == nil && st.IsDir() {
			_ = n.add(p, true) // a folder that cannot be watched is told when it is read
		}
	}
	return true
}

// wait is how long to wait for quiet.
func (n *notifier) wait() time.Duration {
	switch {
	case time.Since(n.since) > longest:
		return 0
	case len(n.pending) > 256:
		return burstWait
	case len(n.pending) > 16:
		return manyWait
	}
	return firstWait
}

// unsettled looks whether the pending files are still being written, and says
// how long to wait for that; 0 is not at all. A burst is settled by its quiet.
func (n *notifier) unsettled() time.Duration {
	waited := time.Since(n.since)
	if waited > longest || len(n.pending) > 256 {
		return 0
	}
	more := time.Duration(0)
	for p := range n.pending {
		st, err := os.Stat(n.full(p))
		if err != nil || st.IsDir() {
			delete(n.sizes, p)
			continue
		}
		was, known := n.sizes[p]
		size := st.Size()
		n.sizes[p] = size
		switch {
		case size == 0 && waited < emptyWait:
			more = max(more, growingWait)
		case known && size < was/2: // half of it, perhaps
			more = max(more, growingWait)
		case known && size != was && time.Since(st.ModTime()) < firstWait:
			more = max(more, firstWait)
		}
	}
	return more
}

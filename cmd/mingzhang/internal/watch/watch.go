// Package watch turns the noise of a file system into settled changes: it names
// the files and folders that have changed once nobody writes to them any more.
// It knows nothing of budgets.
//
// Folders are watched, not files, because programs save by writing another file
// and giving it the old one's name; a file that was watched would then be gone.
// What a change was is not told: whoever reads the path sees what is there now.
//
// How long to wait is measured, not fixed. A single save is told after a few
// milliseconds. Every further event of a burst makes the wait longer, so that
// thousands of files come as one change; a file that is empty, shorter than
// before or still growing is waited for.
//
// Where the system sends no events, as on network drives, the tree is looked
// through again and again instead, what is being worked on more often than the
// rest.
package watch

import (
	"context"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"time"
)

// Options are what a caller decides.
type Options struct {
	Roots   []string               // files and folders to watch, slash-separated, relative to the folder
	Ignored func(name string) bool // tells names that are nobody's concern
	Poll    bool                   // look through the tree even where events could be had
	Every   time.Duration          // how often, when looking through, if the tree is not too large for that; 0 is a second
}

// Watcher names settled changes until its context ends.
type Watcher struct {
	// Changes gives sets of paths, slash-separated and relative to the folder.
	// A folder stands for everything in it. It is closed at the end.
	Changes <-chan []string

	// Why says why the tree is polled: Asked, NetworkDrive or what the system says.
	// It is nothing where events are used.
	Why string

	near func(paths []string)
}

// Reasons for polling.
const (
	Asked        = "asked"
	NetworkDrive = "network drive"
)

// remote reports whether a folder lies on a network drive.
var remote = onNetworkDrive

// Start begins to watch folder.
func Start(ctx context.Context, folder string, o Options) (*Watcher, error) {
	if o.Ignored == nil {
		o.Ignored = func(string) bool { return false }
	}
	if o.Every == 0 {
		o.Every = time.Second
	}
	out := make(chan []string)
	w := &Watcher{Changes: out}
	switch {
	case o.Poll:
		w.Why = Asked
	case remote(folder):
		w.Why = NetworkDrive
	default:
		n, err := newNotifier(folder, o)
		if err == nil {
			go n.run(ctx, out)
			return w, nil
		}
		w.Why = err.Error()
	}
	p := newPoller(folder, o)
	w.near = p.attend
	go p.run(ctx, out)
	return w, nil
}

// Near tells that someone waits for changes of these files, slash-separated: where
// the tree is polled they are looked at more often.
func (w *Watcher) Near(paths []string) {
	if w.near != nil {
		w.near(paths)
	}
}

// tree is the part of a folder that is watched.
type tree struct {
	folder string
	Options
}

// full is the path on disk of a path of the tree.
func (t *tree) full(p string) string { return filepath.Join(t.folder, filepath.FromSlash(p)) }

// concerns reports whether a path is watched: a root, or under one, and with no
// part of its name ignored.
func (t *tree) concerns(p string) bool {
	root := ""
	for _, r := range t.Roots {
		if p == r || len(p) > len(r) && p[:len(r)] == r && p[len(r)] == '/' {
			root = r
		}
	}
	if root == "" {
		return false
	}
	for rest := p; rest != root && rest != "."; rest = path.Dir(rest) {
		if t.Ignored(path.Base(rest)) {
			return false
		}
	}
	return true
}

// walk visits what stands under a path of the tree, itself included. What goes
// away meanwhile is left out.
func (t *tree) walk(p string, visit func(p string, d fs.DirEntry)) {
	_ = filepath.WalkDir(t.full(p), func(full string, d fs.DirEntry, err error) error {
		rel, relErr := filepath.Rel(t.folder, full)
		if err != nil || relErr != nil {
			return nil // gone, or closed to us: told when it is read
		}
		name := filepath.ToSlash(rel)
		if name != p && t.Ignored(d.Name()) {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		visit(name, d)
		return nil
	})
}

// stamp is what tells whether a file is still the same without reading it.
type stamp struct {
	size int64
	time time.Time
	dir  bool
}

func stampOf(st fs.FileInfo) stamp {
	s := stamp{size: st.Size(), time: st.ModTime(), dir: st.IsDir()}
	if s.dir {
		s.size, s.time = 0, time.Time{} // told by what is in it
	}
	return s
}

func sorted(set map[string]bool) []string {
	out := make([]string, 0, len(set))
	for p := range set {
		out = append(out, p)
	}
	slices.Sort(out)
	return out
}

package site

import (
	"io/fs"
	"path"
	"slices"
	"sync"

	"mingzhang/cmd/mingzhang/internal/fiscal"
)

// changes is a set of paths of the source folder of which something is said to
// have changed: a file, or a folder with everything in it.
type changes struct {
	fsys  fs.FS
	paths map[string]bool
	deep  bool // some path is no file now: what lay under it has changed too
	mu    sync.Mutex
	seen  map[inputKey]bool

	years   bool                        // departments have other years than before: links between their pages may lead elsewhere
	recount map[*fiscal.Department]bool // departments whose units disclose other years than before
}

func newChanges(fsys fs.FS, paths []string) *changes {
	c := &changes{fsys: fsys, paths: map[string]bool{}, seen: map[inputKey]bool{}, recount: map[*fiscal.Department]bool{}}
	for _, p := range paths {
		c.paths[p] = true
		if st, err := fs.Stat(fsys, p); err != nil || !st.Mode().IsRegular() {
			c.deep = true
		}
	}
	return c
}

// concerns reports whether a path is among the changed ones or lies under one.
func (c *changes) concerns(key inputKey) bool {
	if c.paths[key.path] {
		return true
	}
	if c.deep {
		for p := key.path; p != "."; {
			p = path.Dir(p)
			if c.paths[p] {
				return true
			}
		}
	}
	return false
}

// differs reports whether an input is not now what it was.
func (c *changes) differs(in Input) bool {
	key := inputKey{in.Path, in.Kind}
	c.mu.Lock()
	defer c.mu.Unlock()
	differs, known := c.seen[key]
	if !known {
		differs = in.Again(c.fsys) != in
		c.seen[key] = differs
	}
	return differs
}

// touched reports whether something that was looked at is not now what it was.
func (c *changes) touched(r *reads) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if c.deep {
		for key, in := range r.seen {
			if c.concerns(key) && c.differs(in) {
				return true
			}
		}
	}
	for p := range c.paths {
		for ; p != "."; p = path.Dir(p) { // a folder may have come into being with the file
			for _, key := range []inputKey{{p, ReadFile}, {p, AskedFor}, {p, ListFolder}, {path.Dir(p), ListFolder}} {
				if in, ok := r.seen[key]; ok && c.differs(in) {
					return true
				}
			}
		}
	}
	return false
}

// among reports whether one of the inputs is not now what it was.
func (c *changes) among(list []Input) bool {
	for _, in := range list {
		if c.concerns(inputKey{in.Path, in.Kind}) && c.differs(in) {
			return true
		}
	}
	return false
}

// extent tells how much of a department-year is not now what it was.
func (c *changes) extent(m *member) extent {
	how := nothing
	if c.years && m.linked {
		how = words
	}
	for _, in := range m.inputs {
		if !c.concerns(inputKey{in.Path, in.Kind}) || !c.differs(in) {
			continue
		}
		if !slices.Contains(m.texts, in) {
			return figures
		}
		how = words
	}
	return how
}

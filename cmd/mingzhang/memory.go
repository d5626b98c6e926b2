package main

import (
	"io/fs"
	"maps"
	"slices"
	"sync"

	"mingzhang/cmd/mingzhang/internal/crew"
	"mingzhang/cmd/mingzhang/internal/publish"
	"mingzhang/cmd/mingzhang/internal/reuse"
	"mingzhang/cmd/mingzhang/internal/site"
)

// known is what the last run left, held against what is there now.
type known struct {
	*reuse.Record
	notes map[string]reuse.Notes // of the parts that are in the record, and of the top under ""
	moved map[string]bool        // of these, those for which something is another now
	read  map[string]bool        // those of which contents had to be read to tell
}

// lookAgain compares everything that the last run looked at with what is there
// now: by size and time where these can be trusted, else by its contents. It says
// what size and time told to be as it was; still may be nil.
func lookAgain(r *reuse.Record, source fs.FS, still func(reuse.Seen)) *known {
	k := &known{Record: r, notes: map[string]reuse.Notes{"": r.Top}, moved: map[string]bool{}, read: map[string]bool{}}
	l := &looker{source: source, still: still}
	if crew.Each(r.Top.Seen, func(s reuse.Seen) error { _, err := l.again(s); return err }) != nil {
		k.moved[""] = true
	}
	var mu sync.Mutex
	_ = crew.Each(slices.Collect(maps.Keys(r.Parts)), func(part string) error { // which cannot fail
		notes, err := r.Parts[part].Notes.Notes()
		read := false
		for i := 0; err == nil && i < len(notes.Seen); i++ {
			var opened bool
			opened, err = l.again(notes.Seen[i])
			read = read || opened
		}
		mu.Lock()
		defer mu.Unlock()
		k.notes[part] = notes
		if read {
			k.read[part] = true
		}
		if err != nil {
			k.moved[part] = true
		}
		return nil
	})
	return k
}

// timed reports whether size and time can tell that an input is what it was: not
// of a name that was only asked for, nor where nothing was found.
func timed(s reuse.Seen) bool { return site.InputKind(s.Kind) != site.AskedFor && s.SHA256 != "" }

// looker looks at inputs once more. Contents are read once, however many parts
// were made from them.
type looker struct {
	source fs.FS
	still  func(reuse.Seen)
	found  sync.Map // what there is now, by input: func() string
}

// again looks at an input, at its contents only where size and time do not tell:
// read says that they were needed. The error says that it is not what it was.
func (l *looker) again(s reuse.Seen) (read bool, err error) {
	if timed(s) {
		if st, err := fs.Stat(l.source, s.Path); err == nil && s.Fresh(st) {
			if l.still != nil {
				l.still(s)
			}
			return false, nil
		}
	}
	in := site.Input{Path: s.Path, Kind: site.InputKind(s.Kind)}
	now, _ := l.found.LoadOrStore(in, sync.OnceValue(func() string { return in.Again(l.source).SHA256 }))
	if now.(func() string)() != s.SHA256 {
		err = site.ErrMoved
	}
	return timed(s), err
}

// memory is a shelf beside the target, and how to tell that inputs and published
// files are still the same.
type memory struct {
	*reuse.Shelf
	staging *publish.Staging
	last    *known // nil where there was no run of the same program
	usable  bool   // what concerns the whole site is what it was for the last run

	mu   sync.Mutex
	made map[string]map[string]reuse.Made // what published files were made from, by part
	used []string                         // the shelf's entries that this run had or left
}

// lastBuild returns what the last build into a folder left, for the preview,
// which only reads it; nil where it is of no use.
func lastBuild(s *site.Site, source fs.FS, target string) site.Memory {
	target, err := publish.Resolve(target)
	if err != nil || asked(buildFlags{}) == "" {
		return nil
	}
	state := publish.StateDir(target)
	var last *known
	if r := reuse.Load(state); r != nil && r.Program == asked(buildFlags{}) {
		last = lookAgain(r, source, nil)
	}
	return newMemory(buildFlags{}, last, s, state)
}

// newMemory returns what families are remembered by, from the folder that stands
// beside a target.
func newMemory(f buildFlags, last *known, s *site.Site, state string) *memory {
	return &memory{
		Shelf: reuse.NewShelf(state, asked(f)+s.Digest()), last: last, usable: last != nil && last.Site == s.Digest(),
		made: map[string]map[string]reuse.Made{},
	}
}

func (m *memory) Get(name string) []byte {
	data := m.Shelf.Get(name)
	if data != nil {
		m.Stays(name)
	}
	return data
}

func (m *memory) Put(name string, data []byte) {
	if m.Shelf.Put(name, data) == nil { // a memory that cannot be kept costs the next run time
		m.Stays(name)
	}
}

func (m *memory) Stays(name string) {
	m.mu.Lock()
	m.used = append(m.used, name)
	m.mu.Unlock()
}

// Unchanged reports whether a part's inputs are what they were for the last run.
func (m *memory) Unchanged(part, digest string) (same, known bool) {
	if !m.usable || digest == "" || m.last.Parts[part].Work != digest {
		return false, false
	}
	return !m.last.moved[part], true
}

// Keep takes over a published file that was made from the same. The file must be
// the one that the record tells of: a run that was cut off after publishing left
// files of which no record tells.
func (m *memory) Keep(path, from string) bool {
	was := m.was("", path)
	if was.From != from || !m.staging.KeepFile(path, was.SHA256) {
		return false
	}
	m.Made(path, from, was.SHA256)
	return true
}

// was is what the last run noted of a file or a folder of a part.
func (m *memory) was(part, path string) reuse.Made {
	if !m.usable {
		return reuse.Made{}
	}
	return m.last.notes[part].Made[path]
}

// Made notes what a file is made from.
func (m *memory) Made(path, from, sha256 string) { m.note("", path, from, sha256) }

func (m *memory) note(part, path, from, sha256 string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.made[part] == nil {
		m.made[part] = map[string]reuse.Made{}
	}
	m.made[part][path] = reuse.Made{From: from, SHA256: sha256}
}

// KeepUnder takes over the published files under the folders of a department-year
// that were made from the same. They must be those that the record tells of.
func (m *memory) KeepUnder(part string, folders []string, from string) map[string]string {
	was := m.was(part, folders[0])
	if was.From != from {
		return nil
	}
	kept := m.staging.KeepUnder(part, folders, was.SHA256)
	if kept != nil {
		m.note(part, folders[0], from, was.SHA256)
	}
	return kept
}

// MadeUnder notes what the files under the folders of a department-year are made
// from.
func (m *memory) MadeUnder(part string, folders []string, from string) {
	m.note(part, folders[0], from, m.staging.Under(part, folders))
}

// keepFamilies lets a build keep the files of families of which nothing that
// concerns them has changed.
func (m *memory) keepFamilies(s *site.Site) {
	if !m.usable {
		return
	}
	s.AtHand = func(w *site.Work) (bool, error) {
		part := w.Family.Manifest()
		same, _ := m.Unchanged(part, w.Digest())
		return same && m.staging.Keep(part, m.last.Parts[part].Manifest), nil
	}
}

// carried is what the last run left of a part that is as it was. Where sizes and
// times did not tell so, they are noted anew.
func (m *memory) carried(part string, source *reuse.Source) (reuse.Part, error) {
	p := m.last.Parts[part]
	if !m.last.read[part] {
		return p, nil
	}
	n := m.last.notes[part]
	for i, seen := range n.Seen {
		if !timed(seen) {
			continue
		}
		if source.Note(&seen); seen.Time != 0 {
			n.Seen[i] = seen
		}
	}
	var err error
	p.Notes, err = n.Pack()
	return p, err
}

// notes is what this run leaves of a part for which it looked at these inputs.
func (m *memory) notes(part string, inputs []site.Input, source *reuse.Source) reuse.Notes {
	n := reuse.Notes{Made: m.made[part], Seen: make([]reuse.Seen, 0, len(inputs))}
	for _, in := range inputs {
		seen := reuse.Seen{Path: in.Path, Kind: uint8(in.Kind), SHA256: in.SHA256}
		if timed(seen) {
			source.Note(&seen)
		}
		n.Seen = append(n.Seen, seen)
	}
	return n
}

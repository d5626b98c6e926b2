package publish

import (
	"encoding/json"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"time"

	"mingzhang/cmd/mingzhang/internal/crew"
)

// ledger is what a commit notes of the two trees, so that the next one need not
// look at every file of both. It is a memory only: without it, or with one that
// does not belong to the published site, everything is looked at.
//
// That a file was added, removed or replaced by another shows in the time of its
// folder, and folders are few. That a file was overwritten in place does not:
// every run looks at some of the files themselves (see scrubbed).
type ledger struct {
	Manifest string             `json:"manifest"` // digest of the published top manifest
	Differ   []string           `json:"differ"`   // files that are not the same in the second tree; null where that is not known
	Theirs   []string           `json:"theirs"`   // files of others
	Parts    map[string]*folded `json:"parts"`    // by manifest; "" is all that is of no part
}

// folded is where the files of a part stand.
type folded struct {
	Files   int      `json:"files"`
	Folders []string `json:"folders"`
	Times   []int64  `json:"times"`  // of the folders' last change, nanoseconds since 1970
	Second  []int64  `json:"second"` // of the same folders of the second tree
}

// mostNoted is up to how many files a ledger tells how the trees differ. When more
// do, looking at all of them costs little more.
const mostNoted = 100_000

func (s *Staging) ledgerName() string { return filepath.Join(s.state, "ledger.json") }

// readLedger takes the ledger of the published site, if there is one.
func (s *Staging) readLedger() {
	data, err := os.ReadFile(s.ledgerName())
	if err != nil {
		return
	}
	l := &ledger{}
	if json.Unmarshal(data, l) == nil && s.old != nil && l.Manifest == s.digest {
		s.ledger = l
	}
}

// still reports whether no file was added to, removed from or replaced in the
// folders of a part.
func (s *Staging) still(part string) bool {
	if s.ledger == nil {
		return false
	}
	f := s.ledger.Parts[part]
	if f == nil || len(f.Times) != len(f.Folders) {
		return false
	}
	for i, dir := range f.Folders {
		if t, err := timeOf(s.target, dir); err != nil || t != f.Times[i] {
			return false
		}
	}
	return true
}

// timeOf is the time of a folder's last change in a tree.
func timeOf(tree, dir string) (int64, error) {
	st, err := os.Lstat(filepath.Join(tree, filepath.FromSlash(dir)))
	if err != nil {
		return 0, err
	}
	if !st.IsDir() {
		return 0, errTouched
	}
	return st.ModTime().UnixNano(), nil
}

// scrubSome is how many files are looked at one by one in every run.
const scrubSome = 20_000

// scrubbed tells which parts a run looks at file by file: all of a small site,
// and of a large one some, beginning at a place that moves with the clock.
func (s *Staging) scrubbed() map[string]bool {
	names := make([]string, 0, len(s.old.Parts))
	for _, e := range s.old.Parts {
		names = append(names, e.Path)
	}
	out := map[string]bool{}
	if len(names) == 0 {
		return out
	}
	first := int(time.Now().Unix() % int64(len(names)))
	for i, files := 0, 0; i < len(names) && files < scrubSome; i++ {
		name := names[(first+i)%len(names)]
		out[name] = true
		if f := s.ledger.Parts[name]; f != nil {
			files += f.Files
		}
	}
	return out
}

// asLeft reports whether a part is as the ledger tells, and as its manifest does
// where that is looked at in this run.
func (s *Staging) asLeft(e Entry) bool {
	return s.still(e.Path) && (!s.scrub()[e.Path] || s.untouched(e))
}

// known tells what changes, where it is known of the second tree how it differs
// from the published one.
func (s *Staging) known() (c change, known bool) {
	if s.ledger == nil || s.ledger.Differ == nil || s.moved.Load() || !s.still("") {
		return c, false
	}
	if _, err := os.Lstat(filepath.Join(s.next(), ListName)); err != nil {
		return c, false // it was cut short in being made
	}
	if s.fresher() > s.noted {
		return c, false
	}
	c.theirs = s.ledger.Theirs
	now := &listing{staging: s}
	published := slices.Clone(s.old.Files)
	for _, e := range s.old.Parts {
		if s.kept[e.Path] {
			continue
		}
		m := s.listed(e.Path)
		if m == nil || !s.still(e.Path) {
			return c, false
		}
		published = append(append(published, m.Files...), e)
	}
	gone, err := now.lacks(published)
	if err != nil {
		return c, false
	}
	c.gone = len(gone)
	differ, err := s.differing()
	c.differ = append(gone, differ...)
	return c, err == nil
}

// amendment is what becomes of a file of the second tree.
type amendment struct {
	name         string
	fresh, stays bool
}

// amend makes the second tree the new site by the files that may differ, before
// or after that is published: then no file is fresh any more.
func (s *Staging) amend(names []string, published bool) error {
	slices.Sort(names)
	now := &listing{staging: s}
	var list []amendment
	for _, name := range slices.Compact(names) {
		fresh, stays, err := now.find(name)
		if err != nil {
			return err
		}
		if name != ListName {
			list = append(list, amendment{name, fresh && !published, stays})
		}
	}
	s.stir(names)
	if err := os.Remove(filepath.Join(s.next(), ListName)); err != nil {
		return err
	}
	err := crew.Each(list, func(a amendment) error {
		if a.stays {
			return s.place(a.name, a.fresh, true)
		}
		return s.drop(a.name)
	})
	if err != nil {
		return err
	}
	return s.place(ListName, !published, true)
}

// note leaves the ledger of the site that has just been published. What cannot
// be noted costs the next run time.
func (s *Staging) note(manifest string, c change) {
	l := &ledger{Manifest: manifest, Differ: c.differ, Theirs: c.theirs, Parts: map[string]*folded{}}
	if s.copied.Load() {
		l.Differ = nil // files of others may be edited in one tree alone
	}
	for name := range s.kept {
		f, err := s.folded(name)
		if err != nil {
			return
		}
		l.Parts[name] = &folded{Files: f.Files, Folders: f.Folders}
	}
	for name, p := range s.parts {
		l.Parts[name] = foldedOf(slices.Collect(maps.Keys(p.files)))
	}
	for name, end := range s.ended {
		l.Parts[name] = &folded{Files: end.standing.Files, Folders: end.standing.Folders}
	}
	top := foldedOf(c.theirs)
	top.Files = 0
	if f := l.Parts[""]; f != nil {
		top.Files, top.Folders = f.Files, append(top.Folders, f.Folders...)
	}
	l.Parts[""] = top
	l.above()
	if s.times(l) != nil {
		return
	}
	data, err := json.Marshal(l)
	if err != nil {
		return
	}
	name := s.ledgerName()
	if os.WriteFile(name+".part", data, 0o644) != nil || os.Rename(name+".part", name) != nil {
		_ = os.Remove(name + ".part")
	}
}

// stir notes folders, in either tree, in which names come and go.
func (s *Staging) stir(names []string) {
	if s.stirred == nil {
		return
	}
	s.stirred["."] = true // the manifest stands there
	for _, name := range names {
		for dir := name; dir != "."; {
			dir = path.Dir(dir)
			s.stirred[dir] = true
		}
	}
}

// times notes when the folders of both trees were last changed. Where this run has
// looked at all folders and amended the trees, those in which it stirred nothing
// are known: the trees have changed places.
func (s *Staging) times(l *ledger) error {
	known := map[string][2]int64{}
	if s.stirred != nil {
		for _, f := range s.ledger.Parts {
			for i, dir := range f.Folders {
				if !s.stirred[dir] && len(f.Second) == len(f.Folders) {
					known[dir] = [2]int64{f.Second[i], f.Times[i]}
				}
			}
		}
	}
	return crew.Each(slices.Collect(maps.Values(l.Parts)), func(f *folded) (err error) {
		f.Times, f.Second = make([]int64, len(f.Folders)), make([]int64, len(f.Folders))
		for i, dir := range f.Folders {
			if t, ok := known[dir]; ok {
				f.Times[i], f.Second[i] = t[0], t[1]
				continue
			}
			if f.Times[i], err = timeOf(s.target, dir); err != nil {
				return err
			}
			f.Second[i], _ = timeOf(s.next(), dir) // there may be no second tree
		}
		return nil
	})
}

// above adds the folders over those of parts, which are no part's, to the rest.
func (l *ledger) above() {
	seen := map[string]bool{}
	for _, f := range l.Parts {
		for _, dir := range f.Folders {
			seen[dir] = true
		}
	}
	top := l.Parts[""]
	for _, f := range l.Parts {
		for _, dir := range f.Folders {
			for dir != "." {
				if dir = path.Dir(dir); !seen[dir] {
					seen[dir] = true
					top.Folders = append(top.Folders, dir)
				}
			}
		}
	}
	slices.Sort(top.Folders)
	top.Folders = slices.Compact(top.Folders)
}

func foldedOf(files []string) *folded {
	f := &folded{Files: len(files)}
	for _, name := range files {
		f.Folders = append(f.Folders, path.Dir(name))
	}
	slices.Sort(f.Folders)
	f.Folders = slices.Compact(f.Folders)
	return f
}

// folded tells where the files of a published part stand: as the ledger does,
// else as its manifest does.
func (s *Staging) folded(part string) (*folded, error) {
	if s.ledger != nil {
		if f := s.ledger.Parts[part]; f != nil {
			return f, nil
		}
	}
	m, _, err := s.published(part)
	if err != nil {
		return nil, err
	}
	files := []string{part}
	for _, e := range m.Files {
		files = append(files, e.Path)
	}
	return foldedOf(files), nil
}

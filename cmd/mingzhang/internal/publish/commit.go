package publish

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
)

// Outcome tells what a commit did.
type Outcome struct {
	Written int   // files that differ from those published before
	Kept    int   // files that were as published
	Removed int   // files that an earlier run wrote and this one did not
	Bytes   int64 // of the files written

	Manifest string            // digest of the top manifest
	Parts    map[string]string // digests of the manifests of parts
}

// Unchanged reports whether the published site was left as it was.
func (o Outcome) Unchanged() bool { return o.Written == 0 && o.Removed == 0 }

// Commit puts the staged site in place of the old one.
func (s *Staging) Commit() (Outcome, error) {
	o, err := s.commit()
	s.Abort()
	return o, err
}

func (s *Staging) commit() (Outcome, error) {
	top, err := s.manifests()
	if err != nil {
		return Outcome{}, err
	}
	if err := s.put("", ListName, top.Bytes()); err != nil {
		return Outcome{}, err
	}
	o, err := s.count()
	if err != nil {
		return o, err
	}
	o.Manifest, o.Parts = EntryOf(ListName, top.Bytes()).SHA256, map[string]string{}
	for _, e := range top.Parts {
		o.Parts[e.Path] = e.SHA256
	}
	if s.old != nil && o.Written == 0 {
		return o, nil // the manifest is the same: so is every file
	}
	if !s.parts[""].files[ListName].fresh {
		// A file had been changed by hand. The manifest is written again, since its
		// time says when the site was whole.
		if err := os.MkdirAll(s.fresh(), 0o755); err != nil {
			return o, err
		}
		if err := os.WriteFile(filepath.Join(s.fresh(), ListName), top.Bytes(), 0o644); err != nil {
			return o, err
		}
	}
	c, err := s.second()
	if err != nil {
		return o, err
	}
	o.Removed = c.gone
	if err := settle(s.next()); err != nil {
		return o, err
	}
	if err := swap(s.next(), s.aside(), s.target); err != nil {
		return o, err
	}
	s.note(o.Manifest, c)
	return o, nil
}

// change is what a run changes about the site.
type change struct {
	differ []string // files that are fresh or gone; nil where there was no site
	gone   int
	theirs []string // files of others, which are carried over
}

// second makes the second tree the new site, by what differs where that is known,
// else by all.
func (s *Staging) second() (change, error) {
	// The ledger tells of the second tree as it was.
	if err := os.Remove(s.ledgerName()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return change{}, err
	}
	if c, known := s.known(); known {
		return c, s.amend(slices.Concat(c.differ, s.ledger.Differ))
	}
	wanted, err := s.wanted()
	if err != nil {
		return change{}, err
	}
	wanted[ListName] = true
	theirs, gone, err := s.live(wanted)
	if err != nil {
		return change{}, err
	}
	c := change{gone: len(gone), theirs: theirs}
	if s.old != nil {
		c.differ = gone
		for name, fresh := range wanted {
			if fresh {
				c.differ = append(c.differ, name)
			}
		}
	}
	return c, s.prepare(wanted, theirs)
}

// manifests writes the manifests of the parts and returns the top one.
func (s *Staging) manifests() (*Manifest, error) {
	top := &Manifest{Program: s.Program}
	for _, name := range slices.Sorted(maps.Keys(s.parts)) {
		p := s.parts[name]
		m := &Manifest{Inputs: p.inputs}
		for _, f := range p.files {
			m.Files = append(m.Files, f.Entry)
		}
		if name == "" {
			top.Inputs, top.Files = m.Inputs, m.Files
			continue
		}
		data := m.Bytes()
		if err := s.put(name, name, data); err != nil {
			return nil, err
		}
		top.Parts = append(top.Parts, EntryOf(name, data))
	}
	for name := range s.kept {
		e, _ := s.old.part(name)
		top.Parts = append(top.Parts, e)
	}
	return top, nil
}

// count tells how many files are fresh and how many stay.
func (s *Staging) count() (o Outcome, err error) {
	for _, p := range s.parts {
		for _, f := range p.files {
			if f.fresh {
				o.Written++
				o.Bytes += int64(f.Bytes)
			} else {
				o.Kept++
			}
		}
	}
	for name := range s.kept {
		f, err := s.folded(name)
		if err != nil {
			return o, err
		}
		o.Kept += f.Files
	}
	return o, nil
}

// wanted lists the files of the new site and tells which are fresh.
func (s *Staging) wanted() (map[string]bool, error) {
	files := map[string]bool{}
	for _, p := range s.parts {
		for name, f := range p.files {
			files[name] = f.fresh
		}
	}
	for name := range s.kept {
		m, _, err := s.published(name)
		if err != nil {
			return nil, err
		}
		files[name] = false
		for _, f := range m.Files {
			files[f.Path] = false
		}
	}
	return files, nil
}

// published reads the manifest of a part of the published site, and says which it
// is: not for certain the one that the top manifest lists.
func (s *Staging) published(part string) (*Manifest, Entry, error) {
	data, err := os.ReadFile(filepath.Join(s.target, filepath.FromSlash(part)))
	if err != nil {
		return nil, Entry{}, err
	}
	m, err := ReadManifest(data)
	return m, EntryOf(part, data), err
}

// live looks through the published folder: theirs are the files that others put
// there and that the new site does not replace; gone are files of ours that it no
// longer has.
func (s *Staging) live(wanted map[string]bool) (theirs, gone []string, err error) {
	if _, err := os.Lstat(s.target); errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	ours := map[string]bool{}
	if s.old != nil {
		_, list, bad, err := ReadTree(os.DirFS(s.target))
		if err != nil {
			return nil, nil, err
		}
		for _, e := range list {
			ours[e.Path] = true
		}
		for _, name := range bad {
			ours[name] = true // a manifest that was tampered with is not carried over
		}
	}
	err = walk(s.target, func(name string) error {
		if _, kept := wanted[name]; kept {
			return nil
		}
		if ours[name] {
			gone = append(gone, name)
		} else {
			theirs = append(theirs, name)
		}
		return nil
	})
	return theirs, gone, err
}

// prepare makes the next tree: fresh files of this run, published files that
// stay, and what others put into the folder.
func (s *Staging) prepare(wanted map[string]bool, theirs []string) error {
	// A second tree counts only while it has its manifest. Without it, it was cut
	// short in being made, and its files may be of any run.
	manifest := filepath.Join(s.next(), ListName)
	_, err := os.Lstat(manifest)
	second := err == nil && s.old != nil
	if second {
		if err := os.Remove(manifest); err != nil {
			return err
		}
	} else {
		if err := os.RemoveAll(s.next()); err != nil {
			return err
		}
		if err := os.Rename(s.fresh(), s.next()); err != nil {
			return err
		}
	}
	last := ListName                          // only a whole tree has it
	names := slices.Sorted(maps.Keys(wanted)) // neighbours stand in one folder
	names = append(slices.DeleteFunc(names, func(n string) bool { return n == last }), theirs...)
	if err := sideBySide(names, func(name string) error { return s.place(name, wanted[name], second) }); err != nil {
		return err
	}
	if second {
		if err := s.sweep(wanted, theirs); err != nil {
			return err
		}
	}
	return s.place(last, wanted[last], second)
}

// sideBySide does a piece of work for everything in a list, several at a time,
// and returns the error of one that failed.
func sideBySide[T any](list []T, work func(T) error) error {
	some := max(1, min(256, len(list)/runtime.GOMAXPROCS(0))) // handed over at a time
	next := make(chan []T)
	failed := make(chan error, 1)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for chunk := range next {
				for _, x := range chunk {
					if err := work(x); err != nil {
						select {
						case failed <- err:
						default: // another one has
						}
						break
					}
				}
			}
		})
	}
	for chunk := range slices.Chunk(list, some) {
		if len(failed) > 0 {
			break
		}
		next <- chunk
	}
	close(next)
	wg.Wait()
	select {
	case err := <-failed:
		return err
	default:
		return nil
	}
}

// place brings one file into the next tree. second tells that the tree may hold
// an older file of that name; fresh files are moved there only then.
func (s *Staging) place(name string, fresh, second bool) error {
	local := filepath.FromSlash(name)
	to := filepath.Join(s.next(), local)
	if fresh && !second {
		return nil // it is there already
	}
	if err := s.folder(filepath.Dir(to)); err != nil {
		return err
	}
	from := filepath.Join(s.target, local)
	if fresh {
		return os.Rename(filepath.Join(s.fresh(), local), to)
	}
	if second {
		if same, err := sameFile(from, to); err != nil || same {
			return err
		}
		if err := os.Remove(to); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if err := os.Link(from, to); err == nil {
		return nil
	}
	s.copied.Store(true)
	return copyFile(from, to)
}

func sameFile(a, b string) (bool, error) {
	x, err := os.Lstat(a)
	if err != nil {
		return false, err
	}
	y, err := os.Lstat(b)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && os.SameFile(x, y), err
}

// copyFile is for file systems without hard links; the copy keeps the time.
func copyFile(from, to string) error {
	st, err := os.Stat(from)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if old, err := os.ReadFile(to); err == nil && bytes.Equal(old, data) {
		return nil
	}
	if err := os.WriteFile(to, data, st.Mode().Perm()); err != nil {
		return err
	}
	return os.Chtimes(to, st.ModTime(), st.ModTime())
}

// sweep removes from the second tree what is neither of the new site nor of
// others, and folders that became empty.
func (s *Staging) sweep(wanted map[string]bool, theirs []string) error {
	carried := map[string]bool{}
	for _, name := range theirs {
		carried[name] = true
	}
	return walk(s.next(), func(name string) error {
		if _, ok := wanted[name]; ok || carried[name] {
			return nil
		}
		return s.drop(name)
	})
}

// walk visits the files of a tree, whatever they are, by slash-separated names.
func walk(root string, visit func(name string) error) error {
	return filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		return visit(filepath.ToSlash(rel))
	})
}

package publish

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
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
	if s.follow(c) {
		c.differ = []string{}
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
		s.stirred = map[string]bool{}
		return c, s.amend(slices.Concat(c.differ, s.ledger.Differ), false)
	}
	theirs, gone, err := s.live()
	if err != nil {
		return change{}, err
	}
	c := change{gone: len(gone), theirs: theirs}
	if s.old != nil && s.fresher() <= s.noted {
		if c.differ, err = s.differing(); err != nil {
			return c, err
		}
		c.differ = append(c.differ, gone...)
	}
	return c, s.prepare(theirs)
}

// fresher is how many files differ from the published ones.
func (s *Staging) fresher() int {
	n := 0
	for _, p := range s.parts {
		for _, f := range p.files {
			if f.fresh {
				n++
			}
		}
	}
	for _, end := range s.ended {
		n += end.outcome.Written
	}
	return n
}

// differing lists the files that differ from the published ones.
func (s *Staging) differing() ([]string, error) {
	out := []string{ListName}
	for _, part := range s.partNames() {
		if end := s.ended[part]; s.kept[part] || end != nil && end.outcome.Written == 0 {
			continue
		}
		files, err := s.files(part)
		if err != nil {
			return nil, err
		}
		for name, f := range files {
			if f.fresh && name != ListName {
				out = append(out, name)
			}
		}
	}
	return out, nil
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
	for _, end := range s.ended {
		top.Parts = append(top.Parts, end.entry)
	}
	for name := range s.kept {
		e, _ := s.old.Parts.Find(name)
		top.Parts = append(top.Parts, e)
	}
	return top, nil
}

// count tells how many files are fresh and how many stay.
func (s *Staging) count() (o Outcome, err error) {
	for _, p := range s.parts {
		o.count(p)
	}
	for _, end := range s.ended {
		o.Written, o.Kept, o.Bytes = o.Written+end.outcome.Written, o.Kept+end.outcome.Kept, o.Bytes+end.outcome.Bytes
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
func (s *Staging) live() (theirs, gone []string, err error) {
	if _, err := os.Lstat(s.target); errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	now := &listing{staging: s}
	former, err := s.former(now)
	if err != nil {
		return nil, nil, err
	}
	err = walk(s.target, func(name string) error {
		_, kept, err := now.find(name)
		switch {
		case err != nil || kept || name == ListName:
		case former[name]:
			gone = append(gone, name)
		default:
			theirs = append(theirs, name)
		}
		return err
	})
	return theirs, gone, err
}

// former lists the files that the published site lists and the new one does not
// have.
func (s *Staging) former(now *listing) (map[string]bool, error) {
	out := map[string]bool{}
	if s.old == nil {
		return out, nil
	}
	note := func(files []Entry) error {
		lacking, err := now.lacks(files)
		for _, name := range lacking {
			out[name] = true
		}
		return err
	}
	if err := note(s.old.Files); err != nil {
		return nil, err
	}
	for _, e := range s.old.Parts {
		files := []Entry{e} // one that was tampered with is not carried over
		if m, is, err := s.published(e.Path); err == nil && is == e {
			files = append(files, m.Files...)
		}
		if err := note(files); err != nil {
			return nil, err
		}
	}
	return out, nil
}

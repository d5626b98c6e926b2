package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"slices"
)

// sealed is a part that has all its files: its manifest is staged, and what that
// lists is read again when it is needed. A large site has millions of files, of
// which a run holds those of a few parts at a time.
type sealed struct {
	entry    Entry   // of the manifest
	fresh    bool    // the manifest differs from the published one
	differ   big.Int // a bit for each file of the manifest that does, by its place
	outcome  Outcome // its share of it
	standing *folded
}

// errSealed is returned for a file of a part that was sealed before.
var errSealed = errors.New("the part was sealed before")

// Seal ends a part: all its files were put or taken over. Without it a part ends
// with the commit.
func (s *Staging) Seal(name string, inputs []Entry) error {
	s.mu.Lock()
	p := s.parts[name]
	s.mu.Unlock()
	if name == "" || p == nil {
		return nil // it was kept, or there is nothing in it
	}
	m := &Manifest{Inputs: inputs}
	for _, f := range p.files {
		m.Files = append(m.Files, f.Entry)
	}
	data := m.Bytes() // in the order of paths from here on
	if err := s.put(name, name, data); err != nil {
		return err
	}
	end := &sealed{entry: EntryOf(name, data), fresh: p.files[name].fresh}
	names := []string{name}
	for i, e := range m.Files {
		if p.files[e.Path].fresh {
			end.differ.SetBit(&end.differ, i, 1)
		}
		names = append(names, e.Path)
	}
	end.outcome.count(p)
	end.standing = foldedOf(names)
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.parts, name)
	delete(s.lists, name)
	clear(s.folders)
	s.ended[name] = end
	return nil
}

// count adds the files of a part.
func (o *Outcome) count(p *part) {
	for _, f := range p.files {
		if f.fresh {
			o.Written++
			o.Bytes += int64(f.Bytes)
		} else {
			o.Kept++
		}
	}
}

// files are the files of a part of the new site, its manifest among them: of one
// under work, sealed or kept; nil where there is no such part.
func (s *Staging) files(name string) (map[string]placed, error) {
	if p := s.parts[name]; p != nil {
		return p.files, nil
	}
	var m *Manifest
	end := s.ended[name]
	switch {
	case end != nil:
		var err error
		if m, err = s.manifestOf(end); err != nil {
			return nil, err
		}
	case s.kept[name]:
		var err error
		if m, _, err = s.published(name); err != nil {
			return nil, err
		}
	default:
		return nil, nil
	}
	out := make(map[string]placed, 1+len(m.Files))
	for i, e := range m.Files {
		out[e.Path] = placed{e, end != nil && end.differ.Bit(i) == 1}
	}
	if end != nil {
		out[name] = placed{end.entry, end.fresh}
	} else {
		e, _ := s.old.Parts.Find(name)
		out[name] = placed{e, false}
	}
	return out, nil
}

// manifestOf reads the manifest of a sealed part, wherever the commit has brought
// it by now.
func (s *Staging) manifestOf(end *sealed) (*Manifest, error) {
	for _, tree := range []string{s.fresh(), s.next(), s.target} {
		data, err := os.ReadFile(filepath.Join(tree, filepath.FromSlash(end.entry.Path)))
		if err == nil && end.entry.Matches(data) {
			return ReadManifest(data)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	return nil, fmt.Errorf("publish: the manifest %s is gone", end.entry.Path)
}

// partNames lists the parts of the new site; "" is the rest.
func (s *Staging) partNames() []string {
	var out []string
	for name := range s.parts {
		out = append(out, name)
	}
	for name := range s.ended {
		out = append(out, name)
	}
	for name := range s.kept {
		out = append(out, name)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// listing finds files of the new site. It has those of one part at a time, as
// neighbours are mostly of one.
type listing struct {
	staging *Staging
	part    string
	files   map[string]placed
}

// find returns a file of the new site; fresh tells whether it differs from the
// published one.
func (l *listing) find(name string) (fresh, ok bool, err error) {
	part := l.staging.listOf(name)
	if l.files == nil || part != l.part {
		if l.files, err = l.staging.files(part); err != nil {
			return false, false, err
		}
		l.part = part
	}
	f, ok := l.files[name]
	return f.fresh, ok, nil
}

// lacks lists those of some files that the new site does not have.
func (l *listing) lacks(files []Entry) (out []string, err error) {
	for _, e := range files {
		_, kept, err := l.find(e.Path)
		if err != nil {
			return nil, err
		}
		if !kept {
			out = append(out, e.Path)
		}
	}
	return out, nil
}

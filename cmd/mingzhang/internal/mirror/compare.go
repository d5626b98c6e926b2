package mirror

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"mingzhang/cmd/mingzhang/internal/publish"
)

// Make compares a published folder with a store. Nothing is written.
func Make(ctx context.Context, source fs.FS, store Store, o Options) (*Plan, error) {
	p := &Plan{source: source, store: store, opts: o}
	own, err := p.local()
	if err != nil {
		return nil, err
	}
	there, err := store.List(ctx)
	if err != nil {
		return nil, err
	}
	last, err := p.former(ctx, there)
	if err != nil {
		return nil, err
	}
	wanted := map[string]bool{Mark: true}
	var unsure []string
	for _, name := range own.names {
		e, ok := own.listed[name]
		if !ok || own.touched[name] || !last.still(p, e, there) {
			unsure = append(unsure, name)
			continue
		}
		for _, stored := range p.storedAs(e) {
			wanted[stored] = true
			p.Same++
		}
	}
	var mu sync.Mutex
	err = side(ctx, o.Workers, unsure, func(ctx context.Context, name string) error {
		data, err := fs.ReadFile(source, name)
		if err != nil {
			return err
		}
		if e, ok := own.listed[name]; ok && !e.Matches(data) {
			return &BrokenError{name}
		}
		for _, f := range p.files(name, data) {
			obj, ok := there[f.Name]
			same := ok && store.Holds(ctx, obj, f)
			mu.Lock()
			wanted[f.Name] = true
			switch {
			case same:
				p.Same++
			default:
				p.Bytes += int64(len(data))
				p.add(f.Name, ok)
			}
			mu.Unlock()
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for name := range there {
		if !wanted[name] && last.brought(name) {
			p.Removed = append(p.Removed, name)
		}
	}
	p.sort()
	return p, nil
}

// local is the published folder.
type local struct {
	names   []string // of its files, in order; hidden ones stay at home
	listed  map[string]publish.Entry
	touched map[string]bool // files that may have been changed since they were published
}

func (p *Plan) local() (*local, error) {
	top, err := fs.ReadFile(p.source, publish.ListName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &BrokenError{publish.ListName}
	}
	if err != nil {
		return nil, err
	}
	p.whole = p.marking(top)
	st, err := fs.Stat(p.source, publish.ListName) // which is written last
	if err != nil {
		return nil, err
	}
	_, entries, bad, err := publish.ReadTree(p.source)
	if err != nil {
		return nil, err
	}
	if len(bad) > 0 {
		return nil, &BrokenError{bad[0]}
	}
	l := &local{listed: make(map[string]publish.Entry, len(entries)), touched: map[string]bool{}}
	for _, e := range entries {
		l.listed[e.Path] = e
	}
	err = fs.WalkDir(p.source, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name != "." && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
		case !d.IsDir():
			l.names = append(l.names, name)
			is, err := d.Info()
			if err != nil {
				return err
			}
			if is.ModTime().After(st.ModTime()) || is.Size() != int64(l.listed[name].Bytes) {
				l.touched[name] = true
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.Sort(l.names)
	for _, e := range entries {
		if _, there := slices.BinarySearch(l.names, e.Path); !there {
			return nil, &BrokenError{e.Path}
		}
	}
	return l, nil
}

// marking is what the mark says of a whole copy of the site with this manifest.
func (p *Plan) marking(top []byte) string {
	how := "as they are"
	switch {
	case p.opts.Compress && p.store.Negotiates():
		how = "with compressed variants"
	case p.opts.Compress:
		how = "compressed"
	}
	return markText + fmt.Sprintf("Its files are those of manifest.json %s, stored %s.\n", publish.EntryOf(publish.ListName, top).SHA256, how)
}

// former is what copies before have left at the target.
type former struct {
	listed map[string]publish.Entry // by the manifests that stand there
	bad    map[string]bool          // manifests that are not the ones that are listed
	whole  bool                     // the last copy went through, and stored files as this one does
}

// former reads what is at the target, and refuses one that holds files of others
// only.
func (p *Plan) former(ctx context.Context, there map[string]Object) (*former, error) {
	last := &former{listed: map[string]publish.Entry{}, bad: map[string]bool{}}
	_, marked := there[Mark]
	if _, manifest := there[publish.ListName]; !manifest {
		if !marked {
			for name := range there {
				if !strings.HasPrefix(path.Base(name), ".") {
					return nil, &NotOursError{name}
				}
			}
		}
		return last, nil
	}
	far := &remote{ctx: ctx, store: p.store, near: p.source, parts: map[string]publish.Entry{}}
	_, entries, bad, err := publish.ReadTree(far)
	if err != nil {
		return nil, &NotOursError{publish.ListName}
	}
	for _, e := range entries {
		last.listed[e.Path] = e
	}
	for _, name := range bad {
		last.bad[name] = true
	}
	if marked && len(bad) == 0 {
		mark, err := p.store.Get(ctx, Mark)
		if err != nil {
			return nil, err
		}
		p.mark = string(mark)
		last.whole = p.mark == p.marking(far.top) && !p.opts.Contents
	}
	return last, nil
}

// brought reports whether a copy of ours brought a file.
func (l *former) brought(name string) bool {
	for _, n := range []string{name, strings.TrimSuffix(name, ".gz")} { // a variant came with its file
		if _, ok := l.listed[n]; ok || l.bad[n] || n == publish.ListName && len(l.listed) > 0 {
			return true
		}
	}
	return false
}

// still reports whether a file of the site stands at the target as it is to be,
// without reading it: the last copy brought this very file, and what it stored is
// there.
func (l *former) still(p *Plan, e publish.Entry, there map[string]Object) bool {
	if !l.whole || l.listed[e.Path] != e {
		return false
	}
	for _, name := range p.storedAs(e) {
		obj, ok := there[name]
		if !ok || name == e.Path && p.asItIs(e) && obj.Size != int64(e.Bytes) {
			return false
		}
	}
	return true
}

// storedAs names what is stored for a file of the site.
func (p *Plan) storedAs(e publish.Entry) []string {
	if p.store.Negotiates() && p.packs(typeOf(e.Path), e.Bytes) {
		return []string{e.Path, e.Path + ".gz"}
	}
	return []string{e.Path}
}

// asItIs reports whether what is stored under a file's name are its bytes.
func (p *Plan) asItIs(e publish.Entry) bool {
	return p.store.Negotiates() || !p.packs(typeOf(e.Path), e.Bytes)
}

// remote reads a store's manifests; those that the site still has are read there.
type remote struct {
	ctx   context.Context
	store Store
	near  fs.FS
	top   []byte
	parts map[string]publish.Entry // that the top manifest lists
}

func (r *remote) Open(string) (fs.File, error) { return nil, fs.ErrInvalid }

func (r *remote) ReadFile(name string) ([]byte, error) {
	if e, ok := r.parts[name]; ok {
		if data, err := fs.ReadFile(r.near, name); err == nil && e.Matches(data) {
			return data, nil
		}
	}
	data, err := r.store.Get(r.ctx, name)
	if err != nil {
		return nil, err
	}
	if zipped, err := gzip.NewReader(bytes.NewReader(data)); err == nil {
		if data, err = readAll(zipped); err != nil {
			return nil, err
		}
	}
	if name == publish.ListName {
		r.top = data
		if m, err := publish.ReadManifest(data); err == nil {
			for _, e := range m.Parts {
				r.parts[e.Path] = e
			}
		}
	}
	return data, nil
}

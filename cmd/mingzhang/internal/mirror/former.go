package mirror

import (
	"bytes"
	"compress/gzip"
	"context"
	"io/fs"
	"path"
	"strings"

	"mingzhang/cmd/mingzhang/internal/publish"
)

// former is what copies before have left at the target.
type former struct {
	listed publish.Entries // by the manifests that stand there
	bad    map[string]bool // manifests that are not the ones that are listed
	whole  bool            // the last copy went through, and stored files as this one does
}

// former reads what is at the target, and refuses one that holds files of others
// only.
func (p *Plan) former(ctx context.Context, there map[string]Object) (*former, error) {
	last := &former{bad: map[string]bool{}}
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
	_, all, bad, err := publish.ReadTree(far)
	if err != nil {
		return nil, &NotOursError{publish.ListName}
	}
	for i := range all {
		if e, ok := p.own.Find(all[i].Path); ok && e == all[i] {
			all[i] = e // most are the same: their texts are held once
		}
	}
	last.listed = all
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
		if _, ok := l.listed.At(n); ok || l.bad[n] || n == publish.ListName && len(l.listed) > 0 {
			return true
		}
	}
	return false
}

// still reports whether a file of the site stands at the target as it is to be,
// without reading it: the last copy brought this very file, and what it stored is
// there.
func (l *former) still(p *Plan, e publish.Entry, there map[string]Object) bool {
	if !l.whole {
		return false
	}
	if was, ok := l.listed.Find(e.Path); !ok || was != e {
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

package mirror

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
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
	delete(there, Mark)
	var unsure []string
	for _, f := range own {
		switch e := f.entry; {
		case e == nil || f.touched:
		case last.still(p, *e, there):
			for _, stored := range p.storedAs(*e) {
				delete(there, stored)
				p.Same++
			}
			continue
		case !o.Contents && p.lacks(there, *e): // then it is read when it is sent
			for _, stored := range p.storedAs(*e) {
				p.Bytes += int64(e.Bytes)
				p.add(stored, false)
			}
			continue
		}
		unsure = append(unsure, f.name)
	}
	var mu sync.Mutex
	err = side(ctx, o.Workers, unsure, func(ctx context.Context, name string) error {
		data, err := fs.ReadFile(source, name)
		if err != nil {
			return err
		}
		if e, ok := p.own.Find(name); ok && !e.Matches(data) {
			return &BrokenError{name}
		}
		for _, f := range p.files(name, data) {
			mu.Lock()
			obj, ok := there[f.Name]
			delete(there, f.Name)
			mu.Unlock()
			same := ok && store.Holds(ctx, obj, f)
			mu.Lock()
			if same {
				p.Same++
			} else {
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
	for name := range there { // what the site does not have
		if last.brought(name) {
			p.Removed = append(p.Removed, name)
		}
	}
	p.sort()
	return p, nil
}

// lacks reports whether nothing of what is stored for a file is at the target.
func (p *Plan) lacks(there map[string]Object, e publish.Entry) bool {
	return !slices.ContainsFunc(p.storedAs(e), func(name string) bool { _, ok := there[name]; return ok })
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

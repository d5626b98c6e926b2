// Package mirror copies a published folder to where readers are served from: a
// folder of a web server, or a bucket of any S3-compatible store. It knows
// nothing of budgets.
//
// Only what differs travels, and in an order in which no reader who follows
// links from the home page meets a missing file, whenever the copy is cut off:
//
//  1. files that are not there yet: what pages use, then pages
//  2. files that change: what pages use, then pages, the deepest first and the
//     home page last
//  3. files that an earlier copy brought and the site no longer has are removed
//  4. the manifests
//
// The manifest comes last, so that a copy that was cut off still knows what the
// one before had brought. Running it again does what is left. A target that
// holds files and neither a manifest nor our mark is refused.
//
// The mark also says of which site the last copy was, while it is whole: then files
// that are the same in both manifests are not read again. While a copy is under way,
// and after one that was cut off, it does not, and all are compared.
package mirror

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"mingzhang/cmd/mingzhang/internal/publish"
)

// Store is a place to which a site is copied. Names are slash-separated. All
// methods may be called from several goroutines.
type Store interface {
	// List tells what is there, by name.
	List(ctx context.Context) (map[string]Object, error)
	// Holds reports whether an object that was listed is exactly this file.
	Holds(ctx context.Context, o Object, f *File) bool
	Get(ctx context.Context, name string) ([]byte, error)
	Put(ctx context.Context, f *File) error
	Remove(ctx context.Context, name string) error
	// Negotiates reports whether the server picks a file's compressed variant
	// name.gz by itself; otherwise the file itself is stored compressed.
	Negotiates() bool
}

// Object is a file in a store.
type Object struct {
	Name string
	Size int64
	Mark string // what the store says of its contents, if it does
}

// File is a file on its way.
type File struct {
	Name     string
	Data     []byte
	Type     string // Content-Type
	Cache    string // Cache-Control
	Encoding string // Content-Encoding
}

// Mark is the name of the object that says that a target is ours. It is the
// first to be written.
const Mark = "mingzhang-mirror.txt"

const markText = "This place is kept by mingzhang publish.\n"

// NotOursError is returned for a target that holds files of others.
type NotOursError struct{ Name string }

func (e *NotOursError) Error() string { return "the target holds " + e.Name + " and is not ours" }

// BrokenError is returned for a source that is not a whole published site.
type BrokenError struct{ Name string }

func (e *BrokenError) Error() string { return e.Name + " is not as the site was built" }

// Options say how to copy.
type Options struct {
	Compress bool // text is stored compressed as well, or instead
	Contents bool // every file is compared, also those that the last copy left as they are to be
	Workers  int
}

// Plan is what has to be done.
type Plan struct {
	// In the order of work.
	New, Changed, Removed []string
	Manifests             []string // new or changed, the top one last

	Same  int
	Bytes int64 // of what travels, before compression

	source    fs.FS
	own       publish.Entries // what the site's manifests list
	store     Store
	opts      Options
	manifests int    // that are new
	mark      string // what the mark says at the target
	whole     string // what it is to say when all is done
}

// Steps is how many files have to be written or removed.
func (p *Plan) Steps() int {
	fresh, changed, removed := p.Counts()
	return fresh + changed + removed
}

// Counts tells how many files are new, changed and to be removed, manifests
// among them.
func (p *Plan) Counts() (fresh, changed, removed int) {
	return len(p.New) + p.manifests, len(p.Changed) + len(p.Manifests) - p.manifests, len(p.Removed)
}

func (p *Plan) add(name string, there bool) {
	switch {
	case path.Base(strings.TrimSuffix(name, ".gz")) == publish.ListName:
		p.Manifests = append(p.Manifests, name)
		if !there {
			p.manifests++
		}
	case there:
		p.Changed = append(p.Changed, name)
	default:
		p.New = append(p.New, name)
	}
}

func (p *Plan) sort() {
	isPage := func(n string) bool { return strings.HasSuffix(strings.TrimSuffix(n, ".gz"), ".html") }
	order := func(a, b string) int {
		if x, y := isPage(a), isPage(b); x != y {
			if x {
				return 1
			}
			return -1
		}
		if x, y := strings.Count(a, "/"), strings.Count(b, "/"); x != y {
			return y - x
		}
		return strings.Compare(a, b)
	}
	slices.SortFunc(p.New, order)
	slices.SortFunc(p.Changed, order)
	slices.Sort(p.Removed)
	slices.SortFunc(p.Manifests, order)
}

// Run does what is planned. step is called after each file, by one goroutine at
// a time.
func (p *Plan) Run(ctx context.Context, step func(name string)) error {
	if p.Steps() == 0 {
		return p.say(ctx, p.whole)
	}
	if err := p.say(ctx, markText); err != nil { // until all is done
		return err
	}
	var mu sync.Mutex
	each := func(names []string, work func(context.Context, string) error) error {
		return side(ctx, p.opts.Workers, names, func(ctx context.Context, name string) error {
			if err := work(ctx, name); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			mu.Lock()
			defer mu.Unlock()
			step(name)
			return nil
		})
	}
	for _, group := range append(groups(p.New), groups(p.Changed)...) {
		if err := each(group, p.send); err != nil {
			return err
		}
	}
	if err := each(p.Removed, p.store.Remove); err != nil {
		return err
	}
	for _, group := range groups(p.Manifests) {
		if err := each(group, p.send); err != nil {
			return err
		}
	}
	return p.say(ctx, p.whole)
}

// say has the mark say something, if it does not yet.
func (p *Plan) say(ctx context.Context, text string) error {
	if p.mark == text {
		return nil
	}
	p.mark = text
	return p.store.Put(ctx, fileOf(Mark, []byte(text)))
}

// groups cuts a list in order of work into runs that may go side by side: files
// of one kind at one depth.
func groups(names []string) [][]string {
	var out [][]string
	kind := func(n string) [2]any {
		return [2]any{strings.HasSuffix(strings.TrimSuffix(n, ".gz"), ".html"), strings.Count(n, "/")}
	}
	for i := 0; i < len(names); {
		j := i
		for j < len(names) && kind(names[j]) == kind(names[i]) {
			j++
		}
		out = append(out, names[i:j])
		i = j
	}
	return out
}

func (p *Plan) send(ctx context.Context, name string) error {
	local := name
	if p.opts.Compress && p.store.Negotiates() {
		local = strings.TrimSuffix(name, ".gz")
	}
	data, err := fs.ReadFile(p.source, local)
	if errors.Is(err, fs.ErrNotExist) && local != name {
		data, err = fs.ReadFile(p.source, name)
	}
	if err != nil {
		return err
	}
	if e, ok := p.own.Find(local); ok && !e.Matches(data) {
		return &BrokenError{local} // since it was compared, or it was not read then
	}
	for _, f := range p.files(local, data) {
		if f.Name == name {
			return p.store.Put(ctx, f)
		}
	}
	return fs.ErrNotExist
}

// files makes what is stored for a file of the site.
func (p *Plan) files(name string, data []byte) []*File {
	f := fileOf(name, data)
	if !p.packs(f.Type, len(data)) {
		return []*File{f}
	}
	z := *f
	z.Data, z.Encoding = zip(data), "gzip"
	if !p.store.Negotiates() {
		return []*File{&z}
	}
	z.Name = name + ".gz"
	return []*File{f, &z}
}

// packs tells whether a file of some type and size is stored compressed.
func (p *Plan) packs(contentType string, size int) bool {
	return p.opts.Compress && compressible(contentType) && size >= 512
}

// zip compresses without a name or a time, so that the same text gives the same
// bytes.
func zip(data []byte) []byte {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		panic(err) // the level exists
	}
	_, _ = w.Write(data) // a bytes.Buffer does not fail
	_ = w.Close()
	return b.Bytes()
}

// side works on names side by side and stops at the first error.
func side(ctx context.Context, workers int, names []string, work func(context.Context, string) error) error {
	g, going := errgroup.WithContext(ctx)
	g.SetLimit(max(workers, 1))
	for _, name := range names {
		if going.Err() != nil {
			break
		}
		g.Go(func() error { return work(going, name) })
	}
	return cmp.Or(g.Wait(), context.Cause(ctx))
}

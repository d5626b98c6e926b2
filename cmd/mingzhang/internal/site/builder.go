package site

import (
	"cmp"
	"sync"
	"sync/atomic"

	"mingzhang/cmd/mingzhang/internal/page"
	"mingzhang/cmd/mingzhang/internal/spare"
)

// builder is one run into a sink; without one it only works on families.
type builder struct {
	site   *Site
	sink   Sink
	failed atomic.Bool // something is wrong: what is made from here on is thrown away

	mu     sync.Mutex
	report Report
}

// family works on a family, or recalls it where nothing has changed, and makes
// its files unless they are where they belong.
func (b *builder) family(f *Family) (*Work, error) {
	s := b.site
	w := s.recall(f, false)
	known := w != nil
	if !known {
		w = s.Work(f)
	}
	defer func() { s.step(w, known) }()
	if w.Findings.HasErrors() {
		b.failed.Store(true)
	}
	if b.sink == nil || b.failed.Load() {
		return w, nil
	}
	atHand := false
	if s.AtHand != nil && (known || s.Memory == nil) { // else digests that are to be remembered would not be known
		var err error
		if atHand, err = s.AtHand(w); err != nil {
			return w, err
		}
	}
	if !atHand {
		if known { // making files takes its figures
			w, known = s.Work(f), false
		}
		if err := b.files(w); err != nil {
			return w, err
		}
	}
	if s.Ended != nil {
		return w, s.Ended(w)
	}
	return w, nil
}

// files makes the files of a family. Those of a department-year are taken over
// together if they were made from the same: most of a department's years are not
// changed when one is.
func (b *builder) files(w *Work) error {
	s := b.site
	part := w.Family.Manifest()
	var outputs []Output
	var made []func()
	for _, m := range w.years {
		if s.Memory != nil {
			folders, from := s.foldersOf(m.department, m.year), s.madeFrom(w, m)
			if kept := s.Memory.KeepUnder(part, folders, from); kept != nil {
				w.summary(m).Proofs = kept[page.JSONPath(m.department.Slug, m.year)]
				b.mu.Lock()
				b.report.Kept++
				b.mu.Unlock()
				continue
			}
			made = append(made, func() { s.Memory.MadeUnder(part, folders, from) })
		}
		outputs = append(outputs, s.memberOutputs(w, m, s.load(m))...)
	}
	for _, d := range w.Family.Departments {
		outputs = append(outputs, s.departmentOutputs(d, w)...)
	}
	if err := b.all(outputs); err != nil {
		return err
	}
	for _, note := range made {
		note()
	}
	return nil
}

// all makes files, with the help of hands that have nothing else to do: after a
// small change one family is all there is.
func (b *builder) all(outputs []Output) error {
	groups := Groups(outputs)
	errs := make([]error, len(groups))
	waits := make([]func(), len(groups))
	for i, g := range groups {
		waits[i] = b.site.hands.aside(func() { errs[i] = g.Each(b.put) })
	}
	for _, wait := range waits {
		wait()
	}
	return cmp.Or(errs...)
}

// put makes a file and gives it to the sink, unless one made from the same is
// there already.
func (b *builder) put(o Output) error {
	memory, from := b.site.Memory, ""
	if memory != nil && o.From != nil {
		if from = o.From(); from != "" && memory.Keep(o.Path, from) {
			return nil
		}
	}
	if stream, ok := b.sink.(Streamer); ok && o.Write != nil {
		size, err := stream.Stream(o.Path, o.Write)
		b.count(size)
		if err == nil && from != "" {
			memory.Made(o.Path, from, stream.Sum(o.Path))
		}
		return err
	}
	data, err := o.Make()
	if err != nil {
		return err
	}
	b.count(int64(len(data)))
	err = b.sink.Put(o.Path, data)
	if err == nil && (from != "" || o.Digest != nil) {
		sum := b.sum(o.Path, data)
		if from != "" {
			memory.Made(o.Path, from, sum)
		}
		if o.Digest != nil {
			o.Digest(sum)
		}
	}
	if o.Lent {
		spare.Return(data)
	}
	return err
}

// sum is the SHA-256 of a file that the sink has taken. Most sinks know it.
func (b *builder) sum(path string, data []byte) string {
	if store, ok := b.sink.(Store); ok {
		return store.Sum(path)
	}
	return sumOf(data)
}

// count adds a file to the report.
func (b *builder) count(bytes int64) {
	b.mu.Lock()
	b.report.Files++
	b.report.Bytes += bytes
	b.mu.Unlock()
}

package site

import (
	"cmp"
	"runtime"
	"slices"
	"sync"

	"mingzhang/cmd/mingzhang/internal/check"
	"mingzhang/cmd/mingzhang/internal/diag"
)

// Report tells what a run did.
type Report struct {
	Departments int
	Years       int
	Kept        int // department-years of changed families whose files were taken over
	Files       int
	Bytes       int64
	Outcomes    map[check.Result]int
}

// Check runs the pipeline without making pages.
func (s *Site) Check() (Report, diag.List) {
	r, list, _ := s.run(nil)
	return r, list
}

// Build makes every file of the site and gives it to the sink. When the findings
// hold an error the caller throws the files away, as a site is published whole or
// not at all: once there is one, no more are made, and all findings are told.
func (s *Site) Build(sink Sink) (Report, diag.List, error) { return s.run(sink) }

// run takes all families through the pipeline; a nil sink means that only the
// findings are wanted. Of each family only what site-wide pages need is kept.
func (s *Site) run(sink Sink) (Report, diag.List, error) {
	b := &builder{site: s, sink: sink}
	b.failed.Store(s.onOpening().HasErrors())
	s.findings, s.opts.Once = sink == nil, true
	families := s.share()
	works := make([]*Work, len(families))
	err := s.each(len(families), func(i int) (err error) {
		works[i], err = b.family(families[i])
		return err
	})
	if err != nil {
		return b.report, nil, err
	}
	list := s.Findings(works)
	if sink != nil && !list.HasErrors() && !b.failed.Load() && !s.opts.Shard.Part() {
		groups := Groups(s.WideOutputs(s.Summaries(works), s.made(sink)))
		err = s.each(len(groups), func(i int) error { return groups[i].Each(b.put) })
	}
	b.report.count(works)
	return b.report, list, err
}

// Store is a sink that gives back what was put into it, in bytes that are then
// the caller's, who may give them to package spare, and knows its SHA-256.
type Store interface {
	Sink
	Get(path string) ([]byte, error)
	Sum(path string) string
}

// made takes files back from a sink that keeps them; else they are made again.
func (s *Site) made(sink Sink) Made {
	if store, ok := sink.(Store); ok {
		return store.Get
	}
	return s.Remake
}

// Shard is a share of the families: the first of four is {1, 4}. The zero Shard
// is all of them.
type Shard struct{ Number, Of int }

// Part reports whether there are other shards.
func (h Shard) Part() bool { return h.Of > 1 }

// share lists the families that this run works on.
func (s *Site) share() []*Family {
	h := s.opts.Shard
	if !h.Part() {
		return s.Families()
	}
	var out []*Family
	for i, f := range s.Families() {
		if i%h.Of == h.Number-1 {
			out = append(out, f)
		}
	}
	return out
}

// step notes that a family is done, leaves what the next run can use, and drops
// what only its own pages need.
func (s *Site) step(w *Work, known bool) {
	if s.Memory != nil && !known {
		_ = s.Store(w) // without it the next run has more to do
	}
	w.shed()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.looked[w.Family] = looked{w.digest, w.Inputs}
	if s.Step != nil {
		s.Step()
	}
}

// Findings gathers what was found in all families, and what can only be said
// when all have been looked at.
func (s *Site) Findings(works []*Work) diag.List {
	var list diag.List
	used := map[*check.Waiver]bool{}
	for _, w := range works {
		list.Add(w.Findings...)
		for _, m := range w.years {
			for _, x := range m.waivers {
				used[x] = true
			}
		}
	}
	if !s.opts.Shard.Part() { // what lies in several shards is told when they are merged
		twice := elsewhere(works, nil)
		for _, x := range s.Waivers.Apply(twice, s.asOf()) {
			used[x] = true
		}
		list.Add(twice...)
		list.Add(s.Waivers.Unused(s.asOf(), used)...)
	}
	list.Sort()
	return list
}

func (r *Report) count(works []*Work) {
	r.Outcomes = map[check.Result]int{}
	for _, w := range works {
		r.Departments += len(w.Family.Departments)
		r.Years += w.Years
		for k, n := range w.Outcomes {
			r.Outcomes[k] += n
		}
	}
}

// each does n pieces of work side by side and returns the error of the first
// that failed, in their order, whatever the order of work.
func (s *Site) each(n int, work func(int) error) error {
	errs := make([]error, n)
	var wg sync.WaitGroup
	next := make(chan int)
	for range min(n, s.workers()) {
		wg.Go(func() {
			done := s.hands.busy()
			for i := range next {
				errs[i] = work(i)
			}
			done()
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
	return cmp.Or(errs...)
}

func (s *Site) workers() int {
	if s.opts.Workers > 0 {
		return s.opts.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// opened lists what was looked at on opening, step by step.
func (s *Site) opened() []Input {
	var list []Input
	for _, name := range stepNames {
		list = append(list, s.steps[name].reads.all()...)
	}
	return list
}

// ManifestOf names the manifest in which a file of the site is listed: that of
// the family that makes it, or "" for the site's own.
func (s *Site) ManifestOf(file string) string {
	if f, ok := s.Owner(file); ok {
		return f.Manifest()
	}
	return ""
}

// InputsByManifest lists the source files that were read, under the manifest of
// what was made from them. Families that are as the last run left them are not in
// it.
func (s *Site) InputsByManifest() map[string][]Input {
	out := s.LookedAt()
	for part, list := range out {
		out[part] = files(list)
	}
	return out
}

// Files lists the source files that the work read.
func (w *Work) Files() []Input { return files(slices.Clone(w.Inputs)) }

// Manifest names the manifest in which the family's files are listed.
func (f *Family) Manifest() string { return f.Departments[0].Slug + "/manifest.json" }

// Digest is one hash over everything that was looked at for the whole site:
// settings, theme, standard tables, the directory, which files there are, and
// the tables that departments share.
func (s *Site) Digest() string { return digest(s.opened()) }

// WorkDigests gives, by manifest, the digest of what each family was made from.
func (s *Site) WorkDigests() map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := map[string]string{}
	for f, looked := range s.looked {
		if looked.digest == "" {
			looked.digest = digest(looked.inputs)
		}
		out[f.Manifest()] = looked.digest
	}
	return out
}

// looked is what a work looked at.
type looked struct {
	digest string  // "" where it was not asked for
	inputs []Input // nil where the record of the last run has them
}

// LookedAt lists, by manifest, what this run looked at, in the order of paths; what
// concerns the whole site stands under "". Families that are as the last run left
// them are not in it.
func (s *Site) LookedAt() map[string][]Input {
	s.mu.Lock()
	defer s.mu.Unlock()
	opened := s.opened()
	sortInputs(opened)
	out := map[string][]Input{"": slices.Compact(opened)}
	for f, looked := range s.looked {
		if looked.inputs != nil {
			out[f.Manifest()] = slices.Clone(looked.inputs)
		}
	}
	return out
}

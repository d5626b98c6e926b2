package site

import (
	"io/fs"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/page"
)

// Live is a site that follows its source folder. Update reads what a change
// concerns and nothing else, and puts a new Snapshot in place; a snapshot makes
// the files of the site one by one as they are asked for, and they are those
// that a fresh build would make.
//
// While a family, or something that concerns the whole site, has errors, the
// last state without them stays in view.
type Live struct {
	// Progress is told how far a long update is; it may be nil.
	Progress func(done, total int)

	fsys    fs.FS
	opts    Options
	base    *Site // the newest that can be shown
	newest  *Site // as of the last update, even if it cannot be shown
	pending []string
	states  []*state // in the order of base's families
	byPath  map[string]map[*state]bool
	prints  map[string]int // how often the bytes of a table stand in the folder
	twice   int            // of these, those that stand more than once
	current atomic.Pointer[Snapshot]
	warm    warm
}

// state is one family as it stands and as it is shown.
type state struct {
	family  *Family
	now     *Work
	errors  diag.List // of now
	shown   view
	indexed []Input // under which it stands in byPath
	printed []print // under which it stands in prints
}

// view is a work with the site that made it.
type view struct {
	site *Site
	work *Work
}

// Change says what an update did.
type Change struct {
	Paths    []string
	Years    int  // department-years that were read
	Outputs  int  // files that may have changed
	Wide     bool // site-wide pages may have changed
	Look     bool // theme or texts of every page may have changed
	Snapshot *Snapshot
}

// Follow opens a folder and works on all of it.
func Follow(fsys fs.FS, opts Options, progress func(done, total int)) *Live {
	l := &Live{Progress: progress, fsys: fsys, opts: opts, warm: warm{budget: warmFigures}}
	l.base = open(fsys, opts, nil, nil)
	l.newest = l.base
	if opts.Memory != nil {
		l.base.Memory = opts.Memory(l.base)
	}
	l.renew(nil, nil)
	l.base.Memory = nil // what was left is of the folder as it was
	l.publish(true)
	return l
}

// Snapshot returns the site as it is shown now.
func (l *Live) Snapshot() *Snapshot { return l.current.Load() }

// Update looks again at the paths, which are files or folders of the source
// folder that may have changed, appeared or gone. It is not for concurrent use.
func (l *Live) Update(paths []string) Change {
	paths = append(l.pending, paths...)
	slices.Sort(paths)
	paths = slices.Compact(paths)
	c := newChanges(l.fsys, paths)
	old := l.base
	l.newest = open(l.fsys, l.opts, old, c.touched)
	done := Change{Paths: paths}
	if l.newest.grave() && !old.grave() {
		l.pending = paths // what is shown stays, and is compared with when the fault is mended
		if own := old.ofFamilies(paths); len(own) > 0 {
			done.Years, done.Outputs = l.renew(old, newChanges(l.fsys, own))
			done.Wide = done.Years > 0
		}
	} else {
		l.pending = nil
		l.base = l.newest
		before := l.current.Load()
		done.Years, done.Outputs = l.renew(old, c)
		done.Look = l.base.Theme != old.Theme || l.base.Config != old.Config
		// Site-wide files are made from summaries and, the long tables, from the
		// files of every department-year.
		done.Wide = done.Look || done.Years > 0 || l.base.about != old.about || l.base.world != old.world || !slices.Equal(before.wide.all, l.summaries())
	}
	l.publish(done.Wide)
	done.Snapshot = l.current.Load()
	return done
}

// ofFamilies picks the files that families alone look at: what is wrong with the
// whole site does not keep a department from following its own files.
func (s *Site) ofFamilies(paths []string) []string {
	return slices.DeleteFunc(slices.Clone(paths), func(p string) bool {
		if st, err := fs.Stat(s.fsys, p); err != nil || !st.Mode().IsRegular() {
			return true
		}
		for _, st := range s.steps {
			if _, read := st.reads.get(p, ReadFile); read {
				return true
			}
		}
		return false
	})
}

// renew works on the families that a change concerns; all of them when old is
// nil or was made by other rules. It returns how many department-years were read
// and how many files come of them.
func (l *Live) renew(old *Site, c *changes) (years, outputs int) {
	s := l.base
	var stale []*state
	if old == nil || s.world != old.world {
		before := map[string]*state{}
		for _, st := range l.states {
			before[st.family.Name] = st
		}
		l.states = nil
		for _, f := range s.Families() {
			st := &state{family: f}
			if b := before[f.Name]; b != nil {
				st.shown = b.shown
			}
			l.states = append(l.states, st)
		}
		stale, old = l.states, nil
	} else {
		stale = l.concerned(old, c)
	}
	changed := make([]map[*member]extent, len(stale))
	if old != nil {
		for i, st := range stale {
			st.settle()
			changed[i] = map[*member]extent{}
			for _, m := range st.now.years {
				if c.recount[m.department] || !s.sameFiles(old, m.department, m.year) {
					changed[i][m] = figures
				} else {
					changed[i][m] = c.extent(m)
				}
			}
		}
	}
	var mu sync.Mutex
	finished := 0
	told := func() {
		finished++
		if l.Progress != nil {
			l.Progress(finished, len(stale))
		}
	}
	_ = s.each(len(stale), func(i int) error { // the work itself returns no error
		st := stale[i]
		var now *since
		if old == nil {
			if w := s.recall(st.family, true); w != nil {
				w.recalled = &recalled{}
				mu.Lock()
				defer mu.Unlock()
				st.take(s, w)
				told()
				return nil
			}
		} else if st.now.recalled == nil {
			now = &since{st.now, func(m *member) extent { return changed[i][m] }, c.touched, c.years}
		}
		w := s.rework(st.family, now)
		w.keepSummaries(st.now)
		mu.Lock()
		defer mu.Unlock()
		years += len(w.read)
		for _, m := range w.read {
			outputs += len(s.memberOutputs(w, m, s.load(m)))
		}
		was := st.shown.work
		st.take(s, w)
		l.warm.use(w)
		if was != nil && was != st.shown.work {
			l.warm.forget(was)
		}
		told()
		return nil
	})
	if old == nil {
		l.byPath, l.prints, l.twice = map[string]map[*state]bool{}, map[string]int{}, 0
	}
	for _, st := range stale {
		l.index(st)
	}
	return years, outputs
}

// take shows the new work if it has no errors, or if there is nothing better.
func (st *state) take(s *Site, w *Work) {
	st.now = w
	st.errors = w.Findings.Errors()
	better := st.shown.work != nil && !st.shown.work.Findings.HasErrors() && st.shown.work.whole()
	if len(st.errors) == 0 || !better {
		st.shown = view{s, w}
	}
}

// whole reports whether all of the work is in memory.
func (w *Work) whole() bool {
	for _, m := range w.years {
		if m.full.Load() == nil {
			return false
		}
	}
	return true
}

// keepSummaries takes over summaries that say the same, so that pages made from
// them are known to be the same.
func (w *Work) keepSummaries(old *Work) {
	if old == nil {
		return
	}
	for d, list := range w.Summaries {
		for i, s := range list {
			for _, o := range old.Summaries[d] {
				if o.Year == s.Year && o != s && o.Same(s) {
					list[i] = o
				}
			}
		}
	}
}

// concerned finds the families that a change concerns.
func (l *Live) concerned(old *Site, c *changes) []*state {
	s := l.base
	found := map[*state]bool{}
	if c.deep {
		for _, st := range l.states {
			if c.among(st.now.Inputs) {
				found[st] = true
			}
		}
	}
	for p := range c.paths {
		for st := range l.byPath[p] {
			if c.among(st.now.Inputs) {
				found[st] = true
			}
		}
	}
	if s.Set != old.Set || !maps.EqualFunc(s.years, old.years, slices.Equal[[]int]) {
		c.years = true
		for _, st := range l.states {
			if st.now.linked() {
				found[st] = true
			}
			for _, d := range st.family.Departments {
				if !slices.Equal(s.years[d], old.years[d]) {
					found[st] = true
					// The department over it tells which of its units disclosed.
					if p, ok := s.Departments.Find(d.Parent); ok && d.Parent != "" {
						c.recount[p] = true
						if i := slices.IndexFunc(l.states, func(x *state) bool { return slices.Contains(x.family.Departments, p) }); i >= 0 {
							found[l.states[i]] = true
						}
					}
				}
				for _, y := range s.years[d] {
					if !s.sameFiles(old, d, y) {
						found[st] = true
					}
				}
			}
		}
	}
	var out []*state
	for _, st := range l.states {
		if found[st] {
			out = append(out, st)
		}
	}
	return out
}

// index notes which paths a family looks at, and which tables it holds.
func (l *Live) index(st *state) {
	for _, in := range st.indexed {
		delete(l.byPath[in.Path], st)
		if len(l.byPath[in.Path]) == 0 {
			delete(l.byPath, in.Path)
		}
	}
	st.indexed = st.now.Inputs
	for _, in := range st.indexed {
		if l.byPath[in.Path] == nil {
			l.byPath[in.Path] = map[*state]bool{}
		}
		l.byPath[in.Path][st] = true
	}
	for _, p := range st.printed {
		switch l.prints[p.sha256]--; l.prints[p.sha256] {
		case 0:
			delete(l.prints, p.sha256)
		case 1:
			l.twice--
		}
	}
	st.printed = st.now.prints
	for _, p := range st.printed {
		if l.prints[p.sha256]++; l.prints[p.sha256] == 2 {
			l.twice++
		}
	}
}

// summaries lists what is shown of all departments, in the order of the
// directory.
func (l *Live) summaries() []*page.Summary {
	works := make([]*Work, 0, len(l.states))
	for _, st := range l.states {
		works = append(works, st.shown.work)
	}
	return l.base.Summaries(works)
}

// publish puts a new snapshot in place. wide tells that site-wide pages may have
// changed.
func (l *Live) publish(wide bool) {
	old := l.current.Load()
	s := &Snapshot{generation: 1, live: l, site: l.base, newest: l.newest}
	if old != nil {
		s.generation = old.generation + 1
	}
	s.views = make([]view, len(l.states))
	s.index = map[*Family]int{}
	for i, st := range l.states {
		if st.shown.site.world == l.base.world {
			st.shown.site = l.base // lets go of the older one
		}
		s.views[i], s.index[st.family] = st.shown, i
		s.works = append(s.works, st.now)
		s.errors.Add(st.errors...)
	}
	if l.twice > 0 { // else there is nothing to look for in all tables
		twice := elsewhere(s.works, func(p print) bool { return l.prints[p.sha256] > 1 })
		l.base.Waivers.Apply(twice, l.base.asOf())
		s.errors.Add(twice.Errors()...)
	}
	for _, st := range l.newest.steps {
		s.errors.Add(st.list.Errors()...)
	}
	s.errors.Sort()
	if wide || old == nil {
		s.wide = &wideFiles{site: l.base, all: l.summaries(), made: s.Make}
	} else {
		s.wide = old.wide
	}
	l.current.Store(s)
}

// warm keeps the works that were used last whole in memory.
type warm struct {
	mu     sync.Mutex
	budget int // in figures
	total  int
	order  []*Work // the one used last at the end
	weight map[*Work]int
}

// warmFigures bounds what is kept in memory to some 50 MB, at 1.6 KB for each: the
// departments that staff have before them, with the years that they looked at.
// More would only make the collector's way longer.
const warmFigures = 30_000

// use notes that a work is in use, and lets go of others when there are too
// many.
func (w *warm) use(work *Work) {
	weight := 0
	for _, m := range work.years {
		if yr := m.full.Load(); yr != nil {
			weight += len(yr.dy.Book.All())
		} else if p := m.alone.Load(); p != nil {
			weight += p.weight
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.weight == nil {
		w.weight = map[*Work]int{}
	}
	w.drop(work)
	w.order = append(w.order, work)
	w.weight[work] = weight
	w.total += weight
	for w.total > w.budget && len(w.order) > 1 {
		oldest := w.order[0]
		w.drop(oldest)
		oldest.LetGo()
	}
}

// forget takes a work that is no longer shown out of the account.
func (w *warm) forget(work *Work) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.drop(work)
}

func (w *warm) drop(work *Work) {
	if i := slices.Index(w.order, work); i >= 0 {
		w.order = slices.Delete(w.order, i, i+1)
		w.total -= w.weight[work]
		delete(w.weight, work)
	}
}

package site

import (
	"io/fs"
	"strings"
	"sync"
	"weak"

	"mingzhang/cmd/mingzhang/internal/config"
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/page"
	"mingzhang/cmd/mingzhang/internal/render"
)

// Snapshot is a site as it was shown at one moment. It does not change, and its
// files are made when they are asked for. It is safe for concurrent use.
type Snapshot struct {
	generation int
	live       *Live
	site       *Site // the one that is shown
	newest     *Site // the one that was opened last
	views      []view
	index      map[*Family]int
	works      []*Work // as they stand, those with errors included
	errors     diag.List
	wide       *wideFiles

	rules     sync.Once
	sameRules bool
}

// wideFiles are the site-wide files of one state of the summaries.
type wideFiles struct {
	site *Site
	all  []*page.Summary
	made Made
	once sync.Once
	list map[string]Output
}

func (w *wideFiles) outputs() map[string]Output {
	w.once.Do(func() {
		w.list = map[string]Output{}
		for _, o := range w.site.WideOutputs(w.all, w.made) {
			w.list[o.Path] = o
		}
	})
	return w.list
}

// Generation counts the snapshots of a site.
func (s *Snapshot) Generation() int { return s.generation }

// version identifies the state from which the file at a path is made: as long as
// it is the same, so is the file. Two states may still make the same file. Whoever
// keeps a version keeps nothing of the state: an old one may be all tables of a
// department, or a whole snapshot.
type version struct {
	world  *world
	config weak.Pointer[config.Config]
	theme  weak.Pointer[render.Theme]
	work   weak.Pointer[Work]
	wide   weak.Pointer[wideFiles]
}

// Version returns the state from which the file at a path is made, to be
// compared with that of another snapshot.
func (s *Snapshot) Version(path string) any {
	if f, ok := s.site.Owner(path); ok {
		v := s.views[s.index[f]]
		m := s.maker(v)
		return version{world: m.world, config: weak.Make(m.Config), theme: weak.Make(m.Theme), work: weak.Make(v.work)}
	}
	return version{wide: weak.Make(s.wide)}
}

// maker is the site that makes the pages of a view: the one that is shown, or
// the older one by whose rules the work was done.
func (s *Snapshot) maker(v view) *Site {
	if v.site.world == s.site.world {
		return s.site
	}
	return v.site
}

// Make makes the file at a path. The error is fs.ErrNotExist if the site has no
// such file, and ErrMoved if a source file has changed since the snapshot was
// taken.
func (s *Snapshot) Make(path string) ([]byte, error) {
	f, ok := s.site.Owner(path)
	if !ok {
		o, ok := s.wide.outputs()[path]
		if !ok {
			return nil, fs.ErrNotExist
		}
		return o.Make()
	}
	v := s.views[s.index[f]]
	maker := s.maker(v)
	var err error
	if v.work, err = maker.computed(v.work); err != nil {
		return nil, err
	}
	for _, m := range v.work.years {
		if !maker.within(path, page.YearPath(m.department.Slug, m.year)) && path != page.TextPath(m.department.Slug, m.year) {
			continue
		}
		yr := maker.load(m)
		if yr.moved {
			return nil, ErrMoved
		}
		s.live.warm.use(v.work)
		return pick(maker.memberOutputs(v.work, m, yr), path)
	}
	for _, d := range v.work.Family.Departments {
		if maker.within(path, d.Slug+"/") {
			return pick(maker.departmentOutputs(d, v.work), path)
		}
	}
	return nil, fs.ErrNotExist
}

// within reports whether a path lies in a folder of the site in some language.
func (s *Site) within(path, folder string) bool {
	for _, l := range s.Config.Langs() {
		c := page.Context{Lang: l, Config: s.Config}
		if strings.HasPrefix(path, strings.TrimSuffix(c.File(folder), "index.html")) {
			return true
		}
	}
	return false
}

func pick(list []Output, path string) ([]byte, error) {
	for _, o := range list {
		if o.Path == path {
			return o.Make()
		}
	}
	return nil, fs.ErrNotExist
}

// Paths lists every file of the site.
func (s *Snapshot) Paths() []string {
	var out []string
	for _, v := range s.views {
		w, err := s.maker(v).computed(v.work)
		if err != nil {
			continue // the next snapshot lists them
		}
		for _, o := range s.maker(v).FamilyOutputs(w) {
			out = append(out, o.Path)
		}
	}
	for p := range s.wide.outputs() {
		out = append(out, p)
	}
	return out
}

// Errors lists the findings that keep the site from being published, in the
// order of places.
func (s *Snapshot) Errors() diag.List { return s.errors }

// Findings lists everything that was found.
func (s *Snapshot) Findings() diag.List {
	list := s.newest.onOpening()
	list.Add(s.newest.Findings(s.works)...)
	list.Sort()
	return list
}

// Departments lists the departments that are shown.
func (s *Snapshot) Departments() []*fiscal.Department { return s.site.Departments.List }

// Summaries lists what is shown of every department-year.
func (s *Snapshot) Summaries() []*page.Summary { return s.wide.all }

// Langs lists the languages of the site, the main one first.
func (s *Snapshot) Langs() []lang.Lang { return s.site.Config.Langs() }

// Unchanged reports whether a department-year, and all rules and settings, are
// read from files with these digests, by path, and no others.
func (s *Snapshot) Unchanged(d *fiscal.Department, y int, digests map[string]string) bool {
	s.rules.Do(func() {
		s.sameRules = true
		for _, name := range []string{"config", "departments", "standard", "waivers"} {
			s.sameRules = s.sameRules && same(s.site.steps[name].reads.all(), digests)
		}
	})
	f := s.site.lineage.bySlug[d.Slug]
	if f == nil || !s.sameRules {
		return false
	}
	w := s.views[s.index[f]].work
	if w.recalled != nil {
		return same(w.Inputs, digests)
	}
	m := w.member(d, y)
	if m == nil || !same(m.inputs, digests) {
		return false
	}
	for _, p := range m.before { // what it is compared with
		if !same(p.inputs, digests) {
			return false
		}
	}
	return true
}

func same(list []Input, digests map[string]string) bool {
	for _, in := range list {
		if in.Kind == ReadFile && digests[in.Path] != in.SHA256 {
			return false
		}
	}
	return true
}

// Sources lists the files that someone who looks at a page of a department may be
// about to change: those of its year, or its profile.
func (s *Snapshot) Sources(path string) []string {
	f, ok := s.site.Owner(path)
	if !ok {
		return nil
	}
	var out []string
	for _, d := range f.Departments {
		if !s.site.within(path, d.Slug+"/") {
			continue
		}
		out = append(out, profilePath(d))
		for _, y := range s.site.years[d] {
			if !s.site.within(path, page.YearPath(d.Slug, y)) {
				continue
			}
			out = append(out, narrativePath(d, y))
			for _, file := range s.site.filesOf(d, y) {
				out = append(out, file.Path)
			}
		}
	}
	return out
}

// Files counts the files of a department-year's own folder.
func (s *Snapshot) Files(d *fiscal.Department, y int) int { return len(s.site.filesOf(d, y)) }

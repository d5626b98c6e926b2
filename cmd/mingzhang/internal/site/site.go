// Package site is the pipeline: a source folder in, a site and its findings
// out. Read, check, compute, make pages, render; nothing here looks at a clock,
// a network or a place outside the source folder.
//
// The unit of work is a department: its years are read in order, since a year
// may look back at the one before, and departments go side by side. What
// site-wide pages need is kept as summaries, so that memory does not grow with
// the number of lines.
package site

import (
	"io/fs"
	"slices"
	"sort"
	"sync"
	"time"

	"mingzhang/cmd/mingzhang/internal/check"
	"mingzhang/cmd/mingzhang/internal/config"
	"mingzhang/cmd/mingzhang/internal/dataset"
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/indicator"
	"mingzhang/cmd/mingzhang/internal/render"
	"mingzhang/cmd/mingzhang/internal/score"
	"mingzhang/cmd/mingzhang/internal/standard"
	"mingzhang/cmd/mingzhang/internal/statement"
)

// Options are what a command decides.
type Options struct {
	Version string
	AsOf    time.Time // overrides the config's as_of, for waivers' end dates
	Workers int       // departments worked on side by side; 0 is a sensible number
}

// Sink takes the files of a site as they are made, from several goroutines.
// Paths are slash-separated and relative to the site's top.
type Sink interface {
	Put(path string, data []byte) error
}

// Site is an opened source folder.
type Site struct {
	fsys        fs.FS
	source      *recorder
	opts        Options
	Config      *config.Config
	Set         *dataset.Set
	Departments *fiscal.Departments
	Catalogue   *indicator.Catalogue
	Rules       *check.Book
	Waivers     *check.Waivers
	Registry    *statement.Registry
	Rubrics     *score.Book
	Theme       *render.Theme
	reader      *fiscal.Reader
	years       map[*fiscal.Department][]int
	lineage     *lineage
}

// Open reads everything that concerns the whole site. The site is nil when
// nothing can be built from the folder at all.
func Open(fsys fs.FS, opts Options) (*Site, diag.List) {
	source := newRecorder(fsys)
	fsys = source
	s := &Site{fsys: fsys, source: source, opts: opts}
	var list, more diag.List
	s.Config, list = config.Read(fsys)
	tables, _ := standard.Contract()
	s.Set, more = dataset.Scan(fsys, "data", tables)
	list.Add(more...)
	s.Departments, more = fiscal.ReadDepartments(fsys, s.Set)
	list.Add(more...)
	list.Add(s.Departments.Known(s.Set)...)
	list.Add(s.loadStandard()...)
	s.Waivers, more = check.ReadWaivers(fsys, s.Set)
	list.Add(more...)
	s.Theme, more = render.Load(fsys, s.Config.Theme, s.Config.Langs())
	list.Add(more...)
	s.reader = &fiscal.Reader{FS: fsys, Set: s.Set, Departments: s.Departments, Registry: s.Registry}
	for _, y := range s.Set.Years {
		list.Add(s.reader.SharedFindings(y)...)
	}
	s.findYears()
	s.lineage, more = newLineage(s.Departments)
	list.Add(more...)
	list.Add(s.strayNarratives()...)
	return s, list
}

// optional returns a file's bytes, or nil when it is not there.
func (s *Site) optional(name string) []byte {
	data, err := fs.ReadFile(s.fsys, name)
	if err != nil {
		return nil
	}
	return data
}

// findYears lists the years of each department, from its own folders and from
// the files that all departments share.
func (s *Site) findYears() {
	s.years = map[*fiscal.Department][]int{}
	add := func(d *fiscal.Department, y int) {
		if !slices.Contains(s.years[d], y) {
			s.years[d] = append(s.years[d], y)
		}
	}
	for _, k := range s.Set.Keys() {
		if d, ok := s.Departments.Find(k.Slug); ok && d.Slug == k.Slug {
			add(d, k.Year)
		}
	}
	for _, y := range s.Set.Years {
		for _, d := range s.reader.SharedKeys(y) {
			add(d, y)
		}
	}
	for _, years := range s.years {
		sort.Ints(years)
	}
}

// Years lists the years of a department, in order.
func (s *Site) Years(d *fiscal.Department) []int { return s.years[d] }

func (s *Site) asOf() time.Time {
	if !s.opts.AsOf.IsZero() {
		return s.opts.AsOf
	}
	return s.Config.Day()
}

// Report tells what a run did.
type Report struct {
	Departments int
	Years       int
	Files       int
	Bytes       int64
	Outcomes    map[check.Result]int
}

// each works on families of departments side by side and gathers their findings
// in the order of the directory, whatever the order of work.
func (s *Site) each(work func([]*fiscal.Department) (diag.List, error)) (diag.List, error) {
	families := s.lineage.families
	lists := make([]diag.List, len(families))
	errs := make([]error, len(families))
	var wg sync.WaitGroup
	next := make(chan int)
	for range max(1, s.workers()) {
		wg.Go(func() {
			for i := range next {
				lists[i], errs[i] = work(families[i])
			}
		})
	}
	for i := range families {
		next <- i
	}
	close(next)
	wg.Wait()
	var all diag.List
	for i := range families {
		all.Add(lists[i]...)
		if errs[i] != nil {
			return all, errs[i]
		}
	}
	return all, nil
}

func (s *Site) workers() int {
	if s.opts.Workers > 0 {
		return s.opts.Workers
	}
	return defaultWorkers()
}

// Package site is the pipeline: a source folder in, a site and its findings
// out. Read, check, compute, make pages, render; nothing here looks at a clock,
// a network or a place outside the source folder.
//
// The unit of work is a family of departments that follow each other: the years
// of each are read in order, since a year may look back at the one before, and
// families go side by side. Work on a family depends on its own files and on
// what Open read, on nothing else, and says what it looked at. Its pages are
// made from its work; site-wide pages are made from the summaries of all, so
// that memory does not grow with the number of lines.
//
// Every file of a site is an Output: a path and how to make it. A full build
// makes all of them; the preview makes the ones that are asked for.
package site

import (
	"io"
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
	"mingzhang/cmd/mingzhang/internal/statement"
)

// Options are what a command decides.
type Options struct {
	Version string
	AsOf    time.Time // overrides the config's as_of, for waivers' end dates
	Workers int       // departments worked on side by side; 0 is a sensible number
	Shard   Shard     // the families to work on
	Once    bool      // no later work takes over from this one, as in a preview: less is noted
	NoIndex bool      // no file of the search is made, so that its words are not gathered

	// Memory, when set, gives a site that is followed what a build left of the
	// work on it, so that it need not be done before the first page is shown.
	Memory func(*Site) Memory
}

// Sink takes the files of a site as they are made, from several goroutines.
// Paths are slash-separated and relative to the site's top. A sink does not hold
// the bytes of a file when it has returned.
type Sink interface {
	Put(path string, data []byte) error
}

// Streamer is a sink that takes a file piece by piece. It returns the file's size.
type Streamer interface {
	Store
	Stream(path string, write func(io.Writer) error) (int64, error)
}

// Site is an opened source folder: everything that concerns all departments.
// What concerns one of them is read when work on its family begins.
type Site struct {
	fsys        fs.FS
	opts        Options
	Config      *config.Config
	Set         *dataset.Set
	Departments *fiscal.Departments
	Catalogue   *indicator.Catalogue
	Rules       *check.Book
	Waivers     *check.Waivers
	Registry    *statement.Registry
	Reference   *fiscal.Reference
	Rubrics     *score.Book
	Theme       *render.Theme
	about       *manuscript
	reader      *fiscal.Reader
	years       map[*fiscal.Department][]int
	lineage     *lineage
	bodies      func() *check.Bodies // all departments, to be found by name

	hands  hands
	world  *world
	steps  map[string]*step
	wide   *reads // of the step that is being taken
	shared *reads // the files that departments share

	// Step, when set, is called each time a family is done, by one goroutine at a
	// time.
	Step func()

	// AtHand, when set, tells that the files of a family need not be made, because
	// they are where they belong already. It is called from several goroutines.
	AtHand func(*Work) (bool, error)

	// Ended, when set, is told that all files of a family were made or are at hand.
	// It is called from several goroutines.
	Ended func(*Work) error

	// Memory, when set, spares a run the work on families of which nothing has
	// changed.
	Memory Memory

	mu     sync.Mutex
	looked map[*Family]looked // at by the families that were worked on
	paper  bool               // department-years are published on paper too

	findings bool // only findings are wanted: no page is made and no index
}

// Memory is what an earlier run left of its work, for the same program, and the
// same of everything that concerns the whole site. It is asked from several
// goroutines.
type Memory interface {
	Get(name string) []byte       // what was put, in bytes that are the caller's, who may give them to package spare; nil where there is nothing
	Put(name string, data []byte) // for the next run
	Stays(name string)            // for the next run, though it was not asked for

	// Unchanged reports whether all that a part was made from is what it was; known
	// tells whether the last run made it from inputs of this digest.
	Unchanged(part, digest string) (same, known bool)

	Keep(path, from string) bool    // takes over a published file if it was made from the same
	Made(path, from, sha256 string) // notes what a file was made from, and the file

	// KeepUnder takes over the published files of a part under some folders if
	// they were made from the same, and returns their SHA-256 by path; else nil.
	KeepUnder(part string, folders []string, from string) map[string]string
	MadeUnder(part string, folders []string, from string) // notes what they were made from
}

// Open reads everything that concerns the whole site.
func Open(fsys fs.FS, opts Options) (*Site, diag.List) {
	s := open(fsys, opts, nil, nil)
	return s, s.onOpening()
}

// optional returns a file's bytes, or nil when it is not there.
func (s *Site) optional(name string) []byte {
	data, err := fs.ReadFile(s.wide, name)
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

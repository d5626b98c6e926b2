package site

import (
	"io/fs"
	"reflect"
	"slices"
	"sync"

	"mingzhang/cmd/mingzhang/internal/check"
	"mingzhang/cmd/mingzhang/internal/config"
	"mingzhang/cmd/mingzhang/internal/dataset"
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/render"
	"mingzhang/cmd/mingzhang/internal/standard"
)

// step is a part of opening a site: what it looked at and what it found. When a
// site is opened again, a step is taken anew only if something that it looked at
// has changed, or a step that it builds on.
type step struct {
	reads *reads
	list  diag.List
	grave bool // with errors here the pages of the whole site would be wrong or missing
}

// taking is one opening of a site.
type taking struct {
	*Site
	old     *Site
	touched func(*reads) bool
}

// do takes a step, or takes it over from the site before, and reports whether it
// was taken anew.
func (t *taking) do(name string, grave, again bool, anew func(*reads) diag.List, over func(old *Site)) bool {
	if t.old != nil && !again && !t.touched(t.old.steps[name].reads) {
		t.steps[name] = t.old.steps[name]
		over(t.old)
		return false
	}
	st := &step{reads: newReads(t.fsys), grave: grave}
	t.wide = st.reads
	st.list = anew(st.reads)
	t.steps[name] = st
	return true
}

// open opens a folder, or opens it again after old: touched tells whether
// something that was looked at then is not the same now. Parts that are the
// same keep their identity.
func open(fsys fs.FS, opts Options, old *Site, touched func(*reads) bool) *Site {
	s := &Site{fsys: fsys, opts: opts, steps: map[string]*step{}, looked: map[*Family]looked{}}
	s.hands.free = s.workers()
	t := &taking{s, old, touched}

	settings := t.do("config", true, false, func(r *reads) (list diag.List) {
		s.Config, list = config.Read(r)
		return append(list, personalInSettings(r)...)
	}, func(old *Site) { s.Config = old.Config })
	reckoning := settings && (old == nil || !reflect.DeepEqual(spoken(s.Config), spoken(old.Config)))

	folder := t.do("folder", false, false, func(r *reads) (list diag.List) {
		tables, _ := standard.Contract()
		s.Set, list = dataset.Scan(r, "data", tables)
		return list
	}, func(old *Site) { s.Set = old.Set })
	if folder && old != nil && reflect.DeepEqual(s.Set, old.Set) {
		s.Set, folder = old.Set, false
	}

	directory := t.do("departments", true, folder && (old == nil || s.Set.Departments != old.Set.Departments), func(r *reads) (list diag.List) {
		s.Departments, list = fiscal.ReadDepartments(r, s.Set)
		return list
	}, func(old *Site) { s.Departments = old.Departments })

	t.do("known", false, folder || directory, func(*reads) diag.List { return append(s.Departments.Known(s.Set), s.personalInDirectory()...) }, func(*Site) {})

	tables := t.do("standard", true, folder && (old == nil || !slices.Equal(s.Set.Standard, old.Set.Standard)), func(*reads) diag.List {
		return s.loadStandard()
	}, func(old *Site) {
		s.Catalogue, s.Rules, s.Registry, s.Rubrics, s.Reference = old.Catalogue, old.Rules, old.Registry, old.Rubrics, old.Reference
	})

	t.do("rubrics", false, settings || directory || tables, func(*reads) diag.List { return s.unknownRubrics() }, func(*Site) {})

	waivers := t.do("waivers", false, folder && (old == nil || s.Set.Waivers != old.Set.Waivers), func(r *reads) (list diag.List) {
		s.Waivers, list = check.ReadWaivers(r, s.Set)
		return list
	}, func(old *Site) { s.Waivers = old.Waivers })

	t.do("theme", true, settings && (old == nil || s.Config.Theme != old.Config.Theme || !slices.Equal(s.Config.Langs(), old.Config.Langs())), func(r *reads) (list diag.List) {
		s.Theme, list = render.Load(r, s.Config.Theme, s.Config.Langs())
		return list
	}, func(old *Site) { s.Theme = old.Theme })

	again := directory || tables || folder && len(s.Set.Shared) > 0
	shared := t.do("shared", true, again, func(r *reads) (list diag.List) {
		s.shared = r
		s.reader = &fiscal.Reader{FS: r, Set: s.Set, Departments: s.Departments, Registry: s.Registry, Reference: s.Reference}
		for _, y := range s.Set.Years {
			list.Add(s.reader.SharedFindings(y)...)
		}
		return list
	}, func(old *Site) {
		s.shared, s.reader = old.shared, old.reader
		if folder { // and no files that departments share
			s.reader = &fiscal.Reader{FS: s.shared, Set: s.Set, Departments: s.Departments, Registry: s.Registry, Reference: s.Reference}
		}
	})

	t.do("lineage", false, directory, func(*reads) (list diag.List) {
		s.lineage, list = newLineage(s.Departments)
		return list
	}, func(old *Site) { s.lineage = old.lineage })

	if folder || directory || shared {
		s.findYears()
	} else {
		s.years = old.years
	}
	s.bodies = sync.OnceValue(s.allBodies)
	t.do("texts", false, settings || folder || directory || shared, func(*reads) diag.List { return s.strayNarratives() }, func(*Site) {})

	t.do("about", false, settings, func(r *reads) (list diag.List) {
		if s.Config.About != "" {
			doc, found := text(r, s.Config.About)
			s.about, list = s.write(r, doc, nil, 0, "")
			list = append(found, list...)
		}
		return list
	}, func(old *Site) { s.about = old.about })

	s.world = &world{}
	if old != nil && !reckoning && !directory && !tables && !waivers {
		s.world = old.world
	}
	return s
}

// world is an identity: as long as it is the same, work on a family depends on
// the family's own inputs alone.
type world struct{ _ byte }

// spoken is a configuration without what is only printed, so that a new title
// makes pages anew and no figures.
func spoken(c *config.Config) config.Config {
	k := *c
	k.Title, k.TitleEN, k.Summary, k.SummaryEN = "", "", "", ""
	k.Publisher, k.PublisherEN, k.Contact, k.BaseURL = "", "", "", ""
	k.Theme, k.License, k.LicenseURL, k.About = "", "", "", ""
	k.Government = config.Government{}
	return k
}

// onOpening gathers what was found on opening.
func (s *Site) onOpening() diag.List {
	var list diag.List
	for _, name := range stepNames {
		list.Add(s.steps[name].list...)
	}
	return list
}

// grave reports whether something is so wrong that the pages of the whole site
// would be wrong or missing.
func (s *Site) grave() bool {
	for _, st := range s.steps {
		if st.grave && st.list.HasErrors() {
			return true
		}
	}
	return false
}

// stepNames lists the steps in their order.
var stepNames = []string{"config", "folder", "departments", "known", "standard", "rubrics", "waivers", "theme", "shared", "lineage", "texts", "about"}

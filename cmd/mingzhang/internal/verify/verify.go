// Package verify proves a published site from its own files alone. It reads
// figures.json of every department-year, takes each disclosed number from the
// published CSV, runs every formula again, and holds every number that a page
// displays against the figure to which it links. Anyone outside can run it on a
// downloaded site; nothing of the source folder is needed.
package verify

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"path"
	"slices"
	"sort"
	"strings"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/proof"
	"mingzhang/cmd/mingzhang/internal/publish"
)

// Failure is something that does not hold.
type Failure struct {
	File   string
	Line   int    // 0 when the whole file is meant
	Figure string // <slug>/<year>#<id>, when a figure is concerned
	What   lang.Text
}

// Report tells what was proved.
type Report struct {
	Years    int // department-years
	Cells    int // figures that stand in a published cell
	Formulas int // figures whose formula was run again
	Texts    int // displayed numbers that agree with their figures
	Typed    int // of these, numbers that someone typed in a text
	Marked   int // typed numbers that no figure proves, and that are marked so
	Files    int // files whose SHA-256 is that of the manifest
	Failures []Failure
}

// Figures is how many figures were proved.
func (r *Report) Figures() int { return r.Cells + r.Formulas }

// Site verifies a published site.
func Site(fsys fs.FS) (*Report, error) {
	v := &verifier{fsys: fsys, years: map[string]*year{}, ids: map[string]map[string]bool{}}
	if err := v.manifest(); err != nil {
		return nil, err
	}
	var pages []string
	err := fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		switch {
		case path.Base(p) == "figures.json" && strings.Count(p, "/") == 2:
			return v.open(p)
		case strings.HasSuffix(p, ".html"):
			pages = append(pages, p)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(v.order) == 0 {
		return nil, ErrNoFigures
	}
	for _, home := range v.order {
		v.rebuild(v.years[home])
	}
	for _, home := range v.order {
		v.figures(v.years[home])
		v.texts(home)
	}
	for _, p := range pages {
		if err := v.page(p); err != nil {
			return nil, err
		}
	}
	sort.SliceStable(v.report.Failures, func(i, j int) bool {
		a, b := v.report.Failures[i], v.report.Failures[j]
		if a.File != b.File {
			return a.File < b.File
		}
		return a.Line < b.Line
	})
	return &v.report, nil
}

// ErrNoFigures is returned for a folder that is no published site.
var ErrNoFigures = errors.New("there is no figures.json")

type verifier struct {
	fsys   fs.FS
	report Report
	years  map[string]*year
	order  []string
	ids    map[string]map[string]bool // fragments of pages, by file
}

// year is a department-year that was read back.
type year struct {
	path    string
	file    *proof.File
	book    *figure.Book
	found   map[string]*proof.Evaluated
	byID    map[string]*proof.Figure
	byPlace map[string]*proof.Figure // by address inside the folder
	sources map[string]*proof.Figure // of cells, by anchor
	csv     map[string][][]string
}

func (v *verifier) fail(file string, line int, fig string, zh, en string, args ...any) {
	v.report.Failures = append(v.report.Failures, Failure{file, line, fig, lang.Sprintf(lang.Text{ZH: zh, EN: en}, args...)})
}

// manifest compares every file with the list that was published with it.
func (v *verifier) manifest() error {
	_, files, bad, err := publish.ReadTree(v.fsys)
	if errors.Is(err, fs.ErrNotExist) {
		v.fail(publish.ListName, 0, "", "缺少文件清单，不能核对文件是否完整", "the manifest is missing: it cannot be told whether the files are whole")
		return nil
	}
	if err != nil {
		v.fail(publish.ListName, 0, "", "文件清单读不懂：%s", "the manifest cannot be read: %s", err.Error())
		return nil
	}
	for _, name := range bad {
		v.fail(name, 0, "", "分清单不在，或与总清单记载的不符", "a part of the manifest is missing or is not the one that the manifest lists")
	}
	for _, f := range files {
		data, err := fs.ReadFile(v.fsys, f.Path)
		if err != nil {
			v.fail(f.Path, 0, "", "清单里有，文件不在", "it is in the manifest and not there")
			continue
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != f.SHA256 {
			v.fail(f.Path, 0, "", "与清单记载的 SHA-256 不符，公布后被改动过", "it is not the file of the manifest: it was changed after publication")
			continue
		}
		v.report.Files++
	}
	return nil
}

func (v *verifier) open(p string) error {
	data, err := fs.ReadFile(v.fsys, p)
	if err != nil {
		return err
	}
	f, err := proof.Read(data)
	if err != nil {
		var syntax *json.SyntaxError
		line := 0
		if errors.As(err, &syntax) {
			line = strings.Count(string(data[:min(len(data), int(syntax.Offset))]), "\n") + 1
		}
		v.fail(p, line, "", "读不懂：%s", "it cannot be read: %s", err.Error())
		return nil
	}
	if want := f.Home(); want != path.Dir(p) {
		v.fail(p, 1, "", "文件说它是 %s", "it says that it is %s", want)
	}
	y := &year{path: p, file: f, byID: map[string]*proof.Figure{}, byPlace: map[string]*proof.Figure{}, sources: map[string]*proof.Figure{}, csv: map[string][][]string{}}
	for _, x := range f.Figures {
		at := x.Address()
		if old := y.byPlace[at]; old != nil {
			v.fail(p, 0, f.Home()+"#"+x.ID, "与 %s 的来历是同一处", "its proof stands where that of %s does", old.ID)
		}
		y.byPlace[at] = x
		y.byID[x.ID] = x
		if x.Source != nil {
			_, anchor, _ := strings.Cut(at, "#")
			y.sources[anchor] = x
		}
	}
	home := path.Dir(p)
	v.years[home] = y
	v.order = append(v.order, home)
	return nil
}

// rebuild reads cells and runs formulas again. Figures of other department-years
// are rebuilt first.
func (v *verifier) rebuild(y *year) {
	if y.book != nil || y.found != nil {
		return
	}
	y.found = map[string]*proof.Evaluated{} // a circle between years ends here
	y.book, y.found = y.file.Rebuild(func(ref string) *figure.Figure {
		home, id, _ := strings.Cut(ref, "#")
		other := v.years[home]
		if other == nil {
			return nil
		}
		v.rebuild(other)
		if other.book == nil {
			return nil
		}
		return other.book.Get(id)
	})
}

// Languages of a site's pages: the main one has no folder of its own.
func (v *verifier) home(dir string) (home string, ok bool) {
	if v.years[dir] != nil {
		return dir, true
	}
	if _, rest, found := strings.Cut(dir, "/"); found && v.years[rest] != nil {
		return rest, true
	}
	return "", false
}

// sortedKeys lists a map's keys in order.
func sortedKeys[T any](m map[string]T) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

package main

import (
	"bytes"
	"io/fs"
	"os"
	pathpkg "path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"mingzhang/cmd/mingzhang/internal/sample"
	"mingzhang/cmd/mingzhang/internal/site"
	"mingzhang/cmd/mingzhang/internal/spare"
)

// BenchmarkComparable makes what a generator without checks and proofs makes of
// the same data: a page for each department-year with its narrative, four groups
// of tables and twelve indicators; for each department a page, its tables over
// all years as CSV and one file of JSON; the comparison of each year, the home
// page, the sitemap and the feed. The way there is the product's own: all is read,
// computed and checked, and a theme for this benchmark says what stands on a page.
//
// With the program of Hugo named in MINGZHANG_HUGO both make their site of the
// same numbers in turn, the pages are held against each other, and the best of
// each gives the ratio.
func BenchmarkComparable(b *testing.B) {
	collectSeldom(collectAt, memoryLimit) // as a build does
	c := inventComparable(b, sample.Options{Departments: departmentYears() / 10, Years: 10, Seed: 1})
	hugo := hugoOf(b, c)
	c.files = nil // neither program has them in memory
	var ours, theirs effort
	for b.Loop() {
		for round := range c.rounds() {
			out := b.TempDir()
			ours.best(measured(func() { c.build(b, out) }))
			if hugo == nil {
				continue
			}
			made := b.TempDir()
			theirs.best(hugo.build(b, made))
			if round == 0 { // the others are the same
				c.compare(b, out, made)
			}
		}
	}
	years := float64(departmentYears())
	each := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1e3 / years }
	b.ReportMetric(0, "ns/op") // of all rounds, and of both programs
	b.ReportMetric(each(ours.wall), "ms/department-year")
	b.ReportMetric(each(ours.cpu), "cpu-ms/department-year")
	if hugo == nil {
		b.Log("MINGZHANG_HUGO names no program of Hugo: Mingzhang alone was measured")
		return
	}
	b.ReportMetric(each(theirs.wall), "hugo-ms/department-year")
	b.ReportMetric(each(theirs.cpu), "hugo-cpu-ms/department-year")
	b.ReportMetric(theirs.wall.Seconds()/ours.wall.Seconds(), "times-as-fast-as-hugo")
	b.ReportMetric(theirs.cpu.Seconds()/ours.cpu.Seconds(), "times-by-cpu")
}

// effort is what a run took.
type effort struct{ wall, cpu time.Duration }

// best keeps the least of several runs.
func (e *effort) best(run effort) {
	if e.wall == 0 || run.wall < e.wall {
		e.wall = run.wall
	}
	if e.cpu == 0 || run.cpu < e.cpu {
		e.cpu = run.cpu
	}
}

// comparable is the invented site in the part that both programs are given.
type comparable struct {
	source string            // for Mingzhang
	files  map[string][]byte // of the source, until Hugo's is written
	slugs  []string          // in the order of the directory
	years  []int
}

// rounds is how often each program makes its site, in turn: a large one once.
func (c *comparable) rounds() int { return max(1, min(5, 5000/departmentYears())) }

// comparableTables are the tables that both programs are given and copy.
var comparableTables = []string{"assets.csv", "expenditure.csv", "procurement.csv", "projects.csv", "staffing.csv", "three-public.csv"}

// inventComparable writes the source: of each department-year the tables that its
// page shows, the days of disclosure that the feed tells, and the narrative.
func inventComparable(b testing.TB, o sample.Options) *comparable {
	b.Helper()
	c := &comparable{source: filepath.Join(b.TempDir(), "site"), files: map[string][]byte{}}
	for y := sample.LastYear - o.Years + 1; y <= sample.LastYear; y++ {
		c.years = append(c.years, y)
	}
	settings := strings.NewReplacer(`languages = ["zh", "en"]`, `languages = ["zh"]`, `theme = "default"`, `theme = "comparable"`, `about = "content/about.md"`, `base_url = "https://example.gov.cn/"`)
	for _, f := range sample.Site(o) {
		switch f.Path {
		case "mingzhang.toml":
			c.put(b, f.Path, []byte(settings.Replace(string(f.Data))))
		case "data/departments.csv":
			c.put(b, f.Path, f.Data)
		}
	}
	theme := os.DirFS("testdata/comparable/theme")
	if err := fs.WalkDir(theme, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(theme, p)
		c.put(b, "themes/comparable/"+p, data)
		return err
	}); err != nil {
		b.Fatal(err)
	}
	for i := range o.Departments {
		for _, f := range sample.Department(o, i) {
			dir, file := pathpkg.Split(f.Path)
			switch {
			case dir == "content/departments/":
				c.slugs = append(c.slugs, strings.TrimSuffix(file, ".md"))
			case strings.HasPrefix(dir, "content/"), file == "disclosures.csv", slices.Contains(comparableTables, file):
				c.put(b, f.Path, f.Data)
			}
		}
	}
	return c
}

// A page is made with what its theme names. One that is made for other uses too is
// made whole, and has to read the same.
func TestWhatAThemeDoesNotNameIsNotMissed(t *testing.T) {
	c := inventComparable(t, sample.Options{Departments: 3, Years: 2, Seed: 1})
	for _, theme := range []string{"comparable", "default"} {
		config := bytes.Replace(c.files["mingzhang.toml"], []byte(`theme = "comparable"`), []byte(`theme = "`+theme+`"`), 1)
		c.put(t, "mingzhang.toml", config)
		s, list := site.Open(os.DirFS(c.source), site.Options{Version: version})
		if list.HasErrors() {
			t.Fatal(list)
		}
		pages := 0
		for _, f := range s.Families() {
			for _, g := range site.Groups(s.FamilyOutputs(s.Work(f))) {
				if len(g) == 1 || !strings.HasSuffix(g[0].Path, ".html") {
					continue
				}
				alone, err := g[0].Make()
				if err != nil {
					t.Fatal(err)
				}
				pages++
				if err := g.Each(func(o site.Output) error {
					data, err := o.Make()
					if o.Path == g[0].Path && !bytes.Equal(data, alone) {
						t.Errorf("theme %s: %s is another page when its data file is made too", theme, o.Path)
					}
					return err
				}); err != nil {
					t.Fatal(err)
				}
			}
		}
		if pages == 0 {
			t.Error("no page has a data file beside it")
		}
	}
}

func (c *comparable) put(b testing.TB, name string, data []byte) {
	b.Helper()
	c.files[name] = data
	if err := writeNew(c.source, name, data); err != nil {
		b.Fatal(err)
	}
}

// build makes the comparable site, which has no search, with the steps of a build.
func (c *comparable) build(b *testing.B, out string) {
	s, list := site.Open(os.DirFS(c.source), site.Options{Version: version, Once: true, NoIndex: true})
	families := s.Families()
	works := make([]*site.Work, len(families))
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for k := range workers {
		wg.Go(func() {
			for i := k; i < len(families); i += workers {
				w := s.Work(families[i])
				if err := writeComparable(out, s.FamilyOutputs(w)); err != nil {
					b.Error(err)
				}
				w.LetGo()
				works[i] = w
			}
		})
	}
	wg.Wait()
	if list.Add(s.Findings(works)...); list.HasErrors() {
		b.Fatal(list)
	}
	if err := writeComparable(out, s.WideOutputs(s.Summaries(works), s.Remake)); err != nil {
		b.Fatal(err)
	}
}

// writeComparable makes the files that the comparable site has, and no others.
func writeComparable(out string, outputs []site.Output) error {
	over := map[string]*bytes.Buffer{} // tables over all years of a department
	put := func(o site.Output) error {
		name, year := comparableName(o.Path)
		data, err := o.Make()
		if err != nil {
			return err
		}
		if o.Lent {
			defer spare.Return(data) // as a build does
		}
		if year == "" {
			return writeNew(out, name, data)
		}
		if over[name] == nil {
			over[name] = &bytes.Buffer{}
		}
		appendYear(over[name], data, year)
		return nil
	}
	for _, g := range site.Groups(slices.DeleteFunc(outputs, func(o site.Output) bool { name, _ := comparableName(o.Path); return name == "" })) {
		if err := g.Each(put); err != nil {
			return err
		}
	}
	for name, table := range over {
		if err := writeNew(out, name, table.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// appendYear puts a year's rows behind those of the years before, the year in
// front of each.
func appendYear(b *bytes.Buffer, table []byte, year string) {
	first, rows, _ := bytes.Cut(table, []byte("\n"))
	if b.Len() == 0 {
		b.WriteString("年度,")
		b.Write(first)
		b.WriteByte('\n')
	}
	for len(rows) > 0 {
		var row []byte
		row, rows, _ = bytes.Cut(rows, []byte("\n"))
		b.WriteString(year)
		b.WriteByte(',')
		b.Write(row)
		b.WriteByte('\n')
	}
}

// comparableName names the file of the comparable site in which an output stands,
// if it does, and the year of a table that stands there with others.
func comparableName(path string) (name, year string) {
	dir, file := pathpkg.Split(path)
	department, rest, _ := strings.Cut(dir, "/")
	switch {
	case department == "assets", dir == "compare/" && file != "sides.html" && strings.HasSuffix(file, ".html"), dir == "" && (file == "feed.xml" || file == "sitemap.xml"):
		return path, ""
	case file == "index.html" && (rest == "" || ofYear(rest)), file == "index.json" && rest == "" && department != "" && strings.HasPrefix(department, "s0"):
		return path, ""
	case strings.HasSuffix(rest, "/data/") && slices.Contains(comparableTables, file):
		return department + "/" + file, rest[:4]
	}
	return "", ""
}

// ofYear tells the folder of a department-year.
func ofYear(dir string) bool {
	return len(dir) == len("2024/") && strings.Trim(dir[:4], "0123456789") == ""
}

func writeNew(out, name string, data []byte) error {
	name = filepath.Join(out, filepath.FromSlash(name))
	err := os.WriteFile(name, data, 0o644)
	if err == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o644)
}

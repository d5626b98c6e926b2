package main

import (
	"io/fs"
	"os"
	pathpkg "path"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"mingzhang/cmd/mingzhang/internal/publish"
	"mingzhang/cmd/mingzhang/internal/sample"
	"mingzhang/cmd/mingzhang/internal/site"
	"mingzhang/cmd/mingzhang/internal/spare"
)

// departmentYears is the size of the measured site; MINGZHANG_BENCH sets another.
func departmentYears() int {
	if n, err := strconv.Atoi(os.Getenv("MINGZHANG_BENCH")); err == nil && n >= 10 {
		return n
	}
	return 50
}

func inventedSite(b *testing.B) string {
	b.Helper()
	source := filepath.Join(b.TempDir(), "site")
	if _, _, err := sample.Write(source, sample.Options{Departments: departmentYears() / 10, Years: 10, Seed: 1}); err != nil {
		b.Fatal(err)
	}
	return source
}

func buildInto(b *testing.B, source, out string) {
	b.Helper()
	collectSeldom(collectAt, memoryLimit) // as a build does
	s, list := site.Open(os.DirFS(source), site.Options{Version: version})
	staging, err := publish.Begin(out)
	if err != nil {
		b.Fatal(err)
	}
	defer staging.Abort()
	staging.PartOf = s.ManifestOf
	_, more, err := s.Build(staging)
	if err != nil || list.HasErrors() || more.HasErrors() {
		b.Fatal(err, list, more)
	}
	if _, err := staging.Commit(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkSite makes the whole product of the invented site into a new folder,
// then writes the same files into another with nothing but the Go library: what
// no publisher can go below. Nothing is deleted between, since a file system that
// has just deleted much makes files several times as slowly.
func BenchmarkSite(b *testing.B) {
	source := inventedSite(b)
	var whole, floor time.Duration
	var files, bytes int
	for b.Loop() {
		out := filepath.Join(b.TempDir(), "public")
		begun := time.Now()
		buildInto(b, source, out)
		whole += time.Since(begun)
		made := filesOf(b, out)
		files, bytes = len(made), 0
		for _, f := range made {
			bytes += len(f.data)
		}
		begun = time.Now()
		writeBare(b, made)
		floor += time.Since(begun)
	}
	years := float64(departmentYears())
	each := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1e3 / float64(b.N) / years }
	b.ReportMetric(each(whole), "ms/department-year")
	b.ReportMetric(each(floor), "floor-ms/department-year")
	b.ReportMetric(whole.Seconds()/floor.Seconds(), "times-floor")
	b.ReportMetric(float64(files)/years, "files/department-year")
	b.ReportMetric(float64(bytes)/1e6/years, "MB/department-year")
}

type madeFile struct {
	name string
	data []byte
}

func filesOf(b *testing.B, dir string) (out []madeFile) {
	b.Helper()
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, p))
		out = append(out, madeFile{p, data})
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return out
}

// writeBare writes files into a new folder, as many at a time as there are
// processors.
func writeBare(b *testing.B, files []madeFile) {
	b.Helper()
	dir := b.TempDir()
	folders := map[string]bool{}
	for _, f := range files {
		folders[filepath.Dir(f.name)] = true
	}
	for f := range folders {
		if err := os.MkdirAll(filepath.Join(dir, f), 0o755); err != nil {
			b.Fatal(err)
		}
	}
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(files); i += workers {
				if err := os.WriteFile(filepath.Join(dir, files[i].name), files[i].data, 0o644); err != nil {
					b.Error(err)
				}
			}
		})
	}
	wg.Wait()
}

// BenchmarkComparable makes what a generator without checks and proofs makes of
// the same data, in as many files: a page for each department-year with its
// narrative, tables and indicators; for each department a page, six tables over
// all years as CSV and one file of JSON; the comparisons and the home page. The
// pages are those of the whole product, some seven times as long, and so are
// reading, computing and checking.
func BenchmarkComparable(b *testing.B) {
	collectSeldom(collectAt, memoryLimit) // as a build does
	source := inventedSite(b)
	for b.Loop() {
		out := b.TempDir()
		s, list := site.Open(os.DirFS(source), site.Options{Version: version, Once: true}) // as a build does
		write := func(outputs []site.Output) {
			over := map[string]*os.File{} // over all years of a department
			put := func(o site.Output) error {
				name, all := comparable(o.Path)
				if name == "" {
					return nil
				}
				data, err := o.Make()
				if err != nil {
					return err
				}
				if o.Lent {
					defer spare.Return(data) // as a build does
				}
				if !all {
					return writeNew(out, name, data)
				}
				f := over[name]
				if f == nil {
					if f, err = createNew(out, name); err != nil {
						return err
					}
					over[name] = f
				}
				_, err = f.Write(data)
				return err
			}
			for _, g := range site.Groups(outputs) {
				if err := g.Each(put); err != nil {
					b.Error(err)
				}
			}
			for _, f := range over {
				if err := f.Close(); err != nil {
					b.Error(err)
				}
			}
		}
		families := s.Families()
		works := make([]*site.Work, len(families))
		var wg sync.WaitGroup
		workers := runtime.GOMAXPROCS(0)
		for k := range workers {
			wg.Go(func() {
				for i := k; i < len(families); i += workers {
					w := s.Work(families[i])
					write(s.FamilyOutputs(w))
					w.LetGo()
					works[i] = w
				}
			})
		}
		wg.Wait()
		if list.Add(s.Findings(works)...); list.HasErrors() {
			b.Fatal(list)
		}
		write(s.WideOutputs(s.Summaries(works), s.Remake))
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N*departmentYears()), "ms/department-year")
}

func writeNew(out, name string, data []byte) error {
	f, err := createNew(out, name)
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		return err
	}
	return f.Close()
}

func createNew(out, name string) (*os.File, error) {
	name = filepath.Join(out, filepath.FromSlash(name))
	if f, err := os.Create(name); err == nil {
		return f, nil
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return nil, err
	}
	return os.Create(name)
}

// comparable names the file of the comparable site in which an output stands, if
// it does, and tells whether that holds all years of a department.
func comparable(path string) (name string, over bool) {
	dir, file := pathpkg.Split(path)
	department, rest, _ := strings.Cut(dir, "/")
	switch {
	case department == "en":
		return "", false
	case department == "assets", department == "compare" && strings.HasSuffix(file, ".html"):
		return path, false
	case file == "index.html" && (rest == "" || ofYear(rest)):
		return path, false
	case file == "index.json" && ofYear(rest), strings.HasSuffix(rest, "/data/") && slices.Contains(comparableTables, file):
		return department + "/" + file, true
	}
	return "", false
}

var comparableTables = []string{"expenditure.csv", "projects.csv", "three-public.csv", "procurement.csv", "assets.csv", "staffing.csv"}

// ofYear tells the folder of a department-year.
func ofYear(dir string) bool {
	return len(dir) == len("2024/") && strings.Trim(dir[:4], "0123456789") == ""
}

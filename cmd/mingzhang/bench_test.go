package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"

	"mingzhang/cmd/mingzhang/internal/publish"
	"mingzhang/cmd/mingzhang/internal/sample"
	"mingzhang/cmd/mingzhang/internal/site"
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

// BenchmarkSite makes the whole product of the invented site into a new folder.
func BenchmarkSite(b *testing.B) {
	source := inventedSite(b)
	for b.Loop() {
		buildInto(b, source, filepath.Join(b.TempDir(), "public"))
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N*departmentYears()), "ms/department-year")
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
		s, list := site.Open(os.DirFS(source), site.Options{Version: version})
		write := func(outputs []site.Output) {
			copies := map[string][]byte{} // of all years, by the file in which they stand
			put := func(o site.Output) error {
				name, over := comparable(o.Path)
				if name == "" {
					return nil
				}
				data, err := o.Make()
				if err != nil {
					return err
				}
				if over {
					copies[name] = append(copies[name], data...)
					return nil
				}
				return writeNew(out, name, data)
			}
			for _, g := range site.Groups(outputs) {
				if err := g.Each(put); err != nil {
					b.Error(err)
				}
			}
			for name, data := range copies {
				if err := writeNew(out, name, data); err != nil {
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
	name = filepath.Join(out, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o644)
}

var (
	comparablePages = regexp.MustCompile(`^(?:index\.html|(?:[^/]+/)?(?:\d{4}/)?index\.html|compare/.*\.html|assets/.*)$`)
	comparableYears = regexp.MustCompile(`^([^/]+)/\d{4}/(?:data/((?:expenditure|projects|three-public|procurement|assets|staffing)\.csv)|index(\.json))$`)
)

// comparable names the file of the comparable site in which an output stands, if
// it does, and tells whether that holds all years of a department.
func comparable(path string) (name string, over bool) {
	if m := comparableYears.FindStringSubmatch(path); m != nil {
		return m[1] + "/" + m[2] + m[3], true
	}
	if comparablePages.MatchString(path) && !strings.HasPrefix(path, "en/") {
		return path, false
	}
	return "", false
}

// BenchmarkFloor writes the same files with nothing but the Go library: what no
// publisher can go below.
func BenchmarkFloor(b *testing.B) {
	out := filepath.Join(b.TempDir(), "public")
	buildInto(b, inventedSite(b), out)
	type file struct {
		name string
		data []byte
	}
	var files []file
	folders := map[string]bool{}
	var bytes int64
	err := fs.WalkDir(os.DirFS(out), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(out, p))
		files = append(files, file{p, data})
		folders[filepath.Dir(p)] = true
		bytes += int64(len(data))
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		dir := b.TempDir()
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
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N*departmentYears()), "ms/department-year")
	b.ReportMetric(float64(len(files))/float64(departmentYears()), "files/department-year")
	b.ReportMetric(float64(bytes)/1e6/float64(departmentYears()), "MB/department-year")
}

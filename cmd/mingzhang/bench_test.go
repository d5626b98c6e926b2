package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"testing"
	"time"

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

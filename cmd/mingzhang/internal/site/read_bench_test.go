package site_test

import (
	"os"
	"testing"

	invented "mingzhang/cmd/mingzhang/internal/sample"
	"mingzhang/cmd/mingzhang/internal/site"
)

// BenchmarkRead reads, computes and checks the department-years of an invented
// site, one after the other, with all that pages need to know of them and
// without making any: what a build does for each, and the preview for each year
// whose tables have changed.
func BenchmarkRead(b *testing.B) {
	dir := b.TempDir()
	if _, _, err := invented.Write(dir, invented.Options{Departments: 10, Years: 5, Seed: 1}); err != nil {
		b.Fatal(err)
	}
	s, list := site.Open(os.DirFS(dir), site.Options{Version: "bench"})
	if s == nil {
		b.Fatal(list)
	}
	families := s.Families()
	years := 0
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		years += s.Work(families[i%len(families)]).Years
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(years), "ns/year")
}

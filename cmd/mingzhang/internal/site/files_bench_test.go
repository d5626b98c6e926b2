package site

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"testing"

	"mingzhang/cmd/mingzhang/internal/sample"
	"mingzhang/cmd/mingzhang/internal/spare"
)

// kinds of a family's files, each with the pattern of its names.
var kinds = []struct {
	name    string
	pattern *regexp.Regexp
}{
	{"statement", regexp.MustCompile(`/[bf]\d\d\.(html|json)$`)},
	{"year", regexp.MustCompile(`/\d{4}/index\.(html|json)$`)},
	{"proof", regexp.MustCompile(`/proof\.html$`)},
	{"checks", regexp.MustCompile(`/checks\.(html|json)$`)},
	{"score", regexp.MustCompile(`/score\.(html|json)$`)},
	{"figures", regexp.MustCompile(`/figures\.json$`)},
	{"outcomes", regexp.MustCompile(`/outcomes\.json$`)},
	{"csv", regexp.MustCompile(`\.csv$`)},
	{"package", regexp.MustCompile(`/datapackage\.json$`)},
	{"search", regexp.MustCompile(`/search\.js$`)},
	{"workbook", regexp.MustCompile(`\.xlsx$`)},
}

// BenchmarkFiles makes the files of a department's ten years, kind by kind, on
// one processor and without writing them.
func BenchmarkFiles(b *testing.B) {
	source := filepath.Join(b.TempDir(), "site")
	const years = 10
	if _, _, err := sample.Write(source, sample.Options{Departments: 1, Years: years, Seed: 1}); err != nil {
		b.Fatal(err)
	}
	s, list := Open(os.DirFS(source), Options{})
	if list.HasErrors() {
		b.Fatal(list)
	}
	w := s.Work(s.Families()[0])
	for _, k := range kinds {
		b.Run(k.name, func(b *testing.B) {
			n, size := 0, 0
			for b.Loop() {
				n, size = 0, 0
				for _, o := range s.FamilyOutputs(w) {
					if !k.pattern.MatchString(path.Join("/", o.Path)) {
						continue
					}
					data, err := o.Make()
					if err != nil {
						b.Fatal(err)
					}
					n, size = n+1, size+len(data)
					if o.Lent {
						spare.Return(data)
					}
				}
			}
			b.ReportAllocs()
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*years), "µs/department-year")
			b.ReportMetric(float64(size)/years/1e3, "kB/department-year")
			b.ReportMetric(float64(n)/years, "files/department-year")
		})
	}
}

package site

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// manyYears is a source folder with the tables of a real body under many names:
// n department-years, with the bytes and rows of their tables.
func manyYears(tb testing.TB, n int) (site fstest.MapFS, tables [][]byte, size int64) {
	one := realSite(tb, "sh-putuo-govoffice-2025-budget-dept", 2025)
	site = fstest.MapFS{}
	var directory strings.Builder
	directory.WriteString("标识,名称\n")
	for i := range n {
		fmt.Fprintf(&directory, "ju-%d,示例第%d局\n", i, i)
		for name, f := range one {
			if base, ok := strings.CutPrefix(name, "data/2025/ju/"); ok {
				data := append(bytes.Clone(f.Data), fmt.Sprintf("注：示例第%d局编制。\n", i)...)
				site[fmt.Sprintf("data/2025/ju-%d/%s", i, base)] = &fstest.MapFile{Data: data}
				tables = append(tables, data)
				size += int64(len(data))
			}
		}
	}
	site["data/departments.csv"] = &fstest.MapFile{Data: []byte(directory.String())}
	return site, tables, size
}

const benchYears = 100

// BenchmarkCheck reads, computes and checks department-years of seven tables.
func BenchmarkCheck(b *testing.B) {
	fsys, tables, size := manyYears(b, benchYears)
	rows := 0
	for _, t := range tables {
		rows += bytes.Count(t, []byte("\n"))
	}
	b.SetBytes(size)
	for b.Loop() {
		s, _ := Open(fsys, Options{})
		if r, _ := s.Check(); r.Years != benchYears {
			b.Fatal(r.Years)
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(float64(benchYears)*float64(b.N)/b.Elapsed().Seconds(), "years/s")
}

// BenchmarkPlainCSV only splits the same bytes, for comparison.
func BenchmarkPlainCSV(b *testing.B) {
	_, tables, size := manyYears(b, benchYears)
	b.SetBytes(size)
	rows := 0
	for b.Loop() {
		for _, t := range tables {
			r := csv.NewReader(bytes.NewReader(t))
			r.FieldsPerRecord = -1
			list, err := r.ReadAll()
			if err != nil {
				b.Fatal(err)
			}
			rows += len(list)
		}
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
}

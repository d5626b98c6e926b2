package check

import (
	"strconv"
	"testing"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/table"
)

// BenchmarkLocate looks for what is wrong with a sum of many parts that nothing
// explains, which is the longest search. Time per part stays the same.
func BenchmarkLocate(b *testing.B) {
	for _, n := range []int{100, 1000, 10000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				s := ofParts(n)
				if s.locate(); len(s.failing()) != 1 {
					b.Fatal("a sum that nothing explains is explained")
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/part")
		})
	}
}

// ofParts is one sum that does not hold.
func ofParts(n int) *system {
	sheet := &table.Sheet{File: "f03.csv"}
	return newSystem([]*equation{{rule: &Rule{}, failed: true, build: func(s *system) []term {
		cell := func(row int, amount int64) *node {
			return s.node(node{
				sheet: sheet, cell: table.Cell{Row: int32(row), Col: 3, Text: strconv.FormatInt(amount, 10)},
				value: money.Int(amount, money.Yuan), name: lang.Same("第" + strconv.Itoa(row) + "项"),
			})
		}
		terms := []term{{cell(1, 7), 1}}
		for i := range n {
			terms = append(terms, term{cell(i+2, int64(1_000_000+i*7919%1_000_003)), -1})
		}
		return terms
	}}})
}

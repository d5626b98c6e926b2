package claim

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sample is a text of the given size in bytes, made of the invented reports.
func sample(tb testing.TB, size int) string {
	tb.Helper()
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		tb.Fatal("no texts", err)
	}
	var b strings.Builder
	for b.Len() < size {
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				tb.Fatal(err)
			}
			text, _ := unmark(string(data))
			b.WriteString(text)
		}
	}
	return strings.ToValidUTF8(b.String()[:size], "")
}

func BenchmarkRead20KB(b *testing.B) {
	text := sample(b, 20<<10)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Read(text, Options{File: "t"})
	}
}

// A text eight times as long takes about eight times the work, and far less than
// the sixty-four times of quadratic work. Allocations stand for work: they do
// not depend on how busy the machine is. The long text is the short one again and
// again, so that what stands in it makes no difference.
func TestReadingIsLinear(t *testing.T) {
	work := func(text string) float64 {
		return testing.AllocsPerRun(1, func() { Read(text, Options{File: "t"}) })
	}
	text := sample(t, 20<<10)
	small, large := work(text), work(strings.Repeat(text+"\n\n", 8))
	if large > 12*small {
		t.Errorf("20 KB take %.0f allocations, 160 KB %.0f", small, large)
	}
}

package site_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"
	"strings"
	"testing"

	invented "mingzhang/cmd/mingzhang/internal/sample"
	"mingzhang/cmd/mingzhang/internal/site"
)

// BenchmarkUpdate edits one file of an invented site that is followed, and makes
// the page of its department-year anew: what the preview does between a save and
// the bytes, without watching and without a server. A processor profile has
// the edits under the label work=edit (go tool pprof -tagfocus edit).
func BenchmarkUpdate(b *testing.B) {
	dir := b.TempDir()
	if _, _, err := invented.Write(dir, invented.Options{Departments: 30, Years: 10, Seed: 1}); err != nil {
		b.Fatal(err)
	}
	live := site.Follow(os.DirFS(dir), site.Options{Version: "bench"}, nil)
	own, err := filepath.Glob(filepath.Join(dir, "data", "*", "*", "services.csv"))
	if err != nil || len(own) < 200 {
		b.Fatal(len(own), err)
	}
	at := func(i int) (slug, year string) {
		parts := strings.Split(filepath.ToSlash(own[i*37%len(own)]), "/")
		return parts[len(parts)-2], parts[len(parts)-3]
	}
	edit := func(name string, change func(old string, i int) string) func(*testing.B) {
		return func(b *testing.B) {
			i := 0
			for b.Loop() {
				b.StopTimer()
				slug, year := at(i)
				p := fmt.Sprintf(name, year, slug)
				data, err := os.ReadFile(filepath.Join(dir, p))
				if err != nil {
					b.Fatal(err)
				}
				page := slug + "/" + year + "/index.html"
				before, err := live.Snapshot().Make(page) // it is open
				if err != nil {
					b.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(dir, p), []byte(change(string(data), i)), 0o644); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				var after []byte
				pprof.Do(context.Background(), pprof.Labels("work", "edit"), func(context.Context) {
					after, err = live.Update([]string{p}).Snapshot.Make(page)
				})
				if err != nil || string(after) == string(before) {
					b.Fatal(page, "did not change", err)
				}
				i++
			}
		}
	}
	b.Run("cell", edit("data/%s/%s/services.csv", func(old string, i int) string {
		lines := strings.SplitAfter(old, "\n")
		at := strings.LastIndexByte(lines[1], ',')
		lines[1] = fmt.Sprintf("%s,%d.%02d\n", lines[1][:at], 50+i/100%40, i%100)
		return strings.Join(lines, "")
	}))
	b.Run("narrative", edit("content/%s/%s.md", func(old string, i int) string {
		return old + "\n" + strings.Repeat("新", i%7+1) + "的一句。\n"
	}))
}

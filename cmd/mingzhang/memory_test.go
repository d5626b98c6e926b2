package main

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mingzhang/cmd/mingzhang/internal/publish"
	"mingzhang/cmd/mingzhang/internal/reuse"
)

// What a run could not tell by size and time it reads, once: the next run can tell,
// also of departments that the run had no other reason to look at.
func TestTimesAreNotedWhenContentsWereRead(t *testing.T) {
	source := t.TempDir()
	if status := run([]string{"sample", "--departments", "3", "--years", "2", source}, io.Discard, io.Discard); status != exitFine {
		t.Fatal(status)
	}
	build := func() {
		var errs bytes.Buffer
		if status := run([]string{"build", "--source", source}, io.Discard, &errs); status != exitFine {
			t.Fatal(errs.String())
		}
	}
	build()
	target, err := publish.Resolve(filepath.Join(source, "public"))
	if err != nil {
		t.Fatal(err)
	}
	untold := func() (files, parts int) {
		r := reuse.Load(publish.StateDir(target))
		if r == nil {
			t.Fatal("there is no record")
		}
		for _, p := range r.Parts {
			n, err := p.Notes.Notes()
			if err != nil {
				t.Fatal(err)
			}
			before := files
			for _, s := range n.Seen {
				if timed(s) && s.Time == 0 {
					files++
				}
			}
			if files > before {
				parts++
			}
		}
		return files, parts
	}
	if files, parts := untold(); files < 3*20 || parts != 3 {
		t.Fatalf("%d new files of %d departments are not told apart", files, parts)
	}
	old := time.Now().Add(-time.Hour)
	var edited string
	err = filepath.WalkDir(source, func(p string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && (p == target || p == publish.StateDir(target)) {
			return fs.SkipDir
		}
		if err == nil && !d.IsDir() && d.Name() == "staffing.csv" {
			edited = p
		}
		if err == nil {
			err = os.Chtimes(p, old, old)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(edited)
	if err != nil {
		t.Fatal(err)
	}
	at := strings.LastIndexAny(string(data), "0123456789")
	data[at] = '0' + (data[at]-'0'+1)%10
	if err := os.WriteFile(edited, data, 0o644); err != nil {
		t.Fatal(err)
	}
	build()
	if files, parts := untold(); files != 1 || parts != 1 {
		t.Errorf("%d files of %d departments must be read again; want the edited one", files, parts)
	}
}

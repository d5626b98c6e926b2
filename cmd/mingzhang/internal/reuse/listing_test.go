package reuse

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"
)

// A folder that is as it was is listed without looking, once: who lists it again
// in the same run meets what is there by then.
func TestAFolderThatIsAsItWasIsListedFromMemoryOnce(t *testing.T) {
	if !foldersTell {
		t.Skip("times of folders are not gone by on this system")
	}
	dir := t.TempDir()
	for _, name := range []string{"b.csv", "甲 乙.csv", "a.csv"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(filepath.Join(dir, "a"), 0o755); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(dir, old, old); err != nil {
		t.Fatal(err)
	}
	list := func(s *Source) []string {
		t.Helper()
		entries, err := s.ReadDir(".")
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, e := range entries {
			st, err := e.Info()
			if err != nil || st.Name() != e.Name() || st.IsDir() != e.IsDir() || st.Mode().Type() != e.Type() {
				t.Errorf("%v: %v %v", e, st, err)
			}
			out = append(out, fs.FormatDirEntry(e))
		}
		return out
	}
	seen := func(s *Source) Seen {
		x := Seen{Path: "."}
		s.Note(&x)
		return x
	}
	first := NewSource(os.DirFS(dir))
	was, want := list(first), seen(first)
	if want.Time == 0 || want.Names == "" {
		t.Fatalf("%+v", want)
	}
	s := NewSource(os.DirFS(dir))
	s.Still(want)
	if err := os.Remove(filepath.Join(dir, "b.csv")); err != nil { // so that memory and folder differ
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "b.csv"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "c.csv"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if got := list(s); !slices.Equal(got, was) {
		t.Errorf("from memory %q, it was %q", got, was)
	}
	if x := seen(s); x != want {
		t.Errorf("%+v is noted as %+v", want, x)
	}
	if got := list(s); !slices.Contains(got, "- c.csv") {
		t.Errorf("listed again it has %q", got)
	}
	if x := seen(s); x.Time != 0 {
		t.Errorf("one run met two states, and %+v is trusted", x)
	}
}

// What a link leads to can change without the folder: such a folder has no names
// to remember, nor has an empty one.
func TestAFolderWithALinkIsListedEachTime(t *testing.T) {
	dir := t.TempDir()
	entries, err := os.ReadDir(dir)
	if err != nil || namesOf(entries) != "" {
		t.Error(entries, err)
	}
	if runtime.GOOS == "windows" {
		t.Skip("links take rights on this system")
	}
	if err := os.Symlink("/nowhere", filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	if entries, err = os.ReadDir(dir); err != nil || len(entries) != 1 || namesOf(entries) != "" {
		t.Error(entries, err)
	}
}

package reuse

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// What was read is known again by size and time, and a file that was changed
// after it was read is not, however soon.
func TestAFileChangedAfterItWasReadIsNotFresh(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "f")
	save := func(text string, age time.Duration) {
		t.Helper()
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		at := time.Now().Add(-age)
		if err := os.Chtimes(name, at, at); err != nil {
			t.Fatal(err)
		}
	}
	s := NewSource(os.DirFS(dir))
	seen := func() Seen {
		t.Helper()
		x := Seen{Path: "f"}
		s.Note(&x)
		return x
	}
	fresh := func(x Seen) bool {
		t.Helper()
		st, err := s.Stat("f")
		if err != nil {
			t.Fatal(err)
		}
		return x.Fresh(st)
	}
	read := func(want string) {
		t.Helper()
		if got, err := s.ReadFile("f"); err != nil || string(got) != want {
			t.Fatalf("%q, %v; want %q", got, err, want)
		}
	}
	save("12345", time.Hour)
	if fresh(seen()) {
		t.Error("a file that was not read is trusted")
	}
	read("12345")
	x := seen()
	if !fresh(x) {
		t.Error("an old file is not known again")
	}
	save("54321", time.Minute) // while the run goes on
	if y := seen(); y != x || fresh(y) {
		t.Error("a file that was changed after it was read is trusted")
	}
	read("54321")
	if fresh(seen()) {
		t.Error("one run read two states, and both are taken for the second")
	}
	s = NewSource(os.DirFS(dir))
	read("54321")
	if !fresh(seen()) {
		t.Error("what another run read again is not known")
	}
	save("", 0)
	read("")
	if fresh(seen()) {
		t.Error("the time of a file that was saved just now is trusted")
	}
	save("1234567", time.Hour)
	s = NewSource(os.DirFS(dir))
	read("1234567")
	if y := seen(); y.Bytes != 7 || !fresh(y) {
		t.Errorf("%+v", y)
	}
}

// A folder that was listed is known again by its time; one to which a name came
// after that is not.
func TestAFolderThatChangedAfterItWasListedIsNotFresh(t *testing.T) {
	if !foldersTell {
		t.Skip("times of folders are not gone by on this system")
	}
	dir := t.TempDir()
	list := func() (*Source, Seen) {
		t.Helper()
		s := NewSource(os.DirFS(dir))
		if _, err := s.ReadDir("."); err != nil {
			t.Fatal(err)
		}
		x := Seen{Path: "."}
		s.Note(&x)
		return s, x
	}
	fresh := func(s *Source, x Seen) bool {
		t.Helper()
		st, err := s.Stat(".")
		if err != nil {
			t.Fatal(err)
		}
		return x.Fresh(st)
	}
	if s, x := list(); fresh(s, x) {
		t.Error("the time of a folder that was made just now is trusted")
	}
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(dir, old, old); err != nil {
		t.Fatal(err)
	}
	s, x := list()
	if !fresh(s, x) {
		t.Error("an old folder is not known again")
	}
	if err := os.WriteFile(filepath.Join(dir, "f"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if fresh(s, x) {
		t.Error("a file came and the folder is taken for the same")
	}
	if _, err := s.ReadDir("f"); err == nil {
		t.Error("a file is listed")
	}
}

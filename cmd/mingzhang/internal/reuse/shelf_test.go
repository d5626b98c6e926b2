package reuse

import (
	"os"
	"path/filepath"
	"testing"
)

func TestAShelfGivesBackWhatIsWholeAndOfItsLabel(t *testing.T) {
	dir := t.TempDir()
	s := NewShelf(dir, "program 1")
	if s.Get("a") != nil {
		t.Error("an empty shelf has something")
	}
	for name, body := range map[string]string{"a": "first", "b/c": "second", "figures of 2024, 1": ""} {
		if err := s.Put(name, []byte(body)); err != nil {
			t.Fatal(err)
		}
		if got := s.Get(name); got == nil || string(got) != body {
			t.Errorf("%s: %q", name, got)
		}
	}
	if NewShelf(dir, "program 2").Get("a") != nil {
		t.Error("another program's entry is believed")
	}
	if err := os.Rename(s.file("b/c"), s.file("a")); err != nil {
		t.Fatal(err)
	}
	if s.Get("a") != nil {
		t.Error("another part's entry is believed")
	}
	if err := s.Put("a", []byte("third")); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(s.file("a"))
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range [][]byte{data[:len(data)-1], append([]byte("x"), data...), {}, []byte("third")} {
		if err := os.WriteFile(s.file("a"), bad, 0o644); err != nil {
			t.Fatal(err)
		}
		if s.Get("a") != nil {
			t.Errorf("%q is believed", bad)
		}
	}
}

func TestASweepKeepsWhatIsNamed(t *testing.T) {
	dir := t.TempDir()
	s := NewShelf(dir, "")
	if err := s.Sweep(nil); err != nil {
		t.Error("sweeping an empty shelf:", err)
	}
	for _, name := range []string{"a", "b"} {
		if err := s.Put(name, []byte(name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, shelfName, "cut.part"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := s.Sweep([]string{"b"}); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(filepath.Join(dir, shelfName)); err != nil || len(left) != 1 || s.Get("b") == nil {
		t.Error(left, err)
	}
}

package publish

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		return ""
	}
	return string(data)
}

func publishAll(t *testing.T, out string, files map[string]string) {
	t.Helper()
	s, err := Begin(out)
	if err != nil {
		t.Fatal(err)
	}
	for n, text := range files {
		if err := s.Put(n, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if sum := s.Sum(n); sum != EntryOf(n, []byte(text)).SHA256 {
			t.Errorf("the SHA-256 of %s is %q", n, sum)
		}
	}
	if _, err := s.Commit(); err != nil {
		t.Fatal(err)
	}
}

func TestASecondSiteReplacesTheFirstAndKeepsWhatIsNotOurs(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	write(t, filepath.Join(out, ".gitignore"), "*\n")
	publishAll(t, out, map[string]string{"index.html": "one", "a/old.html": "old"})
	write(t, filepath.Join(out, "a", "theirs.txt"), "theirs")
	publishAll(t, out, map[string]string{"index.html": "two"})
	for name, want := range map[string]string{"index.html": "two", "a/old.html": "", "a/theirs.txt": "theirs", ".gitignore": "*\n"} {
		if got := read(t, filepath.Join(out, filepath.FromSlash(name))); got != want {
			t.Errorf("%s holds %q; want %q", name, got, want)
		}
	}
	left, err := os.ReadDir(filepath.Dir(out))
	if err != nil || len(left) != 2 || left[0].Name() != ".public-mingzhang" {
		t.Errorf("beside the site stands %v, %v", left, err)
	}
}

func TestAnAbortedSiteLeavesTheOldOne(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	publishAll(t, out, map[string]string{"index.html": "one"})
	s, err := Begin(out)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Put("index.html", []byte("two")); err != nil {
		t.Fatal(err)
	}
	s.Abort()
	if got := read(t, filepath.Join(out, "index.html")); got != "one" {
		t.Errorf("the site holds %q", got)
	}
}

func TestAFolderOfOthersIsRefused(t *testing.T) {
	out := t.TempDir()
	write(t, filepath.Join(out, "thesis.doc"), "mine")
	_, err := Begin(out)
	var notOurs *NotOursError
	if !errors.As(err, &notOurs) || notOurs.File != "thesis.doc" {
		t.Errorf("Begin: %v", err)
	}
	if read(t, filepath.Join(out, "thesis.doc")) != "mine" {
		t.Error("a file of others is gone")
	}
}

func TestPathsOutsideTheSiteAreRefused(t *testing.T) {
	s, err := Begin(filepath.Join(t.TempDir(), "public"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Abort()
	for _, name := range []string{"../x", "/x", "", ".", "a//b"} {
		if s.Put(name, nil) == nil {
			t.Errorf("%q was written", name)
		}
	}
	if s.Put("a", nil) != nil || s.Put("a", nil) == nil {
		t.Error("one path twice")
	}
}

// Several goroutines write into one new folder at the same moment.
func TestFilesOfANewFolderAreWrittenSideBySide(t *testing.T) {
	s, err := Begin(filepath.Join(t.TempDir(), "public"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Abort()
	var wg sync.WaitGroup
	errs := make(chan error, 8*100)
	for i := range 8 {
		wg.Go(func() {
			for j := range 100 {
				errs <- s.Put(fmt.Sprintf("f%d/a/b/c/%d", j, i), nil)
			}
		})
	}
	wg.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

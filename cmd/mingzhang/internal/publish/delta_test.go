package publish

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// parted lists files of a folder in that folder's own manifest.
func parted(name string) string {
	if dir, _, ok := strings.Cut(name, "/"); ok {
		return dir + "/manifest.json"
	}
	return ""
}

func put(t *testing.T, out string, files map[string]string, keep ...Entry) Outcome {
	t.Helper()
	s, err := Begin(out)
	if err != nil {
		t.Fatal(err)
	}
	s.PartOf = parted
	for n, text := range files {
		if err := s.Put(n, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	for _, e := range keep {
		if !s.Keep(e.Path, e.SHA256) {
			t.Fatalf("%s cannot be kept", e.Path)
		}
	}
	o, err := s.Commit()
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func modified(t *testing.T, name string) time.Time {
	t.Helper()
	st, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	return st.ModTime()
}

func TestUnchangedFilesKeepTheirTime(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	site := map[string]string{"index.html": "one", "a/x.html": "x", "a/y.html": "y", "b/z.html": "z"}
	put(t, out, site)
	long := time.Now().Add(-time.Hour)
	for name := range site {
		if err := os.Chtimes(filepath.Join(out, filepath.FromSlash(name)), long, long); err != nil {
			t.Fatal(err)
		}
	}
	for round, text := range []string{"two", "three", "four"} { // with and without a second tree
		site["index.html"] = text
		o := put(t, out, site)
		if o.Written != 2 { // the page and the manifest
			t.Errorf("round %d: %d files written", round, o.Written)
		}
		for _, name := range []string{"a/x.html", "a/y.html", "b/z.html"} {
			if got := modified(t, filepath.Join(out, filepath.FromSlash(name))); !got.Equal(long) {
				t.Errorf("round %d: %s has a new time", round, name)
			}
		}
		if got := read(t, filepath.Join(out, "index.html")); got != text {
			t.Errorf("round %d: the page holds %q", round, got)
		}
	}
}

func TestARunThatChangesNothingTouchesNothing(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	site := map[string]string{"index.html": "one", "a/x.html": "x"}
	put(t, out, site)
	before, err := os.Stat(out)
	if err != nil {
		t.Fatal(err)
	}
	listed := modified(t, filepath.Join(out, ListName))
	if o := put(t, out, site); !o.Unchanged() {
		t.Errorf("the run did %+v", o)
	}
	after, err := os.Stat(out)
	if err != nil || !os.SameFile(before, after) || !modified(t, filepath.Join(out, ListName)).Equal(listed) {
		t.Error("the folder is another one")
	}
}

func TestAPartIsKeptWithoutItsFiles(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	put(t, out, map[string]string{"index.html": "one", "a/x.html": "x", "b/z.html": "z"})
	top, _, _, err := ReadTree(os.DirFS(out))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"two", "three"} {
		put(t, out, map[string]string{"index.html": text, "b/z.html": "z " + text}, top.Parts[0])
		for name, want := range map[string]string{"index.html": text, "a/x.html": "x", "b/z.html": "z " + text} {
			if got := read(t, filepath.Join(out, filepath.FromSlash(name))); got != want {
				t.Errorf("%s holds %q; want %q", name, got, want)
			}
		}
		whole(t, out)
	}
	s, err := Begin(out)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Abort()
	if s.Keep(top.Parts[1].Path, top.Parts[1].SHA256) {
		t.Error("a part is kept that is no longer the published one")
	}
}

// whole fails unless every file of the manifests is there as they say.
func whole(t *testing.T, out string) {
	t.Helper()
	_, all, bad, err := ReadTree(os.DirFS(out))
	if err != nil || len(bad) > 0 {
		t.Fatalf("manifests: %v, bad: %v", err, bad)
	}
	for _, e := range all {
		if data := []byte(read(t, filepath.Join(out, filepath.FromSlash(e.Path)))); !e.Matches(data) {
			t.Fatalf("%s is not the file of its manifest", e.Path)
		}
	}
}

func TestAFileThatWasTamperedWithIsWrittenAgain(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	site := map[string]string{"index.html": "one", "a/x.html": "x"}
	put(t, out, site)
	write(t, filepath.Join(out, "a", "x.html"), "y")
	if err := os.Remove(filepath.Join(out, "index.html")); err != nil {
		t.Fatal(err)
	}
	put(t, out, site)
	whole(t, out)
}

func TestASecondRunIsLockedOut(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	s, err := Begin(out)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Begin(out); !errors.Is(err, ErrLocked) {
		t.Errorf("a second run: %v", err)
	}
	s.Abort()
	s, err = Begin(out)
	if err != nil {
		t.Fatalf("after the first has ended: %v", err)
	}
	s.Abort()
}

// Where folders cannot be exchanged at once a run may be killed between the
// renames; the next one finds a site in either case.
func TestAKilledSwapIsMended(t *testing.T) {
	for _, c := range []struct {
		name              string
		target, next, old string // contents of index.html, empty when not there
		want              string
	}{
		{"after the old site stepped aside", "", "new", "old", "new"},
		{"before the new site was whole", "", "", "old", "old"},
		{"after the new site was in place", "new", "", "old", "new"},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "public")
			for dir, text := range map[string]string{out: c.target, filepath.Join(StateDir(out), "next"): c.next, filepath.Join(StateDir(out), "old"): c.old} {
				if text != "" {
					write(t, filepath.Join(dir, "index.html"), text)
					write(t, filepath.Join(dir, ListName), `{"files":[]}`)
				}
			}
			s, err := Begin(out)
			if err != nil {
				t.Fatal(err)
			}
			s.Abort()
			if got := read(t, filepath.Join(out, "index.html")); got != c.want {
				t.Errorf("the site holds %q; want %q", got, c.want)
			}
		})
	}
}

func TestRenamesStandInForAnExchange(t *testing.T) {
	dir := t.TempDir()
	at := func(n string) string { return filepath.Join(dir, n) }
	write(t, at("target/f"), "old")
	write(t, at("next/f"), "new")
	if err := os.Rename(at("target"), at("aside")); err != nil {
		t.Fatal(err)
	}
	write(t, at("next/"+ListName), "{}")
	if err := recoverSwap(at("next"), at("aside"), at("target")); err != nil {
		t.Fatal(err)
	}
	if got := read(t, at("target/f")); got != "new" {
		t.Errorf("the target holds %q", got)
	}
	if _, err := os.Stat(at("aside")); err == nil {
		t.Error("the old tree is still aside")
	}
}

func TestManyRoundsStayWhole(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	for round := range 12 {
		site := map[string]string{"index.html": fmt.Sprint(round)}
		for i := range 20 {
			if (i+round)%3 > 0 {
				site[fmt.Sprintf("d%d/%d.html", i%4, i)] = fmt.Sprint(i * (round / 4))
			}
		}
		put(t, out, site)
		whole(t, out)
		got := 0
		if err := walk(out, func(name string) error {
			if _, ok := site[name]; ok {
				got++
			} else if filepath.Base(name) != ListName {
				t.Errorf("round %d: %s was not of this round", round, name)
			}
			return nil
		}); err != nil || got != len(site) {
			t.Errorf("round %d: %d of %d files, %v", round, got, len(site), err)
		}
	}
}

func TestIntactTellsWhetherAnythingWasTouched(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	o := put(t, out, map[string]string{"index.html": "one", "a/x.html": "x", "b/z.html": "z"})
	ask := func() (whole, part bool) {
		s, err := Begin(out)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Abort()
		return s.Intact(o.Manifest), s.Keep("a/manifest.json", o.Parts["a/manifest.json"])
	}
	if whole, part := ask(); !whole || !part {
		t.Errorf("right after publishing: %v, %v", whole, part)
	}
	later := time.Now().Add(time.Minute)
	page := filepath.Join(out, "a", "x.html")
	write(t, page, "y") // same size, another time
	if err := os.Chtimes(page, later, later); err != nil {
		t.Fatal(err)
	}
	if whole, part := ask(); whole || part {
		t.Errorf("a page was changed: %v, %v", whole, part)
	}
	o = put(t, out, map[string]string{"index.html": "one", "a/x.html": "x", "b/z.html": "z"})
	if whole, part := ask(); !whole || !part {
		t.Errorf("after it was written again: %v, %v", whole, part)
	}
	if err := os.Remove(filepath.Join(out, "a", "manifest.json")); err != nil {
		t.Fatal(err)
	}
	if whole, part := ask(); whole || part {
		t.Errorf("a part of the manifest is gone: %v, %v", whole, part)
	}
}

func TestAKeptPartIsNotListedAnew(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	o := put(t, out, map[string]string{"index.html": "one", "a/x.html": "x"})
	s, err := Begin(out)
	if err != nil {
		t.Fatal(err)
	}
	s.PartOf = parted
	if err := s.Put("index.html", []byte("one")); err != nil {
		t.Fatal(err)
	}
	if !s.Keep("a/manifest.json", o.Parts["a/manifest.json"]) {
		t.Fatal("the part cannot be kept")
	}
	s.From("a/manifest.json", nil)
	if again, err := s.Commit(); err != nil || !again.Unchanged() || again.Manifest != o.Manifest {
		t.Errorf("the run did %+v, %v", again, err)
	}
}

// A file that comes piece by piece is published like one that comes whole: kept
// as it stands when it is the same, and written when it is not.
func TestAFileMayComePieceByPiece(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	large := strings.Repeat("明账", 100_000)
	stream := func(text string) Outcome {
		t.Helper()
		s, err := Begin(out)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Abort()
		n, err := s.Stream("data/all.gz", func(w io.Writer) error {
			for piece := range slices.Chunk([]byte(text), 7_001) {
				if _, err := w.Write(piece); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || n != int64(len(text)) {
			t.Fatal(n, err)
		}
		o, err := s.Commit()
		if err != nil {
			t.Fatal(err)
		}
		if got := read(t, filepath.Join(out, "data", "all.gz")); got != text {
			t.Fatalf("%d bytes were published; want %d", len(got), len(text))
		}
		whole(t, out)
		return o
	}
	stream(large)
	if o := stream(large); !o.Unchanged() {
		t.Errorf("the same again: %+v", o)
	}
	if o := stream(large[:len(large)-3] + "帐"); o.Written != 2 { // and the manifest
		t.Errorf("one character later: %+v", o)
	}
	s, err := Begin(out)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Abort()
	cut := errors.New("cut")
	if _, err := s.Stream("x", func(io.Writer) error { return cut }); !errors.Is(err, cut) {
		t.Errorf("the writer's error became %v", err)
	}
}

// Nothing joins a part that was said to be complete.
func TestASealedPartIsComplete(t *testing.T) {
	s, err := Begin(filepath.Join(t.TempDir(), "public"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Abort()
	s.PartOf = parted
	if err := errors.Join(s.Put("d/1.html", []byte("1")), s.Seal("d/manifest.json", nil)); err != nil {
		t.Fatal(err)
	}
	if err := s.Put("d/2.html", []byte("2")); !errors.Is(err, errSealed) {
		t.Errorf("a file joined the part: %v", err)
	}
	if got, err := s.Get("d/1.html"); err != nil || string(got) != "1" {
		t.Errorf("its file is %q, %v", got, err)
	}
}

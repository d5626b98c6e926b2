package mirror

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"mingzhang/cmd/mingzhang/internal/publish"
)

// site publishes files into a folder of the test and returns it.
func site(t *testing.T, files map[string]string) fs.FS {
	t.Helper()
	out := filepath.Join(t.TempDir(), "public")
	s, err := publish.Begin(out)
	if err != nil {
		t.Fatal(err)
	}
	s.PartOf = func(name string) string {
		if dir, _, ok := strings.Cut(name, "/"); ok {
			return dir + "/manifest.json"
		}
		return ""
	}
	for name, text := range files {
		if err := s.Put(name, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Commit(); err != nil {
		t.Fatal(err)
	}
	return os.DirFS(out)
}

var before = map[string]string{
	"index.html":        `<link href="assets/style.css"><a href="a/index.html">`,
	"a/index.html":      `<a href="2023/index.html"><a href="../index.html">`,
	"a/2023/index.html": `<a href="data/x.csv"><a href="../index.html">`,
	"a/2023/data/x.csv": "1,2\n",
	"assets/style.css":  "a{}",
}

var after = map[string]string{
	"index.html":        `<link href="assets/style.css"><link href="assets/more.css"><a href="a/index.html"><a href="b/index.html">`,
	"a/index.html":      `<a href="2024/index.html"><a href="../index.html">`,
	"a/2024/index.html": `<a href="data/x.csv"><a href="../index.html">`,
	"a/2024/data/x.csv": "3,4\n",
	"b/index.html":      `<a href="../a/2024/index.html">`,
	"assets/style.css":  "b{}",
	"assets/more.css":   "c{}",
}

func copySite(t *testing.T, source fs.FS, store Store, o Options) *Plan {
	t.Helper()
	p, err := Make(t.Context(), source, store, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Run(t.Context(), func(string) {}); err != nil {
		t.Fatal(err)
	}
	return p
}

func contents(t *testing.T, store Store) map[string]string {
	t.Helper()
	list, err := store.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for name := range list {
		data, err := store.Get(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = string(data)
	}
	return out
}

func tree(t *testing.T, source fs.FS) map[string]string {
	t.Helper()
	out := map[string]string{}
	if err := fs.WalkDir(source, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(source, name)
		out[name] = string(data)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	out[Mark] = (&Plan{}).marking([]byte(out[publish.ListName]))
	return out
}

func TestOnlyWhatDiffersTravels(t *testing.T) {
	store := NewFolder(t.TempDir())
	first, second := site(t, before), site(t, after)
	copySite(t, first, store, Options{Workers: 2})
	if got := contents(t, store); !maps.Equal(got, tree(t, first)) {
		t.Errorf("the copy holds %v", slices.Sorted(maps.Keys(got)))
	}
	if p := copySite(t, first, store, Options{Workers: 2}); p.Steps() != 0 {
		t.Errorf("a second copy does %+v", p)
	}
	p := copySite(t, second, store, Options{Workers: 2})
	if !slices.Equal(p.Removed, []string{"a/2023/data/x.csv", "a/2023/index.html"}) {
		t.Errorf("removed: %v", p.Removed)
	}
	if got := contents(t, store); !maps.Equal(got, tree(t, second)) {
		t.Errorf("the copy holds %v", slices.Sorted(maps.Keys(got)))
	}
}

func TestFilesOfOthersStay(t *testing.T) {
	dir := t.TempDir()
	store := NewFolder(dir)
	copySite(t, site(t, before), store, Options{Workers: 1})
	if err := os.WriteFile(filepath.Join(dir, "verify-ownership.txt"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	copySite(t, site(t, after), store, Options{Workers: 1})
	if contents(t, store)["verify-ownership.txt"] != "x" {
		t.Error("a file of others is gone")
	}
	other := NewFolder(t.TempDir())
	if err := other.Put(t.Context(), fileOf("thesis.doc", []byte("mine"))); err != nil {
		t.Fatal(err)
	}
	var notOurs *NotOursError
	if _, err := Make(t.Context(), site(t, before), other, Options{}); !errors.As(err, &notOurs) || notOurs.Name != "thesis.doc" {
		t.Errorf("a folder of others: %v", err)
	}
}

func TestABrokenSiteDoesNotTravel(t *testing.T) {
	good := tree(t, site(t, before))
	for _, c := range []struct {
		name string
		harm func(map[string]string)
		want string
	}{
		{"a changed page", func(m map[string]string) { m["a/index.html"] = "x" }, "a/index.html"},
		{"a missing page", func(m map[string]string) { delete(m, "a/index.html") }, "a/index.html"},
		{"no manifest", func(m map[string]string) { delete(m, "manifest.json") }, "manifest.json"},
		{"a missing part", func(m map[string]string) { delete(m, "a/manifest.json") }, "a/manifest.json"},
	} {
		harmed := maps.Clone(good)
		c.harm(harmed)
		source := fstest.MapFS{}
		for name, text := range harmed {
			source[name] = &fstest.MapFile{Data: []byte(text)}
		}
		var broken *BrokenError
		if _, err := Make(t.Context(), source, NewFolder(t.TempDir()), Options{}); !errors.As(err, &broken) || broken.Name != c.want {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// What is not at the target is read once, when it is sent. A file that is not the
// published one by then, though it is as long and as old, is not sent.
func TestNewFilesAreReadWhenTheyAreSent(t *testing.T) {
	source := fstest.MapFS{}
	for name, text := range tree(t, site(t, before)) {
		if name != Mark {
			source[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	r := reading{source, map[string]int{}}
	store := NewFolder(t.TempDir())
	p, err := Make(t.Context(), r, store, Options{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	for name, n := range r.read {
		if path.Base(name) != publish.ListName {
			t.Errorf("%s was read %d times before it is sent", name, n)
		}
	}
	if fresh, changed, removed := p.Counts(); fresh != len(source) || changed+removed != 0 {
		t.Errorf("%d new of %d, %d changed, %d to be removed", fresh, len(source), changed, removed)
	}
	page := source["a/index.html"]
	was := page.Data
	page.Data = bytes.ToUpper(was)
	var broken *BrokenError
	if err := p.Run(t.Context(), func(string) {}); !errors.As(err, &broken) || broken.Name != "a/index.html" {
		t.Errorf("a page that was written over was sent: %v", err)
	}
	if _, sent := contents(t, store)["index.html"]; sent {
		t.Error("the home page leads to a page that was not sent")
	}
	page.Data = was
	copySite(t, source, store, Options{Workers: 1})
	if got := contents(t, store); !maps.Equal(got, tree(t, source)) {
		t.Errorf("another run leaves %v", slices.Sorted(maps.Keys(got)))
	}
}

// cut is a store whose connection breaks after a number of writes.
type cut struct {
	Store
	left int
}

var errCut = errors.New("the connection is cut")

func (c *cut) take() error {
	if c.left == 0 {
		return errCut
	}
	c.left--
	return nil
}

func (c *cut) Put(ctx context.Context, f *File) error {
	if err := c.take(); err != nil {
		return err
	}
	return c.Store.Put(ctx, f)
}

func (c *cut) Remove(ctx context.Context, name string) error {
	if err := c.take(); err != nil {
		return err
	}
	return c.Store.Remove(ctx, name)
}

// cutCopy copies a site, and another over it until the connection breaks.
func cutCopy(t *testing.T, first, second fs.FS, left int) (*Folder, error) {
	store := NewFolder(t.TempDir())
	copySite(t, first, store, Options{Workers: 1})
	p, err := Make(t.Context(), second, &cut{store, left}, Options{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	return store, p.Run(t.Context(), func(string) {})
}

// Wherever a copy is cut off, every link of every page that can be reached from
// the home page leads somewhere, and the next run does the rest.
func TestACutCopyNeverPointsAtMissingFiles(t *testing.T) {
	first, second := site(t, before), site(t, after)
	for left := 0; ; left++ {
		store, err := cutCopy(t, first, second, left)
		deadLinks(t, left, contents(t, store))
		if err == nil {
			if left < 10 {
				t.Fatalf("the copy took only %d writes", left)
			}
			return
		}
		if !errors.Is(err, errCut) {
			t.Fatal(err)
		}
		copySite(t, second, store, Options{Workers: 1})
		if got := contents(t, store); !maps.Equal(got, tree(t, second)) {
			t.Fatalf("after %d writes and another run the copy holds %v", left, slices.Sorted(maps.Keys(got)))
		}
	}
}

// A target that was on its way to another site when the copy was cut off becomes
// this one again, though its manifest says that it still is.
func TestACutCopyIsTakenBack(t *testing.T) {
	first, second := site(t, before), site(t, after)
	for left := 0; left < 20; left++ {
		store, _ := cutCopy(t, first, second, left)
		copySite(t, first, store, Options{Workers: 1})
		got := contents(t, store)
		for name, text := range tree(t, first) { // what the cut copy brought besides may stay
			if got[name] != text {
				t.Errorf("after %d writes of another copy %s is %q", left, name, got[name])
			}
		}
	}
}

// reading counts the files that are read.
type reading struct {
	fs.FS
	read map[string]int
}

func (r reading) ReadFile(name string) ([]byte, error) {
	r.read[name]++
	return fs.ReadFile(r.FS, name)
}

func TestFilesThatStandInBothManifestsAreNotRead(t *testing.T) {
	for _, o := range []Options{{Workers: 1}, {Workers: 1, Compress: true}} {
		first, dir := site(t, before), t.TempDir()
		store := NewFolder(dir)
		copySite(t, first, store, o)
		look := func(o Options) (*Plan, []string) {
			r := reading{first, map[string]int{}}
			p := copySite(t, r, store, o)
			maps.DeleteFunc(r.read, func(name string, _ int) bool { return path.Base(name) == publish.ListName })
			return p, slices.Sorted(maps.Keys(r.read))
		}
		if p, read := look(o); p.Steps() != 0 || len(read) != 0 {
			t.Errorf("%+v: nothing has changed, %d steps and %q read", o, p.Steps(), read)
		}
		page := filepath.Join(dir, "a", "index.html")
		text := before["a/index.html"]
		change := func(to string) {
			if err := os.WriteFile(page, []byte(to), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		change(text + "!")
		if p, read := look(o); !slices.Equal(p.Changed, []string{"a/index.html"}) || len(read) != 1 {
			t.Errorf("%+v: a page at the target is longer, %+v and %q read", o, p.Changed, read)
		}
		change(strings.ToUpper(text))
		if p, _ := look(o); p.Steps() != 0 {
			t.Errorf("%+v: a page of the same length was read", o)
		}
		all := o
		all.Contents = true
		if p, read := look(all); !slices.Equal(p.Changed, []string{"a/index.html"}) || len(read) != len(before) {
			t.Errorf("%+v: of all contents %+v differ and %q were read", o, p.Changed, read)
		}
		if got := contents(t, store)["a/index.html"]; got != text {
			t.Errorf("%+v: the page is %q", o, got)
		}
		other := o
		other.Compress = !o.Compress
		if _, read := look(other); len(read) != len(before) {
			t.Errorf("%+v: stored otherwise, only %q were read", o, read)
		}
	}
}

var href = regexp.MustCompile(`href="([^"]*)"`)

func deadLinks(t *testing.T, left int, files map[string]string) {
	t.Helper()
	seen := map[string]bool{}
	var visit func(string)
	visit = func(name string) {
		if seen[name] {
			return
		}
		seen[name] = true
		text, ok := files[name]
		if !ok {
			t.Errorf("cut after %d writes: a page points at %s, which is not there", left, name)
			return
		}
		for _, m := range href.FindAllStringSubmatch(text, -1) {
			visit(path.Join(path.Dir(name), m[1]))
		}
	}
	visit("index.html")
}

func TestCompressedVariantsStandBesideTheirFiles(t *testing.T) {
	long := maps.Clone(before)
	long["a/index.html"] += strings.Repeat("全年预算 ", 400)
	store := NewFolder(t.TempDir())
	copySite(t, site(t, long), store, Options{Workers: 1, Compress: true})
	got := contents(t, store)
	if unzip(t, got["a/index.html.gz"]) != long["a/index.html"] || got["a/index.html"] != long["a/index.html"] {
		t.Error("the compressed variant is not the page")
	}
	if p := copySite(t, site(t, long), store, Options{Workers: 1, Compress: true}); p.Steps() != 0 {
		t.Errorf("a second copy does %+v", p)
	}
	copySite(t, site(t, after), store, Options{Workers: 1, Compress: true})
	for name := range contents(t, store) {
		if name == "a/index.html.gz" {
			t.Error("a variant without its page stays")
		}
	}
}

func unzip(t *testing.T, data string) string {
	t.Helper()
	r, err := gzip.NewReader(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

package site

import (
	"bytes"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// notebook is a memory without a disk: what runs left, and what they made files
// from.
type notebook struct {
	source  fs.FS
	mu      sync.Mutex
	works   map[string][]byte
	used    map[string]bool   // works that the run had or left; the others go when it has ended
	last    map[string]string // what the files of the run before were made from
	made    map[string]string
	digests map[string]string  // of the works of the run before
	inputs  map[string][]Input // and what they looked at
	had     int                // works that were of use
	kept    map[string]bool

	published map[string][]byte // by the run before
	sink      Sink
	years     int // department-years whose files were kept
}

func (n *notebook) Get(family string) []byte {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.used[family] = true
	return bytes.Clone(n.works[family]) // who gets them may write over them
}

func (n *notebook) Put(family string, data []byte) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.works[family], n.used[family] = data, true
}

func (n *notebook) Stays(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.used[name] = true
}

func (n *notebook) Unchanged(part, digest string) (same, known bool) {
	if n.digests[part] != digest {
		return false, false
	}
	return !slices.ContainsFunc(n.inputs[part], func(in Input) bool { return in.Again(n.source) != in }), true
}

func (n *notebook) Keep(path, from string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.last[path] != from {
		return false
	}
	n.made[path], n.kept[path] = from, true
	return true
}

func (n *notebook) Made(path, from, _ string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.made[path] = from
}

func (n *notebook) KeepUnder(_ string, folders []string, from string) map[string]string {
	n.mu.Lock()
	defer n.mu.Unlock()
	if from == "" || n.last[folders[0]] != from {
		return nil
	}
	out := map[string]string{}
	for p, data := range n.published {
		if slices.ContainsFunc(folders, func(f string) bool { return strings.HasPrefix(p, f) }) {
			if n.sink.Put(p, data) != nil {
				return nil
			}
			out[p] = sumOf(data)
		}
	}
	n.made[folders[0]] = from
	n.years++
	return out
}

func (n *notebook) MadeUnder(_ string, folders []string, from string) { n.Made(folders[0], from, "") }

// again builds a folder with what earlier runs left: files that are kept are
// those of the run before.
func (n *notebook) again(t rapid.TB, src fs.FS, published map[string][]byte) (map[string][]byte, string) {
	s, list := Open(src, Options{Version: "test", Workers: 2})
	n.source, n.kept, n.last, n.made, n.used = src, map[string]bool{}, n.made, map[string]string{}, map[string]bool{}
	s.Memory = n
	files := &kept{files: map[string][]byte{}}
	n.published, n.sink = published, files
	s.AtHand = func(w *Work) (bool, error) {
		if n.digests[w.Family.Manifest()] != w.Digest() {
			return false, nil
		}
		n.mu.Lock()
		n.had++
		n.mu.Unlock()
		for p, data := range published {
			if f, ok := s.Owner(p); ok && f == w.Family {
				if err := files.Put(p, data); err != nil {
					return false, err
				}
			}
		}
		return true, nil
	}
	_, more, err := s.Build(files)
	if err != nil {
		t.Fatal(err)
	}
	for p := range n.kept {
		files.files[p] = published[p]
	}
	maps.DeleteFunc(n.works, func(name string, _ []byte) bool { return !n.used[name] })
	n.digests = s.WorkDigests()
	maps.Copy(n.inputs, s.LookedAt())
	list.Add(more...)
	list.Sort()
	return files.files, told(list)
}

// harm takes an entry away, or leaves another in its place: runs may be cut off.
func (n *notebook) harm(t *rapid.T) {
	names := slices.Sorted(maps.Keys(n.works))
	if len(names) == 0 || !rapid.Bool().Draw(t, "harm") {
		return
	}
	name := rapid.SampledFrom(names).Draw(t, "entry")
	if delete(n.works, name); rapid.Bool().Draw(t, "other") {
		n.works[name] = n.works[rapid.SampledFrom(names).Draw(t, "by")]
	}
}

// A build that remembers makes the files, and tells the findings, of one that
// does not.
func TestRememberingIsTheSameAsWorkingAnew(t *testing.T) {
	fewChecks(t, "4")
	start := trial(t)
	var had, keptFiles, keptYears int
	rapid.Check(t, func(t *rapid.T) {
		src := maps.Clone(start)
		n := &notebook{works: map[string][]byte{}, inputs: map[string][]Input{}}
		published, _ := n.again(t, src, nil)
		label := rulesOf(src)
		for i := range rapid.IntRange(1, 3).Draw(t, "edits") {
			if i == 0 { // one that surely leaves something to remember
				src["content/2024/long.md"] = &fstest.MapFile{Data: []byte("## 概况\n\n另一稿。\n")}
			} else {
				editOne(t, src)
			}
			if now := rulesOf(src); now != label { // a shelf has another label then
				label, n.works, n.made, n.digests = now, map[string][]byte{}, nil, nil
			}
			n.harm(t)
			got, said := n.again(t, src, published)
			want, list, err := fresh(src)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(told(list), said); d != "" {
				t.Fatal("findings differ (-fresh +remembering):\n", d)
			}
			if !slices.Equal(slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got))) {
				t.Fatal("not the same files")
			}
			for p, data := range want {
				if !bytes.Equal(got[p], data) {
					t.Fatalf("%s differs (-fresh +remembering):\n%s", p, cmp.Diff(string(data), string(got[p])))
				}
			}
			published = got
			keptFiles += len(n.kept)
		}
		had += n.had
		keptYears += n.years
	})
	if had == 0 || keptFiles == 0 || keptYears == 0 {
		t.Errorf("%d works, %d files and the files of %d department-years were of use", had, keptFiles, keptYears)
	}
}

// editOne changes the folder in one of the ways that leave it a folder to build.
func editOne(t *rapid.T, src fstest.MapFS) {
	before := maps.Clone(src)
	for {
		edit(t, src)
		if _, list, err := fresh(src); err == nil && !list.HasErrors() {
			return
		}
		maps.DeleteFunc(src, func(p string, _ *fstest.MapFile) bool { return before[p] == nil })
		maps.Copy(src, before)
	}
}

// rulesOf is what a shelf is labelled with.
func rulesOf(src fs.FS) string {
	s, _ := Open(src, Options{Version: "test"})
	return s.Digest()
}

// A run that found nothing on the shelf, though the files were at hand, leaves
// all that a run leaves: the next one makes no file again that is made from others.
func TestALostShelfCostsOneRun(t *testing.T) {
	src := trial(t)
	n := &notebook{works: map[string][]byte{}, inputs: map[string][]Input{}}
	published, _ := n.again(t, src, nil)
	clear(n.works)
	published, _ = n.again(t, src, published)
	published, _ = n.again(t, src, published)
	for p := range published {
		if strings.HasPrefix(p, "data/figures/") && !n.kept[p] {
			t.Error(p, "was made again")
		}
	}
}

// An edit of one year leaves on the shelf what the files of the others are made
// from: the next edit may be of any.
func TestWhatWasNotAskedForStays(t *testing.T) {
	src := trial(t)
	n := &notebook{works: map[string][]byte{}, inputs: map[string][]Input{}}
	published, _ := n.again(t, src, nil)
	before := slices.Sorted(maps.Keys(n.works))
	src["content/2024/long.md"] = &fstest.MapFile{Data: []byte("## 概况\n\n另一稿。\n")}
	n.again(t, src, published)
	if d := cmp.Diff(before, slices.Sorted(maps.Keys(n.works))); d != "" {
		t.Error("not the same entries:\n", d)
	}
}

// What cannot be read is as good as nothing.
func TestADamagedMemoryIsNone(t *testing.T) {
	src := trial(t)
	n := &notebook{works: map[string][]byte{}, inputs: map[string][]Input{}, source: src, used: map[string]bool{}}
	s, _ := Open(src, Options{Version: "test"})
	s.Memory = n
	if _, list := s.Check(); list.HasErrors() {
		t.Fatal(told(list))
	}
	f := s.Families()[0]
	if s.recall(f, false) == nil {
		t.Fatal("what was left is of no use")
	}
	whole := n.works[f.Name]
	for _, bad := range [][]byte{whole[:len(whole)/2], []byte(strings.Repeat("x", 99)), {}} {
		n.works[f.Name] = bad
		if s.recall(f, false) != nil {
			t.Errorf("%d bytes that are no work were believed", len(bad))
		}
	}
}

package site_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"

	"mingzhang/cmd/mingzhang/internal/site"
)

// sample is the source folder of the repository's own site.
const sample = "../../../.."

// folder is a sink that keeps everything.
type folder struct {
	mu    sync.Mutex
	files map[string][]byte
}

func (f *folder) Put(path string, data []byte) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.files == nil {
		f.files = map[string][]byte{}
	}
	f.files[path] = bytes.Clone(data)
	return nil
}

func (f *folder) Get(path string) ([]byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return bytes.Clone(f.files[path]), nil
}

func (f *folder) Sum(path string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return fmt.Sprintf("%x", sha256.Sum256(f.files[path]))
}

// A page can be made alone, and says whose it is.
func TestEveryFileHasAnOwnerAndCanBeMadeAlone(t *testing.T) {
	s, _ := site.Open(os.DirFS(sample), site.Options{Version: "test"})
	var built folder
	if _, _, err := s.Build(&built); err != nil {
		t.Fatal(err)
	}
	var works []*site.Work
	made := 0
	check := func(owner *site.Family, outputs []site.Output) {
		for _, o := range outputs {
			if f, _ := s.Owner(o.Path); f != owner {
				t.Errorf("%s belongs to %v, not to %v", o.Path, owner, f)
			}
			data, err := o.Make()
			if err != nil {
				t.Fatal(err)
			}
			if want, ok := built.files[o.Path]; !ok || !bytes.Equal(data, want) {
				t.Errorf("%s made alone differs from the one of a build", o.Path)
			}
			made++
		}
	}
	for _, f := range s.Families() {
		w := s.Work(f)
		works = append(works, w)
		check(f, s.FamilyOutputs(w))
	}
	check(nil, s.WideOutputs(s.Summaries(works), built.Get))
	if made != len(built.files) {
		t.Errorf("%d outputs, %d files built", made, len(built.files))
	}
}

// What a family needs is known before the work, and what it looked at after it.
func TestAFamilySaysWhatItLooksAt(t *testing.T) {
	s, _ := site.Open(os.DirFS(sample), site.Options{Version: "test"})
	for _, f := range s.Families() {
		w, needs := s.Work(f), s.Needs(f)
		var looked []string
		for _, in := range w.Inputs {
			looked = append(looked, in.Path)
		}
		if !slices.Equal(looked, needs) {
			t.Errorf("%s needs %q and looked at %q", f.Name, needs, looked)
		}
	}
}

package publish

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Whatever changes from run to run, and whoever else has a hand in the folder,
// the published files are those of the last run and those of others, nothing
// else; most runs need not look at all files for that.
func TestRunsThatAmendPublishTheSameAsRunsThatLookAtAll(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	r := rand.New(rand.NewPCG(7, 11))
	site := map[string]string{"index.html": "0"}
	for p := range 6 {
		for i := range 4 {
			site[fmt.Sprintf("d%d/s%d/%d.html", p, i%2, i)] = "first"
		}
	}
	theirs := map[string]string{}
	amended := 0
	touched := map[string]bool{} // folders of which something has changed since the last run that went through
	for round := range 120 {
		// What this run changes.
		site["index.html"] = fmt.Sprint(round)
		for range r.IntN(4) {
			p := r.IntN(6)
			name := fmt.Sprintf("d%d/s%d/%d.html", p, r.IntN(3), r.IntN(6))
			if _, is := site[name]; is && r.IntN(3) == 0 {
				delete(site, name)
			} else {
				site[name] = fmt.Sprint("round ", round)
			}
			touched[fmt.Sprintf("d%d", p)] = true
		}
		// What others did meanwhile.
		switch r.IntN(8) {
		case 0:
			name := fmt.Sprintf("d%d/note%d.txt", r.IntN(6), round)
			if _, err := os.Stat(filepath.Join(out, filepath.Dir(name))); round > 0 && err == nil {
				theirs[name] = "theirs"
				write(t, filepath.Join(out, name), "theirs")
			}
		case 1:
			for name := range theirs {
				if err := os.Remove(filepath.Join(out, name)); err != nil {
					t.Fatal(err)
				}
				delete(theirs, name)
				break
			}
		case 2:
			for name := range site {
				if _, err := os.Stat(filepath.Join(out, name)); err == nil {
					write(t, filepath.Join(out, name), "by hand, in place")
					touched[filepath.Dir(filepath.Dir(name))] = true
				}
				break
			}
		}
		s, err := Begin(out)
		if err != nil {
			t.Fatal(err)
		}
		s.PartOf = parted
		kept := map[string]bool{}
		if s.old != nil {
			for _, e := range s.old.Parts {
				if dir := filepath.Dir(e.Path); !touched[dir] && s.Keep(e.Path, e.SHA256) {
					kept[dir] = true
				}
			}
		}
		for name, text := range site {
			if !kept[filepath.Dir(filepath.Dir(name))] {
				if err := s.Put(name, []byte(text)); err != nil {
					t.Fatal(err)
				}
			}
		}
		if r.IntN(2) == 0 { // some parts end before the commit, as in a large site
			for p := range 6 {
				if r.IntN(3) > 0 {
					if err := s.Seal(fmt.Sprintf("d%d/manifest.json", p), nil); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
		if r.IntN(6) == 0 {
			s.noted = r.IntN(3) // too much differs to be noted
		}
		linkless := r.IntN(8) == 0 // as on a disk without links
		s.copied.Store(linkless)
		if _, known := s.known(); known {
			amended++
		}
		if r.IntN(10) == 0 { // a run that comes to nothing
			s.Abort()
			continue
		}
		if _, err := s.Commit(); err != nil {
			t.Fatal(round, err)
		}
		clear(touched)
		want := maps.Clone(site)
		maps.Copy(want, theirs)
		for name, text := range want {
			if got := read(t, filepath.Join(out, filepath.FromSlash(name))); got != text {
				t.Fatalf("round %d: %s holds %q; want %q", round, name, got, text)
			}
		}
		if err := walk(out, func(name string) error {
			if _, ok := want[name]; !ok && filepath.Base(name) != ListName {
				t.Fatalf("round %d: %s should not be there", round, name)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		whole(t, out)
		noted(t, out)
		if !linkless {
			twins(t, out, StateDir(out))
		}
		if round%5 == 0 {
			time.Sleep(2 * time.Millisecond)
		}
	}
	if amended < 30 {
		t.Errorf("only %d runs knew what differs: the test shows little", amended)
	}
}

// noted fails unless the times in the ledger are those of the folders.
func noted(t *testing.T, out string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(StateDir(out), "ledger.json"))
	if err != nil {
		t.Fatal(err)
	}
	l := &ledger{}
	if err := json.Unmarshal(data, l); err != nil {
		t.Fatal(err)
	}
	for name, f := range l.Parts {
		for i, dir := range f.Folders {
			if is, err := timeOf(out, dir); err != nil || is != f.Times[i] {
				t.Errorf("%s of %s: noted %d, it is %d (%v)", dir, name, f.Times[i], is, err)
			}
			if is, err := timeOf(filepath.Join(StateDir(out), "next"), dir); err == nil && is != f.Second[i] {
				t.Errorf("%s of %s in the second tree: noted %d, it is %d", dir, name, f.Second[i], is)
			}
		}
	}
}

// twins fails unless the second tree is the published one once more, in links.
func twins(t *testing.T, out, state string) {
	t.Helper()
	next := filepath.Join(state, "next")
	for _, trees := range [][2]string{{out, next}, {next, out}} {
		if err := walk(trees[0], func(name string) error {
			same, err := sameFile(filepath.Join(trees[0], name), filepath.Join(trees[1], name))
			if !same && err == nil {
				t.Errorf("%s is another file in %s, or none", name, trees[1])
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
}

package site

import (
	"bytes"
	"io/fs"
	"os"
	"testing"

	"mingzhang/cmd/mingzhang/internal/sample"
)

// What a later year sees of a department-year that was read alone is what stands
// in the whole book, for every figure and for ids of which there is none.
func TestAPastIsLikeTheWhole(t *testing.T) {
	invented := t.TempDir()
	if _, _, err := sample.Write(invented, sample.Options{Departments: 3, Years: 4, Seed: 7}); err != nil {
		t.Fatal(err)
	}
	for name, src := range map[string]fs.FS{"trial": trial(t), "repository": os.DirFS("../../../.."), "invented": os.DirFS(invented)} {
		t.Run(name, func(t *testing.T) {
			s, _ := Open(src, Options{Version: "test"})
			alone, back := 0, 0
			for _, f := range s.Families() {
				whole, slim := s.Work(f), s.Work(f)
				slim.LetGo()
				for i, m := range slim.years {
					p := s.past(m)
					if p.moved || m.full.Load() != nil {
						t.Fatal(m.department.Slug, m.year, "was read whole, or is said to have moved")
					}
					book := s.load(whole.years[i]).dy.Book
					for _, want := range book.All() {
						if s.looksBack(want.ID) {
							back++
							continue // the whole year is read for it
						}
						alone++
						got := p.figure(want.ID)
						if got == nil || !bytes.Equal(got.AppendShown(nil), want.AppendShown(nil)) {
							t.Errorf("%s: %s is %v, the whole has %v", want.Home, want.ID, got, want)
						}
						for _, id := range []string{want.ID + "x", "x" + want.ID} {
							if want := book.Get(id); !s.looksBack(id) && (p.figure(id) == nil) != (want == nil) {
								t.Errorf("%s: the whole has %v as %s", book.Home, want, id)
							}
						}
					}
					if m.full.Load() != nil {
						t.Error(m.department.Slug, m.year, "was read whole for figures that do not look back")
					}
				}
			}
			if alone == 0 || back == 0 || alone < 2*back {
				t.Errorf("%d figures stand alone, %d may look back", alone, back)
			}
		})
	}
}

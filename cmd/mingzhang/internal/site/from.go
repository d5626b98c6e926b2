package site

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"strconv"
	"strings"
	"sync"

	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/page"
)

// A page over many departments need not be made where the figures that it shows
// are those of the last run. What it shows of the rest - names, definitions,
// settings - concerns the whole site: when that changes, everything is made.

// from gives outputs the name of what they are made from.
func from(outputs []Output, name func() string) []Output {
	name = sync.OnceValue(name)
	for i := range outputs {
		outputs[i].From = name
	}
	return outputs
}

// origins names what pages over many departments are made from.
type origins struct {
	byYear map[int][]*page.Summary
	all    func() string         // which department-years there are
	heads  func() string         // and what pages over all years show of them
	years  func() map[int]string // and what pages over one year do
}

// originsOf takes summaries in the order of the directory. Each is gone through
// once, whatever the number of pages.
func originsOf(all []*page.Summary) *origins {
	o := &origins{byYear: map[int][]*page.Summary{}}
	for _, s := range all {
		o.byYear[s.Year] = append(o.byYear[s.Year], s)
	}
	o.all = sync.OnceValue(func() string { return sumOver(all, (*page.Summary).AppendKey) })
	o.heads = sync.OnceValue(func() string { return sumOver(all, (*page.Summary).AppendHead) })
	o.years = sync.OnceValue(func() map[int]string {
		out := map[int]string{}
		for y, list := range o.byYear {
			out[y] = o.all() + sumOver(list, (*page.Summary).AppendShown)
		}
		return out
	})
	return o
}

// year names all that pages of one year show.
func (o *origins) year(y int) func() string { return func() string { return o.years()[y] } }

// figures names the figures of definitions, which go by their places in the
// catalogue, in some years.
func (o *origins) figures(definitions, years []int) func() string {
	return func() string {
		b := []byte(o.all())
		for _, y := range years {
			for _, s := range o.byYear[y] {
				for _, d := range definitions {
					b = append(b, s.ShownOf(d)...)
				}
			}
		}
		sum := sha256.Sum256(b)
		return hex.EncodeToString(sum[:])
	}
}

// sumOver is one digest over what each department-year has.
func sumOver(all []*page.Summary, what func(*page.Summary, []byte) []byte) string {
	h := sha256.New()
	var b []byte
	for _, s := range all {
		b = what(s, b[:0])
		h.Write(b)
	}
	return sumHex(h)
}

// madeFrom names what the files of a department-year are made from: its own
// files, the figures of the years with which it is compared, what its pages show
// of the years before, and which years there are.
func (s *Site) madeFrom(w *Work, m *member) string {
	h := sha256.New()
	line := func(words ...string) {
		for _, x := range words {
			h.Write(append([]byte(x), 0))
		}
	}
	line(digest(m.inputs))
	for _, b := range m.before { // its basis does not last beyond this run
		line(b.tables, s.load(b).dy.Book.Digest())
	}
	var b []byte
	for _, x := range w.before(m) {
		b = x.AppendShown(b[:0])
		h.Write(b)
	}
	for _, y := range s.years[m.department] {
		line(strconv.Itoa(y))
	}
	line(digest(w.profiles[m.department].reads.all())) // the newest year's text for the search has it
	return sumHex(h)
}

// foldersOf are the folders of a department-year's files, in all languages, the
// main one first.
func (s *Site) foldersOf(d *fiscal.Department, year int) []string {
	var out []string
	for _, l := range s.Config.Langs() {
		out = append(out, strings.TrimSuffix(s.context(l).File(page.YearPath(d.Slug, year)), "index.html"))
	}
	return out
}

func sumHex(h hash.Hash) string { return hex.EncodeToString(h.Sum(nil)) }

package site

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"slices"
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

// fromFigures names the figures of a definition, which goes by its place in the
// catalogue, in some years, and which department-years there are.
func fromFigures(definition int, all []*page.Summary, years []int) func() string {
	return func() string {
		h := sha256.New()
		var b []byte
		for _, s := range all {
			b = b[:0]
			if slices.Contains(years, s.Year) {
				b = s.AppendShownOf(b, definition)
			} else {
				b = s.AppendKey(b)
			}
			h.Write(b)
		}
		return sumHex(h)
	}
}

// shownIn names all that pages of one year show, and which department-years there
// are. What the summaries show is gone through once for all years.
func shownIn(all []*page.Summary) func(year int) func() string {
	digests := sync.OnceValue(func() map[int]string {
		keys, years := sha256.New(), map[int]hash.Hash{}
		var b []byte
		for _, s := range all {
			b = s.AppendKey(b[:0])
			keys.Write(b)
			if years[s.Year] == nil {
				years[s.Year] = sha256.New()
			}
			b = s.AppendShown(b[:0])
			years[s.Year].Write(b)
		}
		out := map[int]string{}
		for y, h := range years {
			h.Write(keys.Sum(nil))
			out[y] = sumHex(h)
		}
		return out
	})
	return func(year int) func() string { return func() string { return digests()[year] } }
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

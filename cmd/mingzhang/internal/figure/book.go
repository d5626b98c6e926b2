package figure

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"hash/maphash"
	"slices"
	"sync"
	"unique"
)

// Book is all figures of one department and year.
type Book struct {
	Home  string // department and year: huoli/2024
	Rows  []*Row
	list  []*Figure
	byID  map[string]*Figure
	byTab map[string]*[]*Row // the rows of each table, in file order
	alike map[string]int     // the last number that was given to one of many rows of one key
	// Prior finds a figure of the year before by its id in that year's book;
	// nil when that year is not published here. Ask through Before, which keeps
	// a record.
	Prior  func(id string) *Figure
	mu     sync.Mutex
	asked  map[string]*Figure
	placed []*narrowed                         // by the number of what was asked for
	asides map[unique.Handle[string]]*narrowed // what has no number
	hidden map[string][]*Row                   // rows that may not be published, by table: what they are about and no number
	hides  map[string]bool                     // the selectors that were asked and gather such a row
}

// Hide notes a row that may not be published. A sum that would gather it is
// withheld too: a part is not the whole, and with a total beside it the part
// would tell the rest.
func (b *Book) Hide(r *Row) {
	if b.hidden == nil {
		b.hidden = map[string][]*Row{}
	}
	b.hidden[r.Table] = append(b.hidden[r.Table], r)
}

// HideSelector notes that a selector gathers a row that was not published, for
// a book that is made again from what was published.
func (b *Book) HideSelector(selector string) {
	if b.hides == nil {
		b.hides = map[string]bool{}
	}
	b.hides[selector] = true
}

// Hidden lists the selectors that were found to gather a row which may not be
// published, in order.
func (b *Book) Hidden() []string {
	var out []string
	for s := range b.hides {
		out = append(out, s)
	}
	slices.Sort(out)
	return out
}

// Before returns a figure of the year before, or nil, and remembers what the id
// was found to be, so that the answer can be published with the formula.
func (b *Book) Before(id string) *Figure {
	if b.Prior == nil {
		return nil
	}
	b.mu.Lock()
	f, ok := b.asked[id]
	b.mu.Unlock()
	if ok {
		return f
	}
	f = b.Prior(id)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.asked == nil {
		b.asked = make(map[string]*Figure, usual/4) // main figures of derived rows, nearly all
	}
	b.asked[id] = f
	return f
}

// Sum is a hash over what all figures of the book say. It holds while the
// program runs: the next run has other hashes.
func (b *Book) Sum() uint64 {
	var h maphash.Hash
	h.SetSeed(sumSeed)
	b.say(&h)
	return h.Sum64()
}

// Digest is the SHA-256 of what all figures of the book say, the same in every
// run.
func (b *Book) Digest() string {
	h := sha256.New()
	b.say(h)
	return hex.EncodeToString(h.Sum(nil))
}

func (b *Book) say(to hash.Hash) {
	said := make([]byte, 0, 1024)
	for _, f := range b.list {
		said = f.say(said[:0])
		to.Write(said)
	}
}

var sumSeed = maphash.MakeSeed()

// PriorIDs lists the ids of the year before that were asked for and found, in
// order.
func (b *Book) PriorIDs() []string {
	var out []string
	for id, f := range b.asked {
		if f != nil {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// PriorRefs says what an id of the year before stood for: figures of other
// books as home#id, several when bodies were merged, or a figure of this book.
func (b *Book) PriorRefs(id string) []string {
	f := b.asked[id]
	if f == nil {
		return nil
	}
	parts := []*Figure{f}
	if f.Home == b.Home && f.Formula != nil && f.Formula.Source == mergedSource(id) {
		parts = f.Formula.Inputs
	}
	var out []string
	for _, p := range parts {
		out = append(out, p.Home+"#"+p.ID)
	}
	return out
}

// usual is about how many figures a department-year has.
const usual = 1000

// NewBook returns an empty book.
func NewBook(home string) *Book {
	return &Book{Home: home, list: make([]*Figure, 0, usual), byID: make(map[string]*Figure, usual), byTab: map[string]*[]*Row{}}
}

// AddView enters a row whose figures stand in the book already, under the table
// in which formulas look for them: a line of a statutory table among the lines
// of spending.
func (b *Book) AddView(r *Row) {
	r.View = true
	b.enter(r)
}

// enter puts a row behind those of its table.
func (b *Book) enter(r *Row) {
	b.Rows = append(b.Rows, r)
	rows := b.byTab[r.Table]
	if rows == nil {
		rows = new([]*Row)
		b.byTab[r.Table] = rows
	}
	*rows = append(*rows, r)
}

// manyAlike is how many rows of one key are counted from the first.
const manyAlike = 16

// AddRow enters a row and its figures. Row keys are made unique within their
// table, so that two rows of one name stay two figures.
func (b *Book) AddRow(r *Row) {
	base, n := r.Key, 1
	for !b.free(r) {
		if n++; n > manyAlike { // a file of one line a thousand times
			key := r.Table + "/" + base
			n = max(n, b.alike[key]+1)
			if b.alike == nil {
				b.alike = map[string]int{}
			}
			b.alike[key] = n
		}
		r.Key = fmt.Sprintf("%s~%d", base, n)
	}
	b.enter(r)
	for _, f := range r.Cells {
		b.Add(f)
	}
}

// free reports whether no figure has the ids of a row's figures, and gives them
// these.
func (b *Book) free(r *Row) bool {
	prefix := r.Table + "/" + r.Key + "/"
	for i, f := range r.Cells {
		f.ID = prefix + r.Names[i]
		if b.byID[f.ID] != nil {
			return false
		}
	}
	return true
}

// Add enters a figure. An id may be entered once.
func (b *Book) Add(f *Figure) {
	f.Home = b.Home
	b.list = append(b.list, f)
	if b.byID[f.ID] = f; len(b.byID) < len(b.list) {
		panic("figure: entered twice: " + f.ID)
	}
}

// Get returns the figure with the given id, or nil.
func (b *Book) Get(id string) *Figure { return b.byID[id] }

// GetBytes is Get of an id that was put together and is not kept.
func (b *Book) GetBytes(id []byte) *Figure { return b.byID[string(id)] }

// Has reports whether the book knows the id, whatever its state.
func (b *Book) Has(id string) bool { return b.byID[id] != nil }

// All lists the figures in the order in which they were entered.
func (b *Book) All() []*Figure { return b.list }

// Table lists the rows of a table in file order.
func (b *Book) Table(name string) []*Row {
	if rows := b.byTab[name]; rows != nil {
		return *rows
	}
	return nil
}

package figure

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"sync"

	"mingzhang/cmd/mingzhang/internal/money"
)

// Book is all figures of one department and year.
type Book struct {
	Home  string // department and year: huoli/2024
	Rows  []*Row
	list  []*Figure
	byID  map[string]*Figure
	byTab map[string][]*Row
	// Prior finds a figure of the year before by its id in that year's book;
	// nil when that year is not published here. Ask through Before, which keeps
	// a record.
	Prior  func(id string) *Figure
	mu     sync.Mutex
	asked  map[string]*Figure
	hidden map[string][]*Row // rows that may not be published, by table: what they are about and no number
	hides  map[string]bool   // the selectors that were asked and gather such a row
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

// Hides reports whether a selector gathers a row that may not be published.
func (b *Book) Hides(selector string) bool {
	if b.hides[selector] {
		return true
	}
	if len(b.hidden) == 0 {
		return false
	}
	table, conds, _, err := parseSelector(selector)
	if err != nil {
		return false
	}
	for _, r := range b.hidden[table] {
		if matches(r, conds) {
			b.HideSelector(selector)
			return true
		}
	}
	return false
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
		b.asked = map[string]*Figure{}
	}
	b.asked[id] = f
	return f
}

// Sum is a hash over what all figures of the book say.
func (b *Book) Sum() uint64 {
	h := fnv.New64a()
	for _, f := range b.list {
		f.say(h)
	}
	return h.Sum64()
}

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

// NewBook returns an empty book.
func NewBook(home string) *Book {
	return &Book{Home: home, byID: map[string]*Figure{}, byTab: map[string][]*Row{}}
}

// AddView enters a row whose figures stand in the book already, under the table
// in which formulas look for them: a line of a statutory table among the lines
// of spending.
func (b *Book) AddView(r *Row) {
	r.View = true
	b.Rows = append(b.Rows, r)
	b.byTab[r.Table] = append(b.byTab[r.Table], r)
}

// AddRow enters a row and its figures. Row keys are made unique within their
// table, so that two rows of one name stay two figures.
func (b *Book) AddRow(r *Row) {
	base, n := r.Key, 1
	for b.taken(r) {
		n++
		r.Key = fmt.Sprintf("%s~%d", base, n)
	}
	b.Rows = append(b.Rows, r)
	b.byTab[r.Table] = append(b.byTab[r.Table], r)
	for i, f := range r.Cells {
		f.ID = r.Table + "/" + r.Key + "/" + r.Names[i]
		b.Add(f)
	}
}

func (b *Book) taken(r *Row) bool {
	for _, n := range r.Names {
		if b.byID[r.Table+"/"+r.Key+"/"+n] != nil {
			return true
		}
	}
	return false
}

// Add enters a figure. An id may be entered once.
func (b *Book) Add(f *Figure) {
	if b.byID[f.ID] != nil {
		panic("figure: entered twice: " + f.ID)
	}
	f.Home = b.Home
	b.list = append(b.list, f)
	b.byID[f.ID] = f
}

// Get returns the figure with the given id, or nil.
func (b *Book) Get(id string) *Figure { return b.byID[id] }

// Has reports whether the book knows the id, whatever its state.
func (b *Book) Has(id string) bool { return b.byID[id] != nil }

// All lists the figures in the order in which they were entered.
func (b *Book) All() []*Figure { return b.list }

// Table lists the rows of a table in file order.
func (b *Book) Table(name string) []*Row { return b.byTab[name] }

// Selection is the figures that a selector names.
type Selection struct {
	Rows    []*Row
	Figures []*Figure
}

// Select returns the figures that a selector names:
//
//	project.adjusted                       the column of every counted row
//	expenditure{type=project}.outturn      of rows with this property
//	expenditure{function=205*}.original    of rows whose property starts so
//	income{source=own-funds|other}.outturn of rows with one of these
//	expenditure{level=total}.original      of the row of that level
//	project{on-time=yes}.*                 the rows alone, to count them
//
// Without a level only counted rows (leaves) are taken. A column that the file
// does not have is left out, and so is a row without any number: an item that is
// listed and never filled in is no item.
func (b *Book) Select(selector string) (Selection, error) {
	table, conds, column, err := parseSelector(selector)
	if err != nil {
		return Selection{}, err
	}
	var s Selection
	for _, r := range b.byTab[table] {
		if !matches(r, conds) {
			continue
		}
		if column == "*" {
			s.Rows = append(s.Rows, r)
		} else if f := r.Cell(column); f != nil && !r.empty() {
			s.Rows = append(s.Rows, r)
			s.Figures = append(s.Figures, f)
		}
	}
	return s, nil
}

// empty reports whether a row holds no number at all.
func (r *Row) empty() bool {
	for _, f := range r.Cells {
		if f.Value.State != money.NotReported && f.Value.State != money.NotApplicable {
			return false
		}
	}
	return true
}

// Answered reports whether the properties that a selector asks for are known of
// any row: only then is a count of zero an answer and not an ignorance.
func (b *Book) Answered(selector string) bool {
	table, conds, _, err := parseSelector(selector)
	if err != nil {
		return false
	}
	for _, r := range b.byTab[table] {
		known := r.Level == Leaf
		for _, c := range conds {
			known = known && (c.Name == "level" || r.Attr(c.Name) != "")
		}
		if known {
			return true
		}
	}
	return false
}

func parseSelector(s string) (table string, conds []Attr, column string, err error) {
	dot := strings.LastIndexByte(s, '.')
	if dot <= 0 || dot == len(s)-1 {
		return "", nil, "", fmt.Errorf("selector %q has no column", s)
	}
	table, column = s[:dot], s[dot+1:]
	if i := strings.IndexByte(table, '{'); i >= 0 {
		if !strings.HasSuffix(table, "}") {
			return "", nil, "", fmt.Errorf("selector %q: } is missing", s)
		}
		for _, c := range strings.Split(table[i+1:len(table)-1], ",") {
			name, value, ok := strings.Cut(strings.TrimSpace(c), "=")
			if !ok {
				return "", nil, "", fmt.Errorf("selector %q: %q is no condition", s, c)
			}
			conds = append(conds, Attr{strings.TrimSpace(name), strings.TrimSpace(value)})
		}
		table = table[:i]
	}
	return table, conds, column, nil
}

func matches(r *Row, conds []Attr) bool {
	level := false
	for _, c := range conds {
		if c.Name == "level" {
			level = true
			if r.Level.String() != c.Value {
				return false
			}
			continue
		}
		have := r.Attr(c.Name)
		if alternatives := strings.Split(c.Value, "|"); len(alternatives) > 1 {
			if !slices.Contains(alternatives, have) {
				return false
			}
			continue
		}
		if prefix, ok := strings.CutSuffix(c.Value, "*"); ok {
			if have == "" || !strings.HasPrefix(have, prefix) {
				return false
			}
		} else if have != c.Value {
			return false
		}
	}
	return level || r.Level == Leaf
}

var levelWords = [...]string{"leaf", "parent", "subtotal", "total", "nested"}

// String returns the level's word in selectors.
func (l Level) String() string { return levelWords[l] }

// LevelOf returns the level that a word names; a leaf for any other word.
func LevelOf(word string) Level { return Level(max(0, slices.Index(levelWords[:], word))) }

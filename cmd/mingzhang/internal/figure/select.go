package figure

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"unique"

	"mingzhang/cmd/mingzhang/internal/money"
)

// Selector names figures by table, properties and column; see Book.Select. It
// is read once and used for every department-year.
type Selector struct {
	text   string
	table  string
	conds  []cond
	column string
	level  bool                  // whether a level is asked for
	which  unique.Handle[string] // table and conditions: which rows are meant, whatever the column
	place  int                   // of which among those that are known by a number, or -1
}

// cond is what a selector asks of one property.
type cond struct {
	name   string
	value  string   // with the star of a prefix taken off
	either []string // the values of which one is enough
	prefix bool
	open   bool    // its value is filled in for each row: {row}, {.function}
	at     *uint32 // where the last row had the property: rows of a table have the same ones
}

// ParseSelector reads a selector.
func ParseSelector(s string) (*Selector, error) {
	dot := strings.LastIndexByte(s, '.')
	if dot <= 0 || dot == len(s)-1 {
		return nil, fmt.Errorf("selector %q has no column", s)
	}
	sel := &Selector{text: s, table: s[:dot], column: s[dot+1:], which: unique.Make(s[:dot])}
	sel.place = placeOf(sel.which)
	i := strings.IndexByte(sel.table, '{')
	if i < 0 {
		return sel, nil
	}
	if !strings.HasSuffix(sel.table, "}") {
		return nil, fmt.Errorf("selector %q: } is missing", s)
	}
	inner := sel.table[i+1 : len(sel.table)-1]
	sel.table = sel.table[:i]
	sel.conds = make([]cond, 0, strings.Count(inner, ",")+1)
	for part := range strings.SplitSeq(inner, ",") {
		name, value, ok := strings.Cut(strings.TrimSpace(part), "=")
		if !ok {
			return nil, fmt.Errorf("selector %q: %q is no condition", s, part)
		}
		c := cond{name: strings.TrimSpace(name), value: strings.TrimSpace(value), at: new(uint32)}
		if c.name == "level" {
			sel.level = true
		} else if strings.Contains(c.value, "|") {
			c.either = strings.Split(c.value, "|")
		} else {
			c.value, c.prefix = strings.CutSuffix(c.value, "*")
		}
		c.open = strings.ContainsRune(c.value, '{')
		sel.conds = append(sel.conds, c)
	}
	return sel, nil
}

// Template reports whether a selector that was read with holes in it, {row} or
// {.function}, can be filled in: they stand in values only.
func (s *Selector) Template() bool {
	holes := strings.ContainsRune(s.table, '{') || strings.ContainsRune(s.column, '{')
	for _, c := range s.conds {
		holes = holes || strings.ContainsRune(c.name, '{') || c.open && (c.name == "level" || c.either != nil)
	}
	return !holes
}

// Filled returns the selector with its values filled in. text is what it reads
// then; it is needed for books that hold rows which may not be published.
func (s *Selector) Filled(fill func(string) string, text string) *Selector {
	c := *s
	c.text, c.which, c.place = text, unique.Make(text[:strings.LastIndexByte(text, '.')]), -1
	c.conds = make([]cond, len(s.conds))
	for i, x := range s.conds {
		x.value, x.open = strings.TrimSpace(fill(x.value)), false
		c.conds[i] = x
	}
	return &c
}

// String returns the selector as it was written.
func (s *Selector) String() string { return s.text }

func (s *Selector) matches(r *Row) bool {
	if !s.level && r.Level != Leaf {
		return false
	}
	for i := range s.conds {
		if c := &s.conds[i]; !c.holds(r, c.value) {
			return false
		}
	}
	return true
}

// mayMatch leaves out what is filled in.
func (s *Selector) mayMatch(r *Row) bool {
	if !s.level && r.Level != Leaf {
		return false
	}
	for i := range s.conds {
		if c := &s.conds[i]; !c.open && !c.holds(r, c.value) {
			return false
		}
	}
	return true
}

// holds reports whether a row has the property that is asked for.
func (c *cond) holds(r *Row, value string) bool {
	if c.name == "level" {
		return r.Level.String() == value
	}
	have := r.attr(c.name, c.at)
	switch {
	case c.either != nil:
		return slices.Contains(c.either, have)
	case c.prefix:
		return have != "" && strings.HasPrefix(have, value)
	}
	return have == value
}

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
	sel, err := ParseSelector(selector)
	if err != nil {
		return Selection{}, err
	}
	var s Selection
	for r, f := range b.Named(sel) {
		if s.Rows = append(s.Rows, r); f != nil {
			s.Figures = append(s.Figures, f)
		}
	}
	return s, nil
}

// Named goes through the rows that a selector names, each with its figure, which
// is nil where the rows alone are meant. A nil selector names none.
func (b *Book) Named(sel *Selector) iter.Seq2[*Row, *Figure] {
	return func(yield func(*Row, *Figure) bool) {
		if sel == nil {
			return
		}
		for _, r := range b.narrow(sel) {
			if f, ok := sel.cell(r); ok && !yield(r, f) {
				return
			}
		}
	}
}

// cell is the figure that stands in the selector's column of a row, nil where the
// row itself is meant. It reports false for a row that has none.
func (sel *Selector) cell(r *Row) (*Figure, bool) {
	if sel.column == "*" {
		return nil, true
	}
	x := r.Cell(sel.column)
	return x, x != nil && !r.empty()
}

// gather adds a row that matches to what was gathered.
func (sel *Selector) gather(r *Row, figures []*Figure, rows int) ([]*Figure, int) {
	x, ok := sel.cell(r)
	if !ok {
		return figures, rows
	}
	if x != nil {
		figures = append(figures, x)
	}
	return figures, rows + 1
}

// Gather appends the figures that a selector names to a list, and tells how
// many rows it names.
func (b *Book) Gather(sel *Selector, figures []*Figure) (_ []*Figure, rows int) {
	for _, r := range b.narrow(sel) {
		figures, rows = sel.gather(r, figures, rows)
	}
	return figures, rows
}

// GatherFilled is Gather of a template whose values are filled in.
func (b *Book) GatherFilled(sel *Selector, fill func(string) string, figures []*Figure) (_ []*Figure, rows int) {
	if c := sel.open(); c != nil {
		value := strings.TrimSpace(fill(c.value))
		list, have := b.narrowBy(sel, c)
		for i, h := range have {
			if c.prefix && h != "" && strings.HasPrefix(h, value) || !c.prefix && h == value {
				figures, rows = sel.gather(list[i], figures, rows)
			}
		}
		return figures, rows
	}
	var few [4]string
	values := few[:0]
	for i := range sel.conds {
		if c := &sel.conds[i]; c.open {
			values = append(values, strings.TrimSpace(fill(c.value)))
		}
	}
	for _, r := range b.narrow(sel) {
		n, matches := 0, true
		for i := range sel.conds {
			if c := &sel.conds[i]; c.open {
				if matches = c.holds(r, values[n]); !matches {
					break
				}
				n++
			}
		}
		if matches {
			figures, rows = sel.gather(r, figures, rows)
		}
	}
	return figures, rows
}

// Rest ends the computing of figures: what is only kept while many formulas run
// is let go, and what pages say of each figure is written down.
func (b *Book) Rest() {
	b.mu.Lock()
	b.asides, b.placed = nil, nil
	b.mu.Unlock()
	b.show()
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
func (b *Book) Answered(sel *Selector) bool {
	for _, r := range b.Table(sel.table) {
		known := r.Level == Leaf
		for i := range sel.conds {
			c := &sel.conds[i]
			known = known && (c.name == "level" || r.Attr(c.name) != "")
		}
		if known {
			return true
		}
	}
	return false
}

// Secretive reports whether some selector gathers rows that may not be published.
func (b *Book) Secretive() bool { return len(b.hidden) > 0 || len(b.hides) > 0 }

// Hides reports whether a selector gathers a row that may not be published.
func (b *Book) Hides(sel *Selector) bool {
	if !b.Secretive() {
		return false
	}
	if b.hides[sel.text] {
		return true
	}
	for _, r := range b.hidden[sel.table] {
		if sel.matches(r) {
			b.HideSelector(sel.text)
			return true
		}
	}
	return false
}

var levelWords = [...]string{"leaf", "parent", "subtotal", "total", "nested"}

// String returns the level's word in selectors.
func (l Level) String() string { return levelWords[l] }

// LevelOf returns the level that a word names; a leaf for any other word.
func LevelOf(word string) Level { return Level(max(0, slices.Index(levelWords[:], word))) }

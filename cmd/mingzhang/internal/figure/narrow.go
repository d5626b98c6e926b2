package figure

import (
	"slices"
	"sync"
	"unique"
)

// narrowed is the rows that a selector names; of a template those that it may
// name, whatever is filled in.
type narrowed struct {
	table *[]*Row
	rows  []*Row
	till  int      // of the table's rows, so many were looked at
	have  []string // of a template with one hole, the property of each row that is compared with what is filled in
}

// narrow lists the rows that a selector may name, before a template is filled in
// for every code of a table. Many columns, stages and tables ask for the same
// rows, so that they are looked for once.
func (b *Book) narrow(sel *Selector) []*Row {
	b.mu.Lock()
	defer b.mu.Unlock()
	if n := b.narrowed(sel); n != nil {
		return n.rows
	}
	return nil
}

// narrowBy is narrow of a template with one hole, with the property of each row
// that is asked for there: it is compared for every code of a table.
func (b *Book) narrowBy(sel *Selector, c *cond) ([]*Row, []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := b.narrowed(sel)
	if n == nil {
		return nil, nil
	}
	if len(n.have) < len(n.rows) {
		have := make([]string, len(n.rows))
		for i, r := range n.rows {
			have[i] = r.attr(c.name, c.at)
		}
		n.have = have
	}
	return n.rows, n.have
}

// open returns the one condition of a template that is filled in, nil where there
// are several.
func (sel *Selector) open() *cond {
	var one *cond
	for i := range sel.conds {
		if c := &sel.conds[i]; c.open {
			if one != nil || c.name == "level" || c.either != nil {
				return nil
			}
			one = c
		}
	}
	return one
}

// narrowed looks for the rows of a selector among those that were entered since
// it was asked last; nil where there is no such table.
func (b *Book) narrowed(sel *Selector) *narrowed {
	n := b.noted(sel)
	if n == nil {
		table := b.byTab[sel.table]
		if table == nil {
			return nil
		}
		n = &narrowed{table: table}
		b.note(sel, n)
	}
	if n.till == len(*n.table) {
		return n
	}
	var few [64]*Row
	found := few[:0]
	for _, r := range (*n.table)[n.till:] {
		if sel.mayMatch(r) {
			found = append(found, r)
		}
	}
	n.rows, n.till = slices.Concat(n.rows, found), len(*n.table)
	return n
}

// What the selectors of rules, indicators and statutory tables ask for is known by
// a number, so that a book finds what it has noted of it without a map: they ask
// more than a thousand times of each department-year. Selectors that are put
// together while formulas run are not numbered, and no more than a few thousand
// are.
var places struct {
	mu sync.Mutex
	of map[unique.Handle[string]]int
}

const mostPlaces = 1 << 12

// placeOf numbers what a selector asks for, or returns -1.
func placeOf(which unique.Handle[string]) int {
	places.mu.Lock()
	defer places.mu.Unlock()
	at, ok := places.of[which]
	if !ok {
		if at = len(places.of); at >= mostPlaces {
			return -1
		}
		if places.of == nil {
			places.of = map[unique.Handle[string]]int{}
		}
		places.of[which] = at
	}
	return at
}

// noted returns what was noted of the rows that a selector may name.
func (b *Book) noted(sel *Selector) *narrowed {
	if sel.place < 0 {
		return b.asides[sel.which]
	}
	if sel.place < len(b.placed) {
		return b.placed[sel.place]
	}
	return nil
}

// note notes the rows that a selector may name.
func (b *Book) note(sel *Selector, n *narrowed) {
	if sel.place < 0 {
		if b.asides == nil {
			b.asides = map[unique.Handle[string]]*narrowed{}
		}
		b.asides[sel.which] = n
		return
	}
	if sel.place >= len(b.placed) {
		places.mu.Lock()
		size := len(places.of)
		places.mu.Unlock()
		grown := make([]*narrowed, size)
		copy(grown, b.placed)
		b.placed = grown
	}
	b.placed[sel.place] = n
}

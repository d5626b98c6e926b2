package figure

import (
	"sync"
	"unique"
)

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
		return b.narrowed[sel.which]
	}
	if sel.place < len(b.placed) {
		return b.placed[sel.place]
	}
	return nil
}

// note notes the rows that a selector may name.
func (b *Book) note(sel *Selector, n *narrowed) {
	if sel.place < 0 {
		if b.narrowed == nil {
			b.narrowed = map[unique.Handle[string]]*narrowed{}
		}
		b.narrowed[sel.which] = n
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

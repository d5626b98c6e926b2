package indicator

import (
	"slices"
	"strings"

	"mingzhang/cmd/mingzhang/internal/figure"
)

// ComputeAlone enters what follows from a department-year's own tables: the facts
// and indicators that say the same whatever the year before was. It is for a book
// that is only looked back at; LooksBack tells what it lacks.
func (c *Catalogue) ComputeAlone(b *figure.Book, year int) {
	back := c.back()
	c.compute(b, year, func(d *Definition) bool { return !back.made[d] })
}

// LooksBack reports whether a figure of this id may depend on the year before the
// one in whose book it stands.
func (c *Catalogue) LooksBack(id string) bool { return c.back().mayBe(patternOf(id)) }

// lookingBack are the definitions that look back, or that use a figure which does.
type lookingBack struct {
	made map[*Definition]bool
	ids  []pattern
}

func (c *Catalogue) lookBack() *lookingBack {
	l := &lookingBack{made: map[*Definition]bool{}}
	for more := true; more; {
		more = false
		for _, d := range slices.Concat(c.Facts, c.Indicators) {
			own := patternOf(d.ID)
			// Of two definitions of one id the first that has something to stand on
			// makes the figure.
			if l.made[d] || !d.expr.LooksBack() && !l.mayBe(own) && !slices.ContainsFunc(d.expr.Figures(), func(id string) bool { return l.mayBe(patternOf(id)) }) {
				continue
			}
			l.made[d], more = true, true
			l.ids = append(l.ids, own)
		}
	}
	return l
}

func (l *lookingBack) mayBe(id pattern) bool {
	return slices.ContainsFunc(l.ids, id.meets)
}

// pattern is an id, or what is known of one before {row} is filled in.
type pattern struct {
	head, tail string // all of an id that has nothing to be filled in is its head
	open       bool
}

func patternOf(id string) pattern {
	i := strings.IndexByte(id, '{')
	if i < 0 {
		return pattern{head: id}
	}
	return pattern{id[:i], id[strings.LastIndexByte(id, '}')+1:], true}
}

// meets reports whether some id fits both patterns, as far as their ends tell.
func (p pattern) meets(o pattern) bool {
	switch {
	case !p.open && !o.open:
		return p.head == o.head
	case !p.open:
		return len(p.head) >= len(o.head)+len(o.tail) && strings.HasPrefix(p.head, o.head) && strings.HasSuffix(p.head, o.tail)
	case !o.open:
		return o.meets(p)
	}
	return (strings.HasPrefix(p.head, o.head) || strings.HasPrefix(o.head, p.head)) &&
		(strings.HasSuffix(p.tail, o.tail) || strings.HasSuffix(o.tail, p.tail))
}

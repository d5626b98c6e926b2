package figure

import "sync"

// shown is what pages say of a figure again and again: in its row, in sums over
// it, in every language. It is written once for a whole book, in one text of
// which the figures hold pieces.
type shown struct {
	text    string // the number as Display has it, in any language; "" where a state or words are shown
	address string // as Address has it
}

// show writes down what pages say of the figures that stand in the book.
func (b *Book) show() {
	space := shownSpace.Get().(*shownIn)
	defer shownSpace.Put(space)
	text, ends := space.text[:0], space.ends[:0]
	for _, f := range b.list {
		f.shown = shown{}
		if f.Known() && f.Written == "" {
			text = f.Value.AppendNumber(text)
		}
		ends = append(ends, len(text))
		text = f.AppendAddress(text)
		ends = append(ends, len(text))
	}
	space.text, space.ends = text, ends
	whole, from := string(text), 0
	for i, f := range b.list {
		f.shown = shown{whole[from:ends[2*i]], whole[ends[2*i]:ends[2*i+1]]}
		from = ends[2*i+1]
	}
}

// shownIn is the working space of show.
type shownIn struct {
	text []byte
	ends []int
}

var shownSpace = sync.Pool{New: func() any { return &shownIn{} }}

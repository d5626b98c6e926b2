package figure

import (
	"encoding/binary"
	"iter"
	"maps"
	"slices"
	"sort"
	"strings"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// Packed is figures without their origin, and lists of words, in a few bytes: a
// site keeps some of every department-year's for the pages that look at many.
// There are no pointers in it, so that a collector passes over it, and a figure
// is made of it when it is asked for. The same figures pack to the same bytes. It
// is not changed once made; its zero value holds nothing.
type Packed struct {
	_    struct{} `cbor:",toarray"`
	Text string   // the words, one after another, each once
	// Data is, each number of four bytes: how many words, figures and lists there
	// are; where each word ends in Text; where each figure and list begins in what
	// follows. Figures are in the order of their ids, which are the first words, and
	// lists in that of their names.
	Data []byte
}

// Pack packs figures, one for each id, and lists by their names.
func Pack(figures []*Figure, lists map[string][]string) Packed {
	sorted := slices.Clone(figures)
	slices.SortStableFunc(sorted, func(a, b *Figure) int { return strings.Compare(a.ID, b.ID) })
	sorted = slices.CompactFunc(sorted, func(a, b *Figure) bool { return a.ID == b.ID })
	p := packer{number: make(map[string]int, 4*len(sorted))}
	for _, f := range sorted {
		p.word(f.ID)
	}
	for _, f := range sorted {
		p.figure(f)
	}
	names := slices.Sorted(maps.Keys(lists))
	for _, name := range names {
		p.begins = append(p.begins, len(p.body))
		p.words(name)
		p.body = binary.AppendUvarint(p.body, uint64(len(lists[name])))
		p.words(lists[name]...)
	}
	head := make([]byte, 0, 4*(3+len(p.ends)+len(p.begins))+len(p.body))
	for _, list := range [][]int{{len(p.ends), len(sorted), len(names)}, p.ends, p.begins} {
		for _, n := range list {
			head = binary.LittleEndian.AppendUint32(head, uint32(n))
		}
	}
	return Packed{Text: strings.Clone(p.text.String()), Data: append(head, p.body...)}
}

// packer is a Packed in the making.
type packer struct {
	number map[string]int // of each word
	text   strings.Builder
	ends   []int
	begins []int
	body   []byte
}

// word is the number of a word.
func (p *packer) word(w string) int {
	n, ok := p.number[w]
	if !ok {
		n = len(p.ends)
		p.number[w] = n
		p.text.WriteString(w)
		p.ends = append(p.ends, p.text.Len())
	}
	return n
}

func (p *packer) words(list ...string) {
	for _, w := range list {
		p.body = binary.AppendUvarint(p.body, uint64(p.word(w)))
	}
}

func (p *packer) figure(f *Figure) {
	p.begins = append(p.begins, len(p.body))
	p.words(f.ID, f.Home, f.Label.ZH, f.Label.EN, f.Column.ZH, f.Column.EN, f.Written, string(f.Stage), f.Spot.Table, f.elsewhere())
	p.body = binary.AppendUvarint(p.body, uint64(f.Spot.Row))
	p.body = binary.AppendUvarint(p.body, uint64(f.Spot.Col))
	p.body = f.Value.AppendPacked(p.body)
}

// What is counted at the head of Data.
const (
	ofWords = iota
	ofFigures
	ofLists
)

func (p Packed) head(i int) int { return int(binary.LittleEndian.Uint32(p.Data[4*i:])) }

func (p Packed) count(of int) int {
	if len(p.Data) == 0 {
		return 0
	}
	return p.head(of)
}

func (p Packed) word(i int) string {
	from := 0
	if i > 0 {
		from = p.head(2 + i)
	}
	return p.Text[from:p.head(3+i)]
}

// record is what is kept of the i-th figure, or of a list after the figures.
func (p Packed) record(i int) record {
	words, things := p.head(ofWords), p.head(ofFigures)+p.head(ofLists)
	return record{p, p.Data[4*(3+words+things)+p.head(3+words+i):]}
}

// record is read from its beginning.
type record struct {
	Packed
	rest []byte
}

func (r *record) number() int {
	n, size := binary.Uvarint(r.rest)
	r.rest = r.rest[size:]
	return int(n)
}

func (r *record) say() string { return r.word(r.number()) }

// list is the name of the i-th list.
func (p Packed) list(i int) string {
	r := p.record(p.count(ofFigures) + i)
	return r.say()
}

// find is the place of a name among so many, which are in order.
func find(name string, count int, at func(int) string) (int, bool) {
	return sort.Find(count, func(i int) int { return strings.Compare(name, at(i)) })
}

// Get returns the figure of an id, nil where there is none. Each call makes it
// anew.
func (p Packed) Get(id string) *Figure { return p.GetNear(id, new(Near)) }

// Near is where a figure was found last. Who asks for the same figure of many
// department-years, or for one after another, mostly finds it in the same place, or
// in the next, without a search. The zero value knows nothing.
type Near int

// GetNear is Get that looks near first.
func (p Packed) GetNear(id string, near *Near) *Figure {
	count := p.count(ofFigures)
	i := int(*near)
	if i >= count || p.word(i) != id {
		if i++; i >= count || p.word(i) != id {
			var ok bool
			if i, ok = find(id, count, p.word); !ok {
				return nil
			}
		}
	}
	*near = Near(i)
	f, err := p.at(i)
	if err != nil {
		panic(err) // it was packed here
	}
	return f
}

func (p Packed) at(i int) (*Figure, error) {
	r := p.record(i)
	f := &Figure{ID: r.say(), Home: r.say()}
	f.Label, f.Column = lang.Text{ZH: r.say(), EN: r.say()}, lang.Text{ZH: r.say(), EN: r.say()}
	f.Written, f.Stage = r.say(), Stage(r.say())
	f.Spot.Table, f.address = r.say(), r.say()
	f.Spot.Row, f.Spot.Col = int32(r.number()), int32(r.number())
	var err error
	f.Value, _, err = money.Unpacked(r.rest)
	return f, err
}

// Lists names the lists, in order.
func (p Packed) Lists() iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := range p.count(ofLists) {
			if !yield(p.list(i)) {
				return
			}
		}
	}
}

// List returns a list's words, nil where there is no list of that name.
func (p Packed) List(name string) []string {
	i, ok := find(name, p.count(ofLists), p.list)
	if !ok {
		return nil
	}
	r := p.record(p.count(ofFigures) + i)
	r.number() // its name
	out := make([]string, r.number())
	for i := range out {
		out[i] = r.say()
	}
	return out
}

// Append appends all that is packed, so that two can be told apart.
func (p Packed) Append(b []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(p.Text)))
	b = append(append(b, p.Text...), 0)
	b = binary.AppendUvarint(b, uint64(len(p.Data)))
	return append(b, p.Data...)
}

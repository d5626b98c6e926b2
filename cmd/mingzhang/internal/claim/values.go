package claim

import (
	"slices"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/money"
)

// valued is figures in the order in which they stand, found by where their values
// lie: putting a thousand figures in order costs more than the few dozen questions
// of a text. Rough values are cut into stretches, and the figures of each stretch
// hang together.
type valued struct {
	figures []*figure.Figure
	kinds   []money.Kind
	rough   []int64
	first   [1 << 10]int32 // by stretch, as a hash: the place of a figure and one, 0 where there is none
	next    []int32        // the same for the next figure of the stretch
}

// stretch is how wide a stretch is, in bits of rough values: some hundred yuan.
// A number that is written more coarsely than manyStretches is held against all.
const stretch, manyStretches = 20, 16

func stretchAt(at int64) int { return int(uint64(at) * 0x9E3779B97F4A7C15 >> 54) }

// within lists the figures of a kind from one value to another, in the order of
// their values.
func (v *valued) within(kind money.Kind, lo, hi money.Value) []*figure.Figure {
	var out []*figure.Figure
	from, till := lo.Rough(), hi.Rough()
	look := func(i int) {
		if v.rough[i] < from || v.rough[i] > till || v.kinds[i] != kind {
			return
		}
		if f := v.figures[i]; money.Cmp(f.Value, lo) >= 0 && money.Cmp(f.Value, hi) <= 0 {
			out = append(out, f)
		}
	}
	if first, last := from>>stretch, till>>stretch; last-first < manyStretches {
		for at := first; at <= last; at++ {
			for i := v.first[stretchAt(at)]; i > 0; i = v.next[i-1] {
				if v.rough[i-1]>>stretch == at {
					look(int(i - 1))
				}
			}
		}
	} else {
		for i := range v.rough {
			look(i)
		}
	}
	slices.SortStableFunc(out, func(a, b *figure.Figure) int { return money.Cmp(a.Value, b.Value) })
	return out
}

// hang hangs the figures of each stretch together, in the order in which they
// stand.
func (v *valued) hang() {
	v.next = make([]int32, len(v.rough))
	for i := len(v.rough) - 1; i >= 0; i-- {
		at := stretchAt(v.rough[i] >> stretch)
		v.next[i], v.first[at] = v.first[at], int32(i+1)
	}
}

// add enters a figure that holds a number and is no day.
func (v *valued) add(f *figure.Figure) {
	if !f.Known() || f.Value.Unit == money.Date {
		return
	}
	kind := f.Value.Unit.Kind()
	if kind == money.KindNone && f.Value.Unit == money.NoUnit {
		kind = money.KindShare
	}
	v.figures, v.kinds, v.rough = append(v.figures, f), append(v.kinds, kind), append(v.rough, f.Value.Rough())
}

// valued is all figures by their values.
func (k *Book) valued() *valued {
	k.valuing.Do(func() {
		v, n := &k.values, len(k.all)
		v.figures, v.kinds, v.rough = make([]*figure.Figure, 0, n), make([]money.Kind, 0, n), make([]int64, 0, n)
		for _, f := range k.all {
			v.add(f)
		}
		v.hang()
	})
	return &k.values
}

// alike lists the figures whose value a number may be, as finely as it is
// written.
func (k *Book) alike(v money.Value, kind money.Kind) []*figure.Figure {
	margin := money.Int(1, money.NoUnit)
	if kind == money.KindShare {
		margin = money.Int(1, money.NoUnit).Scaled(1, -4)
	}
	if kind == money.KindMoney {
		margin = money.Int(5001, money.NoUnit).Scaled(1, -2)
	}
	lo, hi := money.Reach(v, margin)
	var out []*figure.Figure
	for _, f := range k.valued().within(kind, lo, hi) {
		if len(out) == 32 {
			break
		}
		if kind == money.KindCount && f.Value.Unit != v.Unit {
			continue
		}
		if h := judge(v, f.Value); h == Equal || h == ByRounding && v.Exact() == f.Value.Exact() {
			out = append(out, f)
		}
	}
	return out
}

package search

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func ExampleNormal() {
	fmt.Println(Normal("“三公”经费８７，065.71万元，ＯＫ"))
	// Output: 三公经费87065.71万元,ok
}

func ExampleTokens() {
	Tokens(Normal("三公经费 62.40 ok"), func(t string) { fmt.Print(t, " ") })
	// Output: 三 公 三公 经 公经 费 经费 62.4 ok
}

// read takes a shard apart as the script does.
func read(t *testing.T, shard []byte, shards, n int, found map[uint32][]int) {
	t.Helper()
	text := strings.TrimSuffix(strings.TrimPrefix(string(shard), fmt.Sprintf("MZ.shard(%d,\"", n)), "\");\n")
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	term := uint32(uint64(n) * (1 << 32) / uint64(shards))
	next := func() uint64 {
		v, k := binary.Uvarint(raw)
		raw = raw[k:]
		return v
	}
	for len(raw) > 0 {
		term += uint32(next())
		head := next()
		var docs []int
		if head&1 == 1 {
			for i, b := range raw[:head/2] {
				for bit := range 8 {
					if b&(1<<bit) != 0 {
						docs = append(docs, i*8+bit)
					}
				}
			}
			raw = raw[head/2:]
		} else {
			at := 0
			for range head / 2 {
				at += int(next())
				docs = append(docs, at)
			}
		}
		if found[term] != nil {
			t.Errorf("term %d stands twice", term)
		}
		found[term] = docs
	}
}

// What goes into the index comes out of it, rare terms and common ones.
func TestTheIndexKeepsEveryTermOfEveryDocument(t *testing.T) {
	for _, n := range []int{1, 7, 40, 300} {
		var docs []Terms
		want := map[uint32][]int{}
		for i := range n {
			terms := TermsOf(slices.Values([]string{"示例区财政局预算执行率", fmt.Sprintf("%d,%03d.%02d", i, i*7%1000, i%100), strings.Repeat("南华村", i%3)}))
			docs = append(docs, terms)
			for _, term := range terms {
				want[term] = append(want[term], i)
			}
		}
		x := NewIndex(docs)
		found := map[uint32][]int{}
		for i := range Shards(n) {
			read(t, x.Shard(i), Shards(n), i, found)
		}
		if len(found) != len(want) {
			t.Errorf("%d documents: %d terms of %d", n, len(found), len(want))
		}
		for term, list := range want {
			if !slices.Equal(found[term], list) {
				t.Errorf("%d documents: term %d is in %v; want %v", n, term, found[term], list)
			}
		}
	}
}

// A part is named after what it is made from: another part has another name, and
// a part that is the same keeps its own.
func TestAPartIsNamedAfterWhatItIsMadeFrom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		terms := rapid.Custom(func(t *rapid.T) Terms {
			list := Terms(rapid.SliceOfN(rapid.Uint32(), 0, 40).Draw(t, "terms"))
			slices.Sort(list)
			return slices.Compact(list)
		})
		docs := rapid.SliceOfN(terms, 1, 40).Draw(t, "docs")
		before := NewIndex(docs)
		after := NewIndex(slices.Clone(docs))
		after.docs[rapid.IntRange(0, len(docs)-1).Draw(t, "at")] = terms.Draw(t, "instead")
		was, is := before.From(), after.From()
		for n := range was {
			same := string(before.Shard(n)) == string(after.Shard(n))
			if same != (was[n] == is[n]) {
				t.Fatalf("part %d is the same: %v, its names %s and %s", n, same, was[n], is[n])
			}
		}
	})
}

// What a text is cut into at once is what the steps by themselves give.
func TestTermsAreTheHashesOfTokens(t *testing.T) {
	signs := []rune("一三公经费〇示·（），,..0123456789aBzZ“”'「」 \n\t　\u00a0Ａｚ０９，．é€𠀀\ufffd")
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOf(rapid.StringOf(rapid.RuneFrom(signs))).Draw(t, "texts")
		texts = append(texts, string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")))
		var want Terms
		for _, s := range texts {
			Tokens(Normal(s), func(token string) { want = append(want, Hash(token)) })
		}
		slices.Sort(want)
		want = slices.Compact(want)
		got := TermsOf(slices.Values(texts))
		if !slices.Equal(got, want) {
			t.Fatalf("%q: %v; want %v", texts, got, want)
		}
		half := len(texts) / 2
		if got := TermsOf(slices.Values(texts[:half])).And(TermsOf(slices.Values(texts[half:]))); !slices.Equal(got, want) {
			t.Fatalf("%q in two: %v; want %v", texts, got, want)
		}
	})
}

func TestManyTermsAreInOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var room []uint32
	for _, n := range []int{0, 1, 255, 256, 300, 5000, 257} {
		list := make([]uint32, n)
		for i := range list {
			list[i] = r.Uint32() >> (r.IntN(3) * 9)
		}
		want := slices.Sorted(slices.Values(list))
		if room = sorted(list, room); !slices.Equal(list, want) {
			t.Errorf("%d terms are out of order", n)
		}
	}
}

package search

import (
	"encoding/base64"
	"encoding/binary"
	"math/bits"
	"slices"
	"strconv"
	"sync"

	"mingzhang/cmd/mingzhang/internal/crew"
)

// Index finds documents by their terms. Documents are in the order in which
// results are shown.
type Index struct {
	docs   []Terms
	shards int
}

// NewIndex makes an index over documents.
func NewIndex(docs []Terms) *Index { return &Index{docs, Shards(len(docs))} }

// Shards is into how many parts the index over so many documents is cut, a power
// of two: a query of a few characters then loads a few files of some kilobytes.
func Shards(docs int) int {
	return min(4096, max(16, 1<<bits.Len(uint(docs/2))))
}

// bounds are the first and the last hash of a part.
func (x *Index) bounds(n int) (lo, hi uint32) {
	width := uint32(bits.TrailingZeros(uint(x.shards)))
	lo = uint32(n) << (32 - width)
	return lo, lo | (1<<(32-width) - 1)
}

// From names, for each part, what it is made from: its terms and where they are
// found. That is a sum over hashes of both, so that all documents are gone through
// once, in any order: there are thousands of parts, and each takes a term or two of
// a document.
func (x *Index) From() []string {
	shift := 32 - bits.TrailingZeros(uint(x.shards))
	const many = 512 // documents at a time
	var from []int
	for at := 0; at < len(x.docs); at += many {
		from = append(from, at)
	}
	var mu sync.Mutex
	sums := make([]uint64, x.shards)
	_ = crew.Each(from, func(at int) error { // which cannot fail
		own := make([]uint64, x.shards)
		for doc := at; doc < min(at+many, len(x.docs)); doc++ {
			for _, t := range x.docs[doc] {
				own[t>>shift] += mixed(uint64(doc)<<32 | uint64(t))
			}
		}
		mu.Lock()
		defer mu.Unlock()
		for i, n := range own {
			sums[i] += n
		}
		return nil
	})
	out := make([]string, x.shards)
	for i := range out {
		out[i] = strconv.Itoa(x.shards) + "/" + strconv.FormatUint(sums[i], 16)
	}
	return out
}

// mixed spreads what differs in a number over all its bits, so that sums of such
// numbers are the same only by chance: the last steps of SplitMix64.
func mixed(n uint64) uint64 {
	n += 0x9e3779b97f4a7c15
	n = (n ^ n>>30) * 0xbf58476d1ce4e5b9
	n = (n ^ n>>27) * 0x94d049bb133111eb
	return n ^ n>>31
}

// Shard writes a part of the index as a script. A term is the difference of its
// hash to the one before; its documents are a list of differences or a bitmap,
// whichever is shorter; numbers are base-128 varints.
func (x *Index) Shard(n int) []byte {
	lo, hi := x.bounds(n)
	type posting struct{ term, doc uint32 }
	var all []posting
	for doc, terms := range x.docs {
		from, _ := slices.BinarySearch(terms, lo)
		for _, t := range terms[from:] {
			if t > hi {
				break
			}
			all = append(all, posting{t, uint32(doc)})
		}
	}
	slices.SortStableFunc(all, func(a, b posting) int {
		switch {
		case a.term < b.term:
			return -1
		case a.term > b.term:
			return 1
		}
		return 0
	})
	var out []byte
	last := lo
	for i := 0; i < len(all); {
		j := i
		var list []byte
		before := uint32(0)
		bitmap := make([]byte, (len(x.docs)+7)/8)
		for ; j < len(all) && all[j].term == all[i].term; j++ {
			list = binary.AppendUvarint(list, uint64(all[j].doc-before))
			before = all[j].doc
			bitmap[all[j].doc/8] |= 1 << (all[j].doc % 8)
		}
		for len(bitmap) > 0 && bitmap[len(bitmap)-1] == 0 {
			bitmap = bitmap[:len(bitmap)-1]
		}
		out = binary.AppendUvarint(out, uint64(all[i].term-last))
		last = all[i].term
		if len(bitmap) < len(list) {
			out = binary.AppendUvarint(out, uint64(len(bitmap))<<1|1)
			out = append(out, bitmap...)
		} else {
			out = binary.AppendUvarint(out, uint64(j-i)<<1)
			out = append(out, list...)
		}
		i = j
	}
	script := append([]byte("MZ.shard("), strconv.Itoa(n)...)
	script = append(script, `,"`...)
	script = base64.StdEncoding.AppendEncode(script, out)
	return append(script, "\");\n"...)
}

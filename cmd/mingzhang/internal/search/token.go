// Package search makes an index that a browser can read without a server, from
// a folder of files or a stick: classic scripts that hold the index in parts, and
// the text of each department-year beside its pages.
//
// A text is cut into pairs of Chinese characters, words and numbers, so that no
// dictionary is needed and index and query are cut alike. The pairs find
// candidates; whether a phrase is really there is asked of the text itself, which
// also tells the passage. script/search.js of the theme does the same cutting; a
// test holds both together.
package search

import (
	"encoding/binary"
	"errors"
	"iter"
	"slices"
	"strings"
	"sync"
	"unicode/utf16"
	"unicode/utf8"
)

// Normal folds a text for comparison: full width to half, capitals to small;
// quotation marks go, and so do commas inside numbers, so that “三公”经费 is
// 三公经费 and 87,065.71 is 87065.71.
func Normal(s string) string { return string(appendNormal(nil, s)) }

// appendNormal appends the characters of the normal text.
func appendNormal(out []rune, s string) []rune {
	digit := false // the character before is one
	for i := 0; i < len(s); {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
			r = half(r)
		} else if r == '\n' || r == '\t' {
			r = ' '
		}
		i += n
		between := digit
		digit = isDigit(r)
		switch r {
		case '“', '”', '‘', '’', '"', '\'', '「', '」', '『', '』':
			continue
		case ',':
			if between {
				if next, _ := utf8.DecodeRuneInString(s[i:]); isDigit(half(next)) {
					continue
				}
			}
		default:
			if r >= 'A' && r <= 'Z' {
				r += 'a' - 'A'
			}
		}
		out = append(out, r)
	}
	return out
}

func half(r rune) rune {
	switch {
	case r >= 0xFF01 && r <= 0xFF5E:
		return r - 0xFEE0
	case r == 0x3000 || r == 0xA0 || r == '\n' || r == '\t':
		return ' '
	}
	return r
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isWord(r rune) bool { return r >= 'a' && r <= 'z' }

// isHan tells the characters that are cut into pairs.
func isHan(r rune) bool {
	return r >= 0x3400 && r <= 0x9FFF || r >= 0xF900 && r <= 0xFAFF || r == 0x3007
}

// Tokens cuts a normal text: single Chinese characters and pairs of them, words
// and numbers without closing zeros.
func Tokens(normal string, yield func(token string)) {
	cut([]rune(normal), func(token []rune) { yield(string(token)) })
}

func cut(runes []rune, yield func(token []rune)) {
	for i := 0; i < len(runes); {
		j := i
		switch r := runes[i]; {
		case isHan(r):
			for ; j < len(runes) && isHan(runes[j]); j++ {
				yield(runes[j : j+1])
				if j > i {
					yield(runes[j-1 : j+1])
				}
			}
		case isDigit(r):
			for j < len(runes) && (isDigit(runes[j]) || runes[j] == '.' && j+1 < len(runes) && isDigit(runes[j+1])) {
				j++
			}
			yield(number(runes[i:j]))
		case isWord(r):
			for j < len(runes) && isWord(runes[j]) {
				j++
			}
			yield(runes[i:j])
		default:
			j++
		}
		i = j
	}
}

// number writes a number in one way: 62.40 and 62.4 are the same.
func number(s []rune) []rune {
	point := slices.Index(s, '.')
	if point < 0 || slices.Contains(s[point+1:], '.') {
		return s
	}
	for s[len(s)-1] == '0' {
		s = s[:len(s)-1]
	}
	if s[len(s)-1] == '.' {
		s = s[:len(s)-1]
	}
	return s
}

// Hash is the number by which the index knows a token: FNV-1a over the token's
// UTF-16 units, which is what a script sees.
func Hash(token string) uint32 {
	h := fnvOffset
	for _, u := range utf16.Encode([]rune(token)) {
		h = (h ^ uint32(u)) * fnvPrime
	}
	return h
}

const fnvOffset, fnvPrime uint32 = 2166136261, 16777619

// hash is Hash of a token of a normal text: each of its characters is one unit.
func hash(token []rune) uint32 {
	h := fnvOffset
	for _, r := range token {
		h = (h ^ uint32(r)) * fnvPrime
	}
	return h
}

// Terms is what the index keeps of a document: the hashes of its tokens, in
// order, each once.
type Terms []uint32

// Bytes are the terms for a file, four bytes each.
func (t Terms) Bytes() []byte {
	out := make([]byte, 0, 4*len(t))
	for _, h := range t {
		out = binary.LittleEndian.AppendUint32(out, h)
	}
	return out
}

// ReadTerms reads them back.
func ReadTerms(data []byte) (Terms, error) {
	if len(data)%4 != 0 {
		return nil, errors.New("search: terms are cut short")
	}
	out := make(Terms, len(data)/4)
	for i := range out {
		out[i] = binary.LittleEndian.Uint32(data[4*i:])
	}
	return out, nil
}

// TermsOf cuts texts into terms. The labels of a department-year put the same few
// names together again and again, 教育支出·合计（部门支出预算总表）: both sides of the
// point, which stands in no term, are looked at once.
func TermsOf(texts iter.Seq[string]) Terms {
	c := cutters.Get().(*cutter)
	for t := range texts {
		if t == "" || t[0] < utf8.RuneSelf || len(t) > longest {
			c.cut(t) // a number or a long text, which seldom come twice
			continue
		}
		name, rest, _ := strings.Cut(t, "·")
		c.once(name)
		c.once(rest)
	}
	out := slices.Clone(Terms(c.found))
	for i := range c.seen {
		c.seen[i] = 0
	}
	clear(c.known)
	c.found, c.zero = c.found[:0], false
	c.room = sorted(out, c.room)
	cutters.Put(c)
	return out
}

// sorted puts hashes into order, eleven bits at a time: they are spread so evenly
// that no comparing is needed. It returns room for the next call.
func sorted(list, room []uint32) []uint32 {
	const bits, cells = 11, 1 << 11
	if len(list) < cells/8 {
		slices.Sort(list)
		return room
	}
	room = slices.Grow(room[:0], len(list))[:len(list)]
	from, to := list, room
	for shift := 0; shift < 32; shift += bits {
		var next [cells]uint32
		for _, h := range from {
			next[h>>shift%cells]++
		}
		sum := uint32(0)
		for i, n := range next {
			next[i], sum = sum, sum+n
		}
		for _, h := range from {
			i := h >> shift % cells
			to[next[i]] = h
			next[i]++
		}
		from, to = to, from
	}
	copy(list, from)
	return room
}

// longest is how many bytes of a text are looked at as a label.
const longest = 256

// once enters the terms of a piece of a label, unless it was met before.
func (c *cutter) once(piece string) {
	before := len(c.known)
	if c.known[piece] = struct{}{}; len(c.known) > before {
		c.cut(piece)
	}
}

// cut enters the terms of a text: those of cut, of which nearly all are single
// characters and pairs, hashed as they come.
func (c *cutter) cut(t string) {
	c.runes = appendNormal(c.runes[:0], t)
	add := func(token []rune) { c.add(hash(token)) }
	rest := c.runes // not looked at
	for i := 0; i < len(rest); {
		if !isHan(rest[i]) {
			i++
			continue
		}
		cut(rest[:i], add)
		last := uint32(0)
		for k := i; i < len(rest) && isHan(rest[i]); i++ {
			r := uint32(rest[i])
			h := (fnvOffset ^ r) * fnvPrime
			c.add(h)
			if i > k {
				c.add((last ^ r) * fnvPrime)
			}
			last = h
		}
		rest, i = rest[i:], 0
	}
	cut(rest, add)
}

// cutter is the working space of TermsOf: a department-year has tens of
// thousands of tokens and some thousand terms.
type cutter struct {
	runes []rune
	room  []uint32 // to sort in
	found []uint32
	seen  []uint32            // the same as an open table, a power of two long; 0 is free
	zero  bool                // the hash 0 is among them
	known map[string]struct{} // the pieces that were met
}

var cutters = sync.Pool{New: func() any { return &cutter{seen: make([]uint32, 1<<13), known: map[string]struct{}{}} }}

func (c *cutter) add(h uint32) {
	if h == 0 {
		if !c.zero {
			c.zero, c.found = true, append(c.found, 0)
		}
		return
	}
	if !c.enter(h) {
		return
	}
	c.found = append(c.found, h)
	if 2*len(c.found) > len(c.seen) {
		c.seen = make([]uint32, 2*len(c.seen))
		for _, old := range c.found {
			if old != 0 {
				c.enter(old)
			}
		}
	}
}

// enter reports whether the hash is new to the table.
func (c *cutter) enter(h uint32) bool {
	mask := uint32(len(c.seen) - 1)
	// The low bits of these hashes follow the last character: spread them.
	for i := h * 0x9E3779B1 >> 8 & mask; ; i = (i + 1) & mask {
		switch c.seen[i] {
		case h:
			return false
		case 0:
			c.seen[i] = h
			return true
		}
	}
}

// And returns the terms of both.
func (t Terms) And(more Terms) Terms {
	out := make(Terms, 0, len(t)+len(more))
	for len(t) > 0 && len(more) > 0 {
		a, b := t[0], more[0]
		if a <= b {
			t = t[1:]
		}
		if b <= a {
			more = more[1:]
		}
		out = append(out, min(a, b))
	}
	return slices.Clip(append(append(out, t...), more...))
}

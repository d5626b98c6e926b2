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
	"slices"
	"strings"
	"unicode/utf16"
)

// Normal folds a text for comparison: full width to half, capitals to small;
// quotation marks go, and so do commas inside numbers, so that “三公”经费 is
// 三公经费 and 87,065.71 is 87065.71.
func Normal(s string) string {
	runes := []rune(s)
	var b strings.Builder
	b.Grow(len(s))
	for i, r := range runes {
		r = half(r)
		switch {
		case strings.ContainsRune("“”‘’\"'「」『』", r):
			continue
		case r == ',' && i > 0 && i+1 < len(runes) && isDigit(half(runes[i-1])) && isDigit(half(runes[i+1])):
			continue
		case r >= 'A' && r <= 'Z':
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
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
	runes := []rune(normal)
	for i := 0; i < len(runes); {
		j := i
		switch r := runes[i]; {
		case isHan(r):
			for ; j < len(runes) && isHan(runes[j]); j++ {
				yield(string(runes[j]))
				if j > i {
					yield(string(runes[j-1 : j+1]))
				}
			}
		case isDigit(r):
			for j < len(runes) && (isDigit(runes[j]) || runes[j] == '.' && j+1 < len(runes) && isDigit(runes[j+1])) {
				j++
			}
			yield(Number(string(runes[i:j])))
		case isWord(r):
			for j < len(runes) && isWord(runes[j]) {
				j++
			}
			yield(string(runes[i:j]))
		default:
			j++
		}
		i = j
	}
}

// Number writes a number in one way: 62.40 and 62.4 are the same.
func Number(s string) string {
	if whole, part, ok := strings.Cut(s, "."); ok && !strings.Contains(part, ".") {
		if part = strings.TrimRight(part, "0"); part == "" {
			return whole
		}
		return whole + "." + part
	}
	return s
}

// Hash is the number by which the index knows a token: FNV-1a over the token's
// UTF-16 units, which is what a script sees.
func Hash(token string) uint32 {
	h := uint32(2166136261)
	for _, u := range utf16.Encode([]rune(token)) {
		h = (h ^ uint32(u)) * 16777619
	}
	return h
}

// Terms is what the index keeps of a document: the hashes of its tokens, in
// order, each once.
type Terms []uint32

// TermsOf cuts texts into terms.
func TermsOf(texts ...string) Terms {
	seen := map[uint32]bool{}
	for _, t := range texts {
		Tokens(Normal(t), func(token string) { seen[Hash(token)] = true })
	}
	out := make(Terms, 0, len(seen))
	for h := range seen {
		out = append(out, h)
	}
	slices.Sort(out)
	return out
}

// And returns the terms of both.
func (t Terms) And(more Terms) Terms {
	out := append(slices.Clone(t), more...)
	slices.Sort(out)
	return slices.Clip(slices.Compact(out))
}

package claim

import "unicode"

// widest is how many characters a line of a page may hold.
const widest = 60

// width is how many characters a line holds before it is cut. Where many lines hold
// more than a page is wide, nothing cuts them: each is a paragraph, and none is as
// wide as the width.
func (s *script) width() int {
	full, wide, most := 0, 0, 0
	for i, from := range s.lines {
		to := len(s.source)
		if i+1 < len(s.lines) {
			to = int(s.lines[i+1])
		}
		n := measured(s.source[from:to])
		if n < 25 {
			continue
		}
		full++
		if n > widest {
			wide++
		}
		most = max(most, n)
	}
	if 4*wide > full {
		return 2 * most
	}
	return min(most, widest)
}

// measured counts the characters of a line without the white space around them; a
// row of a table has none.
func measured(line []rune) int {
	for len(line) > 0 && unicode.IsSpace(line[0]) {
		line = line[1:]
	}
	for len(line) > 0 && unicode.IsSpace(line[len(line)-1]) {
		line = line[:len(line)-1]
	}
	for _, r := range line {
		if r == '|' || r == '\t' {
			return 0
		}
	}
	return len(line)
}

// indented reports whether the white space before a line is that of a paragraph: two
// characters.
func indented(white []rune) bool {
	n := 0
	for _, r := range white {
		if r == '\u3000' {
			n++
		}
	}
	return n > 1
}

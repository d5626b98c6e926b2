package table

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"mingzhang/cmd/mingzhang/internal/diag"
)

// unseen reports whether a character takes no room and says nothing: marks of
// writing direction, joiners, soft hyphens, byte order marks inside a file, control
// characters. They come along when a text is copied out of a web page, a chat or a
// PDF, and make equal names, codes and numbers differ.
func unseen(r rune) bool {
	switch {
	case r < 0x80:
		return r < ' ' && (r < '\t' || r > '\r') || r == 0x7f
	case r >= 0xfe00 && r <= 0xfe0f: // which of its shapes a character takes
		return true
	}
	return unicode.Is(unicode.Cf, r)
}

// mayHideUnseen reports whether a text can hold such characters at all: tables of
// plain Chinese and numbers are told without decoding them.
func mayHideUnseen(text []byte) bool {
	for i, c := range text {
		if c >= ' ' && c < 0x7f || c >= 0x80 && c < 0xc0 || c >= 0xe3 && c <= 0xe9 || c >= '\t' && c <= '\r' {
			continue // ASCII, the rest of a character, Chinese
		}
		if r, _ := utf8.DecodeRune(text[i:]); unseen(r) {
			return true
		}
	}
	return false
}

// dropUnseen leaves out what cannot be seen of all cells and tells where.
func (s *Sheet) dropUnseen() *diag.Finding {
	n, first, sign := 0, Cell{}, rune(0)
	for _, row := range s.Rows {
		for i := range row {
			c := &row[i]
			at := strings.IndexFunc(c.Text, unseen)
			if at < 0 {
				continue
			}
			if n++; n == 1 {
				first = *c
				sign, _ = utf8.DecodeRuneInString(c.Text[at:])
			}
			c.Text = strings.Map(func(r rune) rune {
				if unseen(r) {
					return -1
				}
				return r
			}, c.Text)
		}
	}
	if n == 0 {
		return nil
	}
	return UnseenCharacter.At(s.Place(first), n, fmt.Sprintf("U+%04X", sign))
}

// DropUnseen leaves out of a text what cannot be seen, and tells where the first of it
// stood. What joins or shapes the parts of one sign stays: texts may hold pictures.
func DropUnseen(file string, text []byte) ([]byte, *diag.Finding) {
	if !mayHideUnseen(text) {
		return text, nil
	}
	drops := func(r rune) bool { return unseen(r) && r != '\u200d' && (r < 0xfe00 || r > 0xfe0f) }
	n, at, sign := 0, 0, rune(0)
	for i, r := range string(text) {
		if drops(r) {
			if n++; n == 1 {
				at, sign = i, r
			}
		}
	}
	if n == 0 {
		return text, nil
	}
	start := bytes.LastIndexByte(text[:at], '\n') + 1
	p := diag.Place{File: file, Line: 1 + bytes.Count(text[:at], []byte{'\n'}), Column: utf8.RuneCount(text[start:at]) + 1}
	return bytes.Map(func(r rune) rune {
		if drops(r) {
			return -1
		}
		return r
	}, text), UnseenCharacter.At(p, n, fmt.Sprintf("U+%04X", sign))
}

package claim

import "sync"

// room is the working space of a reading, used again by the next: the characters
// of a text, four times over, and its numbers. Nothing of it is left in a report.
type room struct {
	source, r []rune
	at, bytes []int32
	tokens    []*[fewTokens]token
	taken     int // of the tokens
}

// fewTokens are made at a time: a text has dozens or hundreds.
const fewTokens = 16

var rooms = sync.Pool{New: func() any { return &room{} }}

// token returns a blank number.
func (m *room) token() *token {
	if m.taken == fewTokens*len(m.tokens) {
		m.tokens = append(m.tokens, new([fewTokens]token))
	}
	t := &m.tokens[m.taken/fewTokens][m.taken%fewTokens]
	m.taken++
	return t
}

// leave ends a reading. The script's characters and the numbers may not be looked
// at any more.
func (s *script) leave() {
	m := s.room
	for i := 0; i*fewTokens < m.taken; i++ {
		clear(m.tokens[i][:])
	}
	m.taken = 0
	m.source, m.r, m.at, m.bytes = s.source[:0], s.r[:0], s.at[:0], s.bytes[:0]
	*s = script{}
	rooms.Put(m)
}

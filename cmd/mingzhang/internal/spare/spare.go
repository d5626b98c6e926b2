// Package spare lends the bytes in which files are made and takes them back when
// they have been written: a build makes megabytes for each department-year, and
// clearing and collecting new ones each time took longer than filling them.
package spare

import "sync"

// most is how much is kept of one file; larger ones are rare.
const most = 2 << 20

var pool sync.Pool // of *[]byte

// Bytes lends bytes to append to: none yet, with room for some.
func Bytes() []byte {
	if b, ok := pool.Get().(*[]byte); ok {
		return (*b)[:0]
	}
	return make([]byte, 0, 128<<10)
}

// Return takes back what Bytes lent, or any other bytes that no one holds. They
// are written over by whoever is next.
func Return(b []byte) {
	if cap(b) >= 4<<10 && cap(b) <= most {
		pool.Put(&b)
	}
}

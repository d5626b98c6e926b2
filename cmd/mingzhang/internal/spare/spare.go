// Package spare lends the bytes in which files are made and takes them back when
// they have been written: a build makes megabytes for each department-year, and
// clearing and collecting new ones each time took longer than filling them.
package spare

import (
	"io"
	"os"
	"slices"
	"sync"
)

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

// Read reads a file into lent bytes.
func Read(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	st, err := f.Stat()
	if err != nil {
		return nil, err
	}
	data := slices.Grow(Bytes(), int(st.Size()))[:st.Size()]
	if _, err := io.ReadFull(f, data); err != nil {
		Return(data)
		return nil, err
	}
	return data, nil
}

package reuse

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strconv"

	"github.com/cespare/xxhash/v2"

	"mingzhang/cmd/mingzhang/internal/spare"
)

// shelfName is the folder of a shelf in the folder that stands beside a target.
const shelfName = "works"

// Shelf keeps what runs know of parts of a site, a file for each. What was put
// under one label cannot be had under another, so that a run only meets what was
// made by its own program under the same settings. Entries may be put and had
// from several goroutines.
type Shelf struct{ dir, label string }

// NewShelf returns the shelf in a folder. label names everything besides an
// entry's own inputs on which entries depend.
func NewShelf(dir, label string) *Shelf { return &Shelf{filepath.Join(dir, shelfName), label} }

// Get returns an entry, in bytes lent by package spare, or nil where there is none
// of this label that is whole.
func (s *Shelf) Get(name string) []byte {
	data, err := spare.Read(s.file(name))
	if err != nil {
		return nil
	}
	sum, body, ok := bytes.Cut(data, []byte("\n"))
	if !ok || string(sum) != s.sum(name, body) {
		spare.Return(data)
		return nil
	}
	return body
}

// Put leaves an entry. Where that cannot be done the next run has more to do.
func (s *Shelf) Put(name string, body []byte) error {
	if err := os.MkdirAll(s.dir, 0o755); err != nil {
		return err
	}
	return writeWhole(s.file(name), []byte(s.sum(name, body)+"\n"), body)
}

// Sweep removes all entries but those with these names.
func (s *Shelf) Sweep(names []string) error {
	keep := map[string]bool{}
	for _, n := range names {
		keep[filepath.Base(s.file(n))] = true
	}
	entries, err := os.ReadDir(s.dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		if !keep[e.Name()] {
			err = errors.Join(err, os.Remove(filepath.Join(s.dir, e.Name())))
		}
	}
	return err
}

// file is where an entry stands: names of parts need not be names of files.
func (s *Shelf) file(name string) string {
	sum := sha256.Sum256([]byte(name))
	return filepath.Join(s.dir, hex.EncodeToString(sum[:16]))
}

// sum tells an entry that is whole, of this name and label, from any other. It is
// there against what happens to files, not against somebody who means harm: who
// may write here may as well write the site itself. A run reads hundreds of
// megabytes of entries, and a digest would take as long as all else about them.
func (s *Shelf) sum(name string, body []byte) string {
	h := xxhash.New()
	for _, words := range []string{s.label, name} {
		_, _ = h.WriteString(strconv.Quote(words)) // which cannot fail
	}
	_, _ = h.Write(body)
	return strconv.FormatUint(h.Sum64(), 16)
}

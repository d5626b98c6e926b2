// Package reuse is what a run leaves behind so that the next one can do less:
// what it looked at, and which published files came of it. It is a memory only.
// A record that is missing, damaged or of another program is as good as none:
// the next run then does everything.
package reuse

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// fileName is the record's name in the folder that stands beside a target.
const fileName = "record"

// Record is the memory of one run.
type Record struct {
	Program  string          // the program and what it was asked to do
	Site     string          // digest of what concerns the whole site
	Manifest string          // digest of the top manifest
	Parts    map[string]Part // by their manifests
	Top      Notes           // of what belongs to no part
	Told     Told
}

// Part is a share of the site that lists its files in a manifest of its own.
type Part struct {
	_        struct{} `cbor:",toarray"`
	Manifest string   // its digest
	Work     string   // digest of what the part was made from
	Notes    Packed   // of the part
}

// Notes are what a run looked at for a part, and what some files of the part were
// made from, by their paths.
type Notes struct {
	Seen []Seen
	Made map[string]Made
}

// Packed is Notes in writing. There are many parts, and most records take most of
// them over from the one before.
type Packed []byte

// Pack writes notes.
func (n Notes) Pack() (Packed, error) { return Encode(n) }

// Notes reads them back.
func (p Packed) Notes() (n Notes, err error) {
	err = Decode(p, &n)
	return n, err
}

// Made is a published file and what it was made from, besides the program and
// what concerns the whole site.
type Made struct {
	_      struct{} `cbor:",toarray"`
	From   string
	SHA256 string
}

// Seen is something in the source folder that the run looked at.
type Seen struct {
	_      struct{} `cbor:",toarray"` // there are many
	Path   string
	Kind   uint8
	SHA256 string // of what was there; empty where nothing was
	Bytes  int64  // of a file; of a folder ofFolder
	Time   int64  // of the last change, nanoseconds since 1970; 0 where it tells nothing
	Names  string // of a folder, see namesOf
}

// Told is what the run said, to be said again when nothing changed.
type Told struct {
	Departments int
	Years       int
	Files       int
	Bytes       int64
	Errors      int
	Warnings    int
	Notes       int
	ZH          string
	EN          string
}

// Fresh reports whether a file that was read is by size and time still the same, or
// a folder that was listed by its time. When it is not, the contents decide.
func (s Seen) Fresh(st fs.FileInfo) bool {
	if s.Time == 0 || st.ModTime().UnixNano() != s.Time {
		return false
	}
	if s.Bytes == ofFolder {
		return st.IsDir()
	}
	return st.Mode().IsRegular() && st.Size() == s.Bytes
}

// Load reads the record of the last run; there is none when it is of no use.
func Load(dir string) *Record {
	data, err := os.ReadFile(filepath.Join(dir, fileName))
	if err != nil {
		return nil
	}
	sum, body, ok := bytes.Cut(data, []byte("\n"))
	if !ok || string(sum) != sumOf(body) {
		return nil
	}
	r := &Record{}
	if Decode(body, r) != nil {
		return nil
	}
	return r
}

// Save leaves the record for the next run.
func (r *Record) Save(dir string) error {
	body, err := Encode(r)
	if err != nil {
		return err
	}
	return writeWhole(filepath.Join(dir, fileName), append([]byte(sumOf(body)+"\n"), body...))
}

// writeWhole puts a file in place at once, so that nobody meets half of it.
func writeWhole(name string, data []byte) error {
	if err := os.WriteFile(name+".part", data, 0o644); err != nil {
		return errors.Join(err, os.Remove(name+".part"))
	}
	return os.Rename(name+".part", name)
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// Package reuse is what a run leaves behind so that the next one can do less:
// what it looked at, and which published files came of it. It is a memory only.
// A record that is missing, damaged or of another program is as good as none:
// the next run then does everything.
package reuse

import "io/fs"

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
	Manifest string // its digest
	Work     string // digest of what the part was made from
	Notes    Packed // of the part
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

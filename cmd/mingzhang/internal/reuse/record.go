// Package reuse is what a run leaves behind so that the next one can do less:
// what it looked at, and which published files came of it. It is a memory only.
// A record that is missing, damaged or of another program is as good as none:
// the next run then does everything.
package reuse

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// fileName is the record's name in the folder that stands beside a target.
const fileName = "record.json"

// Record is the memory of one run.
type Record struct {
	Program  string            `json:"program"`  // the program and what it was asked to do
	Site     string            `json:"site"`     // digest of what concerns the whole site
	Works    map[string]string `json:"works"`    // digest of what a part was made from, by its manifest
	Parts    map[string]string `json:"parts"`    // digest of the part's manifest
	Manifest string            `json:"manifest"` // digest of the top manifest
	Made     map[string]Made   `json:"made"`     // what some files were made from, by their paths
	Seen     []Seen            `json:"seen"`
	Told     Told              `json:"told"`
	Saved    int64             `json:"saved"` // nanoseconds since 1970
}

// Made is a published file and what it was made from, besides the program and
// what concerns the whole site.
type Made struct {
	From   string `json:"from"`
	SHA256 string `json:"sha256"`
}

// Seen is something in the source folder that the run looked at.
type Seen struct {
	Path   string `json:"p"`
	Kind   uint8  `json:"k"`
	SHA256 string `json:"s,omitempty"` // of what was there; empty where nothing was
	Bytes  int64  `json:"b,omitempty"`
	Time   int64  `json:"t,omitempty"` // of the last change, nanoseconds since 1970
}

// Told is what the run said, to be said again when nothing changed.
type Told struct {
	Departments int    `json:"departments"`
	Years       int    `json:"years"`
	Files       int    `json:"files"`
	Bytes       int64  `json:"bytes"`
	Errors      int    `json:"errors"`
	Warnings    int    `json:"warnings"`
	Notes       int    `json:"notes"`
	ZH          string `json:"zh"`
	EN          string `json:"en"`
}

// settled is how old a file's time must have been when the record was saved for
// the time to tell of later changes: clocks of file systems are coarse.
const settled = 2 * time.Second

// Fresh reports whether a file that was seen is by size and time still the same.
// When it is not, its contents decide.
func (r *Record) Fresh(s Seen, st fs.FileInfo) bool {
	t := st.ModTime().UnixNano()
	return st.Mode().IsRegular() && st.Size() == s.Bytes && t == s.Time && t < r.Saved-int64(settled)
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
	if json.Unmarshal(body, r) != nil {
		return nil
	}
	return r
}

// Save leaves the record for the next run.
func (r *Record) Save(dir string) error {
	r.Saved = time.Now().UnixNano()
	body, err := json.Marshal(r)
	if err != nil {
		return err
	}
	data := append([]byte(sumOf(body)+"\n"), body...)
	name := filepath.Join(dir, fileName)
	if err := os.WriteFile(name+".part", data, 0o644); err != nil {
		return errors.Join(err, os.Remove(name+".part"))
	}
	return os.Rename(name+".part", name)
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

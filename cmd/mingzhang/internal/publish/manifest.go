package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
)

// ListName is the manifest of a published folder.
const ListName = "manifest.json"

// Manifest lists the files of a site and the inputs it was made from.
type Manifest struct {
	Program string  `json:"program"`
	Inputs  []Entry `json:"inputs,omitempty"`
	Files   []Entry `json:"files"`
}

// Entry is a file: its slash-separated path, its size and its SHA-256 in
// hexadecimal.
type Entry struct {
	Path   string `json:"path"`
	Bytes  int    `json:"bytes"`
	SHA256 string `json:"sha256"`
}

func entryOf(name string, data []byte) Entry {
	sum := sha256.Sum256(data)
	return Entry{name, len(data), hex.EncodeToString(sum[:])}
}

// ReadManifest parses a manifest.
func ReadManifest(data []byte) (*Manifest, error) {
	m := &Manifest{}
	err := json.Unmarshal(data, m)
	return m, err
}

// Bytes renders the manifest, a file on each line, in the order of paths.
func (m *Manifest) Bytes() []byte {
	byPath := func(a, b Entry) int { return strings.Compare(a.Path, b.Path) }
	slices.SortFunc(m.Inputs, byPath)
	slices.SortFunc(m.Files, byPath)
	var b []byte
	line := func(v any) {
		text, err := json.Marshal(v)
		if err != nil {
			panic(err) // strings and numbers only
		}
		b = append(b, text...)
	}
	list := func(entries []Entry) {
		for i, e := range entries {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(b, '\n')
			line(e)
		}
	}
	b = append(b, `{"program":`...)
	line(m.Program)
	b = append(b, ",\n\"inputs\":["...)
	list(m.Inputs)
	b = append(b, "],\n\"files\":["...)
	list(m.Files)
	return append(b, "]}\n"...)
}

func (s *Staging) manifest() *Manifest {
	m := &Manifest{Program: s.Program, Inputs: s.Inputs}
	for _, e := range s.files {
		m.Files = append(m.Files, e)
	}
	return m
}

package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// ListName is the manifest of a published folder.
const ListName = "manifest.json"

// Manifest lists the files of a site and the inputs it was made from. The top
// manifest also lists the manifests of parts, each of which lists its own.
type Manifest struct {
	Program string  `json:"program,omitempty"`
	Inputs  []Entry `json:"inputs,omitempty"`
	Files   Entries `json:"files"`
	Parts   Entries `json:"parts,omitempty"`
}

// Entry is a file: its slash-separated path, its size and its SHA-256 in
// hexadecimal.
type Entry struct {
	Path   string `json:"path"`
	Bytes  int    `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// EntryOf makes the entry of a file.
func EntryOf(name string, data []byte) Entry {
	sum := sha256.Sum256(data)
	return Entry{name, len(data), hex.EncodeToString(sum[:])}
}

// Matches reports whether data are the file of the entry.
func (e Entry) Matches(data []byte) bool { return EntryOf(e.Path, data) == e }

// ReadManifest parses a manifest.
func ReadManifest(data []byte) (*Manifest, error) {
	m := &Manifest{}
	err := json.Unmarshal(data, m)
	return m, err
}

// ReadManifests reads the top manifest of a published folder and those of its
// parts, in the order in which it lists them: nil for a part that is missing or
// is not the one that is listed.
func ReadManifests(fsys fs.FS) (top *Manifest, parts []*Manifest, err error) {
	data, err := fs.ReadFile(fsys, ListName)
	if err != nil {
		return nil, nil, err
	}
	if top, err = ReadManifest(data); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", ListName, err)
	}
	parts = make([]*Manifest, len(top.Parts))
	for i, e := range top.Parts {
		data, err := fs.ReadFile(fsys, e.Path)
		if err != nil || !e.Matches(data) {
			continue
		}
		if m, err := ReadManifest(data); err == nil {
			parts[i] = m
		}
	}
	return top, parts, nil
}

// ReadTree reads the manifests of a published folder: all its files, the
// manifests of parts among them, in the order of paths. bad names the parts that
// are missing or are not the ones that the top manifest lists.
func ReadTree(fsys fs.FS) (top *Manifest, all Entries, bad []string, err error) {
	top, parts, err := ReadManifests(fsys)
	if err != nil {
		return nil, nil, nil, err
	}
	all = append(all, top.Files...)
	for i, e := range top.Parts {
		if parts[i] == nil {
			bad = append(bad, e.Path)
			continue
		}
		all = append(append(all, e), parts[i].Files...)
	}
	slices.SortFunc(all, byPath)
	return top, all, bad, nil
}

// Entries are what manifests list, in the order of paths. A large site has more
// than a million, which are not held a second time in a map.
type Entries []Entry

// At is the place of a path.
func (l Entries) At(name string) (int, bool) {
	return slices.BinarySearchFunc(l, name, func(e Entry, n string) int { return strings.Compare(e.Path, n) })
}

// Find returns the entry of a path.
func (l Entries) Find(name string) (Entry, bool) {
	i, ok := l.At(name)
	if !ok {
		return Entry{}, false
	}
	return l[i], true
}

func byPath(a, b Entry) int { return strings.Compare(a.Path, b.Path) }

// Bytes renders the manifest, a file on each line, in the order of paths.
func (m *Manifest) Bytes() []byte {
	var b []byte
	line := func(v any) {
		text, err := json.Marshal(v)
		if err != nil {
			panic(err) // strings and numbers only
		}
		b = append(b, text...)
	}
	list := func(name string, entries []Entry, always bool) {
		if len(entries) == 0 && !always {
			return
		}
		if b[len(b)-1] != '{' {
			b = append(b, ",\n"...)
		}
		b = append(b, '"')
		b = append(b, name...)
		b = append(b, `":[`...)
		slices.SortFunc(entries, byPath)
		for i, e := range entries {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(b, '\n')
			line(e)
		}
		b = append(b, ']')
	}
	b = append(b, '{')
	if m.Program != "" {
		b = append(b, `"program":`...)
		line(m.Program)
	}
	list("inputs", m.Inputs, false)
	list("files", m.Files, true)
	list("parts", m.Parts, false)
	return append(b, "}\n"...)
}

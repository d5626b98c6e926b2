package site

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"mingzhang/cmd/mingzhang/internal/dataset"
)

// Input is something that was looked at in the source folder: a file that was
// read, a folder that was listed, or a name that was asked for.
type Input struct {
	_      struct{} `cbor:",toarray"` // there are many
	Path   string
	Kind   InputKind
	Bytes  int    // of a file
	SHA256 string // of a file's bytes, of a folder's names; empty where there was nothing
}

// InputKind is how a path was looked at.
type InputKind uint8

// The kinds of input.
const (
	ReadFile   InputKind = iota // its bytes were read, or it was found missing
	ListFolder                  // its names were listed, or it was found missing
	AskedFor                    // only whether it is there, and whether it is a folder
)

// Missing reports whether nothing was found at the path.
func (in Input) Missing() bool { return in.SHA256 == "" }

// reads is a source folder that remembers what was looked at, what was not
// there included, so that a later change can be traced to those who would see
// it. It is safe for concurrent use.
type reads struct {
	fs.FS
	mu   sync.Mutex
	seen map[inputKey]Input
}

type inputKey struct {
	path string
	kind InputKind
}

func newReads(fsys fs.FS) *reads { return &reads{FS: fsys, seen: map[inputKey]Input{}} }

func (r *reads) note(in Input) {
	r.mu.Lock()
	r.seen[inputKey{in.Path, in.Kind}] = in
	r.mu.Unlock()
}

// ReadFile reads a file and notes its digest.
func (r *reads) ReadFile(name string) ([]byte, error) {
	data, err := fs.ReadFile(r.FS, name)
	r.note(fileInput(name, data, err))
	return data, err
}

// ReadDir lists a folder and notes its names. Names that are none of the site's
// are left out, so that a lock file beside a table changes nothing.
func (r *reads) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := readDir(r.FS, name)
	r.note(folderInput(name, entries, err))
	return entries, err
}

// Stat asks for a path and notes whether it is there.
func (r *reads) Stat(name string) (fs.FileInfo, error) {
	st, err := fs.Stat(r.FS, name)
	r.note(askedInput(name, st, err))
	return st, err
}

func readDir(fsys fs.FS, name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(fsys, name)
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return Ignored(e.Name()) }), err
}

// Ignored reports whether a file name is none of the site's: hidden files, lock
// and backup files of editors and spreadsheet programs.
func Ignored(name string) bool { return dataset.Ignored(name) }

func fileInput(name string, data []byte, err error) Input {
	in := Input{Path: name, Kind: ReadFile}
	switch {
	case err == nil:
		in.Bytes, in.SHA256 = len(data), sumOf(data)
	case !errors.Is(err, fs.ErrNotExist):
		in.SHA256 = "unreadable"
	}
	return in
}

func folderInput(name string, entries []fs.DirEntry, err error) Input {
	in := Input{Path: name, Kind: ListFolder}
	switch {
	case err == nil:
		h := sha256.New()
		for _, e := range entries {
			h.Write([]byte(strconv.Quote(e.Name())))
			if e.IsDir() {
				h.Write([]byte("/"))
			}
		}
		in.SHA256 = hex.EncodeToString(h.Sum(nil))
	case !errors.Is(err, fs.ErrNotExist):
		in.SHA256 = "unreadable"
	}
	return in
}

func askedInput(name string, st fs.FileInfo, err error) Input {
	in := Input{Path: name, Kind: AskedFor}
	switch {
	case err != nil:
	case st.IsDir():
		in.SHA256 = "folder"
	default:
		in.SHA256 = "file"
	}
	return in
}

// get returns what was seen at a path.
func (r *reads) get(path string, kind InputKind) (Input, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	in, ok := r.seen[inputKey{path, kind}]
	return in, ok
}

// all lists what was looked at, in the order of paths.
func (r *reads) all() []Input {
	r.mu.Lock()
	out := slices.Collect(maps.Values(r.seen))
	r.mu.Unlock()
	sortInputs(out)
	return out
}

func sortInputs(list []Input) {
	slices.SortFunc(list, func(a, b Input) int {
		if c := strings.Compare(a.Path, b.Path); c != 0 {
			return c
		}
		return int(a.Kind) - int(b.Kind)
	})
}

// files keeps the files that were read, each once.
func files(list []Input) []Input {
	sortInputs(list)
	list = slices.DeleteFunc(list, func(in Input) bool { return in.Kind != ReadFile || in.Missing() })
	return slices.Compact(list)
}

// digest is one hash over inputs, whatever the order in which they were met.
func digest(list []Input) string {
	list = slices.Clone(list)
	sortInputs(list)
	h := sha256.New()
	for _, in := range list {
		h.Write([]byte(strconv.Quote(in.Path) + " " + strconv.Itoa(int(in.Kind)) + " " + in.SHA256 + "\n"))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Again looks at an input once more and returns what is there now.
func (in Input) Again(fsys fs.FS) Input {
	switch in.Kind {
	case ListFolder:
		entries, err := readDir(fsys, in.Path)
		return folderInput(in.Path, entries, err)
	case AskedFor:
		st, err := fs.Stat(fsys, in.Path)
		return askedInput(in.Path, st, err)
	}
	data, err := fs.ReadFile(fsys, in.Path)
	return fileInput(in.Path, data, err)
}

// sumOf is the SHA-256 of a file in hexadecimal.
func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

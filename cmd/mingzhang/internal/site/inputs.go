package site

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

// Input is a source file that went into a site.
type Input struct {
	Path   string
	Bytes  int
	SHA256 string
}

// recorder is the source folder; it remembers what was read from it.
type recorder struct {
	fs.FS
	mu   sync.Mutex
	read map[string]Input
}

func newRecorder(fsys fs.FS) *recorder { return &recorder{FS: fsys, read: map[string]Input{}} }

// ReadFile reads a file and notes its digest.
func (r *recorder) ReadFile(name string) ([]byte, error) {
	data, err := fs.ReadFile(r.FS, name)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	r.mu.Lock()
	r.read[name] = Input{name, len(data), hex.EncodeToString(sum[:])}
	r.mu.Unlock()
	return data, nil
}

// ReadDir lists a folder.
func (r *recorder) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(r.FS, name) }

// Stat describes a file.
func (r *recorder) Stat(name string) (fs.FileInfo, error) { return fs.Stat(r.FS, name) }

// Inputs lists the source files that were read, in the order of paths.
func (s *Site) Inputs() []Input {
	s.source.mu.Lock()
	defer s.source.mu.Unlock()
	out := make([]Input, 0, len(s.source.read))
	for _, in := range s.source.read {
		out = append(out, in)
	}
	slices.SortFunc(out, func(a, b Input) int { return strings.Compare(a.Path, b.Path) })
	return out
}

package reuse

import (
	"bytes"
	"io/fs"
	"sync"
	"time"
)

// Source is a source folder that notes what a file was like when it was read: the
// size and time of the very file from which the bytes came. What somebody saves
// while a run is under way is thus not taken for what the run has read.
type Source struct {
	fs.FS
	mu    sync.Mutex
	files map[string]stamp
}

type stamp struct{ bytes, time int64 }

// NewSource returns a folder of which nothing was read yet.
func NewSource(fsys fs.FS) *Source { return &Source{FS: fsys, files: map[string]stamp{}} }

// settled is how old a file's time must be when the file is read for the time to
// tell of later changes: clocks of file systems are coarse.
const settled = 2 * time.Second

// ReadFile reads a file and notes what it is like.
func (s *Source) ReadFile(name string) ([]byte, error) {
	f, err := s.FS.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	st, err := f.Stat()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.Grow(int(st.Size()) + bytes.MinRead) // the end is met without growing
	if _, err := b.ReadFrom(f); err != nil {
		return nil, err
	}
	data := b.Bytes()
	old := time.Since(st.ModTime()) > settled
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.files, name)
	if old && st.Mode().IsRegular() && st.Size() == int64(len(data)) {
		s.files[name] = stamp{st.Size(), st.ModTime().UnixNano()}
	}
	return data, nil
}

// ReadDir lists a folder.
func (s *Source) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(s.FS, name) }

// Stat tells what a file is like now.
func (s *Source) Stat(name string) (fs.FileInfo, error) { return fs.Stat(s.FS, name) }

// Note adds what a file was like when it was read, if that can tell of later
// changes.
func (s *Source) Note(seen *Seen) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.files[seen.Path]
	seen.Bytes, seen.Time = at.bytes, at.time
}

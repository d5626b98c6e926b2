package reuse

import (
	"bytes"
	"io/fs"
	"runtime"
	"sync"
	"time"
)

// Source is a source folder that notes what a file was like when it was read: the
// size and time of the very file from which the bytes came. What somebody saves
// while a run is under way is thus not taken for what the run has read. Of folders
// that are listed it notes the time, which changes when a name comes or goes.
type Source struct {
	fs.FS
	mu    sync.Mutex
	like  map[string]stamp
	still map[string]string // the names of folders that are as they were, until they are listed
}

type stamp struct {
	bytes, time int64
	names       string // of a folder, see namesOf
}

// ofFolder stands in place of a size.
const ofFolder = -1

// foldersTell reports whether the time of a folder can be trusted: Windows leaves
// it as it was on drives formatted as FAT, such as sticks.
const foldersTell = runtime.GOOS != "windows"

// NewSource returns a folder of which nothing was read yet.
func NewSource(fsys fs.FS) *Source {
	return &Source{FS: fsys, like: map[string]stamp{}, still: map[string]string{}}
}

// Still says that something is as it was when it was seen, just now. A folder of
// which the names are known is then listed from memory, once: a large source has
// tens of thousands of folders, and each run lists all of them.
func (s *Source) Still(seen Seen) {
	if seen.Names == "" || seen.Bytes != ofFolder {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.still[seen.Path] = seen.Names
	s.like[seen.Path] = stamp{ofFolder, seen.Time, seen.Names}
}

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
	told := time.Since(st.ModTime()) > settled && st.Mode().IsRegular() && st.Size() == int64(len(data))
	s.keep(name, stamp{bytes: st.Size(), time: st.ModTime().UnixNano()}, told)
	return data, nil
}

// ReadDir lists a folder and notes what it was like before.
func (s *Source) ReadDir(name string) ([]fs.DirEntry, error) {
	if names, ok := s.remembered(name); ok {
		return s.entries(name, names), nil
	}
	st, err := fs.Stat(s.FS, name)
	if err != nil {
		return nil, err
	}
	told := foldersTell && time.Since(st.ModTime()) > settled
	entries, err := fs.ReadDir(s.FS, name)
	s.keep(name, stamp{ofFolder, st.ModTime().UnixNano(), namesOf(entries)}, told && err == nil)
	return entries, err
}

// remembered takes the names of a folder that is as it was.
func (s *Source) remembered(name string) (names string, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	names, ok = s.still[name]
	delete(s.still, name)
	return names, ok
}

// keep notes what a path was like, or that this tells nothing. Who looked at it
// twice and met two states has two results: then neither goes by what it was like.
func (s *Source) keep(name string, like stamp, tells bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if was, again := s.like[name]; !tells || again && was != like {
		like = stamp{}
	}
	s.like[name] = like
}

// Stat tells what a file is like now.
func (s *Source) Stat(name string) (fs.FileInfo, error) { return fs.Stat(s.FS, name) }

// Note adds what a file was like when it was read, or a folder when it was listed,
// if that can tell of later changes.
func (s *Source) Note(seen *Seen) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.like[seen.Path]
	seen.Bytes, seen.Time, seen.Names = at.bytes, at.time, at.names
}

package mirror

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Folder is a folder of a web server on this machine or on a mounted disk. Each
// file is written beside its place and then renamed, so that a reader never
// meets half of one.
type Folder struct{ dir string }

// NewFolder makes a store of a folder; it is made when the first file comes.
func NewFolder(dir string) *Folder { return &Folder{dir} }

func (s *Folder) full(name string) string { return filepath.Join(s.dir, filepath.FromSlash(name)) }

const halfWritten = ".mingzhang-part"

// List walks the folder.
func (s *Folder) List(context.Context) (map[string]Object, error) {
	out := map[string]Object{}
	err := filepath.WalkDir(s.dir, func(p string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && p == s.dir {
			return filepath.SkipAll
		}
		if err != nil || d.IsDir() {
			return err
		}
		if strings.HasSuffix(p, halfWritten) {
			return os.Remove(p) // of a copy that was cut off
		}
		rel, err := filepath.Rel(s.dir, p)
		if err != nil {
			return err
		}
		st, err := d.Info()
		if err != nil {
			return err
		}
		name := filepath.ToSlash(rel)
		out[name] = Object{Name: name, Size: st.Size()}
		return nil
	})
	return out, err
}

// Holds compares the file itself.
func (s *Folder) Holds(_ context.Context, o Object, f *File) bool {
	if o.Size != int64(len(f.Data)) {
		return false
	}
	data, err := os.ReadFile(s.full(o.Name))
	return err == nil && bytes.Equal(data, f.Data)
}

// Get reads a file.
func (s *Folder) Get(_ context.Context, name string) ([]byte, error) {
	return os.ReadFile(s.full(name))
}

// Put writes a file.
func (s *Folder) Put(_ context.Context, f *File) error {
	full := s.full(f.Name)
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(full+halfWritten, f.Data, 0o644); err != nil {
		return errors.Join(err, os.Remove(full+halfWritten))
	}
	return os.Rename(full+halfWritten, full)
}

// Remove deletes a file and the folders that become empty.
func (s *Folder) Remove(_ context.Context, name string) error {
	full := s.full(name)
	if err := os.Remove(full); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for dir := filepath.Dir(full); len(dir) > len(s.dir); dir = filepath.Dir(dir) {
		if os.Remove(dir) != nil {
			break // it is not empty
		}
	}
	return nil
}

// Negotiates is true: web servers pick name.gz by themselves.
func (s *Folder) Negotiates() bool { return true }

// Package publish puts a finished site into a folder so that a reader, a crash
// or a cut of power at any moment meets the whole old site or the whole new one.
// It knows nothing of budgets: files in, folder out.
//
// A site is staged in a folder beside its target and then exchanged with it.
// Deleting is left to what an earlier run wrote: a manifest of the site's files,
// each with its SHA-256, stands in the folder itself; files of others are carried
// over, and a folder that holds files and no manifest is refused.
package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// NotOursError is returned for a folder that holds files of others and was not
// written by this program.
type NotOursError struct{ Dir, File string }

func (e *NotOursError) Error() string {
	return fmt.Sprintf("%s holds %s and was not made by mingzhang", e.Dir, e.File)
}

// Staging is a site on its way into a folder. Put may be called from several
// goroutines.
type Staging struct {
	Program string  // what made the site, for the manifest
	Inputs  []Entry // what it was made from, for the manifest

	target  string
	dir     string
	mu      sync.Mutex
	files   map[string]Entry
	folders map[string]bool
	done    bool
}

// Begin prepares a staging folder beside target. It touches nothing else.
func Begin(target string) (*Staging, error) {
	target, err := filepath.Abs(target)
	if err != nil {
		return nil, err
	}
	if err := owned(target); err != nil {
		return nil, err
	}
	parent := filepath.Dir(target)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return nil, err
	}
	removeLeftovers(target)
	dir, err := os.MkdirTemp(parent, stagingPrefix(target)+"*")
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		return nil, err
	}
	return &Staging{target: target, dir: dir, files: map[string]Entry{}, folders: map[string]bool{}}, nil
}

func stagingPrefix(target string) string { return "." + filepath.Base(target) + "-staging-" }

// removeLeftovers deletes staging folders that a killed run left behind.
func removeLeftovers(target string) {
	old, err := filepath.Glob(filepath.Join(filepath.Dir(target), stagingPrefix(target)+"*"))
	if err != nil {
		return // the pattern is ours; nothing to report
	}
	for _, dir := range old {
		_ = os.RemoveAll(dir)
	}
}

// owned refuses a folder that holds files and no list of ours. Hidden files,
// such as a .gitignore, are nobody's site.
func owned(target string) error {
	entries, err := os.ReadDir(target)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(target, ListName)); err == nil {
		return nil
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			return &NotOursError{target, e.Name()}
		}
	}
	return nil
}

// Put writes a file of the site.
func (s *Staging) Put(name string, data []byte) error {
	if !fs.ValidPath(name) || name == "." {
		return fmt.Errorf("publish: bad path %q", name)
	}
	full := filepath.Join(s.dir, filepath.FromSlash(name))
	if err := s.folder(filepath.Dir(full)); err != nil {
		return err
	}
	s.mu.Lock()
	if _, twice := s.files[name]; twice {
		s.mu.Unlock()
		return fmt.Errorf("publish: %s is written twice", name)
	}
	s.files[name] = entryOf(name, data)
	s.mu.Unlock()
	return os.WriteFile(full, data, 0o644)
}

// Get returns a file that was put before.
func (s *Staging) Get(name string) ([]byte, error) {
	if !fs.ValidPath(name) {
		return nil, fmt.Errorf("publish: bad path %q", name)
	}
	return os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(name)))
}

// folder makes a folder unless it is known to be there. It is known only once it
// is made: files are written from several goroutines.
func (s *Staging) folder(dir string) error {
	s.mu.Lock()
	known := s.folders[dir]
	s.mu.Unlock()
	if known {
		return nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	s.mu.Lock()
	s.folders[dir] = true
	s.mu.Unlock()
	return nil
}

// Abort throws the staged site away.
func (s *Staging) Abort() {
	if !s.done {
		s.done = true
		_ = os.RemoveAll(s.dir)
	}
}

// Commit puts the staged site in place of the old one.
func (s *Staging) Commit() error {
	if err := s.carryOver(); err != nil {
		s.Abort()
		return err
	}
	if err := os.WriteFile(filepath.Join(s.dir, ListName), s.manifest().Bytes(), 0o644); err != nil {
		s.Abort()
		return err
	}
	if err := swap(s.dir, s.target); err != nil {
		s.Abort()
		return err
	}
	s.done = true
	// What is left in the staging folder is the old site.
	return os.RemoveAll(s.dir)
}

// carryOver moves along what others have put into the folder.
func (s *Staging) carryOver() error {
	ours := map[string]bool{ListName: true}
	if data, err := os.ReadFile(filepath.Join(s.target, ListName)); err == nil {
		m, err := ReadManifest(data)
		if err != nil {
			return fmt.Errorf("%s: %w", filepath.Join(s.target, ListName), err)
		}
		for _, f := range m.Files {
			ours[f.Path] = true
		}
	}
	return filepath.WalkDir(s.target, func(p string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && p == s.target {
			return filepath.SkipAll
		}
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(s.target, p)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(rel)
		if _, new := s.files[name]; new || ours[name] {
			return nil
		}
		to := filepath.Join(s.dir, rel)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		if err := os.Link(p, to); err == nil {
			return nil
		}
		data, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		return os.WriteFile(to, data, 0o644)
	})
}

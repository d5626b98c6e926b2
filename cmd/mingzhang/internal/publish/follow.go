package publish

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"mingzhang/cmd/mingzhang/internal/crew"
)

// follow makes the second tree the site that has just been published, so that the
// next run finds it ready and the files of the old site do not fill the disk. It
// reports whether the trees are the same now; where they are not, the next run
// does what is left.
func (s *Staging) follow(c change) bool {
	if s.copied.Load() || !s.linkable() {
		return false // a second copy of every file would be no gain
	}
	clear(s.folders) // those of the second tree are others now
	if _, err := os.Lstat(filepath.Join(s.next(), ListName)); err == nil && c.differ != nil {
		return s.amend(c.differ, true) == nil
	}
	s.stirred = nil // of this tree all is new
	return s.relink() == nil
}

// linkable reports whether the target's file system has hard links.
func (s *Staging) linkable() bool {
	probe := filepath.Join(s.state, "probe")
	_ = os.Remove(probe) // of a run that was killed
	return os.Link(filepath.Join(s.target, ListName), probe) == nil && os.Remove(probe) == nil
}

// relink makes the second tree anew from links to the published files. Its
// manifest comes last: only a whole tree has it.
func (s *Staging) relink() error {
	if err := os.MkdirAll(s.next(), 0o755); err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(s.next(), ListName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	was, err := os.ReadDir(s.next())
	if err != nil {
		return err
	}
	if err := crew.Each(was, func(e fs.DirEntry) error { return os.RemoveAll(filepath.Join(s.next(), e.Name())) }); err != nil {
		return err
	}
	is, err := os.ReadDir(s.target)
	if err != nil {
		return err
	}
	err = crew.Each(is, func(e fs.DirEntry) error {
		return walk(filepath.Join(s.target, e.Name()), func(name string) error {
			if name = path.Join(e.Name(), name); name == ListName {
				return nil
			}
			return s.place(name, false, false)
		})
	})
	if err != nil {
		return err
	}
	return s.place(ListName, false, false)
}

package publish

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"mingzhang/cmd/mingzhang/internal/crew"
)

// prepare makes the next tree: fresh files of this run, published files that
// stay, and what others put into the folder.
func (s *Staging) prepare(theirs []string) error {
	// A second tree counts only while it has its manifest. Without it, it was cut
	// short in being made, and its files may be of any run.
	manifest := filepath.Join(s.next(), ListName)
	_, err := os.Lstat(manifest)
	second := err == nil && s.old != nil
	if second {
		if err := os.Remove(manifest); err != nil {
			return err
		}
	} else {
		if err := os.RemoveAll(s.next()); err != nil {
			return err
		}
		if err := os.Rename(s.fresh(), s.next()); err != nil {
			return err
		}
	}
	if err := crew.Each(s.partNames(), func(part string) error { return s.placePart(part, second) }); err != nil {
		return err
	}
	if err := crew.Each(theirs, func(name string) error { return s.place(name, false, second) }); err != nil {
		return err
	}
	if second {
		if err := s.sweep(theirs); err != nil {
			return err
		}
	}
	return s.place(ListName, true, second) // only a whole tree has it
}

// placePart brings the files of a part into the next tree.
func (s *Staging) placePart(part string, second bool) error {
	if end := s.ended[part]; end != nil && end.outcome.Kept == 0 && !second {
		return nil // all are there already
	}
	files, err := s.files(part)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(files)) { // neighbours stand in one folder
		if name == ListName {
			continue
		}
		if err := s.place(name, files[name].fresh, second); err != nil {
			return err
		}
	}
	return nil
}

// place brings one file into the next tree. second tells that the tree may hold
// an older file of that name; fresh files are moved there only then.
func (s *Staging) place(name string, fresh, second bool) error {
	local := filepath.FromSlash(name)
	to := filepath.Join(s.next(), local)
	if fresh && !second {
		return nil // it is there already
	}
	if err := s.folder(filepath.Dir(to)); err != nil {
		return err
	}
	from := filepath.Join(s.target, local)
	if fresh {
		return os.Rename(filepath.Join(s.fresh(), local), to)
	}
	if second {
		if same, err := sameFile(from, to); err != nil || same {
			return err
		}
		if err := os.Remove(to); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if err := os.Link(from, to); err == nil {
		return nil
	}
	s.copied.Store(true)
	return copyFile(from, to)
}

func sameFile(a, b string) (bool, error) {
	x, err := os.Lstat(a)
	if err != nil {
		return false, err
	}
	y, err := os.Lstat(b)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && os.SameFile(x, y), err
}

// copyFile is for file systems without hard links; the copy keeps the time.
func copyFile(from, to string) error {
	st, err := os.Stat(from)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if old, err := os.ReadFile(to); err == nil && bytes.Equal(old, data) {
		return nil
	}
	if err := os.WriteFile(to, data, st.Mode().Perm()); err != nil {
		return err
	}
	return os.Chtimes(to, st.ModTime(), st.ModTime())
}

// sweep removes from the second tree what is neither of the new site nor of
// others, and folders that became empty.
func (s *Staging) sweep(theirs []string) error {
	carried := map[string]bool{ListName: true}
	for _, name := range theirs {
		carried[name] = true
	}
	now := &listing{staging: s}
	return walk(s.next(), func(name string) error {
		if _, ok, err := now.find(name); ok || err != nil || carried[name] {
			return err
		}
		return s.drop(name)
	})
}

// drop removes a file from the second tree, and folders that became empty.
func (s *Staging) drop(name string) error {
	full := filepath.Join(s.next(), filepath.FromSlash(name))
	if err := os.Remove(full); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for dir := filepath.Dir(full); len(dir) > len(s.next()); dir = filepath.Dir(dir) {
		if os.Remove(dir) != nil {
			break // it is not empty
		}
	}
	return nil
}

// walk visits the files of a tree, whatever they are, by slash-separated names.
func walk(root string, visit func(name string) error) error {
	return filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		return visit(filepath.ToSlash(rel))
	})
}

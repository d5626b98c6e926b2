package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// swap puts the tree next in the place of target, and the old tree in its place.
// Where the system can exchange two names at once, no moment is without a site;
// elsewhere the old site steps aside first, and a failure puts it back.
func swap(next, aside, target string) error {
	if _, err := os.Lstat(target); errors.Is(err, fs.ErrNotExist) {
		return os.Rename(next, target)
	}
	if err := exchange(next, target); !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	if err := os.RemoveAll(aside); err != nil {
		return err
	}
	if err := os.Rename(target, aside); err != nil {
		return err
	}
	if err := os.Rename(next, target); err != nil {
		return errors.Join(err, os.Rename(aside, target))
	}
	return os.Rename(aside, next)
}

// recoverSwap mends a swap that was killed between its renames.
func recoverSwap(next, aside, target string) error {
	if _, err := os.Lstat(aside); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if _, err := os.Lstat(target); err == nil {
		// The new site is in place; only the old one's last rename is missing.
		return os.RemoveAll(aside)
	}
	if _, err := os.Lstat(filepath.Join(next, ListName)); err == nil {
		if err := os.Rename(next, target); err != nil {
			return err
		}
		return os.RemoveAll(aside)
	}
	return os.Rename(aside, target)
}

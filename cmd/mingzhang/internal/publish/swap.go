package publish

import (
	"errors"
	"io/fs"
	"os"
)

// swap puts the folder staged in the place of target. Where the system can
// exchange two names at once, no moment is without a site; elsewhere the old
// site steps aside first, and a failure puts it back.
func swap(staged, target string) error {
	if _, err := os.Lstat(target); errors.Is(err, fs.ErrNotExist) {
		return os.Rename(staged, target)
	}
	if err := exchange(staged, target); !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	aside := staged + "-old"
	if err := os.Rename(target, aside); err != nil {
		return err
	}
	if err := os.Rename(staged, target); err != nil {
		return errors.Join(err, os.Rename(aside, target))
	}
	return os.RemoveAll(aside)
}

package publish

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// exchange swaps two names in one step.
func exchange(a, b string) error {
	err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, unix.EINVAL), errors.Is(err, unix.ENOSYS), errors.Is(err, unix.ENOTSUP):
		return errors.ErrUnsupported
	}
	return &os.LinkError{Op: "exchange", Old: a, New: b, Err: err}
}

// settle brings a tree to the disk before it is shown, so that a cut of power
// after the exchange does not leave empty files. One call for the whole file
// system is far cheaper than one for each file.
func settle(tree string) error {
	dir, err := os.Open(tree)
	if err != nil {
		return err
	}
	err = unix.Syncfs(int(dir.Fd()))
	if errors.Is(err, unix.ENOSYS) {
		err = nil
	}
	return errors.Join(err, dir.Close())
}

// hasten begins to bring a large file to the disk, without waiting for it, while
// other files are made: settle then has less to wait for. Where that cannot be
// done settle does all.
func hasten(f *os.File) {
	_ = unix.SyncFileRange(int(f.Fd()), 0, 0, unix.SYNC_FILE_RANGE_WRITE)
}

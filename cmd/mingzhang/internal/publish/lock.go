package publish

import (
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// Lock keeps builds away from a published folder while it is read, and tells
// when one is under way. Where the folder beside it cannot be written no build
// can run either, and nothing is locked.
func Lock(target string) (release func(), err error) {
	state := StateDir(target)
	if os.MkdirAll(state, 0o755) != nil {
		return func() {}, nil
	}
	lock := flock.New(filepath.Join(state, "lock"))
	got, err := lock.TryLock()
	switch {
	case err != nil:
		return func() {}, nil
	case !got:
		return nil, ErrLocked
	}
	return func() { _ = lock.Close() }, nil
}

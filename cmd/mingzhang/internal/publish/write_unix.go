//go:build unix

package publish

import (
	"errors"
	"io"
	"io/fs"

	"golang.org/x/sys/unix"
)

// writeFile is os.WriteFile with the three calls that it takes. A file of the os
// package is first asked for its flags and offered to the poller, which takes no
// files of a disk: a fifth of the time for each of a million files.
func writeFile(name string, data []byte) error {
	fd, err := again(func() (int, error) {
		return unix.Open(name, unix.O_WRONLY|unix.O_CREAT|unix.O_TRUNC|unix.O_CLOEXEC, 0o644)
	})
	if err != nil {
		return &fs.PathError{Op: "open", Path: name, Err: err}
	}
	for len(data) > 0 && err == nil {
		var n int
		if n, err = again(func() (int, error) { return unix.Write(fd, data) }); n == 0 && err == nil {
			err = io.ErrShortWrite // else it would be tried for ever
		}
		data = data[max(n, 0):]
	}
	if err != nil {
		err = &fs.PathError{Op: "write", Path: name, Err: err}
	}
	if closed := unix.Close(fd); err == nil && closed != nil && !errors.Is(closed, unix.EINTR) { // which has closed it
		err = &fs.PathError{Op: "close", Path: name, Err: closed}
	}
	return err
}

// again makes a call until no signal comes between.
func again(call func() (int, error)) (int, error) {
	for {
		n, err := call()
		if !errors.Is(err, unix.EINTR) {
			return n, err
		}
	}
}

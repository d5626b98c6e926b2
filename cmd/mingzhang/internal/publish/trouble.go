package publish

import (
	"errors"
	"io/fs"
	"runtime"
	"syscall"
)

// Trouble is why a folder could not be written, as far as a person can mend it.
type Trouble int

// The troubles.
const (
	OtherTrouble Trouble = iota
	DiskFull
	ReadOnly
	NotPermitted
	MountPoint // the folder itself cannot be renamed
)

// windowsDiskFull is ERROR_DISK_FULL, which Windows reports instead of ENOSPC.
const windowsDiskFull = syscall.Errno(112)

// TroubleOf tells what an error is about.
func TroubleOf(err error) Trouble {
	var number syscall.Errno
	errors.As(err, &number)
	switch {
	case number == syscall.ENOSPC, number == syscall.EDQUOT, number == windowsDiskFull && onWindows:
		return DiskFull
	case number == syscall.EROFS:
		return ReadOnly
	case number == syscall.EBUSY:
		return MountPoint
	case errors.Is(err, fs.ErrPermission):
		return NotPermitted
	}
	return OtherTrouble
}

const onWindows = runtime.GOOS == "windows"

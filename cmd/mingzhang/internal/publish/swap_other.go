//go:build !linux

package publish

import (
	"errors"
	"os"
)

// exchange is not to be had on this system.
func exchange(_, _ string) error { return errors.ErrUnsupported }

// settle is not to be had for a whole tree on this system.
func settle(string) error { return nil }

// hasten is not to be had either.
func hasten(*os.File) {}

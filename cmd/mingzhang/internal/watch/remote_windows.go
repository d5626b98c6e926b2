package watch

import (
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// onNetworkDrive reports whether a folder lies on a network drive, from which events
// are not to be relied on.
func onNetworkDrive(folder string) bool {
	full, err := filepath.Abs(folder)
	if err != nil {
		return false
	}
	if strings.HasPrefix(full, `\\`) {
		return true
	}
	root, err := windows.UTF16PtrFromString(filepath.VolumeName(full) + `\`)
	return err == nil && windows.GetDriveType(root) == windows.DRIVE_REMOTE
}

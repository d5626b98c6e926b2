//go:build !linux && !windows

package watch

// onNetworkDrive reports whether a folder lies on a network drive; here that is not
// known, and polling has to be asked for.
func onNetworkDrive(string) bool { return false }

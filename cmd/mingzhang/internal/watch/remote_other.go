//go:build !linux && !windows

package watch

// remote reports whether a folder lies on a network drive; here that is not
// known, and polling has to be asked for.
func remote(string) bool { return false }

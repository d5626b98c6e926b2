package publish

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// small mounts a file system of a few pages, which only root can do.
func small(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := unix.Mount("mingzhang-test", dir, "tmpfs", 0, "size=256k"); err != nil {
		t.Skipf("cannot mount a small file system: %v", err)
	}
	t.Cleanup(func() { _ = unix.Unmount(dir, unix.MNT_DETACH) })
	return dir
}

func publishError(out string, files map[string][]byte) error {
	s, err := Begin(out)
	if err != nil {
		return err
	}
	defer s.Abort()
	for n, data := range files {
		if err := s.Put(n, data); err != nil {
			return err
		}
	}
	_, err = s.Commit()
	return err
}

func TestAFullDiskLeavesTheOldSite(t *testing.T) {
	out := filepath.Join(small(t), "public")
	publishAll(t, out, map[string]string{"index.html": "one"})
	err := publishError(out, map[string][]byte{"index.html": make([]byte, 1<<20)})
	if TroubleOf(err) != DiskFull {
		t.Errorf("a full disk: %v", err)
	}
	if got := read(t, filepath.Join(out, "index.html")); got != "one" {
		t.Errorf("the site holds %q", got)
	}
	publishAll(t, out, map[string]string{"index.html": "two"}) // what was half written is gone
	whole(t, out)
}

func TestAReadOnlyFolderLeavesTheOldSite(t *testing.T) {
	dir := small(t)
	out := filepath.Join(dir, "public")
	publishAll(t, out, map[string]string{"index.html": "one"})
	if err := unix.Mount("", dir, "", unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil {
		t.Skipf("cannot make it read-only: %v", err)
	}
	if err := publishError(out, map[string][]byte{"index.html": []byte("two")}); TroubleOf(err) != ReadOnly {
		t.Errorf("a read-only folder: %v", err)
	}
	if got := read(t, filepath.Join(out, "index.html")); got != "one" {
		t.Errorf("the site holds %q", got)
	}
}

func TestAMountPointCannotBeSwapped(t *testing.T) {
	out := small(t)
	publish := func() error { return publishError(out, map[string][]byte{"index.html": []byte("one")}) }
	if err := publish(); TroubleOf(err) != MountPoint && TroubleOf(err) != OtherTrouble {
		t.Errorf("a mount point: %v", err)
	}
	if entries, err := os.ReadDir(out); err != nil || len(entries) > 0 {
		t.Errorf("the mount holds %v, %v", entries, err)
	}
}

func TestLostPermissionLeavesTheOldSite(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write anywhere")
	}
	out := filepath.Join(t.TempDir(), "public")
	publishAll(t, out, map[string]string{"index.html": "one"})
	if err := os.Chmod(StateDir(out), 0o555); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = os.Chmod(StateDir(out), 0o755) }()
	if err := publishError(out, map[string][]byte{"index.html": []byte("two")}); TroubleOf(err) != NotPermitted {
		t.Errorf("a folder without permission: %v", err)
	}
	if got := read(t, filepath.Join(out, "index.html")); got != "one" {
		t.Errorf("the site holds %q", got)
	}
}

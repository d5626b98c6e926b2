package watch

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestTheKindOfADevice(t *testing.T) {
	const mounts = `24 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
60 24 8:17 / /media/disk\040one rw,nosuid shared:30 - fuseblk /dev/sdb1 rw,user_id=0
61 24 0:52 / /home/u/share rw,nosuid - fuse.sshfs u@h:/srv rw,user_id=0
`
	for _, c := range []struct {
		major, minor uint32
		want         string
	}{{8, 2, "ext4"}, {8, 17, "fuseblk"}, {0, 52, "fuse.sshfs"}, {0, 5, ""}} {
		if got := kindOf(strings.NewReader(mounts), c.major, c.minor); got != c.want {
			t.Errorf("%d:%d is %q, want %q", c.major, c.minor, got, c.want)
		}
	}
}

// A folder that is seen through a program, as with sshfs, and is changed behind its
// back: the system tells nothing of that.
func TestAFolderBehindAProgramIsFollowed(t *testing.T) {
	program, err := exec.LookPath("bindfs")
	if err != nil {
		t.Skip("bindfs is not installed")
	}
	far, near := t.TempDir(), t.TempDir()
	const name = "data/2024/huoli/income.csv"
	full := filepath.Join(far, name)
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte("一,2\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if text, err := exec.Command(program, "--no-allow-other", far, near).CombinedOutput(); err != nil {
		t.Skipf("cannot mount here: %v %s", err, text)
	}
	t.Cleanup(func() {
		if exec.Command("fusermount3", "-u", near).Run() != nil && exec.Command("fusermount", "-u", near).Run() != nil {
			_ = exec.Command("umount", near).Run() // else the folder stays mounted, and the next cleaning fails
		}
	})
	w, err := Start(t.Context(), near, Options{Roots: []string{"data"}, Every: 100 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	if w.Why != NetworkDrive {
		t.Errorf("polled because %q", w.Why)
	}
	for _, text := range []string{"一,33\n", "一,34\n"} {
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		select {
		case got := <-w.Changes:
			if !slices.Equal(got, []string{name}) {
				t.Errorf("told %q", got)
			}
		case <-time.After(20 * time.Second):
			t.Fatal("nothing was told")
		}
	}
}

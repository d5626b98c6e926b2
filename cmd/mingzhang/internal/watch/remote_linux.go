package watch

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// File systems of guests of virtual machines, which golang.org/x/sys does not name.
const (
	vboxsfMagic = 0x786f4256
	hgfsMagic   = 0xbacbacbc
	prlfsMagic  = 0x7c7c6673
)

// onNetworkDrive reports whether a folder lies on a file system that another
// machine may change without the system telling us.
func onNetworkDrive(folder string) bool {
	var st unix.Statfs_t
	if unix.Statfs(folder, &st) != nil {
		return false
	}
	switch uint32(st.Type) {
	case unix.NFS_SUPER_MAGIC, unix.SMB_SUPER_MAGIC, unix.SMB2_SUPER_MAGIC, unix.CIFS_SUPER_MAGIC,
		unix.CODA_SUPER_MAGIC, unix.AFS_SUPER_MAGIC, unix.V9FS_MAGIC, unix.CEPH_SUPER_MAGIC,
		vboxsfMagic, hgfsMagic, prlfsMagic:
		return true
	case unix.FUSE_SUPER_MAGIC: // sshfs, WebDAV, the shares of a desktop: programs that tell no changes
		return !isDisk(folder)
	}
	return false
}

// isDisk reports whether a folder that a program serves as a file system lies on a
// disk of this machine, as with NTFS: then nobody else changes it.
func isDisk(folder string) bool {
	var st unix.Stat_t
	if unix.Stat(folder, &st) != nil {
		return false
	}
	mounts, err := os.Open("/proc/self/mountinfo")
	if err != nil {
		return false
	}
	defer func() { _ = mounts.Close() }() // it was only read
	return kindOf(mounts, unix.Major(st.Dev), unix.Minor(st.Dev)) == "fuseblk"
}

// kindOf finds the kind of file system of a device in the list of what is mounted.
func kindOf(mounts io.Reader, major, minor uint32) string {
	device := fmt.Sprintf("%d:%d", major, minor)
	for lines := bufio.NewScanner(mounts); lines.Scan(); {
		mount, kind, _ := strings.Cut(lines.Text(), " - ")
		if parts := strings.Fields(mount); len(parts) > 2 && parts[2] == device {
			kind, _, _ = strings.Cut(kind, " ")
			return kind
		}
	}
	return ""
}

package publish

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Stream takes a file of the site piece by piece, for one that is too large to be
// in memory, and returns its size.
func (s *Staging) Stream(name string, write func(io.Writer) error) (int64, error) {
	if !fs.ValidPath(name) || name == "." {
		return 0, fmt.Errorf("publish: bad path %q", name)
	}
	local := filepath.FromSlash(name)
	full := filepath.Join(s.fresh(), local)
	if err := s.folder(filepath.Dir(full)); err != nil {
		return 0, err
	}
	f, err := os.OpenFile(full, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return 0, err
	}
	h, size := sha256.New(), counter(0)
	b := bufio.NewWriterSize(io.MultiWriter(f, h, &size), 1<<16)
	err = errors.Join(write(b), b.Flush())
	hasten(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return int64(size), err
	}
	e := placed{Entry{name, int(size), hex.EncodeToString(h.Sum(nil))}, true}
	if s.old != nil && sameBytes(filepath.Join(s.target, local), full) {
		e.fresh = false
		if err := os.Remove(full); err != nil {
			return int64(size), err
		}
	}
	return int64(size), s.enter(s.listOf(name), e)
}

// counter counts the bytes that are written to it.
type counter int64

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}

// sameBytes reports whether two files hold the same.
func sameBytes(a, b string) bool {
	x, err := os.Open(a)
	if err != nil {
		return false
	}
	defer func() { _ = x.Close() }() // it was only read
	y, err := os.Open(b)
	if err != nil {
		return false
	}
	defer func() { _ = y.Close() }()
	if s, err := x.Stat(); err != nil || !s.Mode().IsRegular() {
		return false
	} else if t, err := y.Stat(); err != nil || s.Size() != t.Size() {
		return false
	}
	var p, q [1 << 16]byte
	for {
		n, err := io.ReadFull(x, p[:])
		m, again := io.ReadFull(y, q[:])
		if n != m || !bytes.Equal(p[:n], q[:m]) {
			return false
		}
		if err != nil || again != nil {
			return err == again && (err == io.EOF || err == io.ErrUnexpectedEOF)
		}
	}
}

package publish

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestAFileIsWrittenAsTheLibraryWritesIt(t *testing.T) {
	dir := t.TempDir()
	for _, data := range [][]byte{nil, []byte("a"), bytes.Repeat([]byte("0123456789"), 1<<20), []byte("shorter")} {
		ours, theirs := filepath.Join(dir, "ours"), filepath.Join(dir, "theirs")
		if err := errors.Join(writeFile(ours, data), os.WriteFile(theirs, data, 0o644)); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(ours)
		if err != nil || !bytes.Equal(got, data) {
			t.Errorf("%d bytes of %d, %v", len(got), len(data), err)
		}
		a, err1 := os.Stat(ours)
		b, err2 := os.Stat(theirs)
		if err := errors.Join(err1, err2); err != nil || a.Mode() != b.Mode() {
			t.Errorf("%v, %v, %v", a.Mode(), b.Mode(), err)
		}
	}
	for _, name := range []string{filepath.Join(dir, "no", "folder"), dir} {
		ours, theirs := writeFile(name, nil), os.WriteFile(name, nil, 0o644)
		var path *fs.PathError
		if !errors.As(ours, &path) || ours.Error() != theirs.Error() {
			t.Errorf("%v; the library says %v", ours, theirs)
		}
	}
}

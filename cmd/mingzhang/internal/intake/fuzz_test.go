package intake

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/statement"
)

// No file makes an import panic or hang, and what it cannot read it says.
func FuzzRead(f *testing.F) {
	for _, pattern := range []string{"../table/testdata/messy/*.csv", "../../testdata/realdata/*/*.csv"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			f.Fatal("no seed files", err)
		}
		for _, name := range files {
			data, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(filepath.Base(name), data)
		}
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		name = filepath.Base(filepath.ToSlash(name)) + ".csv"
		fsys := fstest.MapFS{name: {Data: data}}
		if _, err := fsys.ReadFile(name); err != nil {
			t.Skip("no name for a file")
		}
		r := Read(fsys, []string{name}, statement.Builtin(), &fiscal.Department{Slug: "aju", Name: "示例局"}, 2024)
		if len(r.Understood) == 0 && len(r.Findings) == 0 {
			t.Error("nothing understood and nothing said")
		}
	})
}

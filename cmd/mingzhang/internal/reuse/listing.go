package reuse

import (
	"io/fs"
	"path"
	"strings"
)

// namesOf is what a folder holds, to be remembered: names in their order, that of
// a folder with a slash behind it, each ended by a zero byte, which no name has.
// It is empty for an empty folder, and for one that holds something other than
// files and folders, such as a link: these are listed each time.
func namesOf(entries []fs.DirEntry) string {
	var b strings.Builder
	for _, e := range entries {
		b.WriteString(e.Name())
		switch e.Type() {
		case 0:
		case fs.ModeDir:
			b.WriteByte('/')
		default:
			return ""
		}
		b.WriteByte(0)
	}
	return b.String()
}

// entries reads what namesOf wrote.
func (s *Source) entries(dir, names string) []fs.DirEntry {
	out := make([]fs.DirEntry, 0, strings.Count(names, "\x00"))
	for name := range strings.SplitSeq(strings.TrimSuffix(names, "\x00"), "\x00") {
		name, folder := strings.CutSuffix(name, "/")
		out = append(out, &entry{s.FS, dir, name, folder})
	}
	return out
}

// entry is a name in a folder that was not listed anew.
type entry struct {
	fsys      fs.FS
	dir, name string
	folder    bool
}

func (e *entry) Name() string { return e.name }

func (e *entry) IsDir() bool { return e.folder }

func (e *entry) Type() fs.FileMode {
	if e.folder {
		return fs.ModeDir
	}
	return 0
}

// Info tells what is there now.
func (e *entry) Info() (fs.FileInfo, error) { return fs.Stat(e.fsys, path.Join(e.dir, e.name)) }

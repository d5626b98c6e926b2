package mirror

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"mingzhang/cmd/mingzhang/internal/publish"
)

// localFile is a file of the published folder.
type localFile struct {
	name    string
	entry   *publish.Entry // nil for one that is not listed, such as the top manifest
	touched bool           // it may have been changed since it was published
}

// local lists the files of the published folder; hidden ones stay at home. What its
// manifests list is noted in the plan.
func (p *Plan) local() ([]localFile, error) {
	top, err := fs.ReadFile(p.source, publish.ListName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &BrokenError{publish.ListName}
	}
	if err != nil {
		return nil, err
	}
	p.whole = p.marking(top)
	st, err := fs.Stat(p.source, publish.ListName) // which is written last
	if err != nil {
		return nil, err
	}
	_, all, bad, err := publish.ReadTree(p.source)
	if err != nil {
		return nil, err
	}
	if len(bad) > 0 {
		return nil, &BrokenError{bad[0]}
	}
	p.own = all
	files := make([]localFile, 0, len(all)+1)
	found := make([]bool, len(all))
	err = fs.WalkDir(p.source, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name != "." && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
		case !d.IsDir():
			is, err := d.Info()
			if err != nil {
				return err
			}
			f := localFile{name: name}
			if i, ok := p.own.At(name); ok {
				f.entry, f.name, found[i] = &p.own[i], p.own[i].Path, true
				f.touched = is.ModTime().After(st.ModTime()) || is.Size() != int64(f.entry.Bytes)
			}
			files = append(files, f)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if i := slices.Index(found, false); i >= 0 {
		return nil, &BrokenError{p.own[i].Path}
	}
	return files, nil
}

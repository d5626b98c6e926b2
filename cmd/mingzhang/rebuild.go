package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"sync"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/publish"
	"mingzhang/cmd/mingzhang/internal/site"
)

// digests is a site that is made and not written: of each file only its digest
// is kept. What came out as it is published is had from there.
type digests struct {
	published fs.FS
	again     site.Made // for the rest
	mu        sync.Mutex
	files     map[string]publish.Entry
}

func (d *digests) Put(name string, data []byte) error {
	e := publish.EntryOf(name, data)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.files[name] = e
	return nil
}

// Sum is the digest of a file that was made.
func (d *digests) Sum(name string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.files[name].SHA256
}

// Get returns a file that was made, for the long tables.
func (d *digests) Get(name string) ([]byte, error) {
	d.mu.Lock()
	e := d.files[name]
	d.mu.Unlock()
	if data, err := fs.ReadFile(d.published, name); err == nil && e.Matches(data) {
		return data, nil
	}
	return d.again(name)
}

// rebuild makes the site once more from the source folder, without writing it,
// and compares every file with the published one.
func (a *app) rebuild(dir string) error {
	fsys := os.DirFS(dir)
	top, published, bad, err := publish.ReadTree(fsys)
	if errors.Is(err, fs.ErrNotExist) {
		return usageError(lang.Sprintf(lang.Text{ZH: "「%s」不是明账生成的网站：里面没有 manifest.json", EN: "%s is no site made by mingzhang: there is no manifest.json"}, dir))
	}
	if err != nil {
		return ioError(err)
	}
	s, list, err := a.open()
	if err != nil {
		return err
	}
	made := &digests{published: fsys, again: s.Remake, files: map[string]publish.Entry{}}
	_, more, err := s.Build(made)
	if err != nil {
		return ioError(err)
	}
	list.Add(more...)
	if list.HasErrors() {
		if err := a.tell(a.err, loud(list), false); err != nil {
			return err
		}
		return &exitError{status: exitFindings}
	}
	lists := append(slices.Clone(bad), publish.ListName)
	for _, e := range top.Parts {
		lists = append(lists, e.Path)
	}
	return a.compare(fsys, top.Program, lists, published, made.files, list)
}

// compare holds the published files against those made again. lists are the
// manifests, which a rebuild does not make.
func (a *app) compare(fsys fs.FS, program string, lists []string, published []publish.Entry, made map[string]publish.Entry, list diag.List) error {
	differ, same := 0, 0
	tell := func(name, zh, en string) {
		differ++
		if differ <= manyFailures {
			fmt.Fprintf(a.out, "%s: %s\n", name, a.say(zh, en))
		}
	}
	for _, e := range published {
		if slices.Contains(lists, e.Path) {
			continue
		}
		again, ok := made[e.Path]
		delete(made, e.Path)
		data, err := fs.ReadFile(fsys, e.Path)
		switch {
		case !ok:
			tell(e.Path, "公布了，重新生成的网站里没有", "it is published and the site made again has none")
		case err != nil:
			tell(e.Path, "清单里有，文件不在", "it is in the manifest and not there")
		case !again.Matches(data):
			tell(e.Path, "重新生成的不一样", "made again it is another")
		default:
			same++
		}
	}
	var missing []string
	for name := range made {
		missing = append(missing, name)
	}
	slices.Sort(missing)
	for _, name := range missing {
		tell(name, "重新生成的网站里有，没有公布", "the site made again has it and it is not published")
	}
	fmt.Fprintf(a.out, a.say("用源文件夹重新生成，%d 个文件逐字节相同，%d 个不同\n", "made again from the source folder: %d files are the same byte for byte, %d differ\n"), same, differ)
	if differ == 0 {
		return status(list, false)
	}
	if program != "mingzhang "+version {
		fmt.Fprintf(a.out, a.say("公布的网站由 %s 生成，现在用的是 mingzhang %s\n", "the published site was made by %s, this is mingzhang %s\n"), program, version)
	}
	return &exitError{status: exitFindings}
}

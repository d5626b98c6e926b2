package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/publish"
	"mingzhang/cmd/mingzhang/internal/site"
	"mingzhang/cmd/mingzhang/internal/spare"
)

// comparison is a site that is made and not written: each file is held against the
// published one as it comes. What came out as it is published is had from there.
type comparison struct {
	published string          // its folder
	listed    publish.Entries // of the published site
	again     site.Made       // for files that came out otherwise

	mu     sync.Mutex
	made   []bool            // which of the listed files were
	same   int               // files that are the same byte for byte
	other  map[string]string // the others, and their SHA-256
	unlike []string          // of these, what is published and is another
	more   []string          // and what is not published
}

func newComparison(published string, listed publish.Entries, again site.Made) *comparison {
	return &comparison{published: published, listed: listed, again: again, made: make([]bool, len(listed)), other: map[string]string{}}
}

// at is where a published file stands.
func (c *comparison) at(name string) string {
	return filepath.Join(c.published, filepath.FromSlash(name))
}

func (c *comparison) Put(name string, data []byte) error {
	is, err := spare.Read(c.at(name))
	defer func() { spare.Return(is) }()
	missing := errors.Is(err, fs.ErrNotExist)
	if err != nil && !missing {
		return err
	}
	e, same := publish.EntryOf(name, data), !missing && bytes.Equal(is, data)
	i, listed := c.listed.At(name)
	c.mu.Lock()
	defer c.mu.Unlock()
	if listed {
		c.made[i] = true
	}
	if !listed || !same || c.listed[i] != e {
		c.other[name] = e.SHA256
	}
	switch {
	case !listed:
		c.more = append(c.more, name)
	case missing: // told with the files that are lost
	case same:
		c.same++
	default:
		c.unlike = append(c.unlike, name)
	}
	return nil
}

// Sum is the digest of a file that was made.
func (c *comparison) Sum(name string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if sum, ok := c.other[name]; ok {
		return sum
	}
	e, _ := c.listed.Find(name)
	return e.SHA256
}

// Get returns a file that was made, for the long tables.
func (c *comparison) Get(name string) ([]byte, error) {
	c.mu.Lock()
	_, other := c.other[name]
	c.mu.Unlock()
	if other {
		return c.again(name)
	}
	return spare.Read(c.at(name))
}

// lost lists the published files that were not made, but for some, and the listed
// ones that are not there.
func (c *comparison) lost(but map[string]bool) (notMade, notThere []string) {
	for i, e := range c.listed {
		if but[e.Path] {
			continue
		}
		_, err := os.Stat(c.at(e.Path))
		switch {
		case !c.made[i]:
			notMade = append(notMade, e.Path)
		case err != nil:
			notThere = append(notThere, e.Path)
		}
	}
	return notMade, notThere
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
	c := newComparison(dir, published, s.Remake)
	_, more, err := s.Build(c)
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
	lists := map[string]bool{publish.ListName: true} // which a rebuild does not make
	for _, name := range bad {
		lists[name] = true
	}
	for _, e := range top.Parts {
		lists[e.Path] = true
	}
	return a.differences(c, top.Program, lists, list)
}

// differences tells how the site made again differs from the published one. lists
// are the manifests.
func (a *app) differences(c *comparison, program string, lists map[string]bool, list diag.List) error {
	notMade, notThere := c.lost(lists)
	differ := 0
	for _, x := range []struct {
		names []string
		what  lang.Text
	}{
		{notMade, lang.Text{ZH: "公布了，重新生成的网站里没有", EN: "it is published and the site made again has none"}},
		{notThere, lang.Text{ZH: "清单里有，文件不在", EN: "it is in the manifest and not there"}},
		{c.unlike, lang.Text{ZH: "重新生成的不一样", EN: "made again it is another"}},
		{c.more, lang.Text{ZH: "重新生成的网站里有，没有公布", EN: "the site made again has it and it is not published"}},
	} {
		slices.Sort(x.names)
		for _, name := range x.names {
			if differ++; differ <= manyFailures {
				fmt.Fprintf(a.out, "%s: %s\n", name, x.what.In(a.lang))
			}
		}
	}
	fmt.Fprintf(a.out, a.say("用源文件夹重新生成，%d 个文件逐字节相同，%d 个不同\n", "made again from the source folder: %d files are the same byte for byte, %d differ\n"), c.same, differ)
	if differ == 0 {
		return status(list, false)
	}
	if program != "mingzhang "+version {
		fmt.Fprintf(a.out, a.say("公布的网站由 %s 生成，现在用的是 mingzhang %s\n", "the published site was made by %s, this is mingzhang %s\n"), program, version)
	}
	return &exitError{status: exitFindings}
}

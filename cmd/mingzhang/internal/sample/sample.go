// Package sample invents a site of realistic size, for trial and for measuring:
// departments of several kinds with forty lines, eight projects and all other
// tables in each year, and a narrative that quotes the very figures of its
// tables. Nothing in it is about a real body: every name begins with 示例.
//
// The same options give the same bytes anywhere. A department's figures depend
// on the seed, its own number and the years, not on how many departments there
// are beside it, so that a small sample is a part of a large one.
package sample

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
)

// LastYear is the newest year of every sample; its accounts are closed.
const LastYear = 2024

// MaxYears is how far back a sample may go: the classification of 2007 is the
// oldest that its codes belong to.
const MaxYears = LastYear - 2007 + 1

// MaxDepartments is how many departments have a name of their own.
var MaxDepartments = len(stems) * len(branches) / 2 * len(bodies) * 99

// Options say how large a sample is.
type Options struct {
	Departments int
	Years       int // up to LastYear
	Seed        uint64
}

// File is a file of the sample, its path slash-separated.
type File struct {
	Path string
	Data []byte
}

// ErrNotEmpty is returned for a folder that holds something.
var ErrNotEmpty = errors.New("the folder is not empty")

// Write writes a sample into a folder that is empty or not there, and tells how
// many files and bytes it wrote.
func Write(dir string, o Options) (files int, bytes int64, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, 0, err
	}
	if len(entries) > 0 {
		return 0, 0, ErrNotEmpty
	}
	var mu sync.Mutex
	put := func(list []File) error {
		for _, f := range list {
			full := filepath.Join(dir, filepath.FromSlash(f.Path))
			if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
				return err
			}
			if err := os.WriteFile(full, f.Data, 0o644); err != nil {
				return err
			}
			mu.Lock()
			files++
			bytes += int64(len(f.Data))
			mu.Unlock()
		}
		return nil
	}
	if err := put(Site(o)); err != nil {
		return files, bytes, err
	}
	next := make(chan int)
	workers := runtime.GOMAXPROCS(0)
	errs := make([]error, workers)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := range next {
				if errs[w] == nil {
					errs[w] = put(Department(o, i))
				}
			}
		})
	}
	for i := range o.Departments {
		next <- i
	}
	close(next)
	wg.Wait()
	return files, bytes, errors.Join(errs...)
}

// Site makes the files that concern the whole site.
func Site(o Options) []File {
	rows := [][]string{{"标识", "预算单位编码", "名称", "简称", "单位性质", "主管部门", "地区", "资料出处"}}
	for i := range o.Departments {
		d := department(i)
		parent := ""
		if d.parent < o.Departments && d.parent != i {
			parent = department(d.parent).name
		}
		rows = append(rows, []string{d.slug, d.code, d.name, "", d.kind, parent, d.region, "本部门为虚构示例，数字均为编造"})
	}
	return []File{
		{"mingzhang.toml", fmt.Appendf(nil, settings, LastYear+1)},
		{"content/about.md", []byte(about)},
		{"data/departments.csv", csvOf(rows)},
	}
}

const settings = `# 由 mingzhang sample 生成的虚构示例，供试用和测量速度。
title = "示例：部门预决算公开（虚构）"
title_en = "Sample: department budgets and accounts (invented)"
summary = "本站是程序生成的虚构示例，部门和数字都是编造的。"
summary_en = "An invented sample made by the program: its bodies and figures do not exist."
publisher = "示例（非政府网站）"
publisher_en = "Sample (not a government site)"
languages = ["zh", "en"]
theme = "default"
as_of = "%d-12-31"
about = "content/about.md"
`

const about = `+++
title = "关于本站（虚构示例）"
+++

## 这是什么

本站由 mingzhang sample 生成，用来试用程序和测量速度。所有部门名称都以「示例」开头，数字都是编造的，与任何真实单位无关。
`

// Department makes all files of one department.
func Department(o Options, index int) []File {
	d := department(index)
	r := rand.New(rand.NewPCG(o.Seed, uint64(index)))
	var out []File
	var before *year
	profile := profileOf(d)
	out = append(out, File{path.Join("content", "departments", d.slug+".md"), profile})
	scale := int64(60 + r.IntN(240)) // percent of a middling body
	for y := LastYear - o.Years + 1; y <= LastYear; y++ {
		yr := newYear(d, y, scale, before, r)
		folder := path.Join("data", strconv.Itoa(y), d.slug)
		for _, t := range yr.tables() {
			out = append(out, File{path.Join(folder, t.name+".csv"), csvOf(t.rows)})
		}
		out = append(out, File{path.Join("content", strconv.Itoa(y), d.slug+".md"), yr.narrative(before, r)})
		before = yr
		scale += int64(r.IntN(12)) - 3
	}
	return out
}

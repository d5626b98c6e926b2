package site

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
)

// trial is a small source folder: a department with three years, two that were
// merged into a third, and one that stands in a table which departments share.
func trial(t testing.TB) fstest.MapFS {
	t.Helper()
	src := fstest.MapFS{}
	put := func(name, text string) { src[name] = &fstest.MapFile{Data: []byte(text)} }
	root := os.DirFS("../../../..")
	for y := 2022; y <= 2024; y++ {
		for _, table := range []string{"expenditure", "three-public", "execution", "staffing"} {
			data, err := fs.ReadFile(root, "data/2024/huoli/"+table+".csv")
			if err != nil {
				t.Fatal(err)
			}
			text := string(data)
			if table == "expenditure" { // no year repeats another
				text = strings.Replace(text, "963.28", fmt.Sprintf("96%d.28", y-2021), 1)
				text = strings.Replace(text, "88,808.45", fmt.Sprintf("88,80%d.45", y-2016), 1)
			}
			put(fmt.Sprintf("data/%d/long/%s.csv", y, table), text)
		}
	}
	for _, name := range []string{"data/2023/wanli", "data/2024/wanli"} {
		files, err := fs.Glob(root, name+"/b0[12]*.csv")
		if err != nil || len(files) == 0 {
			t.Fatal(name, err)
		}
		for _, f := range files {
			data, err := fs.ReadFile(root, f)
			if err != nil {
				t.Fatal(err)
			}
			put(strings.Replace(f, "wanli", "handed", 1), string(data))
		}
	}
	put("data/departments.csv", "标识,名称,承接单位,停用年度,启用年度\nlong,长年单位,,,\neast,东区单位,joint,2023,\nwest,西区单位,joint,2023,\njoint,合并单位,,,2024\nshared,合表单位,,,\nhanded,报表单位,,,\n")
	money := "资金来源,年初预算数（万元）,全年预算数（万元）,决算数（万元）\n一般公共预算,%d.10,%d.20,%d.00\n"
	for i, where := range []string{"2023/east", "2023/west", "2024/joint"} {
		put("data/"+where+"/income.csv", fmt.Sprintf(money, 100+i, 110+i, 90+i))
	}
	put("data/2024/income.csv", "部门,资金来源,年初预算数（万元）,全年预算数（万元）,决算数（万元）\nshared,一般公共预算,12.00,13.00,11.00\n")
	put("content/2024/long.md", "+++\ntitle = \"说明\"\n+++\n\n## 概况\n\n文字。\n")
	put("content/2023/long.md", "## 概况\n\n见[报表单位](../../handed/2024/index.html)。\n")
	put("content/departments/long.md", "## 沿革\n\n决算数88,808.45万元，见[上年](2023/index.html)和[报表单位](../handed/2023/index.html)。\n")
	put("content/about.md", "关于本站。\n")
	put("mingzhang.toml", "title = \"试验\"\nabout = \"content/about.md\"\n")
	return src
}

// fresh builds a folder from nothing.
func fresh(src fs.FS) (map[string][]byte, diag.List, error) {
	s, list := Open(src, Options{Version: "test"})
	files := &kept{files: map[string][]byte{}}
	_, more, err := s.Build(files)
	list.Add(more...)
	list.Sort()
	return files.files, list, err
}

type kept struct {
	mu    sync.Mutex
	files map[string][]byte
}

func (k *kept) Put(path string, data []byte) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.files[path] = bytes.Clone(data)
	return nil
}

func told(list diag.List) string {
	var b strings.Builder
	_ = list.WriteText(&b, lang.ZH) // a Builder does not fail
	return b.String()
}

var number = regexp.MustCompile(`\d+\.\d`)

// edit changes the folder in a way that people do, and says which paths a
// watcher would name.
func edit(t *rapid.T, src fstest.MapFS) []string {
	all := slices.Sorted(maps.Keys(src))
	pick := func(label string, ok func(string) bool) string {
		return rapid.SampledFrom(slices.DeleteFunc(slices.Clone(all), func(p string) bool { return !ok(p) })).Draw(t, label)
	}
	table := func(p string) bool { return strings.HasPrefix(p, "data/2") }
	change := func(p, text string) []string {
		src[p] = &fstest.MapFile{Data: []byte(text)}
		return []string{p}
	}
	swap := func(p, a, b string) []string { return change(p, strings.Replace(string(src[p].Data), a, b, 1)) }
	switch rapid.IntRange(0, 13).Draw(t, "edit") {
	case 0, 1, 2: // a cell
		p := pick("table", table)
		places := number.FindAllIndex(src[p].Data, -1)
		if len(places) == 0 {
			return []string{p} // touched, not changed
		}
		at := rapid.SampledFrom(places).Draw(t, "cell")
		data := slices.Clone(src[p].Data)
		data[at[0]] = byte('1' + rapid.IntRange(0, 8).Draw(t, "digit"))
		return change(p, string(data))
	case 3: // a fault, or its mending
		p := pick("table", table)
		if strings.Contains(string(src[p].Data), "9x9") {
			return swap(p, "9x9", "7.0")
		}
		return change(p, number.ReplaceAllString(string(src[p].Data), "9x9"))
	case 4: // a narrative
		p := rapid.SampledFrom([]string{"content/2024/long.md", "content/2023/long.md", "content/2024/joint.md", "content/departments/west.md", "content/departments/long.md", "content/about.md"}).Draw(t, "text")
		return change(p, fmt.Sprintf("第 %d 稿。\n", rapid.IntRange(0, 99).Draw(t, "draft")))
	case 5: // a file goes
		p := pick("gone", func(p string) bool { return table(p) || strings.HasPrefix(p, "content/2") })
		delete(src, p)
		return []string{p}
	case 6: // a file gets another name
		p := pick("old name", table)
		to := path.Join(path.Dir(p), rapid.SampledFrom([]string{"procurement.csv", "income.csv", "assets.csv", "~$lock.csv", "stray.csv"}).Draw(t, "new name"))
		src[to] = src[p]
		if to != p {
			delete(src, p)
		}
		return []string{p, to}
	case 7: // a whole department-year appears or goes
		dir := rapid.SampledFrom([]string{"data/2021/long", "data/2022/west", "data/2025/joint", "data/2023/long", "data/2023/handed"}).Draw(t, "folder")
		had := false
		for _, p := range all {
			if strings.HasPrefix(p, dir+"/") {
				delete(src, p)
				had = true
			}
		}
		if !had {
			src[dir+"/income.csv"] = &fstest.MapFile{Data: []byte("资金来源,年初预算数（万元）\n一般公共预算,5.00\n")}
		}
		return []string{dir}
	case 8: // the theme
		p := "themes/default/" + rapid.SampledFrom([]string{"style.css", "extra.css"}).Draw(t, "theme file")
		return change(p, fmt.Sprintf("body { margin: %dpx }\n", rapid.IntRange(0, 9).Draw(t, "margin")))
	case 9: // a template
		p := "themes/default/templates/404.html"
		return change(p, fmt.Sprintf("{{define \"404\"}}<!DOCTYPE html><title>{{.Title}}%d</title>{{end}}", rapid.IntRange(0, 9).Draw(t, "version")))
	case 10: // settings
		line := rapid.SampledFrom([]string{"title = \"甲\"", "title = \"乙\"", "as_of = \"2024-12-31\"", "languages = [\"zh\"]", "tables = \"shanghai\"", "base_url = \"https://example.org\""}).Draw(t, "setting")
		return change("mingzhang.toml", line+"\nabout = \"content/about.md\"\n")
	case 11: // the directory
		p := "data/departments.csv"
		text := string(src[p].Data)
		if strings.Contains(text, "新单位") {
			return change(p, strings.Replace(text, "fresh,新单位,,,\n", "", 1))
		}
		return change(p, text+"fresh,新单位,,,\n")
	case 12: // the table that departments share
		p := "data/2024/income.csv"
		if src[p] == nil {
			return change(p, "部门,资金来源,年初预算数（万元）\nshared,一般公共预算,1.00\n")
		}
		return change(p, string(src[p].Data)+fmt.Sprintf("shared,政府性基金预算,%d.00,1.00,1.00\n", rapid.IntRange(1, 9).Draw(t, "amount")))
	}
	// an empty folder, or a change that is none
	return []string{rapid.SampledFrom([]string{"data/2023", "content", "data", "themes"}).Draw(t, "said")}
}

// fewChecks keeps a test whose every step builds a site short; -rapid.checks asks
// for more.
func fewChecks(t *testing.T, n string) {
	t.Helper()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "rapid.checks" })
	if !given {
		if err := flag.Set("rapid.checks", n); err != nil {
			t.Fatal(err)
		}
	}
}

// After any edits the files are those of a fresh build, and so are the findings.
func TestFollowingIsTheSameAsBuildingAnew(t *testing.T) {
	fewChecks(t, "3")
	start := trial(t)
	if _, list, _ := fresh(start); list.HasErrors() {
		t.Fatal("the trial folder has errors:\n", told(list))
	}
	compared := 0
	defer func() { t.Log(compared, "builds compared") }()
	rapid.Check(t, func(t *rapid.T) {
		src := maps.Clone(start)
		o := Options{Version: "test", Workers: 2}
		if rapid.Bool().Draw(t, "remembered") {
			n := &notebook{works: map[string][]byte{}, inputs: map[string][]Input{}}
			n.again(t, src, nil)
			o.Memory = func(*Site) Memory { return n }
		}
		l := Follow(src, o, nil)
		for _, st := range l.states {
			if (st.now.recalled != nil) != (o.Memory != nil) {
				t.Fatal("a work was done that an earlier run had done, or was not done")
			}
		}
		if rapid.Bool().Draw(t, "little memory") {
			l.warm.budget = 1
		}
		for range rapid.IntRange(1, 6).Draw(t, "edits") {
			good := maps.Clone(src)
			paths := edit(t, src)
			l.Update(paths)
			if compare(t, src, l.Snapshot(), paths) {
				compared++
			} else if rapid.Bool().Draw(t, "undo") {
				maps.DeleteFunc(src, func(p string, _ *fstest.MapFile) bool { return good[p] == nil })
				maps.Copy(src, good)
				l.Update(paths)
				if compare(t, src, l.Snapshot(), paths) {
					compared++
				}
			}
		}
	})
}

// While the table that departments share is wrong, so that the site as it was stays
// in view, what is told of a department follows its own files all the same.
func TestADepartmentFollowsWhileTheSiteIsWrong(t *testing.T) {
	src := maps.Clone(trial(t))
	l := Follow(src, Options{Version: "test", Workers: 2}, nil)
	const shared, own = "data/2024/income.csv", "data/2022/long/expenditure.csv"
	change := func(p, text string) {
		src[p] = &fstest.MapFile{Data: []byte(text)}
		l.Update([]string{p})
		_, list, err := fresh(src)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(told(list), told(l.Snapshot().Findings())); d != "" {
			t.Errorf("after a change of %s (-fresh +following):\n%s", p, d)
		}
	}
	change(shared, string(src[shared].Data)+"shared,政府性基金预算,4.00,1.00,1.00\n")
	change(shared, string(src[shared].Data)+"shared,政府性基金预算,3.00,1.00,1.00\n") // twice
	if !l.newest.grave() || l.base.grave() {
		t.Fatal("the shared table is not wrong, or is shown")
	}
	for _, amount := range []string{"361.28", "261.28"} {
		change(own, strings.Replace(strings.Replace(string(src[own].Data), "961.28", "361.28", 1), "361.28", amount, 1))
	}
}

// A table that departments share and that comes back is looked at by all again, those
// of which nothing is in memory included.
func TestASharedTableThatComesBackIsLookedAt(t *testing.T) {
	src := maps.Clone(trial(t))
	l := Follow(src, Options{Version: "test", Workers: 2}, nil)
	l.warm.budget = 1
	const table, away = "data/2024/income.csv", "data/2024/stray.csv"
	for _, rename := range [][2]string{{table, away}, {away, table}} {
		src[rename[1]] = src[rename[0]]
		delete(src, rename[0])
		l.Update([]string{table, away})
	}
	want, list, err := fresh(src)
	if err != nil || list.HasErrors() {
		t.Fatal(err, told(list))
	}
	for p, data := range want {
		if got, err := l.Snapshot().Make(p); err != nil || !bytes.Equal(got, data) {
			t.Fatalf("%s is not as a fresh build makes it: %v", p, err)
		}
	}
}

// compare holds a snapshot against a build from nothing; it is false if the
// folder has errors, so that there are only findings to compare.
func compare(t *rapid.T, src fs.FS, snap *Snapshot, paths []string) bool {
	want, list, err := fresh(src)
	if d := cmp.Diff(told(list), told(snap.Findings())); d != "" {
		t.Fatalf("after a change of %v, findings differ (-fresh +following):\n%s", paths, d)
	}
	if list.HasErrors() {
		if len(snap.Errors()) == 0 {
			t.Fatal("errors are not told")
		}
		return false
	}
	if err != nil {
		t.Fatal(err)
	}
	if got := snap.Paths(); len(got) != len(want) {
		t.Fatalf("%d files, a fresh build has %d", len(got), len(want))
	}
	for p, data := range want {
		got, err := snap.Make(p)
		if err != nil {
			t.Fatalf("%s: %v", p, err)
		}
		if !bytes.Equal(got, data) {
			t.Fatalf("after a change of %v, %s differs (-fresh +following):\n%s", paths, p, cmp.Diff(string(data), string(got)))
		}
	}
	return true
}

package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/publish"
	"mingzhang/cmd/mingzhang/internal/reuse"
	"mingzhang/cmd/mingzhang/internal/site"
)

// parseShard reads --shard 2/4.
func parseShard(text string) (site.Shard, error) {
	var h site.Shard
	if text == "" {
		return h, nil
	}
	var rest string
	n, _ := fmt.Sscanf(text+" .", "%d/%d %s", &h.Number, &h.Of, &rest)
	if n != 3 || rest != "." || h.Number < 1 || h.Number > h.Of {
		return h, usageError(lang.Sprintf(lang.Text{ZH: "--shard 要写成「第几份/共几份」，如 2/4，不能是「%s」", EN: "--shard takes a share such as 2/4, not %s"}, text))
	}
	return h, nil
}

// newMerge is the command that joins shards.
func newMerge(a *app) *cobra.Command {
	var f buildFlags
	c := &cobra.Command{
		Use:   "merge " + a.say("分片文件夹…", "SHARD…"),
		Short: a.say("把分开生成的各份合成网站", "join the parts of a site that were made apart"),
		Long: a.say(`把 mingzhang build --shard 生成的各份合在一起，再生成全站的页面。要和各份用同一个程序、
同一个源文件夹。合成的网站与一次生成的逐字节相同。

退出状态：0 已合成，1 有错误，2 用法不对，3 读写失败。`,
			`Joins what mingzhang build --shard made and makes the pages of the whole site.
It takes the program and the source folder with which the shards were made. The
site is byte for byte that of one build.

Exit status: 0 joined, 1 errors, 2 wrong usage, 3 cannot read or write.`),
		Example: "  mingzhang build --shard 1/2 --out shard-1\n  mingzhang build --shard 2/2 --out shard-2\n  mingzhang merge shard-1 shard-2",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if f.out == "" {
				f.out = filepath.Join(a.source, "public")
			}
			f.noCache = true // what a shard brings is not looked for again
			return a.merge(args, f)
		},
	}
	c.Flags().StringVar(&f.out, "out", "", a.say("网站写到哪个文件夹（默认源文件夹下的 public）", "folder of the site (default: public in the source folder)"))
	c.Flags().BoolVar(&f.strict, "strict", false, a.say("有警告也不生成", "do not build with warnings"))
	c.Flags().BoolVar(&f.json, "json", false, a.say("用 JSON 报告", "report as JSON"))
	return c
}

// shardPart is a family's part in the folder of a shard.
type shardPart struct {
	dir      string
	manifest publish.Entry
}

func (a *app) merge(dirs []string, f buildFlags) error {
	timing := newReport()
	staging, err := publish.Begin(f.out)
	if err != nil {
		return writeError(err)
	}
	defer staging.Abort()
	source := reuse.NewSource(os.DirFS(a.source))
	s, list, err := a.openWith(source, site.Options{})
	if err != nil {
		return err
	}
	timing.lap("open")
	parts := map[string]shardPart{}
	for _, dir := range dirs {
		if err := addShard(parts, dir, s); err != nil {
			return err
		}
	}
	s.AtHand = func(w *site.Work) (bool, error) {
		name := w.Family.Manifest()
		p, ok := parts[name]
		if !ok {
			return false, shardError(lang.Text{ZH: "各份里都没有「%s」，是不是少给了一份？", EN: "no shard has %s; is one missing?"}, w.Family.Name)
		}
		return true, p.bring(w, staging)
	}
	return a.make(s, source, list, f, staging, timing, nil)
}

func shardError(t lang.Text, args ...any) error {
	return &exitError{exitIO, lang.Sprintf(t, args...)}
}

// addShard notes the parts of a shard, if it was made by this program from this
// source.
func addShard(parts map[string]shardPart, dir string, s *site.Site) error {
	top, _, bad, err := publish.ReadTree(os.DirFS(dir))
	if err != nil {
		return shardError(lang.Text{ZH: "「%s」不是分开生成的一份：%s", EN: "%s is no shard: %s"}, dir, err.Error())
	}
	if len(bad) > 0 {
		return shardError(lang.Text{ZH: "「%s」不完整：%s", EN: "%s is not whole: %s"}, dir, strings.Join(bad, "、"))
	}
	if top.Program != "mingzhang "+version || !slices.Equal(top.Inputs, entries(s.InputsByManifest()[""])) {
		return shardError(lang.Text{ZH: "「%s」不是用这个程序和这个源文件夹生成的", EN: "%s was made by another program or from another source folder"}, dir)
	}
	for _, e := range top.Parts {
		parts[e.Path] = shardPart{dir, e}
	}
	return nil
}

// bring takes a family's files out of its shard.
func (p shardPart) bring(w *site.Work, staging *publish.Staging) error {
	fsys := os.DirFS(p.dir)
	data, err := fs.ReadFile(fsys, p.manifest.Path)
	if err != nil {
		return err
	}
	m, err := publish.ReadManifest(data)
	if err != nil {
		return err
	}
	if !slices.Equal(m.Inputs, entries(w.Files())) {
		return shardError(lang.Text{ZH: "「%s」里的「%s」是用别的数据生成的，请重新生成这一份", EN: "%s: %s was made from other data; make the shard again"}, p.dir, w.Family.Name)
	}
	for _, e := range m.Files {
		data, err := fs.ReadFile(fsys, e.Path)
		if err != nil {
			return err
		}
		if !e.Matches(data) {
			return shardError(lang.Text{ZH: "「%s」里的「%s」生成后被改动过", EN: "%s: %s was changed after it was made"}, p.dir, e.Path)
		}
		if err := staging.Put(e.Path, data); err != nil {
			return err
		}
	}
	return nil
}

package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/publish"
)

// newBuild is the command that makes the site.
func newBuild(a *app) *cobra.Command {
	var out string
	var strict bool
	c := &cobra.Command{
		Use:   "build",
		Short: a.say("生成网站", "make the site"),
		Long: a.say(`检查、计算并生成网站。有错误时什么也不写，原来的网站保持不变。

网站先在旁边的临时文件夹里做好，再一次换上；输出文件夹里别人放的文件会保留。

退出状态：0 已生成，1 有错误，2 用法不对，3 读写失败。`,
			`Checks, computes and makes the site. With errors nothing is written and the
old site stays.

The site is made in a folder beside its target and then put in place at once;
files that others put there are kept.

Exit status: 0 made, 1 errors, 2 wrong usage, 3 cannot read or write.`),
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			target := out
			if target == "" {
				target = filepath.Join(a.source, "public")
			}
			return a.build(target, strict)
		},
	}
	c.Flags().StringVar(&out, "out", "", a.say("网站写到哪个文件夹（默认源文件夹下的 public）", "folder of the site (default: public in the source folder)"))
	c.Flags().BoolVar(&strict, "strict", false, a.say("有警告也不生成", "do not build with warnings"))
	return c
}

func (a *app) build(out string, strict bool) error {
	s, list, err := a.open()
	if err != nil {
		return err
	}
	staging, err := publish.Begin(out)
	var notOurs *publish.NotOursError
	if errors.As(err, &notOurs) {
		return usageError(lang.Sprintf(lang.Text{
			ZH: "「%s」里有「%s」，不是明账生成的文件夹，不会覆盖。请换一个 --out，或先把它移走",
			EN: "%s holds %s and was not made by mingzhang; it will not be touched. Choose another --out, or move it away",
		}, notOurs.Dir, notOurs.File))
	}
	if err != nil {
		return ioError(err)
	}
	defer staging.Abort()
	report, more, err := s.Build(staging)
	list.Add(more...)
	list.Sort()
	var loud diag.List // notes are for check
	for _, f := range list {
		if f.Severity > diag.Note {
			loud.Add(f)
		}
	}
	if told := a.tell(a.err, loud, false); told != nil {
		return told
	}
	if stop := status(list, strict); stop != nil {
		fmt.Fprintln(a.err, a.verdict(list)+a.say("；未写出任何文件", "; nothing was written"))
		return stop
	}
	if err != nil {
		return ioError(err)
	}
	staging.Program = "mingzhang " + version
	for _, in := range s.Inputs() {
		staging.Inputs = append(staging.Inputs, publish.Entry{Path: in.Path, Bytes: in.Bytes, SHA256: in.SHA256})
	}
	if err := staging.Commit(); err != nil {
		return ioError(err)
	}
	fmt.Fprintf(a.out, a.say("%s\n%d 个部门、%d 个年度，写出 %d 个文件（%.1f MB）到 %s\n", "%s\n%d departments, %d department-years, %d files (%.1f MB) in %s\n"),
		a.verdict(list), report.Departments, report.Years, report.Files, float64(report.Bytes)/1e6, filepath.ToSlash(out))
	return nil
}

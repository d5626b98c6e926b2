package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/sample"
)

// newSample is the command that invents a site.
func newSample(a *app) *cobra.Command {
	var o sample.Options
	c := &cobra.Command{
		Use:   "sample " + a.say("文件夹", "FOLDER"),
		Short: a.say("编造一个示例网站，供试用和测量速度", "invent a site, for trial and for measuring"),
		Long: a.say(`在一个空文件夹里写出虚构的部门、表格和文字：每个部门每年 40 行支出、8 个项目、
季度执行、三公、人员、资产、采购、绩效指标和一篇八千字节的说明，收支平衡。
名称都以「示例」开头。同样的选项写出同样的内容。

退出状态：0 已写出，2 用法不对，3 读写失败。`,
			`Writes invented departments, tables and texts into an empty folder: for each
department and year 40 lines of spending, 8 projects, quarters, three public
expenses, staff, assets, procurement, goals and a text of eight kilobytes, in
balance. Every name begins with 示例. The same options write the same bytes.

Exit status: 0 written, 2 wrong usage, 3 cannot read or write.`),
		Example: "  mingzhang sample --departments 100 --years 10 demo\n  mingzhang build --source demo",
		Args:    cobra.ExactArgs(1),
		RunE:    func(_ *cobra.Command, args []string) error { return a.sample(args[0], o) },
	}
	c.Flags().IntVar(&o.Departments, "departments", 10, a.say("几个部门", "how many departments"))
	c.Flags().IntVar(&o.Years, "years", 3, fmt.Sprintf(a.say("几个年度，最近的是 %d 年", "how many years up to %d"), sample.LastYear))
	c.Flags().Uint64Var(&o.Seed, "seed", 1, a.say("换一个数就换一套数字", "another number gives other figures"))
	return c
}

func (a *app) sample(dir string, o sample.Options) error {
	if o.Departments < 1 || o.Departments > sample.MaxDepartments {
		return usageError(lang.Sprintf(lang.Text{ZH: "--departments 要写 1 到 %d", EN: "--departments takes 1 to %d"}, sample.MaxDepartments))
	}
	if o.Years < 1 || o.Years > sample.MaxYears {
		return usageError(lang.Sprintf(lang.Text{ZH: "--years 要写 1 到 %d", EN: "--years takes 1 to %d"}, sample.MaxYears))
	}
	files, bytes, err := sample.Write(dir, o)
	if errors.Is(err, sample.ErrNotEmpty) {
		return usageError(lang.Sprintf(lang.Text{ZH: "「%s」不是空文件夹，不会改动。请换一个", EN: "%s is not empty and will not be touched; choose another folder"}, dir))
	}
	if err != nil {
		return ioError(err)
	}
	fmt.Fprintf(a.out, a.say("%d 个虚构部门、%d 个年度，写出 %d 个文件（%.1f MB）到 %s\n", "%d invented departments, %d years, %d files (%.1f MB) in %s\n"),
		o.Departments, o.Years, files, float64(bytes)/1e6, filepath.ToSlash(dir))
	return nil
}

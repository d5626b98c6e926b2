package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/verify"
)

// newVerify is the command that proves a published site.
func newVerify(a *app) *cobra.Command {
	var again bool
	c := &cobra.Command{
		Use:   "verify " + a.say("[网站文件夹]", "[FOLDER]"),
		Short: a.say("核实已公布的网站：重新计算每个数", "prove a published site: every figure again"),
		Long: a.say(`只用公布的文件（网页、CSV、figures.json、manifest.json），不用任何源文件：
从 CSV 重新读出每个抄录的数，重新运行每个算式，再与网页上显示的每个数比对。
谁下载了网站，谁就能运行它。默认核实 public。

退出状态：0 全部得到证明，1 有不符，2 用法不对，3 读写失败。`,
			`Uses the published files alone (pages, CSV, figures.json, manifest.json), no
source file: reads each disclosed number again from its CSV, runs each formula
again, and compares every number on every page. Whoever downloads the site can
run it. Verifies public by default.

Exit status: 0 all proved, 1 something does not hold, 2 wrong usage, 3 cannot read.`),
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			dir := "public"
			if len(args) == 1 {
				dir = args[0]
			}
			if again {
				return a.rebuild(dir)
			}
			return a.verify(dir)
		},
	}
	c.Flags().BoolVar(&again, "rebuild", false, a.say("改为用源文件夹重新生成（不写出），逐个文件比对", "instead make the site again from the source folder, unwritten, and compare every file"))
	return c
}

// manyFailures is how many failures are told in full.
const manyFailures = 50

func (a *app) verify(dir string) error {
	if st, err := os.Stat(dir); err != nil || !st.IsDir() {
		return usageError(lang.Sprintf(lang.Text{ZH: "没有文件夹「%s」", EN: "there is no folder %s"}, dir))
	}
	r, err := verify.Site(os.DirFS(dir))
	if errors.Is(err, verify.ErrNoFigures) {
		return usageError(lang.Sprintf(lang.Text{ZH: "「%s」不是明账生成的网站：里面没有 figures.json", EN: "%s is no site made by mingzhang: there is no figures.json"}, dir))
	}
	if err != nil {
		return ioError(err)
	}
	for i, f := range r.Failures {
		if i == manyFailures {
			fmt.Fprintf(a.out, a.say("还有 %d 处不符\n", "%d more do not hold\n"), len(r.Failures)-i)
			break
		}
		at := f.File
		if f.Line > 0 {
			at = fmt.Sprintf("%s:%d", f.File, f.Line)
		}
		if f.Figure != "" {
			at += ": " + f.Figure
		}
		fmt.Fprintf(a.out, "%s: %s\n", at, f.What.In(a.lang))
	}
	fmt.Fprintf(a.out, a.say("%d 个部门年度：%d 个数，其中 %d 个抄自文件，%d 个由算式得出；网页上 %d 处与此一致；%d 个文件与清单相符\n",
		"%d department-years: %d figures, %d read from files, %d computed; %d places on pages agree; %d files are those of the manifest\n"),
		r.Years, r.Figures(), r.Cells, r.Formulas, r.Texts, r.Files)
	if r.Typed+r.Marked > 0 {
		fmt.Fprintf(a.out, a.say("文字里手写的数：%d 处与数据一致，%d 处没有数据可对，已在页面上标明\n", "numbers typed in texts: %d are their figures, %d have none and are marked on the page\n"), r.Typed, r.Marked)
	}
	if n := len(r.Failures); n > 0 {
		fmt.Fprintf(a.out, a.say("%d 处不符\n", "%d do not hold\n"), n)
		return &exitError{status: exitFindings}
	}
	fmt.Fprintln(a.out, a.say("全部得到证明", "all proved"))
	return nil
}

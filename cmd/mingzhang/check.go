package main

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/site"
)

// newCheck is the command that looks for mistakes and writes nothing.
func newCheck(a *app) *cobra.Command {
	var format string
	var all, strict bool
	c := &cobra.Command{
		Use:   "check",
		Short: a.say("检查数据和文字，列出全部问题", "check figures and texts, list all findings"),
		Long: a.say(`检查 data/ 和 content/，把问题一次列全：在哪个文件、哪一格、为什么、怎么改。不写任何文件。

退出状态：0 没有错误，1 有错误（加 --strict 时警告也算），2 用法不对，3 读写失败。`,
			`Checks data/ and content/ and lists all findings at once: file, cell, reason and
remedy. Nothing is written.

Exit status: 0 no errors, 1 errors (or warnings with --strict), 2 wrong usage,
3 cannot read or write.`),
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			switch format {
			case "text", "json", "sarif":
			default:
				return usageError(lang.Sprintf(lang.Text{ZH: "没有格式「%s」，可用 text、json、sarif", EN: "no format %s; use text, json or sarif"}, format))
			}
			collectLate()
			s, list, err := a.open()
			if err != nil {
				return err
			}
			report, more := s.Check()
			list.Add(more...)
			list.Sort()
			switch format {
			case "json":
				if err := list.WriteJSON(a.out); err != nil {
					return ioError(err)
				}
			case "sarif":
				if err := list.WriteSARIF(a.out, version, a.lang); err != nil {
					return ioError(err)
				}
			default:
				if err := a.tell(a.out, list, all); err != nil {
					return err
				}
				fmt.Fprintln(a.out, a.verdict(list)+fmt.Sprintf(a.say("；检查了 %d 个部门的 %d 个年度", "; %d departments, %d department-years checked"), report.Departments, report.Years))
			}
			return status(list, strict)
		},
	}
	c.Flags().StringVar(&format, "format", "text", a.say("输出格式：text、json（每行一个对象）或 sarif", "output: text, json (one object a line) or sarif"))
	c.Flags().BoolVar(&all, "all", false, a.say("列出全部，不限 20 条", "list everything, not only 20"))
	c.Flags().BoolVar(&strict, "strict", false, a.say("有警告也以状态 1 结束", "end with status 1 on warnings too"))
	return c
}

// open opens the source folder of the command line.
func (a *app) open() (*site.Site, diag.List, error) {
	return a.openWith(os.DirFS(a.source), site.Options{})
}

// openWith opens it, as a command reads it, with what the command decides.
func (a *app) openWith(source fs.FS, o site.Options) (*site.Site, diag.List, error) {
	st, err := os.Stat(a.source)
	if err != nil {
		return nil, nil, ioError(err)
	}
	if !st.IsDir() {
		return nil, nil, usageError(lang.Sprintf(lang.Text{ZH: "「%s」不是文件夹", EN: "%s is not a folder"}, a.source))
	}
	o.Version, o.AsOf = version, sourceDate()
	s, list := site.Open(source, o)
	return s, list, nil
}

// shownFindings is how many findings a terminal shows unless asked for all.
const shownFindings = 20

// tell prints findings: errors first, a few of many, always the first errors.
func (a *app) tell(w interface{ Write([]byte) (int, error) }, list diag.List, all bool) error {
	shown := list
	if !all {
		shown = list.Fold()
	}
	slices.SortStableFunc(shown, func(x, y *diag.Finding) int { return int(y.Severity) - int(x.Severity) })
	if !all && len(shown) > shownFindings {
		shown = shown[:shownFindings]
	}
	if err := shown.WriteText(w, a.lang); err != nil {
		return ioError(err)
	}
	told := 0
	for _, f := range shown {
		told += 1 + f.Repeats
	}
	if rest := len(list) - told; rest > 0 {
		fmt.Fprintf(w, a.say("还有 %d 条没有列出，用 mingzhang check --all 看全部\n\n", "%d more are not listed; see mingzhang check --all\n\n"), rest)
	}
	return nil
}

func (a *app) verdict(list diag.List) string {
	return a.counts(list.Count(diag.Error), list.Count(diag.Warning), list.Count(diag.Note))
}

func (a *app) counts(e, w, n int) string {
	return fmt.Sprintf(a.say("%d 个错误，%d 个警告，%d 条提示", "%d errors, %d warnings, %d notes"), e, w, n)
}

func status(list diag.List, strict bool) error {
	if list.HasErrors() || strict && list.Count(diag.Warning) > 0 {
		return &exitError{status: exitFindings}
	}
	return nil
}

// sourceDate is the day that SOURCE_DATE_EPOCH names, for builds that must come
// out the same anywhere; the zero time leaves the day to the configuration.
func sourceDate() time.Time {
	var sec int64
	if _, err := fmt.Sscan(os.Getenv("SOURCE_DATE_EPOCH"), &sec); err != nil {
		return time.Time{}
	}
	return time.Unix(sec, 0).UTC()
}

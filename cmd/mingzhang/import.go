package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/intake"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/statement"
)

// newImport is the command that turns tables as departments have them into the
// contract's CSV.
func newImport(a *app) *cobra.Command {
	var department string
	var year int
	var dry bool
	c := &cobra.Command{
		Use:   a.say("import 文件… --department 标识 --year 年度", "import FILE… --department SLUG --year YEAR"),
		Short: a.say("把预算、决算公开表转成明细数据", "turn budget and final-accounts tables into lines"),
		Long: a.say(`读入预算、决算的公开表（CSV 或 XLSX，一个文件可有多张工作表），说明读懂了什么、
没读懂什么、为什么，再写成 data/年度/标识/ 里的明细 CSV，每一行注明来自哪个文件的哪一格。
有错误时什么也不写；已有的文件不会覆盖。

也可以不转换，直接把公开表放进 data/年度/标识/，网站会照原样公开。

退出状态：0 已写出，1 有错误，2 用法不对，3 读写失败。`,
			`Reads budget and final-accounts tables (CSV or XLSX), says what was understood,
what was refused and why, and writes them as lines into data/YEAR/SLUG/, each
with the file and cell it came from. With errors nothing is written; existing
files are not touched.

Tables can also be put into data/YEAR/SLUG/ as they are; the site then shows
them unchanged.

Exit status: 0 written, 1 errors, 2 wrong usage, 3 cannot read or write.`),
		Example: "  mingzhang import 2025年部门预算.xlsx --department shangwu --year 2025",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, files []string) error {
			if !slugPattern.MatchString(department) {
				return usageError(badSlug(department))
			}
			if year < 1950 || year > 2199 {
				return usageError(lang.Sprintf(lang.Text{ZH: "「%d」不是年度，请写四位数字", EN: "%d is no year; write four digits"}, year))
			}
			return a.importFiles(files, department, year, dry)
		},
	}
	c.Flags().StringVar(&department, "department", "", a.say("部门标识", "the department's slug"))
	c.Flags().IntVar(&year, "year", 0, a.say("年度", "the year"))
	c.Flags().BoolVar(&dry, "dry-run", false, a.say("只说明，不写文件", "only tell, write nothing"))
	for _, f := range []string{"department", "year"} {
		if err := c.MarkFlagRequired(f); err != nil {
			panic(err) // the flags are declared above
		}
	}
	return c
}

// openFiles makes a file system of files that may stand anywhere.
type openFiles map[string]string

// Open opens a file by the name under which it was given.
func (o openFiles) Open(name string) (fs.File, error) {
	full, ok := o[name]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return os.Open(full)
}

func (a *app) importFiles(files []string, slug string, year int, dry bool) error {
	named := openFiles{}
	var names []string
	for _, f := range files {
		if st, err := os.Stat(f); err != nil {
			return ioError(err)
		} else if st.IsDir() {
			return usageError(lang.Sprintf(lang.Text{ZH: "「%s」是文件夹，请写出文件", EN: "%s is a folder; name files"}, f))
		}
		name := filepath.ToSlash(f)
		named[name] = f
		names = append(names, name)
	}
	res := intake.Read(named, names, statement.Builtin(), &fiscal.Department{Slug: slug, Name: slug}, year)
	for _, u := range res.Understood {
		at := u.Place.File
		if u.Place.Sheet != "" {
			at += " › " + u.Place.Sheet
		}
		fmt.Fprintln(a.out, at)
		for _, line := range strings.Split(u.Text.In(a.lang), "\n") {
			fmt.Fprintln(a.out, "  "+line)
		}
	}
	fmt.Fprintln(a.out)
	if err := a.tell(a.out, res.Findings, true); err != nil {
		return err
	}
	if res.Findings.HasErrors() {
		fmt.Fprintln(a.out, a.verdict(res.Findings)+a.say("；未写出任何文件", "; nothing was written"))
		return &exitError{status: exitFindings}
	}
	if len(res.Tables) == 0 {
		fmt.Fprintln(a.out, a.say("没有读到可以转成明细的表；未写出任何文件", "nothing was read that gives lines; nothing was written"))
		return &exitError{status: exitFindings}
	}
	return a.writeTables(res, slug, year, dry)
}

func (a *app) writeTables(res intake.Result, slug string, year int, dry bool) error {
	dir := filepath.Join(a.source, "data", strconv.Itoa(year), slug)
	for _, t := range res.Tables {
		full := filepath.Join(dir, t.ID+".csv")
		if _, err := os.Stat(full); err == nil {
			return usageError(lang.Sprintf(lang.Text{ZH: "已有「%s」，不会覆盖；请先移走", EN: "%s is there and will not be overwritten; move it away first"}, filepath.ToSlash(full)))
		}
	}
	for _, t := range res.Tables {
		full := filepath.Join(dir, t.ID+".csv")
		word := a.say("写出", "wrote")
		if dry {
			word = a.say("将写出", "would write")
		} else if err := writeCSV(full, t.Rows); err != nil {
			return ioError(err)
		}
		fmt.Fprintf(a.out, a.say("%s %s：%d 行\n", "%s %s: %d rows\n"), word, filepath.ToSlash(full), len(t.Rows)-1)
	}
	n := res.Findings.Count(diag.Warning)
	if n > 0 {
		fmt.Fprintf(a.out, a.say("请核对上面的 %d 个警告\n", "look at the %d warnings above\n"), n)
	}
	return nil
}

func writeCSV(full string, rows [][]string) error {
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(full, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	if _, err := f.WriteString("\ufeff"); err != nil {
		return errors.Join(err, f.Close())
	}
	w := csv.NewWriter(f)
	w.UseCRLF = true
	return errors.Join(w.WriteAll(rows), f.Close())
}

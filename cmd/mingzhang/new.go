package main

import (
	"fmt"
	"regexp"
	"strconv"

	"github.com/spf13/cobra"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/scaffold"
)

var slugPattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// newNew is the command that starts a department or a year.
func newNew(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "new",
		Short: a.say("建一个部门或一个年度的空表", "start a department or a year with empty tables"),
		Args:  cobra.NoArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	var name string
	dep := &cobra.Command{
		Use:   a.say("department 标识", "department SLUG"),
		Short: a.say("登记一个部门，并写一篇概况的提纲", "enter a department and an outline of its profile"),
		Long: a.say(`在 data/departments.csv 里登记一个部门，并写出 content/departments/标识.md。
标识用在网址里，定了就不要改：小写英文字母、数字和连字符。已有的文件不会改动。

退出状态：0 已写出，2 用法不对，3 读写失败。`,
			`Enters a department in data/departments.csv and writes content/departments/SLUG.md.
The slug stands in addresses and should never change: lower-case letters, digits
and hyphens. Existing files are not touched.

Exit status: 0 written, 2 wrong usage, 3 cannot read or write.`),
		Example: "  mingzhang new department shili --name 示例区某局",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if !slugPattern.MatchString(args[0]) {
				return usageError(badSlug(args[0]))
			}
			return a.scaffold(scaffold.Department(a.source, args[0], name))
		},
	}
	dep.Flags().StringVar(&name, "name", "", a.say("部门名称", "the department's name"))
	year := &cobra.Command{
		Use:   a.say("year 标识 年度", "year SLUG YEAR"),
		Short: a.say("写出一个年度的空表和情况说明的提纲", "write the empty tables of a year and an outline of its narrative"),
		Long: a.say(`在 data/年度/标识/ 里写出各张表的 CSV：表头、单位和一行例子；在 content/年度/标识.md 写出情况说明的提纲。
用表格软件打开，把例子那一行换成自己的数；用不着的表可以删去。已有的文件不会改动。

退出状态：0 已写出，2 用法不对，3 读写失败。`,
			`Writes the tables of a year as CSV into data/YEAR/SLUG/, each with its header,
units and one example row, and an outline of the narrative into
content/YEAR/SLUG.md. Replace the example row; delete tables you do not need.
Existing files are not touched.

Exit status: 0 written, 2 wrong usage, 3 cannot read or write.`),
		Example: "  mingzhang new year shili 2025",
		Args:    cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, args []string) error {
			y, err := strconv.Atoi(args[1])
			if err != nil || y < 1950 || y > 2199 {
				return usageError(lang.Sprintf(lang.Text{ZH: "「%s」不是年度，请写四位数字", EN: "%s is no year; write four digits"}, args[1]))
			}
			if !slugPattern.MatchString(args[0]) {
				return usageError(badSlug(args[0]))
			}
			return a.scaffold(scaffold.Year(a.source, args[0], y))
		},
	}
	c.AddCommand(dep, year)
	return c
}

func badSlug(s string) lang.Text {
	return lang.Sprintf(lang.Text{ZH: "标识「%s」不能用作网址，只用小写英文字母、数字和连字符", EN: "the slug %s cannot stand in an address; use lower-case letters, digits and hyphens"}, s)
}

// scaffold tells which files were written and which were there already.
func (a *app) scaffold(files []scaffold.File, err error) error {
	if err != nil {
		return ioError(err)
	}
	for _, f := range files {
		word := a.say("写出", "wrote")
		if f.Existed {
			word = a.say("已有，未改动", "kept ")
		}
		if f.Added {
			word = a.say("加了一行", "added a row to")
		}
		fmt.Fprintf(a.out, "%s  %s\n", word, f.Path)
	}
	return nil
}

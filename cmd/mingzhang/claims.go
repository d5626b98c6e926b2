package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"mingzhang/cmd/mingzhang/internal/claim"
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/narrative"
	"mingzhang/cmd/mingzhang/internal/table"
)

// newClaims is the command that reads the numbers of any text.
func newClaims(a *app) *cobra.Command {
	var format, department, year string
	var all, strict bool
	c := &cobra.Command{
		Use:   "claims " + a.say("文件", "FILE"),
		Short: a.say("核对一篇文字里的每个数", "hold every number of a text against the others"),
		Long: a.say(`找出文字里的每个数，用同一段里的其他数重新计算：合计、增减、比率、占比、前后说法。
只看文字本身，不需要网站和数据；算式按四舍五入的范围比较，算不到一起才报。
写明部门和年度时，还与网站里这个部门年度的数据逐个核对。
文件可以是 Markdown 或纯文本，GBK 和 UTF-8 都可以。

退出状态：0 没有错误，1 有错误（加 --strict 时警告也算），2 用法不对，3 读写失败。`,
			`Finds every number of a text and computes it again from the numbers beside it:
totals, changes, rates, shares, things said twice. Needs no site and no data;
numbers are compared with the range for which their rounding stands, and only
what cannot be is told. With a department and a year each number is also held
against the figures of the site. The file may be Markdown or plain text, UTF-8
or GBK.

Exit status: 0 no errors, 1 errors (or warnings with --strict), 2 wrong usage,
3 cannot read or write.`),
		Example: "  mingzhang claims 2024年决算说明.txt\n  mingzhang claims content/2024/huoli.md --format json\n  mingzhang claims 决算说明.md --department huoli --year 2024",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if format != "text" && format != "json" {
				return usageError(lang.Sprintf(lang.Text{ZH: "没有格式「%s」，可用 text、json", EN: "no format %s; use text or json"}, format))
			}
			data, err := os.ReadFile(args[0])
			if err != nil {
				return ioError(err)
			}
			name := filepath.ToSlash(args[0])
			text, _, list := table.Decode(name, data)
			if list.HasErrors() {
				if err := a.tell(a.err, list, true); err != nil {
					return err
				}
				return status(list, strict)
			}
			o := claim.Options{File: name, Markdown: strings.HasSuffix(name, ".md")}
			if department != "" || year != "" {
				if o.Book, o.Year, err = a.claimsBook(department, year); err != nil {
					return err
				}
			}
			doc, _ := narrative.Parse(name, text) // its own faults are for check
			o.First = doc.First
			r := claim.Read(string(doc.Body), o)
			if format == "json" {
				return a.claimsJSON(r, strict)
			}
			return a.claimsText(r, all, strict)
		},
	}
	c.Flags().StringVar(&format, "format", "text", a.say("输出格式：text 或 json", "output: text or json"))
	c.Flags().StringVar(&department, "department", "", a.say("与哪个部门的数据核对（标识或名称）", "department whose figures are compared"))
	c.Flags().StringVar(&year, "year", "", a.say("哪个年度", "of which year"))
	c.Flags().BoolVar(&all, "all", false, a.say("列出全部，不限 20 条", "list everything, not only 20"))
	c.Flags().BoolVar(&strict, "strict", false, a.say("有警告也以状态 1 结束", "end with status 1 on warnings too"))
	return c
}

// claimsBook reads the figures of the department-year that the flags name.
func (a *app) claimsBook(department, year string) (*claim.Book, int, error) {
	y, err := strconv.Atoi(year)
	if err != nil || department == "" {
		return nil, 0, usageError(lang.Text{ZH: "部门和年度要一起写：--department 标识 --year 四位年份", EN: "name both: --department SLUG --year YYYY"})
	}
	s, _, err := a.open()
	if err != nil {
		return nil, 0, err
	}
	dep, ok := s.Departments.Find(department)
	if !ok {
		return nil, 0, usageError(lang.Sprintf(lang.Text{ZH: "没有部门「%s」", EN: "there is no department %s"}, department))
	}
	b, _ := s.Book(dep, y)
	if b == nil {
		return nil, 0, usageError(lang.Sprintf(lang.Text{ZH: "「%s」没有 %d 年度的数据", EN: "%s has no figures for %d"}, dep.Name, y))
	}
	return claim.NewBook(b, y), y, nil
}

func (a *app) claimsText(r *claim.Report, all, strict bool) error {
	fmt.Fprintf(a.out, a.say("%s：%d 个数\n", "%s: %d numbers\n"), r.File, len(r.Numbers))
	for _, v := range claim.Verdicts {
		if n := r.Counts[v]; n > 0 {
			fmt.Fprintf(a.out, "  %5d  %s\n", n, v.Name().In(a.lang))
		}
	}
	fmt.Fprintln(a.out)
	if err := a.tell(a.out, r.Findings, all); err != nil {
		return err
	}
	fmt.Fprintln(a.out, a.verdict(r.Findings))
	return status(r.Findings, strict)
}

// claimsJSON prints one object: counts, numbers and findings.
func (a *app) claimsJSON(r *claim.Report, strict bool) error {
	counts := map[string]int{}
	for _, v := range claim.Verdicts {
		counts[v.String()] = r.Counts[v]
	}
	findings := r.Findings
	if findings == nil {
		findings = diag.List{}
	}
	enc := json.NewEncoder(a.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(struct {
		File     string         `json:"file"`
		Total    int            `json:"total"`
		Counts   map[string]int `json:"counts"`
		Numbers  []claim.Number `json:"numbers"`
		Findings diag.List      `json:"findings"`
	}{r.File, len(r.Numbers), counts, r.Numbers, findings}); err != nil {
		return ioError(err)
	}
	return status(r.Findings, strict)
}

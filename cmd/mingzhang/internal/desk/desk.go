// Package desk gathers what staff should know before they publish: findings by
// department, which years lack a text, which figures differ from those that are
// published, which tables are still due.
package desk

import (
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/preview"
	"mingzhang/cmd/mingzhang/internal/site"
)

// Panel makes the panel of a site. published is the folder of the last build;
// it may be empty or missing.
func Panel(s *site.Snapshot, published fs.FS, l lang.Lang) preview.Panel {
	say := func(zh, en string) string { return lang.Text{ZH: zh, EN: en}.In(l) }
	findings := s.Findings()
	return preview.Panel{Sections: []preview.Section{
		findingsByDepartment(s, findings, say),
		differences(s, published, l, say),
		due(s, findings, l, say),
		texts(s, say),
	}}
}

func findingsByDepartment(s *site.Snapshot, findings diag.List, say func(zh, en string) string) preview.Section {
	count := map[string][3]int{}
	for _, f := range findings {
		c := count[f.Scope.Department]
		c[f.Severity] += 1 + f.Repeats
		count[f.Scope.Department] = c
	}
	sec := preview.Section{
		ID: "findings", Title: say("检查结果", "Findings"), Empty: say("没有检查结果。", "Nothing was found."),
		Columns: []string{say("部门", "department"), say("错误", "errors"), say("警告", "warnings"), say("提示", "notes")},
	}
	row := func(name, href string, c [3]int) {
		cell := func(n int, mark string) preview.Cell {
			if n == 0 {
				mark = ""
			}
			return preview.Cell{Text: strconv.Itoa(n), Number: true, Mark: mark}
		}
		sec.Rows = append(sec.Rows, []preview.Cell{{Text: name, Href: href}, cell(c[diag.Error], "bad"), cell(c[diag.Warning], "ask"), cell(c[diag.Note], "")})
	}
	if c, ok := count[""]; ok {
		row(say("全站", "the whole site"), preview.Reserved+"findings?all", c)
	}
	for _, d := range s.Departments() {
		if c, ok := count[d.Slug]; ok {
			row(d.Name, preview.Reserved+"findings?department="+d.Slug, c)
		}
	}
	slices.SortStableFunc(sec.Rows, func(a, b []preview.Cell) int {
		for i := 1; i < 4; i++ {
			x, _ := strconv.Atoi(a[i].Text)
			y, _ := strconv.Atoi(b[i].Text)
			if x != y {
				return y - x
			}
		}
		return 0
	})
	return sec
}

// texts lists department-years without a narrative.
func texts(s *site.Snapshot, say func(zh, en string) string) preview.Section {
	all := s.Summaries()
	sec := preview.Section{ID: "texts", Title: say("文字说明", "Narratives"), Empty: say("每个年度都有文字说明。", "Every year has its narrative.")}
	with := 0
	for _, y := range all {
		if y.Narrative {
			with++
			continue
		}
		file := fmt.Sprintf("content/%d/%s.md", y.Year, y.Department.Slug)
		sec.Rows = append(sec.Rows, []preview.Cell{
			{Text: y.Department.Name, Href: "/" + y.Department.Slug + "/" + strconv.Itoa(y.Year) + "/"}, {Text: strconv.Itoa(y.Year), Number: true}, {Text: file},
		})
	}
	sec.Columns = []string{say("部门", "department"), say("年度", "year"), say("还缺的文件", "file that is missing")}
	sec.Intro = fmt.Sprintf(say("%d 个部门年度中，%d 个有文字说明。", "Of %d department-years, %d have a narrative."), len(all), with)
	return sec
}

// due lists what is still missing for disclosure.
func due(s *site.Snapshot, findings diag.List, l lang.Lang, say func(zh, en string) string) preview.Section {
	sec := preview.Section{
		ID: "due", Title: say("公开还缺什么", "Still missing for disclosure"), Empty: say("应公开的表都在。", "All due tables are there."),
		Columns: []string{say("部门", "department"), say("年度", "year"), say("缺什么", "what is missing"), say("怎么办", "remedy")},
	}
	names := map[string]string{}
	for _, d := range s.Departments() {
		names[d.Slug] = d.Name
	}
	for _, f := range findings {
		if !Due[f.Code.Word] {
			continue
		}
		sec.Rows = append(sec.Rows, []preview.Cell{
			{Text: names[f.Scope.Department], Href: "/" + f.Scope.Department + "/" + strconv.Itoa(f.Scope.Year) + "/"},
			{Text: strconv.Itoa(f.Scope.Year), Number: true},
			{Text: f.Headline.In(l), Mark: "ask"},
			{Text: f.Fix.In(l)},
		})
	}
	return sec
}

// Due names the findings that tell of something that ought to be disclosed and
// is not there.
var Due = map[string]bool{"statement-missing": true, "empty-statement-missing": true}

// Roots are the parts of a source folder that make a site.
var Roots = []string{"data", "content", "themes", "mingzhang.toml"}

// Shown reports whether a source file may be looked at in the preview: what
// makes the site, and nothing hidden.
func Shown(name string) bool {
	for _, r := range Roots {
		if name == r || strings.HasPrefix(name, r+"/") {
			return true
		}
	}
	return false
}

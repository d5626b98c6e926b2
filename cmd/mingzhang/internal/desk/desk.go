// Package desk gathers what staff should know before they publish: findings by
// department, which years lack a text, which figures differ from those that are
// published, which tables are still due.
package desk

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/preview"
	"mingzhang/cmd/mingzhang/internal/proof"
	"mingzhang/cmd/mingzhang/internal/publish"
	"mingzhang/cmd/mingzhang/internal/site"
)

// manyDifferences is how many changed figures are listed in full.
const manyDifferences = 500

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

// differences compares the figures with those of the last build, for the
// department-years whose source files are not the ones it was made from.
func differences(s *site.Snapshot, published fs.FS, l lang.Lang, say func(zh, en string) string) preview.Section {
	sec := preview.Section{
		ID: "differences", Title: say("与上次生成的网站相比", "Against the last build"), Empty: say("没有数字不同。", "No figure differs."),
		Columns: []string{say("部门与年度", "department and year"), say("数", "figure"), say("原来 → 现在", "then → now")},
	}
	digests, read, err := inputs(published)
	if err != nil {
		sec.Empty = say("还没有生成过网站。", "The site has not been built yet.")
		return sec
	}
	row := func(home, name, label, anchor, was, is, mark string) {
		href := ""
		if anchor != "" {
			href = "/" + home + "/" + anchor
		}
		sec.Rows = append(sec.Rows, []preview.Cell{{Text: name, Href: "/" + home + "/"}, {Text: label, Href: href}, {Text: is, Was: was, Number: true, Mark: mark}})
	}
	for _, y := range s.Summaries() {
		if len(sec.Rows) >= manyDifferences {
			sec.Intro = say("只列出前面的。", "Only the first are listed. ")
			break
		}
		home := y.Department.Slug + "/" + strconv.Itoa(y.Year)
		name := y.Department.Name + " " + strconv.Itoa(y.Year)
		old, err := fs.ReadFile(published, home+"/figures.json")
		if err != nil {
			row(home, name, say("整个年度", "the whole year"), "", "", say("新增", "new"), "good")
			continue
		}
		if read[fmt.Sprintf("data/%d/%s", y.Year, y.Department.Slug)] == s.Files(y.Department, y.Year) && s.Unchanged(y.Department, y.Year, digests) {
			continue
		}
		now, err := s.Make(home + "/figures.json")
		if err != nil {
			continue // shown by its findings
		}
		before, err := proof.Read(old)
		if err != nil {
			row(home, name, "figures.json", "", "", err.Error(), "bad")
			continue
		}
		after, err := proof.Read(now)
		if err != nil {
			continue // it was made a moment ago, by the same program
		}
		was := map[string]*proof.Figure{}
		for _, f := range before.Figures {
			was[f.ID] = f
		}
		label := func(f *proof.Figure) string {
			if l == lang.EN && f.LabelEN != "" {
				return f.LabelEN
			}
			return f.Label
		}
		for _, f := range after.Figures {
			o := was[f.ID]
			delete(was, f.ID)
			switch {
			case o == nil:
				row(home, name, label(f), f.Address(), say("（无）", "(none)"), f.Display, "")
			case o.Display != f.Display:
				row(home, name, label(f), f.Address(), o.Display, f.Display, "")
			}
		}
		for _, f := range before.Figures {
			if was[f.ID] != nil {
				row(home, name, label(f), "", f.Display, say("（无）", "(none)"), "ask")
			}
		}
	}
	sec.Intro += fmt.Sprintf(say("%d 处不同。", "%d differences."), len(sec.Rows))
	return sec
}

// inputs reads from a manifest the digests of the files that the site was made
// from, and how many of them stood in each folder.
func inputs(published fs.FS) (digests map[string]string, folders map[string]int, err error) {
	data, err := fs.ReadFile(published, publish.ListName)
	if err != nil {
		return nil, nil, err
	}
	m, err := publish.ReadManifest(data)
	if err != nil {
		return nil, nil, err
	}
	digests, folders = map[string]string{}, map[string]int{}
	for _, in := range m.Inputs {
		digests[in.Path] = in.SHA256
		folders[path.Dir(in.Path)]++
	}
	return digests, folders, nil
}

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

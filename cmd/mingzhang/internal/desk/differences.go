package desk

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/preview"
	"mingzhang/cmd/mingzhang/internal/proof"
	"mingzhang/cmd/mingzhang/internal/publish"
	"mingzhang/cmd/mingzhang/internal/site"
)

// manyDifferences is how many changed figures are listed in full.
const manyDifferences = 500

// differences compares the figures with those of the last build, for the
// department-years whose source files are not the ones it was made from.
func differences(s *site.Snapshot, published fs.FS, l lang.Lang, say func(zh, en string) string) preview.Section {
	sec := preview.Section{
		ID: "differences", Title: say("与上次生成的网站相比", "Against the last build"), Empty: say("没有数字不同。", "No figure differs."),
		Columns: []string{say("部门与年度", "department and year"), say("数", "figure"), say("原来 → 现在", "then → now")},
	}
	last, err := lastBuild(published)
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
		if !last.years[home] {
			row(home, name, say("整个年度", "the whole year"), "", "", say("新增", "new"), "good")
			continue
		}
		delete(last.years, home)
		if last.folders[fmt.Sprintf("data/%d/%s", y.Year, y.Department.Slug)] == s.Files(y.Department, y.Year) && s.Unchanged(y.Department, y.Year, last.digests) {
			continue
		}
		old, err := fs.ReadFile(published, home+"/figures.json")
		if err != nil {
			row(home, name, "figures.json", "", "", err.Error(), "bad")
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
	if len(sec.Rows) < manyDifferences {
		for _, home := range slices.Sorted(maps.Keys(last.years)) {
			row(home, home, say("整个年度", "the whole year"), "", "", say("不再公开", "no longer published"), "ask")
		}
	}
	sec.Intro += fmt.Sprintf(say("%d 处不同。", "%d differences."), len(sec.Rows))
	return sec
}

// built is what the manifests say of the last build.
type built struct {
	digests map[string]string // of the files that it was made from
	folders map[string]int    // how many of them stood in each folder
	years   map[string]bool   // the homes of department-years that it has
}

// lastBuild reads the manifests of a published folder: the top one and that of
// each department.
func lastBuild(published fs.FS) (*built, error) {
	top, parts, err := publish.ReadManifests(published)
	if err != nil {
		return nil, err
	}
	b := &built{digests: map[string]string{}, folders: map[string]int{}, years: map[string]bool{}}
	for _, m := range append(parts, top) {
		if m == nil {
			continue // its department-years are compared figure by figure
		}
		for _, in := range m.Inputs {
			if _, twice := b.digests[in.Path]; !twice { // departments that follow each other may share a file
				b.folders[path.Dir(in.Path)]++
			}
			b.digests[in.Path] = in.SHA256
		}
		if m == top {
			continue // it lists no department's files
		}
		for _, f := range m.Files {
			if home, ok := strings.CutSuffix(f.Path, "/figures.json"); ok {
				b.years[home] = true
			}
		}
	}
	return b, nil
}

package site

import (
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"mingzhang/cmd/mingzhang/internal/check"
	"mingzhang/cmd/mingzhang/internal/claim"
	"mingzhang/cmd/mingzhang/internal/dataset"
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/page"
	"mingzhang/cmd/mingzhang/internal/score"
	"mingzhang/cmd/mingzhang/internal/search"
	"mingzhang/cmd/mingzhang/internal/statement"
)

// year is a department-year after reading, computing and checking.
type year struct {
	dy         *fiscal.DepartmentYear
	papers     []check.Paper   // its tables as they were handed in
	asked      []check.Outcome // of its figures and tables
	outcomes   []check.Outcome // these, and what was asked of its text
	checklists []check.Checklist
	compared   map[*statement.Statement]page.Comparison
	waived     map[*diag.Finding]*check.Waiver
	score      *score.Sheet
	projects   []*score.Sheet
	text       *manuscript
	figures    *page.Summary // of the figures alone
	terms      search.Terms  // of the figures and tables alone
	said       int           // of so many figures
	summary    *page.Summary
	findings   diag.List
	data       diag.List      // of the findings, those about figures
	reads      *reads         // its own tables; those that departments share are the site's
	texts      *reads         // its own texts
	grids      []laidTable    // its tables as machines get them
	before     []func() *past // the department-years with which it is compared
	moved      bool           // its files are no longer those of the work it belongs to
}

// tables are a department-year's tables as they were read.
type tables struct {
	reads *reads
	dy    *fiscal.DepartmentYear
	list  diag.List
}

// tables reads the tables of a department-year. It looks at no other year.
func (s *Site) tables(dep *fiscal.Department, y int) *tables {
	t := &tables{reads: newReads(s.fsys)}
	t.dy, t.list = s.reader.Through(t.reads).Read(dep, y)
	return t
}

// compute makes a department-year's figures from its tables, and checks them.
// before are the department-years with which it is compared: its own last year,
// or that of the bodies it took over from. Its texts are read by reword.
func (s *Site) compute(t *tables, before []*member) *year {
	dy, list := t.dy, t.list
	dep, y := dy.Department, dy.Year
	yr := &year{dy: dy, papers: papers(dy), reads: t.reads, compared: map[*statement.Statement]page.Comparison{}}
	for _, m := range before {
		yr.before = append(yr.before, sync.OnceValue(func() *past { return s.past(m) }))
	}
	dy.Book.Prior = s.priorFigures(dy, yr.before)
	list.Add(s.Catalogue.Compute(dy.Book, y)...)
	list.Add(s.scores(yr)...)
	for _, st := range dy.Statements {
		b, c := st.Compare(dy.Book)
		yr.compared[st] = page.Comparison{Before: b, Change: c}
	}
	folder := path.Join(s.Set.Root, strconv.Itoa(y), dep.Slug)
	ask := func(outcomes []check.Outcome, found diag.List) {
		yr.asked = append(yr.asked, outcomes...)
		list.Add(found...)
	}
	var found diag.List
	yr.asked, found = s.Rules.Examine(s.Rules.OfTables(len(yr.papers) > 0, list), dy.Book, dy.Statements, folder)
	list.Add(found...)
	yr.checklists = check.Complete(s.Registry, s.due(dep), check.Kinds(dy.Book, dy.Statements), dy.Statements, dy.Lacking)
	ask(check.Completeness(yr.checklists, dy.Statements, folder))
	ask(s.examined(yr, folder).Ask())
	units := s.units(dep, y, folder)
	ask([]check.Outcome{units}, units.Findings)
	ask(s.Rules.ByConstruction(), nil)
	dy.Book.Rest()
	for _, f := range list {
		f.Scope = diag.Scope{Department: dep.Slug, Year: y}
	}
	yr.data = list
	yr.grids = gridsOf(dy)
	return yr
}

// reword reads the texts of a department-year whose figures are known, and
// settles what depends on both: which findings are accepted, and the summary.
func (s *Site) reword(yr *year) {
	dy := yr.dy
	dep, y := dy.Department, dy.Year
	yr.texts = newReads(s.fsys)
	doc, list := text(yr.texts, narrativePath(dep, y))
	var more diag.List
	var book *claim.Book
	if doc != nil {
		book = claim.NewBook(dy.Book, y)
	}
	yr.text, more = s.write(yr.texts, doc, book, y, page.YearPath(dep.Slug, y))
	list.Add(more...)
	list.Add(personal(doc)...)
	for _, f := range list {
		f.Scope = diag.Scope{Department: dep.Slug, Year: y}
	}
	asked := yr.asked
	if !s.opts.Once {
		asked = slices.Clip(asked) // which other states of the text share
	}
	yr.outcomes = append(asked, s.Rules.OfTexts(doc != nil, list)...)
	list = append(slices.Clone(yr.data), list...)
	yr.waive(s.Waivers, list, s.asOf())
	switch {
	case yr.figures != nil:
	case s.findings:
		yr.figures = &page.Summary{Department: dep, Year: y}
	default:
		yr.figures = page.Summarise(dy, s.Catalogue, released(dy), s.compared())
	}
	summary := *yr.figures // which other states of the text share
	yr.summary = &summary
	yr.summary.Narrative = doc != nil
	if !s.findings {
		yr.summary.Pages = s.namesOf(yr)
	}
	if s.indexed() {
		if n := len(dy.Book.All()); yr.terms == nil || yr.said != n {
			yr.terms, yr.said = page.SearchTerms(dy, yr.score), n
		}
		yr.summary.Terms = yr.terms
		if doc != nil {
			yr.summary.Terms = yr.terms.And(search.TermsOf(slices.Values([]string{string(doc.Body)})))
		}
	}
	yr.summary.Errors = list.Count(diag.Error)
	yr.summary.Waived = len(yr.waived)
	yr.summary.Results = page.TallyOf(yr.counts())
	yr.findings = list
}

// Book reads and computes one department-year, with the years before it, as far
// as its figures go. It is nil for a year of which there are no data.
func (s *Site) Book(dep *fiscal.Department, y int) (*figure.Book, diag.List) {
	for _, f := range s.Families() {
		if !slices.Contains(f.Departments, dep) {
			continue
		}
		if m := s.Work(f).member(dep, y); m != nil {
			return s.load(m).dy.Book, m.findings
		}
	}
	return nil, nil
}

// waive marks the outcomes whose findings are all accepted.
func (yr *year) waive(w *check.Waivers, list diag.List, asOf time.Time) {
	yr.waived = w.Apply(list, asOf)
	for i := range yr.outcomes {
		o := &yr.outcomes[i]
		findings := o.Findings
		all := len(findings) > 0
		for _, f := range findings {
			all = all && yr.waived[f] != nil
		}
		if all {
			o.Result, o.Why = check.Waived, lang.Same(yr.waived[findings[0]].Reason.Value)
		}
	}
}

// scores fills in the rubric of the department's year, and that of its projects.
func (s *Site) scores(yr *year) diag.List {
	dy := yr.dy
	dep := dy.Department
	var list diag.List
	ids := dep.Rubric
	if ids == "" {
		ids = s.Config.Rubric
	}
	r, _ := s.Rubrics.Of(ids, dy.Year) // unknown ones were told when the site was opened
	reasons := func(name string) string {
		for _, v := range dy.Reviews {
			if figure.KeyOf(v.Item.Value) == figure.KeyOf(name) {
				return v.Reason.Value
			}
		}
		return ""
	}
	if r != nil {
		if yr.score = r.Compute(dy.Book, reasons); yr.score != nil {
			list.Add(yr.score.Review(dy.Book)...)
		}
	}
	if p, ok := s.Rubrics.Find(s.Config.Projects); ok {
		yr.projects = p.ComputeProjects(dy.Book, reasons)
	}
	return list
}

// due returns the list of tables that a department should disclose.
func (s *Site) due(dep *fiscal.Department) *statement.Set {
	for _, id := range []string{dep.Tables, s.Config.Tables, "national"} {
		if set, ok := s.Registry.Set(id); ok {
			return set
		}
	}
	return s.Registry.Sets[0]
}

// priorFigures looks a figure up in the year before: under its own id, under
// the code that this year's code replaced, or in the table prior where that year
// has no folder. After a merger it is the sum over the bodies that were merged.
func (s *Site) priorFigures(dy *fiscal.DepartmentYear, before []func() *past) func(string) *figure.Figure {
	return func(id string) *figure.Figure {
		switch len(before) {
		case 0:
			return dy.Book.Get("prior/" + id + "/amount")
		case 1:
			return s.find(before[0]().figure, id, dy.Year)
		}
		var parts []*figure.Figure
		for _, m := range before {
			f := s.find(m().figure, id, dy.Year)
			if f == nil {
				return nil
			}
			parts = append(parts, f)
		}
		return dy.Book.Merge(id, parts)
	}
}

// find looks among the figures of a year for the one that an id of a later year
// means.
func (s *Site) find(get func(string) *figure.Figure, id string, year int) *figure.Figure {
	if f := get(id); f != nil {
		return f
	}
	parts := strings.Split(id, "/")
	if len(parts) == 3 {
		if old := s.Registry.Functions.Predecessors(parts[1], year); len(old) == 1 {
			return get(parts[0] + "/" + old[0] + "/" + parts[2])
		}
	}
	return nil
}

// accepted lists the waived contradictions of a department-year for its page.
func (yr *year) accepted(l lang.Lang) []page.AcceptedInput {
	var out []page.AcceptedInput
	for _, o := range yr.outcomes {
		findings := o.Findings
		for _, f := range findings {
			w := yr.waived[f]
			if w == nil {
				continue
			}
			a := page.AcceptedInput{Headline: f.Headline.In(l), Reason: w.Reason.Value, By: w.By.Value}
			if shown := o.Shown[f]; shown != nil {
				a.Lines = shown(l)
			}
			out = append(out, a)
		}
	}
	return out
}

// sums tells what came out of the sums inside one statutory table.
func (yr *year) sums(st *statement.Statement, l lang.Lang) []string {
	var out []string
	for _, o := range yr.outcomes {
		if o.Table == st.Form.ID {
			out = append(out, o.Rule.Name.In(l)+"："+o.Sum.In(l))
		}
	}
	return out
}

// StrayNarrative is raised for a text that belongs to no page.
var StrayNarrative = &diag.Code{
	Word: "narrative-stray", Severity: diag.Error, Since: "0.1.0",
	Headline: lang.Text{ZH: "这篇文字不属于任何页面：%s", EN: "this text belongs to no page: %s"},
	Why:      lang.Text{ZH: "文字放错地方就不会公开，也没有人会发现", EN: "a text in the wrong place is not published, and no one notices"},
	Fix:      lang.Text{ZH: "年度文字放在 content/年度/部门标识.md，部门概况放在 content/departments/部门标识.md", EN: "put it at content/<year>/<slug>.md or content/departments/<slug>.md"},
}

// Codes lists the findings of this package.
var Codes = append([]*diag.Code{StrayNarrative, UnknownSuccessor, StandardOverridden, StandardStray}, textCodes...)

// misnamedText tells a text of a department that bears another ending than the one by
// which it is read: windows that hide endings make shili.md.txt of it.
func (s *Site) misnamedText(p string) *diag.Finding {
	base := path.Base(p)
	stem, found := base, false
	for cut := true; cut; {
		cut = false
		for _, end := range []string{".md", ".txt", ".markdown"} {
			if strings.HasSuffix(strings.ToLower(stem), end) {
				stem, cut, found = stem[:len(stem)-len(end)], true, true
			}
		}
	}
	dep, ok := s.Departments.Find(stem)
	if !found || !ok || strings.Count(p, "/") != 2 {
		return nil // an attachment
	}
	right := path.Join(path.Dir(p), dep.Slug+".md")
	if _, err := fs.Stat(s.wide, right); err == nil {
		return nil
	}
	f := StrayNarrative.At(diag.Place{File: p}, p)
	f.Expected = dep.Slug + ".md"
	f.Fix = lang.Sprintf(lang.Text{ZH: "文字以 .md 结尾才会读：把文件名改成 %s（在「查看」里打开「文件扩展名」）", EN: "texts end in .md: rename it to %s (with file name extensions shown)"}, f.Expected)
	return f
}

// strayNarratives tells Markdown files under content/ that no page will show.
func (s *Site) strayNarratives() diag.List {
	var list diag.List
	var slugs []string
	for _, d := range s.Departments.List {
		slugs = append(slugs, d.Slug)
	}
	_ = fs.WalkDir(s.wide, "content", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || dataset.Ignored(e.Name()) || p == s.Config.About || e.Name() == "README.md" {
			return nil
		}
		if !strings.HasSuffix(p, ".md") {
			list.Add(s.misnamedText(p))
			return nil
		}
		parts := strings.Split(strings.TrimPrefix(p, "content/"), "/")
		if len(parts) == 2 {
			slug := strings.TrimSuffix(parts[1], ".md")
			dep, ok := s.Departments.Find(slug)
			if ok && dep.Slug == slug {
				if parts[0] == "departments" {
					return nil
				}
				for _, y := range s.years[dep] {
					if parts[0] == strconv.Itoa(y) {
						return nil
					}
				}
			}
			f := StrayNarrative.At(diag.Place{File: p}, p)
			if near := label.Nearest(slug, slugs); near != "" && near != slug {
				f.Expected = near
				f.Fix = lang.Sprintf(lang.Text{ZH: "是不是「%s.md」？", EN: "did you mean %s.md?"}, near)
			}
			list.Add(f)
			return nil
		}
		list.Add(StrayNarrative.At(diag.Place{File: p}, p))
		return nil
	})
	return list
}

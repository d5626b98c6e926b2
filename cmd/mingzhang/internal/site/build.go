package site

import (
	"fmt"
	"path"
	"slices"
	"sync"

	"mingzhang/cmd/mingzhang/internal/check"
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/export"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/narrative"
	"mingzhang/cmd/mingzhang/internal/page"
	"mingzhang/cmd/mingzhang/internal/proof"
)

// Check runs the pipeline without making pages.
func (s *Site) Check() (Report, diag.List) {
	r, list, _ := s.run(nil)
	return r, list
}

// Build makes every file of the site and gives it to the sink. The caller
// throws the files away when the findings hold an error: a site is published
// whole or not at all.
func (s *Site) Build(sink Sink) (Report, diag.List, error) { return s.run(sink) }

// run takes all departments through the pipeline; a nil sink means that only
// the findings are wanted.
func (s *Site) run(sink Sink) (Report, diag.List, error) {
	b := &builder{Site: s, sink: sink, summaries: map[*fiscal.Department][]*page.Summary{}}
	b.report.Outcomes = map[check.Result]int{}
	list, err := s.each(b.family)
	list.Add(s.Waivers.Unused(s.asOf())...)
	var about *narrative.Document
	if s.Config.About != "" {
		var found diag.List
		about, found = s.text(s.Config.About)
		list.Add(found...)
	}
	if sink != nil && err == nil {
		err = b.siteWide(about)
	}
	list.Sort()
	return b.report, list, err
}

// builder is one run.
type builder struct {
	*Site
	sink Sink

	mu        sync.Mutex
	report    Report
	summaries map[*fiscal.Department][]*page.Summary
}

func (b *builder) put(name string, data []byte) error {
	b.mu.Lock()
	b.report.Files++
	b.report.Bytes += int64(len(data))
	b.mu.Unlock()
	return b.sink.Put(name, data)
}

// render makes one page and puts it at its address.
func (b *builder) render(l lang.Lang, base *page.Base, p any) error {
	data, err := b.Theme.Page(l, base.Kind, p)
	if err != nil {
		return fmt.Errorf("page %s: %w", base.Path, err)
	}
	return b.put(page.File(base.Path), data)
}

func (b *builder) context(l lang.Lang) page.Context {
	return page.Context{Lang: l, Config: b.Config, Version: b.opts.Version}
}

// family works on departments that follow each other, predecessors first.
func (b *builder) family(deps []*fiscal.Department) (diag.List, error) {
	var list diag.List
	last := map[*fiscal.Department]*year{}
	for _, d := range deps {
		found, err := b.department(d, last)
		list.Add(found...)
		if err != nil {
			return list, err
		}
	}
	return list, nil
}

// eachYear reads all years of one department in order, each beside the one
// before. last keeps the newest year of each department of the family, for the
// one that takes over.
func (s *Site) eachYear(dep *fiscal.Department, last map[*fiscal.Department]*year, do func(*year, diag.List) error) error {
	var before []*year
	for _, p := range s.lineage.predecessors[dep] {
		if y := last[p]; y != nil {
			before = append(before, y)
		}
	}
	for _, y := range s.years[dep] {
		before = slices.DeleteFunc(before, func(p *year) bool { return p.dy.Year != y-1 })
		yr, found := s.read(dep, y, before)
		if err := do(yr, found); err != nil {
			return err
		}
		before = []*year{yr}
		last[dep] = yr
	}
	return nil
}

// department works on all years of one department.
func (b *builder) department(dep *fiscal.Department, last map[*fiscal.Department]*year) (diag.List, error) {
	var list diag.List
	var summaries []*page.Summary
	err := b.eachYear(dep, last, func(yr *year, found diag.List) error {
		list.Add(found...)
		summaries = append(summaries, yr.summary)
		b.count(yr)
		if b.sink == nil {
			return nil
		}
		return b.yearFiles(yr)
	})
	if err != nil {
		return list, err
	}
	profile, found := b.text(path.Join("content", "departments", dep.Slug+".md"))
	list.Add(found...)
	slices.Reverse(summaries) // the newest year first
	b.mu.Lock()
	b.summaries[dep] = summaries
	b.report.Departments++
	b.mu.Unlock()
	if b.sink == nil || len(summaries) == 0 && profile == nil {
		return list, nil
	}
	text, err := printed(profile)
	if err != nil {
		return list, err
	}
	for _, l := range b.Config.Langs() {
		p := b.context(l).NewDepartment(dep, summaries, text)
		if err := b.render(l, &p.Base, p); err != nil {
			return list, err
		}
	}
	return list, nil
}

func (b *builder) count(yr *year) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.report.Years++
	for _, o := range yr.outcomes {
		b.report.Outcomes[o.Result]++
	}
}

// yearFiles makes the pages and downloads of one department-year.
func (b *builder) yearFiles(yr *year) error {
	dy := yr.dy
	text, err := printed(yr.narrative)
	if err != nil {
		return err
	}
	for _, st := range dy.Statements {
		if err := b.put(page.StatementCSVPath(dy.Department.Slug, dy.Year, st.Form.ID), st.CSV()); err != nil {
			return err
		}
	}
	for _, t := range dy.Tables {
		data := export.Table(t, dy.Book.Table(fiscal.BookName(t.ID)))
		if err := b.put(page.CSVPath(dy.Department.Slug, dy.Year, t.ID), data); err != nil {
			return err
		}
	}
	if err := b.put(page.JSONPath(dy.Department.Slug, dy.Year), proof.Write(dy)); err != nil {
		return err
	}
	for _, l := range b.Config.Langs() {
		pr := b.context(l).NewProof(dy)
		if err := b.render(l, &pr.Base, pr); err != nil {
			return err
		}
		p := b.context(l).NewYear(page.YearInput{
			DY: dy, Catalogue: b.Catalogue, Outcomes: yr.outcomes, Waived: yr.accepted(l), Narrative: text, Years: b.years[dy.Department], Checklists: yr.checklists, Score: yr.score,
		})
		if err := b.render(l, &p.Base, p); err != nil {
			return err
		}
		if yr.score != nil || len(yr.projects) > 0 {
			p := b.context(l).NewScore(dy, yr.score, yr.projects)
			if err := b.render(l, &p.Base, p); err != nil {
				return err
			}
		}
		for _, st := range dy.Statements {
			p := b.context(l).NewStatement(dy, st, yr.compared[st], yr.sums(st, l), dy.Statements)
			if err := b.render(l, &p.Base, p); err != nil {
				return err
			}
		}
	}
	return nil
}

// siteWide makes the pages that look at all departments, and the theme's own
// files.
func (b *builder) siteWide(about *narrative.Document) error {
	var all []*page.Summary
	for _, d := range b.Departments.List {
		all = append(all, b.summaries[d]...)
	}
	text, err := printed(about)
	if err != nil {
		return err
	}
	for _, l := range b.Config.Langs() {
		c := b.context(l)
		home := c.NewHome(all, text)
		if err := b.render(l, &home.Base, home); err != nil {
			return err
		}
		for _, k := range spendingKinds {
			p := c.NewSpending(k, all, b.Catalogue.Names)
			if err := b.render(l, &p.Base, p); err != nil {
				return err
			}
		}
	}
	main := b.Config.Langs()[0]
	missing, err := b.Theme.Page(main, "404", b.context(main).NewNotFound())
	if err != nil {
		return err
	}
	if err := b.put("404.html", missing); err != nil {
		return err
	}
	for name, data := range b.Theme.Assets {
		if err := b.put("assets/"+name, data); err != nil {
			return err
		}
	}
	return nil
}

// spendingKinds are the classifications by which spending is shown over all
// departments.
var spendingKinds = []page.SpendingKind{
	{ID: "functions", Fact: "function", Name: lang.Text{ZH: "各部门支出（按功能分类）", EN: "Spending by function"}},
	{ID: "economics", Fact: "economic", Name: lang.Text{ZH: "各部门基本支出（按经济分类）", EN: "Basic spending by economic class"}},
}

package site

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"strconv"
	"strings"

	"mingzhang/cmd/mingzhang/internal/check"
	"mingzhang/cmd/mingzhang/internal/dataset"
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/narrative"
	"mingzhang/cmd/mingzhang/internal/page"
)

func defaultWorkers() int { return runtime.GOMAXPROCS(0) }

// year is a department-year after reading, computing and checking.
type year struct {
	dy        *fiscal.DepartmentYear
	outcomes  []check.Outcome
	waived    map[*diag.Finding]*check.Waiver
	narrative *narrative.Document
	summary   *page.Summary
}

// read takes one department-year through the pipeline up to its pages. prior is
// the summary of the year before, nil if that year is not published.
func (s *Site) read(dep *fiscal.Department, y int, prior *page.Summary) (*year, diag.List) {
	dy, list := s.reader.Read(dep, y)
	dy.Book.Prior = priorFigures(dy, prior)
	list.Add(s.Catalogue.Compute(dy.Book, y)...)
	folder := path.Join(s.Set.Root, strconv.Itoa(y), dep.Slug)
	outcomes, found := s.Rules.Run(dy.Book, folder)
	list.Add(found...)
	doc, more := s.text(path.Join("content", strconv.Itoa(y), dep.Slug+".md"))
	list.Add(more...)
	for _, f := range list {
		f.Scope = diag.Scope{Department: dep.Slug, Year: y}
	}
	waived := s.Waivers.Apply(list, s.asOf())
	for i := range outcomes {
		if w := waived[outcomes[i].Finding]; w != nil {
			outcomes[i].Result, outcomes[i].Why = check.Waived, lang.Same(w.Reason.Value)
		}
	}
	yr := &year{dy: dy, outcomes: outcomes, waived: waived, narrative: doc, summary: page.Summarise(dy, s.Catalogue)}
	yr.summary.Narrative = doc != nil
	yr.summary.Errors = list.Count(diag.Error)
	yr.summary.Waived = len(waived)
	return yr, list
}

// priorFigures looks a figure up in the year before: in its own book, or in the
// table prior of this year where that year has no folder.
func priorFigures(dy *fiscal.DepartmentYear, prior *page.Summary) func(string) *figure.Figure {
	return func(id string) *figure.Figure {
		if prior != nil {
			if f := prior.Figure(id); f != nil {
				return f
			}
		}
		return dy.Book.Get("prior/" + id + "/amount")
	}
}

// text reads a narrative; a text that is not there is no finding.
func (s *Site) text(name string) (*narrative.Document, diag.List) {
	data, err := fs.ReadFile(s.fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, diag.List{fiscal.Unreadable.At(diag.Place{File: name}, err.Error())}
	}
	return narrative.Parse(name, data)
}

// printed makes a narrative ready for a page.
func printed(d *narrative.Document) (*page.Narrative, error) {
	if d == nil {
		return nil, nil
	}
	html, err := d.HTML()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", d.File, err)
	}
	p := &page.Narrative{HTML: html, Title: d.Front.Title, Author: d.Front.Author, Date: d.Front.Date, Source: d.Front.Source}
	for _, h := range d.Headings {
		p.Headings = append(p.Headings, page.Heading(h))
	}
	return p, nil
}

// accepted lists the waived contradictions of a department-year for its page.
func (yr *year) accepted(l lang.Lang) []page.Accepted {
	var out []page.Accepted
	for _, o := range yr.outcomes {
		if w := yr.waived[o.Finding]; o.Finding != nil && w != nil {
			a := page.Accepted{Headline: o.Finding.Headline.In(l), Reason: w.Reason.Value, By: w.By.Value}
			a.Sum = strings.Split(o.Sum.In(l), "\n")
			out = append(out, a)
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
var Codes = []*diag.Code{StrayNarrative}

// strayNarratives tells Markdown files under content/ that no page will show.
func (s *Site) strayNarratives() diag.List {
	var list diag.List
	var slugs []string
	for _, d := range s.Departments.List {
		slugs = append(slugs, d.Slug)
	}
	_ = fs.WalkDir(s.fsys, "content", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || dataset.Ignored(e.Name()) || !strings.HasSuffix(p, ".md") || p == s.Config.About || e.Name() == "README.md" {
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

package site

import (
	"io/fs"
	"path"
	"strings"

	"mingzhang/cmd/mingzhang/internal/check"
	"mingzhang/cmd/mingzhang/internal/config"
	"mingzhang/cmd/mingzhang/internal/dataset"
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/narrative"
	"mingzhang/cmd/mingzhang/internal/privacy"
	"mingzhang/cmd/mingzhang/internal/table"
)

// papers lists the tables of a department-year as they were handed in.
func papers(dy *fiscal.DepartmentYear) []check.Paper {
	var out []check.Paper
	for _, t := range dy.Tables {
		rows := t.Rows
		if rows == nil {
			rows = []table.Row{}
		}
		out = append(out, check.PaperOf(t.Binding, rows))
	}
	for _, st := range dy.Statements {
		if !st.Derived {
			out = append(out, check.PaperOfStatement(st))
		}
	}
	return out
}

// examined gathers what is asked of a department-year besides formulas.
func (s *Site) examined(yr *year, folder string) *check.Case {
	dy := yr.dy
	dep := dy.Department
	c := &check.Case{
		Names: []string{dep.Name, dep.Short, dep.Code}, Year: dy.Year, Papers: yr.papers, Book: dy.Book, Statements: dy.Statements, Folder: folder,
	}
	c.Withheld = map[string]int{}
	for _, t := range dy.Tables {
		c.Withheld[fiscal.BookName(t.ID)] += t.Withheld
	}
	c.Bodies = s.bodies()
	if len(yr.before) == 1 {
		last := yr.before[0]()
		c.Last, c.Before = last.papers, last.figure
	}
	return c
}

// allBodies makes the departments ready to be found by their full names.
func (s *Site) allBodies() *check.Bodies {
	names := make([]string, 0, len(s.Departments.List))
	for _, d := range s.Departments.List {
		names = append(names, d.Name)
	}
	return check.NewBodies(names)
}

// units asks whether the units under a department disclosed the year.
func (s *Site) units(dep *fiscal.Department, y int, folder string) check.Outcome {
	all := 0
	var lacking []string
	for _, d := range s.Departments.List {
		if d == dep || d.Parent == "" || d.Since > y || d.Until > 0 && d.Until < y {
			continue
		}
		if p, ok := s.Departments.Find(d.Parent); !ok || p != dep {
			continue
		}
		all++
		disclosed := false
		for _, have := range s.years[d] {
			disclosed = disclosed || have == y
		}
		if !disclosed {
			lacking = append(lacking, d.Name)
		}
	}
	return check.Units(all, lacking, folder)
}

// personal tells personal data in a text, its front matter included.
func personal(d *narrative.Document) diag.List {
	if d == nil {
		return nil
	}
	return personalIn(d.File, d.Source())
}

// personalIn tells personal data in the lines of a file.
func personalIn(file string, lines []string) diag.List {
	var list diag.List
	for i, line := range lines {
		for _, h := range privacy.Find(line) {
			f := h.Code.At(diag.Place{File: file, Line: i + 1, Column: len([]rune(line[:h.At])) + 1}, h.Mask)
			f.Value = h.Mask
			list.Add(f)
		}
	}
	return list
}

// personalInSettings tells personal data in the settings, which are printed on
// every page. A telephone may be meant as the public's way to ask: that is
// asked, not asserted.
func personalInSettings(r fs.FS) diag.List {
	data, err := fs.ReadFile(r, config.FileName)
	if err != nil {
		return nil
	}
	list := personalIn(config.FileName, strings.Split(string(data), "\n"))
	for _, f := range list {
		if f.Code == privacy.Phone {
			f.Severity = diag.Warning
		}
	}
	return list
}

// personalInDirectory tells personal data in the files of the whole site.
func (s *Site) personalInDirectory() diag.List {
	var list diag.List
	if sheet := s.Departments.Sheet; sheet != nil {
		for _, r := range sheet.Rows {
			for _, c := range r {
				list.Add(check.Personal(sheet, c)...)
			}
		}
	}
	return list
}

// print is a table file that holds numbers enough to be known again.
type print struct {
	file, sha256 string
	scope        diag.Scope
	sure         bool // it holds so much that two of them cannot agree by chance
}

func prints(yr *year) []print {
	var out []print
	for _, p := range yr.papers {
		if path.Dir(path.Dir(p.Sheet.File)) == "." || isShared(p.Sheet.File) {
			continue
		}
		if n := len(out); n > 0 && out[n-1].file == p.Sheet.File { // another sheet of the workbook
			out[n-1].sure = out[n-1].sure || p.Print.Sure()
		} else if p.Print.Known() {
			out = append(out, print{p.Sheet.File, p.Sheet.SHA256, diag.Scope{Department: yr.dy.Department.Slug, Year: yr.dy.Year}, p.Print.Sure()})
		}
	}
	return out
}

// isShared reports whether a file serves several departments: data/2024/x.csv.
func isShared(file string) bool { return strings.Count(file, "/") < 3 && !dataset.Workbook(file) }

// elsewhere tells files that stand under two departments, or under two years.
// suspect leaves out those that are known to stand once; it may be nil.
func elsewhere(works []*Work, suspect func(print) bool) diag.List {
	var list diag.List
	first := map[string]print{}
	for _, w := range works {
		for _, p := range w.prints {
			if suspect != nil && !suspect(p) {
				continue
			}
			old, ok := first[p.sha256]
			if !ok {
				first[p.sha256] = p
				continue
			}
			if old.scope.Department == p.scope.Department && (old.scope.Year-p.scope.Year)*(old.scope.Year-p.scope.Year) <= 1 {
				continue // last year's file: told there, whatever its bytes
			}
			f := check.Elsewhere(p.file, old.file, p.sure)
			f.Scope = p.scope
			list.Add(f)
		}
	}
	return list
}

// Package dataset finds the files of a site's data folder: which year,
// department and table each belongs to. It reads names only, so that a change
// of one file is traced to the department-years that read it.
//
//	data/departments.csv            the departments
//	data/waivers.csv                accepted contradictions
//	data/<year>/<slug>/<table>.csv  one table of one department
//	data/<year>/<slug>/*.csv, *.xlsx statutory tables as the department has them
//	data/<year>/<table>.csv         one table of all departments, with a 部门 column
//	data/standard/                  the site's own additions to the standard tables
package dataset

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"mingzhang/cmd/mingzhang/internal/crew"
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/standard"
)

// Key names a department-year.
type Key struct {
	Slug string
	Year int
}

// Before orders keys by department, then year.
func (k Key) Before(o Key) bool {
	if k.Slug != o.Slug {
		return k.Slug < o.Slug
	}
	return k.Year < o.Year
}

// File is one table file.
type File struct {
	Path  string
	Table string // id in the contract
}

// Set is the data files of a site.
type Set struct {
	Root        string
	Departments string         // path of departments.csv, "" if absent
	Waivers     string         // path of waivers.csv, "" if absent
	Years       []int          // in rising order
	Own         map[Key][]File // by department-year
	Handed      map[Key][]File // statutory tables as handed in; which ones they are is told by their contents
	Shared      map[int][]File // one file for all departments of a year
	Standard    []string       // files under data/standard/
}

// Ignored reports whether a file name is none of the site's: hidden files, lock
// and backup files of editors and spreadsheet programs.
func Ignored(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.HasPrefix(name, ".~") ||
		strings.HasSuffix(name, "~") || strings.HasSuffix(name, ".tmp") || strings.HasSuffix(name, ".swp") ||
		strings.HasSuffix(name, ".bak") || name == "Thumbs.db" || name == "desktop.ini" || name == "4913"
}

// Scan lists the data files under root. tables names the contract's tables.
func Scan(fsys fs.FS, root string, tables *standard.Tables) (*Set, diag.List) {
	s := &Set{Root: root, Own: map[Key][]File{}, Handed: map[Key][]File{}, Shared: map[int][]File{}}
	var list diag.List
	entries, err := fs.ReadDir(fsys, root)
	if err != nil {
		list.Add(FolderMissing.At(diag.Place{File: root}, root))
		return s, list
	}
	for _, e := range entries {
		name := e.Name()
		switch year, isYear := yearOf(name); {
		case Ignored(name):
		case e.IsDir() && isYear:
			s.Years = append(s.Years, year)
			s.scanYear(fsys, year, tables, &list)
		case e.IsDir() && name == "standard":
			s.Standard = listFiles(fsys, path.Join(root, name))
		case e.IsDir():
			list.Add(unknownFolder(path.Join(root, name), name))
		case name == "README.md":
		default:
			t, ok := tableOf(name, tables, true)
			switch {
			case ok && t == "departments":
				s.Departments = path.Join(root, name)
			case ok && t == "waivers":
				s.Waivers = path.Join(root, name)
			default:
				list.Add(unknownFile(path.Join(root, name), name, []string{"departments", "waivers"}))
			}
		}
	}
	if s.Departments == "" {
		list.Add(FileMissing.At(diag.Place{File: path.Join(root, "departments.csv")}, "departments.csv"))
	}
	slices.Sort(s.Years)
	return s, list
}

func (s *Set) scanYear(fsys fs.FS, year int, tables *standard.Tables, list *diag.List) {
	dir := path.Join(s.Root, strconv.Itoa(year))
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		list.Add(FolderMissing.At(diag.Place{File: dir}, dir))
		return
	}
	folders := scanFolders(fsys, dir, entries, tables)
	for _, e := range entries {
		name := e.Name()
		switch {
		case Ignored(name) || name == "README.md":
		case e.IsDir():
			s.add(Key{name, year}, folders[name])
			list.Add(folders[name].list...)
		default:
			if t, ok := tableOf(name, tables, false); ok {
				s.Shared[year] = append(s.Shared[year], File{path.Join(dir, name), t})
			} else {
				list.Add(unknownFile(path.Join(dir, name), name, tableNames(tables)))
			}
		}
	}
}

// folder is what was found in the folder of a department-year.
type folder struct {
	empty       bool // which still announces the department-year
	own, handed []File
	list        diag.List
}

// scanFolders scans the folders in a year's folder side by side: there are as many
// as departments.
func scanFolders(fsys fs.FS, dir string, entries []fs.DirEntry, tables *standard.Tables) map[string]*folder {
	out := map[string]*folder{}
	var names []string
	for _, e := range entries {
		if name := e.Name(); e.IsDir() && !Ignored(name) {
			out[name] = &folder{}
			names = append(names, name)
		}
	}
	_ = crew.Each(names, func(name string) error { // which cannot fail
		out[name].scan(fsys, path.Join(dir, name), tables)
		return nil
	})
	return out
}

func (f *folder) scan(fsys fs.FS, dir string, tables *standard.Tables) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		f.list.Add(FolderMissing.At(diag.Place{File: dir}, dir))
		return
	}
	f.empty = len(entries) == 0
	seen := map[string]string{}
	for _, e := range entries {
		name := e.Name()
		file := path.Join(dir, name)
		switch {
		case Ignored(name) || name == "README.md":
		case e.IsDir():
			f.list.Add(UnknownFolder.At(diag.Place{File: file}, name))
		default:
			t, ok := tableOf(name, tables, false)
			switch {
			case !ok && maybeTable(name):
				f.handed = append(f.handed, File{Path: file})
			case !ok:
				f.list.Add(unknownFile(file, name, tableNames(tables)))
			case seen[t] != "":
				f.list.Add(TableTwice.At(diag.Place{File: file}, tables.Get(t).Name, seen[t]))
			default:
				seen[t] = file
				f.own = append(f.own, File{file, t})
			}
		}
	}
}

// add enters what was found.
func (s *Set) add(k Key, f *folder) {
	if len(f.own) > 0 || f.empty {
		s.Own[k] = f.own
	}
	if len(f.handed) > 0 {
		s.Handed[k] = f.handed
	}
}

// Keys lists the department-years that have a folder of their own, in order.
func (s *Set) Keys() []Key {
	keys := make([]Key, 0, len(s.Own))
	for k := range s.Own {
		keys = append(keys, k)
	}
	for k := range s.Handed {
		if _, ok := s.Own[k]; !ok {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(a, b Key) int { return cmp.Or(cmp.Compare(a.Slug, b.Slug), cmp.Compare(a.Year, b.Year)) })
	return keys
}

// unknownFolder tells a folder that is none of a year. One that is meant for a year
// holds all that is to be published of it.
func unknownFolder(dir, name string) *diag.Finding {
	f := UnknownFolder.At(diag.Place{File: dir}, name)
	folded := strings.TrimSuffix(strings.TrimSuffix(label.Fold(name), "度"), "年")
	if year, ok := yearOf(folded); ok {
		f.Severity, f.Expected = diag.Error, strconv.Itoa(year)
		f.Fix = lang.Sprintf(lang.Text{ZH: "年度文件夹只写四位数字：改名为 %s", EN: "a year's folder has four digits only: rename it to %s"}, f.Expected)
	}
	return f
}

func yearOf(name string) (int, bool) {
	if len(name) != 4 {
		return 0, false
	}
	y, err := strconv.Atoi(name)
	return y, err == nil && y >= 1950 && y < 2200
}

// tableOf finds the table that a file name stands for: expenditure.csv, 支出.csv.
func tableOf(name string, tables *standard.Tables, site bool) (string, bool) {
	base, ok := cutTableSuffix(name)
	if !ok {
		return "", false
	}
	t, ok := tables.Find(base)
	if !ok || t.Site != site {
		return "", false
	}
	return t.ID, true
}

func cutTableSuffix(name string) (string, bool) {
	lower := strings.ToLower(name)
	for _, ext := range []string{".csv", ".tsv", ".txt"} {
		if strings.HasSuffix(lower, ext) {
			return name[:len(name)-len(ext)], true
		}
	}
	return "", false
}

// maybeTable reports whether a file may hold statutory tables.
func maybeTable(name string) bool {
	_, ok := cutTableSuffix(name)
	return ok || Workbook(name)
}

// Workbook reports whether a file is a workbook by its name.
func Workbook(name string) bool {
	lower := strings.ToLower(name)
	return strings.HasSuffix(lower, ".xlsx") || strings.HasSuffix(lower, ".xlsm")
}

// Nearest returns the contract's table that a file name may have been meant for.
func Nearest(file string, tables *standard.Tables) string {
	base, ok := cutTableSuffix(path.Base(file))
	if !ok {
		return ""
	}
	return label.Nearest(base, tableNames(tables))
}

func tableNames(tables *standard.Tables) []string {
	var out []string
	for _, t := range tables.All() {
		if !t.Site {
			out = append(out, t.ID, t.Name.ZH)
		}
	}
	return out
}

func unknownFile(file, name string, known []string) *diag.Finding {
	f := UnknownFile.At(diag.Place{File: file}, name)
	switch strings.ToLower(path.Ext(name)) {
	case ".xls", ".et", ".ods", ".numbers", ".xlsb":
		f.Fix = lang.Text{ZH: "用 Excel 或 WPS 打开，另存为 xlsx（或「CSV UTF-8」），只改扩展名没有用", EN: "open it in a spreadsheet program and save it as xlsx or CSV UTF-8; renaming it is not enough"}
		return f
	case ".pdf", ".doc", ".docx", ".wps", ".ofd", ".zip", ".rar":
		f.Fix = lang.Text{ZH: "data/ 只放表格：把里面的表存成 xlsx 或 CSV；原件要一并公开的，放到 content/ 里作附件", EN: "data/ holds tables only: save those inside as xlsx or CSV; an original to be published goes to content/ as an attachment"}
		return f
	}
	if Workbook(name) {
		near := label.Nearest(strings.TrimSuffix(name, path.Ext(name)), known)
		f.Fix = saveAsCSV(near)
		if near != "" {
			f.Expected = near + ".csv"
		}
		return f
	}
	if base, ok := cutTableSuffix(name); ok {
		if near := label.Nearest(base, known); near != "" {
			f.Expected = near + ".csv"
			f.Fix = lang.Sprintf(lang.Text{ZH: "是不是「%s」？若是，请改文件名", EN: "did you mean %s? If so, rename the file"}, near+".csv")
		}
	}
	return f
}

// saveAsCSV is the remedy for a table of the contract that is a workbook: workbooks
// are read for statutory tables alone.
func saveAsCSV(table string) lang.Text {
	if table == "" {
		return lang.Text{ZH: "这里的表只收 CSV：用 Excel 或 WPS 另存为「CSV UTF-8（逗号分隔）」，文件名用表名；公开表的 xlsx 放进部门的文件夹", EN: "tables here are CSV: save it as CSV UTF-8 under the table's name; a workbook of statutory tables goes into a department's folder"}
	}
	return lang.Sprintf(lang.Text{ZH: "这张表只收 CSV：用 Excel 或 WPS 另存为「CSV UTF-8（逗号分隔）」，文件名写 %s", EN: "this table is read from CSV: save it as CSV UTF-8 under the name %s"}, table+".csv")
}

// OwnTable mends the finding about a sheet of a workbook that is no statutory table
// but a table of the contract.
func OwnTable(f *diag.Finding, table string) {
	f.Severity, f.Expected, f.Fix = diag.Error, table+".csv", saveAsCSV(table)
}

func listFiles(fsys fs.FS, dir string) []string {
	var out []string
	_ = fs.WalkDir(fsys, dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !Ignored(d.Name()) {
			out = append(out, p)
		}
		return nil
	})
	return out
}

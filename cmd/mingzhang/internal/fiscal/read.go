package fiscal

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"sync"

	"mingzhang/cmd/mingzhang/internal/dataset"
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/standard"
	"mingzhang/cmd/mingzhang/internal/statement"
	"mingzhang/cmd/mingzhang/internal/table"
)

// DepartmentYear is everything a department disclosed for one year.
type DepartmentYear struct {
	Department *Department
	Year       int

	Income      []Income
	Expenditure []Expenditure
	Balances    []Balance
	Projects    []Project
	Execution   []Quarter
	ThreePublic []ThreePublic
	Procurement []Procurement
	Assets      []Asset
	Staffing    []Staffing
	Goals       []Goal
	Services    []Service
	Disclosures []Disclosure
	Reviews     []Review
	Priors      []Prior

	Statements []*statement.Statement // statutory tables, handed in or made from lines
	Lacking    map[string]lang.Text   // why a table could not be made, by form

	hidden []any // rows marked 涉密, for knowing which sums they belong to

	Tables []*Table     // the tables that were read, in the contract's order
	Book   *figure.Book // all figures
}

// Table is one table of a department-year as it was read.
type Table struct {
	ID       string
	Binding  *schema.Binding
	Rows     []table.Row // the department's published rows, as written
	Withheld int         // rows kept from publication
}

// Table returns a table that was read, or nil.
func (dy *DepartmentYear) Table(id string) *Table {
	for _, t := range dy.Tables {
		if t.ID == id {
			return t
		}
	}
	return nil
}

// Reader reads department-years. Files shared by several departments are read
// once. It is safe for concurrent use.
type Reader struct {
	FS          fs.FS
	Set         *dataset.Set
	Departments *Departments
	Registry    *statement.Registry
	Reference   *Reference // of the regions; nil where a site has none

	mu      sync.Mutex
	shared  map[string]*sharedFile
	through *Reader // whose shared files are used
}

// Through returns a reader of the same folder that takes a department's own
// files from fsys and those that departments share from r.
func (r *Reader) Through(fsys fs.FS) *Reader {
	return &Reader{FS: fsys, Set: r.Set, Departments: r.Departments, Registry: r.Registry, Reference: r.Reference, through: r}
}

// sharedFile is a table of all departments, read once.
type sharedFile struct {
	once    sync.Once
	binding *schema.Binding
	rows    any // []T
	owners  []*Department
	list    diag.List
}

// Read reads one department-year and enters its figures into its book.
func (r *Reader) Read(dep *Department, year int) (*DepartmentYear, diag.List) {
	dy := &DepartmentYear{Department: dep, Year: year, Book: figure.NewBook(dep.Slug + "/" + strconv.Itoa(year))}
	var list diag.List
	readRows(r, dy, "income", &dy.Income, &list)
	readRows(r, dy, "expenditure", &dy.Expenditure, &list)
	readRows(r, dy, "balances", &dy.Balances, &list)
	readRows(r, dy, "projects", &dy.Projects, &list)
	readRows(r, dy, "execution", &dy.Execution, &list)
	readRows(r, dy, "three-public", &dy.ThreePublic, &list)
	readRows(r, dy, "procurement", &dy.Procurement, &list)
	readRows(r, dy, "assets", &dy.Assets, &list)
	readRows(r, dy, "staffing", &dy.Staffing, &list)
	readRows(r, dy, "goals", &dy.Goals, &list)
	readRows(r, dy, "services", &dy.Services, &list)
	readRows(r, dy, "disclosures", &dy.Disclosures, &list)
	readRows(r, dy, "review", &dy.Reviews, &list)
	readRows(r, dy, "prior", &dy.Priors, &list)
	r.readStatements(dy, &list)
	dy.hide()
	dy.enter()
	r.Reference.enter(dy)
	dy.enterStatements()
	dy.deriveStatements(r.Registry, &list)
	for _, f := range list {
		f.Scope = diag.Scope{Department: dep.Slug, Year: year}
	}
	return dy, list
}

// SharedFindings reads the files that all departments of a year share and
// returns what was found in them; it is told once, not per department.
func (r *Reader) SharedFindings(year int) diag.List {
	var list diag.List
	read := map[string]func(dataset.File) diag.List{
		"income": sharedList[Income](r, year), "expenditure": sharedList[Expenditure](r, year), "balances": sharedList[Balance](r, year),
		"projects": sharedList[Project](r, year), "execution": sharedList[Quarter](r, year), "three-public": sharedList[ThreePublic](r, year),
		"procurement": sharedList[Procurement](r, year), "assets": sharedList[Asset](r, year), "staffing": sharedList[Staffing](r, year),
		"goals": sharedList[Goal](r, year), "services": sharedList[Service](r, year), "disclosures": sharedList[Disclosure](r, year),
		"review": sharedList[Review](r, year), "prior": sharedList[Prior](r, year),
	}
	for _, f := range r.Set.Shared[year] {
		list.Add(read[f.Table](f)...)
	}
	return list
}

// SharedKeys lists the departments that the shared files of a year name.
func (r *Reader) SharedKeys(year int) []*Department {
	r.SharedFindings(year)
	r.mu.Lock()
	defer r.mu.Unlock()
	seen := map[*Department]bool{}
	var out []*Department
	for _, f := range r.Set.Shared[year] {
		if s := r.shared[f.Path]; s != nil {
			for _, d := range s.owners {
				if d != nil && !seen[d] {
					seen[d] = true
					out = append(out, d)
				}
			}
		}
	}
	return out
}

func sharedList[T any, P interface {
	*T
	common() *Common
}](r *Reader, year int) func(dataset.File) diag.List {
	return func(f dataset.File) diag.List { return loadShared[T, P](r, f, year).list }
}

// loadShared reads a file of all departments, once.
func loadShared[T any, P interface {
	*T
	common() *Common
}](r *Reader, f dataset.File, year int) *sharedFile {
	if r.through != nil {
		r = r.through
	}
	r.mu.Lock()
	if r.shared == nil {
		r.shared = map[string]*sharedFile{}
	}
	s := r.shared[f.Path]
	if s == nil {
		s = &sharedFile{}
		r.shared[f.Path] = s
	}
	r.mu.Unlock()
	s.once.Do(func() {
		b, rows, list := readFile[T](r.FS, f)
		s.binding, s.rows, s.list = b, rows, list
		if b == nil {
			return
		}
		s.owners = make([]*Department, len(rows))
		for i := range rows {
			c := P(&rows[i]).common()
			s.list.Add(yearFits(b, c, year))
			switch dep, ok := r.Departments.Find(c.Department.Value); {
			case c.Department.Value == "":
				s.list.Add(b.Sheet.Finding(DepartmentBlank, b.Rows[i][0]))
			case ok:
				s.owners[i] = dep
			default:
				d := r.Departments.Unknown(UnknownDepartment, b.Sheet.Place(c.Department.Cell), c.Department.Value)
				d.Lines = b.Sheet.Context(c.Department.Cell)
				s.list.Add(d)
			}
		}
	})
	return s
}

func readFile[T any](fsys fs.FS, f dataset.File) (*schema.Binding, []T, diag.List) {
	data, err := fs.ReadFile(fsys, f.Path)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil, diag.List{dataset.FileMissing.At(diag.Place{File: f.Path}, f.Path)}
		}
		return nil, nil, diag.List{Unreadable.At(diag.Place{File: f.Path}, err.Error())}
	}
	sheet, list := table.Read(f.Path, data)
	if sheet == nil {
		return nil, nil, list
	}
	tables, lists := standard.Contract()
	b, more := schema.Bind(sheet, tables.Get(f.Table), lists)
	misnamed(sheet, more)
	broken := cutShort(list)
	list.Add(besides(broken, more)...)
	if b == nil {
		return nil, nil, list
	}
	rows, more := schema.Decode[T](b)
	list.Add(besides(broken, more)...)
	return b, rows, list
}

// cutShort reports whether a sheet ends before its file does.
func cutShort(list diag.List) bool {
	return slices.ContainsFunc(list, func(f *diag.Finding) bool { return f.Code == table.BrokenQuote })
}

// besides leaves out what is only missing because the file could not be read on.
func besides(broken bool, list diag.List) diag.List {
	if !broken {
		return list
	}
	return slices.DeleteFunc(list, func(f *diag.Finding) bool {
		return f.Code == schema.HeaderMissing || f.Code == schema.NoRows || f.Code == statement.UnknownStatement
	})
}

// readRows reads one table of a department-year from its own file or from the
// one shared by all departments.
func readRows[T any, P interface {
	*T
	common() *Common
}](r *Reader, dy *DepartmentYear, id string, out *[]T, list *diag.List) {
	key := dataset.Key{Slug: dy.Department.Slug, Year: dy.Year}
	var own *dataset.File
	from := "" // the file that has the rows
	files := r.Set.Own[key]
	for i := range files {
		if files[i].Table == id {
			own, from = &files[i], files[i].Path
		}
	}
	for _, f := range r.Set.Shared[dy.Year] {
		if f.Table != id {
			continue
		}
		s := loadShared[T, P](r, f, dy.Year)
		if s.binding == nil {
			continue
		}
		if !slices.Contains(s.owners, dy.Department) {
			continue
		}
		if from != "" { // rows of two files would be counted twice
			list.Add(TwoSources.At(diag.Place{File: from}, dy.Department.Name, dy.Year, s.binding.Table.Name, from, f.Path))
			continue
		}
		from = f.Path
		t := &Table{ID: id, Binding: s.binding}
		rows := s.rows.([]T)
		for i := range rows {
			if s.owners[i] == dy.Department {
				t.take(P(&rows[i]).common(), s.binding.Rows[i], func() { *out = append(*out, rows[i]) }, func() { dy.hidden = append(dy.hidden, rows[i]) })
			}
		}
		dy.Tables = append(dy.Tables, t)
	}
	if own == nil {
		return
	}
	b, rows, more := readFile[T](r.FS, *own)
	list.Add(more...)
	if b == nil {
		return
	}
	t := &Table{ID: id, Binding: b, Rows: make([]table.Row, 0, len(rows))}
	if *out == nil {
		*out = rows[:0] // those that are kept move up in it
	}
	for i := range rows {
		c := P(&rows[i]).common()
		list.Add(yearFits(b, c, dy.Year))
		list.Add(departmentFits(r.Departments, b, c, dy.Department))
		t.take(c, b.Rows[i], func() { *out = append(*out, rows[i]) }, func() { dy.hidden = append(dy.hidden, rows[i]) })
	}
	dy.Tables = append(dy.Tables, t)
}

// take keeps a row for publication unless it is marked 涉密.
func (t *Table) take(c *Common, row table.Row, keep, hide func()) {
	if c.Secret.Yes {
		t.Withheld++
		hide()
		return
	}
	t.Rows = append(t.Rows, row)
	keep()
}

func yearFits(b *schema.Binding, c *Common, year int) *diag.Finding {
	if c.Year.Value == "" {
		return nil
	}
	if y, err := strconv.Atoi(trimYear(c.Year.Code())); err == nil && y == year {
		return nil
	}
	return b.Sheet.Finding(YearContradicts, c.Year.Cell, c.Year.Value, year)
}

func trimYear(s string) string {
	for _, tail := range []string{"年度", "年"} {
		if len(s) > len(tail) && s[len(s)-len(tail):] == tail {
			return s[:len(s)-len(tail)]
		}
	}
	return s
}

func departmentFits(deps *Departments, b *schema.Binding, c *Common, dep *Department) *diag.Finding {
	if c.Department.Value == "" {
		return nil
	}
	if d, ok := deps.Find(c.Department.Value); ok && d == dep {
		return nil
	}
	if label.Fold(c.Department.Value) == label.Fold(dep.Name) {
		return nil
	}
	return b.Sheet.Finding(DepartmentContradicts, c.Department.Cell, c.Department.Value, dep.Name)
}

// misnamed mends the remedy where a file does not have the columns of the table
// whose name it bears, because it is a statutory table under a short name:
// 政府采购.csv that begins with 政府采购预算表.
func misnamed(s *table.Sheet, list diag.List) {
	for _, d := range list {
		if d.Code != schema.HeaderMissing && d.Code != schema.MissingColumn {
			continue
		}
		form, _ := statement.Builtin().Identify(s)
		if form == nil {
			return
		}
		d.Expected = form.Title.ZH + path.Ext(s.File)
		d.Fix = lang.Sprintf(lang.Text{ZH: "看内容像公开表「%s」：若是，把文件改名为「%s」，就照公开表读", EN: "by its contents it is the statutory table %s: if so, rename the file to %s and it is read as that"}, form.Title, d.Expected)
		return
	}
}

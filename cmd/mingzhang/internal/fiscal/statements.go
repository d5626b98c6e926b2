package fiscal

import (
	"errors"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"mingzhang/cmd/mingzhang/internal/dataset"
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/standard"
	"mingzhang/cmd/mingzhang/internal/statement"
	"mingzhang/cmd/mingzhang/internal/table"
)

// readStatements reads the statutory tables that a department handed in.
func (r *Reader) readStatements(dy *DepartmentYear, list *diag.List) {
	key := dataset.Key{Slug: dy.Department.Slug, Year: dy.Year}
	seen := map[string]string{}
	for _, f := range r.Set.Handed[key] {
		sheets, more := ReadSheets(r.FS, f.Path)
		broken := cutShort(more)
		list.Add(more...)
		var tables []*table.Sheet
		for _, s := range sheets {
			tables = append(tables, r.Registry.Stacked(s)...)
		}
		for _, s := range tables {
			st, more := Identified(r.Registry, s, dy.Year)
			list.Add(besides(broken, more)...)
			if st == nil {
				continue
			}
			if st.Form.Many {
				numbered(st.Form, seen)
			}
			if old := seen[st.Form.ID]; old != "" {
				list.Add(dataset.TableTwice.At(diag.Place{File: s.File, Sheet: s.Name}, st.Form.Title, old))
				continue
			}
			seen[st.Form.ID] = s.File
			dy.Statements = append(dy.Statements, st)
		}
	}
}

// numbered gives the second and later of forms that come once for each project an
// id of their own: f15-2.
func numbered(f *statement.Form, seen map[string]string) {
	id := f.ID
	for n := 2; seen[f.ID] != ""; n++ {
		f.ID = id + "-" + strconv.Itoa(n)
	}
}

// Identified finds which statutory table a sheet is and reads it as that.
func Identified(r *statement.Registry, s *table.Sheet, year int) (*statement.Statement, diag.List) {
	form, f := r.Identify(s)
	if form != nil {
		return statement.Read(s, form, year)
	}
	tables, lists := standard.Contract()
	if t := ownTable(tables, lists, s); t != "" {
		dataset.OwnTable(f, t)
		return nil, diag.List{f}
	}
	if s.Name != "" && !holdsTable(s) { // 封面, 目录, 说明
		f.Severity = diag.Note
		return nil, diag.List{f}
	}
	if near := dataset.Nearest(s.File, tables); near != "" && s.Name == "" {
		f.Expected = near + ".csv"
		f.Fix = lang.Sprintf(lang.Text{ZH: "是不是「%s」？若是，请改文件名；若是法定公开表，把表名写在文件名或第一行", EN: "did you mean %s? If it is a statutory table, put its title into the file name or first row"}, near+".csv")
	}
	return nil, diag.List{f}
}

// ownTable names the table of the contract that a sheet of a workbook is, by its
// name or the file's and by its headings; "" for other sheets.
func ownTable(tables *standard.Tables, lists schema.Lists, s *table.Sheet) string {
	if s.Name == "" {
		return ""
	}
	base := strings.TrimSuffix(path.Base(s.File), path.Ext(s.File))
	for _, name := range []string{s.Name, base} {
		t, ok := tables.Find(name)
		if !ok || t.Site {
			continue
		}
		if b, _ := schema.Bind(s, t, lists); b != nil && len(b.Columns) > 1 {
			return name
		}
	}
	return ""
}

// holdsTable reports whether a sheet has numbers enough to be a table.
func holdsTable(s *table.Sheet) bool {
	n := 0
	for _, r := range s.Rows {
		for _, c := range r {
			if v, _, err := money.Parse(c.Text, money.NoUnit, 0); err == nil && v.Known() {
				n++
			}
		}
	}
	return n >= 6
}

// ReadSheets reads the sheets of a table file or workbook.
func ReadSheets(fsys fs.FS, name string) ([]*table.Sheet, diag.List) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, diag.List{dataset.FileMissing.At(diag.Place{File: name}, name)}
		}
		return nil, diag.List{Unreadable.At(diag.Place{File: name}, err.Error())}
	}
	if dataset.Workbook(name) {
		return table.ReadWorkbook(name, data)
	}
	s, list := table.Read(name, data)
	if s == nil {
		return nil, list
	}
	return []*table.Sheet{s}, list
}

// enterStatements puts every number of the statutory tables into the book, then
// shows their rows among the lines where the formulas of facts look for them.
// Lines that the department handed in itself go before the tables', so that no
// money is counted twice.
func (dy *DepartmentYear) enterStatements() {
	if len(dy.Statements) == 0 {
		return // most hand in lines
	}
	for _, st := range dy.Statements {
		dy.enterStatement(st)
	}
	v := viewer{dy: dy, has: map[string]bool{}, rows: map[string]*figure.Row{}}
	for _, r := range dy.Book.Rows {
		for i, f := range r.Cells {
			if f.Known() {
				v.has[r.Table+"."+r.Names[i]] = true
			}
		}
	}
	for _, st := range dy.Statements {
		v.show(st)
	}
}

func (dy *DepartmentYear) enterStatement(st *statement.Statement) {
	st.Grid = make([][]*figure.Figure, len(st.Rows))
	for i := range st.Rows {
		st.Grid[i] = make([]*figure.Figure, len(st.Form.Columns))
		r := &st.Rows[i]
		row := &figure.Row{Table: st.Form.ID, Key: figure.KeyOf(rowKey(r)), Label: lang.Same(r.Name), Level: r.Level, Attrs: []figure.Attr{attr("code", r.Code), attr("side", r.Side)}, Headed: st.Layout.Shares(st.Sheet, r.At)}
		for j, c := range st.Form.Columns {
			a := r.Cells[j]
			if !a.Cell.Present() {
				continue
			}
			f := statementFigure(st, r, &st.Form.Columns[j], a)
			st.Grid[i][j] = f
			row.Names = append(row.Names, c.ID)
			row.Cells = append(row.Cells, f)
		}
		dy.Book.AddRow(row)
	}
}

func rowKey(r *statement.Row) string {
	if r.Side != "" {
		return r.Side + "-" + r.Key
	}
	return r.Key
}

func statementFigure(st *statement.Statement, r *statement.Row, c *statement.Column, a schema.Amount) *figure.Figure {
	v := a.Value
	places := v.Unit.Places()
	if v.Unit == money.Yuan && v.Places == 0 {
		places = 0
	}
	name := strings.TrimSpace(r.Name)
	return &figure.Figure{
		Label:  lang.Text{ZH: name + "·" + c.Name.ZH + "（" + st.Form.Title.ZH + "）", EN: name + ", " + c.Name.EN + " (" + st.Form.Title.EN + ")"},
		Column: c.Name,
		Value:  v.As(v.Unit, places),
		Stage:  figure.Stage(st.Form.StageOf(c.ID)),
		Origin: figure.Origin{Cell: &figure.Cell{Sheet: st.Sheet, Cell: a.Cell, Column: c.Name.ZH, Unit: a.Value.Unit, Places: a.Value.Places, How: a.How}},
	}
}

// deriveStatements makes the statutory tables that were not handed in from the
// department's own lines.
func (dy *DepartmentYear) deriveStatements(r *statement.Registry, list *diag.List) {
	handed := map[string]bool{}
	for _, st := range dy.Statements {
		handed[st.Form.ID] = true
	}
	dy.Lacking = map[string]lang.Text{}
	for _, f := range r.Forms {
		if handed[f.ID] || f.Handed || f.Shape == statement.List {
			continue
		}
		st, why := f.Derive(dy.Book, dy.Year)
		if st == nil {
			dy.Lacking[f.ID] = why
			continue
		}
		dy.Statements = append(dy.Statements, st)
		list.Add(f.Unplaced(dy.Book)...)
	}
}

// Statement returns the statutory table with a form's id, or nil.
func (dy *DepartmentYear) Statement(id string) *statement.Statement {
	for _, st := range dy.Statements {
		if st.Form.ID == id {
			return st
		}
	}
	return nil
}

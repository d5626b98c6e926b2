package statement

import (
	"iter"
	"slices"
	"strings"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/formula"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/standard"
)

// Derive makes the statutory table from a department's own lines and enters its
// figures into the book. Each cell is a formula over lines, so it is balanced by
// construction and carries its proof. The second value says why the lines are
// not enough, when they are not; a table about which the lines say "nothing"
// is made with its grid and no rows.
func (f *Form) Derive(b *figure.Book, year int) (*Statement, lang.Text) {
	if why := f.lack(b); !why.IsZero() {
		return nil, why
	}
	f.once.Do(f.compile)
	d := &deriver{form: f, book: b, year: year, unit: f.Money(), st: &Statement{Form: f, Derived: true}}
	switch f.Shape {
	case Tree:
		d.tree()
	case Double:
		d.double()
	default:
		d.items()
	}
	return d.st, lang.Text{}
}

// lack says what the lines would have to hold for this table.
func (f *Form) lack(b *figure.Book) lang.Text {
	functions, sources, economics, items, income := false, false, false, false, false
	for r := range own(b, "expenditure") {
		if !r.Cell(f.Stage).Known() || r.Level != figure.Leaf {
			continue
		}
		functions = functions || r.Attr("function") != ""
		economics = economics || r.Attr("economic") != ""
		sources = sources || r.Attr("function") != "" && r.Attr("source") != ""
	}
	for r := range own(b, "income") {
		income = income || r.Cell(f.Stage).Known()
	}
	for r := range own(b, "three-public") {
		for _, c := range f.Columns {
			items = items || r.Cell(c.ID).Known()
		}
	}
	switch {
	case f.Shape == Items && !items:
		return lang.Text{ZH: "没有三公经费的数据行", EN: "there are no lines of the three public expenses"}
	case f.Shape == Items:
	case f.Tree == "economic" && !economics:
		return lang.Text{ZH: "支出行没有经济科目编码", EN: "the lines have no economic codes"}
	case f.Tree == "economic":
	case !functions:
		return lang.Text{ZH: "支出行没有功能科目编码", EN: "the lines have no functional codes"}
	case f.Where != "" && !sources, f.Scope != "" && !sources:
		return lang.Text{ZH: "支出行没有写资金来源", EN: "the lines do not name their sources"}
	case f.Shape == Double && !income:
		return lang.Text{ZH: "没有收入的数据行", EN: "there are no lines of income"}
	case f.Lines == "income" && !sources && !income:
		return lang.Text{ZH: "收入行没有功能科目，支出行没有资金来源", EN: "neither income has functions nor spending sources"}
	}
	return lang.Text{}
}

// own lists the rows that the department handed in as lines, without those that
// are shown from statutory tables.
func own(b *figure.Book, table string) iter.Seq[*figure.Row] {
	return func(yield func(*figure.Row) bool) {
		for _, r := range b.Table(table) {
			if !r.View && !yield(r) {
				return
			}
		}
	}
}

// deriver makes one table.
type deriver struct {
	form  *Form
	book  *figure.Book
	year  int
	unit  money.Unit
	st    *Statement
	use   []use // by optional column: whether any line would fill it
	room  []*figure.Figure
	rows  []figure.Row
	known []*figure.Figure // what a column adds up
	// names are those of the last row's columns, which most others have too.
	names []string
}

// cells returns room for the cells of a row, and line a row: a table has dozens
// of both, made some at a time.
func (d *deriver) cells() []*figure.Figure {
	n := len(d.form.Columns)
	if len(d.room) < n {
		d.room = make([]*figure.Figure, 16*n)
	}
	out := d.room[:n:n]
	d.room = d.room[n:]
	return out
}

func (d *deriver) line() *figure.Row {
	if len(d.rows) == 0 {
		d.rows = make([]figure.Row, 8)
	}
	out := &d.rows[0]
	d.rows = d.rows[1:]
	return out
}

type use uint8

const (
	unasked use = iota
	unused
	used
)

// row adds a row and its figures: each cell's formula by the key of its kind.
func (d *deriver) row(r Row, kind, code string) {
	f := d.form
	grid, line := d.cells(), d.line()
	*line = figure.Row{Table: f.ID, Key: rowID(&r), Label: lang.Same(r.Name), Level: r.Level}
	exprs := f.exprs[kind]
	var words []cellWords // once a cell holds a number
	var few [16]string
	names := few[:0]
	// A total column adds up the others, so it is made last.
	for pass := range 2 {
		for i := range f.Columns {
			c := &f.Columns[i]
			if (len(c.Sum) > 0) != (pass == 1) || exprs == nil || exprs[i] == nil || c.Handed || c.Optional && !d.used(i) {
				continue
			}
			s := formula.Scope{Book: d.book, Key: code}
			if pass == 1 {
				d.known = d.known[:0]
				for _, j := range f.parts[exprs[i]] {
					d.known = append(d.known, grid[j])
				}
				s.Known = d.known
			}
			v, by, ok := exprs[i].EvalKnown(s)
			if !ok {
				continue // the lines say nothing here: a blank
			}
			if words == nil {
				words = f.wordsOf(&r, kind, code, exprs)
				line.Cells = d.cells()[:0]
			}
			w := &words[i]
			fig := figure.Figure{ID: w.id, Label: w.label, Column: c.Name, Value: v.As(d.unit, d.unit.Places()), Stage: w.stage}.Proved(&by)
			fig.Formula.Source, fig.Formula.Table = w.source, f.ID
			d.book.Add(fig)
			grid[i] = fig
			names, line.Cells = append(names, c.ID), append(line.Cells, fig)
		}
	}
	if !slices.Equal(names, d.names) {
		d.names = slices.Clone(names)
	}
	line.Names = d.names
	d.book.AddView(line)
	d.st.Rows = append(d.st.Rows, r)
	d.st.Grid = append(d.st.Grid, grid)
	d.st.words = append(d.st.words, words)
}

func rowID(r *Row) string {
	if r.Side != "" {
		return r.Side + "-" + r.Key
	}
	return r.Key
}

// used reports whether any line would fill an optional column.
func (d *deriver) used(column int) bool {
	if d.use == nil {
		d.use = make([]use, len(d.form.Columns))
	}
	if d.use[column] == unasked {
		d.use[column] = unused
		for _, f := range d.book.Named(d.form.fillers[column]) {
			if f.Known() && !f.Value.Zero() {
				d.use[column] = used
				break
			}
		}
	}
	return d.use[column] == used
}

// tree makes a code tree: every code that a line has, the levels above it, and
// the total, which stands first in final accounts and last in budgets.
func (d *deriver) tree() {
	codes := d.codes()
	if len(codes) == 0 {
		return
	}
	if d.form.Kind == "final" && d.form.Tree == "function" {
		d.row(Row{Key: "total", Name: "合计", Level: figure.Total}, "total", "total")
	}
	d.st.Rows, d.st.Grid = slices.Grow(d.st.Rows, len(codes)+1+len(d.form.Items)), slices.Grow(d.st.Grid, len(codes)+1+len(d.form.Items))
	for i, c := range codes {
		level := figure.Leaf
		if i+1 < len(codes) && strings.HasPrefix(codes[i+1].code, c.code) { // what is below stands right behind
			level = figure.Parent
		}
		d.row(Row{Key: c.code, Code: c.code, Name: c.name, Level: level}, "code", c.code)
	}
	if d.form.Kind == "budget" || d.form.Tree == "economic" && len(d.form.Items) == 0 {
		d.row(Row{Key: "total", Name: "合计", Level: figure.Total}, "total", "total")
	}
	for _, it := range d.form.Items {
		d.row(Row{Key: it.ID, Name: it.Name.ZH, Level: levelOf(it.Level)}, it.Side+it.ID, it.ID)
	}
}

type namedCode struct{ code, name string }

// codes lists the codes of the lines that this table shows, with their names
// and the codes above them.
func (d *deriver) codes() []namedCode {
	names := map[string]string{}
	dict := d.form.Dictionary()
	for r, f := range d.book.Named(d.form.lines) {
		code := r.Attr(d.form.Tree)
		if code == "" || !f.Known() || r.View {
			continue
		}
		name := r.Attr("name")
		if d.form.Tree == "economic" && r.Attr("function") != "" || name == "" {
			name = dict.Name(code, d.year)
		}
		names[code] = name
		for p := standard.Parent(code); p != ""; p = standard.Parent(p) {
			if names[p] == "" {
				names[p] = dict.Name(p, d.year)
			}
		}
	}
	for _, r := range d.book.Table("expenditure") { // names as disclosed go first
		if code := r.Attr(d.form.Tree); r.Level == figure.Parent && names[code] != "" && r.Attr("name") != "" {
			names[code] = r.Attr("name")
		}
	}
	out := make([]namedCode, 0, len(names))
	for c, n := range names {
		out = append(out, namedCode{c, n})
	}
	slices.SortFunc(out, func(a, b namedCode) int { return strings.Compare(a.code, b.code) })
	return out
}

func (d *deriver) double() {
	for _, it := range d.form.Items {
		if it.Each == "" {
			if it.Level == "nested" && !d.anyBalance(&it) {
				continue
			}
			d.row(Row{Side: it.Side, Key: it.ID, Name: it.Name.ZH, Level: levelOf(it.Level)}, it.Side+it.ID, it.ID)
			continue
		}
		for n, c := range d.classes() {
			d.row(Row{Side: it.Side, Key: c.code, Code: c.code, Name: chineseOrdinal(n+1) + "、" + c.name, Level: figure.Leaf}, it.Side+it.ID, c.code)
		}
	}
}

// anyBalance reports whether a carry-over row has a line; final accounts show
// the row anyway, budgets only when there is one.
func (d *deriver) anyBalance(it *Item) bool {
	if d.form.Kind == "final" {
		return true
	}
	for range d.book.Named(d.form.balances[it.Side+it.ID]) {
		return true
	}
	return false
}

func (d *deriver) classes() []namedCode {
	seen := map[string]bool{}
	var out []namedCode
	for r, f := range d.book.Named(d.form.lines) {
		code := r.Attr("function")
		if len(code) >= 3 && !seen[code[:3]] && f.Known() {
			seen[code[:3]] = true
			out = append(out, namedCode{code[:3], d.form.reg.Functions.Name(code[:3], d.year)})
		}
	}
	slices.SortFunc(out, func(a, b namedCode) int { return strings.Compare(a.code, b.code) })
	return out
}

func (d *deriver) items() {
	for _, it := range d.form.Items {
		d.row(Row{Key: it.ID, Name: it.Name.ZH, Level: levelOf(it.Level)}, it.Side+it.ID, it.ID)
	}
}

func levelOf(word string) figure.Level {
	switch word {
	case "total":
		return figure.Total
	case "subtotal":
		return figure.Subtotal
	case "parent":
		return figure.Parent
	case "nested":
		return figure.Nested
	}
	return figure.Leaf
}

// chineseOrdinal writes 1 to 99 as items of official tables are numbered.
func chineseOrdinal(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n < 10:
		return digits[n]
	case n < 20:
		return "十" + digits[n-10]
	}
	return digits[n/10%10] + "十" + digits[n%10]
}

// Unplaced tells lines that no column of the table takes up: spending without
// its kind, basic spending without its category.
func (f *Form) Unplaced(b *figure.Book) diag.List {
	var list diag.List
	if f.Shape != Tree || f.Lines != "" || f.ID != "b03" && f.ID != "f03" {
		return nil
	}
	for r := range own(b, "expenditure") {
		c := r.Cell(f.Stage)
		if r.Level != figure.Leaf || r.Attr("function") == "" || !c.Known() || c.Value.Zero() || c.Cell == nil {
			continue
		}
		if r.Attr("type") == "" {
			list.Add(c.Cell.Sheet.Finding(LineWithoutType, c.Cell.Cell, r.Label))
		}
	}
	return list
}

// LineWithoutType is raised for a line that no column of the spending table can
// take up.
var LineWithoutType = &diag.Code{
	Word: "line-without-type", Severity: diag.Error, Since: "0.2.0",
	Headline: lang.Text{ZH: "「%s」没有写支出类型，放不进支出表的任何一栏", EN: "%s names no kind of spending and fits no column of the spending table"},
	Why:      lang.Text{ZH: "支出表分基本支出、项目支出等栏，不写类型的钱会从合计里漏掉", EN: "spending tables have columns by kind; a line without one would fall out of the total"},
	Fix:      lang.Text{ZH: "在「支出类型」列写基本支出、项目支出、上缴上级支出、经营支出或对附属单位补助支出", EN: "fill in the column 支出类型"},
}

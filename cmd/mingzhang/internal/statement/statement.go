package statement

import (
	"slices"
	"strconv"
	"strings"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/standard"
	"mingzhang/cmd/mingzhang/internal/table"
)

// The sides of a double table.
const (
	IncomeSide      = "income"
	ExpenditureSide = "expenditure"
)

// Statement is a statutory table of one department and year.
type Statement struct {
	Form   *Form
	Sheet  *table.Sheet // nil when it was made from lines
	Layout *schema.Layout
	Rows   []Row
	Notes  []string // what stands under the table
	// Grid holds the figures that were entered, by row and column of the form;
	// nil where the table has no such cell.
	Grid [][]*figure.Figure
	// Derived tells that the table was made from lines.
	Derived bool

	// Bodies are the totals of a table of three public expenses whose rows of single
	// bodies are not entered.
	Bodies []BodySum

	aside []int         // rows of the sheet that hold no figure of the table
	parts int           // how many tables stand side by side in the sheet
	words [][]cellWords // of a derived table, by row; nil for a row without numbers
}

// Row is a row of a statement. Cells are by the form's columns, as they were
// handed in: a cell whose column the file does not have is not Present, and a
// table made from lines has none, only figures.
type Row struct {
	Side  string
	Key   string // the row's part of figure ids: code, item or name
	Code  string // as understood, "" for totals and items
	Name  string
	Level figure.Level
	Cells []schema.Amount
	At    table.Cell // the code or name cell, for findings
	Lost  bool       // its code could not be read, so its place in the tree is not known
	// Unknown rows of a double table are named by no word list; Item tells those
	// that the table numbers among its own items, so that its totals count them.
	Unknown, Item bool
	View          int // of a list that arranges its side once more, counted from 1
}

// Cell returns the number of a row in a column.
func (s *Statement) Cell(r *Row, column string) schema.Amount {
	for i, c := range s.Form.Columns {
		if c.ID == column && i < len(r.Cells) {
			return r.Cells[i]
		}
	}
	return schema.Amount{}
}

// Figure returns the figure that was entered for a row and column, or nil.
func (s *Statement) Figure(row int, column string) *figure.Figure {
	for i, c := range s.Form.Columns {
		if c.ID == column && row < len(s.Grid) {
			return s.Grid[row][i]
		}
	}
	return nil
}

// Row returns the row with a side and key, or nil.
func (s *Statement) Row(side, key string) *Row {
	for i := range s.Rows {
		if s.Rows[i].Side == side && s.Rows[i].Key == key {
			return &s.Rows[i]
		}
	}
	return nil
}

// Summands lists the columns that a column adds up in this table: those of the
// form, and where one of them is told by its parts, the parts.
func (s *Statement) Summands(c *Column) []string {
	if len(c.Sum) == 0 && len(c.Parts) > 0 && s.has(c.ID) {
		return c.Parts
	}
	var out []string
	for _, id := range c.Sum {
		if p := s.Form.Column(id); p != nil && len(p.Parts) > 0 && !s.has(id) {
			out = append(out, p.Parts...)
			continue
		}
		out = append(out, id)
	}
	return out
}

// has reports whether the table as handed in has a column.
func (s *Statement) has(column string) bool {
	for i := range s.Rows {
		if s.Cell(&s.Rows[i], column).Cell.Present() {
			return true
		}
	}
	return false
}

// Blank reports whether the statement holds no number but blanks, dashes and
// zeros.
func (s *Statement) Blank() bool {
	if s.Form.Shape == List {
		return len(s.Rows) == 0 // its columns need not hold numbers
	}
	for i, r := range s.Rows {
		for _, c := range r.Cells {
			if c.Known() && !c.Zero() {
				return false
			}
		}
		if s.Derived && slices.ContainsFunc(s.Grid[i], func(f *figure.Figure) bool { return f.Known() && !f.Value.Zero() }) {
			return false
		}
	}
	return true
}

// Dictionary is the classification of the form's codes.
func (f *Form) Dictionary() *standard.Dictionary {
	return f.reg.Names(f.Tree)
}

// threePublic finds the item that a text names among the three public expenses
// and what is shown with them.
func threePublic(text string) (string, bool) {
	_, lists := standard.Contract()
	name, _ := label.SplitUnit(stripNumber(text))
	for _, t := range []string{stripNumber(text), name} {
		if o, ok := lists["three-public"].Find(t); ok {
			return o.ID, true
		}
	}
	return "", false
}

// The findings about statutory tables and their codes.
var (
	UnknownCode = &diag.Code{
		Word: "unknown-code", Severity: diag.Note, Since: "0.2.0",
		Headline: lang.Text{ZH: "科目表里没有编码「%s」（%s）", EN: "the code list has no %s (%s)"},
		Why:      lang.Text{ZH: "不认识的编码可能是笔误，也可能是本程序的科目表没有收录", EN: "it may be a slip, or the program's list lacks it"},
		Fix:      lang.Text{ZH: "对照当年的政府收支分类科目；编码无误时可在 data/standard/ 里补充", EN: "compare it with the year's classification; a valid code can be added in data/standard/"},
	}
	MisprintedCode = &diag.Code{
		Word: "code-misprinted", Severity: diag.Warning, Since: "0.2.0",
		Headline: lang.Text{ZH: "编码「%s」写法不对，按名称「%s」读作 %s", EN: "the code %s is malformed; by its name %s it is read as %s"},
		Why:      lang.Text{ZH: "编码少了零、多了空格或被存成数字，就对不上科目", EN: "a lost zero, a blank or a number format makes a code match nothing"},
		Fix:      lang.Text{ZH: "在原表里把编码列设为文本，补正编码", EN: "format the column as text and correct the code"},
	}
	BadCode = &diag.Code{
		Word: "code-unreadable", Severity: diag.Error, Since: "0.2.0",
		Headline: lang.Text{ZH: "编码「%s」读不懂（%s）", EN: "the code %s cannot be read (%s)"},
		Why:      lang.Text{ZH: "功能分类编码是3、5、7位数字，经济分类是3、5位；读不懂就放不进科目树", EN: "functional codes have 3, 5 or 7 digits, economic ones 3 or 5"},
		Fix:      lang.Text{ZH: "补正编码；被存成科学计数的，改成文本后重新填写", EN: "correct the code; if it was saved in scientific notation, type it again as text"},
	}
	OtherYearName = &diag.Code{
		Word: "code-name-of-another-year", Severity: diag.Note, Since: "0.2.0",
		Headline: lang.Text{ZH: "%s 写的「%s」是其他年度的名称，%d 年叫「%s」", EN: "%s is called %s, a name of other years; in %d it is %s"},
		Why:      lang.Text{ZH: "科目名称会随年度改变，用旧名称不利于查找和比较", EN: "names change over the years; old ones make comparing harder"},
		Fix:      lang.Text{ZH: "改用当年的名称；原件如此则不必改", EN: "use the year's name; if the original says so, leave it"},
	}
	CodeNameMismatch = &diag.Code{
		Word: "code-name-mismatch", Severity: diag.Warning, Since: "0.2.0",
		Headline: lang.Text{ZH: "编码 %s 的名称写的是「%s」，这个编码是「%s」", EN: "%s is named %s; the code is %s"},
		Why:      lang.Text{ZH: "编码和名称说的不是同一科目，总有一个错了", EN: "code and name mean different things; one of them is wrong"},
		Fix:      lang.Text{ZH: "核对编码和名称", EN: "check both"},
	}
	SplitCode = &diag.Code{
		Word: "code-split", Severity: diag.Note, Since: "0.2.0",
		Headline: lang.Text{ZH: "编码「%s」补零后读作 %s", EN: "the code %s was completed to %s"},
		Why:      lang.Text{ZH: "类、款、项分列时，前面的零常被表格软件去掉", EN: "in split columns leading zeros are often dropped"},
		Fix:      lang.Text{ZH: "把编码列设为文本可保住前面的零", EN: "format code columns as text"},
	}
	NamelessRow = &diag.Code{
		Word: "statement-row-unknown", Severity: diag.Note, Since: "0.2.0",
		Headline: lang.Text{ZH: "这一行「%s」不是科目、合计或已知项目，照录但不参加汇总", EN: "the row %s is no code, total or known item; it is shown and takes no part in sums"},
		Why:      lang.Text{ZH: "各地表格会加自己的行，照录即可", EN: "tables have rows of their own in places"},
		Fix:      lang.Text{ZH: "无须处理；若它其实是某个科目，请补上编码", EN: "nothing need be done; if it is a class, add its code"},
	}
)

// ownItem is why a numbered row that no list knows is kept.
var ownItem = lang.Text{ZH: "各地表格会加自己的行；编了号，就算进本表的合计，不进其他汇总", EN: "tables have rows of their own in places; as it is numbered, this table's totals count it, no others do"}

// RowsShownOnly lists the rows of a table that hold no figure of it.
var RowsShownOnly = &diag.Code{
	Word: "rows-shown-only", Severity: diag.Note, Since: "0.3.0",
	Headline: lang.Text{ZH: "有 %d 行没有数字，只照录：%s", EN: "%d rows hold no number and are only shown: %s"},
	Why:      lang.Text{ZH: "表中的小标题和空项目不参加计算，逐行列出以便核对", EN: "headings and empty items inside a table take no part in sums; they are listed here"},
	Fix:      lang.Text{ZH: "若其中有应当读入的数，请核对该行的写法", EN: "if one of them should hold a number, check how it is written"},
}

// RowWithoutItem is raised for numbers in a row that names no item.
var RowWithoutItem = &diag.Code{
	Word: "row-without-item", Severity: diag.Warning, Since: "0.3.0",
	Headline: lang.Text{ZH: "这一行有数，却没有写是什么项目，没有用上", EN: "the row holds numbers and names no item; they are not used"},
	Why:      lang.Text{ZH: "不知道是什么的数放不进表里", EN: "a number without a name has no place in the table"},
	Fix:      lang.Text{ZH: "补上项目名称；多余的数删去", EN: "name the item, or delete the numbers"},
}

// setAside notes a row that is not entered; one with numbers is told at once. A zero
// beside an empty name says nothing: platforms fill the shorter side of a table with
// them.
func (st *Statement) setAside(r table.Row, cells []schema.Amount) *diag.Finding {
	if len(r) == 0 || r.Blank() {
		return nil
	}
	for _, c := range cells {
		if c.Known() && !c.Zero() {
			return st.Sheet.Finding(RowWithoutItem, c.Cell)
		}
	}
	st.aside = append(st.aside, int(r[0].Row))
	return nil
}

// asideNote lists the rows that are only shown.
func (st *Statement) asideNote() *diag.Finding {
	if len(st.aside) == 0 {
		return nil
	}
	slices.Sort(st.aside)
	rows := slices.Compact(st.aside)
	var zh, en []string
	for _, n := range rows {
		zh, en = append(zh, "第 "+strconv.Itoa(n)+" 行"), append(en, "row "+strconv.Itoa(n))
	}
	return RowsShownOnly.At(diag.Place{File: st.Sheet.File, Sheet: st.Sheet.Name, Line: 1, Column: 1}, len(rows),
		lang.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")})
}

// Codes lists the findings of this package.
var Codes = []*diag.Code{
	UnknownStatement, AmbiguousStatement, UnknownCode, MisprintedCode, BadCode, OtherYearName, CodeNameMismatch, SplitCode, NamelessRow, LineWithoutType, RowsShownOnly, RowWithoutItem,
}

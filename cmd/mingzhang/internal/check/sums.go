package check

import (
	"strings"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/statement"
)

// The sums inside statutory tables. They are kinds of rule in code because
// which cells take part follows from the table's own rows; which columns add up
// is data (standard/forms.toml).
var (
	treeSum = sumRule("tree-sum", lang.Text{ZH: "上级科目 = 下级科目之和", EN: "a group = the sum of its items"},
		lang.Text{ZH: "「%s」的%s与下级科目之和不等", EN: "%s: %s differs from the sum of its items"},
		lang.Text{ZH: "款应等于其下各项之和，类应等于其下各款之和；差额超过了四舍五入所能解释的范围", EN: "a group equals the sum of its items; rounding does not explain the gap"},
		lang.Text{ZH: "I1、I13：类 = Σ款 = Σ项", EN: "I1, I13: class = sum of divisions = sum of items"})
	totalSum = sumRule("total-sum", lang.Text{ZH: "合计 = 各类之和", EN: "total = sum of classes"},
		lang.Text{ZH: "「%s」的%s与各类之和不等", EN: "%s: %s differs from the sum of the classes"},
		lang.Text{ZH: "合计应等于各类之和；差额超过了四舍五入所能解释的范围", EN: "a total equals the sum of its classes; rounding does not explain the gap"},
		lang.Text{ZH: "I2：合计 = Σ类", EN: "I2: total = sum of classes"})
	columnSum = sumRule("column-sum", lang.Text{ZH: "合计栏 = 各栏之和", EN: "the total column = the sum of its columns"},
		lang.Text{ZH: "「%s」的%s与同一行各栏之和不等", EN: "%s: %s differs from the sum of its columns"},
		lang.Text{ZH: "一行的合计应等于这一行各栏之和", EN: "a row's total equals the sum of its columns"},
		lang.Text{ZH: "I3、I4、I5：合计 = 各栏之和", EN: "I3, I4, I5"})
	sideSum = sumRule("side-sum", lang.Text{ZH: "收支总表各合计 = 所列各项之和", EN: "totals of a double table = sum of its items"},
		lang.Text{ZH: "「%s」的%s与所列各项之和不等", EN: "%s: %s differs from the sum of its items"},
		lang.Text{ZH: "合计应等于它上面所列各项之和；差额超过了四舍五入所能解释的范围", EN: "a total equals the items above it; rounding does not explain the gap"},
		lang.Text{ZH: "I6—I9、I11、I12、I14", EN: "I6–I9, I11, I12, I14"})
	sideBalance = sumRule("side-balance", lang.Text{ZH: "收入总计 = 支出总计", EN: "income side = spending side"},
		lang.Text{ZH: "「%s」的%s与另一边的总计不等", EN: "%s: %s differs from the other side's total"},
		lang.Text{ZH: "总表两边的总计应当相等", EN: "both sides of the table have one total"},
		lang.Text{ZH: "I6、I10、I12：两边总计相等", EN: "I6, I10, I12: both sides are equal"})
)

func sumRule(word string, name, headline, why, basis lang.Text) *Rule {
	fix := lang.Text{ZH: "核对合计和各行；看看是否漏了一行、多了一行或错了位；原件如此时在 data/waivers.csv 写明理由", EN: "compare the total with its rows; look for a missing, repeated or shifted row; if the original says so, give the reason in data/waivers.csv"}
	return &Rule{
		Code: word, Family: "in-table", Level: "error", Name: name, Why: why, Fix: fix, Basis: basis, Relation: "equal", Headline: headline,
		code: &diag.Code{Word: word, Severity: diag.Error, Headline: headline, Why: why, Fix: fix, Since: "0.2.0"},
	}
}

// SumCodes lists the findings of the sums inside statutory tables.
var SumCodes = []*diag.Code{treeSum.code, totalSum.code, columnSum.code, sideSum.code, sideBalance.code}

// Sums asks the sums of every table that was handed in. Tables made from lines
// are balanced by construction and are not asked.
func Sums(list []*statement.Statement) ([]Outcome, diag.List) {
	out := askSums(list)
	return out, explain(out)
}

func askSums(list []*statement.Statement) []Outcome {
	var out []Outcome
	for _, st := range list {
		if st.Derived || len(st.Rows) == 0 {
			continue
		}
		s := &summer{st: st}
		switch st.Form.Shape {
		case statement.Tree:
			s.tree()
		case statement.Double:
			s.double()
		case statement.List:
			s.list()
		default:
			s.items()
		}
		s.columns()
		out = append(out, s.outcomes()...)
	}
	return out
}

// summer asks one table.
type summer struct {
	st    *statement.Statement
	tally map[*Rule]*tally
	order []*Rule
}

// tally counts one rule over a table.
type tally struct {
	exact, rounded, coarse, failed, unread int
	eqs                                    []*equation
}

func (s *summer) of(r *Rule) *tally {
	if s.tally == nil {
		s.tally = map[*Rule]*tally{}
	}
	t := s.tally[r]
	if t == nil {
		t = &tally{}
		s.tally[r] = t
		s.order = append(s.order, r)
	}
	return t
}

func (s *summer) outcomes() []Outcome {
	var out []Outcome
	for _, r := range s.order {
		t := s.tally[r]
		title := s.st.Form.Title
		o := Outcome{
			Rule: r, Table: s.st.Form.ID, Result: Passed, eqs: t.eqs, Count: len(t.eqs),
			Name: lang.Text{ZH: title.ZH + "：" + r.Name.ZH, EN: title.EN + ": " + r.Name.EN},
			Sum: lang.Sprintf(lang.Text{ZH: "%d 处精确相等，%d 处在四舍五入范围内相等，%d 处不等", EN: "%d exact, %d equal within rounding, %d unequal"},
				t.exact, t.rounded+t.coarse, t.failed),
		}
		switch {
		case t.failed > 0:
			o.Result = Failed
		case t.unread > 0:
			o = notChecked(o, lang.Sprintf(lang.Text{ZH: "有 %d 处合计里有读不成数的格子", EN: "%d sums hold cells that are no numbers"}, t.unread))
		case t.exact+t.rounded == 0 && t.coarse > 0:
			o.Result = WithoutPower
		}
		out = append(out, o)
	}
	return out
}

// holds asks whether the number of a row and column is the sum of parts.
func (s *summer) holds(r *Rule, row int, column string, parts []part) {
	total := s.st.Cell(&s.st.Rows[row], column)
	if !total.Cell.Present() || len(parts) == 0 {
		return
	}
	var values []money.Value
	any := total.Known()
	for _, p := range parts {
		v := s.st.Cell(&s.st.Rows[p.row], p.column)
		if v.State == money.Withheld {
			return
		}
		if v.Unread() {
			s.of(r).unread++ // told where it was read; the sum cannot be asked
			return
		}
		if v.Known() {
			values = append(values, v.Value)
			any = true
		}
	}
	if !any || total.State == money.Withheld {
		return
	}
	want := money.Int(0, total.Unit)
	if len(values) > 0 {
		sum, err := money.Sum(values)
		if err != nil {
			return // units of two kinds: told where the table was read
		}
		want = sum
	}
	have := total.Value
	if !have.Known() {
		have = money.Int(0, want.Unit) // a blank in these tables: no such item
	}
	t := s.of(r)
	if total.Unread() || s.lost(column, have, want) {
		t.unread++
		return
	}
	e := &equation{rule: r, build: func(sys *system) []term { return s.terms(sys, row, column, parts) }}
	t.eqs = append(t.eqs, e)
	switch {
	case have.Base().Equal(want.Base()):
		t.exact++
	case money.Overlaps(have, want):
		if powerless(have, want) {
			t.coarse++
		} else {
			t.rounded++
		}
	default:
		t.failed++
		e.failed = true
		e.report = func() (*diag.Finding, Shown) { return s.finding(r, row, column, total, have, want, parts) }
	}
}

// lost reports whether a row whose code could not be read is just what a sum
// lacks; the code was told, and the sum is not to blame.
func (s *summer) lost(column string, have, want money.Value) bool {
	for i := range s.st.Rows {
		if !s.st.Rows[i].Lost || money.Overlaps(have, want) {
			continue
		}
		v := s.st.Cell(&s.st.Rows[i], column)
		if sum, err := money.Add(want, v.Value); err == nil && v.Known() && money.Overlaps(have, sum) {
			return true
		}
	}
	return false
}

// terms makes the cells of a sum into the terms of an equation.
func (s *summer) terms(sys *system, row int, column string, parts []part) []term {
	out := []term{{s.node(sys, row, column), 1}}
	for _, p := range parts {
		if s.st.Cell(&s.st.Rows[p.row], p.column).Cell.Present() {
			out = append(out, term{s.node(sys, p.row, p.column), -1})
		}
	}
	return out
}

func (s *summer) node(sys *system, row int, column string) *node {
	r := &s.st.Rows[row]
	a := s.st.Cell(r, column)
	return sys.node(node{
		sheet: s.st.Sheet, cell: a.Cell, value: a.Value, title: s.st.Form.Title, name: lang.Same(strings.TrimSpace(r.Name)),
		column: s.st.Form.Column(column).Name, key: strings.Trim(r.Side+"-"+r.Key, "-") + "/" + column, figure: s.st.Figure(row, column),
	})
}

// part is a cell that takes part in a sum.
type part struct {
	row    int
	column string
}

func (s *summer) finding(r *Rule, row int, column string, total schema.Amount, have, want money.Value, parts []part) (*diag.Finding, Shown) {
	st := s.st
	line := st.Rows[row]
	col := st.Form.Column(column).Name
	cell := total.Cell
	f := st.Sheet.Finding(r.code, cell, strings.TrimSpace(line.Name), col)
	f.Table = st.Form.Title
	f.Place.Field = col.ZH
	f.Basis = r.Basis
	f.Key = strings.Trim(line.Side+"-"+line.Key, "-") + "/" + column
	places := max(have.Unit.Places(), have.Places)
	in := func(v money.Value) money.Value { return v.As(have.Unit, places) }
	f.Expected = in(want).WithUnit(lang.ZH)
	f.Lines = append(f.Lines[:0:0], diag.Line{Number: int(cell.Line), Cells: shortRow(st, row), Mark: markOf(st, row, column)})
	var terms []figure.Piece
	for i, p := range parts {
		if v := st.Cell(&st.Rows[p.row], p.column); v.Known() {
			terms = append(terms, figure.Piece{Text: v.Display(lang.ZH), Figure: st.Figure(p.row, p.column)})
		}
		if p.row != row && i < manyTerms {
			at := st.Rows[p.row].At
			f.Lines = append(f.Lines, diag.Line{Number: int(at.Line), Cells: shortRow(st, p.row), Mark: -1})
		}
	}
	diff, err := money.Sub(have, want)
	if err == nil {
		f.Diff = in(diff).WithUnit(lang.ZH)
	}
	lines := func(l lang.Lang) []figure.Line {
		say := func(zh, en string) figure.Piece { return figure.Piece{Text: lang.Text{ZH: zh, EN: en}.In(l)} }
		out := figure.Line{say("各项之和 ", "the parts add up: ")}
		for i, t := range terms {
			if len(terms) > manyTerms && i >= 3 && i < len(terms)-1 {
				if i == 3 {
					out = append(out, figure.Piece{Text: " + …"})
				}
				continue
			}
			if i > 0 {
				out = append(out, figure.Piece{Text: " + "})
			}
			out = append(out, t)
		}
		out = append(out, figure.Piece{Text: " = " + in(want).WithUnit(l)}, say("，表中为 ", "; the table says "),
			figure.Piece{Text: in(have).Display(l), Figure: st.Figure(row, column)},
			figure.Piece{Text: strings.TrimPrefix(in(have).WithUnit(l), in(have).Display(l))},
			say("，相差 ", "; difference "), figure.Piece{Text: in(diff).WithUnit(l)})
		return []figure.Line{out}
	}
	f.Sum = lang.Text{ZH: joined(lines(lang.ZH)), EN: joined(lines(lang.EN))}
	return f, lines
}

// manyTerms is how many summands a finding writes out.
const manyTerms = 12

// shortRow shows a row by its name and numbers.
func shortRow(st *statement.Statement, i int) []string {
	r := st.Rows[i]
	out := []string{r.Code, r.Name}
	for _, c := range r.Cells {
		if c.Cell.Present() {
			out = append(out, c.Cell.Text)
		}
	}
	return out
}

func markOf(st *statement.Statement, i int, column string) int {
	n := 2
	for j, c := range st.Rows[i].Cells {
		if st.Form.Columns[j].ID == column {
			return n
		}
		if c.Cell.Present() {
			n++
		}
	}
	return -1
}

func (s *summer) columnIDs() []string {
	var out []string
	for _, c := range s.st.Form.Columns {
		out = append(out, c.ID)
	}
	return out
}

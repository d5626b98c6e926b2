package check

import (
	"slices"
	"strings"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/formula"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/standard"
	"mingzhang/cmd/mingzhang/internal/statement"
)

// Outcome is a rule's answer for one department-year, and for one row where
// the rule asks every row.
type Outcome struct {
	Rule    *Rule
	Name    lang.Text  // see Title
	about   *lang.Text // what {name} stands for in it; most outcomes are never named
	Row     string
	Table   string // id of the statutory table that a sum was asked of
	Result  Result
	Why     lang.Text // for not checked and waived
	Sum     lang.Text // the arithmetic
	Finding *diag.Finding
	// Findings are all findings of a rule that asks many cells of one table;
	// Finding is the first of them.
	Findings diag.List
	Inputs   []*figure.Figure
	Count    int // how many sums were asked, where there are several
	eqs      []*equation
	// Shown is the arithmetic of each finding in pieces, for pages.
	Shown map[*diag.Finding]Shown
}

// Title is the name of what was asked; zero for that of its rule.
func (o *Outcome) Title() lang.Text {
	if o.about != nil {
		return o.Name.Filled("{name}", *o.about)
	}
	return o.Name
}

// Shown renders arithmetic.
type Shown func(lang.Lang) []figure.Line

// Run asks every rule of a department-year's figures. File is where a finding
// points when no input stands in a file. handed are the statutory tables; rules
// that tie tables together are only asked of those that were handed in, since
// tables made from lines agree by construction.
func (b *Book) Run(f *figure.Book, handed []*statement.Statement, file string) ([]Outcome, diag.List) {
	out, list := b.ask(nil, f, handed, file)
	list.Add(explain(out)...)
	return out, list
}

// Examine asks every rule and the sums inside the statutory tables together, so
// that a wrong cell is found by all sums in which it stands. It appends to what was
// asked before, with room for what is asked after.
func (b *Book) Examine(before []Outcome, f *figure.Book, handed []*statement.Statement, file string) ([]Outcome, diag.List) {
	out, list := b.ask(before, f, handed, file)
	out = append(out, askSums(handed)...)
	list.Add(explain(out[len(before):])...)
	return out, list
}

// besides is about how many outcomes a department-year has besides those of rules
// over figures.
const besides = 128

func (b *Book) ask(before []Outcome, f *figure.Book, handed []*statement.Statement, file string) ([]Outcome, diag.List) {
	rows, size := make([][]*figure.Row, len(b.Rules)), len(b.Rules)
	for i, r := range b.Rules {
		rows[i] = r.rows(f)
		size += len(rows[i])
	}
	out := append(make([]Outcome, 0, len(before)+size+besides), before...)
	var list diag.List
	for i, r := range b.Rules {
		if o, ok := r.without(handed); ok {
			out = append(out, o)
			continue
		}
		if r.Each == "" {
			o, bad := r.ask(formula.Scope{Book: f}, nil, file)
			out = append(out, o)
			list.Add(bad)
			continue
		}
		if len(f.Table(r.Each)) == 0 {
			out = append(out, r.nothing())
			continue
		}
		for _, row := range rows[i] {
			o, bad := r.ask(formula.Scope{Book: f, Row: row, Key: row.Key}, row, file)
			o.Row = row.Key
			out = append(out, o)
			list.Add(bad)
		}
	}
	return out, list
}

// nothing is the outcome of a rule over the rows of a table that is not there.
// Whether a disclosure was in time is a question also when no dates were given.
func (r *Rule) nothing() Outcome {
	o := Outcome{Rule: r, Name: r.Name.Filled("{name}", lang.Text{}), Result: NotApplicable}
	if r.Family == "timeliness" {
		return notChecked(o, lang.Text{ZH: "没有填报批复和公开的日期", EN: "no dates of approval and publication were given"})
	}
	return o
}

// without is the outcome of a rule over statutory tables of which one was not
// handed in.
func (r *Rule) without(handed []*statement.Statement) (Outcome, bool) {
	if len(r.Tables) == 0 {
		return Outcome{}, false
	}
	o := Outcome{Rule: r, Name: r.Name.Filled("{name}", lang.Text{})}
	any := false
	var zh, en []string
	for _, id := range r.Tables {
		var st *statement.Statement
		for _, h := range handed {
			if h.Form.ID == id {
				st = h
			}
		}
		switch {
		case st != nil && !st.Derived:
			any = true
		case st != nil:
			o.Result = NotApplicable // made from lines: it agrees by construction
			return o, true
		default:
			title := statement.Builtin().Title(id)
			zh, en = append(zh, title.ZH), append(en, title.EN)
		}
	}
	switch {
	case len(zh) == 0:
		return o, false
	case !any:
		o.Result = NotApplicable
		return o, true
	}
	return notChecked(o, lang.Text{ZH: "缺" + strings.Join(zh, "、"), EN: "missing: " + strings.Join(en, ", ")}), true
}

// rows lists the rows that the rule is for.
func (r *Rule) rows(f *figure.Book) []*figure.Row {
	if r.Each == "" {
		return nil
	}
	name, value, only := strings.Cut(r.Of, "=")
	var out []*figure.Row
	for _, row := range f.Table(r.Each) {
		level := row.Level == figure.Leaf || row.Level == figure.Total
		if len(r.Levels) > 0 {
			level = !row.View && slices.Contains(r.Levels, row.Level.String())
		}
		if level && (!only || row.Attr(name) == value) && !(row.Headed && r.lacks(row)) {
			out = append(out, row)
		}
	}
	return out
}

// lacks reports whether a row has no cell for a column of which the rule speaks.
func (r *Rule) lacks(row *figure.Row) bool {
	return slices.ContainsFunc(slices.Concat(r.left.Columns(), r.right.Columns()), func(id string) bool { return !slices.Contains(row.Names, id) })
}

// reporter makes the finding of a rule that failed. It is a function of its own
// so that only the rules of which a finding may be made keep what they were asked
// with.
func (r *Rule) reporter(s formula.Scope, name lang.Text, file string) func() (*diag.Finding, Shown) {
	return func() (*diag.Finding, Shown) {
		left, _ := r.left.Eval(s) // again, and to be kept: few rules are ever shown
		right, _ := r.right.Eval(s)
		f := r.finding(left, right, name, s.Key, file)
		lines := func(in lang.Lang) []figure.Line { return arithmetic(left, right, r.Relation, in) }
		f.Sum = lang.Text{ZH: joined(lines(lang.ZH)), EN: joined(lines(lang.EN))}
		return f, lines
	}
}

// nobody is what a rule is asked of that is not asked of rows.
var nobody lang.Text

// ask runs one rule, of a row unless it is nil. The second value is a finding about the rule itself.
func (r *Rule) ask(s formula.Scope, row *figure.Row, file string) (Outcome, *diag.Finding) {
	o := Outcome{Rule: r, Name: r.Name, about: &nobody}
	if row != nil {
		o.about = &row.Label
	}
	name := *o.about
	if r.when != nil {
		asked, err := r.when.Holds(s)
		if err != nil {
			return notChecked(o, lang.Explain(err)), BadRule.At(r.Place, r.Code, lang.Explain(err))
		}
		if !asked {
			o.Result = NotApplicable
			return o, nil
		}
	}
	left, err := r.left.Lend(s)
	defer left.GiveBack()
	if err != nil {
		return notChecked(o, lang.Explain(err)), BadRule.At(r.Place, r.Code, lang.Explain(err))
	}
	right, err := r.right.Lend(s)
	defer right.GiveBack()
	if err != nil {
		return notChecked(o, lang.Explain(err)), BadRule.At(r.Place, r.Code, lang.Explain(err))
	}
	o.Inputs = slices.Concat(left.Inputs, right.Inputs)
	if r.Own != "" && len(left.Inputs) > 0 && !strings.HasPrefix(left.Inputs[0].ID, r.Own+"/") {
		o.Result = NotApplicable
		return o, nil
	}
	for _, in := range o.Inputs {
		if in.Cell != nil && (schema.Amount{Value: in.Value, Cell: in.Cell.Cell}).Unread() {
			return notChecked(o, lang.Text{ZH: in.Label.ZH + "读不成数", EN: in.Label.EN + " is no number"}), nil
		}
	}
	if !left.Value.Known() || !right.Value.Known() {
		return absent(o, left.Result, right.Result), nil
	}
	kept := r.kept(left.Value, right.Value)
	switch {
	case kept && powerless(left.Value, right.Value):
		o.Result = WithoutPower
	case kept:
		o.Result = Passed
	default:
		o.Result = Failed
	}
	if plainSum(left.Result) && plainSum(right.Result) {
		report := r.reporter(s, name, file)
		ours, theirs := o.Inputs[:len(left.Inputs)], o.Inputs[len(left.Inputs):]
		o.eqs = []*equation{{rule: r, failed: !kept, atMost: r.Relation == "at-most", report: report, build: func(sys *system) []term {
			var out []term
			for _, in := range ours {
				out = append(out, term{sys.figureNode(in), 1})
			}
			for _, in := range theirs {
				out = append(out, term{sys.figureNode(in), -1})
			}
			return out
		}}}
	} else if !kept {
		f, lines := r.reporter(s, name, file)()
		o.Finding, o.Shown = f, map[*diag.Finding]Shown{f: lines}
	}
	return o, nil
}

// plainSum reports whether a side of a rule is nothing but money read from cells
// and added up.
func plainSum(r *formula.Result) bool {
	if len(r.Inputs) == 0 || r.Value.Unit.Kind() != money.KindMoney && r.Value.Unit.Kind() != money.KindCount {
		return false
	}
	var sum money.Total
	for _, in := range r.Inputs {
		if in.Cell == nil {
			return false
		}
		if in.Known() {
			sum.Add(in.Value)
		}
	}
	v, err := sum.Value()
	return err == nil && money.Cmp(v, r.Value) == 0
}

func notChecked(o Outcome, why lang.Text) Outcome {
	o.Result, o.Why = NotChecked, why
	return o
}

// absent tells a rule that has nothing to look at (not applicable) from one
// that lacks only a part (not checked).
func absent(o Outcome, left, right *formula.Result) Outcome {
	if left.Value.State == money.Withheld || right.Value.State == money.Withheld {
		return notChecked(o, lang.Text{ZH: "含有涉密内容，不核对", EN: "parts are withheld"})
	}
	has := false
	var missing []lang.Text
	for _, r := range []*formula.Result{left, right} {
		for _, in := range r.Inputs {
			has = has || in.Known()
		}
		for _, m := range r.Missing {
			missing = append(missing, o.Rule.columnName(m))
		}
	}
	if !has {
		o.Result = NotApplicable
		return o
	}
	var zh, en []string
	for i, m := range missing {
		if i == 4 {
			zh, en = append(zh, "……"), append(en, "…")
			break
		}
		zh, en = append(zh, m.ZH), append(en, m.EN)
	}
	if len(zh) == 0 {
		return notChecked(o, lang.Text{ZH: "缺少可比的数", EN: "there is nothing to compare with"})
	}
	return notChecked(o, lang.Text{ZH: "缺少" + strings.Join(zh, "、"), EN: "missing: " + strings.Join(en, ", ")})
}

// columnName gives a column that the file does not have its name in the contract.
func (r *Rule) columnName(m lang.Text) lang.Text {
	if m.ZH != m.EN {
		return m
	}
	if parts := strings.Split(m.EN, "/"); len(parts) == 3 && parts[1] == "total" { // the disclosed total of a table
		if name := figure.Stage(parts[2]).Name(); !name.IsZero() {
			return lang.Text{ZH: "合计行的" + name.ZH, EN: "the total of the " + name.EN}
		}
	}
	tables, _ := standard.Contract()
	for _, t := range tables.All() {
		if t.ID == r.Each || strings.TrimSuffix(t.ID, "s") == r.Each {
			if f := t.Field(m.EN); f != nil {
				return f.Name
			}
		}
	}
	return m
}

// kept reports whether some numbers behind the printed ones keep the rule.
func (r *Rule) kept(left, right money.Value) bool {
	if r.Relation == "at-most" {
		return money.AtMost(left, right)
	}
	return money.Overlaps(left, right)
}

// powerless reports whether the intervals are so wide, beside the numbers
// themselves, that a fault of a twentieth would go unseen.
func powerless(left, right money.Value) bool { return money.Wider(left, right, 10) }

// arithmetic shows both sides of a rule with names, with numbers, and their
// difference.
func arithmetic(left, right *formula.Result, relation string, in lang.Lang) []figure.Line {
	sign := " = "
	if relation == "at-most" {
		sign = " ≤ "
	}
	l, r := shown(left.Value, right.Value), shown(right.Value, left.Value)
	text := func(s string) figure.Line { return figure.Line{{Text: s}} }
	out := []figure.Line{
		slices.Concat(left.Names(in), text(sign), right.Names(in)),
		slices.Concat(side(left, l, in), text(sign), side(right, r, in)),
	}
	if diff, err := money.Sub(l, r); err == nil && !diff.Zero() {
		out = append(out, text(lang.Text{ZH: "相差 ", EN: "difference "}.In(in)+diff.As(l.Unit, l.Places).WithUnit(in)))
	}
	return out
}

func joined(lines []figure.Line) string {
	var out []string
	for _, l := range lines {
		out = append(out, l.String())
	}
	return strings.Join(out, "\n")
}

// shown gives a value the unit of the other side where it has none of its own.
func shown(v, other money.Value) money.Value {
	if v.Unit == money.NoUnit && other.Unit != money.NoUnit {
		return v.As(other.Unit, other.Unit.Places())
	}
	return v.As(v.Unit, max(v.Unit.Places(), v.Places))
}

// side shows one side of a rule: its numbers and what they come to.
func side(r *formula.Result, v money.Value, in lang.Lang) figure.Line {
	if len(r.Inputs) == 1 && r.Inputs[0].Known() {
		f := r.Inputs[0]
		return figure.Line{{Text: f.Display(in), Figure: f}, {Text: strings.TrimPrefix(f.WithUnit(in), f.Display(in))}}
	}
	if len(r.Inputs) > 1 {
		return slices.Concat(r.Numbers(in), figure.Line{{Text: " = " + v.WithUnit(in)}})
	}
	return figure.Line{{Text: v.WithUnit(in)}}
}

func (r *Rule) finding(left, right *formula.Result, name lang.Text, key, file string) *diag.Finding {
	place := diag.Place{File: file}
	var lines []diag.Line
	value := ""
	var related []diag.Related
	for _, in := range cellsOf(append(slices.Clone(left.Inputs), right.Inputs...), 4) {
		at := in.Cell.Sheet.Place(in.Cell.Cell)
		at.Field = in.Cell.Column
		if lines == nil {
			place, value = at, in.Cell.Cell.Text
			lines = in.Cell.Sheet.Context(in.Cell.Cell)
			continue
		}
		if len(related) < 6 {
			related = append(related, diag.Related{Place: at, Note: in.Label})
		}
	}
	f := r.code.At(place)
	f.Headline = r.Headline.Filled("{name}", name)
	f.Value, f.Lines, f.Related = value, lines, related
	f.Expected = shown(right.Value, left.Value).WithUnit(lang.ZH)
	if d, err := money.Sub(shown(left.Value, right.Value), shown(right.Value, left.Value)); err == nil {
		f.Diff = d.As(d.Unit, max(d.Unit.Places(), d.Places)).WithUnit(lang.ZH)
	}
	f.Rule, f.Basis = r.Place, r.Basis
	f.Key = string(r.Stage)
	if key != "" {
		f.Key = strings.TrimSuffix(key+"/"+string(r.Stage), "/")
	}
	return f
}

// cellsOf follows figures to the cells from which they were computed.
func cellsOf(figures []*figure.Figure, depth int) []*figure.Figure {
	var out []*figure.Figure
	for _, f := range figures {
		switch {
		case f.Cell != nil:
			out = append(out, f)
		case f.Formula != nil && depth > 0:
			out = append(out, cellsOf(f.Formula.Inputs, depth-1)...)
		}
	}
	return out
}

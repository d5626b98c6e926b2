package formula

import (
	"slices"
	"strings"
	"sync"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// Scope is what the names of an expression are looked up in.
type Scope struct {
	Book *figure.Book
	// Row is the row that the expression is evaluated for: its columns are row.…, its
	// properties {.function} in selectors; nil outside of one.
	Row   *figure.Row
	Group bool   // for a row or for several lines together, which have no columns; properties are not filled in
	Key   string // the key of the row or group: {row} in selectors
	// Known are the figures that the expression names, by the order in which it names
	// them, where whoever asks has them at hand; nil where they are looked up.
	Known []*figure.Figure
	// Words names what a selector gathers, told how many rows it found; a zero
	// text leaves the naming to the rows. nil where nothing is rendered.
	Words func(selector string, found int) lang.Text
	// Name names a figure that is not there, by its id; nil leaves the id.
	Name func(id string) lang.Text
}

// Fill puts the row's key and properties into a selector, id or formula.
func (s Scope) Fill(ref string) string {
	if ref == "{row}" {
		return s.Key
	}
	if !strings.Contains(ref, "{row}") && !strings.Contains(ref, "{.") {
		return ref
	}
	ref = strings.ReplaceAll(ref, "{row}", s.Key)
	for {
		i := strings.Index(ref, "{.")
		if i < 0 {
			return ref
		}
		j := strings.IndexByte(ref[i:], '}')
		if j < 0 || !s.hasAttrs() {
			return ref
		}
		ref = ref[:i] + s.Row.Attr(ref[i+2:i+j]) + ref[i+j+1:]
	}
}

// hasAttrs reports whether there is a row whose properties are filled in.
func (s *Scope) hasAttrs() bool { return s.Row != nil && !s.Group }

// Result is an evaluated expression.
type Result struct {
	Value   money.Value
	Bool    bool // for conditions
	Inputs  []*figure.Figure
	Missing []lang.Text // inputs that hold no number, by name
	bound   []binding   // by variable
	expr    *Expr
	words   func(selector string, found int) lang.Text
	name    func(id string) lang.Text
}

// binding is what a variable was found to be.
type binding struct {
	figure *figure.Figure
	many   []*figure.Figure
	rows   int
	hides  bool        // a row that may not be published is among them
	value  money.Value // of a selector, what its figures add up to
	err    error       // why they cannot be added
}

// add adds up the figures of a selector; what is not filled in is nothing where
// a table's blanks mean so.
func (b *binding) add(filled bool) (money.Value, error) {
	var t money.Total
	for _, x := range b.many {
		if !filled || !blank(x.Value) {
			t.Add(x.Value)
		}
	}
	if b.hides {
		t.Add(money.Absent(money.Withheld, money.NoUnit))
	}
	return t.Value()
}

// over runs a function on the figures of a selector.
func (b *binding) over(f func([]money.Value) (money.Value, error)) (money.Value, error) {
	vs := make([]money.Value, 0, len(b.many)+1)
	for _, x := range b.many {
		vs = append(vs, x.Value)
	}
	if b.hides {
		vs = append(vs, money.Absent(money.Withheld, money.NoUnit))
	}
	return f(vs)
}

// Eval runs the expression. Inputs are listed in the order of the expression;
// an input that the book does not have counts as "not reported". There is a
// result with an error too, without inputs.
func (e *Expr) Eval(s Scope) (*Result, error) {
	sp := spaces.Get().(*space)
	defer sp.free()
	err := e.eval(&s, sp)
	r, room := sp.keep()
	if err == nil {
		r.gather(room)
	}
	return r, err
}

// EvalKnown runs the expression and returns its value and how it came about, if
// it holds a number. It is for expressions that mostly say nothing, as the cells
// of a table of all codes and columns do.
func (e *Expr) EvalKnown(s Scope) (money.Value, figure.Formula, bool) {
	sp := spaces.Get().(*space)
	defer sp.free()
	if err := e.eval(&s, sp); err != nil || !sp.result.Value.Known() {
		return money.Value{}, figure.Formula{}, false
	}
	return sp.result.Value, sp.formula(), true
}

// Prove runs the expression and returns its value and how it came about, whether
// it holds a number or says why not.
func (e *Expr) Prove(s Scope) (money.Value, figure.Formula, error) {
	sp := spaces.Get().(*space)
	defer sp.free()
	if err := e.eval(&s, sp); err != nil {
		return money.Value{}, figure.Formula{}, err
	}
	return sp.result.Value, sp.formula(), nil
}

// formula keeps the result in the working space in the smallest way.
func (sp *space) formula() figure.Formula {
	if s, ok := sp.sum(); ok {
		return s.formula()
	}
	if n, ok := sp.named(); ok {
		return n.formula()
	}
	r, room := sp.keep()
	r.gather(room)
	return *r.Formula()
}

// Lent is a result that lies in working space: of the many expressions whose
// results are looked at and hardly ever shown.
type Lent struct {
	*Result
	space *space
}

// Lend is Eval for a result that is given back. Nothing of it may be used then.
func (e *Expr) Lend(s Scope) (Lent, error) {
	sp := spaces.Get().(*space)
	err := e.eval(&s, sp)
	if err == nil {
		r := &sp.result
		sp.inputs = slices.Grow(sp.inputs[:0], r.mostInputs())
		r.gather(sp.inputs)
	}
	return Lent{&sp.result, sp}, err
}

// GiveBack ends the loan.
func (l Lent) GiveBack() { l.space.free() }

// Holds runs a condition and tells nothing but whether it holds.
func (e *Expr) Holds(s Scope) (bool, error) {
	sp := spaces.Get().(*space)
	defer sp.free()
	err := e.eval(&s, sp)
	return sp.result.Bool, err
}

// eval runs the expression. The result, and what the variables were found to be,
// stay in the working space.
func (e *Expr) eval(s *Scope, sp *space) error {
	r := &sp.result
	*r = Result{expr: e, words: s.Words, name: s.Name}
	if cap(sp.bound) < len(e.vars) {
		sp.bound = make([]binding, len(e.vars))
	}
	r.bound = sp.bound[:len(e.vars)] // all blank
	for i, f := range s.Known {
		if r.bound[i].figure = f; f != nil {
			r.bound[i].value = f.Value
		}
	}
	for i := len(s.Known); i < len(e.vars); i++ {
		if err := s.bind(&e.vars[i], &r.bound[i], sp); err != nil {
			return lang.Within(e.Source, err)
		}
	}
	var err error
	if e.run.truth() {
		r.Bool, err = e.run.holds(r)
	} else {
		r.Value, err = e.run.number(r)
	}
	if err != nil {
		return lang.Within(e.Source, err)
	}
	return nil
}

// space is what an evaluation works in, used again by the next.
type space struct {
	result Result
	bound  []binding
	found  []*figure.Figure // by selectors, one after the other
	inputs []*figure.Figure // of a result that is lent
	id     []byte           // filled in
	writer writer
}

var spaces = sync.Pool{New: func() any { return &space{} }}

func (sp *space) free() {
	clear(sp.result.bound)
	clear(sp.result.Inputs)
	sp.result, sp.writer = Result{}, writer{}
	clear(sp.found)
	sp.found = sp.found[:0]
	spaces.Put(sp)
}

// keep takes the result out of the working space. Most have one or two variables
// and few figures, so that one piece of memory holds it all; room is what is left
// of it for the inputs.
func (sp *space) keep() (r *Result, room []*figure.Figure) {
	var bound []binding
	switch n := len(sp.result.bound); n {
	case 1:
		k := &struct {
			Result
			bound [1]binding
			room  [4]*figure.Figure
		}{}
		r, bound, room = &k.Result, k.bound[:], k.room[:0]
	case 2:
		k := &struct {
			Result
			bound [2]binding
			room  [2]*figure.Figure
		}{}
		r, bound, room = &k.Result, k.bound[:], k.room[:0]
	default:
		r, bound = &Result{}, make([]binding, n)
	}
	*r = sp.result
	r.bound = bound
	copy(r.bound, sp.result.bound)
	if len(sp.found) == 0 {
		return r, room
	}
	found := append(room[:0:cap(room)], sp.found...)
	for i := range r.bound {
		if b := &r.bound[i]; len(b.many) > 0 {
			n := len(b.many)
			b.many, found = found[:n:n], found[n:]
		}
	}
	return r, nil
}

func (s *Scope) bind(v *variable, b *binding, sp *space) error {
	ref := v.ref
	gathers := v.kind == selectorVar || v.kind == countVar
	if v.holes && v.pieces == nil && (!gathers || v.selector == nil || s.Book.Secretive()) {
		ref = s.Fill(ref)
	}
	switch v.kind {
	case figureVar:
		if v.pieces == nil {
			b.figure = s.Book.Get(ref)
			break
		}
		sp.id = s.fill(sp.id[:0], v.pieces)
		b.figure = s.Book.GetBytes(sp.id)
	case rowVar:
		if s.Row == nil && !s.Group {
			return lang.Errorf(lang.Text{ZH: "row.%s 只能用在逐行的算式里", EN: "row.%s is used outside of a row"}, ref)
		}
		if s.Row != nil {
			b.figure = s.Row.Cell(ref)
		}
	case priorVar:
		b.figure = s.Book.Before(ref)
	case selectorVar, countVar:
		sel := v.selector
		from := len(sp.found)
		switch {
		case v.holes && sel != nil && !s.Book.Secretive():
			sp.found, b.rows = s.Book.GatherFilled(sel, s.Fill, sp.found)
		case v.holes && sel != nil:
			text := ref
			if v.kind == countVar {
				text += ".*"
			}
			sel = sel.Filled(s.Fill, text)
			sp.found, b.rows = s.Book.Gather(sel, sp.found)
		case v.holes:
			var err error
			if sel, err = v.parse(ref); err != nil {
				return err
			}
			fallthrough
		default:
			sp.found, b.rows = s.Book.Gather(sel, sp.found)
		}
		if len(sp.found) > from {
			b.many = sp.found[from:len(sp.found):len(sp.found)]
		}
		b.hides = s.Book.Hides(sel)
		switch {
		case v.kind == selectorVar:
			b.value, b.err = b.add(v.filled)
		case b.hides:
			b.value = money.Absent(money.Withheld, money.NoUnit)
		case b.rows > 0 || s.Book.Answered(sel):
			b.value = money.Int(int64(b.rows), money.NoUnit)
		}
		return nil
	}
	if b.figure != nil {
		b.value = b.figure.Value
	}
	return nil
}

// Refs lists the ids, columns and selectors that the expression names, for
// checking a definition before any data are there.
func (e *Expr) Refs() []string {
	out := make([]string, len(e.vars))
	for i, v := range e.vars {
		out[i] = v.ref
	}
	return out
}

// LooksBack reports whether the expression asks for a figure of the year before.
func (e *Expr) LooksBack() bool {
	return slices.ContainsFunc(e.vars, func(v variable) bool { return v.kind == priorVar })
}

// Columns lists the columns of the current row that the expression names.
func (e *Expr) Columns() []string {
	var out []string
	for _, v := range e.vars {
		if v.kind == rowVar {
			out = append(out, v.ref)
		}
	}
	return out
}

// Figures lists the ids under which the expression asks for figures of its own
// year, those of rows aside; {row} and {.property} in them are filled in for each
// row.
func (e *Expr) Figures() []string {
	var out []string
	for _, v := range e.vars {
		if v.kind == figureVar {
			out = append(out, v.ref)
		}
	}
	return out
}

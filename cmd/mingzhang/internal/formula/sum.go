package formula

import (
	"slices"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// sum is what is kept of an expression that is nothing but the sum over one
// selector and holds a number. Nearly all cells of derived tables are that, most
// of a site's figures, so that what can be told from its inputs is not kept
// beside them.
type sum struct {
	expr   *Expr
	scope  func(string, int) lang.Text // the scope's words
	name   func(string) lang.Text
	value  money.Value
	inputs []*figure.Figure
	rows   int
}

// plainSum reports whether an expression is nothing but one sum.
func (e *Expr) plainSum() bool {
	return len(e.vars) == 1 && e.run.kind == listStep && e.run.many == nil
}

// sum keeps the result in the working space, if it can be kept so: each figure
// stands once among its inputs, and none may not be published.
func (sp *space) sum() (*sum, bool) {
	r := &sp.result
	if !r.expr.plainSum() || !r.Value.Known() {
		return nil, false
	}
	b := &r.bound[0]
	if len(b.many) == 0 || len(b.many) > fewInputs || b.hides || repeats(b.many) {
		return nil, false
	}
	k := &struct { // most add up few figures
		sum
		room [4]*figure.Figure
	}{sum: sum{expr: r.expr, scope: r.words, name: r.name, value: r.Value, rows: b.rows}}
	k.inputs = append(k.room[:0:len(k.room)], b.many...)
	k.inputs = k.inputs[:len(k.inputs):len(k.inputs)]
	return &k.sum, true
}

// result is the sum as any expression's result.
func (s *sum) result() *Result {
	return &Result{
		Value: s.value, Inputs: s.inputs, expr: s.expr, words: s.scope, name: s.name,
		bound: []binding{{many: s.inputs, rows: s.rows, value: s.value}},
	}
}

// Names renders the sum with the names of its figures.
func (s *sum) Names(in lang.Lang) figure.Line { return s.result().Names(in) }

// Numbers renders the sum with the numbers that went into it.
func (s *sum) Numbers(in lang.Lang) figure.Line { return s.result().Numbers(in) }

func (s *sum) formula() figure.Formula {
	return figure.Formula{Source: s.expr.Source, Inputs: s.inputs, Arithmetic: s}
}

// named is what is kept of an expression that names single figures: total columns
// add up the other columns of their row, changes compare two years.
type named struct {
	expr    *Expr
	scope   func(string, int) lang.Text
	name    func(string) lang.Text
	value   money.Value
	figures []*figure.Figure // by variable
	inputs  []*figure.Figure
	missing []lang.Text
}

// named keeps the result in the working space, if it can be kept so.
func (sp *space) named() (*named, bool) {
	r := &sp.result
	n := len(r.bound)
	for i := range r.expr.vars {
		if k := r.expr.vars[i].kind; k == selectorVar || k == countVar {
			return nil, false
		}
	}
	sp.inputs = slices.Grow(sp.inputs[:0], n)
	r.gather(sp.inputs)
	list := make([]*figure.Figure, n, n+len(r.Inputs)) // one piece of memory for both
	for i := range r.bound {
		list[i] = r.bound[i].figure
	}
	list = append(list, r.Inputs...)
	return &named{r.expr, r.words, r.name, r.Value, list[:n:n], list[n:], r.Missing}, true
}

// result is the expression's result with all that it was found to be.
func (n *named) result() *Result {
	r := &Result{Value: n.value, Inputs: n.inputs, Missing: n.missing, expr: n.expr, words: n.scope, name: n.name, bound: make([]binding, len(n.figures))}
	for i, f := range n.figures {
		if r.bound[i].figure = f; f != nil {
			r.bound[i].value = f.Value
		}
	}
	return r
}

// Names renders the expression with the names of its figures.
func (n *named) Names(in lang.Lang) figure.Line { return n.result().Names(in) }

// Numbers renders the expression with the numbers that went into it.
func (n *named) Numbers(in lang.Lang) figure.Line { return n.result().Numbers(in) }

func (n *named) formula() figure.Formula {
	return figure.Formula{Source: n.expr.Source, Inputs: n.inputs, Missing: n.missing, Arithmetic: n}
}

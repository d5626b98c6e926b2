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

// unpack makes of the sum what any expression's variables were found to be.
func (s *sum) unpack(sp *space) {
	sp.bound = append(sp.bound[:0], binding{many: s.inputs, rows: s.rows, value: s.value})
	sp.result = Result{expr: s.expr, words: s.scope, name: s.name, bound: sp.bound}
}

// Names renders the sum with the names of its figures.
func (s *sum) Names(in lang.Lang) figure.Line { return rendered(s, in, false) }

// Numbers renders the sum with the numbers that went into it.
func (s *sum) Numbers(in lang.Lang) figure.Line { return rendered(s, in, true) }

// rendered renders what is kept of an expression. Lines are asked for in
// thousands, so that what they are made from lies in working space.
func rendered(kept interface{ unpack(*space) }, in lang.Lang, numbers bool) figure.Line {
	sp := spaces.Get().(*space)
	defer sp.free()
	kept.unpack(sp)
	sp.writer.begin(&sp.result, in, numbers)
	sp.writer.node(sp.result.expr.tree, 0)
	return sp.writer.line
}

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
	k := &struct { // nearly all name few
		named
		room [6]*figure.Figure
	}{}
	list := k.room[:0]
	if n+len(r.Inputs) > len(k.room) {
		list = make([]*figure.Figure, 0, n+len(r.Inputs))
	}
	for i := range r.bound {
		list = append(list, r.bound[i].figure)
	}
	list = append(list, r.Inputs...)
	k.named = named{r.expr, r.words, r.name, r.Value, list[:n:n], list[n:len(list):len(list)], r.Missing}
	return &k.named, true
}

// unpack makes of them what the expression's variables were found to be.
func (n *named) unpack(sp *space) {
	sp.bound = sp.bound[:0]
	for _, f := range n.figures {
		b := binding{figure: f}
		if f != nil {
			b.value = f.Value
		}
		sp.bound = append(sp.bound, b)
	}
	sp.result = Result{expr: n.expr, words: n.scope, name: n.name, bound: sp.bound}
}

// Names renders the expression with the names of its figures.
func (n *named) Names(in lang.Lang) figure.Line { return rendered(n, in, false) }

// Numbers renders the expression with the numbers that went into it.
func (n *named) Numbers(in lang.Lang) figure.Line { return rendered(n, in, true) }

func (n *named) formula() figure.Formula {
	return figure.Formula{Source: n.expr.Source, Inputs: n.inputs, Missing: n.missing, Arithmetic: n}
}

package formula

import (
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
)

// Names says what the names in an expression are called where there are no data
// yet: on the page that defines an indicator.
type Names struct {
	Figure   func(id string) lang.Text       // a figure by its id
	Column   func(column string) lang.Text   // a column of the row in hand
	Selector func(selector string) lang.Text // the sum over what a selector gathers
	Count    func(selector string) lang.Text // how many rows it gathers
}

// Describe renders the expression with the names of what it stands on. Of
// first(…) all alternatives are written, since which one runs depends on the
// data.
func (e *Expr) Describe(names Names, in lang.Lang) string {
	w := &writer{in: in, result: &Result{expr: e}, every: true, leaf: func(w *writer, v *variable, _ *binding) {
		switch v.kind {
		case selectorVar:
			w.text(names.Selector(v.ref).In(in))
		case countVar:
			w.text(names.Count(v.ref).In(in))
		case rowVar:
			w.text(names.Column(v.ref).In(in))
		case priorVar:
			w.say("上年", "last year's ")
			fallthrough
		default:
			w.text(names.Figure(v.ref).In(in))
		}
	}}
	w.node(e.tree, 0)
	return figure.Line(w.line).String()
}

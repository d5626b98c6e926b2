package formula

import (
	"slices"

	"github.com/expr-lang/expr/ast"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// walkUsed visits the variables that took part in a result: of first(…) only
// the argument that was chosen. A condition shows both its branches.
func walkUsed(r *Result, n ast.Node, visit func(*variable, *binding)) {
	switch n := n.(type) {
	case *ast.IdentifierNode, *ast.MemberNode:
		if v, b, ok := r.variableAt(n); ok {
			visit(v, b)
		}
	case *ast.UnaryNode:
		walkUsed(r, n.Node, visit)
	case *ast.BinaryNode:
		walkUsed(r, n.Left, visit)
		walkUsed(r, n.Right, visit)
	case *ast.ConditionalNode:
		walkUsed(r, n.Cond, visit)
		walkUsed(r, n.Exp1, visit)
		walkUsed(r, n.Exp2, visit)
	case *ast.CallNode:
		if v, b, ok := r.variableAt(n); ok {
			visit(v, b)
			return
		}
		if n.Callee.(*ast.IdentifierNode).Value == "first" {
			walkUsed(r, n.Arguments[r.chosen(n)], visit)
			return
		}
		for _, a := range n.Arguments {
			walkUsed(r, a, visit)
		}
	}
}

// chosen returns the index of the argument of first(…) that gave its value.
func (r *Result) chosen(n *ast.CallNode) int {
	for i, a := range n.Arguments {
		if known(r, a) {
			return i
		}
	}
	return 0
}

// known reports whether every variable under a node holds a number.
func known(r *Result, n ast.Node) bool {
	ok, any := true, false
	walkUsed(r, n, func(_ *variable, b *binding) {
		any = true
		ok = ok && b.value.Known()
	})
	return ok && any
}

// fewInputs are found faster by looking at each.
const fewInputs = 64

// gather lists the inputs that took part: of first(…) only the one chosen. They
// stand in room where they fit.
func (r *Result) gather(room []*figure.Figure) {
	if r.expr.plainSum() {
		if b := &r.bound[0]; len(b.many) > 0 && len(b.many) <= fewInputs && !repeats(b.many) {
			r.Inputs = b.many
			r.lacks(b)
			return
		}
	}
	g := gatherer{result: r}
	if r.Inputs = room; cap(room) < r.mostInputs() {
		r.Inputs = make([]*figure.Figure, 0, r.mostInputs())
	}
	g.step(r.expr.run)
	r.Inputs = slices.Clip(r.Inputs)
}

// mostInputs is how many inputs there are at most.
func (r *Result) mostInputs() int {
	n := 0
	for i := range r.bound {
		n += max(1, len(r.bound[i].many))
	}
	return n
}

// repeats reports whether a figure stands twice in a list.
func repeats(list []*figure.Figure) bool {
	for i, f := range list {
		if slices.Contains(list[:i], f) {
			return true
		}
	}
	return false
}

// gatherer lists the inputs of a result.
type gatherer struct {
	result *Result
	seen   map[*figure.Figure]bool // once there are many
}

func (g *gatherer) step(s *step) {
	r := g.result
	switch s.kind {
	case variableStep, listStep:
		v, b := &r.expr.vars[s.slot], &r.bound[s.slot]
		if v.kind == selectorVar || v.kind == countVar {
			for _, f := range b.many {
				g.add(f)
			}
			if v.kind == selectorVar {
				r.lacks(b)
			}
			return
		}
		g.add(b.figure)
		if !b.value.Known() {
			r.Missing = append(r.Missing, r.nameOfMissing(v, b))
		}
		return
	}
	if s.first {
		g.step(s.args[s.chosen(r)])
		return
	}
	for _, x := range s.args {
		g.step(x)
	}
}

// lacks notes the figures for want of which a selector has no sum.
func (r *Result) lacks(b *binding) {
	if b.value.Known() {
		return
	}
	for _, f := range b.many {
		if f.Value.State == money.NotReported {
			r.Missing = append(r.Missing, f.Label)
		}
	}
}

func (g *gatherer) add(f *figure.Figure) {
	r := g.result
	if f == nil || g.seen[f] || g.seen == nil && slices.Contains(r.Inputs, f) {
		return
	}
	r.Inputs = append(r.Inputs, f)
	if g.seen == nil && len(r.Inputs) > fewInputs {
		g.seen = map[*figure.Figure]bool{}
		for _, f := range r.Inputs {
			g.seen[f] = true
		}
	} else if g.seen != nil {
		g.seen[f] = true
	}
}

// chosen returns the index of the argument of first(…) that gave its value.
func (s *step) chosen(r *Result) int {
	for i, a := range s.args {
		if any, all := a.uses(r); any && all {
			return i
		}
	}
	return 0
}

// uses reports whether any variable took part in a step, and whether all that
// did hold a number.
func (s *step) uses(r *Result) (any, all bool) {
	switch {
	case s.kind == variableStep || s.kind == listStep:
		return true, r.bound[s.slot].value.Known()
	case s.first:
		return s.args[s.chosen(r)].uses(r)
	}
	all = true
	for _, x := range s.args {
		a, k := x.uses(r)
		any, all = any || a, all && k
	}
	return any, all
}

func (r *Result) nameOfMissing(v *variable, b *binding) lang.Text {
	if b.figure != nil {
		return b.figure.Label
	}
	name := lang.Same(v.ref)
	if r.name != nil && v.kind != rowVar {
		name = r.name(v.ref)
	}
	if v.kind == priorVar {
		return lang.Text{ZH: "上年的" + name.ZH, EN: name.EN + " of the year before"}
	}
	return name
}

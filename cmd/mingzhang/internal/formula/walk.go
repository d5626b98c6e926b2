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

// gather lists the inputs that took part: of first(…) only the one chosen.
func (r *Result) gather(n ast.Node) {
	size := 0
	for i := range r.bound {
		size += max(1, len(r.bound[i].many))
	}
	r.Inputs = make([]*figure.Figure, 0, size)
	var seen map[*figure.Figure]bool
	add := func(f *figure.Figure) {
		if f == nil || seen[f] || seen == nil && slices.Contains(r.Inputs, f) {
			return
		}
		r.Inputs = append(r.Inputs, f)
		if seen == nil && len(r.Inputs) > fewInputs {
			seen = map[*figure.Figure]bool{}
			for _, f := range r.Inputs {
				seen[f] = true
			}
		} else if seen != nil {
			seen[f] = true
		}
	}
	walkUsed(r, n, func(v *variable, b *binding) {
		switch v.kind {
		case selectorVar, countVar:
			for _, f := range b.many {
				add(f)
				if v.kind == selectorVar && f.Value.State == money.NotReported && !b.value.Known() {
					r.Missing = append(r.Missing, f.Label)
				}
			}
		default:
			add(b.figure)
			if !b.value.Known() {
				r.Missing = append(r.Missing, r.nameOfMissing(v, b))
			}
		}
	})
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

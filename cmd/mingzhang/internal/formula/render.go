package formula

import (
	"fmt"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// walkUsed visits the variables that took part in a result: of first(…) only
// the argument that was chosen, of a condition only the branch that was taken.
func walkUsed(r *Result, n any, visit func(variable, binding)) {
	switch n := n.(type) {
	case *ast.IdentifierNode, *ast.MemberNode:
		if chain, ok := nameOf(n.(ast.Node)); ok {
			v := variableOf(chain)
			visit(v, r.bound[v.name])
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
		if v, ok := variableOfCall(n); ok {
			visit(v, r.bound[v.name])
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
	walkUsed(r, n, func(v variable, b binding) {
		any = true
		if v.kind == selectorVar {
			ok = ok && b.sum.Known()
			return
		}
		ok = ok && b.value.Known()
	})
	return ok && any
}

// Names renders the expression with the names of its figures.
func (r *Result) Names(in lang.Lang) string {
	return render(r, r.expr.tree, 0, func(v variable, b binding) string { return name(v, b, in) }, in)
}

// Numbers renders the expression with the numbers that went into it.
func (r *Result) Numbers(in lang.Lang) string {
	return render(r, r.expr.tree, 0, func(v variable, b binding) string { return number(v, b, in) }, in)
}

func name(v variable, b binding, in lang.Lang) string {
	switch v.kind {
	case selectorVar:
		if len(b.many) == 0 {
			return "Σ " + v.ref
		}
		if len(b.many) == 1 {
			return b.many[0].Label.In(in)
		}
		return fmt.Sprintf(lang.Text{ZH: "%s之和（%d 项）", EN: "sum of %s (%d)"}.In(in), b.many[0].Column.In(in), len(b.many))
	case countVar:
		return fmt.Sprintf(lang.Text{ZH: "项数（%s）", EN: "count (%s)"}.In(in), v.ref)
	case priorVar:
		if b.figure != nil {
			return lang.Text{ZH: "上年", EN: "last year's "}.In(in) + b.figure.Label.In(in)
		}
		return lang.Text{ZH: "上年数", EN: "last year's figure"}.In(in)
	}
	if b.figure != nil {
		return b.figure.Label.In(in)
	}
	return v.ref
}

// manyShown is how many summands are written out; the proof lists them all.
const manyShown = 12

func number(v variable, b binding, in lang.Lang) string {
	switch v.kind {
	case selectorVar:
		if len(b.many) == 0 {
			return lang.Text{ZH: "（未填报）", EN: "(not reported)"}.In(in)
		}
		var parts []string
		for i, f := range b.many {
			if len(b.many) > manyShown && i >= 3 && i < len(b.many)-1 {
				if i == 3 {
					parts = append(parts, "…")
				}
				continue
			}
			parts = append(parts, display(f.Value, in))
		}
		if len(parts) == 1 {
			return parts[0]
		}
		return "(" + strings.Join(parts, " + ") + ")"
	case countVar:
		return fmt.Sprint(b.rows)
	}
	return display(b.value, in)
}

func display(v money.Value, in lang.Lang) string {
	if !v.Known() {
		return "（" + v.State.Name().In(in) + "）"
	}
	s := v.Display(in)
	if v.Unit == money.Percent {
		s += "%"
	}
	if strings.HasPrefix(s, "−") {
		s = "(" + s + ")"
	}
	return s
}

var signs = map[string]struct {
	sign string
	rank int
}{
	"+": {" + ", 1}, "-": {" − ", 1}, "*": {" × ", 2}, "/": {" ÷ ", 2},
	"<": {" < ", 0}, "<=": {" ≤ ", 0}, ">": {" > ", 0}, ">=": {" ≥ ", 0}, "==": {" = ", 0}, "!=": {" ≠ ", 0},
	"and": {" 且 ", 0}, "or": {" 或 ", 0}, "&&": {" 且 ", 0}, "||": {" 或 ", 0},
}

// render writes a node; rank is how tightly its surroundings bind.
func render(r *Result, n ast.Node, rank int, leaf func(variable, binding) string, in lang.Lang) string {
	again := func(n ast.Node, rank int) string { return render(r, n, rank, leaf, in) }
	switch n := n.(type) {
	case *ast.IdentifierNode, *ast.MemberNode:
		chain, _ := nameOf(n)
		v := variableOf(chain)
		return leaf(v, r.bound[v.name])
	case *ast.IntegerNode:
		return fmt.Sprint(n.Value)
	case *ast.FloatNode:
		return money.Trim(decimal.NewFromFloat(n.Value))
	case *ast.UnaryNode:
		if n.Operator == "-" {
			return "−" + again(n.Node, 3)
		}
		return n.Operator + " " + again(n.Node, 3)
	case *ast.BinaryNode:
		s := signs[n.Operator]
		right := s.rank
		if n.Operator == "-" || n.Operator == "/" {
			right++ // a − (b − c), a ÷ (b × c)
		}
		return paren(again(n.Left, s.rank)+s.sign+again(n.Right, right), s.rank < rank)
	case *ast.ConditionalNode:
		return again(n.Cond, 0) + " ? " + again(n.Exp1, 0) + " : " + again(n.Exp2, 0)
	case *ast.CallNode:
		if v, ok := variableOfCall(n); ok {
			return leaf(v, r.bound[v.name])
		}
		return call(r, n, rank, again, in)
	}
	return "?"
}

func paren(s string, yes bool) string {
	if yes {
		return "(" + s + ")"
	}
	return s
}

func call(r *Result, n *ast.CallNode, rank int, again func(ast.Node, int) string, in lang.Lang) string {
	switch n.Callee.(*ast.IdentifierNode).Value {
	case "first":
		return again(n.Arguments[r.chosen(n)], rank)
	case "orzero":
		return again(n.Arguments[0], rank)
	case "add_filled":
		var parts []string
		for _, a := range n.Arguments {
			if known(r, a) {
				parts = append(parts, again(a, 1))
			}
		}
		if len(parts) == 0 {
			return lang.Text{ZH: "（各项均未填）", EN: "(nothing filled in)"}.In(in)
		}
		return paren(strings.Join(parts, " + "), rank > 1 && len(parts) > 1)
	case "change":
		now, base := again(n.Arguments[0], 1), again(n.Arguments[1], 2)
		return paren("("+now+" − "+base+") ÷ "+base, rank > 2)
	case "mean":
		var parts []string
		for _, a := range n.Arguments {
			parts = append(parts, again(a, 1))
		}
		return paren(fmt.Sprintf("(%s) ÷ %d", strings.Join(parts, " + "), len(parts)), rank > 2)
	case "abs":
		return "|" + again(n.Arguments[0], 0) + "|"
	}
	names := map[string]lang.Text{"max": {ZH: "最大值", EN: "max"}, "min": {ZH: "最小值", EN: "min"}}
	var parts []string
	for _, a := range n.Arguments {
		parts = append(parts, again(a, 0))
	}
	fn := n.Callee.(*ast.IdentifierNode).Value
	if t, ok := names[fn]; ok {
		fn = t.In(in)
	}
	return fn + "(" + strings.Join(parts, ", ") + ")"
}

// Formula packs a result for its figure.
func (r *Result) Formula() *figure.Formula {
	f := &figure.Formula{
		Source:  r.expr.Source,
		Names:   lang.Text{ZH: r.Names(lang.ZH), EN: r.Names(lang.EN)},
		Numbers: lang.Text{ZH: r.Numbers(lang.ZH), EN: r.Numbers(lang.EN)},
		Inputs:  r.Inputs,
		Missing: r.Missing,
	}
	walkUsed(r, r.expr.tree, func(v variable, b binding) {
		if v.kind == priorVar && b.figure != nil {
			if f.Prior == nil {
				f.Prior = map[string]bool{}
			}
			f.Prior[b.figure.ID] = true
		}
	})
	return f
}

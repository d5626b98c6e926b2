// Package formula is the small language in which indicators, facts and checks
// are written as data. It runs on expr-lang/expr over exact values:
//
//	adjusted_budget / original_budget - 1
//	change(outturn, last_year.outturn)
//	sum("project.outturn") / sum("project.adjusted")
//	sum_filled("three-public.original")
//	first(expenditure.total.original, sum("expenditure{type=basic}.original"))
//	row.outturn / row.adjusted
//
// A name stands for the figure with that id, with _ for - and . for /; get("…")
// names an id that is no identifier; row.x is a column of the row (or group)
// that the formula is evaluated for; last_year.x is the figure x of the year
// before; a text inside sum and count is a selector (figure.Book.Select), in
// which {row} stands for the key of the current row. There are no floats: a
// literal is an exact decimal.
//
// What is shown to readers is rendered from the very expression that ran, once
// with names and once with numbers.
package formula

import (
	"fmt"
	"reflect"
	"strings"
	"sync"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/checker/nature"
	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// Expr is a compiled expression. It is immutable and safe for concurrent use.
type Expr struct {
	Source string
	tree   ast.Node // as parsed, for rendering
	vars   []variable
	slots  map[ast.Node]int // the variable that a node of the tree is
	run    *step
}

// variable is what a name in an expression stands for.
type variable struct {
	name string // mangled, as the program knows it
	kind varKind
	ref  string // figure id, column or selector

	holes    bool             // ref is filled in for each row
	pieces   []piece          // of a figure's id with holes
	selector *figure.Selector // nil if it has to be read for each row
	filled   bool             // blanks among the selector's figures are nothing
}

// prepare reads the selector once, where it is the same for every row.
func (v *variable) prepare(function string) error {
	v.holes = strings.Contains(v.ref, "{row}") || strings.Contains(v.ref, "{.")
	if v.kind != selectorVar && v.kind != countVar {
		if v.holes && v.kind == figureVar {
			v.pieces = cutHoles(v.ref)
		}
		return nil
	}
	v.filled = function == "sum_filled"
	sel, err := v.parse(v.ref)
	switch {
	case !v.holes:
		v.selector = sel
		return err
	case err == nil && sel.Template():
		v.selector = sel
	}
	return nil
}

func (v *variable) parse(ref string) (*figure.Selector, error) {
	if v.kind == countVar {
		ref += ".*"
	}
	return figure.ParseSelector(ref)
}

type varKind uint8

const (
	figureVar   varKind = iota
	rowVar              // a column of the current row
	priorVar            // a figure of the year before
	selectorVar         // the figures a selector names
	countVar            // how many rows a selector names
)

// kept holds what was compiled, by source: every opened site and every form
// compiles the same few hundred expressions.
var kept sync.Map

// Compile parses and checks an expression.
func Compile(source string) (*Expr, error) {
	if e, ok := kept.Load(source); ok {
		return e.(*Expr), nil
	}
	e, err := compile(source)
	if err == nil {
		kept.Store(source, e)
	}
	return e, err
}

func compile(source string) (*Expr, error) {
	tree, err := parse(source)
	if err != nil {
		return nil, lang.Within(source, err)
	}
	e := &Expr{Source: source, tree: tree}
	if err := e.collect(tree); err != nil {
		return nil, lang.Within(source, err)
	}
	if err := check(source, e.vars); err != nil {
		return nil, lang.Within(source, err)
	}
	for i := range e.vars {
		name, _, _ := strings.Cut(e.vars[i].name, "__")
		if err := e.vars[i].prepare(name); err != nil {
			return nil, lang.Within(source, err)
		}
	}
	e.slots = map[ast.Node]int{}
	if e.run, err = e.plan(tree); err != nil {
		return nil, lang.Within(source, err)
	}
	return e, nil
}

// collect notes every name of the expression.
func (e *Expr) collect(n ast.Node) error {
	switch n := n.(type) {
	case *ast.IdentifierNode, *ast.MemberNode:
		chain, ok := nameOf(n)
		if !ok {
			return lang.Errorf(lang.Text{ZH: "只能用由点连起来的名称", EN: "only names joined by points can be used"})
		}
		e.note(variableOf(chain))
	case *ast.UnaryNode:
		return e.collect(n.Node)
	case *ast.BinaryNode:
		if err := e.collect(n.Left); err != nil {
			return err
		}
		return e.collect(n.Right)
	case *ast.ConditionalNode:
		for _, part := range []ast.Node{n.Cond, n.Exp1, n.Exp2} {
			if err := e.collect(part); err != nil {
				return err
			}
		}
	case *ast.CallNode:
		name, ok := n.Callee.(*ast.IdentifierNode)
		if !ok || !isFunction(name.Value) {
			return lang.Errorf(lang.Text{ZH: "没有这个函数", EN: "no such function"})
		}
		if v, ok := variableOfCall(n); ok {
			e.note(v)
			return nil
		}
		args := n.Arguments
		if name.Value == "bands" {
			spec, ok := bandsOf(n)
			if !ok {
				return lang.Errorf(lang.Text{ZH: `bands 要一个数和一组分档，例如 "<90%%: 3, else: 0"`, EN: `bands takes a value and a scale such as "<90%%: 3, else: 0"`})
			}
			if _, err := ParseBands(spec); err != nil {
				return err
			}
			args = args[:1]
		}
		for _, a := range args {
			if err := e.collect(a); err != nil {
				return err
			}
		}
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
	default:
		return lang.Errorf(lang.Text{ZH: "算式里不能用这种写法（%s）", EN: "%s cannot be used here"}, strings.TrimPrefix(fmt.Sprintf("%T", n), "*ast."))
	}
	return nil
}

func (e *Expr) note(v variable) {
	for _, have := range e.vars {
		if have.name == v.name {
			return
		}
	}
	e.vars = append(e.vars, v)
}

// nameOf reads a chain of names: three_public.total.outturn.
func nameOf(n ast.Node) ([]string, bool) {
	switch n := n.(type) {
	case *ast.IdentifierNode:
		return []string{n.Value}, true
	case *ast.MemberNode:
		left, ok := nameOf(n.Node)
		prop, isName := n.Property.(*ast.StringNode)
		if !ok || !isName {
			return nil, false
		}
		return append(left, prop.Value), true
	}
	return nil, false
}

func variableOf(chain []string) variable {
	id := func(parts []string) string { return strings.ReplaceAll(strings.Join(parts, "/"), "_", "-") }
	v := variable{name: strings.Join(chain, "__"), kind: figureVar, ref: id(chain)}
	if len(chain) > 1 {
		switch chain[0] {
		case "row":
			v.kind, v.ref = rowVar, id(chain[1:])
		case "last_year":
			v.kind, v.ref = priorVar, id(chain[1:])
		}
	}
	return v
}

// variableOfCall reads the calls that stand for figures: get("id"),
// sum("selector"), count("selector").
func variableOfCall(n *ast.CallNode) (variable, bool) {
	name, ok := n.Callee.(*ast.IdentifierNode)
	if !ok || len(n.Arguments) != 1 {
		return variable{}, false
	}
	text, ok := n.Arguments[0].(*ast.StringNode)
	if !ok {
		return variable{}, false
	}
	kinds := map[string]varKind{"get": figureVar, "last": priorVar, "sum": selectorVar, "sum_filled": selectorVar, "count": countVar, "max_of": selectorVar, "mean_of": selectorVar}
	kind, ok := kinds[name.Value]
	if !ok {
		return variable{}, false
	}
	return variable{name: fmt.Sprintf("%s__%x", name.Value, text.Value), kind: kind, ref: text.Value}, true
}

// variableOfNode reads a node that is one variable and nothing else.
func variableOfNode(n ast.Node) (variable, bool) {
	if c, ok := n.(*ast.CallNode); ok {
		return variableOfCall(c)
	}
	chain, ok := nameOf(n)
	if !ok {
		return variable{}, false
	}
	return variableOf(chain), true
}

// bandsOf returns the scale of a call of bands.
func bandsOf(n *ast.CallNode) (string, bool) {
	if len(n.Arguments) != 2 {
		return "", false
	}
	spec, ok := n.Arguments[1].(*ast.StringNode)
	if !ok {
		return "", false
	}
	return spec.Value, true
}

// patcher rewrites the parsed tree into what the program runs: chains and calls
// that name figures become variables, literals become exact values, and a minus
// sign becomes a call.
type patcher struct{}

var valueType = reflect.TypeFor[money.Value]()

// Visit rewrites one node; children have been visited before.
func (patcher) Visit(node *ast.Node) {
	switch n := (*node).(type) {
	case *ast.MemberNode:
		if chain, ok := nameOf(n); ok {
			ast.Patch(node, &ast.IdentifierNode{Value: strings.Join(chain, "__")})
		}
	case *ast.IntegerNode:
		constant(node, decimal.NewFromInt(int64(n.Value)))
	case *ast.FloatNode:
		// NewFromFloat gives back the shortest decimal that was typed.
		constant(node, decimal.NewFromFloat(n.Value))
	case *ast.UnaryNode:
		if n.Operator == "-" {
			ast.Patch(node, &ast.CallNode{Callee: &ast.IdentifierNode{Value: "neg"}, Arguments: []ast.Node{n.Node}})
		}
	case *ast.CallNode:
		// The checker keeps the type of a call that it has seen and would not
		// look at its patched arguments again.
		n.SetNature(nature.Nature{})
		v, ok := variableOfCall(n)
		if !ok {
			return
		}
		ident := &ast.IdentifierNode{Value: v.name}
		if v.kind == selectorVar {
			n.Arguments[0] = ident
			return
		}
		ast.Patch(node, ident)
	}
}

func constant(node *ast.Node, d decimal.Decimal) {
	c := &ast.ConstantNode{Value: money.Of(d, money.NoUnit)}
	c.SetType(valueType)
	ast.Patch(node, c)
}

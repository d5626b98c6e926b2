package formula

import (
	"slices"

	"github.com/expr-lang/expr/ast"
	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// step is one step of an expression as it runs. The program of expr checks that
// an expression makes sense; it is run by these steps, since a site evaluates
// thousands of small expressions for every department-year and boxing each value
// would cost more than the arithmetic. TestStepsAgreeWithExpr holds both against
// each other.
type step struct {
	kind  stepKind
	slot  int         // of a variable or a list
	value money.Value // of a constant
	yes   bool        // of a truth constant
	args  []*step
	many  func([]money.Value) (money.Value, error)
	two   func(a, b money.Value) (money.Value, error)
	one   func(money.Value) (money.Value, error)
	test  func(sign int) bool
	spec  string
	first bool // the function first, of whose values only one is used
}

type stepKind uint8

const (
	constantStep stepKind = iota
	truthStep             // true, false
	variableStep
	listStep  // a function over what a selector names
	manyStep  // a function of any number of values
	twoStep   // of two
	oneStep   // of one
	bandStep  // a grade
	testStep  // a comparison
	equalStep // of two truths
	knownStep
	notStep
	andStep
	orStep
	choiceStep // a ? b : c
)

// truth reports whether a step gives a truth and not a number.
func (s *step) truth() bool {
	switch s.kind {
	case truthStep, testStep, equalStep, knownStep, notStep, andStep, orStep:
		return true
	case choiceStep:
		return s.args[1].truth()
	}
	return false
}

func (s *step) number(r *Result) (money.Value, error) {
	switch s.kind {
	case constantStep:
		return s.value, nil
	case variableStep:
		return r.bound[s.slot].value, nil
	case listStep:
		b := &r.bound[s.slot]
		if s.many == nil {
			return b.value, b.err
		}
		return b.over(s.many)
	case oneStep:
		v, err := s.args[0].number(r)
		if err != nil {
			return v, err
		}
		return s.one(v)
	case twoStep:
		a, err := s.args[0].number(r)
		if err != nil {
			return a, err
		}
		b, err := s.args[1].number(r)
		if err != nil {
			return b, err
		}
		return s.two(a, b)
	case manyStep:
		if s.first {
			return s.firstOf(r)
		}
		vs := make([]money.Value, 0, len(s.args))
		for _, a := range s.args {
			v, err := a.number(r)
			if err != nil {
				return v, err
			}
			vs = append(vs, v)
		}
		return s.many(vs)
	case bandStep:
		v, err := s.args[0].number(r)
		if err != nil {
			return v, err
		}
		return graded(v, s.spec)
	case choiceStep:
		yes, err := s.args[0].holds(r)
		if err != nil {
			return money.Value{}, err
		}
		if yes {
			return s.args[1].number(r)
		}
		return s.args[2].number(r)
	}
	return money.Value{}, errNoNumber
}

// firstOf is the function first over the step's arguments.
func (s *step) firstOf(r *Result) (money.Value, error) {
	var best money.Value
	rank := 0 // of the best so far: 1 it is the first, 2 it says why it holds no number, 3 it is one
	for _, a := range s.args {
		v, err := a.number(r)
		if err != nil {
			return v, err
		}
		own := 1
		if v.Known() {
			own = 3
		} else if v.State != money.NotReported {
			own = 2
		}
		if own > rank {
			best, rank = v, own
		}
	}
	return best, nil
}

func (s *step) holds(r *Result) (bool, error) {
	switch s.kind {
	case truthStep:
		return s.yes, nil
	case testStep:
		a, err := s.args[0].number(r)
		if err != nil {
			return false, err
		}
		b, err := s.args[1].number(r)
		return err == nil && a.Known() && b.Known() && s.test(money.Cmp(a, b)), err
	case knownStep:
		v, err := s.args[0].number(r)
		return v.Known(), err
	case notStep:
		yes, err := s.args[0].holds(r)
		return !yes, err
	case equalStep:
		a, err := s.args[0].holds(r)
		if err != nil {
			return false, err
		}
		b, err := s.args[1].holds(r)
		return (a == b) == s.yes, err
	case andStep, orStep:
		yes, err := s.args[0].holds(r)
		if err != nil || yes == (s.kind == orStep) {
			return yes, err
		}
		return s.args[1].holds(r)
	case choiceStep:
		yes, err := s.args[0].holds(r)
		if err != nil {
			return false, err
		}
		if yes {
			return s.args[1].holds(r)
		}
		return s.args[2].holds(r)
	}
	return false, errNoNumber
}

var errNoNumber = lang.Errorf(lang.Text{ZH: "结果不是数", EN: "gives no number"})

// plan turns the parsed tree, whose types are checked, into steps, and notes
// which variable stands at which node.
func (e *Expr) plan(n ast.Node) (*step, error) {
	refused := lang.Errorf(lang.Text{ZH: "算式里不能用这种写法", EN: "this cannot be used here"})
	each := func(kind stepKind, nodes ...ast.Node) (*step, error) {
		s := &step{kind: kind, args: make([]*step, len(nodes))}
		for i, x := range nodes {
			var err error
			if s.args[i], err = e.plan(x); err != nil {
				return nil, err
			}
		}
		return s, nil
	}
	switch n := n.(type) {
	case *ast.IntegerNode:
		return &step{value: money.Of(decimal.NewFromInt(int64(n.Value)), money.NoUnit)}, nil
	case *ast.FloatNode:
		// NewFromFloat gives back the shortest decimal that was typed.
		return &step{value: money.Of(decimal.NewFromFloat(n.Value), money.NoUnit)}, nil
	case *ast.BoolNode:
		return &step{kind: truthStep, yes: n.Value}, nil
	case *ast.IdentifierNode, *ast.MemberNode:
		v, _ := variableOfNode(n)
		return &step{kind: variableStep, slot: e.at(n, v)}, nil
	case *ast.UnaryNode:
		switch n.Operator {
		case "-":
			s, err := each(oneStep, n.Node)
			if s != nil {
				s.one = negated
			}
			return s, err
		case "!", "not":
			return each(notStep, n.Node)
		}
		return nil, refused
	case *ast.ConditionalNode:
		return each(choiceStep, n.Cond, n.Exp1, n.Exp2)
	case *ast.BinaryNode:
		switch n.Operator {
		case "and", "&&":
			return each(andStep, n.Left, n.Right)
		case "or", "||":
			return each(orStep, n.Left, n.Right)
		}
		if two, ok := arithmetic[n.Operator]; ok {
			s, err := each(twoStep, n.Left, n.Right)
			if s != nil {
				s.two = two
			}
			return s, err
		}
		test, ok := comparisons[n.Operator]
		if !ok {
			return nil, refused
		}
		s, err := each(testStep, n.Left, n.Right)
		if err != nil {
			return nil, err
		}
		s.test = test
		if s.args[0].truth() {
			s.kind, s.yes = equalStep, n.Operator == "=="
		}
		return s, nil
	case *ast.CallNode:
		name := n.Callee.(*ast.IdentifierNode).Value
		if v, ok := variableOfCall(n); ok {
			s := &step{kind: variableStep, slot: e.at(n, v)}
			if v.kind == selectorVar {
				if s.kind = listStep; name != "sum" && name != "sum_filled" {
					s.many = lists[name]
				}
			}
			return s, nil
		}
		if name == "bands" {
			s, err := each(bandStep, n.Arguments[0])
			if s != nil {
				s.spec, _ = bandsOf(n)
			}
			return s, err
		}
		if name == "known" {
			return each(knownStep, n.Arguments...)
		}
		s, err := each(manyStep, n.Arguments...)
		if err != nil {
			return nil, err
		}
		s.first = name == "first"
		switch s.many, s.two, s.one = manies[name], twos[name], ones[name]; {
		case s.two != nil:
			s.kind = twoStep
		case s.one != nil:
			s.kind = oneStep
		case s.many == nil:
			return nil, refused
		}
		return s, nil
	}
	return nil, refused
}

// at notes that a variable stands at a node and returns its slot.
func (e *Expr) at(n ast.Node, v variable) int {
	i := slices.IndexFunc(e.vars, func(x variable) bool { return x.name == v.name })
	e.slots[n] = i
	return i
}

// variableAt returns the variable that a node is, and what it was found to be.
func (r *Result) variableAt(n ast.Node) (*variable, *binding, bool) {
	i, ok := r.expr.slots[n]
	if !ok {
		return nil, nil, false
	}
	if i >= len(r.bound) { // described before there are any data
		return &r.expr.vars[i], &binding{}, true
	}
	return &r.expr.vars[i], &r.bound[i], true
}

package formula

import (
	"github.com/expr-lang/expr"
	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/money"
)

type binary = func(money.Value, money.Value) (money.Value, error)

func op2(name string, f binary) expr.Option {
	return expr.Function(name, func(p ...any) (any, error) {
		return f(p[0].(money.Value), p[1].(money.Value))
	}, new(func(money.Value, money.Value) money.Value))
}

func compare(name string, test func(sign int) bool) expr.Option {
	return expr.Function(name, func(p ...any) (any, error) {
		a, b := p[0].(money.Value), p[1].(money.Value)
		return a.Known() && b.Known() && test(a.Base().Cmp(b.Base())), nil
	}, new(func(money.Value, money.Value) bool))
}

func variadic(name string, f func([]money.Value) (money.Value, error)) expr.Option {
	return expr.Function(name, func(p ...any) (any, error) {
		vs := make([]money.Value, len(p))
		for i, x := range p {
			vs[i] = x.(money.Value)
		}
		return f(vs)
	}, new(func(...money.Value) money.Value))
}

func overList(name string, f func([]money.Value) (money.Value, error)) expr.Option {
	return expr.Function(name, func(p ...any) (any, error) { return f(p[0].([]money.Value)) }, new(func([]money.Value) money.Value))
}

// operators are the functions and overloaded operators of the language.
var operators = []expr.Option{
	op2("_add", money.Add), op2("_sub", money.Sub), op2("_mul", money.Mul), op2("_div", money.Div),
	expr.Operator("+", "_add"), expr.Operator("-", "_sub"), expr.Operator("*", "_mul"), expr.Operator("/", "_div"),
	compare("_lt", func(s int) bool { return s < 0 }), compare("_le", func(s int) bool { return s <= 0 }),
	compare("_gt", func(s int) bool { return s > 0 }), compare("_ge", func(s int) bool { return s >= 0 }),
	compare("_eq", func(s int) bool { return s == 0 }), compare("_ne", func(s int) bool { return s != 0 }),
	expr.Operator("<", "_lt"), expr.Operator("<=", "_le"), expr.Operator(">", "_gt"), expr.Operator(">=", "_ge"),
	expr.Operator("==", "_eq"), expr.Operator("!=", "_ne"),
	op2("change", money.Change),
	expr.Function("neg", func(p ...any) (any, error) { return money.Neg(p[0].(money.Value)), nil }, new(func(money.Value) money.Value)),
	variadic("first", first), variadic("max", extreme(1)), variadic("min", extreme(-1)), variadic("mean", mean),
	expr.Function("abs", func(p ...any) (any, error) { return abs(p[0].(money.Value)), nil }, new(func(money.Value) money.Value)),
	expr.Function("known", func(p ...any) (any, error) { return p[0].(money.Value).Known(), nil }, new(func(money.Value) bool)),
	expr.Function("orzero", func(p ...any) (any, error) { return orZero(p[0].(money.Value)), nil }, new(func(money.Value) money.Value)),
	variadic("add_filled", filled),
	expr.Function("number", func(p ...any) (any, error) { return bare(p[0].(money.Value)), nil }, new(func(money.Value) money.Value)),
	expr.Function("percent", func(p ...any) (any, error) { return money.Of(p[0].(money.Value).Base(), money.Percent), nil }, new(func(money.Value) money.Value)),
	op2("round", rounded),
	expr.Function("bands", func(p ...any) (any, error) { return graded(p[0].(money.Value), p[1].(string)) }, new(func(money.Value, string) money.Value)),
	overList("sum", money.Sum), overList("sum_filled", filled), overList("max_of", extreme(1)), overList("mean_of", mean),
	overList("count", money.Sum), // never run: the patcher puts a number in its place
}

func isFunction(name string) bool {
	switch name {
	case "change", "first", "max", "min", "mean", "abs", "known", "orzero", "sum", "sum_filled", "add_filled", "count", "get", "last", "max_of", "mean_of", "number", "percent", "round", "bands":
		return true
	}
	return false
}

// filled adds what is filled in and takes blanks for nothing, for tables whose
// blanks mean "none" by their own rules, such as the three public expenses. With
// nothing filled in at all it is "not reported".
func filled(vs []money.Value) (money.Value, error) {
	var known []money.Value
	for _, v := range vs {
		if v.State == money.Number || v.State == money.Withheld {
			known = append(known, v)
		}
	}
	return money.Sum(known)
}

// first returns the first value that holds a number, else the first that says
// why it holds none.
func first(vs []money.Value) (money.Value, error) {
	for _, v := range vs {
		if v.Known() {
			return v, nil
		}
	}
	for _, v := range vs {
		if v.State != money.NotReported {
			return v, nil
		}
	}
	if len(vs) > 0 {
		return vs[0], nil
	}
	return money.Value{}, nil
}

func extreme(sign int) func([]money.Value) (money.Value, error) {
	return func(vs []money.Value) (money.Value, error) {
		var best money.Value
		for i, v := range vs {
			if !v.Known() {
				return v, nil
			}
			if i == 0 || v.Base().Cmp(best.Base()) == sign {
				best = v
			}
		}
		return best, nil
	}
}

// mean needs every value: a mean over what happens to be reported would change
// its meaning silently.
func mean(vs []money.Value) (money.Value, error) {
	if len(vs) == 0 {
		return money.Value{}, nil
	}
	total := vs[0]
	for _, v := range vs[1:] {
		var err error
		if total, err = money.Add(total, v); err != nil {
			return total, err
		}
	}
	n := money.Of(decimal.NewFromInt(int64(len(vs))), money.NoUnit)
	unit := total.Unit
	q, err := money.Div(total, n)
	return q.As(unit, 2), err
}

// bare takes a share as a bare number: 98.68 % is 0.9868.
func bare(v money.Value) money.Value {
	if !v.Known() {
		return money.Absent(v.State, money.NoUnit)
	}
	return money.Of(v.Base(), money.NoUnit).Within(v.Lo(), v.Hi())
}

// rounded rounds half away from zero in the value's own unit. What is rounded on
// purpose is exact from then on.
func rounded(v, places money.Value) (money.Value, error) {
	if !v.Known() {
		return v, nil
	}
	return money.Of(v.Num().Round(int32(places.Base().IntPart())), v.Unit), nil
}

func abs(v money.Value) money.Value {
	if v.Known() && v.Base().IsNegative() {
		return money.Neg(v)
	}
	return v
}

// orZero takes a blank for zero. Only tables whose blanks mean "none" by their
// own rules may use it.
func orZero(v money.Value) money.Value {
	if v.State == money.NotReported || v.State == money.NotApplicable {
		return money.Of(decimal.Zero, v.Unit)
	}
	return v
}

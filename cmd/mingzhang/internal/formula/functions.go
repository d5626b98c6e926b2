package formula

import (
	"github.com/expr-lang/expr"
	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/money"
)

// What an expression can call, by how many values it takes.
var (
	arithmetic = map[string]func(a, b money.Value) (money.Value, error){"+": money.Add, "-": money.Sub, "*": money.Mul, "/": money.Div}
	twos       = map[string]func(a, b money.Value) (money.Value, error){"change": money.Change, "round": rounded}
	ones       = map[string]func(money.Value) (money.Value, error){"neg": negated, "abs": abs, "orzero": orZero, "number": bare, "percent": percent}
	manies     = map[string]func([]money.Value) (money.Value, error){"first": first, "max": extreme(1), "min": extreme(-1), "mean": mean, "add_filled": filled}
	// lists run over what a selector names.
	lists = map[string]func([]money.Value) (money.Value, error){"sum": money.Sum, "sum_filled": filled, "max_of": extreme(1), "mean_of": mean}
)

// comparisons hold between two known numbers, by the sign of their difference.
var comparisons = map[string]func(sign int) bool{
	"<": func(s int) bool { return s < 0 }, "<=": func(s int) bool { return s <= 0 },
	">": func(s int) bool { return s > 0 }, ">=": func(s int) bool { return s >= 0 },
	"==": func(s int) bool { return s == 0 }, "!=": func(s int) bool { return s != 0 },
}

// operators are the functions and overloaded operators as expr knows them.
var operators = func() []expr.Option {
	var out []expr.Option
	for sign, f := range arithmetic {
		out = append(out, op2("_"+operatorNames[sign], f), expr.Operator(sign, "_"+operatorNames[sign]))
	}
	for sign, test := range comparisons {
		out = append(out, compare("_"+operatorNames[sign], test), expr.Operator(sign, "_"+operatorNames[sign]))
	}
	for name, f := range twos {
		out = append(out, op2(name, f))
	}
	for name, f := range ones {
		out = append(out, expr.Function(name, func(p ...any) (any, error) { return f(p[0].(money.Value)) }, new(func(money.Value) money.Value)))
	}
	for name, f := range manies {
		out = append(out, variadic(name, f))
	}
	for name, f := range lists {
		out = append(out, overList(name, f))
	}
	return append(out,
		expr.Function("known", func(p ...any) (any, error) { return p[0].(money.Value).Known(), nil }, new(func(money.Value) bool)),
		expr.Function("bands", func(p ...any) (any, error) { return graded(p[0].(money.Value), p[1].(string)) }, new(func(money.Value, string) money.Value)),
		overList("count", money.Sum), // never run: the patcher puts a number in its place
	)
}()

var operatorNames = map[string]string{"+": "add", "-": "sub", "*": "mul", "/": "div", "<": "lt", "<=": "le", ">": "gt", ">=": "ge", "==": "eq", "!=": "ne"}

func op2(name string, f func(a, b money.Value) (money.Value, error)) expr.Option {
	return expr.Function(name, func(p ...any) (any, error) {
		return f(p[0].(money.Value), p[1].(money.Value))
	}, new(func(money.Value, money.Value) money.Value))
}

func compare(name string, test func(sign int) bool) expr.Option {
	return expr.Function(name, func(p ...any) (any, error) {
		a, b := p[0].(money.Value), p[1].(money.Value)
		return a.Known() && b.Known() && test(money.Cmp(a, b)), nil
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
	var t money.Total
	for _, v := range vs {
		if !blank(v) {
			t.Add(v)
		}
	}
	return t.Value()
}

func blank(v money.Value) bool { return v.State != money.Number && v.State != money.Withheld }

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
			if i == 0 || money.Cmp(v, best) == sign {
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
func bare(v money.Value) (money.Value, error) {
	if !v.Known() {
		return money.Absent(v.State, money.NoUnit), nil
	}
	return money.Of(v.Base(), money.NoUnit).Within(v.Lo(), v.Hi()), nil
}

func negated(v money.Value) (money.Value, error) { return money.Neg(v), nil }

func percent(v money.Value) (money.Value, error) { return money.Of(v.Base(), money.Percent), nil }

// rounded rounds half away from zero in the value's own unit. What is rounded on
// purpose is exact from then on.
func rounded(v, places money.Value) (money.Value, error) {
	if !v.Known() {
		return v, nil
	}
	return money.Of(v.Num().Round(int32(places.Base().IntPart())), v.Unit), nil
}

func abs(v money.Value) (money.Value, error) {
	if v.Known() && v.Sign() < 0 {
		return money.Neg(v), nil
	}
	return v, nil
}

// orZero takes a blank for zero. Only tables whose blanks mean "none" by their
// own rules may use it.
func orZero(v money.Value) (money.Value, error) {
	if v.State == money.NotReported || v.State == money.NotApplicable {
		return money.Int(0, v.Unit), nil
	}
	return v, nil
}

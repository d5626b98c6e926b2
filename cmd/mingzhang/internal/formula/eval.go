package formula

import (
	"strings"

	"github.com/expr-lang/expr"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// Scope is what the names of an expression are looked up in.
type Scope struct {
	Book *figure.Book
	// Row finds a column of the row or group that the expression is evaluated
	// for; nil outside of one.
	Row func(column string) *figure.Figure
	Key string // the key of that row: {row} in selectors
	// Attr finds a property of that row: {.function} in selectors.
	Attr func(name string) string
	// Words names what a selector gathers, told how many rows it found; a zero
	// text leaves the naming to the rows. nil where nothing is rendered.
	Words func(selector string, found int) lang.Text
}

// Fill puts the row's key and properties into a selector, id or formula.
func (s Scope) Fill(ref string) string {
	if !strings.Contains(ref, "{row}") && !strings.Contains(ref, "{.") {
		return ref
	}
	ref = strings.ReplaceAll(ref, "{row}", s.Key)
	for {
		i := strings.Index(ref, "{.")
		if i < 0 {
			return ref
		}
		j := strings.IndexByte(ref[i:], '}')
		if j < 0 || s.Attr == nil {
			return ref
		}
		ref = ref[:i] + s.Attr(ref[i+2:i+j]) + ref[i+j+1:]
	}
}

// Result is an evaluated expression.
type Result struct {
	Value   money.Value
	Bool    bool // for conditions
	Inputs  []*figure.Figure
	Missing []lang.Text // inputs that hold no number, by name
	bound   map[string]binding
	expr    *Expr
	words   func(selector string, found int) lang.Text
}

// binding is what a variable was found to be.
type binding struct {
	figure *figure.Figure
	many   []*figure.Figure
	rows   int
	value  money.Value
	sum    money.Value // of a selector's figures, as its function adds them
}

// Eval runs the expression. Inputs are listed in the order of the expression;
// an input that the book does not have counts as "not reported".
func (e *Expr) Eval(s Scope) (Result, error) {
	r := Result{expr: e, words: s.Words, bound: make(map[string]binding, len(e.vars))}
	env := make(map[string]any, len(e.vars))
	for _, v := range e.vars {
		b, err := s.bind(v)
		if err != nil {
			return r, lang.Within(e.Source, err)
		}
		r.bound[v.name] = b
		if v.kind == selectorVar {
			vs := make([]money.Value, len(b.many))
			for i, f := range b.many {
				vs[i] = f.Value
			}
			if s.Book.Hides(s.Fill(v.ref)) {
				vs = append(vs, money.Absent(money.Withheld, money.NoUnit))
			}
			env[v.name] = vs
			b.sum, _ = money.Sum(vs)
			if strings.HasPrefix(v.name, "sum_filled") {
				b.sum, _ = filled(vs)
			}
			r.bound[v.name] = b
		} else {
			env[v.name] = b.value
		}
	}
	out, err := expr.Run(e.program, env)
	if err != nil {
		return r, lang.Within(e.Source, err)
	}
	switch v := out.(type) {
	case money.Value:
		r.Value = v
	case bool:
		r.Bool = v
	default:
		return r, lang.Errorf(lang.Text{ZH: "%s：结果不是数", EN: "%s: gives no number"}, e.Source)
	}
	r.gather(e.tree)
	return r, nil
}

func (s Scope) bind(v variable) (binding, error) {
	ref := s.Fill(v.ref)
	var b binding
	switch v.kind {
	case figureVar:
		b.figure = s.Book.Get(ref)
	case rowVar:
		if s.Row == nil {
			return b, lang.Errorf(lang.Text{ZH: "row.%s 只能用在逐行的算式里", EN: "row.%s is used outside of a row"}, ref)
		}
		b.figure = s.Row(ref)
	case priorVar:
		b.figure = s.Book.Before(ref)
	case selectorVar, countVar:
		sel := ref
		if v.kind == countVar {
			sel += ".*"
		}
		found, err := s.Book.Select(sel)
		if err != nil {
			return b, err
		}
		b.many, b.rows = found.Figures, len(found.Rows)
		if v.kind == countVar && s.Book.Hides(sel) {
			b.value = money.Absent(money.Withheld, money.NoUnit)
			return b, nil
		}
		if b.rows > 0 || v.kind == countVar && s.Book.Answered(sel) {
			b.value = money.Int(int64(b.rows), money.NoUnit)
		}
		return b, nil
	}
	if b.figure != nil {
		b.value = b.figure.Value
	}
	return b, nil
}

// Refs lists the ids, columns and selectors that the expression names, for
// checking a definition before any data are there.
func (e *Expr) Refs() []string {
	out := make([]string, len(e.vars))
	for i, v := range e.vars {
		out[i] = v.ref
	}
	return out
}

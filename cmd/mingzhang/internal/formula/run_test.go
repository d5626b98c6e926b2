package formula

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"
	"pgregory.net/rapid"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// program compiles an expression as expr does.
func program(source string, vars []variable) (*vm.Program, error) {
	options := append([]expr.Option{expr.Env(environment(vars)), expr.DisableAllBuiltins(), expr.Patch(patcher{}), expr.Optimize(false)}, operators...)
	return expr.Compile(source, options...)
}

// byExpr runs an expression as expr would.
func byExpr(e *Expr, s Scope) (any, error) {
	program, err := program(e.Source, e.vars)
	if err != nil {
		return nil, err
	}
	env := map[string]any{}
	for i := range e.vars {
		var b binding
		if err := s.bind(&e.vars[i], &b, &space{}); err != nil {
			return nil, err
		}
		env[e.vars[i].name] = b.value
		if e.vars[i].kind == selectorVar {
			vs := make([]money.Value, len(b.many))
			for i, f := range b.many {
				vs[i] = f.Value
			}
			env[e.vars[i].name] = vs
		}
	}
	return expr.Run(program, env)
}

// anyNumberText draws an expression that gives a number.
func anyNumberText(t *rapid.T, depth int) string {
	leaves := []string{
		"original_budget", "adjusted_budget", "blank", "nothing.here", "2", "0", "0.5", "last_year.original_budget", `get("project/office/outturn")`,
		`sum("project.outturn")`, `sum_filled("project.adjusted")`, `count("project{on-time=yes}")`, `max_of("project.outturn")`, `mean_of("project.adjusted")`, `sum("project{level=total}.adjusted")`,
	}
	if depth == 0 {
		return rapid.SampledFrom(leaves).Draw(t, "leaf")
	}
	n := func() string { return anyNumberText(t, depth-1) }
	switch rapid.IntRange(0, 7).Draw(t, "form") {
	case 0:
		return n()
	case 1, 2:
		return "(" + n() + rapid.SampledFrom([]string{" + ", " - ", " * ", " / "}).Draw(t, "sign") + n() + ")"
	case 3:
		return "-" + n()
	case 4:
		return rapid.SampledFrom([]string{"abs", "orzero", "number", "percent"}).Draw(t, "function") + "(" + n() + ")"
	case 5:
		return rapid.SampledFrom([]string{"first", "max", "min", "mean", "add_filled"}).Draw(t, "function") + "(" + strings.Join([]string{n(), n(), n()}, ", ") + ")"
	case 6:
		return "(" + anyTruthText(t, depth-1) + " ? " + n() + " : " + n() + ")"
	}
	return rapid.SampledFrom([]string{"change(" + n() + ", " + n() + ")", "round(" + n() + ", 1)", `bands(` + n() + `, "<90%: 3, <=100%: 2, else: 0")`}).Draw(t, "call")
}

func anyTruthText(t *rapid.T, depth int) string {
	if depth <= 0 {
		return "known(" + anyNumberText(t, 0) + ")"
	}
	switch rapid.IntRange(0, 4).Draw(t, "truth") {
	case 0:
		return "not (" + anyTruthText(t, depth-1) + ")"
	case 1:
		return "(" + anyTruthText(t, depth-1) + rapid.SampledFrom([]string{" and ", " or ", " && ", " || "}).Draw(t, "join") + anyTruthText(t, depth-1) + ")"
	case 2:
		return "known(" + anyNumberText(t, depth-1) + ")"
	}
	return "(" + anyNumberText(t, depth-1) + rapid.SampledFrom([]string{" < ", " <= ", " > ", " >= ", " == ", " != "}).Draw(t, "comparison") + anyNumberText(t, depth-1) + ")"
}

// What the checker that is set up once refuses, expr refuses, and nothing else.
func TestCheckingIsCompiling(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		part := func() string {
			if rapid.Bool().Draw(t, "number") {
				return anyNumberText(t, 1)
			}
			return anyTruthText(t, 1)
		}
		source := rapid.SampledFrom([]string{"%s + %s", "%s and %s", "%s < %s", "max(%s, %s)", "change(%s, %s)", "%s == %s", "first(%s, %s)", "(%s ? %s : 1)", "%s; %s"}).Draw(t, "form")
		source = fmt.Sprintf(source, part(), part())
		tree, err := parse(source)
		e := &Expr{Source: source, tree: tree}
		if err != nil || e.collect(tree) != nil {
			return
		}
		_, want := program(source, e.vars)
		if got := check(source, e.vars); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%s: %v; want %v", source, got, want)
		}
	})
}

func TestStepsAgreeWithExpr(t *testing.T) {
	book := sampleBook(t)
	rapid.Check(t, func(t *rapid.T) {
		source := anyNumberText(t, 3)
		if rapid.IntRange(0, 3).Draw(t, "condition") == 0 {
			source = anyTruthText(t, 3)
		}
		e, err := Compile(source)
		if err != nil {
			t.Fatalf("%s: %v", source, err)
		}
		s := Scope{Book: book}
		want, wrong := byExpr(e, s)
		got, err := e.Eval(s)
		if (err == nil) != (wrong == nil) {
			t.Fatalf("%s: %v, as expr %v", source, err, wrong)
		}
		if err != nil {
			return
		}
		text := func(v money.Value) string { return fmt.Sprint(v.State, v.Unit, v.Places, v.Base(), v.Lo(), v.Hi()) }
		switch w := want.(type) {
		case bool:
			if got.Bool != w {
				t.Fatalf("%s is %v, as expr %v", source, got.Bool, w)
			}
		case money.Value:
			if text(got.Value) != text(w) {
				t.Fatalf("%s is %s, as expr %s", source, text(got.Value), text(w))
			}
		}
	})
}

// What is kept of a sum alone tells all that is kept of any result.
func TestAKnownResultIsTheResult(t *testing.T) {
	book := sampleBook(t)
	rapid.Check(t, func(t *rapid.T) {
		e, err := Compile(anyNumberText(t, rapid.IntRange(0, 2).Draw(t, "depth")))
		if err != nil {
			t.Fatal(err)
		}
		s := Scope{Book: book, Name: func(id string) lang.Text { return lang.Same("名" + id) }}
		if rapid.Bool().Draw(t, "words") {
			s.Words = func(selector string, found int) lang.Text { return lang.Same(fmt.Sprint(selector, found)) }
		}
		want, err := e.Eval(s)
		lent, _ := e.Lend(s)
		if err == nil && (string(lent.Value.AppendKey(nil)) != string(want.Value.AppendKey(nil)) || !slices.Equal(lent.Inputs, want.Inputs) || !slices.Equal(lent.Missing, want.Missing)) {
			t.Fatalf("%s: lent as %v of %v; want %v of %v", e.Source, lent.Value, lent.Inputs, want.Value, want.Inputs)
		}
		lent.GiveBack()
		proved, by, wrong := e.Prove(s)
		if (wrong == nil) != (err == nil) {
			t.Fatalf("%s: %v; want %v", e.Source, wrong, err)
		}
		if err == nil && (string(proved.AppendKey(nil)) != string(want.Value.AppendKey(nil)) || !slices.Equal(by.Inputs, want.Inputs) || !slices.Equal(by.Missing, want.Missing) || !slices.Equal(by.Numbers(lang.ZH), want.Numbers(lang.ZH)) || !slices.Equal(by.Names(lang.EN), want.Names(lang.EN))) {
			t.Fatalf("%s: proved as %v of %v; want %v of %v", e.Source, proved, by.Inputs, want.Value, want.Inputs)
		}
		v, got, ok := e.EvalKnown(s)
		if ok != (err == nil && want.Value.Known()) {
			t.Fatalf("%s: known %v, %v %v", e.Source, ok, want.Value, err)
		}
		if !ok {
			return
		}
		if string(v.AppendKey(nil)) != string(want.Value.AppendKey(nil)) || !slices.Equal(got.Inputs, want.Inputs) || !slices.Equal(got.Missing, want.Missing) || got.Source != e.Source {
			t.Fatalf("%s: %v of %v; want %v of %v", e.Source, v, got.Inputs, want.Value, want.Inputs)
		}
		for _, in := range []lang.Lang{lang.ZH, lang.EN} {
			if !slices.Equal(got.Names(in), want.Names(in)) || !slices.Equal(got.Numbers(in), want.Numbers(in)) {
				t.Fatalf("%s: %s = %s; want %s = %s", e.Source, got.Names(in), got.Numbers(in), want.Names(in), want.Numbers(in))
			}
		}
	})
}

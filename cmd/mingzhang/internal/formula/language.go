package formula

import (
	"sync"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/checker"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/parser"

	"mingzhang/cmd/mingzhang/internal/money"
)

// language is expr as formulas use it: its parser and its checker, each with our
// functions and operators in place of the built-in ones. Both are set up once;
// every start of the program reads hundreds of formulas, and setting up took
// longer than reading. They keep what they have seen, so that one formula is read
// at a time.
type language struct {
	mu      sync.Mutex
	parser  *conf.Config
	checker *conf.Config
}

var formulas = sync.OnceValue(func() *language {
	l := &language{parser: conf.CreateNew(), checker: conf.CreateNew()}
	expr.Patch(patcher{})(l.checker)
	for _, c := range []*conf.Config{l.parser, l.checker} {
		expr.DisableAllBuiltins()(c)
		for _, o := range operators { // so that sum( is ours and not the built-in
			o(c)
		}
	}
	for name := range l.checker.Disabled {
		delete(l.checker.Builtins, name)
	}
	l.checker.Check()
	return l
})

func parse(source string) (ast.Node, error) {
	l := formulas()
	l.mu.Lock()
	defer l.mu.Unlock()
	tree, err := parser.ParseWithConfig(source, l.parser)
	if err != nil {
		return nil, err
	}
	return tree.Node, nil
}

// check lets expr find what the types do not allow.
func check(source string, vars []variable) error {
	l := formulas()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.checker.WithEnv(environment(vars))
	_, err := checker.ParseCheck(source, l.checker)
	return err
}

// environment is what variables are to expr: values, and lists of values where a
// selector stands.
func environment(vars []variable) map[string]any {
	env := map[string]any{}
	for _, v := range vars {
		if v.kind == selectorVar {
			env[v.name] = []money.Value{}
		} else {
			env[v.name] = money.Value{}
		}
	}
	return env
}

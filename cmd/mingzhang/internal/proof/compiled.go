package proof

import (
	"sync"

	"mingzhang/cmd/mingzhang/internal/formula"
)

// cache keeps compiled formulas: department-years share most of theirs.
var cache sync.Map // source → *formula.Expr

func compiled(source string) (*formula.Expr, error) {
	if e, ok := cache.Load(source); ok {
		return e.(*formula.Expr), nil
	}
	e, err := formula.Compile(source)
	if err != nil {
		return nil, err
	}
	cache.Store(source, e)
	return e, nil
}

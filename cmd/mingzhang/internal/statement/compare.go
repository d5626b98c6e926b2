package statement

import (
	"slices"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/formula"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// Main is the column that stands for a row when years are compared.
func (f *Form) Main() string {
	if len(f.Columns) == 0 {
		return "" // a list of texts
	}
	return f.Columns[f.mainIndex()].ID
}

func (f *Form) mainIndex() int {
	for _, id := range []string{"total", "amount", f.Stage} {
		if i := slices.IndexFunc(f.Columns, func(c Column) bool { return c.ID == id }); i >= 0 {
			return i
		}
	}
	return 0
}

// changeOf is how a row changed against the same row of the year before.
var changeOf = func() *formula.Expr {
	e, err := formula.Compile(`change(get("{row}"), last("{row}"))`)
	if err != nil {
		panic(err)
	}
	return e
}()

// Compare enters the change of each row's main figure against the year before,
// where that year has the same table and row. It returns last year's figures
// and the changes by row; both are empty when there is nothing to compare with.
func (st *Statement) Compare(b *figure.Book) (before, change []*figure.Figure) {
	if b.Prior == nil {
		return nil, nil
	}
	main := st.Form.Main()
	any := false
	var known [2]*figure.Figure
	before = make([]*figure.Figure, len(st.Rows))
	change = make([]*figure.Figure, len(st.Rows))
	for i := range st.Rows {
		f := st.Figure(i, main)
		if f == nil {
			continue
		}
		last := b.Before(f.ID)
		if !last.Known() {
			continue
		}
		any = true
		before[i] = last
		if !f.Known() {
			continue
		}
		known[0], known[1] = f, last
		v, by, err := changeOf.Prove(formula.Scope{Book: b, Key: f.ID, Known: known[:]})
		if err != nil {
			continue // units of two kinds: nothing to compare
		}
		w := st.wordsOfChange(i, f)
		c := figure.Figure{
			ID:     w.id,
			Label:  w.label,
			Column: lang.Text{ZH: "比上年增减", EN: "change on last year"},
			Value:  v.As(money.Percent, 2),
			Stage:  f.Stage,
		}.Proved(&by)
		c.Formula.Source, c.Formula.Table = w.source, st.Form.ID
		b.Add(c)
		change[i] = c
	}
	if !any {
		return nil, nil
	}
	return before, change
}

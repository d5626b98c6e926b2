package statement

import (
	"cmp"
	"slices"
	"strings"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/formula"
	"mingzhang/cmd/mingzhang/internal/lang"
)

// join makes a selector of conditions, leaving blanks out.
func join(table, column string, conds ...string) string {
	var parts []string
	for _, c := range conds {
		if c != "" {
			parts = append(parts, c)
		}
	}
	if len(parts) == 0 {
		return table + "." + column
	}
	return table + "{" + strings.Join(parts, ",") + "}." + column
}

// compile prepares how cells follow from lines. {row} is the code or key of the
// row, filled in when a cell is made.
func (f *Form) compile() {
	f.exprs = map[string][]*formula.Expr{}
	put := func(kind string, column int, source string) {
		e, err := formula.Compile(source)
		if err != nil {
			panic("statement: " + f.ID + ": " + err.Error()) // the registry's own words
		}
		if f.exprs[kind] == nil {
			f.exprs[kind] = make([]*formula.Expr, len(f.Columns))
		}
		f.exprs[kind][column] = e
	}
	selector := func(table string, conds ...string) *figure.Selector {
		sel, _ := figure.ParseSelector(join(table, f.Stage, conds...)) // nil names nothing
		return sel
	}
	switch f.Shape {
	case Tree:
		f.lines = selector("expenditure", f.Where)
	case Double:
		scope := ""
		if f.Scope != "" {
			scope = "source=" + f.Scope
		}
		f.lines = selector("expenditure", "view=function", scope)
	}
	f.parts = map[*formula.Expr][]int{}
	f.fillers, f.balances = make([]*figure.Selector, len(f.Columns)), map[string]*figure.Selector{}
	for i := range f.Items {
		it := &f.Items[i]
		f.balances[it.Side+it.ID] = selector(it.Lines, it.Where)
	}
	for i := range f.Columns {
		c := &f.Columns[i]
		if c.Optional && c.Where != "" {
			f.fillers[i] = selector(cmp.Or(c.Lines, f.Lines, "expenditure"), c.Where)
		}
		f.tails = append(f.tails, lang.Text{ZH: "·" + c.Name.ZH + "（" + f.Title.ZH + "）", EN: ", " + c.Name.EN + " (" + f.Title.EN + ")"})
		stage := f.StageOf(c.ID)
		if f.Shape == Tree {
			put("code", i, f.treeCell(c, stage, f.Tree+"={row}*"))
			put("total", i, f.treeCell(c, stage, ""))
			for _, kind := range []string{"code", "total"} {
				if e := f.exprs[kind][i]; len(c.Sum) > 0 {
					f.parts[e] = f.partsOf(c)
				}
			}
		}
		for _, it := range f.Items {
			if c.Side != "" && c.Side != it.Side {
				continue
			}
			put(it.Side+it.ID, i, f.itemCell(&it, c, stage))
		}
	}
}

// partsOf lists the places of the columns that a column adds up, in the order in
// which its formula names them.
func (f *Form) partsOf(c *Column) []int {
	var out []int
	for _, id := range c.Sum {
		if i := slices.IndexFunc(f.Columns, func(x Column) bool { return x.ID == id }); i >= 0 && !slices.Contains(out, i) {
			out = append(out, i)
		}
	}
	return out
}

// treeCell writes the formula of a column for the rows of a code tree.
func (f *Form) treeCell(c *Column, stage, code string) string {
	if len(c.Sum) > 0 {
		var parts []string
		for _, id := range c.Sum {
			if f.Column(id) != nil {
				parts = append(parts, `get("`+f.ID+`/{row}/`+id+`")`)
			}
		}
		return "add_filled(" + strings.Join(parts, ", ") + ")"
	}
	view := "view=function"
	if f.Tree == "economic" {
		view = ""
		if code == "" {
			code = "economic=*"
		}
	}
	lines := c.Lines
	if lines == "" {
		lines = f.Lines
	}
	switch lines {
	case "balance":
		return `sum("` + join("balance", stage, f.Where, c.Where, code) + `")`
	case "income":
		own := code
		if own == "" {
			own = "function=*"
		}
		return `first(sum("` + join("income", stage, f.Where, c.Where, own) + `"), sum("` + join("expenditure", stage, view, f.Where, c.Where, code) + `"))`
	}
	return `sum("` + join("expenditure", stage, view, f.Where, c.Where, code) + `")`
}

// itemCell writes the formula of a column for a fixed row.
func (f *Form) itemCell(it *Item, c *Column, stage string) string {
	if f.Shape == Items {
		return publicCell(it.ID, stage)
	}
	if f.Shape == Tree { // a total under the tree
		return `sum("` + join("expenditure", stage, "economic=*", f.Where, it.Where) + `")`
	}
	if len(it.Sum) > 0 {
		var parts []string
		for _, id := range it.Sum {
			parts = append(parts, `get("`+f.ID+`/`+it.Side+`-`+id+`/`+c.ID+`")`)
		}
		return "add_filled(" + strings.Join(parts, ", ") + ")"
	}
	if it.Lines == "balance" {
		return `sum("` + join("balance", stage, it.Where, c.Where) + `")`
	}
	if it.Lines == "income" {
		// Where income is told by function, a source's own row is their total.
		return `first(sum("` + join("income", stage, it.Where) + `"), sum("` + join("income", stage, "level=parent", it.Where) + `"))`
	}
	code := ""
	if it.Each != "" {
		code = "function={row}*"
	}
	scope := ""
	if f.Scope != "" {
		scope = "source=" + f.Scope
	}
	if c.Where != "" {
		scope = c.Where
	}
	return `sum("` + join("expenditure", stage, "view=function", scope, code) + `")`
}

// publicCell writes the formula of one of the three public expenses.
func publicCell(item, stage string) string {
	switch item {
	case "total":
		return `first(sum("` + join("three-public", stage, "level=total") + `"), sum_filled("three-public.` + stage + `"))`
	case "vehicles":
		return `first(sum("` + join("three-public", stage, "level=parent", "item=vehicles") + `"), sum("` + join("three-public", stage, "item=vehicles") +
			`"), sum_filled("` + join("three-public", stage, "item=vehicle-purchase|vehicle-operation") + `"))`
	case "agency-operating":
		return `sum("` + join("three-public", stage, "level=nested", "item=agency-operating") + `")`
	}
	return `sum("` + join("three-public", stage, "item="+item) + `")`
}

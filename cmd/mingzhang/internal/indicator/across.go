package indicator

import (
	"fmt"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/formula"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// Body is a department's year as totals over departments see it.
type Body struct {
	Key  string
	Name lang.Text
	Find func(id string) *figure.Figure
}

// Across makes the book of a year's totals over departments: what all of them
// planned, changed and spent. Each body is a row of it whose figures stay those
// of the body, so a total is proved by the same kind of formula as any other
// sum. A body that does not report a stage is not in the total of that stage;
// how many are is the number of the total's inputs.
func Across(home string, bodies []Body) *figure.Book {
	b := figure.NewBook(home)
	ids := map[figure.Stage]string{figure.Original: "original-budget", figure.Adjusted: "adjusted-budget", figure.Outturn: "outturn"}
	for _, body := range bodies {
		row := &figure.Row{Table: "department", Key: body.Key, Label: body.Name}
		for _, s := range figure.Stages {
			if f := body.Find(ids[s]); f.Known() {
				row.Names, row.Cells = append(row.Names, string(s)), append(row.Cells, f)
			}
		}
		if len(row.Cells) > 0 {
			b.AddView(row)
		}
	}
	for _, s := range figure.Stages {
		source := fmt.Sprintf(`sum("department.%s")`, s)
		e, err := formula.Compile(source)
		if err != nil {
			panic("indicator: totals: " + err.Error()) // the formula is ours
		}
		r, err := e.Eval(formula.Scope{Book: b})
		if err != nil || !r.Value.Known() {
			continue // amounts in units that cannot be added have no total
		}
		f := &figure.Figure{
			ID: ids[s], Stage: s, Value: r.Value.As(money.WanYuan, money.WanYuan.Places()),
			Label:  lang.Text{ZH: "各部门" + s.Name().ZH + "合计", EN: "all departments, " + s.Name().EN},
			Origin: figure.Origin{Formula: r.Formula()},
		}
		f.Column = f.Label
		f.Formula.Topic = "total"
		f.Formula.Basis = lang.Text{ZH: "公布了" + s.Name().ZH + "的部门相加，没有公布的不算在内", EN: "the sum over the departments that report it; others are not in it"}
		f.Formula.Plain = lang.Text{ZH: fmt.Sprintf("%d 个部门的数加在一起", len(r.Inputs)), EN: fmt.Sprintf("the figures of %d departments together", len(r.Inputs))}
		b.Add(f)
	}
	return b
}

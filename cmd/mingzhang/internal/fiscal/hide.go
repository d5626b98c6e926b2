package fiscal

import "mingzhang/cmd/mingzhang/internal/figure"

// hide tells the book what the rows marked 涉密 are about, without their numbers,
// so that sums to which they belong are withheld with them.
func (dy *DepartmentYear) hide() {
	for _, x := range dy.hidden {
		row := &figure.Row{Level: figure.Leaf}
		switch r := x.(type) {
		case Income:
			row.Table = "income"
			row.Attrs = []figure.Attr{attr("source", r.Source.ID), attr("function", r.Function.Code())}
		case Expenditure:
			view := "category"
			if r.Function.Code() != "" {
				view = "function"
			} else if r.Economic.Code() != "" {
				view = "economic"
			}
			row.Table = "expenditure"
			row.Attrs = []figure.Attr{
				attr("view", view), attr("function", r.Function.Code()), attr("economic", r.Economic.Code()),
				attr("type", r.Type.ID), attr("category", r.Category.ID), attr("source", r.Source.ID),
			}
		case Balance:
			row.Table = "balance"
			row.Attrs = []figure.Attr{attr("kind", r.Kind.ID), attr("source", r.Source.ID), attr("function", r.Function.Code())}
		case Project:
			row.Table = "project"
			row.Attrs = []figure.Attr{
				attr("on-time", yesNo(r.OnTime)), attr("goal", filledIn(r.Goal)), attr("monitored", filledIn(r.Monitoring)), attr("source", r.Source.ID),
			}
		case ThreePublic:
			row.Table = "three-public"
			row.Attrs = []figure.Attr{attr("item", r.Item.ID)}
		case Procurement:
			row.Table = "procurement"
		case Asset:
			row.Table = "asset"
			row.Attrs = []figure.Attr{attr("within", r.Within.Value)}
			if r.Within.Value != "" {
				row.Level = figure.Nested
			}
		case Staffing:
			row.Table = "staffing"
		case Goal:
			row.Table = "goal"
			row.Attrs = []figure.Attr{attr("object", figure.KeyOf(r.Object.Value)), attr("level1", r.Level1.Value), attr("level2", r.Level2.Value)}
		case Service:
			row.Table = "service"
		case Quarter:
			row.Table = "execution"
		case Disclosure:
			row.Table = "disclosure"
		case Review:
			row.Table = "review"
		case Prior:
			row.Table = "prior"
		}
		dy.Book.Hide(row)
	}
}

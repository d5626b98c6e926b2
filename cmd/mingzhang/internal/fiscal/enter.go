package fiscal

import (
	"strings"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/standard"
)

// enter puts every number of the rows into the book. The names of tables and
// columns here are the first and last part of figure ids, so they may not
// change once a site is published.
func (dy *DepartmentYear) enter() {
	dy.enterIncome()
	dy.enterExpenditure()
	dy.enterProjects()
	dy.enterThreePublic()
	dy.enterRest()
}

// pen writes rows of one table into the book.
type pen struct {
	dy    *DepartmentYear
	name  string // of the table in figure ids
	table *Table
}

func (dy *DepartmentYear) pen(tableID string) (pen, bool) {
	t := dy.Table(tableID)
	return pen{dy, BookName(tableID), t}, t != nil
}

// column is a number of a row under its column's id.
type column struct {
	id      string
	amount  schema.Amount
	written string // the text as disclosed, where it says more than the number
}

func staged(s Staged) []column {
	return []column{{id: "original", amount: s.Original}, {id: "adjusted", amount: s.Adjusted}, {id: "outturn", amount: s.Outturn}}
}

// write enters a row. Columns that the file does not have are left out.
func (p pen) write(key string, name lang.Text, level figure.Level, attrs []figure.Attr, cols ...column) *figure.Row {
	if t := p.table.Binding.Table.Name; level == figure.Total {
		name = lang.Text{ZH: t.ZH + "合计", EN: "total " + t.EN}
	}
	row := &figure.Row{Table: p.name, Key: figure.KeyOf(key), Label: name, Attrs: attrs, Level: level}
	for _, c := range cols {
		if !c.amount.Cell.Present() {
			continue
		}
		col, ok := p.table.Binding.Column(c.id)
		if !ok {
			continue
		}
		if row.Cells == nil {
			row.Names, row.Cells = make([]string, 0, len(cols)), make([]*figure.Figure, 0, len(cols))
		}
		row.Names = append(row.Names, c.id)
		row.Cells = append(row.Cells, p.figure(name, col, c))
	}
	p.dy.Book.AddRow(row)
	return row
}

func (p pen) figure(name lang.Text, col schema.Column, c column) *figure.Figure {
	a := c.amount
	v := a.Value
	if col.Unit != money.NoUnit && (v.Unit == col.Unit || v.Unit.Kind() != money.KindCount) {
		v = v.As(col.Unit, shownPlaces(col)) // 279,900元 in a column of 万元 is 27.99; 1辆 in a column of 件 stays 1辆
	} else {
		v = v.As(v.Unit, max(v.Places, v.Unit.Places()))
	}
	both := &struct { // one piece of memory
		figure figure.Figure
		cell   figure.Cell
	}{
		figure.Figure{
			Label:  lang.Text{ZH: name.ZH + col.Field.Name.ZH, EN: name.EN + ", " + col.Field.Name.EN},
			Column: col.Field.Name,
			Value:  v, Written: writtenOf(c),
			Stage: figure.Stage(col.Field.Stage),
		},
		figure.Cell{Sheet: p.table.Binding.Sheet, Cell: a.Cell, Column: col.Heading.Text, Unit: a.Value.Unit, Places: a.Value.Places, How: a.How},
	}
	both.figure.Cell = &both.cell
	return &both.figure
}

// writtenOf keeps the words of a number that is no plain number: 一千余件.
func writtenOf(c column) string {
	if c.written == "" && c.amount.How&money.About != 0 {
		text, _ := label.Clean(c.amount.Cell.Text)
		return text
	}
	return c.written
}

// measure makes a column of a target or result, when its text is a number.
func measure(id string, t schema.Text) column {
	v, ok := money.ParseMeasure(t.Value)
	if !ok {
		return column{id: id}
	}
	return column{id, schema.Amount{Value: v, Cell: t.Cell}, t.Value}
}

// shownPlaces is how many decimals a column shows: whole yuan and points as
// they were written, all else by the custom of its unit.
func shownPlaces(c schema.Column) int32 {
	switch c.Unit.Kind() {
	case money.KindScore:
		return c.Places
	case money.KindMoney:
		if c.Unit == money.Yuan && c.Places == 0 {
			return 0
		}
	}
	return c.Unit.Places()
}

// date enters a calendar day as a figure, so that days can be counted by
// formula.
func (p pen) date(id string, d schema.Date) column {
	a := schema.Amount{Cell: d.Cell, Value: money.Absent(money.NotReported, money.Date)}
	if !d.IsZero() {
		a.Value = money.Day(d.Time)
	}
	return column{id: id, amount: a}
}

func choiceName(list string, c schema.Choice) lang.Text {
	_, lists := standard.Contract()
	if o, ok := lists[list].Find(c.ID); ok {
		return o.Name
	}
	return lang.Same(c.Value)
}

func isTotalWord(s string) bool {
	switch label.Fold(s) {
	case "合计", "总计", "支出合计", "本年支出合计", "支出总计", "收入合计", "收入总计", "本年收入合计", "total":
		return true
	}
	return false
}

func attr(name, value string) figure.Attr { return figure.Attr{Name: name, Value: value} }

func (dy *DepartmentYear) enterIncome() {
	p, ok := dy.pen("income")
	if !ok {
		return
	}
	codes := map[string]bool{}
	kinds := map[string]bool{} // codes, or none, for which the kinds of appropriation are told apart
	for _, r := range dy.Income {
		c := r.Function.Code()
		if c != "" {
			codes[c] = true
		}
		switch r.Source.ID {
		case "general-public", "government-fund", "state-capital":
			kinds[c] = true
		}
	}
	for _, r := range dy.Income {
		level := figure.Leaf
		code := r.Function.Code()
		switch {
		case r.Source.ID == "total":
			level = figure.Total
		case r.Source.ID == "appropriation" && kinds[code]:
			level = figure.Parent
		case code != "" && hasDescendant(codes, code):
			level = figure.Parent
		case code == "" && len(codes) > 0:
			level = figure.Parent // the source's total over its functions
		}
		key, name := r.Source.ID, choiceName("source", r.Source)
		if code != "" {
			key += "." + code
			name = lang.Text{ZH: name.ZH + "·" + r.Name.Value, EN: name.EN + ", " + r.Name.Value}
		}
		p.write(strings.ReplaceAll(key, ".", "-"), name, level, []figure.Attr{attr("source", r.Source.ID), attr("function", code), attr("name", r.Name.Value)}, staged(r.Staged)...)
	}
}

func hasDescendant(codes map[string]bool, code string) bool {
	for c := range codes {
		if len(c) > len(code) && strings.HasPrefix(c, code) {
			return true
		}
	}
	return false
}

func (dy *DepartmentYear) enterExpenditure() {
	p, ok := dy.pen("expenditure")
	if !ok {
		return
	}
	functions, economics := map[string]bool{}, map[string]bool{}
	categories := map[string]bool{}
	typed := map[string]bool{} // codes with a row for a kind of spending: the bare row is their total
	for _, r := range dy.Expenditure {
		if c := r.Function.Code(); c != "" {
			functions[c] = true
			typed[c] = typed[c] || r.Type.ID != ""
		} else if c := r.Economic.Code(); c != "" {
			economics[c] = true
		} else if r.Category.ID != "" {
			categories[r.Category.ID] = true
		}
	}
	for _, r := range dy.Expenditure {
		code, econ := r.Function.Code(), r.Economic.Code()
		view, level := "category", figure.Leaf
		switch {
		case code != "":
			view = "function"
			if hasDescendant(functions, code) || r.Type.ID == "" && typed[code] {
				level = figure.Parent
			}
		case econ != "":
			view = "economic"
			if hasDescendant(economics, econ) {
				level = figure.Parent
			}
		case isTotalWord(r.Name.Value) && r.Type.ID == "" && r.Category.ID == "":
			level = figure.Total
		case isTotalWord(r.Name.Value), len(economics) > 0 && r.Category.ID != "":
			level = figure.Subtotal // 基本支出合计, 人员经费合计 over economic classes
		case r.Category.ID == "" && r.Type.ID == "basic" && (categories["personnel"] || categories["operating"]):
			level = figure.Subtotal
		}
		var parts []string
		for _, s := range []string{code, econ, r.Type.ID, r.Category.ID, r.Source.ID} {
			if s != "" {
				parts = append(parts, s)
			}
		}
		key := strings.Join(parts, "+")
		if level == figure.Total {
			key = "total"
		} else if key == "" {
			key = r.Name.Value
		}
		p.write(key, dy.expenditureName(r), level, []figure.Attr{
			attr("view", view), attr("function", code), attr("economic", econ), attr("type", r.Type.ID),
			attr("category", r.Category.ID), attr("source", r.Source.ID), attr("name", r.Name.Value),
		}, staged(r.Staged)...)
	}
}

func (dy *DepartmentYear) expenditureName(r Expenditure) lang.Text {
	if r.Name.Value != "" && (r.Function.Value != "" || r.Economic.Value != "" || r.Category.ID == "") {
		t := lang.Same(r.Name.Value)
		if r.Type.ID != "" && r.Function.Value != "" {
			kind := choiceName("expenditure-type", r.Type)
			t = lang.Text{ZH: t.ZH + "·" + kind.ZH, EN: t.EN + ", " + kind.EN}
		}
		return t
	}
	if r.Category.ID != "" {
		return choiceName("category", r.Category)
	}
	return choiceName("expenditure-type", r.Type)
}

func (dy *DepartmentYear) enterProjects() {
	p, ok := dy.pen("projects")
	if !ok {
		return
	}
	for _, r := range dy.Projects {
		key, level := r.Slug.Value, figure.Leaf
		if key == "" {
			key = r.Name.Value
		}
		if isTotalWord(r.Name.Value) {
			key, level = "total", figure.Total
		}
		p.write(key, lang.Same(r.Name.Value), level, []figure.Attr{
			attr("on-time", yesNo(r.OnTime)), attr("goal", filledIn(r.Goal)), attr("monitored", filledIn(r.Monitoring)), attr("source", r.Source.ID),
			attr("object", figure.KeyOf(r.Name.Value)),
		}, staged(r.Staged)...)
	}
}

// yesNo is an answer as a property of a row: yes, no, or nothing.
func yesNo(y schema.YesNo) string {
	switch {
	case !y.Known:
		return ""
	case y.Yes:
		return "yes"
	}
	return "no"
}

// filledIn says whether a text was filled in: yes, no, or nothing when the file
// has no such column.
func filledIn(t schema.Text) string {
	switch {
	case !t.Cell.Present():
		return ""
	case t.Value != "":
		return "yes"
	}
	return "no"
}

func (dy *DepartmentYear) enterThreePublic() {
	p, ok := dy.pen("three-public")
	if !ok {
		return
	}
	items := map[string]bool{}
	for _, r := range dy.ThreePublic {
		items[r.Item.ID] = true
	}
	for _, r := range dy.ThreePublic {
		level := figure.Leaf
		switch r.Item.ID {
		case "total":
			level = figure.Total
		case "vehicles":
			if items["vehicle-purchase"] || items["vehicle-operation"] {
				level = figure.Parent
			}
		case "agency-operating", "meetings", "training":
			level = figure.Nested // shown with the three, none of them
		}
		cols := append(staged(r.Staged), column{id: "groups", amount: r.Groups}, column{id: "persons", amount: r.Persons}, column{id: "bought", amount: r.Bought}, column{id: "held", amount: r.Held}, column{id: "batches", amount: r.Batches})
		p.write(r.Item.ID, choiceName("three-public", r.Item), level, []figure.Attr{attr("item", r.Item.ID)}, cols...)
	}
}

// enterRest enters the tables whose rows are entered as they stand.
func (dy *DepartmentYear) enterRest() {
	if p, ok := dy.pen("balances"); ok {
		for _, r := range dy.Balances {
			key, name := r.Kind.ID, choiceName("balance", r.Kind)
			if r.Source.ID != "" && r.Source.ID != "total" {
				key += "-" + r.Source.ID
				s := choiceName("source", r.Source)
				name = lang.Text{ZH: name.ZH + "（" + s.ZH + "）", EN: name.EN + " (" + s.EN + ")"}
			}
			if code := r.Function.Code(); code != "" {
				key += "-" + code
			}
			p.write(key, name, figure.Leaf, []figure.Attr{attr("kind", r.Kind.ID), attr("source", r.Source.ID), attr("function", r.Function.Code())}, staged(r.Staged)...)
		}
	}
	if p, ok := dy.pen("execution"); ok {
		for _, r := range dy.Execution {
			p.write(r.Quarter.ID, choiceName("quarter", r.Quarter), figure.Leaf, nil, column{id: "outturn", amount: r.Outturn}, column{id: "rate", amount: r.Rate})
		}
	}
	if p, ok := dy.pen("procurement"); ok {
		for _, r := range dy.Procurement {
			level := figure.Leaf
			if r.Category.ID == "total" {
				level = figure.Total
			}
			p.write(r.Category.ID, choiceName("procurement", r.Category), level, nil,
				column{id: "plan", amount: r.Plan}, column{id: "actual", amount: r.Actual}, column{id: "sme", amount: r.SME}, column{id: "micro", amount: r.Micro}, column{id: "sme-plan", amount: r.SMEPlan})
		}
	}
	if p, ok := dy.pen("assets"); ok {
		for _, r := range dy.Assets {
			key, level := r.Category.Value, figure.Leaf
			switch {
			case isTotalWord(key):
				key, level = "total", figure.Total
			case r.Within.Value != "":
				level = figure.Nested
			}
			p.write(key, lang.Same(r.Category.Value), level, []figure.Attr{attr("within", r.Within.Value)}, column{id: "quantity", amount: r.Quantity}, column{id: "value", amount: r.Value}, column{id: "in-use", amount: r.InUse})
		}
	}
	if p, ok := dy.pen("staffing"); ok {
		for _, r := range dy.Staffing {
			level := figure.Leaf
			if r.Kind.ID == "total" {
				level = figure.Total
			}
			p.write(r.Kind.ID, choiceName("staffing", r.Kind), level, nil, column{id: "posts", amount: r.Posts}, column{id: "staff", amount: r.Staff}, column{id: "external", amount: r.External})
		}
	}
	if p, ok := dy.pen("goals"); ok {
		for _, r := range dy.Goals {
			p.write(r.Level3.Value, lang.Same(r.Level3.Value), figure.Leaf, []figure.Attr{attr("object", figure.KeyOf(r.Object.Value)), attr("level1", r.Level1.Value), attr("level2", r.Level2.Value), attr("reason", filledIn(r.Reason))},
				measure("target", r.Target), measure("actual", r.Actual), column{id: "points", amount: r.Points}, column{id: "score", amount: r.Score})
		}
	}
	if p, ok := dy.pen("services"); ok {
		for _, r := range dy.Services {
			p.write(r.Matter.Value, lang.Same(r.Matter.Value), figure.Leaf, nil,
				column{id: "count", amount: r.Count}, column{id: "on-time", amount: r.OnTime}, column{id: "on-time-rate", amount: r.OnTimeRate}, column{id: "satisfaction", amount: r.Satisfaction})
		}
	}
	if p, ok := dy.pen("disclosures"); ok {
		for _, r := range dy.Disclosures {
			key := r.Document.ID
			if key == "" {
				key = r.Document.Value
			}
			p.write(key, choiceName("document", r.Document), figure.Leaf, nil, p.date("approved", r.Approved), p.date("published", r.Published))
		}
	}
	if p, ok := dy.pen("review"); ok {
		for _, r := range dy.Reviews {
			key, level := r.Item.Value, figure.Leaf
			if isTotalWord(key) || label.Fold(key) == "总分" {
				key, level = "total", figure.Total
			}
			p.write(key, lang.Same(r.Item.Value), level, nil, column{id: "score", amount: r.Score})
		}
	}
	if p, ok := dy.pen("prior"); ok {
		for _, r := range dy.Priors {
			p.write(r.Indicator.ID, choiceName("prior", r.Indicator), figure.Leaf, nil, column{id: "amount", amount: r.Amount})
		}
	}
}

// SourceName is the word that the contract uses for a funding source.
func SourceName(id string) string { return choiceName("source", schema.Choice{ID: id, Value: id}).ZH }

// BalanceName is the word for a carry-over.
func BalanceName(id string) string { return choiceName("balance", schema.Choice{ID: id, Value: id}).ZH }

// ItemName is the word for one of the three public expenses.
func ItemName(id string) string {
	return choiceName("three-public", schema.Choice{ID: id, Value: id}).ZH
}

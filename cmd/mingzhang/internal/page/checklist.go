package page

import (
	"mingzhang/cmd/mingzhang/internal/check"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/money"
)

// Checklist is the statutory tables of one kind that are due.
type Checklist struct {
	Name  string
	Set   string // which list this is
	Note  string // where the list comes from and whether that was verified
	Items []ChecklistItem
}

// ChecklistItem is a table that is due and how it stands.
type ChecklistItem struct {
	Title  string
	Href   string // empty when the table is missing
	Status string // the lasting word: handed-in, made, empty, empty-unstated, missing
	Text   string
}

func (c Context) checklists(p *Year, dy *fiscal.DepartmentYear, lists []check.Checklist) []Checklist {
	var out []Checklist
	for _, l := range lists {
		name := c.say("部门预算公开表", "budget tables")
		if l.Kind == "final" {
			name = c.say("部门决算公开表", "final-accounts tables")
		}
		k := Checklist{Name: name, Set: l.Set.Name.In(c.Lang), Note: l.Set.Note.In(c.Lang)}
		for _, d := range l.Items {
			it := ChecklistItem{Title: d.Form.Title.In(c.Lang), Status: string(d.Presence), Text: c.presence(d)}
			if d.Statement != nil {
				it.Href = p.in(StatementPath(dy.Department.Slug, dy.Year, d.Form.ID))
			}
			k.Items = append(k.Items, it)
		}
		out = append(out, k)
	}
	return out
}

func (c Context) presence(d check.Due) string {
	switch d.Presence {
	case check.Handed:
		return c.say("已公开", "disclosed")
	case check.Made:
		return c.say("由明细汇总", "made from lines")
	case check.EmptyTold:
		return c.say("空表，有说明", "empty, and says so")
	case check.EmptyUntold:
		return c.say("空表，没有说明", "empty, nothing said")
	}
	text := c.say("缺", "missing")
	if !d.Why.IsZero() {
		text += c.say("（", " (") + d.Why.In(c.Lang) + c.say("）", ")")
	}
	return text
}

// daysAllowed is how long publication may take after approval; the article of
// the Budget Law was not verified here, and the page says so.
const daysAllowed = 20

// documents lists what was published when, and whether in time. Without both
// dates timeliness is "not checked", never "in time".
func (c Context) documents(dy *fiscal.DepartmentYear) *Table {
	if len(dy.Disclosures) == 0 {
		return nil
	}
	t := &Table{
		ID: "documents", Caption: c.say("公开时间", "When it was published"),
		Columns: []Column{{Label: c.say("文件", "document")}, {Label: c.say("批复日期", "approved")}, {Label: c.say("公开日期", "published")}, {Label: c.say("相隔天数", "days between"), Numeric: true}, {Label: c.say("是否及时", "in time")}},
		Foot:    []string{c.say("预算法规定批复后二十日内公开；条文未在本站核实。缺少日期的不作判断。", "The Budget Law asks for publication within 20 days of approval; the text was not verified here. Without both dates nothing is said.")},
	}
	for _, r := range dy.Book.Table("disclosure") {
		days := dy.Book.Get("disclosure/" + r.Key + "/days")
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			Text(r.Label.In(c.Lang)), {Num: c.num(r.Cell("approved"), false)}, {Num: c.num(r.Cell("published"), false)}, {Num: c.num(days, false)}, Text(c.inTime(days)),
		}})
	}
	return t
}

func (c Context) inTime(days *figure.Figure) string {
	switch {
	case !days.Known():
		return c.say("未检查（缺日期）", "not checked (a date is missing)")
	case days.Value.Base().IsNegative():
		return c.say("日期有误", "the dates contradict each other")
	case days.Value.Base().GreaterThan(money.Int(daysAllowed, money.Days).Base()):
		return c.say("超过二十日", "later than 20 days")
	}
	return c.say("二十日内", "within 20 days")
}

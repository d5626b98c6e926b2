package indicator

import (
	"strings"

	"mingzhang/cmd/mingzhang/internal/formula"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/standard"
)

// eachWords stands for the name of a row where a definition is told for all.
var eachWords = map[string]lang.Text{
	"execution": {ZH: "各季度", EN: "each quarter"}, "project": {ZH: "各项目", EN: "each project"}, "income": {ZH: "各项收入", EN: "each income"},
	"three-public": {ZH: "三公各项", EN: "each of the three"}, "disclosure": {ZH: "各文件", EN: "each document"},
	"function": {ZH: "各功能类", EN: "each function"}, "economic": {ZH: "各经济类", EN: "each economic class"},
}

// Title is the definition's name where it stands for every row at once.
func (d *Definition) Title() lang.Text { return d.Name.Filled("{name}", eachWords[d.Each]) }

// Describe renders the definition's formula with the names of what it stands
// on, from the expression itself.
func (c *Catalogue) Describe(d *Definition, in lang.Lang) string {
	return d.expr.Describe(formula.Names{
		Figure: c.nameOf,
		Column: func(column string) lang.Text { return columnName(d.Each, column) },
		Selector: func(selector string) lang.Text {
			t := c.gathered(selector)
			if strings.Contains(selector, "level=") || c.selectors[selector] != (lang.Text{}) {
				return t
			}
			return lang.Text{ZH: t.ZH + "之和", EN: "sum of " + t.EN}
		},
		Count: func(selector string) lang.Text {
			if t, ok := c.selectors[selector]; ok {
				return t
			}
			t := c.gathered(selector)
			return lang.Text{ZH: t.ZH + "的项数", EN: "number of " + t.EN}
		},
	}, in)
}

// viewWords says in which of its divisions the spending is added up.
var viewWords = map[string]lang.Text{
	"view=function": {ZH: "按功能分类", EN: "by function"}, "view=economic": {ZH: "按经济分类", EN: "by economic class"}, "view=category": {ZH: "按经费类别", EN: "by category"},
}

// gathered puts a selector into words, its view included.
func (c *Catalogue) gathered(selector string) lang.Text {
	t := c.Words(selector, 0)
	_, conditions, _ := split(selector)
	for _, cond := range conditions {
		if w, ok := viewWords[cond]; ok {
			t = lang.Text{ZH: w.ZH + "的" + t.ZH, EN: t.EN + " (" + w.EN + ")"}
		}
	}
	t.ZH = strings.ReplaceAll(t.ZH, "{row}", "该类")
	t.EN = strings.ReplaceAll(t.EN, "{row}", "the class")
	return t
}

// nameOf names a figure by its id: as its definition does, or as the column of
// the table from which it comes.
func (c *Catalogue) nameOf(id string) lang.Text {
	if d := c.byID[id]; d != nil {
		return d.Title()
	}
	var family []*Definition // of ids that differ in the row alone: schedule/q1 … q4
	for _, defs := range [][]*Definition{c.Facts, c.Indicators} {
		for _, d := range defs {
			if strings.Contains(id, "{row}") && len(strings.Split(d.ID, "/")) == len(strings.Split(id, "/")) && strings.HasPrefix(d.ID, id[:strings.Index(id, "{row}")]) {
				family = append(family, d)
			}
		}
	}
	if len(family) > 0 {
		return inCommon(family)
	}
	parts := strings.Split(id, "/")
	if len(parts) == 3 {
		t := tableName(parts[0])
		column := columnName(parts[0], parts[2])
		row := lang.Same(parts[1])
		if w, ok := levelWords[parts[1]]; ok {
			row = w
		}
		return lang.Text{ZH: t.ZH + "（" + row.ZH + "）的" + column.ZH, EN: t.EN + " (" + row.EN + "), " + column.EN}
	}
	return lang.Same(id)
}

// inCommon is what the names of several definitions share: in Chinese the end,
// in English the beginning.
func inCommon(defs []*Definition) lang.Text {
	zh, en := []rune(defs[0].Name.ZH), []rune(defs[0].Name.EN)
	for _, d := range defs[1:] {
		other := []rune(d.Name.ZH)
		n := 0
		for n < len(zh) && n < len(other) && zh[len(zh)-1-n] == other[len(other)-1-n] {
			n++
		}
		zh = zh[len(zh)-n:]
		other = []rune(d.Name.EN)
		n = 0
		for n < len(en) && n < len(other) && en[n] == other[n] {
			n++
		}
		en = en[:n]
	}
	words := strings.Fields(string(en))
	if len(words) > 1 && len(defs) > 1 { // the last word may be cut in its middle
		words = words[:len(words)-1]
	}
	return lang.Text{ZH: string(zh), EN: strings.TrimRight(strings.Join(words, " "), ",")}
}

func tableName(id string) lang.Text {
	tables, _ := standard.Contract()
	for _, t := range tables.All() {
		if t.ID == id || strings.TrimSuffix(t.ID, "s") == id {
			return t.Name
		}
	}
	return lang.Same(id)
}

func columnName(table, column string) lang.Text {
	tables, _ := standard.Contract()
	for _, t := range tables.All() {
		if t.ID == table || strings.TrimSuffix(t.ID, "s") == table {
			if f := t.Field(column); f != nil {
				return f.Name
			}
		}
	}
	return lang.Same(column)
}

package indicator

import (
	"strings"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/standard"
)

// Words names what a selector gathers: as the catalogue says, or, when no row
// was found, from the names of its table, conditions and column. With rows at
// hand they name themselves.
func (c *Catalogue) Words(selector string, found int) lang.Text {
	if t, ok := c.selectors[selector]; ok {
		return t
	}
	if found > 0 {
		return lang.Text{}
	}
	return describe(selector)
}

// conditionLists are the word lists of the properties by which selectors pick
// rows.
var conditionLists = map[string]string{"type": "expenditure-type", "category": "category", "source": "source", "item": "three-public", "kind": "balance"}

var levelWords = map[string]lang.Text{
	"total": {ZH: "合计", EN: "total"}, "subtotal": {ZH: "小计", EN: "subtotal"}, "parent": {ZH: "上级科目", EN: "group"}, "nested": {ZH: "其中", EN: "of which"}, "region": {ZH: "本地区", EN: "the region"},
}

// describe puts a selector into words: expenditure{type=basic}.outturn is
// 支出（基本支出）的决算数.
func describe(selector string) lang.Text {
	table, conditions, column := split(selector)
	tables, lists := standard.Contract()
	var t *schema.Table
	for _, x := range tables.All() {
		if x.ID == table || strings.TrimSuffix(x.ID, "s") == table {
			t = x
		}
	}
	if t == nil {
		return lang.Same(selector)
	}
	out := t.Name
	var zh, en []string
	for _, cond := range conditions {
		name, value, _ := strings.Cut(cond, "=")
		switch list := lists[conditionLists[name]]; {
		case name == "level":
			zh, en = append(zh, levelWords[value].ZH), append(en, levelWords[value].EN)
		case list != nil:
			for _, v := range strings.Split(value, "|") {
				if o, ok := list.Find(v); ok {
					zh, en = append(zh, o.Name.ZH), append(en, o.Name.EN)
				}
			}
		case name == "view", value == "*":
		default:
			zh, en = append(zh, strings.TrimSuffix(value, "*")), append(en, strings.TrimSuffix(value, "*"))
		}
	}
	if len(zh) > 0 {
		out = lang.Text{ZH: out.ZH + "（" + strings.Join(zh, "，") + "）", EN: out.EN + " (" + strings.Join(en, ", ") + ")"}
	}
	if f := t.Field(column); f != nil {
		out = lang.Text{ZH: out.ZH + "的" + f.Name.ZH, EN: out.EN + ", " + f.Name.EN}
	}
	return out
}

// split takes a selector apart: table{a=b,c=d}.column.
func split(selector string) (table string, conditions []string, column string) {
	table = selector
	if i := strings.LastIndexByte(table, '.'); i > strings.LastIndexByte(table, '}') {
		table, column = table[:i], table[i+1:]
	}
	if i := strings.IndexByte(table, '{'); i >= 0 {
		conditions = strings.Split(strings.TrimSuffix(table[i+1:], "}"), ",")
		table = table[:i]
	}
	return table, conditions, column
}

package claim

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/money"
)

// classTables are the statutory tables that tell amounts by class, by the stage of their
// numbers. The first of a stage is that of the general public budget, of which texts
// list the classes; the others hold what else a text may mean.
var classTables = map[string][]string{
	"original": {"b05", "b04", "b03", "b01", "b02", "b06", "b07"},
	"outturn":  {"f05", "f04", "f03", "f01", "f02", "f08", "f09"},
}

// inClass lists the figures of which the amount behind a class speaks, that class in any
// table: 主要用于以下方面：社会保障和就业支出（类）754.75万元，占7.74%. Where the table of the
// general public budget has the class, an amount that stands at it nowhere is a fault.
func (a *analysis) inClass(k *Book, t *token) (list []*figure.Figure, certain bool) {
	if t.role != level || t.kind != money.KindMoney || t.prior || t.bound || t.depth > 0 {
		return nil, false
	}
	if year := a.yearOf(t); year != 0 && year != k.year {
		return nil, false
	}
	name := a.classBefore(t)
	if name == "" {
		return nil, false
	}
	for _, stage := range []string{"outturn", "original"} {
		if t.stage != "" && t.stage != stage {
			continue
		}
		code := k.classCode(classTables[stage][0], name)
		if code == "" {
			continue
		}
		for n, id := range classTables[stage] {
			for _, r := range k.lines {
				if r.Table != id || r.Key != code && r.Key != "expenditure-"+code {
					continue
				}
				list = append(list, r.Cells...)
				certain = certain || n == 0 && slices.ContainsFunc(r.Cells, (*figure.Figure).Known)
			}
		}
	}
	return list, certain
}

// classBefore is the class that stands alone in the clause before a number, marked as one
// by （类） or by the quotes of a numbered list: 1.“公共安全支出”350.56万元.
func (a *analysis) classBefore(t *token) string {
	from := max(a.blocks[t.block].start, t.from-40)
	lead := strings.TrimRight(a.text(from, t.from), " ")
	if i := strings.LastIndexAny(lead, "，；：。"); i >= 0 {
		_, size := utf8.DecodeRuneInString(lead[i:])
		lead = lead[i+size:]
	}
	lead = strings.TrimSuffix(lead, "为")
	if !hasSuffixOf(lead, "（类）", "(类)", "（类）支出", "(类)支出", "”") { // as hardly any
		return ""
	}
	name, marked := strings.CutSuffix(classMark.Replace(lead), "（类）")
	if !marked {
		name, marked = strings.CutSuffix(name, "”")
		kind, _ := a.numberOf(t.block)
		if marked = marked && kind >= 0 && strings.Contains(name, "“") && a.of(t.block)[0] == t; !marked {
			return ""
		}
	}
	name = itemName(name)
	if strings.HasPrefix(name, "其中") {
		return ""
	}
	return name
}

// classMark writes the mark of a class in one way.
var classMark = strings.NewReplacer("（类）支出", "（类）", "(类)支出", "（类）", "(类)", "（类）")

// classCode is the code of a class under whose name a table has a row.
func (k *Book) classCode(table, name string) string {
	index := k.itemRows()
	for _, n := range []string{name, name + "支出"} {
		for _, r := range index[table+"/"+n] {
			if len(r.Key) == 3 {
				return r.Key
			}
		}
	}
	return ""
}

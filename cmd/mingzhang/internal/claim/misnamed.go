package claim

import (
	"slices"
	"strings"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// misnamed tells of items that the tables do not have, or have under another division.
func (a *analysis) misnamed(k *Book) {
	for b := range a.blocks {
		it, ok := a.itemOf(b)
		if !ok {
			continue
		}
		spent := a.amountOf(b)
		if spent == nil || spent.n.IsZero() {
			continue // what was not spent need not stand in a table
		}
		tables := itemTables[spent.stage]
		if !slices.ContainsFunc(tables[:2], k.hasItems) {
			continue // no table of all that was spent
		}
		rows, placed := k.items(it, tables)
		var instead lang.Text
		switch over := k.divisionsOf(rows); {
		case placed || it.name == "":
			continue
		case len(rows) > 0 && over != "":
			instead = lang.Text{ZH: "表里它在「" + over + "」款下", EN: "the table has it under " + over}
		case len(rows) > 0:
			continue // the table has no divisions
		default:
			instead = lang.Text{ZH: "表里没有这一项", EN: "the table has no such item"}
			if r := k.spentAlike(spent, tables); r != nil {
				instead.ZH += "，数相同的是「" + r.Label.ZH + "」"
				instead.EN += "; the same amount stands at " + r.Label.ZH
			}
		}
		a.add(&finding{code: ItemOtherwise, from: it.from, till: it.till, args: []any{a.written(it.from, it.till), instead}, related: []*token{spent}})
	}
}

// amountOf is the outturn of a block's item, or what stands right behind it without a
// stage. An original budget does not tell whether the item has a row: it may have been
// moved to another.
func (a *analysis) amountOf(block int) *token {
	for i, t := range a.of(block) {
		if t.role == level && (t.stage == "outturn" || t.stage == "" && i == 0) && t.kind == money.KindMoney && !t.prior && !t.bound {
			return t
		}
	}
	return nil
}

// hasItems reports whether a table has rows down to items.
func (k *Book) hasItems(table string) bool {
	return slices.ContainsFunc(k.lines, func(r *figure.Row) bool { return r.Table == table && len(r.Key) == 7 })
}

// divisionsOf names the divisions under which rows stand.
func (k *Book) divisionsOf(rows []*figure.Row) string {
	var names []string
	for _, r := range rows {
		if over := k.over(r); over != nil && !slices.Contains(names, over.Label.ZH) {
			names = append(names, over.Label.ZH)
		}
	}
	return strings.Join(names, "」「")
}

// spentAlike is the one item of the tables whose outturn is a number.
func (k *Book) spentAlike(t *token, tables []string) *figure.Row {
	var found *figure.Row
	for _, r := range k.lines {
		if !slices.Contains(tables, r.Table) || len(r.Key) != 7 || len(r.Cells) == 0 {
			continue
		}
		if f := r.Cells[0]; f.Known() && f.Value.Unit.Kind() == t.kind && judge(t.value, f.Value) == Equal {
			if found != nil && found.Key != r.Key {
				return nil
			}
			found = r
		}
	}
	return found
}

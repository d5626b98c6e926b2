package claim

import (
	"slices"
	"strings"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/standard"
)

// budgetItem is what a paragraph of a statement of accounts is about: an item of the
// functional classification with the class and division over it, folded.
//
//	1、社会保障和就业支出（类）行政事业单位养老支出（款）行政单位离退休（项）。主要用于…
type budgetItem struct{ class, division, name string }

// itemOf reads the item of a block. A block that names several is about none.
func (a *analysis) itemOf(block int) (it budgetItem, ok bool) {
	bl := a.blocks[block]
	if bl.layout == row || bl.layout == heading {
		return it, false
	}
	s := a.text(bl.start, bl.end)
	class, rest, ok := strings.Cut(s, "（类）")
	if !ok || strings.Count(s, "（项）") != 1 {
		return it, false
	}
	division, rest, ok := strings.Cut(rest, "（款）")
	if !ok {
		return it, false
	}
	name, _, ok := strings.Cut(rest, "（项）")
	if !ok || strings.ContainsAny(division+name, "，。；0123456789") {
		return it, false
	}
	return budgetItem{itemName(class), itemName(division), itemName(name)}, true
}

func itemName(s string) string {
	return strings.Trim(label.Fold(stripNumbering(s)), "、,.: “”\"'")
}

// itemTables are the statutory tables whose rows are items, by the stage of their
// numbers; a number right behind its item, without a stage, may stand in any. The first
// two of a stage hold all of it.
var itemTables = map[string][]string{
	"original": {"b05", "b03", "b06", "b07"},
	"outturn":  {"f05", "f03", "f08", "f09"},
	"":         {"f05", "b05", "f03", "b03", "f08", "f09", "b06", "b07"},
}

// inItem lists the figures of which a number of an item's paragraph speaks: the item's
// own, in the tables of its stage. An outturn that is none of them is a fault.
func (a *analysis) inItem(k *Book, t *token) (list []*figure.Figure, certain bool) {
	if t.role != level || t.kind != money.KindMoney || t.prior || t.bound || itemTables[t.stage] == nil || !a.firstOfStage(t) || t.stage == "" && a.of(t.block)[0] != t {
		return nil, false
	}
	it, ok := a.itemOf(t.block)
	if !ok {
		return nil, false
	}
	rows, _ := k.items(it, itemTables[t.stage])
	known := false
	for _, r := range rows {
		for _, f := range r.Cells {
			if t.stage == "" || string(f.Stage) == t.stage {
				list, known = append(list, f), known || f.Known()
			}
		}
	}
	return list, known && t.stage != "original"
}

// firstOfStage reports whether no number of the stage stands before one in its block:
// what comes later may be a part of it.
func (a *analysis) firstOfStage(t *token) bool {
	for _, o := range a.of(t.block) {
		if o.role == level && o.stage == t.stage {
			return o == t
		}
	}
	return false
}

// items lists the rows of an item in some tables: those under its division, or
// where a table has none there those under any. placed says that the first were found.
func (k *Book) items(it budgetItem, tables []string) (rows []*figure.Row, placed bool) {
	index := k.itemRows()
	for _, id := range tables {
		var there, elsewhere []*figure.Row
		for _, r := range index[id+"/"+it.name] {
			if len(r.Key) <= len("20799") {
				continue // a class or a division of that name
			}
			if slices.Contains(index[id+"/"+it.division], k.over(r)) {
				there = append(there, r)
			} else {
				elsewhere = append(elsewhere, r)
			}
		}
		if there == nil {
			there = elsewhere
		} else {
			placed = true
		}
		rows = append(rows, there...)
	}
	return rows, placed
}

// over is the row of a code's division, nil where its table has none.
func (k *Book) over(r *figure.Row) *figure.Row {
	list := k.itemRows()[r.Table+"#"+standard.Parent(r.Key)]
	if len(list) == 0 {
		return nil
	}
	return list[0]
}

// itemRows is the rows of the tables of items by table and name, as the table and as
// the classification names them: f05/行政运行; and by table and code: f05#2010301.
func (k *Book) itemRows() map[string][]*figure.Row {
	k.itemising.Do(func() {
		k.byItem = map[string][]*figure.Row{}
		functions := standard.Functions()
		for _, r := range k.lines {
			if !isItemTable(r.Table) || len(r.Key) < 3 || strings.Trim(r.Key, "0123456789") != "" {
				continue
			}
			names := []string{label.Fold(r.Label.ZH)}
			if e, ok := functions.In(r.Key, k.year); ok { // a name of earlier years is none of the table
				names = append(names, label.Fold(e.Name))
				for _, n := range e.Aliases {
					names = append(names, label.Fold(n))
				}
			}
			slices.Sort(names)
			for _, n := range slices.Compact(names) {
				k.byItem[r.Table+"/"+n] = append(k.byItem[r.Table+"/"+n], r)
			}
			k.byItem[r.Table+"#"+r.Key] = append(k.byItem[r.Table+"#"+r.Key], r)
		}
	})
	return k.byItem
}

func isItemTable(id string) bool {
	for _, list := range itemTables {
		if slices.Contains(list, id) {
			return true
		}
	}
	return false
}

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
		from, till := a.itemAt(b)
		a.add(&finding{code: ItemOtherwise, from: from, till: till, args: []any{a.written(from, till), instead}, related: []*token{spent}})
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

// itemAt is where the division and the item of a block are written.
func (a *analysis) itemAt(block int) (from, till int) {
	bl := a.blocks[block]
	from = find(a.r, bl.start, bl.end, "（类）") + len([]rune("（类）"))
	return from, find(a.r, from, bl.end, "（项）") + len([]rune("（项）"))
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

// opensItem reports whether a number is the first of a numbered paragraph that begins
// with its name: 3、公务接待费支出0.39万元. Of what else could it speak?
func (a *analysis) opensItem(t *token) bool {
	bl := a.blocks[t.block]
	if bl.layout == row || bl.layout == heading || a.of(t.block)[0] != t {
		return false
	}
	kind, _ := a.numberOf(t.block)
	return kind >= 0 && itemName(a.text(bl.start, t.from)) == itemName(t.clause)
}

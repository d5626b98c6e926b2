package claim

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

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
type budgetItem struct {
	class, division, name string
	from, till            int // where division and name are written
}

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
	division, name, ok := strings.Cut(rest, "（款）")
	if !ok {
		return it, false
	}
	name, _, ok = strings.Cut(name, "（项）")
	if !ok || strings.ContainsAny(division+name, "，。；0123456789") {
		return it, false
	}
	from := bl.start + utf8.RuneCountInString(class+"（类）")
	till := from + utf8.RuneCountInString(division+"（款）"+name+"（项）")
	return budgetItem{itemName(class), itemName(division), itemName(name), from, till}, true
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
			if !slices.Contains(itemTables[""], r.Table) || len(r.Key) < 3 || strings.Trim(r.Key, "0123456789") != "" {
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

// itemsTwice holds the amount right behind an item against the outturn that its paragraph
// tells: …职业年金缴费支出（项）257.14万元，主要用于…。年初预算为…，支出决算为257.14万元.
func (a *analysis) itemsTwice() {
	for b := range a.blocks {
		it, ok := a.itemOf(b)
		if !ok {
			continue
		}
		own := a.of(b)
		t := own[0]
		if t.role != level || t.kind != money.KindMoney || t.stage != "" || t.vague() || t.prior || t.finding != nil || strings.Trim(a.text(it.till, t.from), "”\"“ 支出为") != "" {
			continue
		}
		budget := false // what is told besides a budget is the outturn
		for _, o := range own[1:] {
			if o.role == level && o.whole() && o.depth == t.depth {
				budget = !money.Overlaps(t.value, o.value)
			}
			if o.role != level || o.stage != "outturn" || o.depth > t.depth {
				continue
			}
			if !budget && !money.Overlaps(t.value, o.value) {
				break
			}
			if o.prior || o.vague() || o.finding != nil || o.scope != nil || !comparable(t, o) || !spentOnly.MatchString(o.clause) {
				break
			}
			if money.Overlaps(t.value, o.value) {
				a.settle(t, Equal, "")
				a.settle(o, Equal, "")
				break
			}
			a.add(&finding{code: Inconsistent, token: o, args: []any{a.quote(o), a.quote(t)}, sum: lang.Same(a.place(t) + " " + show(t.value)), related: []*token{t}, expected: show(t.value)})
			o.verdict = Otherwise
			break
		}
	}
}

// spentOnly is a clause that names an outturn and nothing of which it would be one.
var spentOnly = regexp.MustCompile(`^(?:本年|当年|全年|实际)?(?:支出决算数?|决算支出数?|决算数|决算)(?:为|是)?$`)

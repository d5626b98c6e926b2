package check

import (
	"slices"
	"strconv"
	"strings"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/statement"
)

// tree asks every group against its items and the total against the classes.
func (s *summer) tree() {
	rows := s.st.Rows
	for i, r := range rows {
		var children []int
		rule := treeSum
		switch {
		case r.Level == figure.Total:
			rule = totalSum
			if children = topRows(rows); len(children) == 0 {
				children = s.bodies(i)
			}
		case r.Level == figure.Parent && r.Code != "":
			children = nextLevel(rows, r.Code)
		case r.Level == figure.Subtotal && r.Key == "personnel":
			rule, children = totalSum, classRows(rows, "301", "303")
		case r.Level == figure.Subtotal && r.Key == "operating":
			rule, children = totalSum, otherClassRows(rows, "301", "303")
		}
		if len(children) == 0 {
			continue
		}
		for _, c := range s.columnIDs() {
			var parts []part
			for _, j := range children {
				parts = append(parts, part{j, c})
			}
			s.holds(rule, i, c, parts)
		}
	}
}

// bodies lists the rows of a table told by bodies that its total adds up. A
// department's own row may stand above its units and hold their sum already.
func (s *summer) bodies(total int) []int {
	var all []int
	for i, r := range s.st.Rows {
		if r.Item {
			all = append(all, i)
		}
	}
	for k, i := range all {
		others := append(append([]int(nil), all[:k]...), all[k+1:]...)
		if len(others) > 0 && s.addsColumns(i, others) {
			return []int{i}
		}
	}
	return all
}

// addsColumns reports whether a row is the sum of others in every column.
func (s *summer) addsColumns(row int, others []int) bool {
	some := false
	for _, c := range s.columnIDs() {
		have, values := s.st.Cell(&s.st.Rows[row], c), s.values(others, c)
		if !have.Known() || len(values) == 0 {
			continue
		}
		sum, err := money.Sum(values)
		if err != nil || !money.Overlaps(have.Value, sum) {
			return false
		}
		some = some || !sum.Zero()
	}
	return some
}

// topRows lists the rows that have no row above them in the tree.
func topRows(rows []statement.Row) []int {
	var out []int
	for i, r := range rows {
		if r.Code == "" {
			continue
		}
		top := true
		for _, p := range rows {
			if p.Code != "" && len(p.Code) < len(r.Code) && strings.HasPrefix(r.Code, p.Code) {
				top = false
				break
			}
		}
		if top {
			out = append(out, i)
		}
	}
	return out
}

// nextLevel lists the rows right under a code: those with no other row between.
func nextLevel(rows []statement.Row, code string) []int {
	var out []int
	for i, r := range rows {
		if len(r.Code) <= len(code) || !strings.HasPrefix(r.Code, code) {
			continue
		}
		direct := true
		for _, m := range rows {
			if len(m.Code) > len(code) && len(m.Code) < len(r.Code) && strings.HasPrefix(m.Code, code) && strings.HasPrefix(r.Code, m.Code) {
				direct = false
				break
			}
		}
		if direct {
			out = append(out, i)
		}
	}
	return out
}

func classRows(rows []statement.Row, classes ...string) []int {
	var out []int
	for _, i := range topRows(rows) {
		for _, c := range classes {
			if strings.HasPrefix(rows[i].Code, c) {
				out = append(out, i)
			}
		}
	}
	return out
}

func otherClassRows(rows []statement.Row, classes ...string) []int {
	var out []int
	for _, i := range topRows(rows) {
		hit := false
		for _, c := range classes {
			hit = hit || strings.HasPrefix(rows[i].Code, c)
		}
		if !hit {
			out = append(out, i)
		}
	}
	return out
}

// columns asks the total column of every row against the columns it adds up,
// where the table has any of them.
func (s *summer) columns() {
	for i, r := range s.st.Rows {
		for _, c := range s.st.Form.Columns {
			summands := s.st.Summands(&c)
			if len(summands) == 0 || c.Side == "" && r.Side == statement.IncomeSide && s.st.Form.Shape == statement.Double {
				continue
			}
			var parts []part
			known := false
			for _, id := range summands {
				if v := s.st.Cell(&s.st.Rows[i], id); v.Cell.Present() {
					parts = append(parts, part{i, id})
					known = known || v.Known()
				}
			}
			if known {
				s.holds(columnSum, i, c.ID, parts)
			}
		}
	}
}

// double asks the totals of both sides, and one side against the other.
func (s *summer) double() {
	rows := s.st.Rows
	index := map[string]int{}
	for i, r := range rows {
		index[r.Side+"-"+r.Key] = i
	}
	s.views(index)
	at := func(side string, keys ...string) (out []int) {
		for _, k := range keys {
			if i, ok := index[side+"-"+k]; ok {
				out = append(out, i)
			}
		}
		return out
	}
	for _, side := range []string{statement.IncomeSide, statement.ExpenditureSide} {
		leaves := s.leaves(side, index)
		carried := at(side, "opening", "surplus-used", "closing", "distributed")
		if i, ok := index[side+"-appropriation"]; ok && side == statement.IncomeSide {
			s.sum(sideSum, i, at(side, "general-public", "government-fund", "state-capital"))
		}
		for _, kind := range []string{"opening", "closing"} {
			parts := at(side, kind+"-general-public", kind+"-government-fund", kind+"-state-capital")
			if i, ok := index[side+"-"+kind]; ok && len(parts) > 0 {
				s.sum(sideSum, i, parts)
			}
		}
		year, hasYear := index[side+"-year-total"]
		hasYear = hasYear && s.known(year)
		total, hasTotal := index[side+"-total"]
		if hasYear {
			s.sum(sideSum, year, s.besides(side, year, leaves))
		}
		switch {
		case hasTotal && hasYear:
			s.sum(sideSum, total, append([]int{year}, carried...))
		case hasTotal:
			s.sum(sideSum, total, s.besides(side, total, append(leaves, carried...)))
		}
	}
	if l, ok := index[statement.IncomeSide+"-total"]; ok {
		if r, ok := index[statement.ExpenditureSide+"-total"]; ok {
			s.holds(sideBalance, l, "amount", []part{{r, "amount"}})
		}
	}
}

func (s *summer) known(row int) bool {
	for _, c := range s.st.Rows[row].Cells {
		if c.Known() {
			return true
		}
	}
	return false
}

// leaves lists the items that add up: not those that repeat a part of another.
func (s *summer) leaves(side string, index map[string]int) []int {
	_, grouped := index[side+"-appropriation"]
	var out []int
	for i, r := range s.st.Rows {
		if r.Side != side || r.View > 0 || r.Level != figure.Leaf {
			continue
		}
		if grouped && (r.Key == "general-public" || r.Key == "government-fund" || r.Key == "state-capital") {
			continue
		}
		out = append(out, i)
	}
	return out
}

// besides adds to the items of a total the rows that no word list knows and
// without which it does not hold: a place has items of its own, and some of them
// stand inside others. Of a total that no such rows explain the numbered ones
// are items.
func (s *summer) besides(side string, total int, items []int) []int {
	const most = 8 // ways grow with each row
	var unknown []int
	numbered := items[:len(items):len(items)]
	for i, r := range s.st.Rows {
		if r.Side != side || !r.Unknown {
			continue
		}
		if r.Item {
			numbered = append(numbered, i)
		}
		if len(unknown) < most {
			unknown = append(unknown, i)
		}
	}
	for mask := range 1 << len(unknown) {
		with := items[:len(items):len(items)]
		for k, i := range unknown {
			if mask&(1<<k) != 0 {
				with = append(with, i)
			}
		}
		if s.adds(total, with) {
			return with
		}
	}
	return numbered
}

// values are the known numbers of rows in a column.
func (s *summer) values(rows []int, column string) []money.Value {
	var out []money.Value
	for _, i := range rows {
		if v := s.st.Cell(&s.st.Rows[i], column); v.Known() {
			out = append(out, v.Value)
		}
	}
	return out
}

// adds reports whether a row's amount is the sum of other rows' amounts.
func (s *summer) adds(total int, rows []int) bool {
	have, values := s.st.Cell(&s.st.Rows[total], "amount"), s.values(rows, "amount")
	if !have.Known() || len(values) == 0 {
		return false
	}
	sum, err := money.Sum(values)
	return err == nil && money.Overlaps(have.Value, sum)
}

// views asks the totals of a third list, which arranges one side once more:
// against its own numbered items, and against the side that it arranges. Both may
// stand over one total.
func (s *summer) views(index map[string]int) {
	seen := map[int]bool{}
	for _, r := range s.st.Rows {
		if r.View == 0 || seen[r.View] {
			continue
		}
		seen[r.View] = true
		view := r.Side + "-view-" + strconv.Itoa(r.View) + "-"
		total := -1
		for _, key := range []string{"total", "year-total"} { // items come to 本年支出合计 where there is one
			own, ok := index[view+key]
			main, told := index[r.Side+"-"+key]
			switch {
			case ok && told:
				s.sum(sideSum, own, []int{main})
				total = own
			case ok:
				total = own
			case told:
				total = main
			}
		}
		if total < 0 {
			continue
		}
		for _, items := range s.series(total, r.View) {
			s.sum(sideSum, total, items)
		}
	}
}

// series lists the numbered items of a third list that a total adds up. A list
// may begin anew, by nature and then by economic class: either comes to the
// total. One that is far from it where another comes to it is of something else.
func (s *summer) series(total, view int) [][]int {
	var lists [][]int
	for j, x := range s.st.Rows {
		if x.View != view || !x.Item {
			continue
		}
		if len(lists) == 0 || strings.HasPrefix(strings.TrimSpace(x.Name), "一、") {
			lists = append(lists, nil)
		}
		lists[len(lists)-1] = append(lists[len(lists)-1], j)
	}
	if len(lists) < 2 {
		return lists
	}
	if !slices.ContainsFunc(lists, func(items []int) bool { return s.adds(total, items) }) {
		return lists[:1]
	}
	return slices.DeleteFunc(lists, func(items []int) bool { return !s.nearly(total, items) })
}

// nearly reports whether rows come to a total but for a tenth of it.
func (s *summer) nearly(total int, rows []int) bool {
	sum, err := money.Sum(s.values(rows, "amount"))
	have := s.st.Cell(&s.st.Rows[total], "amount").Value
	return err == nil && have.Known() && money.Gap(have, sum).Shift(1).LessThan(have.Base().Abs())
}

func (s *summer) sum(r *Rule, total int, rows []int) {
	for _, c := range s.columnIDs() {
		s.column(r, total, rows, c)
	}
}

func (s *summer) column(r *Rule, total int, rows []int, column string) {
	var parts []part
	for _, i := range rows {
		parts = append(parts, part{i, column})
	}
	s.holds(r, total, column, parts)
}

// items asks the three public expenses; blanks count as zero in this table.
func (s *summer) items() {
	index := map[string]int{}
	for i, r := range s.st.Rows {
		index[r.Key] = i
	}
	at := func(keys ...string) (out []int) {
		for _, k := range keys {
			if i, ok := index[k]; ok {
				out = append(out, i)
			}
		}
		return out
	}
	if i, ok := index["vehicles"]; ok {
		s.sum(sideSum, i, at("vehicle-purchase", "vehicle-operation"))
	}
	if i, ok := index["total"]; ok {
		vehicles := at("vehicles")
		if len(vehicles) == 0 || !s.known(vehicles[0]) {
			vehicles = at("vehicle-purchase", "vehicle-operation")
		}
		s.sum(sideSum, i, append(at("overseas", "reception"), vehicles...))
	}
}

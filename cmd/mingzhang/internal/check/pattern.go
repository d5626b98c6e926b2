package check

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/table"
)

// group is the sums of one rule over one total row, a sum for each column.
type group struct {
	rule  *Rule
	total *node
	eqs   []*equation // failing and holding
	rows  []int32     // of the parts, in the total's sheet
	named map[string][]int32
}

type groupKey struct {
	rule  *Rule
	sheet *table.Sheet
	row   int32
}

func groupOf(e *equation) groupKey {
	t := e.total()
	return groupKey{e.rule, t.sheet, t.cell.Row}
}

// groups gathers the sums that share a total row with a failing one.
func (s *system) groups(fails []*equation) []*group {
	wanted := map[groupKey]*group{}
	seen := map[*group]map[int32]bool{}
	var out []*group
	for _, e := range fails {
		k := groupOf(e)
		if wanted[k] == nil {
			g := &group{rule: e.rule, total: e.total(), named: map[string][]int32{}}
			wanted[k], seen[g] = g, map[int32]bool{}
			out = append(out, g)
		}
	}
	for _, e := range s.eqs {
		g := wanted[groupOf(e)]
		if g == nil || e.because != nil {
			continue
		}
		g.eqs = append(g.eqs, e)
		for _, t := range e.terms[1:] {
			if row := t.node.cell.Row; t.node.sheet == g.total.sheet && row != g.total.cell.Row && !seen[g][row] {
				seen[g][row] = true
				g.rows = append(g.rows, row)
				name := strings.TrimSpace(t.node.name.ZH)
				g.named[name] = append(g.named[name], row)
			}
		}
	}
	return out
}

// partIn is what the parts of an equation that stand in a row add up to.
func (e *equation) partIn(sheet *table.Sheet, row int32) (sum decimal.Decimal, first *node) {
	for _, t := range e.inRow[spot{sheet: sheet, row: row}] {
		sum = sum.Add(t.node.now.Mul(decimal.NewFromInt(-t.sign)))
		if first == nil {
			first = t.node
		}
	}
	return sum, first
}

// rows looks for totals that leave a row out or count one twice, and for rows
// that stand twice.
func (s *system) rows(fails []*equation) []*explanation {
	var out []*explanation
	for _, g := range s.groups(fails) {
		if len(g.rows) < 2 {
			continue
		}
		for _, row := range g.rows {
			for _, missing := range []bool{true, false} {
				if x := s.rowPattern(g, row, missing); x != nil {
					out = append(out, x)
				}
			}
		}
	}
	return out
}

func (s *system) rowPattern(g *group, row int32, missing bool) *explanation {
	x := &explanation{put: map[*node]decimal.Decimal{}, special: 2}
	var at *node
	for _, e := range g.eqs {
		v, first := e.partIn(g.total.sheet, row)
		if first != nil && at == nil {
			at = first
		}
		if v.IsZero() {
			if e.failed && !e.holds(nil) {
				return nil
			}
			continue
		}
		if !missing {
			v = v.Neg()
		}
		x.put[e.total()] = e.total().now.Add(v)
	}
	if len(x.put) == 0 || at == nil {
		return nil
	}
	twin := s.twin(g, row)
	if twin > 0 {
		if !missing || twin > row {
			return nil // the later of both is the repetition
		}
		clear(x.put)
		for _, n := range s.inRow[spot{sheet: at.sheet, row: row}] {
			x.put[n] = decimal.Zero
		}
	}
	x.effect = s.try(x.put)
	if len(x.effect.fixed) == 0 || x.effect.broken > 0 {
		return nil
	}
	for _, e := range g.eqs {
		if e.failed && !e.holds(x.put) {
			return nil
		}
	}
	x.report = func(x *explanation) *diag.Finding {
		if twin > 0 {
			return startFinding(RowRepeated, at, x.effect.fixed, twin, at.name)
		}
		n := x.effect.fixed[0].total()
		for _, e := range x.effect.fixed {
			if groupOf(e) == groupOf(g.eqs[0]) {
				n = e.total()
				break
			}
		}
		code := RowCountedTwice
		if missing {
			code = RowLeftOut
		}
		f := startFinding(code, n, x.effect.fixed, n.name, at.name, row)
		f.Expected = n.in(x.put[n]).WithUnit(lang.ZH)
		f.Diff = n.in(n.now.Sub(x.put[n])).WithUnit(lang.ZH)
		return f
	}
	return x
}

// twin returns another row of the group with the same name and numbers, or 0.
func (s *system) twin(g *group, row int32) int32 {
	for _, other := range g.named[g.nameIn(row)] {
		if other == row {
			continue
		}
		same, any, name := true, false, ""
		for _, e := range g.eqs {
			a, n := e.partIn(g.total.sheet, row)
			b, m := e.partIn(g.total.sheet, other)
			if n == nil || m == nil {
				continue
			}
			same = same && a.Equal(b) && strings.TrimSpace(n.name.ZH) == strings.TrimSpace(m.name.ZH)
			any = any || !a.IsZero()
			name = n.name.ZH
		}
		if same && any && name != "" {
			return other
		}
	}
	return 0
}

// nameIn is the name of a row of the group.
func (g *group) nameIn(row int32) string {
	for _, e := range g.eqs {
		if _, n := e.partIn(g.total.sheet, row); n != nil {
			return strings.TrimSpace(n.name.ZH)
		}
	}
	return ""
}

// swaps looks for two columns that were exchanged, in one row or in all.
func (s *system) swaps(fails []*equation) []*explanation {
	var out []*explanation
	type rowKey struct {
		sheet *table.Sheet
		row   int32
	}
	byRow := map[rowKey][]*node{}
	var order []rowKey
	columns := map[*table.Sheet][]int32{}
	seen := map[*node]bool{}
	for _, e := range fails {
		for _, t := range e.terms {
			if seen[t.node] {
				continue
			}
			seen[t.node] = true
			k := rowKey{t.node.sheet, t.node.cell.Row}
			if byRow[k] == nil {
				order = append(order, k)
			}
			byRow[k] = append(byRow[k], t.node)
			if c := t.node.cell.Col; !slices.Contains(columns[k.sheet], c) {
				columns[k.sheet] = append(columns[k.sheet], c)
			}
		}
	}
	for _, k := range order {
		nodes := byRow[k]
		for i, a := range nodes {
			for _, b := range nodes[i+1:] {
				if a.now.Equal(b.now) || a.value.Unit != b.value.Unit {
					continue
				}
				x := &explanation{put: map[*node]decimal.Decimal{a: b.now, b: a.now}, special: 2}
				if x.effect = s.try(x.put); len(x.effect.fixed) >= 2 && x.effect.broken == 0 && x.effect.left == 0 {
					x.report = func(x *explanation) *diag.Finding {
						return startFinding(ColumnsSwapped, a, x.effect.fixed, a.name, a.column, b.column)
					}
					out = append(out, x)
				}
			}
		}
	}
	for sheet, cols := range columns {
		for i, a := range cols {
			for _, b := range cols[i+1:] {
				if x := s.swapColumns(sheet, a, b); x != nil {
					out = append(out, x)
				}
			}
		}
	}
	slices.SortStableFunc(out, func(x, y *explanation) int {
		return cmp.Compare(firstPlace(x), firstPlace(y))
	})
	return out
}

func firstPlace(x *explanation) string {
	best := ""
	for n := range x.put {
		if k := n.sheet.File + "\x00" + n.sheet.Name + "\x00" + n.key; best == "" || k < best {
			best = k
		}
	}
	return best
}

func (s *system) swapColumns(sheet *table.Sheet, a, b int32) *explanation {
	x := &explanation{put: map[*node]decimal.Decimal{}, special: 2}
	var at, other *node
	for _, n := range s.order {
		if n.sheet != sheet || n.cell.Col != a {
			continue
		}
		m := s.nodes[spot{sheet, n.cell.Row, b}]
		if m == nil || m.value.Unit != n.value.Unit {
			continue
		}
		if !n.now.Equal(m.now) {
			x.put[n], x.put[m] = m.now, n.now
			if at == nil {
				at, other = n, m
			}
		}
	}
	if len(x.put) < 6 {
		return nil
	}
	x.effect = s.try(x.put)
	if len(x.effect.fixed) < 3 || x.effect.broken > 0 || x.effect.left > 0 {
		return nil
	}
	x.report = func(x *explanation) *diag.Finding {
		whole := lang.Text{ZH: "整列", EN: "the whole columns"}
		return startFinding(ColumnsSwapped, at, x.effect.fixed, whole, at.column, other.column)
	}
	return x
}

// shifts looks for a column whose numbers moved up or down by a row: what each
// row should hold stands in the one beside it.
func (s *system) shifts(fails []*equation) []*explanation {
	type columnKey struct {
		sheet *table.Sheet
		col   int32
	}
	byColumn := map[columnKey][]*node{}
	seen := map[*node]bool{}
	var order []columnKey
	for _, e := range fails {
		for _, t := range e.terms {
			if seen[t.node] {
				continue
			}
			seen[t.node] = true
			k := columnKey{t.node.sheet, t.node.cell.Col}
			if byColumn[k] == nil {
				order = append(order, k)
			}
			byColumn[k] = append(byColumn[k], t.node)
		}
	}
	var out []*explanation
	for _, k := range order {
		for _, down := range []int32{1, -1} {
			if x := s.shift(byColumn[k], down); x != nil {
				out = append(out, x)
			}
		}
	}
	return out
}

// shift asks whether each node's number, as its row's own sum wants it, stands
// in the next row (down = 1) or in the one above.
func (s *system) shift(nodes []*node, down int32) *explanation {
	x := &explanation{special: 2}
	values := map[string]bool{}
	var moved []*node
	for _, n := range nodes {
		beside := s.nodes[spot{n.sheet, n.cell.Row + down, n.cell.Col}]
		if beside == nil {
			continue
		}
		for _, e := range n.eqs {
			if !e.failed || e.because != nil || e.holds(nil) || e.sign(n) == 0 || !sameRow(e, n) {
				continue
			}
			if e.holds(map[*node]decimal.Decimal{n: beside.now}) {
				moved = append(moved, n)
				values[beside.now.String()] = true
				break
			}
		}
	}
	if len(moved) < 3 || len(values) < 3 {
		return nil
	}
	slices.SortFunc(moved, func(a, b *node) int { return cmp.Compare(a.cell.Row, b.cell.Row) })
	first, last := moved[0], moved[len(moved)-1]
	if int(last.cell.Row-first.cell.Row) > 2*len(moved) {
		return nil
	}
	// Every sum that the moved stretch takes part in follows from it.
	from, to := first.cell.Row-1, last.cell.Row+1
	for _, e := range s.failing() {
		for _, t := range e.terms {
			if t.node.sheet == first.sheet && t.node.cell.Col == first.cell.Col && t.node.cell.Row >= from && t.node.cell.Row <= to {
				x.all = append(x.all, e)
				break
			}
		}
	}
	x.report = func(x *explanation) *diag.Finding {
		return startFinding(RowsShifted, first, x.all, first.column, first.cell.Row, last.cell.Row, moveWord(down))
	}
	return x
}

// moveWord says which way the numbers went: wanted values that stand in the row
// below were moved down.
func moveWord(down int32) lang.Text {
	if down > 0 {
		return lang.Text{ZH: "向下", EN: "down"}
	}
	return lang.Text{ZH: "向上", EN: "up"}
}

// sameRow reports whether an equation ties a node to others of its own row, or
// to the same item in another table.
func sameRow(e *equation, n *node) bool {
	for _, t := range e.terms {
		if t.node.sheet == n.sheet && t.node.cell.Row != n.cell.Row {
			return false
		}
	}
	return true
}

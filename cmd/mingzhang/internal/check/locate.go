package check

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/table"
)

// One wrong cell breaks every sum in which it stands. locate finds the cells,
// rows and columns that explain the sums which do not hold, so that staff get one
// finding at the wrong cell instead of several beside it.
//
// An explanation is a change of cells under which the failing sums hold and no
// other sum breaks. The one that mends most goes first; what it mends is
// explained, and the search goes on with the rest. What nothing explains is
// reported at the total of its own sum, as it stands.

// explanation is a change that would make sums hold.
type explanation struct {
	put     map[*node]decimal.Decimal
	effect  effect
	special int // 2 for a pattern over rows or columns, 1 for a recognised slip
	report  func(e *explanation) *diag.Finding
	all     []*equation // what it explains, if more than the effect shows
}

func (x *explanation) explains() []*equation {
	if x.all != nil {
		return x.all
	}
	return x.effect.fixed
}

// rounds bounds how many separate mistakes are looked for in a department-year;
// beyond it the tables are too broken for explanations.
const rounds = 200

func (s *system) locate() {
	for range rounds {
		fails := s.failing()
		if len(fails) == 0 {
			break
		}
		var all []*explanation
		all = append(all, s.rescaled(fails)...)
		all = append(all, s.rows(fails)...)
		all = append(all, s.swaps(fails)...)
		all = append(all, s.shifts(fails)...)
		all = append(all, s.cells(fails)...)
		if len(all) == 0 {
			break
		}
		best := slices.MaxFunc(all, func(a, b *explanation) int {
			return cmp.Or(cmp.Compare(len(a.explains()), len(b.explains())), cmp.Compare(a.special, b.special), cmp.Compare(b.effect.left, a.effect.left), cmp.Compare(len(b.put), len(a.put)))
		})
		f := best.report(best)
		for n, v := range best.put {
			n.set(v)
			n.wrong = f
		}
		for _, e := range best.explains() {
			e.because = f
		}
	}
	s.once()
	for _, e := range s.limits {
		if !e.failed || !e.holds(nil) {
			continue
		}
		for _, t := range e.terms {
			if t.node.wrong != nil {
				e.because = t.node.wrong
				_, e.shown = e.report()
				break
			}
		}
	}
}

// once lets sums that miss the same total by the same amount share one finding.
func (s *system) once() {
	first := map[*node]*equation{}
	for _, e := range s.failing() {
		old := first[e.total()]
		if old == nil {
			first[e.total()] = e
			continue
		}
		a, _, _ := old.residual(nil)
		b, _, _ := e.residual(nil)
		if !a.Equal(b) {
			continue
		}
		if old.because == nil {
			old.because, old.shown = old.report()
		}
		e.because, e.shown = old.because, old.shown
	}
}

// feasible is the range of values of n under which the equations hold, rounding
// allowed.
func feasible(n *node, eqs []*equation) (lo, hi decimal.Decimal, ok bool) {
	first := true
	for _, e := range eqs {
		sign := e.sign(n)
		if sign != 1 && sign != -1 {
			return lo, hi, false
		}
		sum, below, above := e.residual(nil)
		l, h := n.now.Sub(sum).Sub(above), n.now.Sub(sum).Sub(below)
		if sign < 0 {
			l, h = n.now.Add(sum).Add(below), n.now.Add(sum).Add(above)
		}
		if first {
			lo, hi, first = l, h, false
			continue
		}
		lo, hi = decimal.Max(lo, l), decimal.Min(hi, h)
	}
	return lo, hi, !first && !lo.GreaterThan(hi)
}

// cells looks for single cells that explain failing sums.
func (s *system) cells(fails []*equation) []*explanation {
	candidates := map[*equation]int{} // filled cells that could mend a sum
	slips := map[*equation]int{}      // of these, cells whose change would be a known slip
	type found struct {
		x   *explanation
		on  *equation // nil when every failing sum of the cell is mended
		n   *node
		why *mistake
	}
	var list []found
	note := func(n *node, on *equation, failing, passing []*equation) bool {
		lo, hi, ok := feasible(n, slices.Concat(failing, passing))
		if !ok {
			return false
		}
		should := middle(n, failing[0], lo, hi)
		if n.blank && should.Sign() < 0 {
			return false // no income or spending is below nothing: another cell is too large
		}
		why := recognise(n, n.now, should, lo, hi)
		if why != nil {
			should = why.should
		}
		for _, f := range failing {
			if !n.blank {
				candidates[f]++
			}
			if why.telling(n) {
				slips[f]++
			}
		}
		list = append(list, found{s.single(n, should, why), on, n, why})
		return true
	}
	seen := map[*node]bool{}
	for _, e := range fails {
		for _, t := range e.terms {
			n := t.node
			if seen[n] {
				continue
			}
			seen[n] = true
			var failing, passing []*equation
			for _, x := range n.eqs {
				switch {
				case x.because == nil && x.failed && !x.holds(nil):
					failing = append(failing, x)
				case x.holds(nil):
					passing = append(passing, x)
				}
			}
			if len(failing) == 0 || note(n, nil, failing, passing) {
				continue
			}
			for _, f := range failing { // another mistake stands in the other sums
				note(n, f, []*equation{f}, passing)
			}
		}
	}
	var out []*explanation
	for _, c := range list {
		fixed := c.x.effect.fixed
		if len(fixed) == 0 || c.x.effect.broken > 0 {
			continue
		}
		switch most := len(fixed) > c.x.effect.left; {
		case len(fixed) > 1 && (most || c.why != nil && !c.n.blank):
			out = append(out, c.x)
		case most && candidates[fixed[0]] == 1 && !c.n.blank && (c.why != nil || fixed[0].total() != c.n):
			out = append(out, c.x)
		case slips[fixed[0]] == 1 && c.why.telling(c.n):
			out = append(out, c.x)
		}
	}
	return out
}

// middle is the value that makes a sum hold exactly, or the nearest that all
// allow.
func middle(n *node, e *equation, lo, hi decimal.Decimal) decimal.Decimal {
	sum, _, _ := e.residual(nil)
	v := n.now.Sub(sum)
	if e.sign(n) < 0 {
		v = n.now.Add(sum)
	}
	switch {
	case v.LessThan(lo):
		v = lo
	case v.GreaterThan(hi):
		v = hi
	default:
		return v
	}
	shift := n.value.Unit.Shift()
	if r := v.Shift(-shift).Round(n.fineness()).Shift(shift); !r.LessThan(lo) && !r.GreaterThan(hi) {
		return r
	}
	return v
}

func (s *system) single(n *node, should decimal.Decimal, why *mistake) *explanation {
	x := &explanation{put: map[*node]decimal.Decimal{n: should}}
	x.effect = s.try(x.put)
	if why != nil {
		x.special = 1
	}
	x.report = func(x *explanation) *diag.Finding { return cellFinding(n, should, why, x.effect.fixed) }
	return x
}

func cellFinding(n *node, should decimal.Decimal, why *mistake, eqs []*equation) *diag.Finding {
	to := n.in(should)
	args := []any{n.name, n.column}
	code := CellContradicts
	if why != nil {
		code = why.code
	}
	written := n.cell.Text
	switch code {
	case UnitDoubtful:
		args = append(args, written, unitText(to), why.factor)
	case CellLeftBlank:
		args = append(args, unitText(to))
	case CellContradicts:
		args = append(args, len(eqs), written, unitText(to))
	default:
		args = append(args, written, unitText(to))
	}
	f := startFinding(code, n, eqs, args...)
	f.Expected = to.WithUnit(lang.ZH)
	if d, err := money.Sub(n.in(n.now), to); err == nil {
		f.Diff = d.WithUnit(lang.ZH)
	}
	return f
}

func unitText(v money.Value) lang.Text {
	return lang.Text{ZH: v.WithUnit(lang.ZH), EN: v.WithUnit(lang.EN)}
}

// startFinding makes a finding at a node about the sums that it explains. The
// arithmetic of the first is shown, the others are named.
func startFinding(code *diag.Code, n *node, eqs []*equation, args ...any) *diag.Finding {
	f := n.sheet.Finding(code, n.cell, args...)
	f.Table, f.Place.Field, f.Key = n.title, n.column.ZH, n.key
	for i, e := range eqs {
		own, shown := e.report()
		e.shown = shown
		if i == 0 {
			f.Sum, f.Rule, f.Basis = own.Sum, own.Rule, own.Basis
			if own.Place.File == f.Place.File && own.Place.Sheet == f.Place.Sheet {
				f.Lines = own.Lines
				remark(f, n)
			}
		}
		if t := e.total(); t != n && i < 6 {
			p := t.sheet.Place(t.cell)
			p.Field = t.column.ZH
			f.Related = append(f.Related, diag.Related{Place: p, Note: lang.Text{ZH: t.name.ZH + "·" + t.column.ZH + "：" + e.rule.Name.ZH, EN: t.name.EN + ", " + t.column.EN + ": " + e.rule.Name.EN}})
		}
	}
	return f
}

// remark moves the mark of the shown rows to the node's cell.
func remark(f *diag.Finding, n *node) {
	lines := slices.Clone(f.Lines)
	marked := false
	for i := range lines {
		lines[i].Mark = -1
		if lines[i].Number != int(n.cell.Line) {
			continue
		}
		for j := len(lines[i].Cells) - 1; j >= 0; j-- {
			if lines[i].Cells[j] == n.cell.Text && n.cell.Text != "" {
				lines[i].Mark, marked = j, true
				break
			}
		}
	}
	f.Lines = lines
	if !marked {
		f.Lines = n.sheet.Context(n.cell)
	}
}

// rescaled looks for whole columns and sheets that are written in another unit:
// every sum that ties them to other tables differs by one factor.
func (s *system) rescaled(fails []*equation) []*explanation {
	var out []*explanation
	type key struct {
		sheet *table.Sheet
		shift int32
	}
	tried := map[key]bool{}
	for _, e := range fails {
		if len(e.terms) != 2 || e.terms[0].node.sheet == e.terms[1].node.sheet {
			continue
		}
		a, b := e.terms[0].node, e.terms[1].node
		if a.now.IsZero() || b.now.IsZero() {
			continue
		}
		for _, p := range powers[:3] {
			for _, shift := range []int32{-p.shift, p.shift} {
				for _, n := range []*node{a, b} {
					other := b
					if n == b {
						other = a
					}
					k := key{n.sheet, shift}
					if tried[k] || !near(n.now.Shift(shift), other.now, n.hi.Shift(shift).Add(other.hi).Abs()) {
						continue
					}
					tried[k] = true
					if x := s.rescale(n, shift, p.name); x != nil {
						out = append(out, x)
					}
				}
			}
		}
	}
	return out
}

func near(a, b, slack decimal.Decimal) bool { return a.Sub(b).Abs().LessThanOrEqual(slack) }

func (s *system) rescale(n *node, shift int32, factor lang.Text) *explanation {
	x := &explanation{put: map[*node]decimal.Decimal{}, special: 2}
	for _, m := range s.order {
		if m.sheet == n.sheet && !m.now.IsZero() && m.value.Unit == n.value.Unit {
			x.put[m] = m.now.Shift(shift)
		}
	}
	if len(x.put) < 2 {
		return nil
	}
	x.effect = s.try(x.put)
	if len(x.effect.fixed) < 2 || x.effect.broken > 0 {
		return nil
	}
	x.report = func(x *explanation) *diag.Finding {
		to := n.in(n.now.Shift(shift))
		f := startFinding(UnitDoubtful, n, x.effect.fixed, n.name, n.column, n.cell.Text, unitText(to), lang.Text{ZH: "整张表" + factor.ZH, EN: "the whole table: " + factor.EN})
		f.Expected = to.WithUnit(lang.ZH)
		return f
	}
	return x
}

package check

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/table"
)

// node is a cell that takes part in equations. A blank counts as zero, since in
// statutory tables it means that there is no such item.
type node struct {
	sheet  *table.Sheet
	cell   table.Cell
	value  money.Value
	blank  bool
	title  lang.Text // of the table
	name   lang.Text // of the row
	column lang.Text
	key    string // for waivers
	figure *figure.Figure

	now    decimal.Decimal // the value, or what an explanation put in its place
	lo, hi decimal.Decimal // how far the interval reaches below and above it
	eqs    []*equation
	wrong  *diag.Finding // what was found about it
}

// spot is where a node stands; nodes of a statutory table and of the figures
// read from it are the same.
type spot struct {
	sheet    *table.Sheet
	row, col int32
}

func (n *node) at() spot { return spot{n.sheet, n.cell.Row, n.cell.Col} }

// fineness is how many decimals the node's column is written with.
func (n *node) fineness() int32 { return max(n.value.Places, 0) }

// in shows a number of base units as the node's column would.
func (n *node) in(base decimal.Decimal) money.Value {
	u := n.value.Unit
	return money.Of(base.Shift(-u.Shift()), u).As(u, max(u.Places(), n.value.Places))
}

// term is a node with its sign in an equation.
type term struct {
	node *node
	sign int64
}

// equation says that its terms add up to zero: a total less its parts. The first
// term is the total, at which a finding points when nothing better is known.
type equation struct {
	rule    *Rule
	failed  bool
	atMost  bool // the terms may also add up to less than zero
	build   func(*system) []term
	report  func() (*diag.Finding, Shown)
	index   int
	terms   []term
	because *diag.Finding // what explains that it does not hold
	shown   Shown

	// What the search asks again and again, kept since a sum may have thousands of
	// parts.
	signs   map[*node]int64
	inRow   map[spot][]term // its parts by row, in order; columns are 0
	current bool            // the rest holds for what the nodes hold now
	sum     decimal.Decimal
	lo, hi  decimal.Decimal
}

// prepare notes what the search asks of the terms.
func (e *equation) prepare() {
	e.signs, e.inRow = make(map[*node]int64, len(e.terms)), make(map[spot][]term, len(e.terms))
	for i, t := range e.terms {
		e.signs[t.node] += t.sign
		if i > 0 {
			k := spot{sheet: t.node.sheet, row: t.node.cell.Row}
			e.inRow[k] = append(e.inRow[k], t)
		}
	}
}

// residual is what the terms add up to with some other values, and how far rounding
// reaches.
func (e *equation) residual(put map[*node]decimal.Decimal) (sum, lo, hi decimal.Decimal) {
	if !e.current {
		e.current, e.sum, e.lo, e.hi = true, decimal.Zero, decimal.Zero, decimal.Zero
		for _, t := range e.terms {
			if t.sign > 0 {
				e.sum, e.lo, e.hi = e.sum.Add(t.node.now), e.lo.Add(t.node.lo), e.hi.Add(t.node.hi)
			} else {
				e.sum, e.lo, e.hi = e.sum.Sub(t.node.now), e.lo.Sub(t.node.hi), e.hi.Sub(t.node.lo)
			}
		}
	}
	sum = e.sum
	change := func(n *node, v decimal.Decimal, sign int64) {
		sum = sum.Add(v.Sub(n.now).Mul(decimal.NewFromInt(sign)))
	}
	if len(put) < len(e.signs) {
		for n, v := range put {
			if sign := e.sign(n); sign != 0 {
				change(n, v, sign)
			}
		}
		return sum, e.lo, e.hi
	}
	for n, sign := range e.signs { // whole columns change, and the equation has few terms
		if v, ok := put[n]; ok {
			change(n, v, sign)
		}
	}
	return sum, e.lo, e.hi
}

func (e *equation) holds(put map[*node]decimal.Decimal) bool {
	sum, lo, hi := e.residual(put)
	return !sum.Add(lo).IsPositive() && (e.atMost || !sum.Add(hi).IsNegative())
}

// sign is how often a node stands in the equation.
func (e *equation) sign(n *node) int64 { return e.signs[n] }

func (e *equation) total() *node { return e.terms[0].node }

// system is all equations over the cells of one department-year.
type system struct {
	nodes map[spot]*node
	order []*node
	inRow map[spot][]*node // of these, by row; columns are 0
	eqs   []*equation
	// limits say that a part is at most its whole. They take no part in the
	// search: one that fails for a cell already found wrong adds no finding.
	limits []*equation
}

// newSystem builds the equations. It is only made when one of them fails.
func newSystem(eqs []*equation) *system {
	s := &system{nodes: map[spot]*node{}, inRow: map[spot][]*node{}}
	for _, e := range eqs {
		e.terms = e.build(s)
		if len(e.terms) < 2 {
			continue
		}
		e.prepare()
		if e.atMost {
			s.limits = append(s.limits, e)
			continue
		}
		e.index = len(s.eqs)
		s.eqs = append(s.eqs, e)
		for _, t := range e.terms {
			if n := t.node; len(n.eqs) == 0 || n.eqs[len(n.eqs)-1] != e {
				n.eqs = append(n.eqs, e)
			}
		}
	}
	return s
}

// node returns the node of a cell, made on first sight.
func (s *system) node(n node) *node {
	at := n.at()
	if old := s.nodes[at]; old != nil {
		if old.figure == nil {
			old.figure = n.figure
		}
		return old
	}
	if !n.value.Known() {
		n.blank = true
		n.value = money.Int(0, n.value.Unit)
	}
	n.now = n.value.Base()
	n.lo, n.hi = n.value.Lo().Sub(n.now), n.value.Hi().Sub(n.now)
	s.nodes[at] = &n
	s.order = append(s.order, &n)
	row := spot{sheet: at.sheet, row: at.row}
	s.inRow[row] = append(s.inRow[row], &n)
	return &n
}

// set puts another value in the place of a node's.
func (n *node) set(v decimal.Decimal) {
	n.now = v
	for _, e := range n.eqs {
		e.current = false
	}
}

// figureNode is the node of a figure that was read from a cell.
func (s *system) figureNode(f *figure.Figure) *node {
	return s.node(node{
		sheet: f.Cell.Sheet, cell: f.Cell.Cell, value: f.Value, name: f.Label, column: lang.Same(f.Cell.Column), key: figureKey(f), figure: f,
	})
}

// figureKey is a figure's id without its table.
func figureKey(f *figure.Figure) string {
	for i := range len(f.ID) {
		if f.ID[i] == '/' {
			return f.ID[i+1:]
		}
	}
	return f.ID
}

// failing lists the equations that nothing explains yet.
func (s *system) failing() []*equation {
	var out []*equation
	for _, e := range s.eqs {
		if e.failed && e.because == nil {
			out = append(out, e)
		}
	}
	return out
}

// effect tells what an explanation would do to the equations that it touches.
type effect struct {
	fixed  []*equation
	broken int
	left   int // still failing
}

func (s *system) try(put map[*node]decimal.Decimal) effect {
	var out effect
	seen := map[*equation]bool{}
	for n := range put {
		for _, e := range n.eqs {
			if seen[e] {
				continue
			}
			seen[e] = true
			was, is := e.holds(nil), e.holds(put)
			switch {
			case !was && is:
				out.fixed = append(out.fixed, e)
			case was && !is:
				out.broken++
			case !was:
				out.left++
			}
		}
	}
	slices.SortFunc(out.fixed, func(a, b *equation) int { return cmp.Compare(a.index, b.index) })
	return out
}

// explain finds what broke the sums that do not hold, and gives every outcome
// its findings: one for each mistake, at the cell that is wrong where it can be
// told, else at the total of the sum.
func explain(outcomes []Outcome) diag.List {
	var eqs []*equation
	broken := false
	for _, inside := range []bool{true, false} { // names of cells come from their own table
		for _, o := range outcomes {
			for _, e := range o.eqs {
				if (o.Table != "") == inside {
					eqs = append(eqs, e)
					broken = broken || e.failed
				}
			}
		}
	}
	var found diag.List
	if broken {
		newSystem(eqs).locate()
	}
	told := map[*diag.Finding]bool{}
	for i := range outcomes {
		o := &outcomes[i]
		mine := map[*diag.Finding]bool{}
		for _, e := range o.eqs {
			if !e.failed {
				continue
			}
			f, shown := e.because, e.shown
			if f == nil {
				f, shown = e.report()
			}
			if !mine[f] {
				mine[f] = true
				o.Findings.Add(f)
				if o.Shown == nil {
					o.Shown = map[*diag.Finding]Shown{}
				}
				o.Shown[f] = shown
			}
		}
		if len(o.Findings) == 0 && o.Finding != nil {
			o.Findings.Add(o.Finding)
		}
		for _, f := range o.Findings {
			if !told[f] {
				told[f] = true
				found.Add(f)
			}
		}
		if len(o.Findings) > 0 {
			o.Finding = o.Findings[0]
		}
	}
	return found
}

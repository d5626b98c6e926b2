package formula

import (
	"fmt"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// Names renders the expression with the names of its figures.
func (r *Result) Names(in lang.Lang) figure.Line {
	var w writer
	w.begin(r, in, false)
	w.node(r.expr.tree, 0)
	return w.line
}

// Numbers renders the expression with the numbers that went into it.
func (r *Result) Numbers(in lang.Lang) figure.Line {
	var w writer
	w.begin(r, in, true)
	w.node(r.expr.tree, 0)
	return w.line
}

// begin readies a writer for the line of a result, with names or with numbers.
func (w *writer) begin(r *Result, in lang.Lang, numbers bool) {
	*w = writer{in: in, result: r, leaf: (*writer).name, numbers: numbers, line: make(figure.Line, 0, pieces)}
	if numbers {
		w.leaf = (*writer).number
	}
}

// pieces is how many most lines have at most.
const pieces = 8

// Formula packs a result for its figure. Rendering is left until somebody asks:
// most cells of derived tables are never shown as a line.
func (r *Result) Formula() *figure.Formula {
	return &figure.Formula{Source: r.expr.Source, Inputs: r.Inputs, Missing: r.Missing, Arithmetic: r}
}

// writer renders an expression into pieces.
type writer struct {
	in      lang.Lang
	result  *Result
	leaf    func(w *writer, v *variable, b *binding)
	numbers bool
	every   bool // all alternatives of first(…), not the one that ran
	line    figure.Line
}

func (w *writer) text(s string) {
	if n := len(w.line); n > 0 && w.line[n-1].Figure == nil {
		w.line[n-1].Text += s
		return
	}
	w.line = append(w.line, figure.Piece{Text: s})
}

func (w *writer) say(zh, en string) { w.text(lang.Text{ZH: zh, EN: en}.In(w.in)) }

// name writes what a variable is called.
func (w *writer) name(v *variable, b *binding) {
	switch v.kind {
	case selectorVar:
		switch words := w.words(v.ref, len(b.many)); {
		case !words.IsZero():
			w.text(words.In(w.in))
		case len(b.many) == 0:
			w.text("Σ " + v.ref)
		case len(b.many) == 1:
			w.text(b.many[0].Label.In(w.in))
		default:
			w.text(fmt.Sprintf(lang.Text{ZH: "%s之和（%d 项）", EN: "sum of %s (%d)"}.In(w.in), b.many[0].Column.In(w.in), len(b.many)))
		}
		return
	case countVar:
		if words := w.words(v.ref, b.rows); !words.IsZero() {
			w.text(words.In(w.in))
			return
		}
		w.text(fmt.Sprintf(lang.Text{ZH: "项数（%s）", EN: "count (%s)"}.In(w.in), v.ref))
		return
	case priorVar:
		if b.figure == nil {
			w.say("上年数", "last year's figure")
			return
		}
		w.say("上年", "last year's ")
	}
	if b.figure != nil {
		w.line = append(w.line, figure.Piece{Text: b.figure.Label.In(w.in), Figure: b.figure})
		return
	}
	w.text(v.ref)
}

func (w *writer) words(selector string, found int) lang.Text {
	if w.result.words == nil {
		return lang.Text{}
	}
	return w.result.words(selector, found)
}

// manyShown is how many summands are written out; the proof lists them all.
const manyShown = 12

// number writes what a variable was.
func (w *writer) number(v *variable, b *binding) {
	switch v.kind {
	case selectorVar:
		if len(b.many) == 0 {
			w.say("（未填报）", "(not reported)")
			return
		}
		if len(b.many) > 1 {
			w.text("(")
		}
		mixed := slices.ContainsFunc(b.many, func(f *figure.Figure) bool { return f.Known() && f.Value.Unit != b.many[0].Value.Unit })
		for i, f := range b.many {
			if len(b.many) > manyShown && i >= 3 && i < len(b.many)-1 {
				if i == 3 {
					w.text(" + …")
				}
				continue
			}
			if i > 0 {
				w.text(" + ")
			}
			w.value(f, f.Value)
			if mixed && f.Known() {
				w.text(" " + f.Value.Unit.Name().In(w.in))
			}
		}
		if len(b.many) > 1 {
			w.text(")")
		}
		return
	case countVar:
		w.text(fmt.Sprint(b.rows))
		return
	}
	w.value(b.figure, b.value)
}

// value writes a number, in brackets where a sign would be misread.
func (w *writer) value(f *figure.Figure, v money.Value) {
	if !v.Known() {
		w.text("（" + v.State.Name().In(w.in) + "）")
		return
	}
	var s string
	if f != nil {
		s = f.Display(w.in)
	} else {
		s = v.Display(w.in)
	}
	negative := strings.HasPrefix(s, "−")
	if negative {
		w.text("(")
	}
	if f != nil {
		w.line = append(w.line, figure.Piece{Text: s, Figure: f})
	} else {
		w.text(s)
	}
	if v.Unit == money.Percent {
		w.text("%")
	}
	if negative {
		w.text(")")
	}
}

var signs = map[string]struct {
	sign lang.Text
	rank int
}{
	"+": {lang.Same(" + "), 1}, "-": {lang.Same(" − "), 1}, "*": {lang.Same(" × "), 2}, "/": {lang.Same(" ÷ "), 2},
	"<": {lang.Same(" < "), 0}, "<=": {lang.Same(" ≤ "), 0}, ">": {lang.Same(" > "), 0}, ">=": {lang.Same(" ≥ "), 0}, "==": {lang.Same(" = "), 0}, "!=": {lang.Same(" ≠ "), 0},
	"and": {lang.Text{ZH: " 且 ", EN: " and "}, 0}, "&&": {lang.Text{ZH: " 且 ", EN: " and "}, 0}, "or": {lang.Text{ZH: " 或 ", EN: " or "}, 0}, "||": {lang.Text{ZH: " 或 ", EN: " or "}, 0},
}

// node writes a node; rank is how tightly its surroundings bind.
func (w *writer) node(n ast.Node, rank int) {
	switch n := n.(type) {
	case *ast.IdentifierNode, *ast.MemberNode:
		if v, b, ok := w.result.variableAt(n); ok {
			w.leaf(w, v, b)
		}
	case *ast.IntegerNode:
		w.text(fmt.Sprint(n.Value))
	case *ast.FloatNode:
		w.text(money.Trim(decimal.NewFromFloat(n.Value)))
	case *ast.UnaryNode:
		if n.Operator == "-" {
			w.text("−")
		} else {
			w.say("非 ", "not ")
		}
		w.node(n.Node, 3)
	case *ast.BinaryNode:
		s := signs[n.Operator]
		right := s.rank
		if n.Operator == "-" || n.Operator == "/" {
			right++ // a − (b − c), a ÷ (b × c)
		}
		w.within(s.rank < rank, func() {
			w.node(n.Left, s.rank)
			w.text(s.sign.In(w.in))
			w.node(n.Right, right)
		})
	case *ast.ConditionalNode:
		if w.numbers && !known(w.result, n.Cond) {
			w.node(n.Exp2, rank) // what is not reported keeps no condition
			return
		}
		w.within(rank > 0, func() {
			w.say("若 ", "if ")
			w.node(n.Cond, 0)
			w.say("，则 ", " then ")
			w.node(n.Exp1, 0)
			w.say("，否则 ", ", else ")
			w.node(n.Exp2, 0)
		})
	case *ast.CallNode:
		if v, b, ok := w.result.variableAt(n); ok {
			w.leaf(w, v, b)
			return
		}
		w.call(n, rank)
	}
}

// within puts brackets round what f writes where they are needed.
func (w *writer) within(yes bool, f func()) {
	if yes {
		w.text("(")
	}
	f()
	if yes {
		w.text(")")
	}
}

func (w *writer) call(n *ast.CallNode, rank int) {
	args := n.Arguments
	switch fn := n.Callee.(*ast.IdentifierNode).Value; fn {
	case "first":
		if w.every {
			w.within(rank > 0 && len(args) > 1, func() { w.alternatives(args) })
			return
		}
		w.node(args[w.result.chosen(n)], rank)
	case "orzero", "number":
		w.node(args[0], rank)
	case "percent":
		w.node(args[0], 3)
		w.text("%")
	case "add_filled":
		var parts []ast.Node
		for _, a := range args {
			if known(w.result, a) {
				parts = append(parts, a)
			}
		}
		if len(parts) == 0 {
			w.say("（各项均未填）", "(nothing filled in)")
			return
		}
		w.within(rank > 1 && len(parts) > 1, func() { w.joined(parts, " + ", 1) })
	case "change":
		w.within(rank > 2, func() {
			w.text("(")
			w.node(args[0], 1)
			w.text(" − ")
			w.node(args[1], 2)
			w.text(") ÷ ")
			w.node(args[1], 2)
		})
	case "mean":
		w.within(rank > 2, func() {
			w.text("(")
			w.joined(args, " + ", 1)
			w.text(fmt.Sprintf(") ÷ %d", len(args)))
		})
	case "abs":
		w.text("|")
		w.node(args[0], 0)
		w.text("|")
	case "bands":
		w.bands(args)
	default:
		names := map[string]lang.Text{"max": {ZH: "最大值", EN: "max"}, "min": {ZH: "最小值", EN: "min"}, "round": {ZH: "四舍五入", EN: "round"}}
		if t, ok := names[fn]; ok {
			fn = t.In(w.in)
		}
		w.text(fn + "(")
		w.joined(args, ", ", 0)
		w.text(")")
	}
}

// alternatives writes what is taken, and what in its absence. Two that read
// alike are two ways of finding the same figure.
func (w *writer) alternatives(args []ast.Node) {
	told := map[string]bool{}
	for _, a := range args {
		one := &writer{in: w.in, result: w.result, every: true, leaf: w.leaf}
		one.node(a, 0)
		s := one.line.String()
		if told[s] {
			continue
		}
		if len(told) > 0 {
			w.say("，没有时取 ", ", failing that ")
		}
		told[s] = true
		w.text(s)
	}
}

func (w *writer) joined(nodes []ast.Node, sep string, rank int) {
	for i, a := range nodes {
		if i > 0 {
			w.text(sep)
		}
		w.node(a, rank)
	}
}

// bands writes a graded value: with names the whole scale, with numbers the
// band into which the value fell.
func (w *writer) bands(args []ast.Node) {
	spec, _ := args[1].(*ast.StringNode)
	scale, err := ParseBands(spec.Value)
	if err != nil {
		return // refused when the expression was compiled
	}
	w.node(args[0], 0)
	if !w.numbers {
		w.say(" 按档计分（", " graded (")
		for i, b := range scale {
			if i > 0 {
				w.say("；", "; ")
			}
			w.text(scale.Edges(i).In(w.in))
			w.say("：", ": ")
			w.text(money.Trim(b.Score))
		}
		w.say("）", ")")
		return
	}
	// Of a composed value the number is not at hand, and the line goes without.
	_, b, ok := w.result.variableAt(args[0])
	if !ok {
		return
	}
	if i := scale.Of(b.value); i >= 0 {
		w.text(fmt.Sprintf(lang.Text{ZH: "，属于「%s」一档", EN: ", in the band %s"}.In(w.in), scale.Edges(i).In(w.in)))
	}
}

// Package figure holds numbers that can be proved. A figure has a lasting id, a
// value with unit and state, and its origin: the cell it was read from, or the
// formula that was executed and the figures that went into it. A book is all
// figures of one department and year, in the order in which they were entered.
package figure

import (
	"strings"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/table"
)

// Stage is the moment in the year's course at which a number was true. Figures
// of different stages are never compared without saying so.
type Stage string

// The stages.
const (
	NoStage  Stage = ""
	Original Stage = "original" // 年初预算数
	Adjusted Stage = "adjusted" // 全年预算数
	Outturn  Stage = "outturn"  // 执行数, 决算数
)

// Stages lists the stages in their order in the year.
var Stages = []Stage{Original, Adjusted, Outturn}

// Name returns the stage as the field calls it.
func (s Stage) Name() lang.Text {
	switch s {
	case Original:
		return lang.Text{ZH: "年初预算数", EN: "original budget"}
	case Adjusted:
		return lang.Text{ZH: "全年预算数", EN: "adjusted budget"}
	case Outturn:
		return lang.Text{ZH: "决算数", EN: "outturn"}
	}
	return lang.Text{}
}

// Figure is one number that may be published.
type Figure struct {
	ID     string // unique in its book; never changes once published
	Label  lang.Text
	Column lang.Text // the column's name alone, for sums over a column
	Value  money.Value
	Stage  Stage
	Origin
}

// Origin is where a figure comes from: exactly one of Cell and Formula is set.
type Origin struct {
	Cell    *Cell
	Formula *Formula
}

// Cell is a figure's place in a file.
type Cell struct {
	Sheet  *table.Sheet
	Cell   table.Cell
	Column string        // the column's heading as written
	How    money.Reading // what had to be understood to read the number
}

// Formula is the arithmetic that made a figure.
type Formula struct {
	Source  string    // the expression that ran
	Names   lang.Text // the same with names
	Numbers lang.Text // the same with numbers
	Inputs  []*Figure // in the order in which they stand in the expression
	Basis   lang.Text // law, rule or habit behind it
	Plain   lang.Text // in plain words
	Missing []lang.Text
	Prior   map[string]bool // inputs that belong to the year before, by id
}

// Computed reports whether the figure is the result of a formula.
func (f *Figure) Computed() bool { return f.Formula != nil }

// Sum returns the sum of figures that say one thing of several bodies, such as
// the bodies that were merged into one. It is nil when they cannot be added.
func Sum(id string, parts []*Figure) *Figure {
	total := &Figure{ID: id, Label: parts[0].Label, Column: parts[0].Column, Stage: parts[0].Stage, Value: parts[0].Value}
	if k := total.Value.Unit.Kind(); k != money.KindMoney && k != money.KindCount {
		return nil // rates of several bodies have no sum
	}
	numbers := make([]string, len(parts))
	for i, p := range parts {
		numbers[i] = p.Value.Display(lang.ZH)
		if i == 0 {
			continue
		}
		v, err := money.Add(total.Value, p.Value)
		if err != nil {
			return nil
		}
		total.Value = v.As(total.Value.Unit, max(total.Value.Places, p.Value.Places))
	}
	total.Formula = &Formula{
		Source: "sum of bodies", Inputs: parts,
		Names:   lang.Text{ZH: "合并前各单位之和", EN: "sum over the bodies that were merged"},
		Numbers: lang.Same(strings.Join(numbers, " + ")),
	}
	return total
}

// Known reports whether the figure holds a number; a nil figure does not.
func (f *Figure) Known() bool { return f != nil && f.Value.Known() }

// Row is one row of a table in the book: what it is about and its figures.
type Row struct {
	Table string
	Key   string // unique in its table; part of its figures' ids
	Label lang.Text
	Attrs []Attr
	Cells []*Figure
	Names []string // Names[i] is the column id of Cells[i]
	Level Level
	View  bool // the figures belong to a row of another table and keep their ids
}

// Attr is a property of a row by which formulas select it: function=2010301.
type Attr struct{ Name, Value string }

// Level tells whether a row is counted or repeats what other rows say.
type Level uint8

// The levels of a row.
const (
	Leaf     Level = iota // counted in sums
	Parent                // a sum over other rows as disclosed, such as a 款 over its 项
	Subtotal              // the total of one kind as disclosed, such as all basic expenditure
	Total                 // the grand total as disclosed
	Nested                // a part of another row (其中), not counted again
)

// Attr returns a property of the row, or "".
func (r *Row) Attr(name string) string {
	for _, a := range r.Attrs {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}

// Cell returns the figure of a column, or nil when the file has no such column.
func (r *Row) Cell(column string) *Figure {
	for i, n := range r.Names {
		if n == column {
			return r.Cells[i]
		}
	}
	return nil
}

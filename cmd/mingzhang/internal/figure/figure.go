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
	ID      string // unique in its book; never changes once published
	Home    string // the book's home: huoli/2024
	Label   lang.Text
	Column  lang.Text // the column's name alone, for sums over a column
	Value   money.Value
	Written string // the text as disclosed where words say more than the number: ≥300册, 一千余件
	Stage   Stage
	Spot    Spot // where it stands in the published CSV
	Origin
	address string // of a figure whose origin was let go
	shown   shown  // once the book rests
}

// Spot is a place in a published CSV of the figure's own department-year. The
// zero Spot is none.
type Spot struct {
	Table    string // data/<Table>.csv
	Row, Col int32  // 1-based
}

// Display renders the number alone: as it was written where words say more than
// the number, else the value in its unit and decimals.
func (f *Figure) Display(in lang.Lang) string {
	switch {
	case f.Written != "":
		return f.Written
	case f.shown.text != "":
		return f.shown.text
	}
	return f.Value.Display(in)
}

// WithUnit renders number and unit.
func (f *Figure) WithUnit(in lang.Lang) string {
	if f.Written != "" {
		return f.Written
	}
	return f.Value.WithUnit(in)
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
	Unit   money.Unit    // in which the text was read
	Places int32         // decimals in which its column is written
	How    money.Reading // what had to be understood to read the number
}

// Formula is the arithmetic that made a figure.
type Formula struct {
	Source  string    // the expression that ran
	Row     string    // the row for which it ran, as table/key; blank outside of one
	Inputs  []*Figure // in the order in which they stand in the expression
	Basis   lang.Text // law, rule or habit behind it
	Plain   lang.Text // in plain words
	Missing []lang.Text
	Topic   string // the subject under which it is shown
	Table   string // the statutory table that shows the proof, if one does
	Arithmetic
}

// Arithmetic shows an expression that ran, once with the names of its figures
// and once with their numbers.
type Arithmetic interface {
	Names(in lang.Lang) Line
	Numbers(in lang.Lang) Line
}

// Proved returns a copy of a figure with a copy of the formula that made it, in
// one piece of memory: most figures of a site are made so.
func (f Figure) Proved(by *Formula) *Figure {
	both := &struct {
		figure  Figure
		formula Formula
	}{f, *by}
	both.figure.Formula = &both.formula
	return &both.figure
}

// Line is a line of arithmetic in pieces, so that each number in it can be
// linked to its proof.
type Line []Piece

// Piece is a part of a line: plain text, or what the line says of a figure.
type Piece struct {
	Text   string
	Figure *Figure
}

// String joins the line.
func (l Line) String() string {
	var b strings.Builder
	for _, p := range l {
		b.WriteString(p.Text)
	}
	return b.String()
}

// Computed reports whether the figure is the result of a formula.
func (f *Figure) Computed() bool { return f.Formula != nil }

// Known reports whether the figure holds a number; a nil figure does not.
func (f *Figure) Known() bool { return f != nil && f.Value.Known() }

package figure

import (
	"sync/atomic"

	"mingzhang/cmd/mingzhang/internal/lang"
)

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
	// Headed tells that headings stand in this row too, so that it lacks cells which
	// nobody could fill in.
	Headed bool
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

// attr is Attr, told where the property is likely to stand. It tells where it
// stood; several may ask at once.
func (r *Row) attr(name string, at *uint32) string {
	if i := atomic.LoadUint32(at); int(i) < len(r.Attrs) && r.Attrs[i].Name == name {
		return r.Attrs[i].Value
	}
	for i := range r.Attrs {
		if r.Attrs[i].Name == name {
			atomic.StoreUint32(at, uint32(i))
			return r.Attrs[i].Value
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

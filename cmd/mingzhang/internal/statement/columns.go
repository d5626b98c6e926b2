package statement

import "mingzhang/cmd/mingzhang/internal/money"

// Shown lists the columns to show: those that a table handed in has, or of one
// made from lines all that are always there or hold a number.
func (st *Statement) Shown() []int {
	var out []int
	for i, c := range st.Form.Columns {
		show := !c.Optional || st.Filled(i)
		if !st.Derived && len(st.Rows) > 0 {
			show = st.has(c.ID)
		}
		if show {
			out = append(out, i)
		}
	}
	return out
}

// ColumnUnit returns the unit of a column: that of its first number, else that of the
// table's.
func (st *Statement) ColumnUnit(col int) money.Unit {
	for i := range st.Rows {
		if i < len(st.Grid) && st.Grid[i][col].Known() {
			return st.Grid[i][col].Value.Unit
		}
	}
	return st.Unit()
}

// Filled reports whether a column of the form holds any number.
func (st *Statement) Filled(col int) bool {
	for i := range st.Rows {
		if i < len(st.Grid) && st.Grid[i][col].Known() {
			return true
		}
	}
	return false
}

// Unit returns the unit of the statement: that of its first number.
func (st *Statement) Unit() money.Unit {
	for i := range st.Form.Columns {
		if st.Filled(i) {
			return st.ColumnUnit(i)
		}
	}
	return st.Form.Money()
}

// SideBySide reports whether the sheet holds tables beside each other.
func (st *Statement) SideBySide() bool { return st.parts > 1 }

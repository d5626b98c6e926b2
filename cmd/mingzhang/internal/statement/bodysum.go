package statement

import (
	"strings"

	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/table"
)

// BodySum is a number of the row of a total with those of the bodies under it.
type BodySum struct {
	At    table.Cell // of the total
	Name  string     // the heading of the column
	Total money.Value
	Parts []money.Value
}

// bodySums sets the row of the total of a table with an item in each column beside the
// rows of its bodies. There are none where one of the rows is no body: 其中, 上年.
func bodySums(total table.Row, bodies []table.Row, cols []lyingColumn) []BodySum {
	for _, r := range bodies {
		if name := nameOfRow(r, cols); name == "" || isTotalRow(r) || strings.HasPrefix(name, "其中") || strings.ContainsAny(name, "年比增减注") {
			return nil
		}
	}
	if len(bodies) == 0 {
		return nil
	}
	var out []BodySum
	for _, c := range cols {
		read := func(r table.Row) (money.Value, bool) {
			if c.index >= len(r) || strings.TrimSpace(r[c.index].Text) == "" {
				return money.Int(0, c.unit), true // a blank of this table is none
			}
			v, _, err := money.Parse(r[c.index].Text, c.unit, 2)
			if err == nil && !v.Known() {
				v = money.Int(0, c.unit)
			}
			return v, err == nil
		}
		sum := BodySum{Name: c.at.Text}
		ok := c.index < len(total)
		if ok {
			sum.At = total[c.index]
			sum.Total, ok = read(total)
		}
		for _, r := range bodies {
			v, fine := read(r)
			sum.Parts, ok = append(sum.Parts, v), ok && fine
		}
		if ok {
			out = append(out, sum)
		}
	}
	return out
}

// nameOfRow is what a row is of: the last text before its numbers, so that it is the
// name of a body and not its code.
func nameOfRow(r table.Row, cols []lyingColumn) string {
	first := len(r)
	for _, c := range cols {
		first = min(first, c.index)
	}
	for i := first - 1; i >= 0; i-- {
		if t := strings.TrimSpace(r[i].Text); t != "" {
			return t
		}
	}
	return ""
}

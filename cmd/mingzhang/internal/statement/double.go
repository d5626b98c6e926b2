package statement

import (
	"strconv"
	"strings"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/table"
)

// readDouble reads a table with income on one side and spending on the other:
// with a column that names the side, or with both lists side by side.
func readDouble(s *table.Sheet, f *Form, year int) (*Statement, diag.List) {
	l := schema.Lay(s, f.known)
	st, list := f.inBlocks(s, l, "item", func(st *Statement, i int, b *schema.Binding) (list diag.List) {
		side := ""
		if st.parts > 1 {
			side = IncomeSide
			if i > 0 {
				side = ExpenditureSide
			}
		}
		for _, r := range b.Rows {
			if i > 1 {
				list.Add(st.viewRow(b, r, side, i-1))
				continue
			}
			list.Add(st.doubleRow(b, r, side, year))
		}
		return list
	})
	if st == nil {
		return nil, list
	}
	st.tellLayout(&list)
	list.Add(st.asideNote())
	return st, list
}

func (st *Statement) doubleRow(b *schema.Binding, r table.Row, side string, year int) *diag.Finding {
	t := b.Text(r, "item")
	if t.Value == "" {
		return st.setAside(r, st.Form.cells(b, r))
	}
	if side == "" {
		switch word := b.Text(r, "side").Value; {
		case strings.Contains(word, "收"):
			side = IncomeSide
		case strings.Contains(word, "支"):
			side = ExpenditureSide
		}
	}
	row := Row{Side: side, Name: t.Value, At: t.Cell, Cells: st.Form.cells(b, r)}
	row.Key, row.Code, row.Level = st.Form.doubleItem(side, t.Value, year)
	if row.Level == figure.Leaf && row.Key != "" {
		if of := st.carried(side); of != "" && st.Row(side, row.Key) != nil {
			row.Key, row.Level = of+"-"+row.Key, figure.Nested
		}
	}
	if row.Key == "" {
		if !anyKnown(row.Cells) {
			return st.setAside(r, row.Cells) // a heading inside the list
		}
		row.Key, row.Level = label.Fold(t.Value), figure.Nested
		row.Unknown, row.Item = true, numberedItem(t.Value)
		st.Rows = append(st.Rows, row)
		d := st.Sheet.Finding(NamelessRow, row.At, row.Name)
		if row.Item {
			d.Why = ownItem
		}
		return d
	}
	st.Rows = append(st.Rows, row)
	return nil
}

// viewRow reads a row of a third list: spending by function stands beside the
// same spending by economic class or by its nature. Its rows are shown; only
// its own totals count them.
func (st *Statement) viewRow(b *schema.Binding, r table.Row, side string, view int) *diag.Finding {
	t, cells := b.Text(r, "item"), st.Form.cells(b, r)
	if t.Value == "" || !anyKnown(cells) {
		return st.setAside(r, cells)
	}
	row := Row{Side: side, Name: t.Value, At: t.Cell, Cells: cells, Level: figure.Nested, View: view, Item: numberedItem(t.Value)}
	key := label.Fold(t.Value)
	if k, _, level := st.Form.doubleItem(side, t.Value, 0); k != "" && (level == figure.Total || level == figure.Subtotal || level == figure.Nested) {
		if main := st.Row(side, k); main == nil {
			// One total under both lists is that of the side.
			row.Key, row.Level, row.View, row.Item = k, level, 0, false
			st.Rows = append(st.Rows, row)
			return nil
		}
		key, row.Item = k, false
	}
	row.Key = "view-" + strconv.Itoa(view) + "-" + key
	for n := 2; st.Row(side, row.Key) != nil; n++ { // 商品和服务支出 under 基本支出 and under 项目支出
		row.Key = "view-" + strconv.Itoa(view) + "-" + key + "~" + strconv.Itoa(n)
	}
	st.Rows = append(st.Rows, row)
	return nil
}

// carried returns the kind of balance under which the next row of a side
// stands, if the last row that was no part of one is a balance: the sources of
// carried-over money repeat those of the year.
func (st *Statement) carried(side string) string {
	for i := len(st.Rows) - 1; i >= 0; i-- {
		r := &st.Rows[i]
		if r.Side != side {
			continue
		}
		kind, _, part := strings.Cut(r.Key, "-")
		switch {
		case balances[r.Key]:
			return r.Key
		case part && balances[kind]:
			return kind
		}
		return ""
	}
	return ""
}

// balances are the kinds of balance that have sources of their own.
var balances = map[string]bool{"opening": true, "closing": true}

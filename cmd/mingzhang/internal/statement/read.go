package statement

import (
	"strings"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/table"
)

// Read reads a sheet as the given form. The statement is nil when the sheet
// cannot be read as this form at all; the findings then say why.
func Read(s *table.Sheet, f *Form, year int) (*Statement, diag.List) {
	switch f.Shape {
	case Tree:
		return readTree(s, f, year)
	case Double:
		return readDouble(s, f, year)
	case List:
		if f.Evaluation {
			return readEvaluation(s, f)
		}
		return readList(s, f)
	}
	return readItems(s, f)
}

// bind binds a sheet, or a part of one, by the form's headings.
func (f *Form) bind(s *table.Sheet) (*schema.Binding, diag.List) {
	return f.bindLaid(s, schema.Lay(s, f.known))
}

func (f *Form) bindLaid(s *table.Sheet, l *schema.Layout) (*schema.Binding, diag.List) {
	b, list := schema.BindLaid(s, f.schema, nil, l)
	if b == nil {
		return nil, list
	}
	for _, d := range list {
		// Tables have columns of their own in places: they are shown and take no
		// part in sums.
		if d.Code == schema.UnknownColumn {
			d.Severity = diag.Note
		}
	}
	list.Add(b.Validate()...)
	return b, list
}

// bindPart binds a part of a sheet; the whole of it is laid out already.
func (f *Form) bindPart(part, s *table.Sheet, l *schema.Layout) (*schema.Binding, diag.List) {
	if part == s {
		return f.bindLaid(s, l)
	}
	return f.bind(part)
}

func (f *Form) cells(b *schema.Binding, r table.Row) []schema.Amount {
	out := make([]schema.Amount, len(f.Columns))
	for i, c := range f.Columns {
		out[i] = b.Amount(r, "n-"+c.ID)
	}
	return out
}

// blocks cuts a sheet whose headings repeat into the tables that stand side by
// side. Leading columns that are not repeated, such as 行次, stay with the block
// on their right.
func (f *Form) blocks(s *table.Sheet, l *schema.Layout, start ...string) []*table.Sheet {
	if len(l.Header) == 0 {
		return []*table.Sheet{s}
	}
	var cuts []int
	for i, h := range l.Headings(s) {
		field := f.schema.Match(h)
		if field == nil {
			continue
		}
		for _, id := range start {
			if field.ID == id {
				cuts = append(cuts, i)
			}
		}
	}
	if len(cuts) < 2 {
		return []*table.Sheet{s}
	}
	var out []*table.Sheet
	for i, from := range cuts {
		to := 1 << 15
		if i+1 < len(cuts) {
			to = cuts[i+1]
		}
		if i == 0 {
			from = 0
		}
		out = append(out, s.Cut(from, to))
	}
	return out
}

func newStatement(s *table.Sheet, f *Form, l *schema.Layout) *Statement {
	st := &Statement{Form: f, Sheet: s, Layout: l}
	for _, n := range l.Notes {
		st.Notes = append(st.Notes, strings.TrimSpace(n.Text))
	}
	return st
}

func readTree(s *table.Sheet, f *Form, year int) (*Statement, diag.List) {
	start := "code"
	l := schema.Lay(s, f.known)
	if len(l.Header) > 0 {
		switch has := f.headed(s, l); {
		case has["class"]:
			start = "class"
		case !has["code"]:
			start = "name"
		}
	}
	st, list := f.inBlocks(s, l, start, func(st *Statement, _ int, b *schema.Binding) diag.List {
		c := &coder{sheet: s, dict: f.Dictionary(), year: year}
		for _, r := range b.Rows {
			st.treeRow(b, r, c)
		}
		return c.list
	})
	if st == nil {
		return nil, list
	}
	st.levels()
	st.tellLayout(&list)
	list.Add(st.asideNote())
	return st, list
}

// headed tells which columns the headings of a sheet name.
func (f *Form) headed(s *table.Sheet, l *schema.Layout) map[string]bool {
	has := map[string]bool{}
	for _, h := range l.Headings(s) {
		if field := f.schema.Match(h); field != nil {
			has[field.ID] = true
		}
	}
	return has
}

// inBlocks reads a sheet block by block: lists that stand side by side have
// headings of their own. The statement is nil where a block cannot be read.
func (f *Form) inBlocks(s *table.Sheet, l *schema.Layout, start string, block func(st *Statement, i int, b *schema.Binding) diag.List) (*Statement, diag.List) {
	var st *Statement
	var list diag.List
	parts := f.blocks(s, l, start)
	for i, part := range parts {
		b, more := f.bindPart(part, s, l)
		list.Add(more...)
		if b == nil {
			return nil, list
		}
		if st == nil {
			st = newStatement(s, f, b.Layout)
			st.parts = len(parts)
		}
		list.Add(block(st, i, b)...)
	}
	return st, list
}

// tellLayout tells the rows that are set aside of a sheet that was read in
// parts.
func (st *Statement) tellLayout(list *diag.List) {
	if len(st.Layout.Roles) > 0 && st.parts > 1 {
		st.Layout = schema.Lay(st.Sheet, st.Form.known)
		list.Add(st.Layout.Note(st.Sheet))
	}
}

// treeRow reads a row of a code tree.
func (st *Statement) treeRow(b *schema.Binding, r table.Row, c *coder) {
	if r.Blank() {
		return
	}
	row := Row{Cells: st.Form.cells(b, r)}
	row.Code, row.At = c.read(b, r)
	row.Name = b.Text(r, "name").Value
	if _, named := b.Column("name"); !named && row.Code == "" {
		st.bodyRow(b, r, row, c)
		return
	}
	if row.Name == "" { // 合计 merged over the code columns
		for _, id := range []string{"code", "class", "division", "item"} {
			if t := b.Text(r, id).Value; t != "" && row.Code == "" {
				row.Name = t
				break
			}
		}
	}
	if row.Code == "" && row.Name == "" && !anyPresent(row.Cells) {
		c.list.Add(st.setAside(r, row.Cells))
		return
	}
	if row.Code != "" {
		at := b.Text(r, "name").Cell
		if !at.Present() {
			at = row.At
		}
		if !row.At.Present() {
			row.At = at
		}
		c.compare(row.Code, row.Name, row.At)
		row.Key = row.Code
		st.Rows = append(st.Rows, row)
		return
	}
	if at := b.Text(r, "name").Cell; at.Present() && strings.TrimSpace(at.Text) != "" {
		row.At = at
	}
	if row.Name == "" && st.spannedTotal(row.Cells) {
		return
	}
	row.Key, row.Level = totalKey(row.Name)
	if row.Key == "" {
		if !anyKnown(row.Cells) {
			c.list.Add(st.setAside(r, row.Cells)) // a heading line inside the table
			return
		}
		row.Key, row.Level, row.Lost = label.Fold(row.Name), figure.Parent, c.bad
		if !c.bad {
			c.list.Add(c.sheet.Finding(NamelessRow, row.At, row.Name))
		}
	}
	st.Rows = append(st.Rows, row)
}

// bodyRow reads a row of a table that is told by bodies and not by codes: the
// units of a department, under their total.
func (st *Statement) bodyRow(b *schema.Binding, r table.Row, row Row, c *coder) {
	t := b.Text(r, "body")
	row.Name, row.At = t.Value, t.Cell
	if row.Name == "" {
		if t = b.Text(r, "body-code"); t.Value != "" {
			row.Name, row.At = t.Value, t.Cell
		}
	}
	if !anyKnown(row.Cells) {
		c.list.Add(st.setAside(r, row.Cells))
		return
	}
	if row.Key, row.Level = totalKey(row.Name); row.Key == "" {
		row.Key, row.Level, row.Item = label.Fold(row.Name), figure.Parent, true
	}
	st.Rows = append(st.Rows, row)
}

// spannedTotal gives numbers without a name to the total whose cell spans
// several blocks: 公用经费合计 under 302 has its number under 310.
func (st *Statement) spannedTotal(cells []schema.Amount) bool {
	for i := range st.Rows {
		r := &st.Rows[i]
		if r.Level == figure.Subtotal && !anyKnown(r.Cells) && sameRow(r.At, cells) {
			r.Cells = cells
			return true
		}
	}
	return false
}

// sameRow reports whether a cell stands in the spreadsheet row of numbers.
func sameRow(at table.Cell, cells []schema.Amount) bool {
	for _, c := range cells {
		if c.Known() {
			return c.Cell.Row == at.Row
		}
	}
	return false
}

// totalKey names the totals that stand among the codes.
func totalKey(name string) (string, figure.Level) {
	switch label.Fold(stripNumber(name)) {
	case "合计", "总计", "支出合计", "收入合计", "本年支出合计", "本年收入合计", "支出总计", "收入总计", "部门合计", "本年合计":
		return "total", figure.Total
	case "人员经费合计", "人员经费":
		return "personnel", figure.Subtotal
	case "公用经费合计", "公用经费", "日常公用经费合计", "日常公用经费":
		return "operating", figure.Subtotal
	}
	return "", figure.Leaf
}

func anyPresent(cells []schema.Amount) bool {
	for _, c := range cells {
		if c.Cell.Present() && strings.TrimSpace(c.Cell.Text) != "" {
			return true
		}
	}
	return false
}

func anyKnown(cells []schema.Amount) bool {
	for _, c := range cells {
		if c.Known() {
			return true
		}
	}
	return false
}

// levels tells leaves from the rows above them, and makes keys unique.
func (st *Statement) levels() {
	codes := map[string]bool{}
	for _, r := range st.Rows {
		if r.Code != "" {
			codes[r.Side+r.Code] = true
		}
	}
	for i := range st.Rows {
		r := &st.Rows[i]
		if r.Code == "" {
			continue
		}
		r.Level = figure.Leaf
		for k := range codes {
			if len(k) > len(r.Side+r.Code) && strings.HasPrefix(k, r.Side+r.Code) {
				r.Level = figure.Parent
				break
			}
		}
	}
}

// readItems reads the three public expenses, standing (an item a row) or lying
// (an item a column).
func readItems(s *table.Sheet, f *Form) (*Statement, diag.List) {
	b, list := f.standing(s)
	if b == nil {
		return f.readLying(s)
	}
	st := newStatement(s, f, b.Layout)
	for _, r := range b.Rows {
		t := b.Text(r, "item")
		if t.Value == "" {
			list.Add(st.setAside(r, f.cells(b, r)))
			continue
		}
		row := Row{Name: t.Value, At: t.Cell, Cells: f.cells(b, r)}
		id, ok := threePublic(t.Value)
		if !ok {
			row.Key, row.Level = label.Fold(t.Value), figure.Nested
			if anyKnown(row.Cells) {
				list.Add(s.Finding(NamelessRow, row.At, row.Name))
			}
		} else {
			row.Key = id
		}
		st.Rows = append(st.Rows, row)
	}
	st.itemLevels()
	list.Add(st.asideNote())
	return st, list
}

// standing binds a table with an item in each row, or returns nil.
func (f *Form) standing(s *table.Sheet) (*schema.Binding, diag.List) {
	l := schema.Lay(s, f.known)
	if !f.headed(s, l)["item"] {
		return nil, nil
	}
	return f.bindLaid(s, l)
}

func (st *Statement) itemLevels() {
	keys := map[string]bool{}
	for _, r := range st.Rows {
		keys[r.Key] = true
	}
	for i := range st.Rows {
		switch r := &st.Rows[i]; r.Key {
		case "total":
			r.Level = figure.Total
		case "vehicles":
			if keys["vehicle-purchase"] || keys["vehicle-operation"] {
				r.Level = figure.Parent
			}
		case "agency-operating", "meetings", "training":
			r.Level = figure.Nested
		}
	}
}

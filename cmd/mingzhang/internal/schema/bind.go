package schema

import (
	"slices"
	"strconv"
	"strings"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/table"
)

// Column is a column of a sheet that a schema understood.
type Column struct {
	Field   *Field
	Heading table.Cell
	Index   int        // 0-based column of the sheet
	Unit    money.Unit // NoUnit when each cell says its own
	Places  int32      // decimals in which the column is written
	year    int        // that the heading names, 0 for none
	within  bool       // its heading stands under that of another column of numbers
}

// Binding joins a sheet with the schema that reads it.
type Binding struct {
	Sheet   *table.Sheet
	Table   *Table
	Layout  *Layout
	Columns []Column
	Rows    []table.Row // the data rows, as long as the sheet has columns
	lists   Lists
}

// Column returns the column bound to a field.
func (b *Binding) Column(fieldID string) (Column, bool) {
	for _, c := range b.Columns {
		if c.Field.ID == fieldID {
			return c, true
		}
	}
	return Column{}, false
}

// Bind finds the header of a sheet and what each column means. The binding is
// nil when the sheet cannot be read as this table at all.
func Bind(s *table.Sheet, t *Table, lists Lists) (*Binding, diag.List) {
	return BindLaid(s, t, lists, Lay(s, t.known))
}

func (t *Table) known(text string) bool { return t.FieldByLabel(text) != nil }

// BindLaid is Bind of a sheet whose parts were found already, by the headings of
// the same table.
func BindLaid(s *table.Sheet, t *Table, lists Lists, l *Layout) (*Binding, diag.List) {
	var list diag.List
	b := &Binding{Sheet: s, Table: t, Layout: l, lists: lists}
	if whole := s.Whole(); whole != nil {
		b.Layout.join(Lay(whole, t.known))
	}
	if len(b.Layout.Header) == 0 {
		f := HeaderMissing.At(diag.Place{File: s.File, Sheet: s.Name, Line: 1, Column: 1}, t.Name)
		if len(s.Rows) > 0 {
			f.Lines = []diag.Line{{Number: s.Rows[0].Line(), Cells: s.Rows[0].Texts(), Mark: -1}}
		}
		return nil, diag.List{f}
	}
	headings := b.Layout.Headings(s)
	for i, h := range headings {
		b.bindColumn(i, h, &list)
	}
	list.Add(b.unitsAgree(headings))
	for i := range t.Fields {
		f := &t.Fields[i]
		if _, ok := b.Column(f.ID); f.Required && !ok {
			first := s.Rows[b.Layout.Header[0]]
			d := s.Finding(MissingColumn, first[0], t.Name, f.Name)
			d.Lines = []diag.Line{{Number: first.Line(), Cells: first.Texts(), Mark: -1}}
			d.Rule = t.Place(f.ID)
			list.Add(d)
		}
	}
	b.takeRows(len(headings), &list)
	b.columnUnits(&list)
	if s.Whole() == nil {
		list.Add(b.Layout.Note(s))
	}
	return b, list
}

// join takes over what only the whole sheet tells of one of the tables that
// stand side by side: the unit above the first of them, and the row that numbers
// the columns of all.
func (l *Layout) join(whole *Layout) {
	if l.Unit == "" {
		l.Unit, l.unitAt = whole.Unit, whole.unitAt
	}
	for i, role := range whole.Roles {
		if role == Numbering && l.Roles[i] == Data {
			l.Roles[i] = Numbering
		}
	}
}

// neutral are heading words that say nothing of their own under a heading that
// names a field: 基本支出 over 小计 is basic expenditure.
var neutral = map[string]bool{"合计": true, "小计": true, "总计": true, "金额": true, "预算数": true, "决算数": true, "数额": true, "本年预算数": true}

// Match finds the field that a heading names: by the whole path of a merged
// heading; by an upper part when what stands under it is neutral; else by the
// lowest part. An upper part does not lend its name to a lower one of its own
// meaning: 人员经费 under 基本支出 is not basic expenditure.
func (t *Table) Match(h Heading) *Field {
	if len(h.Parts) == 0 {
		return nil
	}
	last := len(h.Parts) - 1
	for _, text := range []string{h.Path(), strings.Join(h.Parts, "")} {
		if f := t.named(text); f != nil {
			return f
		}
	}
	name, _ := label.SplitUnit(h.Parts[last])
	_, name = label.CutYear(label.Fold(name))
	if last > 0 && neutral[name] {
		// 合计 under 收入 is no name of an item: only numbers lend their names.
		own := t.named(h.Parts[last])
		for i := last - 1; i >= 0; i-- {
			if own != nil && saysAmount(h.Parts[i]) {
				continue // 金额（万元） over 决算数 lends its unit
			}
			if f := t.named(h.Parts[i]); f != nil && f.Type.Numeric() {
				return f
			}
		}
	}
	return t.named(h.Parts[last])
}

// saysAmount reports whether a heading says of what lies under it only that it is
// money.
func saysAmount(heading string) bool {
	name, _ := label.SplitUnit(heading)
	name = label.Fold(name)
	return name == "金额" || name == "数额"
}

// named finds the field that a text names, with or without a unit behind it.
func (t *Table) named(text string) *Field {
	if f := t.FieldByLabel(text); f != nil {
		return f
	}
	if name, unit := label.SplitUnit(text); unit != "" {
		return t.FieldByLabel(name)
	}
	return nil
}

// year is the year that a heading names, 0 for none.
func (h Heading) year() int {
	for _, p := range h.Parts {
		if y, _ := label.CutYear(label.Fold(p)); y > 0 {
			return y
		}
	}
	return 0
}

// Year is the year of whose numbers a heading speaks, 0 where it does not say.
func (h Heading) Year() int { return h.year() }

// headingUnit returns the unit written in a heading; ok is false when brackets
// hold something that should be a unit and is none.
func headingUnit(f *Field, h Heading) (u money.Unit, sign string, ok bool) {
	for _, part := range slices.Backward(h.Parts) {
		name, unit := label.SplitUnit(part)
		if unit == "" {
			continue
		}
		if u, found := money.UnitOf(unit); found {
			return u, unit, true
		}
		// （境） and the like belong to the name, not to the unit.
		if label.Fold(name) == label.Fold(f.Name.ZH) || slices.ContainsFunc(f.Aliases, func(a string) bool { return label.Fold(a) == label.Fold(name) }) {
			return money.NoUnit, unit, false
		}
	}
	return money.NoUnit, "", true
}

func (b *Binding) bindColumn(i int, h Heading, list *diag.List) {
	if len(h.Parts) == 0 {
		b.headless(i, list)
		return
	}
	f := b.Table.Match(h)
	if f == nil {
		b.unknown(i, h, list)
		return
	}
	if old, ok := b.Column(f.ID); ok {
		// Two years beside each other: the table is about the later one.
		if year := h.year(); year > 0 && old.year > 0 && year != old.year {
			if year < old.year {
				b.unknown(i, h, list)
				return
			}
			b.Columns = slices.DeleteFunc(b.Columns, func(c Column) bool { return c.Field == f })
			b.unknown(old.Index, Heading{Cell: old.Heading, Parts: []string{old.Heading.Text}}, list)
			b.bindColumn(i, h, list)
			return
		}
		// 一般公共预算 under 上年结转 is a part of that, beside 一般公共预算 itself.
		switch within := b.within(h, f); {
		case within && !old.within:
			b.unknown(i, h, list)
			return
		case !within && old.within:
			b.Columns = slices.DeleteFunc(b.Columns, func(c Column) bool { return c.Field == f })
			b.unknown(old.Index, Heading{Cell: old.Heading, Parts: []string{old.Heading.Text}}, list)
			b.bindColumn(i, h, list)
			return
		}
		list.Add(b.Sheet.Finding(DuplicateLabel, h.Cell, f.Name, old.Heading.Name(), h.Cell.Name()))
		return
	}
	u, sign, ok := headingUnit(f, h)
	if !ok && f.Type == TypeAmount {
		list.Add(b.Sheet.Finding(UnitUnknown, h.Cell, sign))
	}
	if u != money.NoUnit && f.Type.Numeric() && u.Kind() != f.Kind() {
		list.Add(b.Sheet.Finding(UnitMismatch, h.Cell, f.Name, sign))
		u = money.NoUnit
	}
	if u == money.NoUnit && f.Type == TypeAmount && b.Layout.Unit != "" {
		if u, ok = money.UnitOf(b.Layout.Unit); !ok {
			u = money.NoUnit
		}
	}
	if u == money.NoUnit {
		u = f.DefaultUnit()
	}
	b.Columns = append(b.Columns, Column{Field: f, Heading: h.Cell, Index: i, Unit: u, year: h.year(), within: b.within(h, f)})
}

// unitsAgree asks about a unit over the table that is that of none of its columns:
// all of them name another. One column in 元 among those in 万元 is usual.
func (b *Binding) unitsAgree(headings []Heading) *diag.Finding {
	over, ok := money.UnitOf(b.Layout.Unit)
	if !ok || over.Kind() != money.KindMoney {
		return nil
	}
	var first *Column
	for i := range b.Columns {
		c := &b.Columns[i]
		if c.Field.Type != TypeAmount {
			continue
		}
		u, _, _ := headingUnit(c.Field, headings[c.Index])
		if u == money.NoUnit || u == over {
			return nil
		}
		if first == nil {
			first = c
		}
	}
	if first == nil {
		return nil
	}
	return b.Sheet.Finding(UnitTwice, b.Layout.unitAt, first.Field.Name, first.Unit.Sign(), b.Layout.Unit)
}

// within reports whether a heading stands under that of another field that
// holds numbers.
func (b *Binding) within(h Heading, f *Field) bool {
	for _, p := range h.Parts[:len(h.Parts)-1] {
		if upper := b.Table.named(p); upper != nil && upper != f && upper.Type.Numeric() {
			return true
		}
	}
	return false
}

// unknown tells of a column that no field takes, if it holds anything.
func (b *Binding) unknown(i int, h Heading, list *diag.List) {
	n := b.filled(i)
	if n == 0 {
		return
	}
	d := b.Sheet.Finding(UnknownColumn, h.Cell, h.Cell.Text, n)
	if near := label.Nearest(h.Parts[len(h.Parts)-1], b.Table.Labels()); near != "" && near != h.Parts[len(h.Parts)-1] {
		d.Fix = lang.Sprintf(lang.Text{ZH: "是不是「%s」？若是，请改列名", EN: "did you mean %s? If so, rename the column"}, near)
	}
	list.Add(d)
}

// headless tells of a column that holds something under no heading.
func (b *Binding) headless(i int, list *diag.List) {
	n := b.filled(i)
	if n == 0 {
		return
	}
	for r, role := range b.Layout.Roles {
		if role == Data && textAt(b.Sheet.Rows[r], i) != "" {
			list.Add(b.Sheet.Finding(UnknownColumn, b.Sheet.Rows[r][i], table.ColumnName(int(b.Sheet.Rows[r][i].Col)), n))
			return
		}
	}
}

// filled counts the data cells of a column that hold anything.
func (b *Binding) filled(i int) int {
	n := 0
	for r, role := range b.Layout.Roles {
		if role == Data && textAt(b.Sheet.Rows[r], i) != "" {
			n++
		}
	}
	return n
}

// takeRows collects the data rows and tells rows that are shorter or longer
// than the header.
func (b *Binding) takeRows(width int, list *diag.List) {
	named := 0
	for _, c := range b.Columns {
		named = max(named, c.Index+1)
	}
	for i, role := range b.Layout.Roles {
		if role != Data {
			continue
		}
		r := b.Sheet.Rows[i]
		if len(r) < named {
			at := ""
			for _, c := range b.Columns {
				if c.Index >= len(r) {
					at = c.Field.Name.ZH
					break
				}
			}
			list.Add(b.Sheet.Finding(MissingCell, r[len(r)-1], named-len(r), at))
		}
		extra := 0
		var first table.Cell
		for j := width; j < len(r); j++ {
			if strings.TrimSpace(r[j].Text) != "" {
				if extra == 0 {
					first = r[j]
				}
				extra++
			}
		}
		if extra > 0 {
			list.Add(b.Sheet.Finding(ExtraCell, first, extra, first.Text))
		}
		b.Rows = append(b.Rows, b.Layout.Row(b.Sheet, i))
	}
}

// columnUnits finds the fineness of each column and tells amounts that have no
// unit in heading, unit line or cell.
func (b *Binding) columnUnits(list *diag.List) {
	for i := range b.Columns {
		c := &b.Columns[i]
		if !c.Field.Type.Numeric() {
			continue
		}
		finest := int32(0)
		bare := table.Cell{}
		for _, r := range b.Rows {
			if c.Index >= len(r) || r[c.Index].Text == "" {
				continue
			}
			cell := r[c.Index]
			if c.Unit == money.NoUnit && c.Field.Type == TypeAmount {
				if v, how, err := money.Parse(cell.Text, money.NoUnit, 0); err == nil && v.Known() && how&money.UnitInCell == 0 && !bare.Present() {
					bare = cell
				}
				continue
			}
			finest = max(finest, money.Places(cell.Text))
		}
		// Spreadsheets drop trailing zeros (8.60 becomes 8.6), so a cell counts as
		// written as finely as its column, up to the two decimals of the field.
		c.Places = min(finest, c.Unit.Places())
		if bare.Present() && !b.unitTold(c) {
			if b.Layout.Unit != "" {
				list.Add(b.Sheet.Finding(UnitUnknown, b.Layout.unitAt, b.Layout.Unit))
			} else {
				f := b.Sheet.Finding(UnitMissing, c.Heading, c.Field.Name)
				f.Rule = b.Table.Place(c.Field.ID)
				list.Add(f)
			}
		}
	}
}

// unitTold reports whether the heading's unit was already told to be unknown.
func (b *Binding) unitTold(c *Column) bool {
	_, unit := label.SplitUnit(c.Heading.Text)
	_, known := money.UnitOf(unit)
	return unit != "" && !known && b.Table.FieldByLabel(c.Heading.Text) == nil
}

var roleNames = map[RowRole]lang.Text{
	Blank: {ZH: "空行", EN: "blank"}, Title: {ZH: "标题", EN: "title"}, UnitLine: {ZH: "单位行", EN: "unit line"},
	Header: {ZH: "表头", EN: "header"}, Numbering: {ZH: "栏次行", EN: "column numbers"},
	Repeated: {ZH: "重复的表头", EN: "repeated header"}, Remark: {ZH: "表下的注", EN: "note"},
}

// Note lists the rows of a sheet that were not taken for data, unless the only
// one is the header on the first line.
func (l *Layout) Note(s *table.Sheet) *diag.Finding {
	var zh, en []string
	n, blank, first := 0, 0, s.First()
	for i, role := range l.Roles {
		if role == Data {
			continue
		}
		if role == Blank && i < first {
			blank++
			continue // of another table in the same sheet
		}
		n++
		at := strconv.Itoa(i + 1)
		zh = append(zh, "第 "+at+" 行"+roleNames[role].ZH)
		en = append(en, "row "+at+" "+roleNames[role].EN)
	}
	if n == 1 && l.Roles[0] == Header {
		return nil
	}
	return RowsSetAside.At(diag.Place{File: s.File, Sheet: s.Name, Line: 1, Column: 1}, len(l.Roles)-n-blank, n,
		lang.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")})
}

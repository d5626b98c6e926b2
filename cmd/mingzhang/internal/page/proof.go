package page

import (
	"fmt"
	"strconv"
	"strings"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/table"
)

// Proof is the page on which the figures of a department-year are proved: the
// computed ones with the formula that ran, then the files as they were handed
// in, so that each number leads to the cell it was read from.
type Proof struct {
	Base
	Department Link
	Year       Link
	Computed   []ProofGroup
	Sources    []Source
	JSON       string // the same for machines
}

// ProofGroup is the computed figures of one subject.
type ProofGroup struct {
	ID, Name string
	Items    []ProofItem
}

// ProofItem is how a computed figure was made.
type ProofItem struct {
	ID       string
	Label    string
	Num      *Num
	Names    []Phrase
	Numbers  []Phrase
	Exact    string // the unrounded value with its unit
	Interval string // for what it stands, when its inputs are rounded
	Sure     bool   // every printed digit is beyond doubt
	Rounding string
	Basis    string
	Plain    string
	Inputs   []Input
	Missing  []string
}

// Input is a figure that went into another.
type Input struct {
	Label string
	Num   *Num
}

// Source is a file as it was handed in.
type Source struct {
	Key      string
	File     string
	Sheet    string
	SHA256   string
	Encoding string
	Columns  []string // spreadsheet letters
	Rows     []SourceRow
	Withheld string // said when rows are kept from publication
}

// SourceRow is a row of a file.
type SourceRow struct {
	Number int // as a spreadsheet counts
	Head   bool
	Cells  []SourceCell
}

// SourceCell is a cell as written. A number has an id and a note that says how
// it was read.
type SourceCell struct {
	ID   string
	Text string
	Note string
}

// ProofPath is the address of the proofs of a department-year.
func ProofPath(slug string, year int) string { return YearPath(slug, year) + figure.ProofPage }

// JSONPath is the address of the same for machines.
func JSONPath(slug string, year int) string { return YearPath(slug, year) + "figures.json" }

// NewProof makes the proofs of a department-year.
func (c Context) NewProof(dy *fiscal.DepartmentYear) *Proof {
	dep := dy.Department
	title := fmt.Sprintf(c.say("%s%d年度数字的来历", "%s, %d: where the figures come from"), dep.Name, dy.Year)
	p := &Proof{Base: c.base("proof", ProofPath(dep.Slug, dy.Year), title, title)}
	c = c.on(&p.Base)
	p.Department = Link{Text: dep.Name, Href: p.in(dep.Slug + "/")}
	p.Year = Link{Text: fmt.Sprintf(c.say("%d年度", "%d"), dy.Year), Href: p.in(YearPath(dep.Slug, dy.Year))}
	p.Crumbs = append(p.Crumbs, p.Department, p.Year, Link{Text: c.say("数字的来历", "proofs"), Here: true})
	p.JSON = p.to(JSONPath(dep.Slug, dy.Year))
	p.Computed = c.computed(dy.Book)
	p.Sources = c.sources(dy)
	return p
}

func (c Context) computed(b *figure.Book) []ProofGroup {
	byTopic := map[int][]ProofItem{}
	for _, f := range b.All() {
		if f.Computed() && f.Formula.Table == "" {
			t := topicOf(f.Formula.Topic)
			byTopic[t] = append(byTopic[t], c.proofItem(f))
		}
	}
	var out []ProofGroup
	for i, t := range topicNames {
		if items := byTopic[i]; len(items) > 0 {
			out = append(out, ProofGroup{ID: "topic-" + t.id, Name: t.name.In(c.Lang), Items: items})
		}
	}
	return out
}

func (c Context) proofItem(f *figure.Figure) ProofItem {
	v := f.Value
	it := ProofItem{ID: f.ID, Label: f.Label.In(c.Lang), Num: c.num(f, true), Sure: true, Basis: f.Formula.Basis.In(c.Lang), Plain: f.Formula.Plain.In(c.Lang)}
	it.Num.Href = ""
	it.Names, it.Numbers = plainLine(f.Formula.Names(c.Lang)), c.line(f.Formula.Numbers(c.Lang))
	if textOf(it.Names) == textOf(it.Numbers) { // a constant
		it.Names = nil
	}
	for _, in := range f.Formula.Inputs {
		label := in.Label.In(c.Lang)
		if in.Home != f.Home && in.Home != "" {
			label = in.Home + " · " + label
		}
		it.Inputs = append(it.Inputs, Input{Label: label, Num: c.num(in, true)})
	}
	if !v.Known() {
		for _, m := range f.Formula.Missing {
			it.Missing = append(it.Missing, m.In(c.Lang))
		}
		return it
	}
	it.Exact = c.exact(v)
	it.Interval, it.Sure = v.IntervalText(), v.SureDigits(v.Places)
	it.Rounding = fmt.Sprintf(c.say("四舍五入到 %d 位小数（逢五远离零）", "rounded half away from zero to %d decimals"), v.Places)
	return it
}

// exact prints a number unrounded, with its unit.
func (c Context) exact(v money.Value) string {
	var space [64]byte
	return string(c.appendExact(space[:0], v))
}

func (c Context) appendExact(b []byte, v money.Value) []byte {
	b = v.AppendPlain(b)
	switch {
	case v.Unit == money.Percent:
		return append(b, '%')
	case v.Unit == money.NoUnit || v.Unit == money.Date:
		return b
	}
	return append(append(b, ' '), v.Unit.Name().In(c.Lang)...)
}

// spot is the place of a cell in its sheet.
type spot struct{ row, col int32 }

func spotOf(c table.Cell) spot { return spot{c.Row, c.Col} }

// sources shows the files of a department-year. Of a file that departments
// share, only this one's rows; rows marked 涉密 nowhere.
func (c Context) sources(dy *fiscal.DepartmentYear) []Source {
	notes := map[*table.Sheet]map[spot]*figure.Figure{}
	for _, f := range dy.Book.All() {
		if f.Cell == nil {
			continue
		}
		s := f.Cell.Sheet
		if notes[s] == nil {
			notes[s] = map[spot]*figure.Figure{}
		}
		notes[s][spotOf(f.Cell.Cell)] = f
	}
	var out []Source
	for _, t := range dy.Tables {
		keep := map[int32]bool{}
		for _, r := range t.Rows {
			if len(r) > 0 {
				keep[r[0].Row] = true
			}
		}
		sheet := t.Binding.Sheet
		known := map[int]bool{}
		for _, col := range t.Binding.Columns {
			known[col.Index] = true
		}
		s := c.source(sheet, t.Binding.Layout, notes[sheet], func(row int32, data bool) bool { return keep[row] || !data }, func(col int) bool { return known[col] })
		if t.Withheld > 0 {
			s.Withheld = c.say("本表有内容因涉密未公开。", "Parts of this table are withheld.")
		}
		out = append(out, s)
	}
	for _, st := range dy.Statements {
		if !st.Derived {
			out = append(out, c.source(st.Sheet, st.Layout, notes[st.Sheet], func(int32, bool) bool { return true }, func(int) bool { return true }))
		}
	}
	return out
}

func (c Context) source(sheet *table.Sheet, layout *schema.Layout, notes map[spot]*figure.Figure, keep func(row int32, data bool) bool, known func(col int) bool) Source {
	s := Source{Key: figure.SourceKey(sheet), File: sheet.File, Sheet: sheet.Name, SHA256: sheet.SHA256, Encoding: sheet.Encoding}
	width := 0
	s.Rows = make([]SourceRow, 0, len(sheet.Rows))
	for i, r := range sheet.Rows {
		data := i < len(layout.Roles) && layout.Roles[i] == schema.Data
		if r.Blank() || !keep(int32(i+1), data) {
			continue
		}
		row := SourceRow{Number: i + 1, Head: !data}
		inTable := i < len(layout.Roles) && (layout.Roles[i] == schema.Data || layout.Roles[i] == schema.Header || layout.Roles[i] == schema.Repeated)
		last := 0
		row.Cells = make([]SourceCell, 0, len(r))
		for j, cell := range r {
			text := strings.TrimSpace(cell.Text)
			if inTable && !known(j) {
				text = "" // a column that no table has is the department's own: a clerk's telephone list
			}
			sc := SourceCell{Text: text}
			if f := notes[spotOf(cell)]; f != nil {
				_, sc.ID, _ = strings.Cut(f.Address(), "#")
				sc.Note = c.reading(f)
			}
			if text != "" || sc.ID != "" {
				last = j + 1
			}
			row.Cells = append(row.Cells, sc)
		}
		row.Cells = row.Cells[:last]
		width = max(width, last)
		s.Rows = append(s.Rows, row)
	}
	for j := range width {
		s.Columns = append(s.Columns, table.ColumnName(j+1))
	}
	return s
}

// reading says where a cell stands and how it was read.
func (c Context) reading(f *figure.Figure) string {
	at := f.Cell.Cell
	var space [256]byte
	b := append(at.AppendName(space[:0]), c.say("（第", " (line ")...)
	b = append(strconv.AppendInt(b, int64(at.Line), 10), c.say("行第", ", character ")...)
	b = append(strconv.AppendInt(b, int64(at.Column), 10), c.say("字）读作 ", ") read as ")...)
	if f.Known() {
		b = c.appendExact(b, f.Value)
	} else {
		b = append(b, f.Value.State.Name().In(c.Lang)...)
	}
	if f.Stage != figure.NoStage {
		b = append(append(b, c.say("，", ", ")...), f.Stage.Name().In(c.Lang)...)
	}
	if f.Value.Known() && !f.Value.Exact() {
		b = f.Value.AppendInterval(append(b, c.say("，代表 ", ", stands for ")...))
	}
	return string(b)
}

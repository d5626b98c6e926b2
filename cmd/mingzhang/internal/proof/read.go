package proof

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/formula"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/table"
)

// File is figures.json as it was read.
type File struct {
	Department string              `json:"department"`
	Name       string              `json:"name"`
	Year       int                 `json:"year"`
	Files      []SourceFile        `json:"files"`
	Prior      map[string][]string `json:"prior"`
	Withheld   []string            `json:"withheld"`
	Rows       []Row               `json:"rows"`
	Figures    []*Figure           `json:"figures"`
}

// SourceFile is a file from which figures were read.
type SourceFile struct {
	File     string `json:"file"`
	Sheet    string `json:"sheet"`
	SHA256   string `json:"sha256"`
	Encoding string `json:"encoding"`
}

// Row is a row of figures, by which formulas select them.
type Row struct {
	Table string            `json:"table"`
	Key   string            `json:"key"`
	Label string            `json:"label"`
	Level string            `json:"level"`
	Attrs map[string]string `json:"attrs"`
	Cells map[string]string `json:"cells"`
}

// Figure is a figure as published.
type Figure struct {
	ID       string     `json:"id"`
	Label    string     `json:"label"`
	LabelEN  string     `json:"label_en"`
	Value    *string    `json:"value"`
	Unit     string     `json:"unit"`
	Decimals int32      `json:"decimals"`
	State    string     `json:"state"`
	Stage    string     `json:"stage"`
	Display  string     `json:"display"`
	Written  string     `json:"written"`
	Interval *[2]string `json:"interval"`
	CSV      string     `json:"csv"`
	Source   *Source    `json:"source"`
	Formula  string     `json:"formula"`
	Row      string     `json:"row"`
	Table    string     `json:"table"`
	Inputs   []string   `json:"inputs"`
	Names    string     `json:"names"`
	NamesEN  string     `json:"names_en"`
	Numbers  string     `json:"numbers"`
}

// Source is the cell from which a figure was read.
type Source struct {
	File     string `json:"file"`
	Sheet    string `json:"sheet"`
	Cell     string `json:"cell"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Heading  string `json:"heading"`
	Text     string `json:"text"`
	Unit     string `json:"unit"`
	Decimals int32  `json:"decimals"`
}

// Read parses figures.json.
func Read(data []byte) (*File, error) {
	if f, ok := parse(data); ok {
		return f, nil
	}
	f := &File{}
	if err := json.Unmarshal(data, f); err != nil {
		return nil, err
	}
	return f, nil
}

// Home is the folder of the department-year.
func (f *File) Home() string { return fmt.Sprintf("%s/%d", f.Department, f.Year) }

// Address is where the figure's proof stands, made from what the file says of
// its origin.
func (x *Figure) Address() string {
	f := &figure.Figure{ID: x.ID}
	if s := x.Source; s != nil {
		f.Cell = &figure.Cell{Sheet: &table.Sheet{File: s.File, Name: s.Sheet}, Cell: cellOf(s.Cell)}
	} else {
		f.Formula = &figure.Formula{Table: x.Table}
	}
	return f.Address()
}

// cellOf reads a spreadsheet name: D12.
func cellOf(name string) table.Cell {
	var c table.Cell
	for _, r := range name {
		switch {
		case r >= 'A' && r <= 'Z':
			c.Col = c.Col*26 + r - 'A' + 1
		case r >= '0' && r <= '9':
			c.Row = c.Row*10 + r - '0'
		}
	}
	return c
}

// Published is the value as the file states it.
func (x *Figure) Published() (money.Value, error) {
	u, ok := money.UnitOf(x.Unit)
	if !ok && x.Unit != "" {
		return money.Value{}, fmt.Errorf("unknown unit %q", x.Unit)
	}
	st, ok := money.StateOf(x.State)
	if !ok {
		return money.Value{}, fmt.Errorf("unknown state %q", x.State)
	}
	if st != money.Number {
		if x.Value != nil {
			return money.Value{}, fmt.Errorf("%s, and yet a value", x.State)
		}
		return money.Absent(st, u).As(u, x.Decimals), nil
	}
	if x.Value == nil {
		return money.Value{}, fmt.Errorf("a number without a value")
	}
	if u == money.Date {
		day, ok := schema.ParseDate(*x.Value)
		if !ok {
			return money.Value{}, fmt.Errorf("%q is no date", *x.Value)
		}
		return money.Day(day).As(u, x.Decimals), nil
	}
	n, err := decimal.NewFromString(*x.Value)
	if err != nil {
		return money.Value{}, fmt.Errorf("%q is no number", *x.Value)
	}
	if (x.State == "zero") != n.IsZero() {
		return money.Value{}, fmt.Errorf("the state is %s and the value %s", x.State, *x.Value)
	}
	v := money.Of(n, u).As(u, x.Decimals)
	if x.Interval != nil {
		lo, err1 := decimal.NewFromString(x.Interval[0])
		hi, err2 := decimal.NewFromString(x.Interval[1])
		if err1 != nil || err2 != nil {
			return money.Value{}, fmt.Errorf("the interval %v is no interval", *x.Interval)
		}
		v = v.Within(lo.Shift(u.Shift()), hi.Shift(u.Shift()))
	}
	return v, nil
}

// Reread reads the value again from the text of its cell.
func (x *Figure) Reread() (money.Value, error) {
	s := x.Source
	u, _ := money.UnitOf(s.Unit)
	if u == money.Date {
		if strings.TrimSpace(s.Text) == "" {
			return money.Absent(money.NotReported, u), nil
		}
		day, ok := schema.DateOf(s.Text)
		if !ok {
			return money.Value{}, fmt.Errorf("%q is no date", s.Text)
		}
		return money.Day(day), nil
	}
	v, _, err := money.Parse(s.Text, u, s.Decimals)
	if err != nil || v.Known() && v.Unit == money.NoUnit && strings.Trim(s.Text, "0123456789., ") != "" {
		if m, ok := money.ParseMeasure(s.Text); ok {
			return m, nil
		}
	}
	return v, err
}

// Evaluated is a figure rebuilt from the file.
type Evaluated struct {
	Figure *figure.Figure
	Result *formula.Result // nil for cells
	Err    error
}

// Rebuild makes the book of the department-year again: cells from their texts,
// computed figures by running their formulas. other finds a figure of another
// department-year.
func (f *File) Rebuild(other func(ref string) *figure.Figure) (*figure.Book, map[string]*Evaluated) {
	b := figure.NewBook(f.Home())
	for _, selector := range f.Withheld {
		b.HideSelector(selector)
	}
	out := make(map[string]*Evaluated, len(f.Figures))
	b.Prior = func(id string) *figure.Figure { return f.prior(b, id, other) }
	done := map[string]bool{}
	byID := map[string]*Figure{}
	for _, x := range f.Figures {
		byID[x.ID] = x
	}
	cell := func(id string) *figure.Figure {
		if strings.Contains(id, "#") {
			return other(id) // of another department-year
		}
		x := byID[id]
		if x == nil || x.Source == nil {
			return nil
		}
		return out[id].Figure
	}
	for _, x := range f.Figures {
		if x.Source == nil {
			continue
		}
		v, err := x.Reread()
		if u, ok := money.UnitOf(x.Unit); err == nil && ok && u.Kind() == v.Unit.Kind() && u.Kind() != money.KindCount {
			v.Unit = u // shown in the unit of its column
		}
		g := &figure.Figure{ID: x.ID, Home: b.Home, Label: lang.Same(x.Label), Column: lang.Same(x.Label), Value: v.As(v.Unit, x.Decimals), Written: x.Written, Stage: figure.Stage(x.Stage)}
		out[x.ID] = &Evaluated{Figure: g, Err: err}
	}
	for _, r := range f.Rows {
		row := &figure.Row{Table: r.Table, Key: r.Key, Label: lang.Same(r.Label), Level: figure.LevelOf(r.Level)}
		for name, value := range r.Attrs {
			row.Attrs = append(row.Attrs, figure.Attr{Name: name, Value: value})
		}
		for name, id := range r.Cells {
			if g := cell(id); g != nil {
				row.Names, row.Cells = append(row.Names, name), append(row.Cells, g)
			}
		}
		b.AddView(row)
	}
	for _, x := range f.Figures { // in the order in which they were entered
		if done[x.ID] {
			continue
		}
		done[x.ID] = true
		if e := out[x.ID]; e != nil {
			b.Add(e.Figure)
			continue
		}
		out[x.ID] = x.evaluate(b)
		if g := out[x.ID].Figure; g != nil {
			b.Add(g)
		}
	}
	return b, out
}

func (f *File) prior(b *figure.Book, id string, other func(string) *figure.Figure) *figure.Figure {
	refs := f.Prior[id]
	var parts []*figure.Figure
	for _, ref := range refs {
		home, own, _ := strings.Cut(ref, "#")
		g := b.Get(own)
		if home != b.Home {
			g = other(ref)
		}
		if g == nil {
			return nil
		}
		parts = append(parts, g)
	}
	switch len(parts) {
	case 0:
		return nil
	case 1:
		return parts[0]
	}
	return figure.Added(id, parts)
}

// evaluate runs the formula of a computed figure again.
func (x *Figure) evaluate(b *figure.Book) *Evaluated {
	g := &figure.Figure{ID: x.ID, Home: b.Home, Label: lang.Text{ZH: x.Label, EN: x.LabelEN}, Column: lang.Same(x.Label), Stage: figure.Stage(x.Stage)}
	e, err := compiled(x.Formula)
	if err != nil {
		return &Evaluated{Err: err}
	}
	s := formula.Scope{Book: b}
	if t, key, ok := strings.Cut(x.Row, "/"); ok {
		for _, r := range b.Table(t) {
			if r.Key == key {
				s.Row, s.Key = r, key
				break
			}
		}
	}
	res, err := e.Eval(s)
	if err != nil {
		return &Evaluated{Err: err}
	}
	u, _ := money.UnitOf(x.Unit)
	g.Value = res.Value
	if g.Value.Unit != u && g.Value.Unit.Kind() != u.Kind() && u == money.Points {
		g.Value = money.Of(g.Value.Base(), money.NoUnit).Within(g.Value.Lo(), g.Value.Hi())
		if !res.Value.Known() {
			g.Value = money.Absent(res.Value.State, money.NoUnit)
		}
	}
	g.Value = g.Value.As(u, x.Decimals)
	g.Formula = res.Formula()
	return &Evaluated{Figure: g, Result: res}
}

// Package schema says what the columns of a table mean and reads a sheet of
// cells into typed rows by it.
//
// A schema is data (standard/schema/*.toml): fields with Chinese and English
// names, aliases, type, stage and unit. Headings are matched by name or alias,
// never by position; an amount takes its unit from its heading, from the unit
// line above the table or from its own cell, and an amount without a unit is an
// error. Rows reach their structs through gocsv; every value keeps the cell it
// came from.
package schema

import (
	"fmt"
	"slices"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/tomlfile"
)

// Type is what the cells of a column hold.
type Type string

// The types of a field.
const (
	TypeText    Type = "text"
	TypeCode    Type = "code"    // digits that are a name: leading zeros count
	TypeAmount  Type = "amount"  // money; the unit must be said
	TypeCount   Type = "count"   // things; Unit is the schema's
	TypePercent Type = "percent" // a share, written with or without %
	TypeScore   Type = "score"   // points
	TypeDate    Type = "date"
	TypeMeasure Type = "measure" // a target or result: a number with whatever it counts, or words
	TypeYesNo   Type = "yesno"
	TypeChoice  Type = "choice" // one of a list of words, each with aliases
)

// Numeric reports whether cells of the type are read as numbers.
func (t Type) Numeric() bool {
	return t == TypeAmount || t == TypeCount || t == TypePercent || t == TypeScore
}

// Field is one column.
type Field struct {
	ID       string    `toml:"id"`
	Name     lang.Text `toml:"name"`
	Aliases  []string  `toml:"aliases"`
	Type     Type      `toml:"type"`
	Stage    string    `toml:"stage"`   // original, adjusted or outturn, where the number has one
	Unit     string    `toml:"unit"`    // what a count counts
	Choices  string    `toml:"choices"` // id of the list for TypeChoice
	Open     bool      `toml:"open"`    // a choice that may also be any other text
	Own      bool      `toml:"own"`     // the body's own words, such as names of projects
	Class    bool      `toml:"class"`   // a code of a classification: 类, 款 and 项 in digits
	Required bool      `toml:"required"`
	Template bool      `toml:"template"` // stands in the file that "new" writes
	Example  string    `toml:"example"`
	About    lang.Text `toml:"about"`
}

// DefaultUnit is the unit of a numeric field that says none itself. Amounts
// have none: their unit must be written.
func (f *Field) DefaultUnit() money.Unit {
	switch f.Type {
	case TypePercent:
		return money.Percent
	case TypeScore:
		return money.Points
	case TypeCount:
		u, _ := money.UnitOf(f.Unit)
		return u
	}
	return money.NoUnit
}

// Kind is the kind of unit that a numeric field takes.
func (f *Field) Kind() money.Kind {
	switch f.Type {
	case TypeAmount:
		return money.KindMoney
	case TypePercent:
		return money.KindShare
	case TypeScore:
		return money.KindScore
	case TypeCount:
		return f.DefaultUnit().Kind()
	}
	return money.KindNone
}

// Table is the schema of one table of the data contract.
type Table struct {
	ID      string    `toml:"id"`
	Name    lang.Text `toml:"name"`
	Aliases []string  `toml:"aliases"`
	Row     lang.Text `toml:"row"` // what one row is
	About   lang.Text `toml:"about"`
	Key     []string  `toml:"key"`   // fields that together name a row
	Site    bool      `toml:"site"`  // stands once in data/, not in a year's folder
	Stock   bool      `toml:"stock"` // what there is on a day: it may well be the same a year later
	Fields  []Field   `toml:"fields"`

	File    string `toml:"-"` // where the schema stands, for findings
	byLabel map[string]*Field
	lines   *tomlfile.File
}

// Load reads a schema. Choice lists are resolved later, when rows are bound.
func Load(file string, data []byte, common []Field) (*Table, diag.List) {
	t := &Table{File: file}
	f, list := tomlfile.Decode(file, data, t)
	t.lines = f
	if list.HasErrors() {
		return t, list
	}
	for i := range t.Fields {
		switch field := &t.Fields[i]; field.Type {
		case TypeText, TypeCode, TypeAmount, TypeCount, TypePercent, TypeScore, TypeDate, TypeMeasure, TypeYesNo, TypeChoice:
			if _, ok := money.UnitOf(field.Unit); field.Unit != "" && !ok {
				list.Add(f.Wrong(fmt.Sprintf("fields[%d].unit", i), lang.Text{ZH: "没有这个单位", EN: "no such unit"}))
			}
		default:
			list.Add(f.Wrong(fmt.Sprintf("fields[%d].type", i), lang.Text{ZH: "没有这种类型", EN: "no such type"}))
		}
	}
	t.Fields = append(t.Fields, common...)
	if err := t.Index(); err != nil {
		list.Add(f.Wrong("fields", lang.Same(err.Error())))
	}
	return t, list
}

// Index prepares the look-up of fields by heading. Two fields may not share a
// name.
func (t *Table) Index() error {
	t.byLabel = map[string]*Field{}
	for i := range t.Fields {
		field := &t.Fields[i]
		for _, name := range append([]string{field.ID, field.Name.ZH, field.Name.EN}, field.Aliases...) {
			key := label.Fold(name)
			if old := t.byLabel[key]; old != nil && old != field {
				return fmt.Errorf("%s names both %s and %s", name, old.ID, field.ID)
			}
			t.byLabel[key] = field
		}
	}
	return nil
}

// Field returns the field with the given id, or nil.
func (t *Table) Field(id string) *Field {
	for i := range t.Fields {
		if t.Fields[i].ID == id {
			return &t.Fields[i]
		}
	}
	return nil
}

// FieldByLabel returns the field that a heading names, with or without a year
// before its name (2024年预算数), or nil.
func (t *Table) FieldByLabel(heading string) *Field {
	key := label.Fold(heading)
	if f := t.byLabel[key]; f != nil {
		return f
	}
	if year, name := label.CutYear(key); year > 0 {
		return t.byLabel[name]
	}
	return nil
}

// LabelKeys returns the forms under which a heading is looked up: folded, and
// without the year before it.
func LabelKeys(heading string) (key, bare string) {
	key = label.Fold(heading)
	if year, name := label.CutYear(key); year > 0 {
		bare = name
	}
	return key, bare
}

// Knows reports whether a heading of these keys names a field.
func (t *Table) Knows(key, bare string) bool {
	return t.byLabel[key] != nil || bare != "" && t.byLabel[bare] != nil
}

// Place returns where a field is declared.
func (t *Table) Place(fieldID string) diag.Place {
	for i := range t.Fields {
		if t.Fields[i].ID == fieldID && t.lines != nil {
			return t.lines.Place(fmt.Sprintf("fields[%d].id", i))
		}
	}
	return diag.Place{File: t.File}
}

// Labels lists the Chinese headings of the table, for "did you mean".
func (t *Table) Labels() []string {
	out := make([]string, len(t.Fields))
	for i, f := range t.Fields {
		out[i] = f.Name.ZH
	}
	return out
}

// Option is one word of a closed list.
type Option struct {
	ID      string    `toml:"id"`
	Name    lang.Text `toml:"name"`
	Aliases []string  `toml:"aliases"`
}

// List is a closed list of words that a column may hold.
type List struct {
	ID     string   `toml:"id"`
	Values []Option `toml:"values"`
	index  map[string]int
	words  []string
}

// Index prepares the list for look-ups; two choices may not share a writing.
func (l *List) Index() error {
	l.index, l.words = map[string]int{}, nil
	for i, c := range l.Values {
		l.words = append(append(l.words, c.Name.ZH), c.Aliases...)
		for _, name := range append([]string{c.ID, c.Name.ZH, c.Name.EN}, c.Aliases...) {
			key := label.Fold(name)
			if key == "" {
				continue
			}
			if at, ok := l.index[key]; ok && at != i {
				return fmt.Errorf("list %s: %q names both %s and %s", l.ID, name, l.Values[at].ID, c.ID)
			}
			l.index[key] = i
		}
	}
	return nil
}

// Find returns the choice that a text names.
func (l *List) Find(text string) (*Option, bool) {
	i, ok := l.index[label.Fold(text)]
	if !ok {
		return nil, false
	}
	return &l.Values[i], true
}

// Words lists the writings of the choices, once the list is prepared.
func (l *List) Words() []string { return slices.Clip(l.words) }

// Names lists the Chinese names of the choices.
func (l *List) Names() []string {
	out := make([]string, len(l.Values))
	for i, c := range l.Values {
		out[i] = c.Name.ZH
	}
	return out
}

// Lists holds the choice lists by id.
type Lists map[string]*List

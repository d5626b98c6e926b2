package indicator

import (
	"strings"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/formula"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// Compute enters the facts and indicators of a department-year into its book.
func (c *Catalogue) Compute(b *figure.Book, year int) diag.List {
	return c.compute(b, year, func(*Definition) bool { return true })
}

func (c *Catalogue) compute(b *figure.Book, year int, wanted func(*Definition) bool) diag.List {
	var list diag.List
	each := map[string][]group{} // figures are entered, and no rows
	words, nameOf := c.Words, c.nameOf
	for _, defs := range [][]*Definition{c.Facts, c.Indicators} {
		for _, d := range defs {
			if !wanted(d) {
				continue
			}
			if d.With != "" && len(b.Table(d.With)) == 0 {
				continue // nobody has to report it
			}
			if d.Each == "" {
				list.Add(d.enter(b, formula.Scope{Book: b, Words: words, Name: nameOf}, "", lang.Text{}))
				continue
			}
			if _, ok := each[d.Each]; !ok {
				each[d.Each] = c.groups(b, d.Each, year)
			}
			for _, g := range each[d.Each] {
				row := ""
				if g.row != nil {
					row = d.Each + "/" + g.key
				}
				list.Add(d.enter(b, formula.Scope{Book: b, Row: g.row, Group: true, Key: g.key, Words: words, Name: nameOf}, row, g.name))
			}
		}
	}
	return list
}

// enter computes one figure. row names the row for which it is computed, blank
// outside of one. A figure that the book already holds, because a
// cell has the same id, is left as disclosed.
func (d *Definition) enter(b *figure.Book, s formula.Scope, row string, name lang.Text) *diag.Finding {
	id := strings.ReplaceAll(d.ID, "{row}", s.Key)
	if b.Has(id) {
		return nil
	}
	v, by, err := d.expr.Prove(s)
	if err != nil {
		return BadFormula.At(d.Place, d.ID, lang.Explain(err))
	}
	label := d.Name.Filled("{name}", name)
	f := figure.Figure{ID: id, Label: label, Column: label, Value: d.shown(v, by.Inputs), Stage: d.Stage}.Proved(&by)
	f.Formula.Source = strings.ReplaceAll(d.Formula, "{row}", s.Key)
	f.Formula.Basis, f.Formula.Plain, f.Formula.Topic, f.Formula.Row = d.Basis, d.Plain, d.Topic, row
	b.Add(f)
	return nil
}

// shown gives a result the unit and decimals in which it is printed.
func (d *Definition) shown(v money.Value, inputs []*figure.Figure) money.Value {
	u := v.Unit
	if d.unit != money.NoUnit {
		u = d.unit
	} else if u == money.NoUnit && len(inputs) > 0 && !v.Known() {
		u = inputs[0].Value.Unit
	}
	places := u.Places()
	if u == money.Yuan { // a sum of yuan shows what its summands show
		places = 0
		for _, in := range inputs {
			if in.Value.Unit == money.Yuan {
				places = max(places, in.Value.Places)
			}
		}
		if len(inputs) == 0 || strings.Contains(d.Formula, " / ") {
			places = 2
		}
	}
	if d.Places != nil {
		places = *d.Places
	}
	return v.As(u, places)
}

// group is a row, or several lines taken together, for which a definition makes
// a figure.
type group struct {
	key  string
	name lang.Text
	row  *figure.Row
}

// groups lists what a definition is evaluated for: the counted rows of a table,
// or the classes (类) of a classification that occur among the lines.
func (c *Catalogue) groups(b *figure.Book, each string, year int) []group {
	if each == "function" || each == "economic" {
		return c.classes(b, each, year)
	}
	var out []group
	for _, r := range b.Table(each) {
		if r.Level == figure.Leaf || r.Level == figure.Parent && each == "three-public" {
			out = append(out, group{key: r.Key, name: r.Label, row: r})
		}
	}
	return out
}

func (c *Catalogue) classes(b *figure.Book, attribute string, year int) []group {
	var out []group
	seen := map[string]bool{}
	for _, r := range b.Table("expenditure") {
		code := r.Attr(attribute)
		if len(code) < 3 || r.Level != figure.Leaf || seen[code[:3]] {
			continue
		}
		class := code[:3]
		seen[class] = true
		name := c.Names(attribute, class, year)
		for _, p := range b.Table("expenditure") {
			if p.Attr(attribute) == class { // the name as disclosed goes first
				name = p.Label.ZH
				break
			}
		}
		if name == "" {
			name = class
		}
		out = append(out, group{key: class, name: lang.Same(name)})
	}
	return out
}

// Figures lists the figures that a definition made in a book.
func (c *Catalogue) Figures(d *Definition, b *figure.Book) []*figure.Figure {
	return c.Finder(b)(d)
}

// Finder is Figures for many definitions, which are made for the same few rows and
// classes.
func (c *Catalogue) Finder(b *figure.Book) func(*Definition) []*figure.Figure {
	keys := map[string][]string{}
	return func(d *Definition) []*figure.Figure {
		if d.Each == "" {
			if f := b.Get(d.ID); f != nil {
				return []*figure.Figure{f}
			}
			return nil
		}
		list, ok := keys[d.Each]
		if !ok {
			for _, g := range c.groups(b, d.Each, 0) {
				list = append(list, g.key)
			}
			keys[d.Each] = list
		}
		var out []*figure.Figure
		for _, key := range list {
			if f := b.Get(strings.ReplaceAll(d.ID, "{row}", key)); f != nil {
				out = append(out, f)
			}
		}
		return out
	}
}

// Package indicator turns definitions, which are data, into figures. A
// definition has an id, a name in both languages, a formula, a unit, a
// direction, a basis and plain words; a site adds or overrides definitions in
// data/standard/indicators.toml without a line of code.
//
// Facts come first: the figures that are gathered from the cells of one table.
// Indicators are computed from facts and cells.
package indicator

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/formula"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/standard"
	"mingzhang/cmd/mingzhang/internal/tomlfile"
)

// Definition says how a figure is computed.
type Definition struct {
	ID        string            `toml:"id"` // {row} is the key of the row or group
	IDs       map[string]string `toml:"ids"`
	Name      lang.Text         `toml:"name"` // {name} is the name of the row or group
	Formula   string            `toml:"formula"`
	Unit      string            `toml:"unit"` // blank: that of the inputs
	Places    *int32            `toml:"places"`
	Direction string            `toml:"direction"` // higher, lower or neutral is better
	Basis     lang.Text         `toml:"basis"`
	Plain     lang.Text         `toml:"plain"`
	Each      string            `toml:"each"` // one figure for each row of this table or group of lines
	With      string            `toml:"with"` // only where the book has this table
	Stages    bool              `toml:"stages"`
	Topic     string            `toml:"topic"`
	Key       int               `toml:"key"` // rank among the key figures of a department-year, 0 = none
	Fact      bool              `toml:"-"`
	Stage     figure.Stage      `toml:"-"`
	Place     diag.Place        `toml:"-"`

	expr *formula.Expr
	unit money.Unit
}

// Single reports whether the definition makes one figure per department-year,
// so that all departments can be compared by it.
func (d *Definition) Single() bool { return d.Each == "" }

// Constant reports whether the definition looks at no data at all.
func (d *Definition) Constant() bool { return len(d.expr.Refs()) == 0 }

// Catalogue holds the definitions in the order of computation.
type Catalogue struct {
	Facts      []*Definition
	Indicators []*Definition
	byID       map[string]*Definition
	selectors  map[string]lang.Text // what selectors gather, in words
	back       func() *lookingBack  // of the definitions as they are when first asked
	// Names names a class (类) of a classification in a year; the built-in code
	// lists unless a site has its own.
	Names func(classification, code string, year int) string
}

func builtinNames(classification, code string, year int) string {
	if classification == "economic" {
		return standard.Economics().Name(code, year)
	}
	return standard.Functions().Name(code, year)
}

// Places lists where some definitions stand in the catalogue: facts, then
// indicators.
func (c *Catalogue) Places(some func(*Definition) bool) []int {
	var out []int
	for i, d := range slices.Concat(c.Facts, c.Indicators) {
		if some(d) {
			out = append(out, i)
		}
	}
	return out
}

// Find returns the definition with an id as written in the catalogue.
func (c *Catalogue) Find(id string) (*Definition, bool) {
	d, ok := c.byID[id]
	return d, ok
}

// Knows reports whether some definition makes figures of this id; {row} in it
// stands for any row.
func (c *Catalogue) Knows(id string) bool {
	if c.byID[id] != nil {
		return true
	}
	parts := strings.Split(id, "/")
	for _, defs := range [][]*Definition{c.Facts, c.Indicators} {
		for _, d := range defs {
			own := strings.Split(d.ID, "/")
			if len(own) != len(parts) {
				continue
			}
			fits := true
			for i := range own {
				fits = fits && (own[i] == parts[i] || own[i] == "{row}")
			}
			if fits {
				return true
			}
		}
	}
	return false
}

type document struct {
	Facts      []*Definition `toml:"facts"`
	Indicators []*Definition `toml:"indicators"`
	Selectors  []struct {
		Selector string    `toml:"selector"`
		Name     lang.Text `toml:"name"`
	} `toml:"selectors"`
}

// Load reads the embedded definitions and lays the site's own over them: a
// definition with a known id replaces it, others are added at the end.
func Load(siteFile string, site []byte) (*Catalogue, diag.List) {
	c := &Catalogue{byID: map[string]*Definition{}, selectors: map[string]lang.Text{}, Names: builtinNames}
	c.back = sync.OnceValue(c.lookBack)
	var list diag.List
	for _, name := range []string{"facts.toml", "indicators.toml"} {
		list.Add(c.read("standard/"+name, standard.Read(name))...)
	}
	if list.HasErrors() {
		panic(fmt.Sprintf("indicator: embedded definitions: %s: %s", list[0].Place, list[0].Headline.EN))
	}
	if site != nil {
		list.Add(c.read(siteFile, site)...)
	}
	return c, list
}

func (c *Catalogue) read(file string, data []byte) diag.List {
	var doc document
	f, list := tomlfile.Decode(file, data, &doc)
	for _, x := range doc.Selectors {
		c.selectors[x.Selector] = x.Name
	}
	for i, d := range doc.Facts {
		d.Fact = true
		c.enter(d, f, fmt.Sprintf("facts[%d]", i), &list)
	}
	for i, d := range doc.Indicators {
		c.enter(d, f, fmt.Sprintf("indicators[%d]", i), &list)
	}
	return list
}

func (c *Catalogue) enter(d *Definition, f *tomlfile.File, path string, list *diag.List) {
	d.Place = f.Place(path + ".id")
	variants := []*Definition{d}
	if d.Stages {
		variants = nil
		for _, s := range figure.Stages {
			variants = append(variants, d.at(s))
		}
	}
	for _, v := range variants {
		if err := v.compile(); err != nil {
			list.Add(BadFormula.At(f.Place(path+".formula"), v.ID, lang.Explain(err)))
			continue
		}
		if u := v.Unit; u != "" {
			unit, ok := money.UnitOf(u)
			if !ok {
				list.Add(f.Wrong(path+".unit", lang.Text{ZH: "没有这个单位", EN: "no such unit"}))
				continue
			}
			v.unit = unit
		}
		if !v.Fact && v.Each == "" && strings.Contains(v.ID, "{row}") {
			list.Add(f.Wrong(path+".id", lang.Text{ZH: "有 {row} 就要写 each", EN: "{row} needs each"}))
			continue
		}
		c.put(v)
	}
}

// at returns the definition for one stage.
func (d *Definition) at(s figure.Stage) *Definition {
	v := *d
	v.Stage, v.Stages = s, false
	name := s.Name()
	v.ID = strings.ReplaceAll(d.ID, "{stage}", string(s))
	if id := d.IDs[string(s)]; id != "" {
		v.ID = id
	}
	v.Formula = strings.ReplaceAll(d.Formula, "{stage}", string(s))
	v.Name = lang.Text{ZH: strings.ReplaceAll(d.Name.ZH, "{stage}", name.ZH), EN: strings.ReplaceAll(d.Name.EN, "{stage}", name.EN)}
	return &v
}

func (d *Definition) compile() (err error) {
	d.expr, err = formula.Compile(d.Formula)
	return err
}

// Drop takes out the definitions that need a table which the site does not have.
func (c *Catalogue) Drop(table string) {
	for _, list := range []*[]*Definition{&c.Facts, &c.Indicators} {
		*list = slices.DeleteFunc(*list, func(d *Definition) bool {
			if d.With == table {
				delete(c.byID, d.ID)
			}
			return d.With == table
		})
	}
}

func (c *Catalogue) put(d *Definition) {
	list := &c.Indicators
	if d.Fact {
		list = &c.Facts
	}
	if old := c.byID[d.ID]; old != nil {
		for i, have := range *list {
			if have == old {
				(*list)[i] = d
			}
		}
	} else {
		*list = append(*list, d)
	}
	c.byID[d.ID] = d
}

// BadFormula is raised for a definition whose formula does not compile or run.
var BadFormula = &diag.Code{
	Word: "bad-formula", Severity: diag.Error, Since: "0.1.0",
	Headline: lang.Text{ZH: "指标「%s」的公式不能运行：%s", EN: "the formula of %s does not run: %s"},
	Why:      lang.Text{ZH: "网站公布的算式就是实际运行的算式，算不通就不能公布", EN: "the formula that is published is the one that runs"},
	Fix:      lang.Text{ZH: "核对公式里的名称和括号；可用的名称见 mingzhang explain --facts", EN: "check names and brackets in the formula"},
}

// Codes lists the findings of this package.
var Codes = []*diag.Code{BadFormula}

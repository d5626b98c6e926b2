// Package score turns rubrics, which are data, into points with reasons. A
// rubric (评分表) is a list of items with weights; each item has parts of one of
// nine kinds. A part becomes a formula of package formula, so that its points
// are figures like any others: proved, linked, and evaluated again by verify.
//
// Grades are taken on unrounded values. What is missing is not scored: it earns
// nothing and is never taken for full marks.
package score

import (
	"fmt"
	"path"
	"strings"

	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/formula"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/standard"
	"mingzhang/cmd/mingzhang/internal/tomlfile"
)

// Kind is how a part is scored.
type Kind string

// The kinds of part. A gate stands on an item, not among its parts.
const (
	Checklist Kind = "checklist"  // judged points, one or several
	CountDown Kind = "count_down" // so much off for each miss
	Ratio     Kind = "ratio"      // weight × value, with a cap
	Banded    Kind = "bands"      // a grading scale with open and closed edges
	Excess    Kind = "excess"     // full marks up to an allowance, then so much off per percentage point
	Paced     Kind = "paced"      // period rates against targets, and their mean
	List      Kind = "list"       // the department's own indicators with their points
	Manual    Kind = "manual"     // judged, with a reason
)

// Rubric is a scoring table of one jurisdiction and span of years.
type Rubric struct {
	ID      string          `toml:"id"`
	Name    lang.Text       `toml:"name"`
	Status  string          `toml:"status"` // verified, unverified, reconstructed or excerpt
	Note    lang.Text       `toml:"note"`
	Scope   string          `toml:"scope"` // department or project
	From    int             `toml:"from"`  // first and last year, 0 for open
	Until   int             `toml:"until"`
	Total   decimal.Decimal `toml:"total"`
	Round   Rounding        `toml:"round"`
	Columns []string        `toml:"columns"`
	Grades  []Grade         `toml:"grades"`
	Items   []*Item         `toml:"items"`

	Place diag.Place `toml:"-"`
	total *formula.Expr
}

// Rounding says to how many decimals points are rounded, and when: each item,
// or only the total as it is shown.
type Rounding struct {
	Places int32  `toml:"places"`
	At     string `toml:"at"` // item or total
}

// Grade is a word for totals from a number on.
type Grade struct {
	From decimal.Decimal `toml:"from"`
	Name lang.Text       `toml:"name"`
}

// Item is a line of the rubric.
type Item struct {
	ID     string          `toml:"id"`
	Path   []lang.Text     `toml:"path"` // its levels; the last is its own name
	Weight decimal.Decimal `toml:"weight"`
	Gate   *Gate           `toml:"gate"`
	Parts  []*Part         `toml:"parts"`

	expr *formula.Expr
	lost *formula.Expr
}

// Name is the item's own name.
func (it *Item) Name() lang.Text { return it.Path[len(it.Path)-1] }

// Gate gives an item nothing, or full marks, when something is found.
type Gate struct {
	When   string    `toml:"when"`   // a condition
	Review []string  `toml:"review"` // or: a row of the table 评价 with a score of zero
	Then   string    `toml:"then"`   // zero or full
	Text   lang.Text `toml:"text"`
}

// Part is a part of an item that is scored by one rule.
type Part struct {
	ID           string           `toml:"id"` // blank when the item has one part
	Name         lang.Text        `toml:"name"`
	Kind         Kind             `toml:"kind"`
	Weight       decimal.Decimal  `toml:"weight"`
	Standard     lang.Text        `toml:"standard"` // the rule in words
	Review       []string         `toml:"review"`   // names under which people judged it
	Value        string           `toml:"value"`    // a formula
	Count        string           `toml:"count"`    // a formula for the number of misses
	Per          decimal.Decimal  `toml:"per"`
	Cap          string           `toml:"cap"`
	ZeroIfOver   bool             `toml:"zero_if_over"`
	FullAtOrOver string           `toml:"full_at_or_above"`
	Bands        string           `toml:"bands"`
	Free         string           `toml:"free"`
	PerPoint     *decimal.Decimal `toml:"per_point"`
	Values       []string         `toml:"values"`
	Targets      []string         `toml:"targets"`
	Each         decimal.Decimal  `toml:"each"`
	Capped       bool             `toml:"capped"`
	Mean         *Mean            `toml:"mean"`
	Where        string           `toml:"where"` // which goals a list takes
	Checks       []Check          `toml:"checks"`

	item   *Item
	source string
	expr   *formula.Expr
	bands  formula.Bands
	value  *formula.Expr   // Value alone, for reasons
	gaps   []*formula.Expr // how far the value is from the edge of each band
	over   *formula.Expr   // how far it is beyond the allowance
	mean   *formula.Expr   // the points of the mean
	paces  []*formula.Expr // the period rates
	lost   *formula.Expr   // what it is short of its weight
}

// Source is the formula of the part.
func (p *Part) Source() string { return p.source }

// Mean is the part of a paced rule that looks at the mean of all periods.
type Mean struct {
	Of     string          `toml:"of"` // raw or paced
	Weight decimal.Decimal `toml:"weight"`
}

// Check is a point of a checklist that is judged on its own.
type Check struct {
	Name   string          `toml:"name"`
	Points decimal.Decimal `toml:"points"`
}

// Covers reports whether the rubric holds for a year.
func (r *Rubric) Covers(year int) bool {
	return (r.From == 0 || year >= r.From) && (r.Until == 0 || year <= r.Until)
}

// Book is the rubrics in force, by id.
type Book struct {
	List []*Rubric
	byID map[string]*Rubric
}

// Find returns a rubric by its id.
func (b *Book) Find(id string) (*Rubric, bool) {
	r, ok := b.byID[id]
	return r, ok
}

// IDs lists the rubrics' ids.
func (b *Book) IDs() []string {
	var out []string
	for _, r := range b.List {
		out = append(out, r.ID)
	}
	return out
}

// Of returns the rubric that a department's list of ids names for a year, nil
// when none is named, and the ids that no rubric has.
func (b *Book) Of(ids string, year int) (r *Rubric, unknown []string) {
	for _, id := range strings.FieldsFunc(ids, func(c rune) bool { return strings.ContainsRune("、,，;；| ", c) }) {
		found, ok := b.byID[id]
		if !ok {
			unknown = append(unknown, id)
		} else if r == nil && found.Covers(year) {
			r = found
		}
	}
	return r, unknown
}

// Load reads the embedded rubrics and a site's own: one with a known id replaces
// it, others are added. exists tells whether a formula's name stands for
// something that a department-year can have.
func Load(site map[string][]byte, order []string, exists func(ref string) bool) (*Book, diag.List) {
	b := &Book{byID: map[string]*Rubric{}}
	var list diag.List
	for _, name := range standard.Rubrics() {
		list.Add(b.read("standard/"+name, standard.Read(name), exists)...)
	}
	if list.HasErrors() {
		panic(fmt.Sprintf("score: embedded rubrics: %s: %s", list[0].Place, list[0].Headline.EN))
	}
	for _, name := range order {
		list.Add(b.read(name, site[name], exists)...)
	}
	return b, list
}

func (b *Book) read(file string, data []byte, exists func(string) bool) diag.List {
	r := &Rubric{}
	f, list := tomlfile.Decode(file, data, r)
	if list.HasErrors() {
		return list
	}
	r.Place = f.Place("id")
	if r.ID == "" {
		r.ID = strings.TrimSuffix(path.Base(file), ".toml")
	}
	list.Add(r.prepare(f, exists)...)
	if list.HasErrors() {
		return list
	}
	if old := b.byID[r.ID]; old != nil {
		for i := range b.List {
			if b.List[i] == old {
				b.List[i] = r
			}
		}
	} else {
		b.List = append(b.List, r)
	}
	b.byID[r.ID] = r
	return list
}

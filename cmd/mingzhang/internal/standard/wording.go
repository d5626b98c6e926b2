package standard

import "sync"

// Subject is one thing with the names under which texts speak of it.
type Subject struct {
	ID     string            `toml:"id"`
	Stages bool              `toml:"stages"` // the figure's id is ID/stage
	Totals map[string]string `toml:"totals"` // by stage, figures with ids of their own
	Names  []string          `toml:"names"`
	Counts bool              `toml:"counts"` // things or people, not money
	// Tables is by stage the figures of statutory tables that say the same.
	Tables map[string][]string `toml:"tables"`
	Sole   bool                `toml:"sole"` // the name says whose money and all of it: another number of the tables is another thing
}

// Figure returns the id of the term's figure at a stage, or "": a term that stands in
// statutory tables alone has none.
func (t *Subject) Figure(stage string) string {
	switch {
	case t.Tables != nil && !t.Stages && t.Totals == nil:
		return ""
	case t.Totals != nil:
		return t.Totals[stage]
	case !t.Stages:
		return t.ID
	case stage == "":
		return ""
	}
	return t.ID + "/" + stage
}

// Rate is a ratio with its names.
type Rate struct {
	ID     string   `toml:"id"`
	Names  []string `toml:"names"`
	Change bool     `toml:"change"` // (now − base) ÷ base
	Beside bool     `toml:"beside"` // n ÷ (others + n)
}

// Stage is the words for one moment of a number.
type Stage struct {
	ID    string   `toml:"id"`
	Words []string `toml:"words"`
}

// Parts is words for parts of one whole.
type Parts struct {
	Parts []string `toml:"parts"`
	All   int      `toml:"all"`   // of the parts tell the whole; 0 where that is not known
	Apart bool     `toml:"apart"` // two parts under one of the words are none: 行政处罚、行政强制
}

// Wording is the words of the field: names that mean one thing, and words that
// say what a number is.
type Wording struct {
	Terms  []*Subject `toml:"terms"`
	Rates  []*Rate    `toml:"rates"`
	Stages []*Stage   `toml:"stages"`
	Words  struct {
		Whole   []string `toml:"whole"`
		Part    []string `toml:"part"`
		Up      []string `toml:"up"`
		Down    []string `toml:"down"`
		Even    []string `toml:"even"`
		Openers []string `toml:"openers"`
		Partial []string `toml:"partial"`
		Reasons []string `toml:"reasons"`
	} `toml:"words"`
	Partitions []Parts `toml:"partitions"` // parts that make up a whole by definition
	Overlaps   []Parts `toml:"overlaps"`   // parts that stand inside each other
}

// Words returns the embedded wording.
var Words = sync.OnceValue(func() *Wording {
	var g Wording
	mustDecode("wording.toml", &g)
	return &g
})

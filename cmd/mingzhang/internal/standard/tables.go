// Package standard holds the state's tables and the house's own, embedded and
// dated: table schemas, word lists, classification codes, the registry of
// disclosure tables, indicators, rubrics and the glossary. All of it is data
// that a finance officer could dictate; SOURCES.md says where each part comes
// from and what is not verified. A site extends or overrides parts of it in
// data/standard/.
package standard

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"
	"sync"

	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/tomlfile"
)

//go:embed schema/*.toml rubrics/*.toml *.toml
var files embed.FS

// Tables holds the schemas of the data contract.
type Tables struct {
	all   []*schema.Table
	index map[string]*schema.Table
}

// All lists the tables in the order of the contract.
func (t *Tables) All() []*schema.Table { return t.all }

// Find returns the table that an id, a name or an alias names.
func (t *Tables) Find(name string) (*schema.Table, bool) {
	s, ok := t.index[label.Fold(name)]
	return s, ok
}

// Get returns a table of the contract by its id; it must exist.
func (t *Tables) Get(id string) *schema.Table {
	s, ok := t.index[id]
	if !ok {
		panic("standard: no table " + id)
	}
	return s
}

// contractOrder is the order in which the contract's tables are listed to
// people: from money in to money out, then what it achieved.
var contractOrder = []string{
	"departments", "income", "expenditure", "balances", "projects", "execution", "three-public", "procurement",
	"assets", "staffing", "goals", "services", "disclosures", "review", "prior", "waivers", "population", "price-index",
}

// Contract returns the embedded schemas and word lists. The embedded files are
// part of the program, so a fault in them is a panic; a test reads them all.
var Contract = sync.OnceValues(func() (*Tables, schema.Lists) {
	lists := loadLists()
	var common struct{ Fields []schema.Field }
	mustDecode("schema/common.toml", &common)
	names, err := fs.Glob(files, "schema/*.toml")
	if err != nil {
		panic(err)
	}
	t := &Tables{index: map[string]*schema.Table{}}
	for _, name := range names {
		if path.Base(name) == "common.toml" {
			continue
		}
		data := mustRead(name)
		site := strings.Contains(string(data), "\nsite = true\n")
		fields := common.Fields
		if site {
			fields = nil
		}
		s, list := schema.Load("standard/"+name, data, fields)
		if list.HasErrors() {
			panic(fmt.Sprintf("standard: %s: %s", name, list[0].Headline.EN))
		}
		t.all = append(t.all, s)
		for _, n := range append([]string{s.ID, s.Name.ZH, s.Name.EN}, s.Aliases...) {
			key := label.Fold(n)
			if old := t.index[key]; old != nil && old != s {
				if s.Site || old.Site { // 部门 is a table of the site, 项目 one of a year
					continue
				}
				panic(fmt.Sprintf("standard: %q names both %s and %s", n, old.ID, s.ID))
			}
			t.index[key] = s
		}
	}
	rank := map[string]int{}
	for i, id := range contractOrder {
		rank[id] = i + 1
	}
	sort.SliceStable(t.all, func(i, j int) bool { return rank[t.all[i].ID] < rank[t.all[j].ID] })
	return t, lists
})

func loadLists() schema.Lists {
	var doc struct{ Lists []*schema.List }
	mustDecode("choices.toml", &doc)
	out := schema.Lists{}
	for _, l := range doc.Lists {
		if err := l.Index(); err != nil {
			panic("standard: " + err.Error())
		}
		out[l.ID] = l
	}
	return out
}

func mustRead(name string) []byte {
	data, err := files.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return data
}

func mustDecode(name string, v any) *tomlfile.File {
	f, list := tomlfile.Decode("standard/"+name, mustRead(name), v)
	if list.HasErrors() {
		panic(fmt.Sprintf("standard: %s: %s", list[0].Place, list[0].Headline.EN))
	}
	return f
}

// Read returns an embedded file of the standard tables, such as
// "indicators.toml", for packages that own its meaning.
func Read(name string) []byte { return mustRead(name) }

// Rubrics lists the files of the embedded rubrics.
func Rubrics() []string {
	names, err := fs.Glob(files, "rubrics/*.toml")
	if err != nil {
		panic(err) // the pattern is ours
	}
	return names
}

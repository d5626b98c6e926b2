package standard

import (
	"bytes"
	"embed"
	"encoding/csv"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"

	"mingzhang/cmd/mingzhang/internal/label"
)

//go:embed codes/*.csv
var codeFiles embed.FS

// Entry is one classification code in the years in which it had this name.
type Entry struct {
	Code      string
	Name      string
	From      int // first fiscal year, 0 = no known limit
	Until     int // last fiscal year, 0 = no known limit
	Aliases   []string
	Successor []string
	// Evidence grades the entry from A (code and name seen together in a recent
	// document) to E (general knowledge only); see SOURCES.md.
	Evidence string
	// DatesUnverified tells that From and Until are from general knowledge.
	DatesUnverified bool
}

// Parent returns the code one level up: 2010301 → 20103 → 201 → "".
func Parent(code string) string {
	if len(code) <= 3 {
		return ""
	}
	return code[:len(code)-2]
}

// Dictionary is one classification over the years.
type Dictionary struct {
	ID     string
	byCode map[string][]*Entry
	byName map[string][]*Entry
	codes  []string
	// succeeded lists the entries that name a code as their successor.
	succeeded map[string][]*Entry
}

// In returns the entry of a code in a fiscal year; year 0 means the newest.
func (d *Dictionary) In(code string, year int) (*Entry, bool) {
	list := d.byCode[code]
	for _, e := range list {
		if (e.From == 0 || year == 0 || year >= e.From) && (e.Until == 0 || year != 0 && year <= e.Until) {
			return e, true
		}
	}
	if len(list) > 0 && year == 0 {
		return list[len(list)-1], true
	}
	return nil, false
}

// Predecessors lists the codes that a code replaced in or before a fiscal year.
func (d *Dictionary) Predecessors(code string, year int) []string {
	var out []string
	for _, e := range d.succeeded[code] {
		if e.Until == 0 || e.Until < year {
			out = append(out, e.Code)
		}
	}
	return out
}

// Any returns all entries of a code, whatever the year.
func (d *Dictionary) Any(code string) []*Entry { return d.byCode[code] }

// Named returns the entries with a name or alias.
func (d *Dictionary) Named(name string) []*Entry { return d.byName[label.Fold(name)] }

// Codes lists all codes in order.
func (d *Dictionary) Codes() []string { return d.codes }

// Name returns the name of a code in a year, or the nearest known one, or "".
func (d *Dictionary) Name(code string, year int) string {
	if e, ok := d.In(code, year); ok {
		return e.Name
	}
	if list := d.byCode[code]; len(list) > 0 {
		return list[len(list)-1].Name
	}
	return ""
}

// Functions is the functional classification of expenditure.
var Functions = sync.OnceValue(func() *Dictionary { return loadDictionary("functions") })

// Economics is the departments' economic classification of expenditure.
var Economics = sync.OnceValue(func() *Dictionary { return loadDictionary("economic-department") })

// GovernmentEconomics is the government's economic classification.
var GovernmentEconomics = sync.OnceValue(func() *Dictionary { return loadDictionary("economic-government") })

func loadDictionary(id string) *Dictionary {
	data, err := codeFiles.ReadFile("codes/" + id + ".csv")
	if err != nil {
		panic(err)
	}
	d := &Dictionary{ID: id, byCode: map[string][]*Entry{}, byName: map[string][]*Entry{}, succeeded: map[string][]*Entry{}}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		panic("standard: " + id + ": " + err.Error())
	}
	for _, r := range rows[1:] {
		d.Add(&Entry{
			Code: r[0], Name: r[1], From: year(r[2]), Until: year(r[3]),
			Aliases: split(r[4]), Successor: split(r[5]), Evidence: r[6], DatesUnverified: r[7] == "unverified",
		})
	}
	d.sort()
	return d
}

// Clone returns a copy to which a site can add its own codes.
func (d *Dictionary) Clone() *Dictionary {
	c := &Dictionary{ID: d.ID, byCode: map[string][]*Entry{}, byName: map[string][]*Entry{}, succeeded: map[string][]*Entry{}}
	for _, code := range d.codes {
		for _, e := range d.byCode[code] {
			c.Add(e)
		}
	}
	return c
}

// Replace enters a site's own entry: it takes the place of the built-in entries
// of its code and reports whether there were any.
func (d *Dictionary) Replace(e *Entry) (replaced bool) {
	replaced = len(d.byCode[e.Code]) > 0
	for _, old := range d.byCode[e.Code] {
		for _, n := range append([]string{old.Name}, old.Aliases...) {
			key := label.Fold(n)
			d.byName[key] = slices.DeleteFunc(d.byName[key], func(x *Entry) bool { return x == old })
		}
	}
	if replaced {
		d.byCode[e.Code] = d.byCode[e.Code][:0:0]
		d.codes = slices.DeleteFunc(d.codes, func(c string) bool { return c == e.Code })
	}
	d.Add(e)
	d.sort()
	return replaced
}

// Add enters an entry.
func (d *Dictionary) Add(e *Entry) {
	if len(d.byCode[e.Code]) == 0 {
		d.codes = append(d.codes, e.Code)
	}
	d.byCode[e.Code] = append(d.byCode[e.Code], e)
	for _, s := range e.Successor {
		if s != e.Code {
			d.succeeded[s] = append(d.succeeded[s], e)
		}
	}
	for _, n := range append([]string{e.Name}, e.Aliases...) {
		key := label.Fold(n)
		d.byName[key] = append(d.byName[key], e)
	}
}

func (d *Dictionary) sort() {
	sort.Strings(d.codes)
	for _, list := range d.byCode {
		sort.SliceStable(list, func(i, j int) bool { return list[i].From < list[j].From })
	}
}

func year(s string) int {
	y, _ := strconv.Atoi(s)
	return y
}

func split(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

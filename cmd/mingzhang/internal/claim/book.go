package claim

import (
	"slices"
	"strings"
	"sync"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/standard"
)

// Book is the figures of a department-year, found by the names under which
// texts speak of them and by their values. What few texts ask for is made when
// it is asked for.
type Book struct {
	year    int
	figures *figure.Book
	all     []*figure.Figure // those that the book held at first: looking at the year before may add to it
	lines   []*figure.Row

	naming    sync.Once
	names     map[string]*figure.Figure // by folded name
	known     []string                  // the names that people may be shown
	listing   sync.Once
	rows      map[string][]*figure.Row // by folded label
	itemising sync.Once
	byItem    map[string][]*figure.Row // see itemRows
	valuing   sync.Once
	values    valued
}

// stageWords are the words for stages in references: 公用经费全年预算数.
var stageWords = []struct {
	stage string
	words []string
}{
	{"original", []string{"年初预算数", "年初预算", "预算数"}},
	{"adjusted", []string{"全年预算数", "全年预算", "调整预算数", "调整后预算数"}},
	{"outturn", []string{"决算数", "执行数", "决算", "实际支出", "支出决算"}},
}

func stageNames(stage figure.Stage) []string {
	for _, w := range stageWords {
		if w.stage == string(stage) {
			return w.words
		}
	}
	return nil
}

// NewBook makes the figures of a department-year ready to be found.
func NewBook(b *figure.Book, year int) *Book {
	return &Book{year: year, figures: b, all: b.All(), lines: b.Rows}
}

// named is the figures by name.
func (k *Book) named() map[string]*figure.Figure {
	k.naming.Do(func() {
		k.names = make(map[string]*figure.Figure, 3*len(k.all))
		k.enterFacts()
		k.enterWords()
		k.enterRows()
		for _, f := range k.all {
			k.enter(f.Label.ZH, f, false)
		}
	})
	return k.names
}

// labelled is the rows by label.
func (k *Book) labelled() map[string][]*figure.Row {
	k.listing.Do(func() {
		k.rows = make(map[string][]*figure.Row, len(k.lines))
		for _, r := range k.lines {
			if r.View {
				continue
			}
			row := label.Fold(r.Label.ZH)
			k.rows[row] = append(k.rows[row], r)
			if short := strings.TrimSuffix(row, "项目"); short != row {
				k.rows[short] = append(k.rows[short], r)
			}
		}
	})
	return k.rows
}

// enter gives a figure a name; the first figure of a name keeps it.
func (k *Book) enter(name string, f *figure.Figure, show bool) {
	if k.enterFolded(label.Fold(name), f) && show {
		k.known = append(k.known, name)
	}
}

func (k *Book) enterFolded(key string, f *figure.Figure) bool {
	if key == "" || k.names[key] != nil {
		return false
	}
	k.names[key] = f
	return true
}

// enterFacts names computed figures and totals, which go before rows of one
// name.
func (k *Book) enterFacts() {
	for _, f := range k.all {
		if key := label.Fold(f.ID); key != f.ID { // else the book of figures finds it
			k.names[key] = f
		}
		if f.Computed() && f.Formula.Table == "" {
			k.enter(f.Label.ZH, f, true)
		}
	}
}

// enterWords names figures by the glossary.
func (k *Book) enterWords() {
	g := glossary()
	for _, t := range g.Terms {
		for _, w := range stageWords {
			f := k.figures.Get(t.Figure(w.stage))
			if f == nil {
				continue
			}
			for _, n := range g.folded[t] {
				if !t.Stages && t.Totals == nil {
					k.enterFolded(n, f)
					continue
				}
				for _, word := range w.words {
					k.enterFolded(n+word, f)
				}
			}
		}
	}
	for _, r := range g.Rates {
		if f := k.figures.Get(r.ID); f != nil {
			for _, n := range r.Names {
				k.enter(n, f, false)
			}
		}
	}
}

// enterRows names figures by table, row and column: 项目/劳务派遣/执行数. Names
// are folded piece by piece, since the same few headings stand in all of them.
func (k *Book) enterRows() {
	tables := map[string]string{}
	contract, _ := standard.Contract()
	for _, t := range contract.All() {
		tables[t.ID] = t.Name.ZH
		tables[strings.TrimSuffix(t.ID, "s")] = t.Name.ZH
	}
	columns := map[string]string{} // folded
	byKey := map[string]*figure.Row{}
	for _, r := range k.lines {
		if r.View {
			continue
		}
		byKey[r.Table+"/"+r.Key] = r
		row := label.Fold(r.Label.ZH)
		table := label.Fold(tables[r.Table])
		for _, f := range r.Cells {
			if f.Column.ZH == "" {
				continue
			}
			column, ok := columns[f.Column.ZH]
			if !ok {
				column = label.Fold(f.Column.ZH)
				columns[f.Column.ZH] = column
			}
			path := table + "/" + row + "/" + column
			if k.enterFolded(path, f) && table != "" {
				k.known = append(k.known, tables[r.Table]+"/"+r.Label.ZH+"/"+f.Column.ZH)
			}
			k.enterFolded(path[len(table)+1:], f)
			k.enterFolded(row+column, f)
			for _, w := range stageNames(f.Stage) {
				path := table + "/" + row + "/" + w
				k.enterFolded(path, f)
				k.enterFolded(row+w, f)
			}
		}
	}
	for _, f := range k.all {
		i := strings.LastIndexByte(f.ID, '/')
		if !f.Computed() || i < 0 {
			continue
		}
		r := byKey[f.ID[:i]]
		if r == nil {
			continue
		}
		if own, ok := strings.CutPrefix(f.Label.ZH, r.Label.ZH); ok && own != "" {
			k.enter(tables[r.Table]+"/"+r.Label.ZH+"/"+own, f, true)
			k.enter(r.Label.ZH+"/"+own, f, false)
		}
	}
}

// Find returns the figure that a name means. Without one it suggests a name
// that was probably meant.
func (k *Book) Find(name string) (f *figure.Figure, suggestion string) {
	key := label.Fold(name)
	if f := k.figures.Get(key); f != nil {
		return f, ""
	}
	if f := k.named()[key]; f != nil {
		return f, ""
	}
	if f := k.named()[strings.ReplaceAll(key, "/", "")]; f != nil {
		return f, ""
	}
	for _, w := range []string{"上年", "去年", "上年度", "last-year/", "last-year"} {
		rest, ok := strings.CutPrefix(key, w)
		if !ok || rest == "" {
			continue
		}
		rest = strings.TrimLeft(rest, "/的")
		now, hint := k.Find(rest)
		if now == nil {
			if hint != "" {
				hint = "上年 " + hint
			}
			return nil, hint
		}
		return k.before(now.ID), ""
	}
	k.named()
	return nil, label.Nearest(name, k.known)
}

// before returns a figure of the year before, nil when there is none.
func (k *Book) before(id string) *figure.Figure {
	if k.figures.Prior == nil {
		return nil
	}
	return k.figures.Before(id)
}

// row returns the row that a name means, in one of some tables.
func (k *Book) row(name string, tables ...string) *figure.Row {
	for _, r := range k.labelled()[label.Fold(name)] {
		if len(tables) == 0 || slices.Contains(tables, r.Table) {
			return r
		}
	}
	return nil
}

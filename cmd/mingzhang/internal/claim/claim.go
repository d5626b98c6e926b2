// Package claim reads the numbers of a text and holds them against each other
// and against the figures of a site.
//
// A text is laid out in blocks (text.go), its numbers are found (scan.go), each
// is given what it does in its sentence and of what it speaks (role.go), and
// then the statements between numbers are computed again: rates of change
// (growth.go), completion and shares (ratio.go, exceed.go), totals and their parts
// (sum.go, unopened.go), over sentences (sequel.go, parts.go) and numbered paragraphs
// (outline.go) and in tables (row.go, grid.go), both sides of a budget (balance.go,
// gathered.go), arithmetic that is written out (equation.go), the way from one
// budget to the next (bridge.go), points (score.go, deduct.go), averages
// (average.go), names that are counted (roll.go), what is said twice (repeat.go) or of
// several things alike (odd.go), changes that are none (steady.go), years that are
// wrong (year.go).
// Where there is a site, each is held against its figures (book.go): by name and by
// value (bind.go, values.go), as an item or a class of the tables (item.go, misnamed.go,
// class.go), as a part of a budget that only they tell (spent.go), and where nothing
// agrees against those that are written almost alike (near.go).
//
// All arithmetic is done on rounding intervals: a number is only called wrong when
// no numbers behind the printed ones could give it. Where a sentence can be read in
// several ways, one reading that holds is enough.
//
// Everything looks back over a bounded number of numbers, so that the work is
// linear in the length of the text.
package claim

import (
	"slices"
	"strings"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// Verdict is what can be said of a number.
type Verdict uint8

// The verdicts.
const (
	Unbound      Verdict = iota // a number of which nothing can be said
	NotData                     // a date, a numbering, a document's number, a name
	Equal                       // it is what the arithmetic or the data give
	ByRounding                  // it differs within the rounding of the numbers behind it
	WithoutPower                // it agrees, but the rounding is so coarse that this says little
	Otherwise                   // stated once here and otherwise there
	OffByPower                  // off by a power of ten: unit or point
	Contradicts                 // it cannot be
)

var verdictNames = [...]struct {
	word string
	name lang.Text
}{
	Unbound:      {"unbound", lang.Text{ZH: "无从核对", EN: "unbound"}},
	NotData:      {"not-data", lang.Text{ZH: "不是数据", EN: "not data"}},
	Equal:        {"equal", lang.Text{ZH: "相等", EN: "equal"}},
	ByRounding:   {"by-rounding", lang.Text{ZH: "在四舍五入范围内", EN: "consistent by rounding"}},
	WithoutPower: {"without-power", lang.Text{ZH: "相符但太粗，说明不了什么", EN: "consistent without power"}},
	Otherwise:    {"inconsistent", lang.Text{ZH: "前后不一", EN: "inconsistent within the text"}},
	OffByPower:   {"off-by-power", lang.Text{ZH: "差十的几次方倍（单位）", EN: "off by a power of ten (unit)"}},
	Contradicts:  {"contradicts", lang.Text{ZH: "对不上", EN: "contradicts"}},
}

// Verdicts lists the verdicts in the order in which they are counted.
var Verdicts = []Verdict{Equal, ByRounding, WithoutPower, OffByPower, Contradicts, Otherwise, NotData, Unbound}

// String returns the verdict's lasting word.
func (v Verdict) String() string { return verdictNames[v].word }

// Name returns the verdict as people read it.
func (v Verdict) Name() lang.Text { return verdictNames[v].name }

// MarshalText renders the verdict's word.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// Number is a number of a text with what can be said of it.
type Number struct {
	Line    int     `json:"line"`               // 1-based
	Column  int     `json:"column"`             // 1-based, in characters
	Text    string  `json:"text"`               // as written, with its unit
	Verdict Verdict `json:"verdict"`            //
	Why     string  `json:"not_data,omitempty"` // what it is when it is no data: date, document, numbering, code, name, threshold
	Value   string  `json:"value,omitempty"`    // the number in its unit, without commas
	Unit    string  `json:"unit,omitempty"`     //
	Role    string  `json:"role,omitempty"`     // what it does in its sentence
	Subject string  `json:"subject,omitempty"`  // of what it speaks
	Stage   string  `json:"stage,omitempty"`    // original, adjusted, outturn, budget
	Year    int     `json:"year,omitempty"`     //
	Sum     string  `json:"arithmetic,omitempty"`
	Figure  string  `json:"figure,omitempty"` // the figure to which it is bound
	Held    string  `json:"held,omitempty"`   // that figure's value
	Sure    string  `json:"sure,omitempty"`   // how sure the binding is: named, value

	From, Till int            `json:"-"` // characters of the text, with the unit
	Bound      *figure.Figure `json:"-"`
}

// Report is what was found in a text.
type Report struct {
	File     string
	Numbers  []Number
	Findings diag.List
	Counts   map[Verdict]int
}

// finding is a fault before it has a place.
type finding struct {
	code       *diag.Code
	from, till int // in the script; of the token when that is set
	token      *token
	args       []any
	sum        lang.Text
	expected   string
	fix        lang.Text
	related    []*token
}

// analysis is one text being read.
type analysis struct {
	*script
	file     string
	first    int // lines of the file before the text
	year     int // of which the text speaks
	tokens   []*token
	data     []*token // without what is no data
	begins   []int    // where the data of each block begin; one more than blocks
	adjusted []*token // amounts of the year's budget; gathered when first asked for
	under    []int    // the year of the heading above each block
	levels   map[string][]*token
	numbers  []blockNumber // see numberOf
	findings []*finding
}

// Options say what is known beside the text.
type Options struct {
	File  string
	First int // lines of the file before the text
	Year  int // of the report; 0 takes the year that the text names most
	// Markdown says that an empty line ends a paragraph. In the text of a PDF it
	// may as well be the end of a page.
	Markdown bool
	Book     *Book // the figures of the department-year, if there is a site
}

// Read judges the numbers of a text.
func Read(text string, o Options) *Report {
	a := &analysis{script: read(text, o.Markdown), file: o.File, first: o.First, year: o.Year, levels: map[string][]*token{}}
	defer a.leave()
	a.tokens = scan(a.script)
	for _, t := range a.tokens {
		if t.why == "" {
			t.index = len(a.data)
			a.data = append(a.data, t)
		}
	}
	a.begins = make([]int, len(a.blocks)+1)
	for b, n := 0, 0; b <= len(a.blocks); b++ {
		for n < len(a.data) && a.data[n].block < b {
			n++
		}
		a.begins[b] = n
	}
	if a.year == 0 {
		a.year = a.mainYear()
	}
	a.adopt()
	finish(a.data)
	a.assign()
	for _, t := range a.data {
		if t.role == level && t.subject != "" {
			a.levels[t.subject] = append(a.levels[t.subject], t)
		}
	}
	a.growths()
	a.sums()
	a.scores()
	a.bridges()
	a.balances()
	a.sides()
	a.gathered()
	a.equations()
	a.saved()
	a.debts()
	a.satisfied()
	a.rates()
	a.shares()
	a.divisions()
	a.points()
	a.comparisons()
	a.gaps()
	a.unexplained()
	a.averages()
	a.outlines()
	a.rolls()
	a.grids()
	a.listedSums()
	a.repeats()
	a.identities()
	a.doubtful()
	a.steady()
	a.unitless()
	a.numbering()
	a.tables()
	a.leftover()
	a.staleYears(o.Year)
	a.cutYears()
	a.names()
	a.progress()
	a.unspent()
	if o.Book != nil {
		a.bind(o.Book)
		a.spentOf(o.Book)
		a.misnamed(o.Book)
		a.nearly(o.Book)
	}
	a.itemsTwice() // what the tables contradict says more
	a.odd()
	return a.report()
}

// of lists the data of a block.
func (a *analysis) of(block int) []*token { return a.data[a.begins[block]:a.begins[block+1]] }

// mainYear is the year of which a text speaks most.
func (a *analysis) mainYear() int {
	count, best := map[int]int{}, 0
	for _, t := range a.tokens {
		if t.why == "date" && t.to-t.from == 4 {
			y := int(t.n.IntPart())
			count[y]++
			if count[y] > count[best] || count[y] == count[best] && y > best {
				best = y
			}
		}
	}
	return best
}

// settle gives a number a verdict that lets it stand, unless it has a better or
// a worse one.
func (a *analysis) settle(t *token, v Verdict, sum string) {
	if t == nil || t.verdict != Unbound && (t.verdict == Contradicts || t.verdict == OffByPower || t.verdict == Otherwise || t.verdict <= v) {
		return
	}
	t.verdict, t.sum = v, sum
}

// add notes a finding. A number gets one finding only: the first.
func (a *analysis) add(f *finding) {
	if f.token != nil {
		if f.token.finding != nil {
			return
		}
		f.token.finding = f
		f.from, f.till = f.token.from, f.token.till
	}
	a.findings = append(a.findings, f)
}

// slipped tells of a number that is off by a power of ten.
func (a *analysis) slipped(t *token, power int32, sum string, related []*token) {
	factor := "10"
	if power < 0 {
		power = -power
	}
	factor += strings.Repeat("0", int(power)-1)
	a.add(&finding{code: UnitSlip, token: t, args: []any{a.quote(t), money.Grouped(factor)}, sum: lang.Same(sum), related: related})
	t.verdict = OffByPower
}

// quote is a number as written, with the word that says what it does.
func (a *analysis) quote(t *token) string {
	s := a.written(t.from, t.till)
	if t.role == growth || t.role == difference {
		if t.rate == "" {
			if _, verb, _ := directionAt(t.clause); verb != "" {
				return verb + s
			}
		}
	}
	if t.role == share {
		return "占" + s
	}
	return s
}

func (a *analysis) subjectOf(t *token) string {
	if t.named != "" {
		return t.named
	}
	return strings.Trim(t.clause, "，、：其中和 ")
}

// place names the line of a number.
func (a *analysis) place(t *token) string {
	line, _ := a.place2(t.from)
	return "第 " + money.Trim(money.Int(int64(line), money.NoUnit).Num()) + " 行"
}

func (a *analysis) place2(at int) (line, column int) {
	l, c := a.script.place(a.at[min(at, len(a.at)-1)])
	return l + a.first, c
}

var roleNames = [...]string{plain: "", level: "amount", base: "base", difference: "change", growth: "growth", pointsDiff: "points", share: "share", rate: "rate", listed: "listed"}

// report puts everything in the order of the text.
func (a *analysis) report() *Report {
	r := &Report{File: a.file, Counts: map[Verdict]int{}, Numbers: slices.Grow([]Number(nil), len(a.tokens))}
	for _, t := range a.tokens {
		line, column := a.place2(t.from)
		n := Number{Line: line, Column: column, Text: a.written(t.from, t.till), Verdict: t.verdict, Why: t.why, From: int(a.at[t.from]), Till: int(a.at[t.till-1]) + 1}
		if t.why != "" {
			n.Verdict = NotData
		} else {
			n.Value, n.Unit, n.Role = t.value.Plain(), t.measure, roleNames[t.role]
			n.Subject, n.Stage, n.Year, n.Sum = t.named, t.stage, t.year, t.sum
			n.Held, n.Sure = t.held, t.sure
			if t.figure != nil {
				n.Bound, n.Figure = t.figure, t.figure.Home+"#"+t.figure.ID
			}
		}
		r.Counts[n.Verdict]++
		r.Numbers = append(r.Numbers, n)
	}
	inOrder(a.findings)
	for _, f := range a.findings {
		r.Findings.Add(a.diagnose(f))
	}
	return r
}

// diagnose gives a finding its place, its line and its arithmetic.
func (a *analysis) diagnose(f *finding) *diag.Finding {
	line, column := a.place2(f.from)
	d := f.code.At(diag.Place{File: a.file, Line: line, Column: column}, f.args...)
	d.Value, d.Expected, d.Sum = a.written(f.from, f.till), f.expected, f.sum
	d.Lines = []diag.Line{a.around(f, line)}
	d.Key = d.Value
	if !f.fix.IsZero() {
		d.Fix = f.fix
	}
	for i, t := range f.related {
		if i == 6 {
			break
		}
		l, c := a.place2(t.from)
		d.Related = append(d.Related, diag.Related{Place: diag.Place{File: a.file, Line: l, Column: c}, Note: lang.Same(a.words(t))})
	}
	return d
}

// words is a number with what leads to it.
func (a *analysis) words(t *token) string {
	c := []rune(strings.Trim(t.clause, "，、：；"))
	if len(c) > 16 {
		c = c[len(c)-16:]
	}
	return string(c) + a.written(t.from, t.till)
}

// around quotes a finding with the words beside it.
func (a *analysis) around(f *finding, line int) diag.Line {
	from, till := f.from, f.till
	for from > 0 && f.from-from < 18 && a.r[from-1] != '\n' {
		from--
	}
	for till < len(a.r) && till-f.till < 10 && a.r[till] != '\n' {
		till++
	}
	return diag.Line{Number: line, Cells: []string{a.written(from, f.from), a.written(f.from, f.till), a.written(f.till, till)}, Mark: 1}
}

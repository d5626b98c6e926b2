package page

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// Narrative is a Markdown text ready to print.
type Narrative struct {
	Pieces   []Prose
	Headings []Heading
	Title    string
	Author   string
	Date     string
	Source   string

	missing []int
}

// Prose is a piece of a text: HTML, or what the page puts in its place.
type Prose struct {
	HTML  template.HTML
	Num   *Num   // a figure to which the text refers
	Claim *Claim // a number that was typed
	Chart *Chart
	Table *Table
}

// Claim is a number that someone typed, with what can be said of it.
type Claim struct {
	Text    string // as written, with its unit
	Href    string // its proof, when the figures hold it
	Verdict string // equal, by-rounding, without-power, unbound, …
	Title   string // the verdict in words, for those who point at it
}

// Manuscript is a narrative before it stands on a page.
type Manuscript struct {
	Pieces   func() []ManuscriptPiece // made when a page is: who only checks a text needs none
	Headings []Heading
	Title    string
	Author   string
	Date     string
	Source   string
}

// ManuscriptPiece is a piece of a text, the same in all languages. Exactly one of its
// fields is set.
type ManuscriptPiece struct {
	HTML   template.HTML
	Figure *figure.Figure // with Form
	Form   Form
	Chart  string // the name of a chart of the page
	Table  string // the name of a table of the page
	Claim  *TypedNumber
	Index  int // of the reference, for those that the page lacks
}

// TypedNumber is a number of a text with its verdict.
type TypedNumber struct {
	Text    string
	Figure  *figure.Figure // that holds it, nil when none does
	Verdict string
	Words   lang.Text
}

// Form is how a reference wants its figure printed.
type Form struct {
	Unit   money.Unit // NoUnit: as the data have it
	Places int32      // −1: as the data have it
	Bare   bool       // without its unit
}

// ParseForm reads the form of a reference: 百分比, 1位小数, 亿元, 万元 1位小数, 不带单位.
// It must fit the figure: money is not shown as a percentage.
func ParseForm(s string, v money.Value) (Form, bool) {
	f := Form{Places: -1}
	for _, w := range strings.FieldsFunc(label.Fold(strings.ReplaceAll(s, " ", ",")), func(r rune) bool { return r == ',' || r == ';' || r == '，' }) {
		if n, ok := places(w); ok {
			f.Places = n
			continue
		}
		switch w {
		case "不带单位", "bare":
			f.Bare = true
			continue
		case "整数", "integer":
			f.Places = 0
			continue
		case "百分比", "percent":
			f.Unit = money.Percent
		default:
			u, ok := money.UnitOf(w)
			if !ok {
				return f, false
			}
			f.Unit = u
		}
		if f.Unit.Kind() != v.Unit.Kind() && !(f.Unit.Kind() == money.KindShare && v.Unit.Kind() == money.KindNone) {
			return f, false
		}
	}
	return f, f.Places < 7
}

// places reads 1位小数 and 2decimals.
func places(w string) (int32, bool) {
	for _, tail := range []string{"位小数", "位", "decimals", "decimal"} {
		if s, ok := strings.CutSuffix(w, tail); ok {
			n, err := strconv.Atoi(s)
			if d, found := money.ChineseInt(s); err != nil && found {
				n, err = int(d), nil
			}
			return int32(n), err == nil && n >= 0
		}
	}
	return 0, false
}

// shaped prints a figure in the form that a reference wants.
func (c Context) shaped(f *figure.Figure, form Form) *Num {
	n := c.num(f, true)
	if !f.Known() || f.Written != "" {
		return n
	}
	v := f.Value
	unit, digits := v.Unit, v.Places
	if form.Unit != money.NoUnit {
		unit = form.Unit
		if unit != v.Unit {
			digits = unit.Places()
		}
	}
	if form.Places >= 0 {
		digits = form.Places
	}
	if unit != v.Unit || digits != v.Places {
		v = v.As(unit, digits)
		n.Text, n.Unit = v.Display(c.Lang), unit.Name().In(c.Lang)
		n.shaped, n.unit, n.places = true, unit, digits
	}
	if form.Bare {
		n.Unit = ""
	}
	return n
}

// narrative puts figures, charts and tables in their places.
func (c Context) narrative(t *Manuscript, charts []*Chart, tables []*Table) *Narrative {
	if t == nil {
		return nil
	}
	out := &Narrative{Headings: t.Headings, Title: t.Title, Author: t.Author, Date: t.Date, Source: t.Source}
	pieces := t.Pieces()
	out.Pieces = make([]Prose, 0, len(pieces))
	for _, p := range pieces {
		var piece Prose
		switch {
		case p.Figure != nil:
			piece.Num = c.shaped(p.Figure, p.Form)
		case p.Claim != nil:
			piece.Claim = &Claim{Text: p.Claim.Text, Verdict: p.Claim.Verdict, Title: p.Claim.Words.In(c.Lang)}
			if f := p.Claim.Figure; f != nil {
				piece.Claim.Href = c.proof(f)
				piece.Claim.Title += c.say("：", ": ") + f.Label.In(c.Lang)
			}
		case p.Chart != "":
			ch := chartNamed(charts, p.Chart)
			if ch == nil {
				out.missing = append(out.missing, p.Index)
				continue
			}
			// The chart stands in its section as well: here its ids are others.
			own := *ch
			own.ID = "in-text-" + ch.ID
			own.SVG = template.HTML(strings.ReplaceAll(string(ch.SVG), ch.Address(), own.Address()))
			piece.Chart = &own
		case p.Table != "":
			tab := tableNamed(tables, p.Table)
			if tab == nil {
				out.missing = append(out.missing, p.Index)
				continue
			}
			own := *tab
			own.ID = "in-text-" + tab.ID
			piece.Table = &own
		default:
			piece.HTML = p.HTML
		}
		out.Pieces = append(out.Pieces, piece)
	}
	return out
}

// places reports whether a text puts charts or tables of its page into itself.
func (t *Manuscript) places() bool {
	return t != nil && slices.ContainsFunc(t.Pieces(), func(p ManuscriptPiece) bool { return p.Chart != "" || p.Table != "" })
}

// Missing lists the references for which the page has no chart or table.
func (n *Narrative) Missing() []int {
	if n == nil {
		return nil
	}
	return n.missing
}

// match finds the one candidate that a name means: by a name of its own, else
// as a part of one.
func match(name string, n int, names func(int) []string) int {
	want := label.Fold(name)
	found := -1
	for i := range n {
		for _, x := range names(i) {
			if label.Fold(x) == want {
				return i
			}
			if x != "" && strings.Contains(label.Fold(x), want) && found < 0 {
				found = i
			}
		}
	}
	return found
}

func chartNamed(list []*Chart, name string) *Chart {
	i := match(name, len(list), func(i int) []string { return []string{list[i].ID, list[i].Name, list[i].Caption} })
	if i < 0 {
		return nil
	}
	return list[i]
}

func tableNamed(list []*Table, name string) *Table {
	i := match(name, len(list), func(i int) []string { return []string{list[i].ID, list[i].Caption} })
	if i < 0 {
		return nil
	}
	return list[i]
}

// ChartNames and TableNames list what a text may place on this page.
func (p *Year) ChartNames() []string {
	var out []string
	for _, ch := range p.Charts() {
		out = append(out, ch.Name)
	}
	return out
}

// TableNames lists the tables that a text may place on this page.
func (p *Year) TableNames() []string {
	var out []string
	for _, t := range p.allTables() {
		out = append(out, t.Caption)
	}
	return out
}

// allTables lists the tables of the page that a text may place.
func (p *Year) allTables() []*Table {
	var out []*Table
	add := func(list ...*Table) {
		for _, t := range list {
			if t != nil && len(t.Rows) > 0 {
				out = append(out, t)
			}
		}
	}
	add(p.Stages)
	for _, s := range p.Sections {
		add(s.Tables...)
	}
	add(p.Tables...)
	add(p.Documents)
	return out
}

// Claims counts what the numbers of a text came to.
type Claims struct {
	Sentence string // the counts in words, in the page's language

	Total    int // numbers in the text
	Proved   int // bound to a figure, which they are
	Agreeing int // computed again from the numbers beside them, without a figure
	NotData  int // dates, numbering, names
	Unbound  int // of which nothing can be said
	Wrong    int // that cannot be; each is a finding
	Referred int // figures to which the text refers: they cannot be wrong
}

// claims says what the numbers of a text came to.
func (c Context) claims(n *Claims) *Claims {
	if n == nil || n.Total+n.Referred == 0 {
		return nil
	}
	out := *n
	out.Sentence = fmt.Sprintf(c.say("文字里的 %d 个数：%d 个有数据证明，%d 个由前后的数算得，%d 个不是数据，%d 个无从核对", "%d numbers in the text: %d proved by figures, %d follow from the numbers beside them, %d not data, %d unbound"),
		n.Total, n.Proved, n.Agreeing, n.NotData, n.Unbound)
	if n.Wrong > 0 {
		out.Sentence += fmt.Sprintf(c.say("，%d 个对不上", ", %d contradicted"), n.Wrong)
	}
	if n.Referred > 0 {
		out.Sentence += fmt.Sprintf(c.say("；另有 %d 处直接引用数据", "; %d more are taken from the figures themselves"), n.Referred)
	}
	out.Sentence += c.say("。", ".")
	return &out
}

// markup is a text as one piece of HTML, with the numbers in it as plain words:
// for the search.
func (c Context) markup(t *Manuscript) string {
	var b strings.Builder
	for _, p := range t.Pieces() {
		switch {
		case p.Figure != nil:
			n := c.shaped(p.Figure, p.Form)
			b.WriteString(template.HTMLEscapeString(n.Text + n.Joint() + n.Unit))
		case p.Claim != nil:
			b.WriteString(template.HTMLEscapeString(p.Claim.Text))
		default:
			b.WriteString(string(p.HTML))
		}
	}
	return b.String()
}

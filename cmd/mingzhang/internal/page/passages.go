package page

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/score"
	"mingzhang/cmd/mingzhang/internal/search"
)

// SearchPath is the address of the search page.
const SearchPath = "search/"

// TextPath is the address of a department-year's text for the search.
func TextPath(slug string, year int) string { return YearPath(slug, year) + "search.js" }

// SearchDocument is what a department-year says, in pieces that a result can
// lead to: its texts, its tables row by row, the points that its score lost, and
// its computed figures, each at its proof. The department's profile is looked for with its newest year.
func (c Context) SearchDocument(dy *fiscal.DepartmentYear, sheet *score.Sheet, text, profile *Manuscript) search.Document {
	dep := dy.Department
	d := search.Document{Key: dep.Slug + "/" + strconv.Itoa(dy.Year), Title: dep.Name + strconv.Itoa(dy.Year) + c.say("年度", "")}
	add := func(href, heading, text string) {
		if text = strings.TrimSpace(text); text != "" {
			d.Passages = append(d.Passages, search.Passage{Href: href, Heading: heading, Text: text})
		}
	}
	add("index.html", "", textOf(c.lead(dy)))
	for _, s := range c.piecesOf(text) {
		add(fragment("index.html", s.id, "narrative"), s.heading, s.text)
	}
	for _, t := range c.disclosed(&Year{}, dy) { // it needs no links
		add("index.html#"+t.ID, t.Caption, lines(t))
	}
	if sheet != nil {
		add("score.html#lost", c.say("绩效评分：扣分的地方", "score: lost points"), strings.Join(c.lossLines(sheet), "\n"))
	}
	for _, f := range dy.Book.All() {
		if f.Computed() && f.Formula.Table == "" { // states too: the page that puts two side by side shows them
			add(f.Address(), f.Label.In(c.Lang), f.WithUnit(c.Lang))
		}
	}
	for _, st := range dy.Statements {
		t := c.statementTable(st, Comparison{})
		add(st.Form.ID+".html#"+t.ID, t.Caption, lines(t))
	}
	for _, s := range c.piecesOf(profile) {
		add("../"+fragment("index.html", s.id, "profile"), s.heading, s.text)
	}
	return d
}

// lossLines says of each lost point what it was lost for, how much and why.
func (c Context) lossLines(sheet *score.Sheet) []string {
	var out []string
	lost, _ := c.lostPoints(sheet)
	for _, l := range lost {
		line := l.Name + c.say(" 扣 ", " lost ") + l.Lost.Text + c.say(" 分", "")
		if reason := textOf(l.Reason); reason != "" {
			line += c.say("：", ": ") + reason
		}
		out = append(out, line)
	}
	return out
}

// SearchTerms is what the index keeps of a department-year besides its texts:
// the words of its cells and figures, and of its lost points.
func SearchTerms(dy *fiscal.DepartmentYear, sheet *score.Sheet) search.Terms {
	return search.TermsOf(func(yield func(string) bool) {
		if sheet != nil {
			zh := Context{Lang: lang.ZH}
			yield("绩效评分：扣分的地方")
			for _, line := range zh.lossLines(sheet) {
				yield(line)
			}
		}
		yield(dy.Department.Name)
		yield(strconv.Itoa(dy.Year))
		for _, f := range dy.Book.All() {
			switch {
			case !f.Known():
			case f.Written == "" && f.Value.Unit != money.Date: // in two pieces, which need not be put together
				yield(f.Display(lang.ZH))
				yield(f.Value.Unit.Name().ZH)
			case f.Written == "" || f.Computed():
				yield(f.WithUnit(lang.ZH))
			}
			if f.Computed() {
				yield(f.Label.ZH)
			}
		}
		for _, t := range dy.Tables {
			for _, r := range t.Rows {
				for i := range r {
					yield(r[i].Text)
				}
			}
			yield(t.Binding.Table.Name.ZH)
		}
		for _, st := range dy.Statements {
			yield(st.Form.Title.ZH)
			for i := range st.Rows {
				yield(st.Rows[i].Code)
				yield(st.Rows[i].Name)
			}
		}
	})
}

// piece is a part of a text under one heading.
type piece struct{ id, heading, text string }

// piecesOf cuts a text at its headings; paragraphs and rows are lines.
func (c Context) piecesOf(n *Manuscript) []piece {
	if n == nil {
		return nil
	}
	out := []piece{{}}
	z := html.NewTokenizer(strings.NewReader(c.markup(n)))
	heading := false
	var b strings.Builder
	flush := func() { out[len(out)-1].text = strings.TrimSpace(b.String()); b.Reset() }
	for {
		switch z.Next() {
		case html.ErrorToken:
			flush()
			return out
		case html.TextToken:
			if heading {
				out[len(out)-1].heading += string(z.Text())
			} else {
				b.Write(z.Text())
			}
		case html.StartTagToken:
			t := z.Token()
			if isHeading(t.Data) {
				flush()
				out = append(out, piece{})
				heading = true
				for _, a := range t.Attr {
					if a.Key == "id" {
						out[len(out)-1].id = a.Val
					}
				}
			}
		case html.EndTagToken:
			switch t := z.Token(); {
			case isHeading(t.Data):
				heading = false
			case t.Data == "p" || t.Data == "tr" || t.Data == "li":
				b.WriteByte('\n')
			case t.Data == "td" || t.Data == "th":
				b.WriteByte(' ')
			}
		}
	}
}

func isHeading(tag string) bool {
	return len(tag) == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6'
}

func fragment(file, id, otherwise string) string {
	if id == "" {
		id = otherwise
	}
	return file + "#" + id
}

// lines writes a table as text, a row a line.
func lines(t *Table) string {
	var b strings.Builder
	for _, r := range t.Rows {
		for i, cell := range r.Cells {
			s := cell.Text
			if cell.Num != nil {
				s = cell.Num.Text
			}
			if s == "" {
				continue
			}
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(s)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

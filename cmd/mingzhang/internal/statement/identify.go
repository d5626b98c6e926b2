package statement

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/table"
)

// idInName is a form's id at the head of a file or sheet name: b03_…, t05-…,
// 公开07表 …. T and 公开 number final accounts.
var idInName = regexp.MustCompile(`(?i)^(b|f|t|g|预算|公开|决算|财决公开)0?(\d{1,2})(?:表|[^0-9]|$)`)

// candidate is a form that a sheet may be, and how much speaks for it.
type candidate struct {
	form  *Form
	score int
}

// Identify finds which form a sheet is. It looks at the file and sheet name, at
// the lines above the table and at the headings. ok is false when nothing or too
// little tells; the finding then says what came near.
func (r *Registry) Identify(s *table.Sheet) (form *Form, f *diag.Finding) {
	names := []string{strings.TrimSuffix(path.Base(s.File), path.Ext(s.File)), s.Name}
	above := linesAbove(s)
	keys := map[string][2]string{} // each text is folded once, not once for each form
	fit := func(form *Form) int {
		return form.headingFit(s, func(text string) bool {
			k, ok := keys[text]
			if !ok {
				k[0], k[1] = schema.LabelKeys(text)
				keys[text] = k
			}
			return form.schema.Knows(k[0], k[1]) || form.usual[k[0]]
		})
	}
	for _, form := range r.Forms { // mostly the name says it, and the headings agree
		if form.nameScore(names) >= explicit && fit(form) > 0 {
			return form, nil
		}
	}
	var list []candidate
	for _, form := range r.Forms {
		byID := form.nameScore(names)
		if byID >= explicit {
			continue // its headings do not agree
		}
		if fit := fit(form); fit > 0 {
			list = append(list, candidate{form, fit + byID + form.titleScore(append(above, names...))})
		}
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return b.score - a.score })
	const enough, ahead = 60, 8
	switch {
	case len(list) == 0 || list[0].score < enough:
		f := UnknownStatement.At(diag.Place{File: s.File, Sheet: s.Name})
		f.Lines = firstLines(s)
		return nil, f
	case len(list) > 1 && list[0].score-list[1].score < ahead:
		f := AmbiguousStatement.At(diag.Place{File: s.File, Sheet: s.Name}, list[0].form.Title, list[1].form.Title)
		f.Lines = firstLines(s)
		return nil, f
	}
	return list[0].form, nil
}

func firstLines(s *table.Sheet) []diag.Line {
	var out []diag.Line
	for _, r := range s.Rows {
		if !r.Blank() && len(out) < 3 {
			out = append(out, diag.Line{Number: r.Line(), Cells: r.Texts(), Mark: -1})
		}
	}
	return out
}

// explicit is the score of a form's own id at the head of a name.
const explicit = 80

// linesAbove returns the texts in the first rows, where titles stand.
func linesAbove(s *table.Sheet) []string {
	var out []string
	first := s.First()
	for _, r := range s.Rows[first:min(first+6, len(s.Rows))] {
		for _, c := range r {
			if t := strings.TrimSpace(c.Text); t != "" {
				out = append(out, t)
			}
		}
	}
	return out
}

// nameScore looks for the form's id at the head of a name.
func (f *Form) nameScore(names []string) int {
	best := 0
	for _, n := range names {
		m := idInName.FindStringSubmatch(strings.TrimSpace(n))
		if m == nil {
			continue
		}
		kind := "final"
		if p := strings.ToLower(m[1]); p == "b" || p == "预算" {
			kind = "budget"
		}
		number := m[2]
		if len(number) == 1 {
			number = "0" + number
		}
		if f.Kind == kind && strings.HasSuffix(f.ID, number) {
			if m[1] == "公开" || m[1] == "预算" || m[1] == "决算" {
				best = max(best, 25) // numbers differ between provinces: a hint only
			} else {
				best = max(best, explicit)
			}
		}
	}
	return best
}

// titleScore is larger the longer the title or alias is that a text holds, so
// that 财政拨款收支总表 is not taken for 收支总表.
func (f *Form) titleScore(texts []string) int {
	best := 0
	for _, text := range texts {
		key := label.Fold(text)
		for _, t := range f.titles() {
			if t == "" || !strings.Contains(key, t) {
				continue
			}
			score := 20 + 4*utf8.RuneCountInString(t)
			if key == t {
				score += 10
			}
			best = max(best, score)
		}
		// 决算 in a title rules a budget table out, and the other way round.
		if utf8.RuneCountInString(key) < 60 {
			if f.Kind == "budget" && strings.Contains(key, "决算") && strings.HasSuffix(key, "表") {
				return 0
			}
			if f.Kind == "final" && strings.Contains(key, "预算") && strings.HasSuffix(key, "预算表") {
				return 0
			}
			if strings.HasSuffix(key, "表") && f.otherBudget(key) {
				return 0
			}
		}
	}
	return min(best, 100)
}

// otherBudget reports whether a title is that of one budget by itself, of which the
// form is none: 政府性基金支出预算表 is no 支出预算表.
func (f *Form) otherBudget(title string) bool {
	if strings.Contains(title, "一般公共预算") || strings.Contains(title, "财政拨款收支") {
		return false
	}
	other := false
	for _, b := range []string{"政府性基金", "国有资本", "社会保险基金"} {
		if !strings.Contains(title, b) {
			continue
		}
		if slices.ContainsFunc(f.titles(), func(t string) bool { return strings.Contains(t, b) }) {
			return false
		}
		other = true
	}
	return other
}

// headingFit is 0 when the sheet's headings cannot be this form's, else up to 50.
func (f *Form) headingFit(s *table.Sheet, known func(string) bool) int {
	switch f.Shape {
	case Items:
		return f.itemsFit(s)
	case List:
		return f.listFit(s, known)
	}
	l := schema.LayHeader(s, known)
	if len(l.Header) == 0 {
		return 0
	}
	seen := map[string]bool{}
	unknown := 0
	for _, h := range l.Headings(s) {
		if field := f.schema.Match(h); field != nil {
			seen[field.ID] = true
		} else if len(h.Parts) > 0 {
			unknown++
		}
	}
	switch f.Shape {
	case Tree:
		if !seen["name"] && !seen["code"] && !seen["class"] && !seen["body"] {
			return 0
		}
		if seen["side"] {
			return 0
		}
	case Double:
		if !seen["item"] {
			return 0
		}
	}
	have, want, extra := 0, 0, 0
	for _, c := range f.Columns {
		switch {
		case seen["n-"+c.ID] && c.Optional:
			have++
			want++
		case seen["n-"+c.ID]:
			have++
			want++
		case !c.Optional && (f.Shape != Double || c.Side == ""):
			want++
		}
	}
	if have == 0 {
		return 0
	}
	extra = unknown
	return max(1, 50*have/max(1, want)-6*extra)
}

func (f *Form) itemsFit(s *table.Sheet) int {
	b, _ := f.standing(s)
	if b != nil {
		have, want := 0, 0
		for _, c := range f.Columns {
			_, ok := b.Column("n-" + c.ID)
			if ok {
				have++
			}
			if ok || !c.Optional {
				want++
			}
		}
		items := 0
		for _, r := range b.Rows {
			if _, ok := threePublic(b.Text(r, "item").Value); ok {
				items++
			}
		}
		// A column of the other kind (决算数 in a budget table) is no fit.
		if have > 0 && items >= 3 {
			return 50*have/want - 20*unknownColumns(f, b)
		}
		return 0
	}
	if cols := f.lyingColumns(s); len(cols) >= 3 {
		stages := map[string]bool{}
		for _, c := range cols {
			stages[c.column] = true
		}
		want := 0
		for _, c := range f.Columns {
			if !c.Optional {
				want++
			}
		}
		return max(1, 50*min(len(stages), want)/want-20*max(0, len(stages)-want))
	}
	return 0
}

// unknownColumns counts headings of a standing table that the form lacks.
func unknownColumns(f *Form, b *schema.Binding) int {
	n := 0
	for _, h := range b.Layout.Headings(b.Sheet) {
		if len(h.Parts) > 0 && f.schema.Match(h) == nil {
			n++
		}
	}
	return n
}

func (f *Form) known(text string) bool { return f.schema.FieldByLabel(text) != nil }

var numberWord = lang.Text{ZH: "数字", EN: "a number"}

// UnknownStatement is raised for a sheet that is no table of the contract and no
// statutory table.
var UnknownStatement = &diag.Code{
	Word: "statement-unknown", Severity: diag.Error, Since: "0.2.0",
	Headline: lang.Text{ZH: "认不出这是哪一张表", EN: "it cannot be told which table this is"},
	Why:      lang.Text{ZH: "认不出的表不会公开，也不会被当成别的表", EN: "a table that is not recognised is not published, nor taken for another"},
	Fix:      lang.Text{ZH: "把表名写在文件名、工作表名或第一行，例如「支出预算总表」；表头用通行的列名", EN: "put the table's title into the file name, the sheet name or the first row; use the usual headings"},
}

// AmbiguousStatement is raised for a sheet that could be two tables.
var AmbiguousStatement = &diag.Code{
	Word: "statement-ambiguous", Severity: diag.Error, Since: "0.2.0",
	Headline: lang.Text{ZH: "这张表可能是「%s」，也可能是「%s」", EN: "this may be %s or %s"},
	Why:      lang.Text{ZH: "两张表的表头相同，只有表名能区分；不能猜", EN: "both have the same headings; only the title tells them apart, and nothing is guessed"},
	Fix:      lang.Text{ZH: "把表名写在文件名、工作表名或第一行", EN: "put the table's title into the file name, the sheet name or the first row"},
}

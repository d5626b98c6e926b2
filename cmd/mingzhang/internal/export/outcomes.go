package export

import (
	"bytes"
	"encoding/json"

	"mingzhang/cmd/mingzhang/internal/check"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/spare"
)

// outcome is what came out of one rule.
type outcome struct {
	Rule    string   `json:"rule"`
	Name    string   `json:"name"`
	NameEN  string   `json:"name_en"`
	Result  string   `json:"result"`
	Table   string   `json:"table,omitempty"`
	Row     string   `json:"row,omitempty"`
	Why     string   `json:"why,omitempty"`
	WhyEN   string   `json:"why_en,omitempty"`
	Sum     string   `json:"sum,omitempty"`
	SumEN   string   `json:"sum_en,omitempty"`
	Figures []string `json:"figures,omitempty"` // what was compared: ids, those of other department-years as slug/year#id
}

// Outcomes writes the outcome of every rule for a department-year: passed,
// failed, accepted with a reason, not applicable, or not checked and why. An
// outcome stands on a line, so that two versions can be compared. The bytes are
// lent by package spare.
//
//	{"department", "year", "counts": {result: number},
//	 "outcomes": [outcome, …]}
func Outcomes(dy *fiscal.DepartmentYear, list []check.Outcome) []byte {
	counts := map[string]int{}
	for _, o := range list {
		counts[string(o.Result)]++
	}
	b := bytes.NewBuffer(spare.Bytes())
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	write := func(lead string, v any) {
		b.WriteString(lead)
		if err := e.Encode(v); err != nil {
			panic(err) // texts and counts only
		}
		b.Truncate(b.Len() - 1) // the line end
	}
	write(`{"department":`, dy.Department.Slug)
	write(`,"year":`, dy.Year)
	write(`,"counts":`, counts)
	b.WriteString(",\n\"outcomes\":[")
	for i, o := range list {
		name := o.Title()
		x := outcome{
			Rule: o.Rule.Code, Name: name.ZH, NameEN: name.EN, Result: string(o.Result), Table: o.Table, Row: o.Row,
			Why: o.Why.ZH, WhyEN: o.Why.EN, Sum: o.Sum.ZH, SumEN: o.Sum.EN,
		}
		if name.IsZero() {
			x.Name, x.NameEN = o.Rule.Name.ZH, o.Rule.Name.EN
		}
		for _, f := range o.Inputs {
			if f.Home == dy.Book.Home {
				x.Figures = append(x.Figures, f.ID)
			} else {
				x.Figures = append(x.Figures, f.Home+"#"+f.ID)
			}
		}
		lead := ",\n"
		if i == 0 {
			lead = "\n"
		}
		write(lead, x)
	}
	b.WriteString("]}\n")
	return b.Bytes()
}

// siteChecks is checks.json of the whole site.
type siteChecks struct {
	AsOf   string         `json:"as_of,omitempty"`
	Counts map[string]int `json:"counts"`
	Rules  []siteRule     `json:"rules"`
	Years  []CheckedYear  `json:"department_years"`
}

// siteRule is a rule of the book.
type siteRule struct {
	Rule     string `json:"rule"`
	Family   string `json:"family"`
	Name     string `json:"name"`
	NameEN   string `json:"name_en"`
	Stage    string `json:"stage,omitempty"`
	Left     string `json:"left"`
	Relation string `json:"relation"`
	Right    string `json:"right"`
	When     string `json:"when,omitempty"`
	Basis    string `json:"basis,omitempty"`
}

// CheckedYear is a department-year with the counts of its outcomes and where they
// all stand.
type CheckedYear struct {
	Department string         `json:"department"`
	Year       int            `json:"year"`
	Counts     map[string]int `json:"counts"`
	Outcomes   string         `json:"outcomes"`
}

// Checks writes the rules in force and what came out of them in each
// department-year.
func Checks(asOf string, rules []*check.Rule, years []CheckedYear) []byte {
	doc := siteChecks{AsOf: asOf, Counts: map[string]int{}, Rules: []siteRule{}, Years: []CheckedYear{}}
	for _, y := range years {
		for r, n := range y.Counts {
			doc.Counts[r] += n
		}
		doc.Years = append(doc.Years, y)
	}
	for _, r := range rules {
		doc.Rules = append(doc.Rules, siteRule{r.Code, r.Family, r.Name.ZH, r.Name.EN, string(r.Stage), r.Left, r.Relation, r.Right, r.When, r.Basis.In(lang.ZH)})
	}
	return indented(doc)
}

// indented renders a document so that two versions can be compared line by line.
func indented(doc any) []byte {
	data, err := json.MarshalIndent(doc, "", " ")
	if err != nil {
		panic(err) // texts and counts only
	}
	return append(data, '\n')
}

package page

import (
	"fmt"

	"mingzhang/cmd/mingzhang/internal/check"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/lang"
)

// Checks is the page that says what was checked of a department-year, what came
// out, and what was not checked and why.
type Checks struct {
	Base
	Department Link
	Year       Link
	Counts     Counts
	Claims     *Claims // what the numbers of the narrative came to, nil without one
	Families   []CheckFamily
	Waived     []Accepted
}

// CheckFamily is the rules of one family.
type CheckFamily struct {
	ID    string
	Name  string
	Rules []CheckRule
}

// CheckRule is a rule and what came out of it, over all rows and tables of which
// it was asked.
type CheckRule struct {
	Code    string // as check and explain name it
	Name    string
	Basis   string
	Result  string // the lasting word of the worst outcome
	Text    string // the same as people read it
	Asked   string // 12 passed, 1 waived; empty for a single answer
	Details []string
}

// ChecksPath is the address of the checks of a department-year.
func ChecksPath(slug string, year int) string { return YearPath(slug, year) + "checks.html" }

// families are the families of rules in the order in which the field lists them.
var families = []struct {
	id   string
	name lang.Text
}{
	{"in-table", lang.Text{ZH: "表内勾稽", EN: "inside tables"}},
	{"cross-table", lang.Text{ZH: "表间勾稽", EN: "between tables"}},
	{"cross-year", lang.Text{ZH: "年度之间", EN: "between years"}},
	{"rate", lang.Text{ZH: "比率", EN: "rates"}},
	{"text", lang.Text{ZH: "文字与数据", EN: "texts and data"}},
	{"completeness", lang.Text{ZH: "完整", EN: "completeness"}},
	{"detail", lang.Text{ZH: "细化", EN: "detail"}},
	{"timeliness", lang.Text{ZH: "及时", EN: "timeliness"}},
	{"form", lang.Text{ZH: "形式与安全", EN: "form and safety"}},
}

// NewChecks makes the checks page of a department-year.
func (c Context) NewChecks(dy *fiscal.DepartmentYear, outcomes []check.Outcome, open []*check.Unanswered, waived []AcceptedInput, claims *Claims) *Checks {
	dep := dy.Department
	title := fmt.Sprintf(c.say("%s%d年度检查结果", "%s, %d: checks"), dep.Name, dy.Year)
	p := &Checks{Base: c.base("checks", ChecksPath(dep.Slug, dy.Year), title, title)}
	c = c.on(&p.Base)
	p.Claims = c.claims(claims)
	p.Department = Link{Text: dep.Name, Href: p.in(dep.Slug + "/")}
	p.Year = Link{Text: fmt.Sprintf(c.say("%d年度", "%d"), dy.Year), Href: p.in(YearPath(dep.Slug, dy.Year))}
	p.Crumbs = append(p.Crumbs, p.Department, p.Year, Link{Text: c.say("检查结果", "checks"), Here: true})
	for _, a := range waived {
		w := Accepted{Headline: a.Headline, Reason: a.Reason, By: a.By}
		for _, l := range a.Lines {
			w.Sum = append(w.Sum, c.line(l))
		}
		p.Waived = append(p.Waived, w)
	}
	byRule := map[string]*tallied{}
	var order []*tallied
	for i := range outcomes {
		o := &outcomes[i]
		p.Counts.add(o.Result)
		t := byRule[o.Rule.Code]
		if t == nil {
			t = &tallied{rule: o.Rule}
			byRule[o.Rule.Code] = t
			order = append(order, t)
		}
		t.add(o)
	}
	rules := map[string][]CheckRule{}
	for _, t := range order {
		rules[t.rule.Family] = append(rules[t.rule.Family], c.checkRule(t))
	}
	for _, u := range open {
		p.Counts.NotChecked++
		rules[u.Family] = append(rules[u.Family], CheckRule{
			Name: u.Name.In(c.Lang), Basis: u.Code, Result: string(check.NotChecked), Text: check.NotChecked.Name().In(c.Lang), Details: []string{u.Why.In(c.Lang)},
		})
	}
	for _, f := range families {
		if list := rules[f.id]; len(list) > 0 {
			p.Families = append(p.Families, CheckFamily{ID: "family-" + f.id, Name: f.name.In(c.Lang), Rules: list})
		}
	}
	return p
}

// tallied is all outcomes of one rule.
type tallied struct {
	rule   *check.Rule
	counts map[check.Result]int
	list   []*check.Outcome
}

func (t *tallied) add(o *check.Outcome) {
	if t.counts == nil {
		t.counts = map[check.Result]int{}
	}
	t.counts[o.Result]++
	t.list = append(t.list, o)
}

// weight orders results: what a reader must see goes first.
var weight = []check.Result{check.Failed, check.Waived, check.NotChecked, check.WithoutPower, check.Passed, check.NotApplicable}

func (t *tallied) worst() check.Result {
	for _, r := range weight {
		if t.counts[r] > 0 && (r != check.NotChecked || t.counts[check.Passed]+t.counts[check.WithoutPower] == 0) {
			return r
		}
	}
	return check.NotApplicable
}

// fewDetails is how many reasons a rule lists before it counts the rest.
const fewDetails = 5

func (c Context) checkRule(t *tallied) CheckRule {
	worst := t.worst()
	r := CheckRule{
		Code: t.rule.Code, Name: t.rule.General().In(c.Lang), Basis: t.rule.Basis.In(c.Lang), Result: string(worst), Text: worst.Name().In(c.Lang),
	}
	if len(t.list) > 1 {
		for _, result := range weight {
			if n := t.counts[result]; n > 0 {
				if r.Asked != "" {
					r.Asked += c.say("，", ", ")
				}
				r.Asked += fmt.Sprintf("%s %d", result.Name().In(c.Lang), n)
			}
		}
	}
	seen := map[string]bool{}
	for _, result := range weight {
		for _, o := range t.list {
			if o.Result != result {
				continue
			}
			text := c.detail(o, len(t.list) > 1)
			if text == "" || seen[text] {
				continue
			}
			seen[text] = true
			if len(seen) <= fewDetails {
				r.Details = append(r.Details, text)
			}
		}
	}
	if more := len(seen) - fewDetails; more > 0 {
		r.Details = append(r.Details, fmt.Sprintf(c.say("另有 %d 处", "and %d more"), more))
	}
	return r
}

// detail says of one outcome what its result alone does not.
func (c Context) detail(o *check.Outcome, named bool) string {
	text := ""
	switch {
	case o.Result == check.NotChecked || o.Result == check.Waived:
		text = o.Why.In(c.Lang)
	case o.Result == check.Failed && o.Finding != nil:
		return o.Finding.Headline.In(c.Lang)
	case o.Count > 0:
		text = o.Sum.In(c.Lang)
	}
	if text == "" || !named {
		return text
	}
	return o.Title().In(c.Lang) + c.say("：", ": ") + text
}

package claim

import (
	"regexp"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// ChangeOfNone is raised where a change is told and, in the same breath, that there
// was none.
var ChangeOfNone = &diag.Code{
	Word: "claim-steady", Severity: diag.Warning, Since: "0.11.0",
	Headline: lang.Text{ZH: "先说「%s」，紧接着又说「%s」，前后矛盾", EN: "%s and, right behind it, %s cannot both be"},
	Why:      lang.Text{ZH: "有增减就不是持平，读者不知道以哪个为准", EN: "what changed is not what it was; readers cannot tell which holds"},
	Fix:      lang.Text{ZH: "没有变化就只写持平，有变化就删去持平", EN: "say that it is the same, or what changed, and not both"},
}

var (
	// The same as the year before, right behind a number; 基本持平 allows a little.
	sameAsPrior = regexp.MustCompile(`^[，、；（]?((?:与|和|同|较|比)?(?:上年度?|去年|上一年度?|(?:19|20)\d\d年度?)[^，。；（）]{0,8}?(?:持平|一致|相同))`)
	nearlySame  = regexp.MustCompile(`基本|大致|大体|略|幅|率|速`)
	// A number to which something is said to have come by a change.
	reachedBy = regexp.MustCompile(`(?:增加|增长|上升|提高|减少|下降|降低|压减)(?:为|至|到|成)了?$|[增减降升](?:至|到|为)了?$`)
	// With what the changes of a sentence are compared.
	withPrior  = regexp.MustCompile(`(?:比|较|与|同)(?:上年|去年|上一年|(?:19|20)\d\d年)`)
	withBudget = regexp.MustCompile(`(?:比|较|与|同|大于|小于|高于|低于|多于|少于|等于|超过)[^，。；]{0,8}(?:预算|计划)`)
)

// steady tells of amounts that changed and are what they were: 支出决算减少为0.00万元，
// 与2024年持平.
func (a *analysis) steady() {
	for _, t := range a.data {
		if t.kind != money.KindMoney || t.about || t.role != level && t.role != difference {
			continue
		}
		behind := a.text(t.till, min(a.blocks[t.block].end, t.till+30))
		if !containsOf(behind, "持平", "一致", "相同") { // as hardly any
			continue
		}
		before := a.text(t.opening, t.from)
		reached := reachedBy.MatchString(before)
		if !reached && (t.role != difference || t.value.Zero()) {
			continue
		}
		m := sameAsPrior.FindStringSubmatch(behind)
		if m == nil || nearlySame.MatchString(m[1]) || !a.sincePrior(t, before, reached) {
			continue
		}
		change := a.quote(t)
		if reached {
			change = reachedBy.FindString(before) + a.written(t.from, t.till)
		}
		a.add(&finding{code: ChangeOfNone, token: t, args: []any{change, m[1]}})
	}
}

// sincePrior reports whether a change is one since the year before, and not the way
// from the budget to the accounts.
func (a *analysis) sincePrior(t *token, before string, reached bool) bool {
	prior, budget := withPrior.FindAllStringIndex(before, -1), withBudget.FindAllStringIndex(before, -1)
	switch {
	case len(prior) > 0 && (len(budget) == 0 || budget[len(budget)-1][0] < prior[len(prior)-1][0]):
		return true
	case len(budget) > 0:
		return false
	}
	return reached || t.against.prior
}

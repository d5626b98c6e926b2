package score

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/formula"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/tomlfile"
)

var idForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Columns are the columns that a rubric's table may have.
var Columns = []string{"level1", "level2", "level3", "level4", "standard", "points", "score", "reason", "own", "basis"}

// statuses say how well a rubric's text is known.
var statuses = []string{"verified", "unverified", "reconstructed", "excerpt"}

// prepare checks a rubric and compiles its parts: weights must add up, bands
// must cover every value once, and every input must exist.
func (r *Rubric) prepare(f *tomlfile.File, exists func(string) bool) diag.List {
	var list diag.List
	wrong := func(key, zh, en string, args ...any) {
		list.Add(BadRubric.At(f.Place(key), r.ID, lang.Sprintf(lang.Text{ZH: zh, EN: en}, args...)))
	}
	if !slices.Contains(statuses, r.Status) {
		wrong("status", "status 只能是 %s", "status must be one of %s", strings.Join(statuses, "、"))
	}
	if r.Scope != "department" && r.Scope != "project" {
		wrong("scope", "scope 只能是 department 或 project", "scope must be department or project")
	}
	if r.Round.At != "item" && r.Round.At != "total" {
		wrong("round", "round.at 只能是 item 或 total", "round.at must be item or total")
	}
	for _, c := range r.Columns {
		if !slices.Contains(Columns, c) {
			wrong("columns", "没有名为「%s」的栏", "there is no column %s", c)
		}
	}
	sum := decimal.Zero
	ids, reviews := map[string]bool{}, map[string]string{}
	for i, it := range r.Items {
		key := fmt.Sprintf("items[%d]", i)
		switch {
		case !idForm.MatchString(it.ID):
			wrong(key+".id", "标识「%s」只能用小写字母、数字和连字符", "%s must be lower-case letters, digits and hyphens", it.ID)
		case ids[it.ID]:
			wrong(key+".id", "标识「%s」重复", "%s stands twice", it.ID)
		case len(it.Path) == 0:
			wrong(key+".path", "「%s」没有名称", "%s has no name", it.ID)
			continue
		}
		ids[it.ID] = true
		sum = sum.Add(it.Weight)
		r.prepareItem(it, key, wrong, exists, reviews)
	}
	if !sum.Equal(r.Total) {
		wrong("total", "各项权重合计 %s，不等于总分 %s", "the weights add up to %s, not to %s", sum, r.Total)
	}
	if !list.HasErrors() {
		if err := r.compile(); err != nil {
			wrong("items", "%s", "%s", lang.Explain(err))
		}
	}
	return list
}

type wrongFunc func(key, zh, en string, args ...any)

func (r *Rubric) prepareItem(it *Item, key string, wrong wrongFunc, exists func(string) bool, reviews map[string]string) {
	if len(it.Parts) == 0 {
		wrong(key+".id", "「%s」没有写怎么评分（parts）", "%s has no parts", it.ID)
		return
	}
	parts := decimal.Zero
	seen := map[string]bool{}
	for j, p := range it.Parts {
		at := fmt.Sprintf("%s.parts[%d]", key, j)
		p.item = it
		parts = parts.Add(p.Weight)
		if len(it.Parts) > 1 && (!idForm.MatchString(p.ID) || seen[p.ID]) {
			wrong(at+".kind", "「%s」有几个部分，每个部分要有不同的 id", "the parts of %s need ids of their own", it.ID)
		}
		seen[p.ID] = true
		if err := p.compile(); err != nil {
			wrong(at+".kind", "「%s」：%s", "%s: %s", it.ID, lang.Explain(err))
			continue
		}
		for _, ref := range p.expr.Refs() {
			if !strings.HasPrefix(ref, "review/") && !exists(ref) {
				wrong(at+".kind", "「%s」用到的「%s」不存在", "%s uses %s, which does not exist", it.ID, ref)
			}
		}
		for _, name := range p.Review {
			if old := reviews[name]; old != "" && old != it.ID {
				wrong(at+".review", "评价「%s」同时用于「%s」和「%s」", "%s is used by %s and by %s", name, old, it.ID)
			}
			reviews[name] = it.ID
		}
		p.fits(at, wrong)
	}
	if !parts.Equal(it.Weight) {
		wrong(key+".weight", "「%s」各部分合计 %s，不等于权重 %s", "the parts of %s add up to %s, not to its weight %s", it.ID, parts, it.Weight)
	}
}

// fits holds the points that a part can give against its weight.
func (p *Part) fits(at string, wrong wrongFunc) {
	best := p.Weight
	switch p.Kind {
	case Banded:
		best = p.bands[0].Score
		for _, b := range p.bands {
			best = decimal.Max(best, b.Score)
		}
	case Paced:
		best = p.Each.Mul(decimal.NewFromInt(int64(len(p.Values))))
		if p.Mean != nil {
			best = best.Add(p.Mean.Weight)
		}
	case Checklist:
		if len(p.Checks) > 0 {
			best = decimal.Zero
			for _, c := range p.Checks {
				best = best.Add(c.Points)
			}
		}
	}
	if !best.Equal(p.Weight) {
		wrong(at+".weight", "「%s」最多能得 %s 分，不等于权重 %s", "%s can earn %s, not its weight %s", p.item.ID, best, p.Weight)
	}
}

// compile makes the expressions of items and of the total.
func (r *Rubric) compile() error {
	var ids []string
	for _, it := range r.Items {
		ids = append(ids, `get("`+r.id(it.ID)+`")`)
		sum := it.Parts[0].source
		if len(it.Parts) > 1 {
			var parts []string
			for _, p := range it.Parts {
				parts = append(parts, `get("`+r.id(it.ID+"/"+p.ID)+`")`)
			}
			sum = strings.Join(parts, " + ")
		}
		var err error
		if it.Gate != nil {
			if sum, err = it.Gate.wrap(sum, it.Weight); err != nil {
				return lang.Within(it.ID, err)
			}
		}
		if r.Round.At == "item" {
			sum = fmt.Sprintf("round(%s, %d)", sum, r.Round.Places)
		}
		if it.expr, err = formula.Compile(sum); err != nil {
			return lang.Within(it.ID, err)
		}
		if err := r.compileLost(it); err != nil {
			return lang.Within(it.ID, err)
		}
	}
	var err error
	r.total, err = formula.Compile("add_filled(" + strings.Join(ids, ", ") + ")")
	return err
}

// compileLost makes the expressions that say how many points an item and its
// parts are short of.
func (r *Rubric) compileLost(it *Item) (err error) {
	short := func(weight decimal.Decimal, id string) (*formula.Expr, error) {
		return formula.Compile(fmt.Sprintf("%s - get(%q)", weight, r.id(id)))
	}
	if it.lost, err = short(it.Weight, it.ID); err != nil {
		return err
	}
	for _, p := range it.Parts {
		id := it.ID
		if len(it.Parts) > 1 {
			id += "/" + p.ID
		}
		if p.lost, err = short(p.Weight, id); err != nil {
			return err
		}
	}
	return nil
}

// id is the figure id of an item or part: score/execution, or for a project
// project/office/score/execution.
func (r *Rubric) id(part string) string {
	base := "score"
	if r.Scope == "project" {
		base = "project/{row}/score"
	}
	if part == "" {
		return base
	}
	return base + "/" + part
}

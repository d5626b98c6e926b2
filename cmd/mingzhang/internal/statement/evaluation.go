package statement

import (
	"maps"
	"slices"
	"strings"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/table"
)

// Evaluation is what a form of self-evaluation says: the money of a project, and
// indicators with the points that may be got and those that were.
type Evaluation struct {
	Project string
	Funds   []Fund // the first is the total
	Marks   []Mark
	Total   *Mark // nil without a row of totals
	// Reasons tells that the form has a column for why points were lost.
	Reasons bool
}

// Mark is an indicator with its points, or the total of them.
type Mark struct {
	Name          string
	Points, Score money.Value
	Reason        string
	At            table.Cell // of the score, or of the points where there is none
	ReasonAt      table.Cell
}

// Fund is a row of the money of a project.
type Fund struct {
	Mark
	Inside                  bool // of 其中
	Original, Budget, Spent money.Value
	Rate                    money.Value
	BudgetAt, SpentAt       table.Cell
	RateAt                  table.Cell
}

// Headings of the columns of such a form, by how they end.
var (
	pointsHeads   = []string{"分值", "权重", "满分", "标准分"}
	scoreHeads    = []string{"得分", "自评分"}
	originalHeads = []string{"年初预算数", "年初预算"}
	sureBudgets   = []string{"全年预算数", "全年预算", "调整后预算数", "调整预算数"}
	budgetHeads   = []string{"全年预算", "预算数"}
	spentHeads    = []string{"全年执行数", "预算执行数", "执行数", "实际支出数"}
	rateHeads     = []string{"执行率"}
	totalNames    = []string{"合计", "总计", "总分", "总得分"}
)

// headed reports whether a cell is a heading of a kind: 全年预算数(A).
func headed(text string, ends []string) bool {
	k := label.Fold(text)
	if i := strings.IndexAny(k, "(（["); i > 0 {
		k = k[:i]
	}
	return slices.ContainsFunc(ends, func(w string) bool { return strings.HasSuffix(k, w) })
}

// readEvaluation reads a form of self-evaluation: a list of indicators under the
// head of the project, which is kept in lines of its own.
func readEvaluation(s *table.Sheet, f *Form) (*Statement, diag.List) {
	st, list := readList(s, f)
	if st == nil {
		return nil, list
	}
	if e := st.Evaluation(); e != nil && e.Project != "" {
		st.Form.Title = lang.Text{ZH: f.Title.ZH + "（" + e.Project + "）", EN: f.Title.EN + " (" + e.Project + ")"}
	}
	st.Notes = append(st.headLines(), st.Notes...)
	return st, list
}

// headLines tells what stands above the indicators, a line for each row; amounts
// are told with the headings above them.
func (st *Statement) headLines() []string {
	var out []string
	var heads table.Row
	for _, r := range st.Sheet.Rows[:st.Layout.Header[0]] {
		if fundHeads(r) {
			heads = r
			continue
		}
		var words, amounts []string
		for i, c := range r {
			t := strings.TrimSpace(c.Text)
			if t == "" {
				continue
			}
			if _, _, err := money.Parse(t, money.NoUnit, 0); err == nil && i < len(heads) && strings.TrimSpace(heads[i].Text) != "" {
				amounts = append(amounts, strings.TrimSpace(heads[i].Text)+" "+t)
			} else {
				words = append(words, t)
			}
		}
		line := strings.Join(words, "　")
		if len(amounts) > 0 {
			line = strings.TrimRight(line, ":：") + "：" + strings.Join(amounts, "，")
		} else if len(words) > 1 {
			heads = nil // the money is over
		}
		if line != "" && line != st.Layout.Title {
			out = append(out, line)
		}
	}
	return out
}

// fundHeads reports whether a row heads the money of a project.
func fundHeads(r table.Row) bool {
	has := func(ends []string) bool {
		return slices.ContainsFunc(r, func(c table.Cell) bool { return headed(c.Text, ends) })
	}
	return has(budgetHeads) && has(spentHeads)
}

// Evaluation reads a form of self-evaluation; nil for other tables, and where
// several forms stand in one sheet, so that what belongs together is not sure.
func (st *Statement) Evaluation() *Evaluation {
	if !st.Form.Evaluation || st.Sheet == nil || slices.Contains(st.Layout.Roles, schema.Repeated) {
		return nil
	}
	e := &Evaluation{}
	points, score, reason, name := -1, -1, -1, -1
	for i, h := range st.Layout.Headings(st.Sheet) {
		for _, p := range h.Parts {
			switch {
			case headed(p, scoreHeads):
				score = i
			case headed(p, pointsHeads):
				points = i
			case strings.Contains(p, "原因"):
				reason = i
			case headed(p, []string{"三级指标", "指标名称", "评价指标"}):
				name = i
			}
		}
	}
	e.Reasons = reason >= 0
	e.funds(st.Sheet.Rows[:st.Layout.Header[0]])
	for i, role := range st.Layout.Roles {
		if role != schema.Data {
			continue
		}
		r := st.Sheet.Rows[i]
		m := Mark{Name: strings.TrimSpace(at(r, name).Text), Points: scoreOf(at(r, points)), Score: scoreOf(at(r, score)), Reason: strings.TrimSpace(at(r, reason).Text), At: at(r, score), ReasonAt: at(r, reason)}
		if m.Name == "" {
			m.Name = lastWords(r, points, score, reason)
		}
		if !m.At.Present() {
			m.At = at(r, points)
		}
		if !m.Points.Known() && !m.Score.Known() {
			continue
		}
		if strings.Contains(m.Name, "小计") {
			return nil // which rows add up to which is not read
		}
		if slices.ContainsFunc(r, func(c table.Cell) bool { return slices.Contains(totalNames, label.Fold(c.Text)) }) {
			if e.Total != nil {
				return nil
			}
			e.Total = &m
			continue
		}
		if e.Total != nil {
			return nil // more below the total
		}
		e.Marks = append(e.Marks, m)
	}
	return e
}

// funds reads the head of the form: the name of the project and its money.
func (e *Evaluation) funds(rows []table.Row) {
	col := map[string]int{}
	for _, r := range rows {
		for i, c := range r {
			if label.Fold(c.Text) == "项目名称" && e.Project == "" {
				for _, next := range r[i+1:] {
					if t := strings.TrimSpace(next.Text); t != "" {
						e.Project = t
						break
					}
				}
			}
		}
		if fundHeads(r) {
			clear(col)
			for i, c := range r {
				for name, ends := range map[string][]string{"spent": spentHeads, "original": originalHeads, "points": pointsHeads, "score": scoreHeads, "rate": rateHeads} {
					if headed(c.Text, ends) {
						col[name] = i
					}
				}
				_, some := col["budget"]
				if headed(c.Text, sureBudgets) || !some && headed(c.Text, budgetHeads) && !headed(c.Text, originalHeads) {
					col["budget"] = i // 年度预算数 may be said over all of its columns
				}
			}
			continue
		}
		if len(col) == 0 {
			continue
		}
		n := func(name string) table.Cell {
			if i, ok := col[name]; ok {
				return at(r, i)
			}
			return table.Cell{}
		}
		f := Fund{Original: amount(n("original")), Budget: amount(n("budget")), Spent: amount(n("spent")), BudgetAt: n("budget"), SpentAt: n("spent"), Rate: rateIn(n("rate")), RateAt: n("rate")}
		f.Name = lastWords(r, slices.Collect(maps.Values(col))...)
		f.Points, f.Score, f.At = scoreOf(n("points")), scoreOf(n("score")), n("score")
		f.Inside = !strings.Contains(f.Name, "总额") && !slices.Contains(totalNames, label.Fold(f.Name))
		if !f.Budget.Known() && !f.Spent.Known() {
			if len(e.Funds) > 0 && !f.Inside {
				col = map[string]int{}
			}
			continue
		}
		e.Funds = append(e.Funds, f)
	}
	if len(e.Funds) > 0 && e.Funds[0].Inside {
		e.Funds = nil // no row of the whole
	}
}

func at(r table.Row, i int) table.Cell {
	if i < 0 || i >= len(r) {
		return table.Cell{}
	}
	return r[i]
}

func scoreOf(c table.Cell) money.Value {
	v, _, err := money.Parse(c.Text, money.NoUnit, 0)
	if err != nil {
		return money.Absent(money.NotReported, money.NoUnit)
	}
	return v
}

// amount reads money, as finely as it is written.
func amount(c table.Cell) money.Value {
	v, _, err := money.Parse(c.Text, money.WanYuan, 2)
	if err != nil || !v.Known() {
		return money.Absent(money.NotReported, money.WanYuan)
	}
	return v
}

// rateIn reads 90.00%. A number without its sign may be a ratio: 0.9.
func rateIn(c table.Cell) money.Value {
	v, _, err := money.Parse(c.Text, money.Percent, 0)
	if err != nil || !v.Known() || !strings.ContainsAny(c.Text, "%％") {
		return money.Absent(money.NotReported, money.Percent)
	}
	return v.Rounded(v.Places)
}

// lastWords is the name of a row: the last text before its numbers.
func lastWords(r table.Row, before ...int) string {
	end := len(r)
	for _, b := range before {
		if b >= 0 && b < end {
			end = b
		}
	}
	name := ""
	for _, c := range r[:end] {
		if t := strings.TrimSpace(c.Text); t != "" {
			name = t
		}
	}
	return name
}

package page

import (
	"fmt"
	"strings"

	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/score"
)

// Score is the page of a department-year's score, item by item.
type Score struct {
	Base
	Department Link
	Year       Link
	Summary    ScoreSummary
	Table      *Table
	Lost       []LostPoint // every point that was lost, in the rubric's order
	Unscored   []LostPoint
	Projects   []ScoreBlock
}

// ScoreSummary is the total with what it stands on.
type ScoreSummary struct {
	Rubric   string
	Status   string // reconstructed, unverified, excerpt: how well the rubric is known
	Note     string
	Total    *Num
	Possible string // the weight of what was scored
	Full     string // the rubric's total
	Complete bool
	Grade    string
	Own      *Num // what the department gives itself
	Gap      *Num
	Href     string // the score page, on pages that only show the summary
}

// LostPoint is why points were lost, and what would earn more.
type LostPoint struct {
	Name   string
	Lost   *Num   // nil when nothing was scored
	Weight string // what could have been earned
	Reason []Phrase
	Next   []Phrase
	Unsure bool
}

// ScoreBlock is the score of one project.
type ScoreBlock struct {
	Name    string
	Summary ScoreSummary
	Table   *Table
}

// ScorePath is the address of a department-year's score.
func ScorePath(slug string, year int) string { return YearPath(slug, year) + "score.html" }

// NewScore makes the score page.
func (c Context) NewScore(dy *fiscal.DepartmentYear, sheet *score.Sheet, projects []*score.Sheet) *Score {
	dep := dy.Department
	title := fmt.Sprintf(c.say("%s%d年度评分", "%s, %d: score"), dep.Name, dy.Year)
	p := &Score{Base: c.base("score", ScorePath(dep.Slug, dy.Year), title, title)}
	c = c.on(&p.Base)
	p.Department = Link{Text: dep.Name, Href: p.in(dep.Slug + "/")}
	p.Year = Link{Text: fmt.Sprintf(c.say("%d年度", "%d"), dy.Year), Href: p.in(YearPath(dep.Slug, dy.Year))}
	p.Crumbs = append(p.Crumbs, p.Department, p.Year, Link{Text: c.say("评分", "score"), Here: true})
	if sheet != nil {
		p.Summary = c.scoreSummary(sheet)
		p.Table = c.scoreTable("score", sheet)
		p.Lost, p.Unscored = c.lostPoints(sheet)
	}
	for _, s := range projects {
		p.Projects = append(p.Projects, ScoreBlock{Name: s.Project.Label.In(c.Lang), Summary: c.scoreSummary(s), Table: c.scoreTable("score-"+s.Project.Key, s)})
	}
	return p
}

// lostPoints lists the parts that lost points and those that could not be scored.
func (c Context) lostPoints(sheet *score.Sheet) (lost, unscored []LostPoint) {
	for _, x := range sheet.Items {
		if x.Lost != nil {
			lost = append(lost, LostPoint{Name: x.Item.Name().In(c.Lang), Lost: c.num(x.Lost, false), Weight: x.Item.Weight.String(), Reason: []Phrase{{Text: x.Item.Gate.Text.In(c.Lang)}}})
		}
		for i := range x.Parts {
			part := &x.Parts[i]
			l := LostPoint{Name: c.partName(&x, part), Weight: part.Part.Weight.String(), Reason: c.line(part.Reason.In(c.Lang)), Next: c.line(part.Next.In(c.Lang)), Unsure: part.Unsure}
			switch {
			case !part.Scored():
				unscored = append(unscored, l)
			case part.Lost != nil && !x.Gated:
				l.Lost = c.num(part.Lost, false)
				lost = append(lost, l)
			}
		}
	}
	return lost, unscored
}

func (c Context) partName(x *score.ItemScore, p *score.PartScore) string {
	name := x.Item.Name().In(c.Lang)
	if len(x.Parts) > 1 {
		name += "·" + p.Part.Name.In(c.Lang)
	}
	return name
}

// scoreStatus says how well a rubric's text is known.
func scoreStatus(status string) lang.Text {
	return map[string]lang.Text{
		"reconstructed": {ZH: "重构的评分表，不是官方文件", EN: "a reconstruction, not an official document"},
		"unverified":    {ZH: "条文未经核实", EN: "the text was not verified"},
		"excerpt":       {ZH: "节录，细目不全，未经核实", EN: "an excerpt, not verified"},
	}[status]
}

func (c Context) scoreSummary(s *score.Sheet) ScoreSummary {
	r := s.Rubric
	out := ScoreSummary{
		Rubric: r.Name.In(c.Lang), Status: scoreStatus(r.Status).In(c.Lang), Note: r.Note.In(c.Lang), Total: c.num(s.Total, true),
		Possible: s.Possible.String(), Full: r.Total.String(), Complete: s.Complete(), Grade: s.Grade.In(c.Lang),
	}
	if s.Own != nil {
		out.Own = c.num(s.Own, true)
	}
	if s.Gap != nil {
		out.Gap = c.num(s.Gap, true)
	}
	return out
}

// scoreTable lays the rubric out in its own columns, a row for each part.
func (c Context) scoreTable(id string, s *score.Sheet) *Table {
	r := s.Rubric
	t := &Table{ID: id, Caption: r.Name.In(c.Lang), Note: scoreStatus(r.Status).In(c.Lang)}
	heads := map[string]lang.Text{
		"level1": {ZH: "一级指标", EN: "level 1"}, "level2": {ZH: "二级指标", EN: "level 2"}, "level3": {ZH: "三级指标", EN: "level 3"}, "level4": {ZH: "四级指标", EN: "level 4"},
		"standard": {ZH: "评分标准", EN: "rule"}, "points": {ZH: "分值", EN: "points"}, "score": {ZH: "得分", EN: "score"}, "reason": {ZH: "扣分原因", EN: "reason"},
		"own": {ZH: "自评得分", EN: "own score"}, "basis": {ZH: "依据", EN: "basis"},
	}
	columns := r.Columns
	if ownScores(s) {
		columns = append(append([]string{}, columns...), "own")
	}
	for _, col := range columns {
		t.Columns = append(t.Columns, Column{Label: heads[col].In(c.Lang), Numeric: col == "points" || col == "score" || col == "own"})
	}
	levels := 0
	for i, col := range columns {
		if strings.HasPrefix(col, "level") {
			levels, t.Head = levels+1, i
		}
	}
	above := make([]string, levels)
	for i := range s.Items {
		x := &s.Items[i]
		for j := range x.Parts {
			t.Rows = append(t.Rows, c.scoreRow(x, j, columns, levels, above))
		}
	}
	total := Row{Class: "total"}
	for i, col := range columns {
		cell := Cell{}
		switch {
		case i == t.Head:
			cell.Text = c.say("合计", "total")
		case col == "points":
			cell.Text = r.Total.String()
		case col == "score":
			cell.Num = c.num(s.Total, false)
		case col == "own" && s.Own != nil:
			cell.Num = c.num(s.Own, false)
		}
		total.Cells = append(total.Cells, cell)
	}
	t.Rows = append(t.Rows, total)
	if !s.Complete() {
		t.Foot = append(t.Foot, fmt.Sprintf(c.say("已评 %s 分，其余 %s 分因缺少数据未评，不计满分。", "%s points were scored; the other %s lack figures and earn nothing."), s.Possible, r.Total.Sub(s.Possible)))
	}
	return t
}

func ownScores(s *score.Sheet) bool {
	for _, x := range s.Items {
		if x.Own != nil {
			return true
		}
	}
	return false
}

func (c Context) scoreRow(x *score.ItemScore, j int, columns []string, levels int, above []string) Row {
	part := &x.Parts[j]
	row := Row{}
	// A level that repeats the row above is left blank, as in a printed table.
	fresh := false
	for _, col := range columns {
		cell := Cell{}
		switch col {
		case "level1", "level2", "level3", "level4":
			n := int(col[len(col)-1] - '1')
			if n >= len(x.Item.Path) {
				break
			}
			name := x.Item.Path[n].In(c.Lang)
			if n == levels-1 && len(x.Parts) > 1 {
				name += "·" + part.Part.Name.In(c.Lang)
			}
			if fresh || above[n] != name {
				cell.Text, above[n], fresh = name, name, true
			}
		case "standard":
			cell.Text = part.Part.Standard.In(c.Lang)
		case "points":
			cell.Text = part.Part.Weight.String()
		case "score":
			cell.Num = c.num(part.Figure, false)
			if !part.Scored() {
				cell.Num.Text = c.say("未评分", "not scored")
			}
		case "own":
			if j == 0 && x.Own != nil {
				cell.Num = c.num(x.Own, false)
			}
		case "reason":
			cell.Line = c.why(x, part)
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

// why says in a table why a part has the points it has.
func (c Context) why(x *score.ItemScore, p *score.PartScore) []Phrase {
	if x.Gated {
		return []Phrase{{Text: x.Item.Gate.Text.In(c.Lang)}}
	}
	out := c.line(p.Reason.In(c.Lang))
	if p.Unsure {
		out = append(out, Phrase{Text: c.say("；输入经过四舍五入，可能属于相邻一档", "; rounding of the inputs could put it into the next band")})
	}
	return out
}

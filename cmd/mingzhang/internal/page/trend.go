package page

import (
	"html/template"
	"math"
	"slices"
	"strconv"

	"mingzhang/cmd/mingzhang/internal/chart"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/money"
)

// fewYears is up to how many years a trend is drawn as bars; more are a line.
const fewYears = 4

// trends draws the key figures of a department over its years, which come
// newest first. One year is no trend.
func (c Context) trends(years []*Summary) []*Chart {
	years = slices.Clone(years)
	slices.Reverse(years)
	var out []*Chart
	for _, t := range []struct{ id, name, zh, en, fact string }{
		{"trend", "历年收支", "历年预算和支出", "Budgets and spending by year", ""},
		{"trend-three-public", "历年三公经费", "历年三公经费", "The three public expenses by year", "three-public-total"},
		{"trend-projects", "历年项目支出", "历年项目支出", "Project spending by year", "project-total"},
	} {
		ch := &Chart{ID: t.id, Name: t.name, Caption: c.say(t.zh, t.en), Note: c.amountsIn(money.WanYuan), Table: "#overview"}
		svg := c.trend(ch, years, t.fact)
		if svg == "" {
			continue
		}
		if t.fact == "project-total" {
			ch.Table = "" // the table of years does not have it
		}
		ch.SVG = template.HTML(svg)
		out = append(out, ch)
	}
	return out
}

func (c Context) trend(ch *Chart, years []*Summary, fact string) string {
	known := 0
	var stages []figure.Stage
	for _, s := range figure.Stages {
		if slices.ContainsFunc(years, func(y *Summary) bool { return y.Figure(stageID(fact, s)).Known() }) {
			stages = append(stages, s)
		}
	}
	for _, y := range years {
		if slices.ContainsFunc(stages, func(s figure.Stage) bool { return y.Figure(stageID(fact, s)).Known() }) {
			known++
		}
	}
	if known < 2 {
		return ""
	}
	if len(years) <= fewYears {
		b := chart.Bars{Head: ch.head(c.say("条形图，从零起，每年一组，依次为各阶段的数；右边是最新阶段的数。", "Bars from zero, a group for each year, a bar for each stage, with the number of the newest stage.")), Keys: c.stageKeys(stages)}
		for _, y := range years {
			g := chart.Group{Name: strconv.Itoa(y.Year)}
			for _, s := range stages {
				if f := y.Figure(stageID(fact, s)); f.Known() {
					g.Bars = append(g.Bars, chart.Bar{Style: stageStyle[s], Value: length(f)})
					g.Number = ch.number(c.comparable(f))
				}
			}
			b.Groups = append(b.Groups, g)
		}
		return b.SVG()
	}
	l := chart.Lines{Head: ch.head(c.say("折线图，从零起，横轴是年度；没有公布的年度断开。", "Lines from zero over the years, broken where a year was not published."))}
	most := 0.0
	for _, s := range stages {
		series := chart.Series{Name: s.Name().In(c.Lang), Style: stageStyle[s]}
		for _, y := range years {
			v := length(y.Figure(stageID(fact, s)))
			series.Values = append(series.Values, v)
			most = math.Max(most, nonNaN(v))
		}
		l.Series = append(l.Series, series)
	}
	for _, y := range years {
		l.Years = append(l.Years, strconv.Itoa(y.Year))
	}
	for _, v := range chart.Scale(most, 4) {
		l.Ticks = append(l.Ticks, chart.Tick{Value: v, Label: money.Grouped(strconv.FormatFloat(v, 'f', -1, 64))})
	}
	return l.SVG()
}

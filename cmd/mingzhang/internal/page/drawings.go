package page

import (
	"fmt"
	"html/template"
	"math"
	"slices"
	"strconv"

	"mingzhang/cmd/mingzhang/internal/chart"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/money"
)

// stagesChart shows the kinds of spending at the three stages.
func (m *yearMaker) stagesChart() *Chart {
	ch := &Chart{ID: "stages", Name: "支出结构", Caption: m.say("各类支出：年初、全年、决算", "Kinds of spending at the three stages"), Note: m.wan() + m.say("，右边是最新阶段的数", "; at the right the newest stage"), Table: "#stages"}
	stages := map[figure.Stage]bool{}
	b := chart.Bars{}
	for _, k := range spendingKinds {
		g := chart.Group{Name: k.name.In(m.Lang)}
		for _, s := range figure.Stages {
			f := m.book.Get(stageID(k.id, s))
			if !f.Known() {
				continue
			}
			stages[s] = true
			g.Bars = append(g.Bars, chart.Bar{Style: stageStyle[s], Value: length(f)})
			g.Number = ch.number(m.comparable(f)) // of the newest stage
		}
		if len(g.Bars) > 0 {
			b.Groups = append(b.Groups, g)
		}
	}
	if len(b.Groups) < 2 {
		return nil
	}
	for _, s := range figure.Stages {
		if stages[s] {
			b.Keys = append(b.Keys, m.stageKeys([]figure.Stage{s})...)
		}
	}
	b.Head = ch.head(m.say("条形图，从零起。每类支出一组，依次为各阶段的数；右边是最新阶段的数，其余见上面的表。", "Bars from zero, a group for each kind of spending, a bar for each stage, with the number of the newest. The others are in the table above."))
	ch.SVG = template.HTML(b.SVG())
	return ch
}

// treemap shows spending by function as areas.
func (m *yearMaker) treemap(rows []listRow, stage figure.Stage) *Chart {
	ch := &Chart{ID: "functions", Name: "功能分类", Caption: m.say("支出按功能分类", "Spending by function"), Note: stage.Name().In(m.Lang), Table: "#functions"}
	t := chart.Treemap{}
	drawn := 0
	for _, r := range rows {
		f := m.book.Get(r.at(stage))
		p := chart.Part{Name: r.name, Value: length(f)}
		if share := m.book.Get(r.id + "/share"); share.Known() {
			p.Number = ch.number(m.num(share, true))
		}
		if p.Value > 0 {
			drawn++
			t.Parts = append(t.Parts, p)
		}
	}
	if drawn < 2 {
		return nil // one area says nothing
	}
	t.Head = ch.head(m.say("矩形树图：面积与金额成比例，从大到小；写不下名称的小块见下面的列表。", "A treemap: areas in proportion to amounts, largest first. The list below names those too small for a label."))
	ch.SVG = template.HTML(t.SVG())
	return ch
}

// most uses that a flow shows; it has to stay legible on a telephone.
const mostUses = 8

// flow shows money on its way from sources to uses. Sources and uses are drawn
// only where they come to the same; the table is there in any case.
func (m *yearMaker) flow() (*Chart, *Table) {
	stage, ok := newest(func(s figure.Stage) bool {
		return len(m.incomeNodes(s)) > 0 && m.book.Get(stageID("", s)).Known()
	})
	if !ok {
		return nil, nil
	}
	sources, uses := m.incomeNodes(stage), m.useNodes(stage)
	caption := m.say("资金来源和用途", "Sources and uses")
	note := stage.Name().In(m.Lang) + m.say("，", ", ") + m.wan()
	t := &Table{ID: "flow", Caption: caption, Note: note, Columns: []Column{{Label: m.say("来源和用途", "sources and uses")}, {Label: m.say("金额", "amount"), Numeric: true}}}
	add := func(title string, total *figure.Figure, nodes []flowNode) {
		t.Rows = append(t.Rows, Row{Class: "total", Cells: []Cell{Text(title), {Num: m.comparable(total)}}})
		for _, n := range nodes {
			class := "nested"
			if n.carried {
				class = "parent" // no part of the year's own total
			}
			t.Rows = append(t.Rows, Row{Class: class, Cells: []Cell{Text(n.name), {Num: m.comparable(n.figure)}}})
		}
	}
	add(m.say("本年收入", "income of the year"), m.book.Get("income-total/"+string(stage)), sources)
	if len(uses) > 0 {
		add(m.say("本年支出", "spending of the year"), m.book.Get(stageID("", stage)), uses)
	}
	in, out := sumOf(sources), sumOf(uses)
	if len(sources)+len(uses) < 3 || len(uses) == 0 || len(uses) > mostUses || math.Abs(in-out) > .002*math.Max(in, out) {
		if len(uses) > 0 && math.Abs(in-out) > .002*math.Max(in, out) {
			t.Foot = append(t.Foot, m.say("来源各项与用途各项相加不等（另有结转结余，或部门没有逐项填报），所以不画流向图。", "Sources and uses do not add up to the same, for balances carried over or items not reported, so no flow is drawn."))
		}
		return nil, t
	}
	ch := &Chart{ID: "flow", Name: "收支流向", Caption: caption, Note: note, Table: "#flow"}
	f := chart.Flow{Layers: [][]chart.Node{nil, {{Name: m.say("本年收支", "the year"), Value: in}}, nil}}
	for i, n := range sources {
		f.Layers[0] = append(f.Layers[0], chart.Node{Name: n.name, Number: ch.number(m.comparable(n.figure)), Value: length(n.figure)})
		f.Links = append(f.Links, chart.Band{Layer: 0, From: i, To: 0, Value: length(n.figure)})
	}
	for i, n := range uses {
		f.Layers[2] = append(f.Layers[2], chart.Node{Name: n.name, Number: ch.number(m.comparable(n.figure)), Value: length(n.figure)})
		f.Links = append(f.Links, chart.Band{Layer: 1, From: 0, To: i, Value: length(n.figure)})
	}
	f.Head = ch.head(m.say("流向图：左边是资金来源，右边是用途，带子的粗细与金额成比例；数字见下面的表。", "A flow diagram: sources at the left, uses at the right, bands as thick as their amounts. The figures are in the table below."))
	ch.SVG = template.HTML(f.SVG())
	return ch, t
}

// flowNode is a source or a use.
type flowNode struct {
	name    string
	figure  *figure.Figure
	carried bool // from the year before or into the next
}

func sumOf(nodes []flowNode) float64 {
	sum := 0.0
	for _, n := range nodes {
		sum += length(n.figure)
	}
	return sum
}

// incomeNodes lists the sources of a stage that are above zero, with what was
// carried over from the year before.
func (m *yearMaker) incomeNodes(s figure.Stage) []flowNode {
	return append(m.nodes("income", string(s)), m.balance("opening", s)...)
}

// useNodes lists the uses: kinds of spending where they make up the whole, else
// functions; and what was carried over.
func (m *yearMaker) useNodes(s figure.Stage) []flowNode {
	total := length(m.book.Get(stageID("", s)))
	var out []flowNode
	for _, k := range spendingKinds {
		if f := m.book.Get(stageID(k.id, s)); k.part && f.Known() && !f.Value.Zero() {
			out = append(out, flowNode{name: k.name.In(m.Lang), figure: f})
		}
	}
	if math.Abs(sumOf(out)-total) > .002*total {
		out = nil
		rows, _ := m.classes("function")
		for _, r := range rows {
			if f := m.book.Get(r.at(s)); f.Known() && length(f) > 0 {
				out = append(out, flowNode{name: r.name, figure: f})
			}
		}
	}
	return append(out, m.balance("closing", s)...)
}

// nodes lists the counted rows of a table with an amount above zero.
func (m *yearMaker) nodes(table, column string) []flowNode {
	var out []flowNode
	for _, r := range m.book.Table(table) {
		if f := r.Cell(column); r.Level == figure.Leaf && f.Known() && length(f) > 0 {
			out = append(out, flowNode{name: r.Label.In(m.Lang), figure: f})
		}
	}
	return out
}

func (m *yearMaker) balance(kind string, s figure.Stage) []flowNode {
	var out []flowNode
	for _, r := range m.book.Table("balance") {
		if f := r.Cell(string(s)); r.Attr("kind") == kind && r.Level == figure.Leaf && f.Known() && length(f) > 0 {
			out = append(out, flowNode{r.Label.In(m.Lang), f, true})
		}
	}
	return out
}

// execution shows what was spent by the end of each quarter against even
// spending.
func (m *yearMaker) execution(rows []*figure.Row) (*Chart, *Table) {
	ch := &Chart{ID: "execution", Name: "季度执行", Caption: m.say("各季度累计执行率与序时进度", "Spent by each quarter's end, against schedule"), Note: m.say("占全年预算", "of the year's budget"), Table: "#execution"}
	t := &Table{ID: "execution", Caption: m.say("各季度执行进度", "Execution by quarter"), Columns: []Column{{Label: m.say("季度", "quarter")}, {Label: m.say("累计执行率（%）", "spent (%)"), Numeric: true}, {Label: m.say("序时进度（%）", "schedule (%)"), Numeric: true}, {Label: m.say("快慢（个百分点）", "ahead or behind (points)"), Numeric: true}}}
	amounts := slices.ContainsFunc(rows, func(r *figure.Row) bool { return r.Cell("outturn").Known() })
	if amounts {
		t.Columns = slices.Insert(t.Columns, 1, m.column(m.say("累计执行数（万元）", "spent (10,000 yuan)")))
	}
	b := chart.Bars{Keys: []chart.Key{{Style: chart.Solid, Text: m.say("累计执行率", "spent")}, {Mark: true, Text: m.say("序时进度", "schedule")}}}
	for _, q := range []float64{0, 25, 50, 75, 100} {
		b.Ticks = append(b.Ticks, chart.Tick{Value: q, Label: strconv.Itoa(int(q)) + "%"})
	}
	for _, r := range rows {
		rate, schedule := m.book.Get("execution-rate/"+r.Key), m.book.Get("schedule/"+r.Key)
		row := Row{Cells: []Cell{Text(r.Label.In(m.Lang))}}
		if amounts {
			row.Cells = append(row.Cells, Cell{Num: m.comparable(r.Cell("outturn"))})
		}
		row.Cells = append(row.Cells, Cell{Num: m.num(rate, false)}, Cell{Num: m.num(schedule, false)}, Cell{Num: m.num(m.book.Get("pace/"+r.Key), false)})
		t.Rows = append(t.Rows, row)
		if rate.Known() {
			g := chart.Group{Name: r.Label.In(m.Lang), Number: ch.number(m.num(rate, true)), Bars: []chart.Bar{{Style: chart.Solid, Value: length(rate)}}}
			if schedule.Known() {
				g.Marks = []float64{length(schedule)}
			}
			b.Groups = append(b.Groups, g)
		}
	}
	if len(b.Groups) == 0 {
		return nil, t
	}
	b.Head = ch.head(m.say("条形图，从零起：每个季度末一共花了全年预算的多少；竖线是按时间均匀花钱应达到的位置。", "Bars from zero: how much of the year's budget was spent by each quarter's end; the mark is where even spending would be."))
	ch.SVG = template.HTML(b.SVG())
	return ch, t
}

// mostProjects is how many projects are drawn; the table has them all.
const mostProjects = 10

// projectBars shows what was spent of each project's budget, the largest first.
func (m *yearMaker) projectBars(rows []*figure.Row) *Chart {
	ch := &Chart{ID: "projects", Name: "项目执行", Caption: m.say("项目的预算和支出", "Projects: budget and outturn"), Note: m.say("右边是执行率", "with the execution rate"), Table: "#projects"}
	type project struct {
		row           *figure.Row
		plan, outturn float64
	}
	var list []project
	planName := figure.Adjusted
	for _, r := range rows {
		if r.Level != figure.Leaf {
			continue
		}
		plan := r.Cell("adjusted")
		if !plan.Known() {
			if plan = r.Cell("original"); plan.Known() {
				planName = figure.Original
			}
		}
		if p := (project{r, length(plan), length(r.Cell("outturn"))}); p.plan > 0 || p.outturn > 0 {
			list = append(list, p)
		}
	}
	if len(list) < 2 {
		return nil
	}
	size := func(p project) float64 { return math.Max(nonNaN(p.plan), nonNaN(p.outturn)) }
	slices.SortStableFunc(list, func(a, b project) int {
		switch {
		case size(a) > size(b):
			return -1
		case size(a) < size(b):
			return 1
		}
		return 0
	})
	if len(list) > mostProjects {
		ch.Note = fmt.Sprintf(m.say("金额最大的 %d 个；%s", "the %d largest, %s"), mostProjects, ch.Note)
		list = list[:mostProjects]
	}
	b := chart.Bars{Keys: []chart.Key{{Style: chart.Hollow, Text: planName.Name().In(m.Lang)}, {Style: chart.Solid, Text: m.say("执行数", "outturn")}}}
	for _, p := range list {
		g := chart.Group{Name: p.row.Label.In(m.Lang), Bars: []chart.Bar{{Style: chart.Hollow, Value: nonNaN(p.plan)}}}
		if !math.IsNaN(p.outturn) {
			g.Bars = append(g.Bars, chart.Bar{Style: chart.Solid, Value: p.outturn, Inside: true})
		}
		if rate := m.book.Get("project/" + p.row.Key + "/execution-rate"); rate.Known() {
			g.Number = ch.number(m.num(rate, true))
		}
		b.Groups = append(b.Groups, g)
	}
	b.Head = ch.head(m.say("条形图，从零起：空心条是预算，里面的实心条是已花的钱；数字见下面的表。", "Bars from zero: the outline is the budget, the bar inside is what was spent. The figures are in the table below."))
	ch.SVG = template.HTML(b.SVG())
	return ch
}

func nonNaN(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return v
}

// threePublicBars shows the three public expenses year by year up to this one;
// of a first year, its items.
func (m *yearMaker) threePublicBars() *Chart {
	ch := &Chart{ID: "three-public", Name: "三公经费", Caption: m.say("三公经费", "The three public expenses"), Note: m.wan(), Table: "#three-public"}
	b := chart.Bars{}
	if len(m.in.Earlier) > 0 {
		ch.Caption = m.say("历年三公经费", "The three public expenses by year")
		for _, s := range m.in.Earlier {
			b.Groups = m.planAndOutturn(ch, b.Groups, strconv.Itoa(s.Year), s.figure, "three-public-total")
		}
		b.Groups = m.planAndOutturn(ch, b.Groups, strconv.Itoa(m.dy.Year), m.book.Get, "three-public-total")
	} else {
		for _, r := range m.book.Table("three-public") {
			if r.Level != figure.Nested {
				b.Groups = m.planAndOutturn(ch, b.Groups, r.Label.In(m.Lang), func(id string) *figure.Figure { return r.Cell(id[1:]) }, "")
			}
		}
	}
	if len(b.Groups) < 2 {
		return nil
	}
	for _, s := range []figure.Stage{figure.Original, figure.Outturn} {
		if slices.ContainsFunc(b.Groups, func(g chart.Group) bool {
			return slices.ContainsFunc(g.Bars, func(x chart.Bar) bool { return x.Style == stageStyle[s] })
		}) {
			b.Keys = append(b.Keys, m.stageKeys([]figure.Stage{s})...)
		}
	}
	b.Head = ch.head(m.say("条形图，从零起：空心条是年初预算数，实心条是决算数。", "Bars from zero: the outline is the original budget, the full bar the outturn."))
	ch.SVG = template.HTML(b.SVG())
	return ch
}

// planAndOutturn adds a group with the first plan and what was spent.
func (c Context) planAndOutturn(ch *Chart, groups []chart.Group, name string, find finder, fact string) []chart.Group {
	g := chart.Group{Name: name}
	for _, s := range []figure.Stage{figure.Original, figure.Outturn} {
		f := find(fact + "/" + string(s))
		if !f.Known() {
			continue
		}
		g.Bars = append(g.Bars, chart.Bar{Style: stageStyle[s], Value: length(f)})
		g.Before, g.Number = g.Number, ch.number(c.comparable(f)) // of the newest stage
	}
	if len(g.Bars) == 0 {
		return groups
	}
	return append(groups, g)
}

// staffBars shows posts and the people on them.
func (m *yearMaker) staffBars() *Chart {
	ch := &Chart{ID: "staffing", Name: "人员", Caption: m.say("编制和人员", "Posts and staff"), Note: m.say("单位：人", "people"), Table: "#staffing"}
	b := chart.Bars{}
	for _, x := range []struct {
		id, zh, en string
		style      chart.Style
	}{
		{"staffing-total/posts", "编制数", "approved posts", chart.Hollow},
		{"staffing-total/staff", "在编人数", "established staff", chart.Solid},
		{"staffing-total/external", "编外人数", "non-established staff", chart.Light},
	} {
		if f := m.book.Get(x.id); f.Known() && f.Value.Unit.Kind() == money.KindCount {
			b.Groups = append(b.Groups, chart.Group{Name: m.say(x.zh, x.en), Number: ch.number(m.num(f, false)), Bars: []chart.Bar{{Style: x.style, Value: length(f)}}})
		}
	}
	if len(b.Groups) < 2 {
		return nil
	}
	b.Head = ch.head(m.say("条形图，从零起：编制、在编和编外人数。", "Bars from zero: posts, established and non-established staff."))
	ch.SVG = template.HTML(b.SVG())
	return ch
}

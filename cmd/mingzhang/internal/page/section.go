package page

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// Section is what a department-year's page says on one subject: a sentence, its
// charts and its tables.
type Section struct {
	ID     string
	Title  string
	Lead   []Phrase
	Charts []*Chart
	Tables []*Table
}

// yearMaker makes the sections of a department-year's page. The department's
// own tables are taken out of the list as sections show them; what is left is
// shown at the end.
type yearMaker struct {
	Context
	in   YearInput
	dy   *fiscal.DepartmentYear
	book *figure.Book
	p    *Year
}

// sections answers what residents ask, in their order: where the money goes,
// where it comes from, how fast, for what, with what result, and by whom.
func (m *yearMaker) sections() {
	for _, s := range []*Section{m.spending(), m.sources(), m.pace(), m.projects(), m.results(), m.threePublic(), m.bought(), m.people()} {
		if s != nil && (len(s.Charts) > 0 || len(s.Tables) > 0) {
			m.p.Sections = append(m.p.Sections, *s)
			for _, ch := range s.Charts {
				m.p.charts[ch.ID] = ch
			}
		}
	}
}

func (m *yearMaker) section(id, zh, en string) *Section {
	return &Section{ID: id, Title: m.say(zh, en)}
}

// take takes a table of the department's own out of the list.
func (m *yearMaker) take(s *Section, ids ...string) (taken *Table) {
	for _, id := range ids {
		for i, t := range m.p.Tables {
			if t.ID == id {
				m.p.Tables = slices.Delete(m.p.Tables, i, i+1)
				s.Tables = append(s.Tables, t)
				taken = t
				break
			}
		}
	}
	return taken
}

// draw adds a chart to a section unless it shows nothing.
func (s *Section) draw(ch *Chart) {
	if ch != nil && ch.SVG != "" {
		s.Charts = append(s.Charts, ch)
	}
}

// newest returns the newest stage at which something is known.
func newest(known func(figure.Stage) bool) (figure.Stage, bool) {
	for i := len(figure.Stages) - 1; i >= 0; i-- {
		if known(figure.Stages[i]) {
			return figure.Stages[i], true
		}
	}
	return figure.NoStage, false
}

func (m *yearMaker) wan() string { return m.amountsIn(money.WanYuan) }

// list makes a table of names with figures at the stages that any row knows, and
// more columns behind.
func (m *yearMaker) list(id, caption, first string, rows []listRow, more ...listColumn) *Table {
	t := &Table{ID: id, Caption: caption, Note: m.wan(), Columns: []Column{{Label: first}}}
	var stages []figure.Stage
	for _, s := range figure.Stages {
		if slices.ContainsFunc(rows, func(r listRow) bool { return m.book.Get(r.at(s)).Known() }) {
			stages = append(stages, s)
			t.Columns = append(t.Columns, m.column(s.Name().In(m.Lang)))
		}
	}
	if len(stages) == 0 {
		return nil
	}
	shown := more[:0:0]
	for _, c := range more {
		if slices.ContainsFunc(rows, func(r listRow) bool { return m.book.Get(c.of(r)).Known() }) {
			shown = append(shown, c)
			t.Columns = append(t.Columns, m.column(c.label))
		}
	}
	for _, r := range rows {
		row := Row{Class: r.class, Cells: []Cell{{Text: r.name}}}
		known := false
		for _, s := range stages {
			f := m.book.Get(r.at(s))
			known = known || f.Known()
			row.Cells = append(row.Cells, Cell{Num: m.comparable(f)})
		}
		for _, c := range shown {
			cell := Cell{}
			if f := m.book.Get(c.of(r)); f != nil {
				cell.Num = m.num(f, true)
			}
			row.Cells = append(row.Cells, cell)
		}
		if known {
			t.Rows = append(t.Rows, row)
		}
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return t
}

// listRow is a row of a list: a name, and the id of its figure at each stage.
type listRow struct {
	name  string
	id    string // without the stage
	class string
}

func (r listRow) at(s figure.Stage) string { return stageID(r.id, s) }

// listColumn is a column behind the stages.
type listColumn struct {
	label string
	of    func(listRow) string // the figure's id
}

// classes lists the classes of a classification that have figures, the largest
// at the newest stage first.
func (m *yearMaker) classes(fact string) (rows []listRow, stage figure.Stage) {
	byStage := map[figure.Stage]bool{}
	seen := map[string]bool{}
	for _, f := range m.book.All() {
		if f.Stage == figure.NoStage || !strings.HasPrefix(f.ID, fact) {
			continue
		}
		parts := strings.Split(f.ID, "/")
		if len(parts) != 3 || parts[0] != fact {
			continue
		}
		if f.Known() && !f.Value.Zero() {
			byStage[f.Stage] = true
		}
		if !seen[parts[1]] {
			seen[parts[1]] = true
			rows = append(rows, listRow{name: m.in.Catalogue.Names(fact, parts[1], m.dy.Year), id: fact + "/" + parts[1]})
		}
	}
	stage, ok := newest(func(s figure.Stage) bool { return byStage[s] })
	if !ok {
		return nil, stage
	}
	size := map[string]decimal.Decimal{} // by the row's id; 0 where nothing is known
	for _, r := range rows {
		if f := m.book.Get(r.at(stage)); f.Known() {
			size[r.id] = f.Value.Base()
		}
	}
	slices.SortStableFunc(rows, func(a, b listRow) int { return size[b.id].Cmp(size[a.id]) })
	return rows, stage
}

// spending says where the money goes: by category and by function.
func (m *yearMaker) spending() *Section {
	s := m.section("spending", "钱花在哪里", "Where the money goes")
	s.draw(m.stagesChart())
	if rows, stage := m.classes("function"); len(rows) > 0 {
		s.draw(m.treemap(rows, stage))
		share := listColumn{m.say("占支出", "share"), func(r listRow) string { return r.id + "/share" }}
		if t := m.list("functions", m.say("支出按功能分类", "Spending by function"), m.say("类", "class"), rows, share); t != nil {
			s.Tables = append(s.Tables, t)
		}
	}
	return s
}

// perHundred tells the year's spending as if it were 100 yuan: what kinds of
// spending, then the largest functions.
func (m *yearMaker) perHundred() []Phrase {
	var out []Phrase
	type hundred struct {
		id, fact string
		name     lang.Text
	}
	kinds := []hundred{
		{"project-per-hundred", "project-total", lang.Text{ZH: "做项目", EN: "to projects"}},
		{"personnel-per-hundred", "personnel", lang.Text{ZH: "养人（人员经费）", EN: "to staff"}},
		{"operating-per-hundred", "operating", lang.Text{ZH: "日常运转（公用经费）", EN: "to running the office"}},
		{"households-per-hundred", "households", lang.Text{ZH: "对个人和家庭的补助", EN: "to individuals and households"}},
	}
	// One sentence speaks of one stage: the newest that any kind has reached.
	stage, _ := newest(func(s figure.Stage) bool {
		for _, k := range kinds {
			if m.book.Get(stageID(k.fact, s)).Known() {
				return true
			}
		}
		return false
	})
	slices.SortStableFunc(kinds, func(a, b hundred) int {
		return cmp.Compare(nonNaN(length(m.book.Get(b.id))), nonNaN(length(m.book.Get(a.id))))
	})
	var parts [][]Phrase
	for _, k := range kinds {
		if f := m.book.Get(k.id); f.Known() && !f.Value.Zero() && m.book.Get(stageID(k.fact, stage)).Known() {
			parts = append(parts, m.spent(f, k.name.In(m.Lang)))
		}
	}
	if len(parts) > 0 {
		out = m.enumerate(m.say("每 100 元支出中，", "Of every 100 yuan spent, "), parts)
	}
	rows, stage := m.classes("function")
	parts = nil
	for _, r := range rows {
		if f := m.book.Get(r.id + "/per-hundred"); f.Known() && !f.Value.Zero() && m.book.Get(r.at(stage)).Known() && len(parts) < 3 {
			parts = append(parts, m.spent(f, m.say("「"+r.name+"」", "to "+r.name)))
		}
	}
	if len(rows) > 1 && len(parts) > 0 {
		out = append(out, m.enumerate(m.say("按用途看，最多的是 ", "By function, most go as follows: "), parts)...)
	}
	return out
}

func (m *yearMaker) spent(f *figure.Figure, on string) []Phrase {
	n := m.num(f, true)
	if m.English() {
		return []Phrase{{Num: n}, {Text: " " + on}}
	}
	return []Phrase{{Num: n}, {Text: "用于" + on}}
}

// enumerate joins parts of a sentence.
func (m *yearMaker) enumerate(lead string, parts [][]Phrase) []Phrase {
	out := []Phrase{{Text: lead}}
	for i, p := range parts {
		if i > 0 {
			out = append(out, Phrase{Text: m.say("，", ", ")})
		}
		out = append(out, p...)
	}
	return append(out, Phrase{Text: m.say("。", ". ")})
}

// sources says where the money comes from and to what it goes.
func (m *yearMaker) sources() *Section {
	s := m.section("sources", "钱从哪里来", "Where the money comes from")
	ch, t := m.flow()
	s.draw(ch)
	if t != nil {
		s.Tables = append(s.Tables, t)
	}
	return s
}

// pace says how fast the money was spent, quarter by quarter.
func (m *yearMaker) pace() *Section {
	s := m.section("execution-section", "花得快不快", "How fast it is spent")
	rows := m.book.Table("execution")
	if len(rows) == 0 {
		return nil
	}
	ch, t := m.execution(rows)
	s.draw(ch)
	if t != nil {
		s.Tables = append(s.Tables, t)
	}
	m.take(s, "execution")
	if t != nil && len(s.Tables) > 1 { // the department's own table says the same with less
		t.CSV = s.Tables[1].CSV
		s.Tables = s.Tables[:1]
	}
	return s
}

// projects says for what: each project with its budget, what was spent, and why
// they differ.
func (m *yearMaker) projects() *Section {
	s := m.section("projects-section", "做了哪些项目", "Projects")
	rows := m.book.Table("project")
	s.draw(m.projectBars(rows))
	if t := m.take(s, "projects"); t != nil {
		m.addComputed(t, rows,
			listColumn{m.say("执行率", "execution rate"), func(r listRow) string { return "project/" + r.id + "/execution-rate" }},
			listColumn{m.say("执行数减预算", "outturn less budget"), func(r listRow) string { return "project/" + r.id + "/deviation" }})
	}
	return s
}

// addComputed puts columns of computed figures behind the columns of a
// department's own table.
func (m *yearMaker) addComputed(t *Table, rows []*figure.Row, columns ...listColumn) {
	if len(rows) != len(t.Rows) {
		return
	}
	for _, col := range columns {
		if !slices.ContainsFunc(rows, func(r *figure.Row) bool { return m.book.Get(col.of(listRow{id: r.Key})).Known() }) {
			continue
		}
		at := len(t.Columns)
		for at > 0 && !t.Columns[at-1].Numeric {
			at-- // before the columns of words
		}
		t.Columns = slices.Insert(t.Columns, at, m.column(col.label))
		for i, r := range rows {
			cell := Cell{}
			if f := m.book.Get(col.of(listRow{id: r.Key})); f != nil {
				cell.Num = m.num(f, f.Value.Unit.Kind() != money.KindMoney)
			}
			t.Rows[i].Cells = slices.Insert(t.Rows[i].Cells, min(at, len(t.Rows[i].Cells)), cell)
		}
	}
}

// results says what came of it: goals with the reasons for missing them, and
// what residents think.
func (m *yearMaker) results() *Section {
	s := m.section("results", "目标完成得怎样", "What came of it")
	m.take(s, "goals", "services")
	return s
}

// threePublic shows the three public expenses, over the years that are known.
func (m *yearMaker) threePublic() *Section {
	s := m.section("three-public-section", "三公经费", "The three public expenses")
	s.draw(m.threePublicBars())
	if m.take(s, "three-public") != nil {
		return s
	}
	var rows []listRow
	for _, r := range m.book.Table("three-public") {
		if len(r.Cells) == 0 {
			continue
		}
		id := r.Cells[0].ID
		rows = append(rows, listRow{name: r.Label.In(m.Lang), id: id[:strings.LastIndexByte(id, '/')], class: rowClass(r.Level)})
	}
	if t := m.list("three-public", m.say("三公经费", "The three public expenses"), m.say("项目", "item"), rows); t != nil {
		s.Tables = append(s.Tables, t)
	}
	return s
}

// bought shows government procurement.
func (m *yearMaker) bought() *Section {
	s := m.section("procurement-section", "政府采购", "Procurement")
	m.take(s, "procurement")
	return s
}

// people shows staff and property.
func (m *yearMaker) people() *Section {
	s := m.section("people", "多少人、多少家当", "Staff and property")
	s.draw(m.staffBars())
	m.take(s, "staffing", "assets")
	return s
}

// English reports whether pages are made in English.
func (c Context) English() bool { return c.Lang == lang.EN }

// citation is how the page is quoted.
func (c Context) citation(p *Year) string {
	var b strings.Builder
	b.WriteString(fmt.Sprintf(c.say("%s：《%s》", "%s: %s"), p.Department.Text, p.Title))
	b.WriteString(c.say("，", ", ") + p.Site.Title)
	if p.Site.AsOf != "" {
		b.WriteString(c.say("，数据截至 ", ", data as of ") + p.Site.AsOf)
	}
	if p.Canonical != "" {
		b.WriteString(c.say("，", ", ") + p.Canonical)
	}
	return b.String() + c.say("。", ".")
}

package sample

import (
	"math/rand/v2"

	"mingzhang/cmd/mingzhang/internal/standard"
)

// amount is money in hundredths of 万元, so that every sum is exact.
type amount int64

// staged is an amount at the three stages of a budget.
type staged struct{ original, adjusted, outturn amount }

func (s *staged) add(o staged) {
	s.original += o.original
	s.adjusted += o.adjusted
	s.outturn += o.outturn
}

// line is a row of the expenditure table.
type line struct {
	function, functionName, kind, category, economic, source string
	staged
}

// project is a row of the project table.
type project struct {
	work
	slug string
	name string
	sum  staged
	from string // source
	late bool
	plan int64 // of what is counted
	done int64
}

// flow is the income from one source and what is carried over in it.
type flow struct {
	source           string
	income           staged
	opening, closing amount
}

// year is all figures of a department-year.
type year struct {
	*dept
	year       int
	lines      []line
	projects   []project
	flows      []flow
	quarters   [4]amount
	procured   [3]procured
	posts      int
	staff      int
	workers    int
	external   int
	retired    int
	vehicles   int
	batches    int
	guests     int
	groups     int
	travellers int
	assets     []asset
	services   []service
}

type procured struct{ plan, actual, sme, micro amount }

type asset struct {
	name, within string
	quantity     int
	value, inUse amount
}

type service struct {
	name             string
	count, onTime    int
	satisfactionCent int // hundredths of a percent
}

// Sources of money.
const (
	public   = "一般公共预算"
	fund     = "政府性基金预算"
	core     = "事业收入"
	other    = "其他收入"
	basic    = "基本支出"
	projects = "项目支出"
)

// item is an economic class of basic spending with its usual size in 万元 and
// the function it is spent on; a blank function is the body's running costs.
type item struct {
	code, category, function string
	size                     int64
	civil, institution       bool // which bodies have it
}

// items are the classes of basic spending. The classification changed in 2018;
// of each pair only the class valid in the year is used.
var items = []item{
	{"30101", personnel, "", 320, true, true},
	{"30102", personnel, "", 260, true, true},
	{"30103", personnel, "", 180, true, true},
	{"30106", personnel, "", 24, true, true},
	{"30107", personnel, "", 240, false, true},
	{"30108", personnel, "2080505", 96, true, true},
	{"30109", personnel, "2080506", 48, true, true},
	{"30110", personnel, "medical", 60, true, true},
	{"30111", personnel, "2101103", 22, true, false},
	{"30112", personnel, "", 12, true, true},
	{"30113", personnel, "2210201", 110, true, true},
	{"30311", personnel, "2210201", 110, true, true},
	{"30199", personnel, "", 46, true, true},
	{"30201", operating, "", 22, true, true},
	{"30202", operating, "", 6, true, true},
	{"30205", operating, "", 3, true, true},
	{"30206", operating, "", 14, true, true},
	{"30207", operating, "", 8, true, true},
	{"30209", operating, "", 26, true, true},
	{"30211", operating, "", 9, true, true},
	{"30212", operating, "", 4, true, false},
	{"30213", operating, "", 12, true, true},
	{"30215", operating, "", 4, true, false},
	{"30216", operating, "", 7, true, true},
	{"30217", operating, "", 3, true, true},
	{"30226", operating, "", 16, false, true},
	{"30228", operating, "", 15, true, true},
	{"30229", operating, "", 9, true, true},
	{"30231", operating, "", 11, true, true},
	{"30239", operating, "", 24, true, false},
	{"30299", operating, "", 10, true, true},
	{"30302", personnel, "retired", 30, true, true},
	{"30309", personnel, "", 1, true, true},
}

const (
	personnel = "人员经费"
	operating = "公用经费"
)

// lineCount is how many rows the expenditure table of a year has.
const lineCount = 40

// projectCount is how many projects a year has.
const projectCount = 8

// projectClasses are what project money is spent on. There are more of them than
// project rows, so that every row finds one that its function does not have yet.
var projectClasses = []string{
	"30227", "30226", "30213", "31002", "30299", "30214", "31003", "30201", "30202", "30203",
	"30211", "30216", "30218", "30206", "30207", "30209", "31007", "30205",
}

func newYear(d *dept, y int, scale int64, before *year, r *rand.Rand) *year {
	yr := &year{dept: d, year: y}
	yr.basicLines(scale, r)
	yr.projectLines(scale, r)
	yr.incomes(before, r)
	total := yr.total()
	share := int64(18 + r.IntN(8))
	for q := range 3 {
		yr.quarters[q] = amount(int64(total.outturn) * share / 100)
		share += int64(18 + r.IntN(9))
	}
	yr.quarters[3] = total.outturn
	yr.people(before, r)
	yr.purchases(r)
	yr.holdings(before, r)
	return yr
}

// spent makes the three stages of a line of about a size, in hundredths of 万元.
func spent(size amount, r *rand.Rand) staged {
	o := size + amount(r.Int64N(int64(size)/2+1))
	a := o + o*amount(r.IntN(13)-4)/100
	return staged{o, a, a * amount(8800+r.IntN(1201)) / 10000}
}

func (yr *year) functionName(code string) (string, string) {
	functions := standard.Functions()
	if e, ok := functions.In(code, yr.year); ok {
		return code, e.Name
	}
	return yr.run, functions.Name(yr.run, yr.year)
}

func (yr *year) basicLines(scale int64, r *rand.Rand) {
	classes := standard.Economics()
	for _, it := range items {
		if yr.civil() && !it.civil || !yr.civil() && !it.institution {
			continue
		}
		if _, ok := classes.In(it.code, yr.year); !ok {
			continue
		}
		function := it.function
		switch {
		case function == "":
			function = yr.run
		case function == "medical" && yr.civil():
			function = "2101101"
		case function == "medical":
			function = "2101102"
		case function == "retired" && yr.civil():
			function = "2080501"
		case function == "retired":
			function = "2080502"
		}
		code, name := yr.functionName(function)
		yr.lines = append(yr.lines, line{code, name, basic, it.category, it.code, public, spent(amount(it.size*scale), r)})
	}
}

func (yr *year) projectLines(scale int64, r *rand.Rand) {
	rest := lineCount - len(yr.lines) // rows that projects fill
	type key struct{ function, economic, source string }
	taken := map[key]bool{}
	for i := range projectCount {
		w := yr.works[i%len(yr.works)]
		p := project{work: w, slug: "p" + string(rune('1'+i)), name: w.name, from: public}
		if n := i / len(yr.works); n > 0 {
			p.name += []string{"", "（二期）", "（三期）"}[n]
		}
		code, name := yr.functionName(w.function)
		switch {
		case code[:3] == "229" || code[:5] == "21208":
			p.from = fund
		case yr.kind == institution2 && i%2 == 1:
			p.from = core
		case !yr.civil() && i == projectCount-1:
			p.from = other
		}
		parts := 1
		if rest > projectCount-i {
			parts = min(rest-(projectCount-i)+1, 2)
		}
		for range parts {
			k := key{code, projectClasses[r.IntN(len(projectClasses))], p.from}
			for taken[k] {
				k.economic = projectClasses[(index(projectClasses, k.economic)+1)%len(projectClasses)]
			}
			taken[k] = true
			s := spent(amount(int64(20+r.IntN(160))*scale/2), r)
			p.sum.add(s)
			yr.lines = append(yr.lines, line{code, name, projects, "项目", k.economic, p.from, s})
			rest--
		}
		p.plan = int64(20 + r.IntN(480))
		p.late = r.IntN(6) == 0
		p.done = p.plan + int64(r.IntN(int(p.plan)/10+1))
		if p.late {
			p.done = p.plan * int64(60+r.IntN(35)) / 100
		}
		yr.projects = append(yr.projects, p)
	}
}

func index(list []string, s string) int {
	for i, v := range list {
		if v == s {
			return i
		}
	}
	return 0
}

// incomes makes the income that the spending was paid from. Appropriations are
// drawn as they are spent; own income leaves a balance for the next year.
func (yr *year) incomes(before *year, r *rand.Rand) {
	for _, source := range []string{public, fund, core, other} {
		f := flow{source: source}
		for _, l := range yr.lines {
			if l.source == source {
				f.income.add(l.staged)
			}
		}
		if before != nil {
			for _, b := range before.flows {
				if b.source == source {
					f.opening = b.closing
				}
			}
		}
		if f.income == (staged{}) && f.opening == 0 {
			continue
		}
		f.closing = f.opening
		if source == core || source == other {
			gain := amount(r.Int64N(int64(f.income.outturn)/20 + 1))
			f.income.outturn += gain
			f.closing += gain
		}
		yr.flows = append(yr.flows, f)
	}
}

func (yr *year) sum(keep func(*line) bool) staged {
	var s staged
	for i := range yr.lines {
		if keep(&yr.lines[i]) {
			s.add(yr.lines[i].staged)
		}
	}
	return s
}

func (yr *year) total() staged { return yr.sum(func(*line) bool { return true }) }

// class is the basic spending of an economic class.
func (yr *year) class(code string) staged {
	return yr.sum(func(l *line) bool { return l.kind == basic && l.economic == code })
}

func (yr *year) threePublic() (total, overseas, vehicles, reception staged) {
	overseas, vehicles, reception = yr.class("30212"), yr.class("30231"), yr.class("30217")
	for _, s := range []staged{overseas, vehicles, reception} {
		total.add(s)
	}
	return total, overseas, vehicles, reception
}

func (yr *year) people(before *year, r *rand.Rand) {
	salary := int64(yr.class("30101").outturn)
	yr.posts = int(salary/1400) + 6
	if before != nil && before.posts > yr.posts {
		yr.posts = before.posts // posts are not cut because pay went down
	}
	yr.staff = yr.posts - r.IntN(yr.posts/8+1)
	yr.workers = r.IntN(4)
	yr.external = r.IntN(yr.posts/6 + 1)
	yr.retired = yr.posts/5 + r.IntN(6)
	yr.vehicles = 1 + r.IntN(6)
	yr.batches = 4 + r.IntN(40)
	yr.guests = yr.batches * (3 + r.IntN(6))
	if overseas := yr.class("30212"); overseas.outturn > 0 {
		yr.groups = 1 + r.IntN(2)
		yr.travellers = yr.groups * (1 + r.IntN(3))
	}
	names := []string{"咨询", "投诉", "意见建议"}
	for _, n := range names {
		count := 20 + r.IntN(300)
		yr.services = append(yr.services, service{n, count, count - r.IntN(count/20+1), 9000 + r.IntN(1000)})
	}
}

func (yr *year) purchases(r *rand.Rand) {
	s := yr.sum(func(l *line) bool { return l.kind == projects })
	for i, share := range []amount{14, 9, 32} {
		p := procured{plan: s.adjusted * share / 100}
		p.actual = p.plan * amount(86+r.IntN(15)) / 100
		p.sme = p.actual * amount(40+r.IntN(61)) / 100
		p.micro = p.sme * amount(20+r.IntN(60)) / 100
		yr.procured[i] = p
	}
}

func (yr *year) holdings(before *year, r *rand.Rand) {
	size := amount(yr.posts)
	rows := []asset{
		{"房屋", "", 1 + r.IntN(4), size * 1800, 0},
		{"设备", "", 40 + yr.posts*6, size * 460, 0},
		{"车辆", "设备", yr.vehicles, amount(yr.vehicles) * 1760, 0},
		{"家具和用具", "", 60 + yr.posts*9, size * 88, 0},
		{"无形资产", "", 2 + r.IntN(30), size * 64, 0},
	}
	for i := range rows {
		a := &rows[i]
		if before != nil {
			switch was := before.assets[i]; i {
			case 0:
				a.quantity, a.value = was.quantity, max(a.value, was.value)
			case 4: // programs are added each year: no two years have the same table
				a.quantity = was.quantity + 1 + a.quantity%3
			}
		}
		a.inUse = a.value
		if i == 1 || i == 3 {
			a.inUse = a.value * amount(90+r.IntN(11)) / 100
		}
	}
	rows[2].value = min(rows[2].value, rows[1].value/2) // the vehicles are a part of the equipment
	rows[2].inUse = rows[2].value
	yr.assets = rows
}

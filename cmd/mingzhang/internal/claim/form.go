package claim

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// styles are the ways of numbering, each with a level of its own.
var styles = []*regexp.Regexp{
	regexp.MustCompile(`^第([一二三四五六七八九十百\d]{1,4})(?:部分|章|节)`),
	regexp.MustCompile(`^([一二三四五六七八九十]{1,3})[、．.]`),
	regexp.MustCompile(`^（([一二三四五六七八九十]{1,3})）`),
	regexp.MustCompile(`^(\d{1,2})[.、](?:[^\d]|(?:19|20)\d\d年)`),
	regexp.MustCompile(`^（(\d{1,2})）`),
	regexp.MustCompile(`^(\d{1,2})）`),
}

// numbering tells headings that are numbered twice.
func (a *analysis) numbering() {
	type open struct {
		style, last int
		seen        map[int]int // number → where
	}
	var stack []*open
	visit := func(s string, at int) {
		if r, _ := utf8.DecodeRuneInString(s); !isDigit(r) && !strings.ContainsRune("第（一二三四五六七八九十百", r) {
			return // as nearly all
		}
		for k, re := range styles {
			m := re.FindStringSubmatch(s)
			if m == nil {
				continue
			}
			n := number(m[1])
			i := slices.IndexFunc(stack, func(o *open) bool { return o.style == k })
			if i < 0 {
				stack = append(stack, &open{style: k, seen: map[int]int{}})
				i = len(stack) - 1
			}
			stack = stack[:i+1]
			o := stack[i]
			first, twice := o.seen[n]
			switch {
			case n == 1 && o.last != 1: // a new list
				o.seen = map[int]int{}
			case twice && n == o.last+1:
			case twice && !(n == 1 && o.last == 1):
				title := strings.TrimSpace(m[0])
				line, _ := a.place2(first)
				a.add(&finding{
					code: HeadingTwice, from: at, till: min(len(a.r), at+utf8.RuneCountInString(s)), args: []any{strings.TrimRight(title[:len(m[0])-lastSize(m[0], re)], " ")},
					sum: lang.Sprintf(lang.Text{ZH: "第 %d 行：%s\n这里：%s", EN: "line %d: %s\nhere: %s"}, line, a.head1(first), cut(s, 24)),
				})
			}
			if _, had := o.seen[n]; !had {
				o.seen[n] = at
			}
			o.last = n
			return
		}
	}
	for _, b := range a.blocks {
		if b.layout == row {
			continue
		}
		s := a.text(b.start, b.end)
		visit(s, b.start)
		if i := trailingAt(s); i >= 0 {
			visit(s[i+len("。"):], b.start+utf8.RuneCountInString(s[:i])+1)
		}
	}
}

// lastSize is what the pattern of 1. took beyond the number and its sign.
func lastSize(m string, re *regexp.Regexp) int {
	if re != styles[3] {
		return 0
	}
	i := strings.IndexAny(m, ".、")
	_, size := utf8.DecodeRuneInString(m[i:])
	return len(m) - i - size
}

func (a *analysis) head1(at int) string {
	end := at
	for end < len(a.r) && a.r[end] != '\n' && end < at+24 {
		end++
	}
	return a.text(at, end)
}

func cut(s string, n int) string {
	r := []rune(s)
	if len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}

func number(s string) int {
	if isDigit(rune(s[0])) {
		return atoi(s)
	}
	n, _ := money.ChineseInt(s)
	return int(n)
}

var (
	tableWord  = sought{[]string{"下表", "上表", "附表", "见表", "如表"}, regexp.MustCompile(`(?:如|见|详见|结合|根据|参见|具体见|由)?(下表|上表|附表\d*|见表\s?\d+|如表\s?\d+)(?:“[^”]{1,40}”|《[^》]{1,40}》)?`)}
	tableTitle = sought{[]string{"《"}, regexp.MustCompile(`(?:详见|见|附|按照|填报|填列|结合|如)《([^》]{2,40}?(?:表|评分情况|得分情况|明细))》([^。]{0,16})`)}
	attachment = sought{[]string{"附件"}, regexp.MustCompile(`(?:详见|见|参见)(附件\d*)`)}
)

// tables tells of tables to which the text sends its readers and that are not
// in it.
func (a *analysis) tables() {
	isTable := func(k int) bool {
		b := a.blocks[k]
		return b.layout == row || b.end-b.start <= 2 && b.end > b.start && a.r[b.start] == hidden
	}
	near := func(k, before, after int) bool {
		for j := max(0, k-before); j <= min(len(a.blocks)-1, k+after); j++ {
			if isTable(j) || strings.ContainsRune(a.text(a.blocks[j].start, a.blocks[j].end), hidden) && j == k {
				return true
			}
		}
		return false
	}
	titled := func(words string) bool {
		for k, b := range a.blocks {
			if b.end-b.start < 60 && strings.Contains(a.text(b.start, b.end), words) && !strings.ContainsAny(a.text(b.start, b.end), "。，《") && near(k, 0, 4) {
				return true
			}
		}
		return false
	}
	attached := func(word string) bool {
		for _, b := range a.blocks {
			if strings.HasPrefix(a.text(b.start, b.end), word) {
				return true
			}
		}
		return false
	}
	for k, b := range a.blocks {
		if b.layout == row {
			continue
		}
		s := a.text(b.start, b.end)
		if !containsOf(s, "表", "附件", "情况》", "明细》") {
			continue
		}
		tell := func(i, j int, what string) {
			from := b.start + utf8.RuneCountInString(s[:i])
			a.add(&finding{code: TableAbsent, from: from, till: from + utf8.RuneCountInString(s[i:j]), args: []any{what}})
		}
		for _, m := range tableWord.all(s) {
			word := s[m[2]:m[3]]
			switch {
			case strings.HasPrefix(word, "附表"):
				if !attached("附表") && !near(k, 0, 4) && strings.ContainsAny(s[m[0]:m[2]], "见详如结合根据参") {
					tell(m[0], m[1], s[m[0]:m[1]])
				}
			case word == "上表":
				if !near(k, 12, 0) {
					tell(m[0], m[1], s[m[0]:m[1]])
				}
			default:
				if !near(k, 0, 6) {
					tell(m[0], m[1], s[m[0]:m[1]])
				}
			}
		}
		for _, m := range tableTitle.all(s) {
			name, after := s[m[2]:m[3]], s[m[4]:m[5]]
			told := containsOf(s[m[0]:m[2]], "见", "附") || containsOf(after, "填报", "所示", "附后", "如下", "得分情况", "见附")
			if told && !titled(name) && !near(k, 0, 4) && !attached("附") {
				tell(m[0], m[3]+len("》"), "《"+name+"》")
			}
		}
		for _, m := range attachment.all(s) {
			if !attached("附件") && !attached("附：") {
				tell(m[0], m[1], s[m[0]:m[1]])
			}
		}
	}
}

// unitless tells of 增长13.95 without its %.
func (a *analysis) unitless() {
	for i, t := range a.data {
		if t.kind == money.KindNone && t.places > 0 && i > 0 && a.data[i-1].sentence == t.sentence && (hasSuffixOf(t.clause, "占", "占比", "占比为") || strings.HasSuffix(t.clause, "的") && containsOf(t.clause, "完成", "占")) &&
			t.till < len(a.r) && strings.ContainsRune("，。；、）\n", a.r[t.till]) {
			a.add(&finding{code: UnitMissing, token: t, args: []any{a.quote(t)}})
			continue
		}
		if t.role != difference || t.kind != money.KindNone || t.places == 0 || i == 0 || a.data[i-1].kind != money.KindMoney && a.data[i-1].role != difference || a.data[i-1].sentence != t.sentence {
			continue
		}
		if t.till < len(a.r) && strings.ContainsRune("，。；、）\n", a.r[t.till]) {
			a.add(&finding{code: UnitMissing, token: t, args: []any{a.quote(t)}})
		}
	}
}

var (
	quotation = sought{[]string{"“"}, regexp.MustCompile(`“([^“”，。；\n]{6,40})”`)}
	projectOf = sought{[]string{"全年预算", "年初预算", "年度预算"}, regexp.MustCompile(`(?:^|[。；）、.])([^，。；：）、.\n]{6,40}?)(?:项目)?(?:全年|年初|年度)预算`)}
	apart     = regexp.MustCompile(`[一二三四五六七八九十\dA-Za-zⅠⅡⅢⅣ东西南北上下前后左右大小新旧内外增减收支男女甲乙丙丁年月第市区县镇街村]`)
)

// names tells of a project that is written in two ways.
func (a *analysis) names() {
	type place struct {
		name     string
		from, to int
		count    int
	}
	var list []*place
	byName := map[string]*place{}
	project := false
	collect := func(p sought, b block) {
		s := a.text(b.start, b.end)
		for _, m := range p.all(s) {
			name := strings.TrimSuffix(stripNumbering(s[m[2]:m[3]]), "项目")
			if utf8.RuneCountInString(name) < 8 || strings.ContainsAny(name, "“”《》%<>") || strings.Contains(name, "（项）") {
				continue
			}
			if p := byName[name]; p != nil {
				p.count++
				continue
			}
			from := b.start + utf8.RuneCountInString(s[:m[2]])
			p := &place{name, from, from + utf8.RuneCountInString(s[m[2]:m[3]]), 1}
			byName[name] = p
			if len(list) < 120 {
				list = append(list, p)
			}
		}
	}
	for _, b := range a.blocks {
		s := a.text(b.start, b.end)
		if !strings.Contains(s, "项目") {
			continue
		}
		project = true
		collect(quotation, b)
		collect(projectOf, b)
	}
	if !project {
		return
	}
	for i, x := range list {
		for _, y := range list[:i] {
			if x.name == y.name || !variant(x.name, y.name) {
				continue
			}
			odd, other := x, y
			if y.count < x.count {
				odd, other = y, x
			}
			line, _ := a.place2(other.from)
			a.add(&finding{code: NameVaries, from: odd.from, till: odd.to, args: []any{odd.name, other.name}, sum: lang.Sprintf(lang.Text{ZH: "第 %d 行写作「%s」", EN: "line %d has %s"}, line, other.name)})
			break
		}
	}
}

// variant reports whether two names are one name with a slip: little differs,
// and nothing that tells one thing from another.
func variant(x, y string) bool {
	rx, ry := []rune(label.Fold(x)), []rune(label.Fold(y))
	if string(rx) == string(ry) {
		return false
	}
	i := 0
	for i < len(rx) && i < len(ry) && rx[i] == ry[i] {
		i++
	}
	j := 0
	for j < len(rx)-i && j < len(ry)-i && rx[len(rx)-1-j] == ry[len(ry)-1-j] {
		j++
	}
	dx, dy := string(rx[i:len(rx)-j]), string(ry[i:len(ry)-j])
	n := max(len(rx), len(ry))
	differ := max(utf8.RuneCountInString(dx), utf8.RuneCountInString(dy))
	if differ > n/4 || i+j < 6 || i < 2 {
		return false
	}
	if len(dx) == 0 || len(dy) == 0 {
		return differ <= 2 && !apart.MatchString(dx+dy)
	}
	return !apart.MatchString(dx) || !apart.MatchString(dy) || differ > 1
}

var floors = regexp.MustCompile(`([^，。；：]{4,40}?)(?:至|到|达)?第?(\d{1,4})(层|公里|户|栋|米)（(?:总共|总计|总|共|共计)(\d{1,4})(?:层|公里|户|栋|米)）`)

// progress asks about a stage of work that is told as a share in one place and
// as so many of so many in another.
func (a *analysis) progress() {
	type done struct {
		words string
		part  money.Value
		text  string
		at    int
	}
	var list []done
	for _, b := range a.blocks {
		s := a.text(b.start, b.end)
		if !containsOf(s, "（总", "（共") {
			continue
		}
		for _, m := range floors.FindAllStringSubmatchIndex(s, -1) {
			n, of := atoi(s[m[4]:m[5]]), atoi(s[m[8]:m[9]])
			if of == 0 || n > of {
				continue
			}
			q, err := money.Div(money.Int(int64(n), money.Item), money.Int(int64(of), money.Item))
			if err != nil {
				continue
			}
			list = append(list, done{s[m[2]:m[3]], q, s[m[4]:m[5]] + " ÷ " + s[m[8]:m[9]] + " = " + show(percent(q, 1)), b.start + utf8.RuneCountInString(s[:m[4]])})
		}
	}
	told := map[*token]bool{}
	for _, d := range list {
		for _, t := range a.data {
			if t.unit != money.Percent || told[t] || t.role != plain && t.role != rate || !strings.Contains(t.clause, "完成") && !strings.Contains(t.clause, "进度") {
				continue
			}
			if common(d.words, t.clause) < 8 || holds(judge(t.value, d.part)) {
				continue
			}
			told[t] = true
			line, _ := a.place2(d.at)
			a.add(&finding{code: Question, token: t, args: []any{a.quote(t)}, sum: lang.Sprintf(lang.Text{ZH: "第 %d 行：%s，%s", EN: "line %d: %s, %s"}, line, d.words, d.text)})
		}
	}
}

// common returns how many characters two phrases share at their beginning.
func common(x, y string) int {
	rx, ry := []rune(x), []rune(y)
	n := 0
	for n < len(rx) && n < len(ry) && rx[n] == ry[n] {
		n++
	}
	return n
}

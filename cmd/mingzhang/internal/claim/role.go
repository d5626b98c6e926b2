package claim

import (
	"regexp"
	"slices"
	"sort"
	"strings"
	"sync"

	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/standard"
)

// role is what a number does in its sentence.
type role uint8

const (
	plain      role = iota // nothing that the sentence tells
	level                  // an amount or count of something
	base                   // a level with which another is compared: 比上年的100万元
	difference             // 增加2.55万元
	growth                 // 增长1.40%
	pointsDiff             // 提高2个百分点
	share                  // 占99.79%
	rate                   // 执行率98.73%, 完成预算的98.20%
	listed                 // 分别为1、2、3: which belongs to which is not read
)

// anchor is of what a number speaks.
type anchor struct {
	subject string // folded; the glossary's id where it knows the name
	named   string // as written, for messages
	stage   string
	year    int // 0: not said
	prior   bool
	clause  string // the words before the number
	lead    string // what is compared: the words before 比
	against comparison
	topical bool // the subject is that of the paragraph, not of the sentence
}

// comparison is with what something is compared.
type comparison struct {
	found bool
	year  int
	prior bool
	stage string
	text  string
}

// words is the glossary made ready for reading.
type words struct {
	*standard.Wording
	terms  map[string]*standard.Subject // by folded name
	rates  map[string]*standard.Rate
	folded map[*standard.Subject][]string // its names
	stages []stageWord                    // longest first
	ups    []string
	downs  []string
	turns  []string // the longer words of both directions
}

type stageWord struct{ word, id string }

var glossary = sync.OnceValue(func() *words {
	w := &words{Wording: standard.Words(), terms: map[string]*standard.Subject{}, rates: map[string]*standard.Rate{}, folded: map[*standard.Subject][]string{}}
	for _, t := range w.Terms {
		for _, n := range t.Names {
			n = label.Fold(n)
			w.terms[n] = t
			w.folded[t] = append(w.folded[t], n)
		}
	}
	for _, r := range w.Rates {
		for _, n := range r.Names {
			w.rates[label.Fold(n)] = r
		}
	}
	for _, s := range w.Stages {
		for _, x := range s.Words {
			w.stages = append(w.stages, stageWord{x, s.ID})
		}
	}
	longest := func(a, b string) int { return len(b) - len(a) }
	slices.SortStableFunc(w.stages, func(a, b stageWord) int { return longest(a.word, b.word) })
	w.ups, w.downs = slices.Clone(w.Words.Up), slices.Clone(w.Words.Down)
	slices.SortStableFunc(w.ups, longest)
	slices.SortStableFunc(w.downs, longest)
	w.turns = slices.DeleteFunc(slices.Concat(w.downs, w.ups), func(word string) bool { return len(word) <= len("字") })
	return w
})

var (
	yearWord  = regexp.MustCompile(`((?:19|20)\d\d)年?`)
	priorWord = regexp.MustCompile(`上年|去年|上一?年度?|上期|同期`)
	fillers   = []string{"支出", "支付", "安排", "拨付", "投入", "收入", "为", "是", "达到", "达", "至", "到", "了", "各", "共计", "共", "合计", "总计", "累计", "计", "仅", "均", "约", "近", "预计", "分别", "也", "只", "有", "在", "即", "：", "=", "幅度", "率", "额", "数", "量", "的"}
	leads     = []string{"其中", "包括", "包含", "主要", "分别", "以及", "和", "与", "及", "对", "由", "截至", "年底", "年末", "底", "我中心", "我单位", "我局", "我委", "我部门", "我部", "我办", "我院", "我校", "我所", "我站", "我镇", "我街道", "我区", "我市", "我县", "本单位", "本部门", "本中心", "本局", "本级", "本年度", "本年", "单位", "部门", "全部门", "当年度", "当年", "今年", "全年", "年度", "该项目", "该", "共有", "另有", "还有", "共", "全", "总", "安排", "实现", "用于", "另外", "另", "此外", "而", "但", "，", "：", "、", ",", ":", "的", "年", "度", "月", "日", "初", "资金", "拨付", "同口径", "已", "主要是", "具体", "里", "中", "将", "把", "从", "整体", "总体", "年中", "授予"}
	tails     = []string{"为", "是", "达到", "达", "至", "到", "了", "共计", "共", "合计", "总计", "累计", "计", "约", "近", "的", "数", "金额", "总额", "总数", "额", "各", "仅", "均", "预计", "分别", "资金", "：", "也", "只", "有", "则", "=", "情况", "方面", "安排", "总规模", "规模", "拨款", "财政", "总"}
)

// clauseBefore returns the words that lead to a character: back to the number
// before or the end of a clause, brackets left out. limit is where the block or
// the number before ends.
func (s *script) clauseBefore(i, limit int) string {
	j := i
	for j > limit {
		r := s.r[j-1]
		if r == '）' {
			depth, k := 1, j-1
			for k > limit && depth > 0 {
				k--
				switch s.r[k] {
				case '）':
					depth++
				case '（':
					depth--
				}
			}
			if depth == 0 {
				j = k
				continue
			}
			break
		}
		if strings.ContainsRune("，；。！？（\n|", r) {
			break
		}
		if r == '：' && strings.TrimLeft(string(s.r[j:i]), "：") != "" {
			break
		}
		j--
	}
	return dropBrackets(string(s.r[j:i]))
}

// dropBrackets leaves out remarks in brackets, and keeps what belongs to a name:
// 教学仪器更新（二期）, 因公出国（境）费.
func dropBrackets(s string) string {
	if !strings.ContainsRune(s, '（') {
		return s
	}
	var out []rune
	var open []int
	for _, r := range s {
		out = append(out, r)
		switch r {
		case '（':
			open = append(open, len(out)-1)
		case '）':
			if len(open) == 0 {
				continue
			}
			from := open[len(open)-1]
			open = open[:len(open)-1]
			if inner := string(out[from+1 : len(out)-1]); len(out)-from > 10 || strings.HasPrefix(inner, "含") || strings.HasPrefix(inner, "不含") || inner == "类" || inner == "款" || inner == "项" {
				out = out[:from]
			}
		}
	}
	return string(out)
}

// cutTail takes one of the words off the end.
func cutTail(s string, list []string) (string, bool) {
	for _, w := range list {
		if rest, ok := strings.CutSuffix(s, w); ok {
			return rest, true
		}
	}
	return s, false
}

// directionAt reads the direction in which the words before a number point: the
// verb stands right before it. to reports 增加到: the number is where it went.
func directionAt(c string) (dir int8, verb string, to bool) {
	g := glossary()
	for {
		for _, w := range []string{"增加到", "增至", "增长到", "增长至", "增加至", "提高到", "提高至", "上升到", "上升至", "下降到", "降至", "降到", "下降至", "减至", "减少到", "减少至", "调整为", "调整到", "调增至", "调减至", "增到", "减到", "增为", "减为", "调减到", "调增到", "调减为", "调增为", "压减到", "压减至", "压到", "追加到", "追加至", "提升到", "提升至", "降低到", "降低至"} {
			if strings.HasSuffix(c, w) {
				return 0, w, true
			}
		}
		for _, w := range g.downs {
			if strings.HasSuffix(c, w) && !falseVerb(c, w) {
				return -1, w, false
			}
		}
		for _, w := range g.ups {
			if strings.HasSuffix(c, w) && !falseVerb(c, w) {
				return 1, w, false
			}
		}
		rest, ok := cutTail(c, fillers)
		if !ok {
			return 0, "", false
		}
		c = rest
	}
}

// falseVerb tells 至少 and 多 as in 许多 from verbs.
func falseVerb(c, w string) bool {
	rest := strings.TrimSuffix(c, w)
	switch w {
	case "少":
		return strings.HasSuffix(rest, "至") || strings.HasSuffix(rest, "不")
	case "多":
		return strings.HasSuffix(rest, "许") || strings.HasSuffix(rest, "最") || strings.HasSuffix(rest, "不")
	case "增":
		return strings.HasSuffix(rest, "新")
	}
	return false
}

// stageOf finds the longest stage word and cuts it out.
func stageOf(c string) (stage, rest string) {
	for _, w := range glossary().stages {
		if i := strings.LastIndex(c, w.word); i >= 0 {
			return w.id, c[:i] + c[i+len(w.word):]
		}
	}
	return "", c
}

// comparisonIn finds 比…, 较…, 与…相比 in the words before a number. lead is what
// stands before it in its clause.
func comparisonIn(c string) (lead string, cmp comparison) {
	best := -1
	for _, w := range []string{"比", "较", "与", "同"} {
		for from := 0; ; {
			i := strings.Index(c[from:], w)
			if i < 0 {
				break
			}
			i += from
			from = i + len(w)
			rest := c[from:]
			before := c[:i]
			if w == "比" || w == "较" {
				if hasSuffixOf(before, "占", "相", "对", "环", "同", "百分") && !strings.HasSuffix(before, "相") || hasPrefixOf(rest, "重", "例", "率", "值", "好", "大", "小", "快", "高", "多", "为", "对", "强", "低", "长") {
					if strings.HasSuffix(before, "同") && w == "比" {
						cmp, lead, best = comparison{found: true, prior: true}, strings.TrimSuffix(before, "同"), i
					}
					continue
				}
				if strings.HasSuffix(before, "相") {
					continue
				}
			} else {
				j := strings.Index(rest, "相比")
				if j < 0 {
					j = strings.Index(rest, "相较")
				}
				k := strings.Index(rest, "持平")
				if j < 0 && k < 0 || j > 60 {
					continue
				}
			}
			if i < best {
				continue
			}
			best, lead = i, before
			cmp = comparison{found: true, text: rest}
		}
	}
	if best < 0 {
		return "", cmp
	}
	t := cmp.text
	if i := strings.IndexAny(t, "，；"); i >= 0 {
		t = t[:i]
	}
	if i := strings.Index(t, "相比"); i >= 0 {
		t = t[:i]
	}
	for _, w := range glossary().turns {
		if i := strings.Index(t, w); i >= 0 {
			t = t[:i]
		}
	}
	cmp.text = t
	if m := yearWord.FindStringSubmatch(t); m != nil {
		cmp.year = atoi(m[1])
	}
	cmp.prior = cmp.prior || priorWord.MatchString(t)
	cmp.stage, _ = stageOf(t)
	return lead, cmp
}

func hasSuffixOf(s string, list ...string) bool {
	return slices.ContainsFunc(list, func(w string) bool { return strings.HasSuffix(s, w) })
}

func hasPrefixOf(s string, list ...string) bool {
	return slices.ContainsFunc(list, func(w string) bool { return strings.HasPrefix(s, w) })
}

func containsOf(s string, list ...string) bool {
	return slices.ContainsFunc(list, func(w string) bool { return strings.Contains(s, w) })
}

func atoi(s string) int {
	n := 0
	for _, r := range s {
		n = n*10 + int(r-'0')
	}
	return n
}

// name reads subject, stage and year out of the words before a number.
func (a *anchor) name(c string) {
	if m := yearWord.FindAllStringSubmatch(c, -1); m != nil {
		a.year = atoi(m[len(m)-1][1])
	}
	a.prior = a.prior || priorWord.MatchString(c)
	c = yearWord.ReplaceAllString(c, "")
	c = priorWord.ReplaceAllString(c, "")
	c = funds.Replace(stripNumbering(c))
	full := trim(label.Fold(c))
	if t := glossary().terms[full]; t != nil { // 部门预算 is a name before it is a stage
		a.subject, a.named = t.ID, full
		if t.ID == "total" || t.ID == "income-total" || t.ID == "procurement-total" {
			a.stage, _ = stageOf(c)
		}
		return
	}
	var rest string
	a.stage, rest = stageOf(c)
	if a.stage == "budget" || a.stage == "outturn" {
		if s, more := stageOf(rest); s == "original" || s == "adjusted" {
			if a.stage == "budget" {
				a.stage = s
			}
			rest = more
		} else if s == "budget" {
			rest = more // 预算执行数 is an outturn
		}
	}
	a.named = trim(label.Fold(rest))
	a.subject = canonical(a.named)
}

// funds keeps the names of budgets from being read as stages.
var funds = strings.NewReplacer("一般公共预算", "一般公共", "政府性基金预算", "政府性基金", "国有资本经营预算", "国有资本经营", "预算单位", "单位", "预算外", "", "预算内", "")

// trim takes words off both ends that say nothing of the subject.
func trim(s string) string {
	for {
		n := len(s)
		for _, w := range leads {
			if rest, ok := strings.CutPrefix(s, w); ok && rest != "" || s == w {
				if _, known := glossary().terms[s]; known {
					return s
				}
				s = strings.TrimPrefix(s, w)
			}
		}
		if len(s) == n {
			break
		}
	}
	for {
		if _, known := glossary().terms[s]; known {
			return s
		}
		rest, ok := cutTail(s, tails)
		if !ok {
			return s
		}
		s = rest
	}
}

func canonical(folded string) string {
	if t := glossary().terms[folded]; t != nil {
		return t.ID
	}
	return folded
}

var (
	shareTail  = regexp.MustCompile(`占(?:比|[^占]{0,30}?(?:的|比重|比例|比率)|[^占的]{0,24})?(?:约|近|为|达|到|达到|超过)*$`)
	shareName  = regexp.MustCompile(`占([^占]{2,30}?)的?(?:比重|比例|比率)?(?:约|近|为|达|到|达到)*$`)
	shareWord  = regexp.MustCompile(`(?:占比|比重|比例|份额)(?:为|达|是|约|：)*$`)
	finishTail = regexp.MustCompile(`(?:完成|为|达到|达|占|是)([^，。；]{0,16}?(?:预算|计划|任务|目标|安排|指标)[^，。；]{0,6}?)的$`)
	rateApart  = regexp.MustCompile(`([^，。；：、]*?(?:率|比率|比例))(?:偏高|偏低|较高|较低|过高|过低|不高|不低)?，(?:达到|达|为|仅为|高达|仅)+$`)
	ofNumber   = regexp.MustCompile(`^的约?\d`)
	ofOnly     = regexp.MustCompile(`^的约?$`)
	rateTail   = regexp.MustCompile(`([^，。；：、]*?(?:率|比率|比例|进度))(?:为|达到|达|是|约|近|：|均|仅|只有|高达|在|=|已|约为|也)*$`)
)

// assign gives every number its role and its anchor, in order of the text.
func (a *analysis) assign() {
	var prev *token
	for i, t := range a.tokens {
		if t.why != "" {
			continue
		}
		bl := a.blocks[t.block]
		limit := bl.start
		if prev != nil && prev.block == t.block {
			limit = prev.till
		}
		if prev != nil && prev.block == t.block && prev.sentence == t.sentence && prev.role == listed && strings.Trim(a.text(prev.till, t.from), "、和与及，") == "" {
			t.role = listed
			prev = t
			continue
		}
		c := a.clauseBefore(t.from, limit)
		t.clause = c
		gap := dropBrackets(a.text(max(limit, t.opening), t.from))
		a.role(t, c, gap, prev)
		a.inherit(i, t)
		prev = t
	}
}

func (a *analysis) role(t *token, c, gap string, prev *token) {
	switch {
	case t.kind == money.KindShare && t.unit == money.PercentPoint:
		t.role = pointsDiff
		return
	case t.kind == money.KindDays || t.kind == money.KindScore:
		t.anchor.name(c)
		return
	}
	if strings.HasSuffix(strings.TrimRight(c, "为是：达到"), "分别") || strings.Contains(c, "分别为") {
		t.role = listed
		return
	}
	t.of = ofNumber.MatchString(string(a.r[t.till:min(len(a.r), t.till+6)]))
	if prev != nil && prev.of && t.kind == money.KindShare && prev.block == t.block && ofOnly.MatchString(a.text(prev.till, t.from)) {
		t.role, t.rate, t.wholeIs = rate, "完成", prev
		return
	}
	dir, verb, to := directionAt(c)
	lead, cmp := comparisonIn(gap)
	percent := t.kind == money.KindShare
	switch {
	case percent && dir != 0:
		t.role, t.dir = growth, dir
		t.against, t.lead = cmp, subjectLead(lead, c, verb)
	case percent && containsOf(gap, "完成") && finishTail.MatchString(c), percent && finishTail.MatchString(c) && !strings.Contains(c, "占"):
		m := finishTail.FindStringSubmatch(c)
		t.role, t.rate = rate, "完成"+m[1]
		t.anchor.name(m[1])
		t.subject, t.named = "", ""
	case percent && shareTail.MatchString(c):
		t.role = share
		if m := shareName.FindStringSubmatch(c); m != nil {
			t.in = trim(label.Fold(yearWord.ReplaceAllString(m[1], "")))
			if t.in == "比" {
				t.in = ""
			}
		}
	case percent && shareWord.MatchString(c) && !strings.Contains(c, "率"):
		t.role = share
	case percent && rateTail.MatchString(c):
		t.role, t.rate = rate, trimRate(rateTail.FindStringSubmatch(c)[1])
		t.against = cmp
		if r := glossary().rates[label.Fold(t.rate)]; r != nil && r.Change || containsOf(t.rate, "增长率", "变动率", "增减率", "变化率", "调整率", "调整比率", "调整比例", "增幅", "降幅") {
			t.role = growth
		}
	case percent && rateApart.MatchString(gap):
		t.role, t.rate = rate, trimRate(rateApart.FindStringSubmatch(gap)[1])
	case percent:
		t.anchor.name(c)
	case dir != 0 && !to && t.kind != money.KindNone || dir != 0 && t.kind == money.KindNone && !to && prev != nil && t.places > 0:
		t.role, t.dir = difference, dir
		t.against, t.lead = cmp, subjectLead(lead, c, verb)
	default:
		t.role = level
		if cmp.found && strings.Contains(c, cmp.text) && !hasSuffixOf(c, "相比") {
			// 比2023年预算执行数60.13万元: the number with which is compared.
			if l, own := comparisonIn(c); own.found && !strings.Contains(own.text, "，") {
				t.role = base
				t.anchor.name(own.text)
				t.lead = l
				t.against = own
				return
			}
		}
		if i := strings.LastIndexAny(c, "由从"); i >= 0 && hasPrefixOf(c[i:], "由", "从") && t.kind != money.KindNone && a.rises(t) {
			t.role = base
			t.anchor.name(c[i+len("由"):])
			return
		}
		c = strings.TrimSuffix(c, "/")
		t.anchor.name(c)
		if to && t.stage == "" && (containsOf(c, "年中", "追加") || containsOf(verb, "调", "减到", "压")) {
			t.stage = "adjusted"
		}
	}
}

// rises reports whether 由A增加到B goes on after A.
func (a *analysis) rises(t *token) bool {
	rest := string(a.r[t.till:min(len(a.r), t.till+12)])
	return hasPrefixOf(rest, "增", "减", "提高", "上升", "下降", "降", "调整", "调增", "调减", "压减", "上调", "下调")
}

// subjectLead is what the sentence says grew or fell.
func subjectLead(lead, clause, verb string) string {
	own := clause
	if i := strings.LastIndex(own, verb); i >= 0 {
		own = own[:i]
	}
	if l, cmp := comparisonIn(own); cmp.found {
		return l
	}
	if strings.TrimSpace(own) != "" && !hasSuffixOf(own, "相比") {
		return own
	}
	if i := strings.LastIndexAny(lead, "，；"); i >= 0 {
		lead = lead[i+len("，"):]
	}
	return lead
}

var enumerated = regexp.MustCompile(`^[一二三四五六七八九十]是`)

// rateOf finds the rate that a phrase names: the longest known name at its end.
func rateOf(phrase string) *standard.Rate {
	r := []rune(phrase)
	for i := range r {
		if x := glossary().rates[string(r[i:])]; x != nil {
			return x
		}
	}
	return nil
}

func trimRate(s string) string {
	s = label.Fold(s)
	if i := strings.LastIndexAny(s, ",:"); i >= 0 {
		s = s[i+1:]
	}
	s = enumerated.ReplaceAllString(yearWord.ReplaceAllString(s, ""), "")
	for {
		n := len(s)
		for _, w := range leads {
			if rest, ok := strings.CutPrefix(s, w); ok && len(rest) > 6 {
				if glossary().rates[s] != nil {
					return s
				}
				s = rest
			}
		}
		if len(s) == n {
			return s
		}
	}
}

// inherit gives a number without a name of its own the subject of the one
// before it in the sentence, or of the paragraph.
func (a *analysis) inherit(i int, t *token) {
	t.explicit = t.subject != ""
	if t.role != level && t.role != base || t.explicit {
		return
	}
	for j := i - 1; j >= 0 && j > i-8; j-- {
		p := a.tokens[j]
		if p.block != t.block || p.sentence != t.sentence {
			break
		}
		if p.role == level && p.subject != "" {
			t.subject, t.named = p.subject, p.named
			if t.year == 0 && t.stage != "" {
				t.year, t.prior = p.year, p.prior
			}
			return
		}
	}
	t.topical = true
	t.subject = a.topic(t)
	t.named = t.subject
}

// topic is what a paragraph is about: the words of the sentence before that
// holds no number, or of the heading above.
func (a *analysis) topic(t *token) string {
	bl := a.blocks[t.block]
	from := t.opening
	if from > bl.start {
		to := from - 1
		j := to
		for j > bl.start && to-j <= 60 && !strings.ContainsRune("。！？", a.r[j-1]) {
			j--
		}
		// Only a short sentence names what follows; a long one says something.
		if to-j <= 60 {
			return strings.Trim(label.Fold(stripNumbering(a.text(j, to))), ".。")
		}
		return ""
	}
	if t.block > 0 && a.blocks[t.block-1].layout == heading {
		h := a.blocks[t.block-1]
		return label.Fold(stripNumbering(a.text(h.start, h.end)))
	}
	return ""
}

var headNumber = regexp.MustCompile(`^\s*(?:第[一二三四五六七八九十\d]+(?:部分|章|节)|[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、)）]|[a-zA-Z][.．、)）]|[①-⑳])\s*`)

func stripNumbering(s string) string { return headNumber.ReplaceAllString(s, "") }

// adopt gives a bare 0, and a bare number beside a comparison, the unit of its
// sentence: 年初预算为0, 较上年2.08减少0.03万元.
func (a *analysis) adopt() {
	for i, t := range a.data {
		if t.kind != money.KindNone || !t.n.IsZero() && t.places == 0 || a.blocks[t.block].layout == row {
			continue
		}
		for _, j := range []int{i + 1, i - 1, i + 2, i - 2} {
			if j < 0 || j >= len(a.data) {
				continue
			}
			o := a.data[j]
			if o.sentence != t.sentence || o.kind != money.KindMoney {
				continue
			}
			c := a.clauseBefore(t.from, max(a.blocks[t.block].start, t.from-24))
			_, cmp := comparisonIn(c)
			if t.n.IsZero() && t.till < len(a.r) && strings.ContainsRune("，。；、）", a.r[t.till]) || !t.n.IsZero() && cmp.found && a.rises(t) {
				t.unit, t.kind = o.unit, o.kind
				break
			}
		}
	}
}

// finish sets intervals: a number in 万元 counts as written as finely as the
// finest of its sentence (up to two decimals), because texts drop trailing
// zeros; zero is zero.
func finish(tokens []*token) {
	for i := 0; i < len(tokens); {
		j := i
		fine := map[money.Unit]int32{}
		for j < len(tokens) && tokens[j].sentence == tokens[i].sentence {
			t := tokens[j]
			fine[t.unit] = max(fine[t.unit], min(t.places, 2))
			j++
		}
		for ; i < j; i++ {
			t := tokens[i]
			t.value = money.Of(t.n.Shift(t.scale), t.unit)
			t.value.Places = t.places
			switch {
			case t.words && !t.about:
			case t.about:
				half := t.value.Base().Abs().Shift(-1)
				t.value = t.value.Within(t.value.Base().Sub(half), t.value.Base().Add(half))
			case t.n.IsZero() && t.kind == money.KindMoney, t.unit == money.Yuan:
			case t.kind == money.KindMoney:
				p := t.places
				if !t.loose {
					p = max(p, fine[t.unit])
				}
				t.value = t.value.Rounded(p)
			case t.kind == money.KindShare:
				t.value = t.value.Rounded(t.places)
			case t.scale > 0:
				t.value = t.value.Rounded(t.places - t.scale)
			case t.kind == money.KindNone && t.places > 0:
				t.value = t.value.Rounded(t.places)
			}
		}
	}
}

// inOrder sorts findings by place.
func inOrder(list []*finding) {
	sort.SliceStable(list, func(i, j int) bool { return list[i].from < list[j].from })
}

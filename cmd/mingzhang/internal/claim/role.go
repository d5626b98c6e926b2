package claim

import (
	"regexp"
	"sort"
	"strings"

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

var (
	fillers = endingsOf([]string{"支出", "支付", "安排", "拨付", "投入", "收入", "为", "是", "达到", "达", "至", "到", "了", "各", "共计", "共", "合计", "总计", "累计", "计", "仅", "均", "约", "近", "预计", "分别", "也", "只", "有", "在", "即", "：", "=", "幅度", "率", "额", "数", "量", "的"})
	leads   = []string{"其中", "包括", "包含", "主要", "分别", "以及", "和", "与", "及", "对", "由", "截至", "年底", "年末", "底", "我中心", "我单位", "我局", "我委", "我部门", "我部", "我办", "我院", "我校", "我所", "我站", "我镇", "我街道", "我区", "我市", "我县", "本单位", "本部门", "本中心", "本局", "本级", "本年度", "本年", "单位", "部门", "全部门", "当年度", "当年", "当期", "今年", "全年", "年度", "该项目", "该", "共有", "另有", "还有", "共", "全", "总", "安排", "实现", "用于", "另外", "另", "此外", "而", "但", "，", "：", "、", ",", ":", "的", "年", "度", "月", "日", "初", "资金", "拨付", "同口径", "已", "主要是", "具体", "里", "中", "将", "把", "从", "整体", "总体", "年中", "授予"}
	tails   = endingsOf([]string{"为", "是", "达到", "达", "至", "到", "了", "共计", "共", "合计", "总计", "累计", "计", "约", "近", "的", "数", "金额", "总额", "总数", "额", "各", "仅", "均", "预计", "分别", "资金", "：", "也", "只", "有", "则", "=", "情况", "方面", "安排", "总规模", "规模", "拨款", "财政", "总"})
)

var (
	shareTail  = regexp.MustCompile(`占(?:比|[^占]{0,30}?(?:的|比重|比例|比率)|[^占的]{0,24})?(?:约|近|为|达|到|达到|超过)*$`)
	shareName  = regexp.MustCompile(`占([^占]{2,30}?)的?(?:比重|比例|比率)?(?:约|近|为|达|到|达到)*$`)
	shareWord  = regexp.MustCompile(`(?:占比|比重|比例|份额)(?:为|达|是|约|：)*$`)
	finishTail = regexp.MustCompile(`(?:完成|为|达到|达|占|是)([^，。；]{0,16}?(?:预算|计划|任务|目标|安排|指标|总投资)[^，。；]{0,6}?)的$|(?:完成|为|达到|达)((?:年初|全年|调整|年度)?预算数?)$`)
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
		if a.celled(t) {
			prev = t
			continue
		}
		// 分别为90万元、156万元和103万元，占采购规模的25.8%、44.7%和29.5%
		if prev != nil && prev.block == t.block && prev.role == share && t.kind == money.KindShare && t.unit == money.Percent && prev.till < t.from && strings.Trim(a.text(prev.till, t.from), "、和与及 ") == "" {
			prev.role, t.role = listed, listed
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
	if strings.HasSuffix(strings.TrimRight(c, "为是：达到占"), "分别") || strings.Contains(c, "分别为") {
		t.role = listed
		return
	}
	t.of = t.till < len(a.r) && a.r[t.till] == '的' && ofNumber.MatchString(a.text(t.till, min(len(a.r), t.till+6)))
	if prev != nil && prev.of && t.kind == money.KindShare && prev.block == t.block && ofOnly.MatchString(a.text(prev.till, t.from)) {
		if strings.Contains(prev.clause, "分别占") {
			t.role, t.clause = listed, prev.clause // 分别占采购总额60万元的16.67%、33.33%
			return
		}
		t.role, t.rate, t.wholeIs = rate, "完成", prev
		return
	}
	dir, verb, to := directionAt(c)
	lead, cmp := comparisonIn(gap)
	percent := t.kind == money.KindShare
	var m []string // of the case that applies
	applies := func(r *regexp.Regexp, s string) bool {
		m = r.FindStringSubmatch(s)
		return m != nil
	}
	switch {
	case percent && dir != 0:
		t.role, t.dir = growth, dir
		t.against, t.lead = cmp, subjectLead(lead, c, verb)
	case percent && containsOf(gap, "完成") && applies(finishTail, c), percent && !strings.Contains(c, "占") && hasSuffixOf(c, "的", "预算", "预算数") && applies(finishTail, c):
		of := m[1] + m[2] // 完成年初预算的96.4%, 完成年初预算96.4%
		t.role, t.rate = rate, "完成"+of
		t.anchor.name(of)
		t.subject, t.named = "", ""
	case percent && strings.Contains(c, "占") && shareTail.MatchString(c):
		t.role = share
		if m := shareName.FindStringSubmatch(c); m != nil {
			t.in = trim(label.Fold(cutOut(m[1], yearIn)))
			if t.in == "比" {
				t.in = ""
			}
		}
	case percent && !strings.Contains(c, "率") && shareWord.MatchString(c):
		t.role = share
	case percent && containsOf(c, "率", "比例", "进度") && applies(rateTail, c):
		t.role, t.rate = rate, trimRate(m[1])
		t.against = cmp
		if r := glossary().rates[label.Fold(t.rate)]; r != nil && r.Change || containsOf(t.rate, "增长率", "变动率", "增减率", "变化率", "调整率", "调整比率", "调整比例", "增幅", "降幅") {
			t.role = growth
		}
	case percent && containsOf(gap, "率", "比例") && applies(rateApart, gap):
		t.role, t.rate = rate, trimRate(m[1])
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
		if i := max(strings.LastIndex(c, "与"), strings.LastIndex(c, "同")); i >= 0 && hasPrefixOf(a.text(t.till, min(len(a.r), t.till+2)), "相比", "相较") {
			t.role = base // 与2023年预算数31,870.20万元相比
			t.anchor.name(c[i+len("与"):])
			t.lead = c[:i]
			return
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
	rest := a.text(t.till, min(len(a.r), t.till+12))
	return hasPrefixOf(rest, "增", "减", "提高", "上升", "下降", "降", "调整", "调增", "调减", "压减", "上调", "下调", "缩短", "延长", "压缩")
}

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
	s = enumerated.ReplaceAllString(cutOut(s, yearIn), "")
	for mayLead(s) {
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
			break
		}
	}
	return s
}

// finish sets intervals: a number in 万元 counts as written as finely as the
// finest of its sentence (up to two decimals), because texts drop trailing
// zeros; zero is zero.
func finish(tokens []*token) {
	for i := 0; i < len(tokens); {
		j := i
		for j < len(tokens) && tokens[j].sentence == tokens[i].sentence {
			j++
		}
		fine := fineness(tokens[i:j])
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
			case t.kind == money.KindMoney && t.scale > 0:
				t.value.Places = max(0, t.places-t.scale)
				t.value = t.value.Rounded(t.places - t.scale)
			case t.kind == money.KindMoney:
				t.value = t.value.Rounded(t.decimals(fine))
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

// fineness is how many decimals the finest of some numbers has, by unit, up to two.
func fineness(together []*token) map[money.Unit]int32 {
	fine := map[money.Unit]int32{}
	for _, t := range together {
		fine[t.unit] = max(fine[t.unit], min(t.places, 2))
	}
	return fine
}

// decimals is how finely a number counts among those with which it stands.
func (t *token) decimals(fine map[money.Unit]int32) int32 {
	if t.loose {
		return t.places
	}
	return max(t.places, fine[t.unit])
}

// inOrder sorts findings by place.
func inOrder(list []*finding) {
	sort.SliceStable(list, func(i, j int) bool { return list[i].from < list[j].from })
}

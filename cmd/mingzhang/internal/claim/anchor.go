package claim

import (
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/money"
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
		if endsClause(r) {
			break
		}
		if r == '：' && strings.TrimLeft(s.text(j, i), "：") != "" {
			break
		}
		j--
	}
	return dropBrackets(s.text(j, i))
}

func endsClause(r rune) bool {
	switch r {
	case '，', '；', '。', '！', '？', '（', '\n', '|':
		return true
	}
	return false
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
	if i, _ := yearIn(t, 0); i >= 0 {
		cmp.year = atoi(t[i : i+4])
	}
	if i, _ := priorIn(t, 0); i >= 0 {
		cmp.prior = true
	}
	cmp.stage, _ = stageOf(t)
	return lead, cmp
}

// name reads subject, stage and year out of the words before a number.
func (a *anchor) name(c string) {
	s := spokenOf(c)
	if s.year != 0 {
		a.year = s.year
	}
	a.prior = a.prior || s.prior
	a.subject, a.named = s.subject, s.named
	if s.staged {
		a.stage = s.stage
	}
}

// spoken is what words before a number say.
type spoken struct {
	anchor
	staged bool // they name a stage, or that there is none
}

// spokenOf reads words. Those of one year stand in the next, and in the texts of
// other bodies: what was read is kept, up to some size.
func spokenOf(c string) spoken {
	if s, ok := spokenWords.Load(c); ok {
		return s.(spoken)
	}
	c = strings.Clone(c) // which lets go of the text
	var s spoken
	s.read(c)
	if spokenSize.Add(1) > mostSpoken {
		spokenWords.Clear()
		spokenSize.Store(1)
	}
	spokenWords.Store(c, s)
	return s
}

var (
	spokenWords sync.Map // of spoken
	spokenSize  atomic.Int64
)

// mostSpoken is how many words are kept: a few megabytes.
const mostSpoken = 1 << 13

func (a *spoken) read(c string) {
	for i, j := yearIn(c, 0); i >= 0; i, j = yearIn(c, j) {
		a.year = atoi(c[i : i+4])
		if rest := strings.TrimPrefix(c[j:], "度"); rest != "" && body(c[:i]) {
			c, j = c[i:i+4]+rest, 4 // 示例县水利局2024年度一般公共预算…: whose money it is
		}
	}
	if i, j := priorIn(c, 0); i >= 0 && !hasPrefixOf(strings.TrimPrefix(c[j:], "度"), "结转", "结余") {
		a.prior = true // 上年结转 is this year's
	}
	c = cutOut(cutOut(c, yearIn), priorIn)
	if c = stripNumbering(c); containsOf(c, fundNames...) {
		c = funds.Replace(c)
	}
	full := trim(label.Fold(c))
	if t := glossary().terms[full]; t != nil { // 部门预算 is a name before it is a stage
		a.subject, a.named = t.ID, full
		if t.ID == "total" || t.ID == "income-total" || t.ID == "procurement-total" {
			a.stage, _ = stageOf(c)
			a.staged = true
		}
		return
	}
	var rest string
	a.staged = true
	if strings.Contains(c, "结转") || strings.Contains(c, "结余") {
		c = strings.ReplaceAll(c, "年初", "期初") // a moment, not the budget of that time
	}
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

// bodyNames are how the names of public bodies end.
var bodyNames = endingsOf([]string{"委员会", "局", "办公室", "中心", "医院", "学院", "法院", "检察院", "研究院", "学校", "中学", "小学", "大学", "幼儿园", "政府", "联合会", "总工会", "协会", "政协", "街道", "办事处", "大队", "支队", "总队", "分局", "派出所", "研究所", "管理所", "管理处", "部队", "站", "馆", "厅", "党校", "市委", "县委", "区委", "党委", "纪委", "工委", "团委", "妇联", "残联", "文联", "单位", "部门"})

// body reports whether words are the name of a body.
func body(s string) bool {
	_, ok := bodyNames.of(strings.TrimRight(s, "（）本级 "))
	return ok && utf8.RuneCountInString(s) > 2
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

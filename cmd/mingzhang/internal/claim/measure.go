package claim

import (
	"strings"
	"unicode/utf8"

	"mingzhang/cmd/mingzhang/internal/money"
)

// measure is a word that counts things, with the unit that it means.
type measure struct {
	word string
	unit money.Unit
}

// measures are the words that count things.
// Longer ones stand first.
var measures = []measure{
	{"个百分点", money.PercentPoint},
	{"百分点", money.PercentPoint},
	{"台（套）", money.Set},
	{"个团组", money.Group},
	{"个工作日", money.Days},
	{"工作日", money.Days},
	{"百万元", money.BaiwanYuan},
	{"千元", money.QianYuan},
	{"万元", money.WanYuan},
	{"亿元", money.YiYuan},
	{"人次", money.PersonTime},
	{"批次", money.Batch},
	{"团组", money.Group},
	{"场次", money.Occasion},
	{"台套", money.Set},
	{"元", money.Yuan},
	{"%", money.Percent},
	{"倍", money.Times},
	{"分", money.Points},
	{"天", money.Days},
	{"人", money.Person},
	{"名", money.Person},
	{"位", money.Person},
	{"个", money.Item},
	{"件", money.Piece},
	{"起", money.Piece},
	{"辆", money.Vehicle},
	{"台", money.Vehicle},
	{"套", money.Set},
	{"批", money.Batch},
	{"户", money.Household},
	{"次", money.Occasion},
	{"场", money.Occasion},
	{"期", money.Occasion},
	{"项", money.Matter},
	{"份", money.Copy},
	{"篇", money.Copy},
	{"本", money.Copy},
	{"册", money.Copy},
	{"栋", money.Building},
	{"幢", money.Building},
	{"座", money.Building},
	{"家", money.Firm},
}

// measuresAt are the measures by the character with which they begin.
var measuresAt = func() map[rune][]measure {
	out := map[rune][]measure{}
	for _, m := range measures {
		r, _ := utf8.DecodeRuneInString(m.word)
		out[r] = append(out[r], m)
	}
	return out
}()

// others count what is no money, people or things of the tables.
var others = []string{"平方米", "平方公里", "公里", "千米", "米", "亩", "公顷", "吨", "公斤", "克", "分钟", "小时", "岁", "层", "种", "类", "条", "块", "张", "岗", "周", "门", "间", "处", "支", "部", "版", "届", "轮", "级", "度", "字", "所", "村", "株", "㎡", "m2", "km", "kg", "m"}

// unit reads the unit behind a number.
func (s *scanner) unit(t *token) {
	j := t.to
	if s.at0(j) == ' ' {
		j++
	}
	for _, tail := range []string{"余", "多"} {
		if s.has(j, tail) != "" && (s.has(j+1, "万", "亿", "个", "人", "件", "次", "户", "名", "家", "元", "套", "场", "项", "份", "篇", "亩", "平方米", "批") != "") {
			t.about = true
			j++
			break
		}
	}
	if w := s.has(j, "万亿元", "万亿"); w != "" { // 1.21万亿 is no 1.21万
		t.unit, t.measure, t.kind, t.scale, t.loose = money.YiYuan, w, money.KindMoney, 4, true
		t.till = j + len([]rune(w))
		return
	}
	for _, m := range measuresAt[s.at0(j)] {
		if s.has(j, m.word) != "" {
			if m.word == "分" && s.has(j, "分钟", "分别", "分项", "分为", "分类", "分期", "分会", "分队", "分局", "分之") != "" {
				continue
			}
			if m.word == "人" && s.has(j, "人均", "人民币") != "" || m.word == "次" && s.has(j, "次月", "次日") != "" || m.word == "本" && s.has(j, "本年", "本级", "本单位", "本部门") != "" ||
				m.word == "期" && s.has(j, "期间", "期末", "期初") != "" || m.word == "批" && s.has(j, "批复", "批准") != "" {
				continue
			}
			t.unit, t.measure, t.kind = m.unit, m.word, m.unit.Kind()
			t.till = j + len([]rune(m.word))
			return
		}
	}
	for _, big := range []struct {
		word  string
		shift int32
	}{{"万", 4}, {"亿", 8}} {
		if s.has(j, big.word) == "" {
			continue
		}
		t.scale = big.shift
		j++
		for _, m := range measuresAt[s.at0(j)] {
			if m.unit.Kind() == money.KindCount && s.has(j, m.word) != "" {
				t.unit, t.measure, t.kind = m.unit, big.word+m.word, money.KindCount
				t.till = j + len([]rune(m.word))
				return
			}
		}
		if w := s.has(j, others...); w != "" {
			t.measure, t.kind, t.till = big.word+w, money.KindCount, j+len([]rune(w))
			return
		}
		t.unit, t.measure, t.kind, t.loose = money.WanYuan, big.word, money.KindMoney, true
		if big.shift == 8 {
			t.unit = money.YiYuan
		}
		t.scale, t.till = 0, j
		return
	}
	if w := s.has(j, others...); w != "" {
		if w == "级" || w == "度" || w == "版" || w == "类" || w == "部" && s.has(j, "部门") != "" {
			return
		}
		t.measure, t.kind, t.till = w, money.KindCount, j+len([]rune(w))
	}
}

// bounds are the words before a number that is one end of what is meant.
var bounds = endingsOf([]string{"不低于", "不超过", "不少于", "不高于", "不多于", "超过", "超出", "低于", "高于", "大于", "小于", "未达", "未达到", "达不到", "至少", "最多", "最高", "最低", "不足", "以上的", "以内的", "突破"})

// limits reads what makes a number a limit, a range or an estimate.
func (s *scanner) limits(t *token) {
	i := t.from
	if s.at0(i-1) == ' ' {
		i--
	}
	if strings.ContainsRune("<>≥≤≧≦=", s.at0(i-1)) && s.at0(i-1) != '=' || s.before(i, bounds[s.at0(i-1)]...) != "" ||
		s.has(t.till, "以上", "以下", "以内", "（含）以上", "（含）以下", "及以上", "及以下", "以外") != "" {
		t.bound = true
	}
	if s.before(i, "约", "近", "约为", "约占", "将近", "大约") != "" && s.before(i, "节约", "签约", "合约", "违约", "就近", "附近") == "" || s.has(t.till, "左右", "上下", "余", "多") != "" {
		t.about = true
	}
	dash := func(r rune) bool { return r == '-' || r == '—' || r == '–' || r == '~' || r == '至' || r == '到' }
	if n := len(s.out); n > 0 && dash(s.at0(t.from-1)) {
		p := s.out[n-1]
		gap := t.from - p.till
		if gap <= 2 && gap >= 1 && dash(s.at0(p.till)) && p.why == "" {
			p.span, t.span = true, true
		}
	}
}

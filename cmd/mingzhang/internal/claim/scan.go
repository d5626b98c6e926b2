package claim

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/money"
)

// token is a number found in the script.
type token struct {
	from, to int // the digits
	till     int // the end of its unit
	block    int
	sentence int         // counts through the text
	opening  int         // where its sentence begins
	value    money.Value // in its unit; the interval is set by fineness
	n        decimal.Decimal
	places   int32
	unit     money.Unit
	measure  string // the unit as written
	scale    int32  // 4 for 17.2万册
	kind     money.Kind
	why      string // why it is no data, else ""
	about    bool   // 约, 近, 余, 左右
	bound    bool   // ≥ 90 %, 不超过
	span     bool   // one end of 90%—95%
	words    bool   // Chinese numerals
	loose    bool   // money written without its 元: 63.8 亿

	role role
	dir  int8 // +1 grew, −1 fell
	rate string
	in   string // of a share: of what
	anchor
	explicit bool // the clause itself names the subject
	depth    int  // of brackets
	verdict  Verdict
	sure     string
	scope    *token // the total of which it is a part
	of       bool   // a percentage of it follows: 预算12万元的82.3%
	wholeIs  *token // of a rate: what its sentence says to be the whole
	index    int    // among the data
	borne    bool   // a change that follows bears it out, with its unit
	finding  *finding
	sum      string
	figure   *figure.Figure
	held     string
}

// vague tells a number that says no amount: a bound, a guess, one end of a span.
func (t *token) vague() bool { return t.bound || t.about || t.span }

// scanner finds the numbers of a script, block by block, in one pass.
type scanner struct {
	*script
	out      []*token
	sentence int
	opening  int // where the sentence began
	title    int // depth of 《》
}

func scan(s *script) []*token {
	sc := &scanner{script: s}
	for i := range s.blocks {
		sc.block(i)
	}
	return sc.out
}

func (s *scanner) at0(i int) rune {
	if i < 0 || i >= len(s.r) {
		return 0
	}
	return s.r[i]
}

// has returns the first of some words that begins at i.
func (s *scanner) has(i int, words ...string) string {
	first := s.at0(i)
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); r != first {
			continue
		}
		j := i
		ok := true
		for _, r := range w {
			if s.at0(j) != r {
				ok = false
				break
			}
			j++
		}
		if ok {
			return w
		}
	}
	return ""
}

// before returns the first of some words that ends just before i.
func (s *scanner) before(i int, words ...string) string {
	last := s.at0(i - 1)
	for _, w := range words {
		if r, _ := utf8.DecodeLastRuneInString(w); r != last {
			continue
		}
		if n := utf8.RuneCountInString(w); i-n >= 0 && s.has(i-n, w) != "" {
			return w
		}
	}
	return ""
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

func (s *scanner) block(b int) {
	bl := s.blocks[b]
	s.sentence++
	s.opening = bl.start
	s.title = 0
	depth := 0
	for i := bl.start; i < bl.end; {
		r := s.r[i]
		switch {
		case r == '《':
			s.title++
		case r == '》':
			s.title = max(0, s.title-1)
		case r == '（':
			depth++
		case r == '）':
			depth = max(0, depth-1)
		case r == '。' && depth > 0 && s.at0(i+1) == '）': // a remark that ends like a sentence
		case r == '。' || r == '！' || r == '？' || r == '!' || r == '?':
			s.sentence++
			s.opening = i + 1
		case isDigit(r):
			t := s.arabic(i, bl)
			t.block, t.sentence, t.depth, t.opening = b, s.sentence, depth, s.opening
			s.out = append(s.out, t)
			i = t.till
			continue
		case numeral(r):
			if t := s.chinese(i); t != nil {
				t.block, t.sentence, t.depth, t.opening = b, s.sentence, depth, s.opening
				s.out = append(s.out, t)
				i = t.till
				continue
			}
			for i < bl.end && numeral(s.r[i]) { // a name with numerals in it
				i++
			}
			continue
		}
		i++
	}
	s.sentence++
}

// arabic reads a number that begins at a digit.
func (s *scanner) arabic(i int, bl block) *token {
	t := s.room.token()
	t.from = i
	j := i
	var few [32]byte
	digits := few[:0]
	read := func(list []rune) {
		for _, r := range list {
			digits = append(digits, byte(r))
		}
	}
	for isDigit(s.at0(j)) {
		j++
	}
	read(s.r[i:j])
	for len(digits) > 0 && s.at0(j) == ',' && isDigit(s.at0(j+1)) && isDigit(s.at0(j+2)) && isDigit(s.at0(j+3)) && !isDigit(s.at0(j+4)) &&
		(j-i <= 3 || strings.ContainsRune(s.text(i, j), ',')) {
		read(s.r[j+1 : j+4])
		j += 4
	}
	for s.spaced(i, j) { // 12 560.00万元
		read(s.r[j+1 : j+4])
		j += 4
	}
	whole := j - i
	if s.at0(j) == '.' && isDigit(s.at0(j+1)) {
		k := j + 1
		for isDigit(s.at0(k)) {
			k++
		}
		t.places = int32(k - j - 1)
		read(s.r[j:k])
		j = k
		if s.at0(j) == '.' && isDigit(s.at0(j+1)) { // 2024.2.23, 1.2.3
			for s.at0(j) == '.' && isDigit(s.at0(j+1)) {
				j++
				for isDigit(s.at0(j)) {
					j++
				}
			}
			t.why = "date"
		}
	}
	t.to, t.till = j, j
	t.n, _ = decimal.NewFromString(string(digits))
	if t.why == "" {
		s.unit(t)
	}
	if prev := s.at0(i - 1); prev == '-' || prev == '−' || prev == '–' {
		if p := s.at0(i - 2); t.why == "" && (unicode.Is(unicode.Han, p) && !strings.ContainsRune("年月日号第至元", p) || p == '：' || p == '（' || p == '，' || p == '|') {
			t.n = t.n.Neg()
			t.from--
		}
	}
	if t.why == "" {
		t.why = s.noData(t, whole, bl)
	}
	if t.why == "" {
		s.limits(t)
	}
	return t
}

// spaced reports whether a space behind the digits from i to j groups thousands:
// three digits follow, and in the end an amount of money.
func (s *scanner) spaced(i, j int) bool {
	if first := j - i; s.at0(j) != ' ' || s.r[i] == '0' || first > 3 && s.at0(j-4) != ' ' || s.before(i, "第", "表", "图", "附件", "-", "—", "/") != "" {
		return false
	}
	k := j
	for s.at0(k) == ' ' && isDigit(s.at0(k+1)) && isDigit(s.at0(k+2)) && isDigit(s.at0(k+3)) && !isDigit(s.at0(k+4)) {
		k += 4
	}
	if k == j {
		return false
	}
	if s.at0(k) == '.' {
		for k++; isDigit(s.at0(k)); k++ {
		}
	}
	return s.has(k, "元", "万元", "亿元", "千元", "百万元") != ""
}

// numeral reports whether r may stand in a number in Chinese numerals.
func numeral(r rune) bool {
	switch r { // faster than a look through a string, for every character of a text
	case '零', '〇', '一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '万', '亿':
		return true
	}
	return false
}

// chinese reads a count in Chinese numerals: 八个, 两千余套. Numerals that stand
// in a name are none.
func (s *scanner) chinese(i int) *token {
	j := i
	for numeral(s.at0(j)) {
		j++
	}
	if strings.ContainsRune("万亿百千", s.r[i]) || s.title > 0 || s.before(i, "第", "星期", "十", "“", "统", "专", "唯", "之", "同", "进") != "" {
		return nil
	}
	t := s.room.token()
	t.from, t.to, t.words = i, j, true
	if s.has(j, "余", "多") != "" {
		t.about = true
		j++
	}
	for _, m := range measuresAt[s.at0(j)] {
		if s.has(j, m.word) == "" || m.unit.Kind() != money.KindCount && m.unit != money.Times && m.unit.Kind() != money.KindMoney {
			continue
		}
		one := t.to-i == 1 && (s.r[i] == '一' || s.r[i] == '两')
		if one && !t.about || s.has(j+len([]rune(m.word)), "性", "化", "级", "制", "本", "身", "大") != "" {
			return nil
		}
		if m.word == "项" && s.has(j+1, "目", "规定") != "" || m.word == "本" || m.word == "名" && s.has(j+1, "单", "称") != "" || m.word == "期" {
			continue
		}
		n, ok := money.ChineseInt(s.text(t.from, t.to))
		if !ok {
			return nil
		}
		t.n, t.unit, t.measure, t.kind = decimal.NewFromInt(n), m.unit, m.word, m.unit.Kind()
		t.till = j + len([]rune(m.word))
		return t
	}
	return nil
}

// noData tells dates, document numbers, numbering, codes and names from data.
func (s *scanner) noData(t *token, whole int, bl block) string {
	i, j := t.from, t.till
	prev, next := s.at0(i-1), s.at0(t.to)
	integer := t.places == 0 && whole == t.to-i
	size := t.to - i
	year := integer && size == 4 && (s.r[i] == '1' && s.r[i+1] == '9' || s.r[i] == '2' && s.r[i+1] == '0')
	switch {
	case s.title > 0:
		return "name"
	case next == '）' && (prev == '（') && size <= 2 && integer, i == bl.start && integer && size <= 2 && strings.ContainsRune(".、）", next) && !isDigit(s.at0(t.to+1)):
		return "numbering"
	case integer && size <= 2 && (next == '.' || next == '、') && strings.ContainsRune("。；：", prev) && !isDigit(s.at0(t.to+1)):
		return "numbering"
	case year && s.has(t.to, "年", "学年", "财年") != "":
		t.till = t.to + 1
		return "date"
	case year && strings.ContainsRune("〔［[【（", prev) && strings.ContainsRune("〕］]】）", next):
		return "document"
	case integer && size <= 3 && s.before(i, "〕", "］", "]", "】") != "" && s.has(t.to, "号") != "", next == '号' && integer:
		return "document"
	case year && strings.ContainsRune("-—–~至到/", next) && isDigit(s.at0(t.to+1)), year && t.measure == "" && (strings.ContainsRune("-—–~至到/", prev) || unicode.Is(unicode.Han, next)):
		return "date"
	case integer && size <= 2 && (next == '月' || next == '日' || next == '时' && prev != 0 || next == '号'):
		t.till = t.to + 1
		return "date"
	case integer && size <= 2 && strings.ContainsRune("至到-—–~", next) && dateAhead(s, t.to+1):
		return "date"
	case integer && (next == '-' || next == '/') && year:
		return "date"
	case prev == '-' && s.dated(i), prev == '/' && s.dated(i):
		return "date"
	case next == '年' && integer:
		if size == 2 && s.has(t.to, "年度") != "" {
			return "date"
		}
		t.till = t.to + 1
		return "name"
	case prev == '第':
		return "numbering"
	case isLetter(prev) || isLetter(next) && t.measure == "" || s.has(t.to, "标段", "级", "度", "号楼", "号线", "类地区", "版", "中全会", "届") != "":
		return "name"
	case s.before(i, "表", "图", "附件", "附表", "公开", "附") != "" && integer && t.measure == "":
		return "numbering"
	case integer && t.measure == "" && size >= 7 && whole == size && !strings.ContainsRune(s.text(i, t.to), ','):
		return "code"
	case integer && t.measure == "" && (size == 3 || size == 5 || size == 7) && s.r[i] != '0' && (s.before(i, "（", "编码", "代码", "科目") != "" || s.has(t.to, "（类）", "（款）", "（项）", "类", "款") != ""):
		return "code"
	case prev == '+' || next == '+':
		return "name"
	case s.before(i, "单价", "单位价值", "单台价值", "单台（套）价值") != "" && s.has(j, "（含）以上", "以上", "及以上", "（含）及以上") != "":
		return "threshold" // from which things are counted: 单价100万元（含）以上设备
	case s.quoted(i, j) && t.kind != money.KindMoney && t.kind != money.KindShare:
		return "name"
	case s.quoted(i, j) && t.kind == money.KindShare && s.before(i, "个") != "":
		return "name" // 三个100%
	case prev == ':' || next == ':' && isDigit(s.at0(t.to+1)):
		return "date"
	}
	return ""
}

// dateAhead reports whether 21日 or 12月 stands at i.
func dateAhead(s *scanner, i int) bool {
	n := 0
	for isDigit(s.at0(i)) && n < 3 {
		i, n = i+1, n+1
	}
	return n > 0 && n < 3 && s.has(i, "日", "月") != ""
}

// dated reports whether the number before is a part of the same date.
func (s *scanner) dated(i int) bool {
	n := len(s.out)
	return n > 0 && s.out[n-1].why == "date" && s.out[n-1].to == i-1
}

// quoted reports whether i to j stands in a short quotation that names
// something: “7+2市场价评估”.
func (s *scanner) quoted(i, j int) bool {
	for k := i - 1; k >= 0 && k > i-12; k-- {
		if s.r[k] == '”' || s.r[k] == '\n' || s.r[k] == '。' {
			return false
		}
		if s.r[k] == '“' || s.r[k] == '‘' {
			for e := j; e < len(s.r) && e < j+14; e++ {
				if s.r[e] == '”' || s.r[e] == '’' {
					return true
				}
				if s.r[e] == '“' || s.r[e] == '\n' {
					return false
				}
			}
			return false
		}
	}
	return false
}

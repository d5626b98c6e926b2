package claim

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// leftovers are traces of a form that nobody filled in.
var leftovers = [...]sought{
	{[]string{"XX", "XＸ", "X×", "ＸX", "ＸＸ", "Ｘ×", "×X", "×Ｘ", "××", "xxx"}, regexp.MustCompile(`[XＸ×]{2,}|x{3,}`)},
	{[]string{"○", "〇", "OO", "Oo", "oO", "ooo", "___"}, regexp.MustCompile(`[○Oo〇]{3,}|○○|_{3,}`)},
	{[]string{"待填", "待补", "填写", "仍保留该表"}, regexp.MustCompile(`待(?:填写|补充|填报|填)|(?:请|此处)填写|填写说明|仍保留该表格式`)},
	{[]string{"（增", "（减", "（下", "（上", "（提", "（降", "（大", "（小", "（高", "（低", "（或", "（等", "（持"}, regexp.MustCompile(`(?:增加|增长|上升|提高|减少|下降|降低|大于|小于|高于|低于)（(?:或)?(?:增加|增长|上升|提高|减少|下降|降低|大于|小于|等于|高于|低于|持平)[^）]{0,6}）|（或[^）]{0,10}(?:持平|大于|小于|等于|高于|低于)[^）]{0,6}）`)},
	{[]string{"%，", "%。", "%；"}, regexp.MustCompile(`(?:占|增长|下降|上升|完成|提高|降低)[\p{Han}“”]{0,14}%[，。；]`)},
	{[]string{"为万元", "算万元", "出万元", "入万元", "计万元", "加万元", "少万元", "为元", "算元", "出元", "入元", "计元", "加元", "少元"}, regexp.MustCompile(`(?:预算|决算|支出|收入|合计|总计|增加|减少)为?(?:万元|元)[，。；]`)},
	{[]string{"/减", "/下", "/增", "/上"}, regexp.MustCompile(`(?:增加|增长|上升|减少|下降)/(?:增加|增长|上升|减少|下降)`)},
	{[]string{"大小于", "减增", "增减", "降增", "增下", "加减", "少增", "加持", "少持"}, regexp.MustCompile(`(?:数|决算)大小于|(?:减增加|增减少|降增长|增下降|增加减少|减少增加)了?\d|(?:增加|减少)持平`)}, // of 大（小）于
	{[]string{"原因"}, regexp.MustCompile(`原因(?:(?:是|为)：?|：)(?:[。；\n]|，(?:主要)?原因)`)},
	{[]string{"{", "｛"}, regexp.MustCompile(`[{｛][^{}｛｝\n]{0,24}[}｝]`)},
	{[]string{"增加内容", "填写", "（请", "【请", "名称", "全称", "（具体", "【具体", "说明原因", "写明", "照实写", "（此处", "【此处"}, regexp.MustCompile(`[（【](?:增加内容|填写[^）】\n]{0,20}|请[^）】\n]{1,24}|(?:单位|部门)(?:名称|全称)|具体(?:内容|原因|说明)|说明原因|写明[^）】\n]{0,40}|照实写|此处[^）】\n]{1,20})[）】]`)},
}

// hanDigits are those that may stand before 〇.
const hanDigits = "一二三四五六七八九"

// leftoverSigns are the signs of all of them by their first character, with the
// place in the list.
var leftoverSigns = func() map[rune][]leftoverSign {
	out := map[rune][]leftoverSign{}
	for i, l := range leftovers {
		for _, w := range l.signs {
			r, _ := utf8.DecodeRuneInString(w)
			out[r] = append(out[r], leftoverSign{w, i})
		}
	}
	return out
}()

// leftoverStarts tells characters with which no sign begins, but for a few.
var leftoverStarts = func() *[1 << 12]bool {
	out := &[1 << 12]bool{}
	for r := range leftoverSigns {
		out[r&(1<<12-1)] = true
	}
	return out
}()

type leftoverSign struct {
	word string
	of   int
}

func (a *analysis) leftover() {
	for n, b := range a.blocks {
		s := a.text(b.start, b.end)
		var signs [len(leftovers)]bool
		some := false
		for i, r := range s { // all signs in one go, since hardly a text has any
			if !leftoverStarts[r&(1<<12-1)] || r == '%' && i > 0 && s[i-1] < utf8.RuneSelf { // behind its number
				continue
			}
			for _, w := range leftoverSigns[r] {
				if strings.HasPrefix(s[i:], w.word) {
					signs[w.of], some = true, true
				}
			}
		}
		if !some {
			continue
		}
		s += "\n"
		for i := range leftovers {
			l := &leftovers[i]
			if !signs[i] {
				continue
			}
			at, done := b.start, 0
			for _, m := range l.pattern.FindAllStringIndex(s, -1) {
				at += utf8.RuneCountInString(s[done:m[0]])
				done = m[0]
				if m[0] > 0 && isLetter(rune(s[m[0]-1])) || m[1] < len(s) && isLetter(rune(s[m[1]])) {
					continue
				}
				if before, _ := utf8.DecodeLastRuneInString(s[:m[0]]); strings.ContainsRune(hanDigits, before) && s[m[0]:m[1]] == "〇〇〇" {
					continue // 二〇〇〇年
				}
				if strings.HasPrefix(s[m[0]:], "原因") && m[1] == len(s) && a.listedBelow(n) {
					continue // 主要原因：and then 1.…, 2.…
				}
				what := strings.TrimRight(strings.TrimSpace(s[m[0]:m[1]]), "，")
				a.add(&finding{code: Leftover, from: at, till: min(b.end, at+utf8.RuneCountInString(what)), args: []any{what}})
			}
		}
	}
}

// listedBelow reports whether the entries of a list follow a block.
func (a *analysis) listedBelow(n int) bool {
	if n+1 >= len(a.blocks) {
		return false
	}
	below := a.blocks[n+1]
	if below.layout == item || below.layout == row {
		return true
	}
	s := a.text(below.start, min(below.end, below.start+8))
	kind, first := a.numberOf(n + 1)
	own, _ := a.numberOf(n)
	return kind >= 0 && first == 1 && kind != own || hasPrefixOf(s, "一是", "一为", "①")
}

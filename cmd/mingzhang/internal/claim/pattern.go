package claim

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// The two patterns that are looked for in the words before every number, by
// hand: a text has hundreds of them. TestPatternsByHand holds both against
// regular expressions.

// yearIn finds the first year at or after a place, ((?:19|20)\d\d)年?: where it
// begins, and where it ends with its 年. from is −1 where there is none.
func yearIn(s string, at int) (from, till int) {
	for i := at; i+4 <= len(s); i++ {
		if (s[i] == '1' && s[i+1] == '9' || s[i] == '2' && s[i+1] == '0') && isDigit(rune(s[i+2])) && isDigit(rune(s[i+3])) {
			till = i + 4
			if strings.HasPrefix(s[till:], "年") {
				till += len("年")
			}
			return i, till
		}
	}
	return -1, -1
}

// priorIn finds the first word for the year before at or after a place,
// 上年|去年|上一?年度?|上期|同期. from is −1 where there is none.
func priorIn(s string, at int) (from, till int) {
	for i, r := range s[at:] {
		switch r {
		case '上', '去', '同':
			for _, w := range priorWords {
				if strings.HasPrefix(s[at+i:], w) {
					return at + i, at + i + len(w)
				}
			}
		}
	}
	return -1, -1
}

var priorWords = []string{"上年", "去年", "上一年度", "上一年", "上期", "同期"}

// cutOut cuts all that a search finds out of a text.
func cutOut(s string, find func(s string, at int) (from, till int)) string {
	from, till := find(s, 0)
	if from < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	done := 0
	for from >= 0 {
		b.WriteString(s[done:from])
		done = till
		from, till = find(s, till)
	}
	b.WriteString(s[done:])
	return b.String()
}

// endings are words that are cut off the end of a text, found by their last
// character: of those that fit, the first in the list counts.
type endings map[rune][]string

func endingsOf(list []string) endings {
	e := endings{}
	for _, w := range list {
		r, _ := utf8.DecodeLastRuneInString(w)
		e[r] = append(e[r], w)
	}
	return e
}

// of returns the word with which a text ends.
func (e endings) of(s string) (string, bool) {
	r, _ := utf8.DecodeLastRuneInString(s)
	for _, w := range e[r] {
		if strings.HasSuffix(s, w) {
			return w, true
		}
	}
	return "", false
}

// cut takes a word off the end.
func (e endings) cut(s string) (string, bool) {
	w, ok := e.of(s)
	return s[:len(s)-len(w)], ok
}

// sought is a pattern with its signs, of which one stands in all that it matches:
// hardly a paragraph has what patterns look for, and signs are found faster.
type sought struct {
	signs   []string
	pattern *regexp.Regexp
}

// all finds all that the pattern matches, as FindAllStringSubmatchIndex does.
func (p sought) all(s string) [][]int {
	if !containsOf(s, p.signs...) {
		return nil
	}
	return p.pattern.FindAllStringSubmatchIndex(s, -1)
}

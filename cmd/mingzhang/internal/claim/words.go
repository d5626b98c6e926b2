package claim

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/standard"
)

// words is the glossary made ready for reading.
type words struct {
	*standard.Wording
	terms  map[string]*standard.Subject // by folded name
	rates  map[string]*standard.Rate
	folded map[*standard.Subject][]string // its names
	byID   map[string][]*standard.Subject
	spoken map[rune][]spokenTerm // what a sentence may name, by the first character of the name
	stages map[rune][]stageWord  // by the last character, longest first
	ups    endings
	downs  endings
	turns  []string // the longer words of both directions
}

// spokenTerm is a folded name of a subject.
type spokenTerm struct {
	name string
	term *standard.Subject
}

type stageWord struct {
	word, id string
	rank     int // the longest word has the lowest
}

var glossary = sync.OnceValue(func() *words {
	w := &words{Wording: standard.Words(), terms: map[string]*standard.Subject{}, rates: map[string]*standard.Rate{}, folded: map[*standard.Subject][]string{}, byID: map[string][]*standard.Subject{}, spoken: map[rune][]spokenTerm{}, stages: map[rune][]stageWord{}}
	for _, t := range w.Terms {
		w.byID[t.ID] = append(w.byID[t.ID], t)
		for _, n := range t.Names {
			n = funds.Replace(label.Fold(n)) // as anchors name it
			w.terms[n] = t
			w.folded[t] = append(w.folded[t], n)
			if !t.Counts && t.ID != "total" && t.ID != "income-total" {
				r, _ := utf8.DecodeRuneInString(n)
				w.spoken[r] = append(w.spoken[r], spokenTerm{n, t})
			}
		}
	}
	for _, r := range w.Rates {
		for _, n := range r.Names {
			w.rates[label.Fold(n)] = r
		}
	}
	longest := func(a, b string) int { return len(b) - len(a) }
	var stages []stageWord
	for _, s := range w.Stages {
		for _, x := range s.Words {
			stages = append(stages, stageWord{word: x, id: s.ID})
		}
	}
	slices.SortStableFunc(stages, func(a, b stageWord) int { return longest(a.word, b.word) })
	for i, x := range stages {
		x.rank = i
		r, _ := utf8.DecodeLastRuneInString(x.word)
		w.stages[r] = append(w.stages[r], x)
	}
	ups, downs := slices.Clone(w.Words.Up), slices.Clone(w.Words.Down)
	slices.SortStableFunc(ups, longest)
	slices.SortStableFunc(downs, longest)
	w.ups, w.downs = endingsOf(ups), endingsOf(downs)
	w.turns = slices.DeleteFunc(slices.Concat(downs, ups), func(word string) bool { return len(word) <= len("字") })
	return w
})

// directionAt reads the direction in which the words before a number point: the
// verb stands right before it. to reports 增加到: the number is where it went.
func directionAt(c string) (dir int8, verb string, to bool) {
	g := glossary()
	for {
		if w, ok := arrivals.of(c); ok {
			return 0, w, true
		}
		last, _ := utf8.DecodeLastRuneInString(c)
		for _, w := range g.downs[last] {
			if strings.HasSuffix(c, w) && !falseVerb(c, w) {
				return -1, w, false
			}
		}
		for _, w := range g.ups[last] {
			if strings.HasSuffix(c, w) && !falseVerb(c, w) {
				return 1, w, false
			}
		}
		rest, ok := fillers.cut(c)
		if !ok {
			return 0, "", false
		}
		c = rest
	}
}

// arrivals say where something went.
var arrivals = endingsOf([]string{"增加到", "增至", "增长到", "增长至", "增加至", "提高到", "提高至", "上升到", "上升至", "下降到", "降至", "降到", "下降至", "减至", "减少到", "减少至", "调整为", "调整到", "调增至", "调减至", "增到", "减到", "增为", "减为", "调减到", "调增到", "调减为", "调增为", "压减到", "压减至", "压到", "追加到", "追加至", "提升到", "提升至", "降低到", "降低至", "缩短到", "缩短至", "延长到", "延长至", "压缩到", "压缩至"})

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

// stageOf finds the longest stage word, where it stands last, and cuts it out.
func stageOf(c string) (stage, rest string) {
	stages := glossary().stages
	var best *stageWord
	at := 0
	for end := len(c); end > 0; {
		r, size := utf8.DecodeLastRuneInString(c[:end])
		list := stages[r]
		for i := range list {
			if w := &list[i]; best != nil && w.rank >= best.rank {
				break
			} else if strings.HasSuffix(c[:end], w.word) {
				best, at = w, end-len(w.word)
			}
		}
		end -= size
	}
	if best == nil {
		return "", c
	}
	return best.id, c[:at] + c[at+len(best.word):]
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

// fundNames stand in all that funds looks for.
var fundNames = []string{"公共预算", "基金预算", "经营预算", "预算单位", "预算外", "预算内"}

// funds keeps the names of budgets from being read as stages.
var funds = strings.NewReplacer("一般公共预算", "一般公共", "政府性基金预算", "政府性基金", "国有资本经营预算", "国有资本经营", "预算单位", "单位", "预算外", "", "预算内", "")

// trim takes words off both ends that say nothing of the subject.
func trim(s string) string {
	for mayLead(s) {
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
		rest, ok := tails.cut(s)
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

var headNumber = regexp.MustCompile(`^\s*(?:第[一二三四五六七八九十\d]+(?:部分|章|节)|[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}(?:[“”"]?[.．、)）]|[“"])|[a-zA-Z][.．、)）]|[①-⑳])\s*`)

func stripNumbering(s string) string {
	if !mayBeNumbered(strings.TrimLeft(s, "\t\n\f\r ")) {
		return s
	}
	return headNumber.ReplaceAllString(s, "")
}

// mayLead reports whether a text may begin with one of the leads.
func mayLead(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return leadSigns[r]
}

var leadSigns = func() map[rune]bool {
	out := map[rune]bool{}
	for _, w := range leads {
		r, _ := utf8.DecodeRuneInString(w)
		out[r] = true
	}
	return out
}()

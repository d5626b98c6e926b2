package claim

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

var (
	// rollHead leads from a number of bodies to their names: 下属单位3个，分别为：.
	rollHead = regexp.MustCompile(`^[^，。；：、（）\d]{0,14}(?:：|，?(?:分别(?:为|是)|包括|即|具体(?:为|是|包括))：?)`)
	bodies   = []string{"下属", "所属", "内设", "机构", "单位", "科室", "处室", "股室", "部门"}
)

// rolls counts the names behind a number of bodies: 内设机构5个，分别为：办公室、人事科.
func (a *analysis) rolls() {
	for _, t := range a.data {
		if t.kind != money.KindCount || t.measure != "个" && t.measure != "家" || t.places > 0 || t.vague() || t.verdict != Unbound {
			continue
		}
		if a.blocks[t.block].layout == row {
			continue
		}
		after := a.text(t.till, a.blocks[t.block].end)
		m := rollHead.FindString(after)
		if m == "" || strings.Contains(m, "不包括") || !containsOf(t.clause+m, bodies...) {
			continue
		}
		low, high, last, ok := namesIn(after[len(m):])
		n := int(t.n.IntPart())
		if !ok || n >= low && n <= high {
			if ok && low == high {
				a.settle(t, Equal, "")
			}
			continue
		}
		count := strconv.Itoa(high)
		if low < high {
			count = strconv.Itoa(low) + "—" + count
		}
		a.add(&finding{code: CountOff, token: t, args: []any{a.quote(t), count}, sum: lang.Text{ZH: "从「" + a.firstName(after[len(m):]) + "」到「" + last + "」", EN: "from " + a.firstName(after[len(m):]) + " to " + last}, expected: count})
		t.verdict = Contradicts
	}
}

func (a *analysis) firstName(list string) string {
	if i := strings.IndexAny(list, "、，"); i > 0 {
		return list[:i]
	}
	return list
}

// bodyEnds are the characters with which the names of bodies end.
const bodyEnds = "科室局处站所队院校园馆心办股会部厅组委司团社库场关级镇乡街道店"

// namesIn counts the names of a list, from below and from above: what does not end
// like a body may belong to the next name (政策、法规科), and 和 may stand in a name or
// between two. ok is false where the list is not plain or not complete.
func namesIn(list string) (low, high int, last string, ok bool) {
	if i := strings.IndexAny(list, "。；\n"); i >= 0 {
		list = list[:i]
	}
	list = outside(list)
	if strings.ContainsAny(list, "0123456789：“《") || strings.HasSuffix(list, "等") || containsOf(list, "其中", "另", "此外", "以上", "主要", "等，", "共") || strings.Contains(list, "，") {
		return 0, 0, "", false
	}
	names := strings.Split(list, "、")
	if len(names) < 2 {
		return 0, 0, "", false
	}
	for i, name := range names {
		name = strings.TrimSpace(name)
		n := utf8.RuneCountInString(name)
		if n == 0 || n > 24 {
			return 0, 0, "", false
		}
		end, _ := utf8.DecodeLastRuneInString(name)
		low, high = low+1, high+1
		if !strings.ContainsRune(bodyEnds, end) {
			if i == len(names)-1 {
				return 0, 0, "", false // it goes on with other words
			}
			low--
		}
		for _, w := range []string{"和", "及", "与"} {
			high += strings.Count(name, w)
		}
		last = name
	}
	return low, high, last, true
}

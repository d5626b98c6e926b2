package claim

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
)

// YearStale is raised for a text that speaks of the budget or accounts of a year
// that is neither the report's nor a neighbour: what last year's text, or the
// one before, leaves behind.
var YearStale = &diag.Code{
	Word: "year-stale", Severity: diag.Warning, Since: "0.4.0",
	Headline: lang.Text{ZH: "%d 年度的文字里写着「%s」，像是往年文字没有改", EN: "the text of %d speaks of %s: it seems left over from another year"},
	Why:      lang.Text{ZH: "一篇说明只说本年度，并与上一年比较；别的年度多半是套用旧文时漏改的", EN: "a report tells of its year and compares it with the one before; any other year was probably not changed when an old text was used again"},
	Fix:      lang.Text{ZH: "核对年度；确实要说往年时，写明“截至”“自……以来”或文件名", EN: "check the year; if an earlier one is meant, say since when, or name the document"},
}

// YearCut is raised for a year that has lost a digit, or got one too many.
var YearCut = &diag.Code{
	Word: "year-cut", Severity: diag.Warning, Since: "0.11.0",
	Headline: lang.Text{ZH: "「%s」不是年份，像是少写或多写了一位数字", EN: "%s is no year: a digit seems to be missing, or one too many"},
	Why:      lang.Text{ZH: "年份写错，读者分不清说的是哪一年的数", EN: "with a wrong year readers cannot tell of which one the figures are"},
	Fix:      lang.Text{ZH: "改成四位数的年份", EN: "write the year in four digits"},
}

// aboutReport are the words for a report or its figures.
const aboutReport = `(?:部门|单位|本级)?(?:整体)?(?:预算|决算|收支|支出|收入|财政拨款|一般公共预算|“三公”|三公|机关运行|政府采购|绩效)`

var (
	// A year right before the words for a report or its figures.
	reportYear = regexp.MustCompile(`(?:19|20)\d\d年度?` + aboutReport)
	// What stands behind a number that is meant as a year: 300年 is a time.
	yearBehind = regexp.MustCompile(`^年(?:度|\d{1,2}月|` + aboutReport + `)`)
	// What makes an earlier year the right one.
	sinceWords = regexp.MustCompile(`(?:截至|截止|自|从|于|依据|根据|按照|参照|依照|比|较|与|同|和|及|[^一二三四五六七八九十\d]、|至|到|—|-|～|~|跨|历年|首次|上次|曾|起|\d)$`)
	// What goes on after the year as a span or a history.
	spanAfter = regexp.MustCompile(`^(?:以来|至|到|—|-|～|~|起|开始)`)
)

// staleYears tells budgets and accounts of years that a report has no business
// with. Titles of documents, comparisons and histories are none.
func (a *analysis) staleYears(year int) {
	if year == 0 {
		return
	}
	for _, b := range a.blocks {
		if b.layout == row {
			continue
		}
		text := a.text(b.start, b.end)
		if !anotherYear(text, year) { // most paragraphs speak of the report's own
			continue
		}
		years := map[string]bool{}
		for i, j := yearIn(text, 0); i >= 0; i, j = yearIn(text, j) {
			years[text[i:i+4]] = true
		}
		if len(years) > 2 { // a history, or a table of years
			continue
		}
		for _, m := range reportYear.FindAllStringIndex(text, -1) {
			if y := atoi(text[m[0] : m[0]+4]); y >= year-1 && y <= year+1 {
				continue
			}
			before, after := text[:m[0]], text[m[0]+len("2024年"):]
			if strings.Count(before, "《") > strings.Count(before, "》") || strings.LastIndexAny(before, "〔［[") > strings.LastIndexAny(before, "〕］]") ||
				sinceWords.MatchString(before) || spanAfter.MatchString(after) {
				continue
			}
			from := b.start + len([]rune(before))
			till := b.start + len([]rune(text[:m[1]]))
			a.add(&finding{code: YearStale, from: from, till: till, args: []any{year, text[m[0]:m[1]]}})
			break // one slip of a paragraph is one
		}
	}
}

// anotherYear reports whether digits that may be a year, wherever they begin,
// are neither the report's nor a neighbour.
func anotherYear(text string, year int) bool {
	for i, _ := yearIn(text, 0); i >= 0; i, _ = yearIn(text, i+1) {
		if y := atoi(text[i : i+4]); y < year-1 || y > year+1 {
			return true
		}
	}
	return false
}

// cutYears tells years that are none: 202年度, 20224年度. Numbers before 年 that are
// years were read as dates.
func (a *analysis) cutYears() {
	for _, t := range a.tokens {
		if size := t.to - t.from; t.why != "name" || size < 3 || size > 5 || t.places > 0 || t.measure != "" {
			continue
		}
		digits := a.text(t.from, t.to)
		if i, _ := yearIn(digits, 0); i == 0 && len(digits) == 4 {
			continue // in the name of a document
		}
		behind := a.text(t.to, min(a.blocks[t.block].end, t.to+20))
		if m := yearBehind.FindString(behind); m != "" && !strings.ContainsAny(digits, ",，") {
			word := "年"
			if strings.HasPrefix(m, "年度") {
				word = "年度"
			}
			till := t.to + utf8.RuneCountInString(word)
			a.add(&finding{code: YearCut, from: t.from, till: till, args: []any{a.text(t.from, till)}})
		}
	}
}

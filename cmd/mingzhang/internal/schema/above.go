package schema

import (
	"regexp"
	"strings"

	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/table"
)

// above reads a line over the table: a title, the unit, the body's name. Exports
// put several of them into one cell, with wide gaps or in brackets.
func (l *Layout) above(r table.Row, i int) {
	l.Roles[i] = Title
	if r.Blank() {
		l.Roles[i] = Blank
		return
	}
	for _, c := range r {
		text := strings.TrimSpace(c.Text)
		if m := unitInTitle.FindStringSubmatch(text); m != nil && moneyUnit(m[2]) != "" {
			l.unit(moneyUnit(m[2]), c, i)
			text = strings.TrimSpace(m[1])
		}
		if !strings.Contains(text, "单位") {
			l.saying(text, c, i)
			continue
		}
		for _, part := range wideGap.Split(beforeUnit.ReplaceAllString(text, "\n$1"), -1) {
			l.saying(strings.TrimSpace(part), c, i)
		}
	}
}

var (
	// unitInTitle finds 支出决算表（单位：万元）.
	unitInTitle = regexp.MustCompile(`^(.{2,})[（(]\s*(?:金额|计量|货币)?单位[：:]\s*([^（()）]+)[)）]$`)
	// wideGap lies between things said in one cell, and beforeUnit before the unit,
	// which stands last: 编制单位：某局 2024年度 单位：元.
	wideGap    = regexp.MustCompile(`[\s\x{3000}\x{00a0}]{2,}|[\x{3000}\r\n]`)
	beforeUnit = regexp.MustCompile(`[\s\x{00a0}]((?:金额|计量|货币)?单位[：:][^：:]+)$`)
	// unitNamed finds 单位（万元） and 单位万元, which have no colon.
	unitNamed  = regexp.MustCompile(`^(?:金额|计量|货币)?单位\s*[（(]?\s*([^（()）]+?)\s*[)）]?$`)
	unitRemark = regexp.MustCompile(`[（(][^（()）]*[)）]?$`)
)

// saying reads one thing that is said over the table.
func (l *Layout) saying(text string, c table.Cell, i int) {
	key, value, found := cutColon(text)
	switch {
	case text == "":
	case found && isUnitWord(key):
		if u := moneyUnit(value); u != "" {
			l.unit(u, c, i)
		} else if _, ok := money.UnitOf(value); ok {
			l.unit(value, c, i)
		} else if strings.Contains(key, "单位") && l.Body == "" && !strings.Contains(key, "金额") && strings.ContainsAny(value, "局委办会院部处所中心街道镇乡校馆站队") {
			l.Body = value
		} else {
			l.Unit, l.unitAt = value, c // not a unit: told as such when bound
		}
	case found && isBodyWord(key):
		l.Body = value
	case l.Unit == "" && moneyUnit(text) == text:
		l.unit(text, c, i) // 万元 by itself at the right edge
	case l.Unit == "" && namedUnit(text) != "":
		l.unit(namedUnit(text), c, i)
	case len(text) > len(l.Title):
		l.Title = text
	}
}

func (l *Layout) unit(sign string, c table.Cell, i int) {
	l.Unit, l.unitAt, l.Roles[i] = sign, c, UnitLine
}

func namedUnit(text string) string {
	if m := unitNamed.FindStringSubmatch(text); m != nil {
		return moneyUnit(m[1])
	}
	return ""
}

// moneyUnit is the unit of money that a text names, with a remark behind it or
// without: 万元（保留两位小数）. It is empty for other texts.
func moneyUnit(text string) string {
	for _, t := range []string{text, strings.TrimSpace(unitRemark.ReplaceAllString(text, ""))} {
		if u, ok := money.UnitOf(t); ok && t != "" && u.Kind() == money.KindMoney {
			return t
		}
	}
	return ""
}

func cutColon(s string) (key, value string, ok bool) {
	s = strings.Trim(s, "（）()")
	for _, colon := range []string{"：", ":"} {
		if key, value, ok = strings.Cut(s, colon); ok {
			return label.Fold(key), strings.TrimSpace(value), true
		}
	}
	return "", "", false
}

func isUnitWord(key string) bool {
	switch key {
	case "单位", "金额单位", "计量单位", "货币单位", "unit":
		return true
	}
	return false
}

func isBodyWord(key string) bool {
	switch key {
	case "部门", "部门名称", "单位名称", "编制单位", "编制部门", "预算单位", "填报单位", "填报部门", "预算部门", "公开部门", "公开单位":
		return true
	}
	return false
}

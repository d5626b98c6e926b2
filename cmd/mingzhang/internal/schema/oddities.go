package schema

import (
	"fmt"
	"strings"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/table"
)

var readingNames = []struct {
	how  money.Reading
	name lang.Text
}{
	{money.FullWidth, lang.Text{ZH: "全角字符", EN: "full-width characters"}},
	{money.Spaced, lang.Text{ZH: "数字中的空格", EN: "spaces inside numbers"}},
	{money.Parentheses, lang.Text{ZH: "括号负数", EN: "negatives in parentheses"}},
	{money.Triangle, lang.Text{ZH: "△ 负数", EN: "negatives marked △"}},
	{money.OtherMinus, lang.Text{ZH: "其他减号", EN: "other minus signs"}},
	{money.CurrencySign, lang.Text{ZH: "货币符号", EN: "currency signs"}},
	{money.Formula, lang.Text{ZH: "文本公式", EN: "text kept as a formula"}},
	{money.ZeroWidth, lang.Text{ZH: "不可见字符", EN: "invisible characters"}},
	{money.Cut, lang.Text{ZH: "被表格软件截到十位的数（按舍入范围核对）", EN: "numbers cut to ten digits by a spreadsheet (checked within their rounding)"}},
}

// oddities counts the irregular writings that were understood, so that a table
// tells them in one line and not cell by cell.
type oddities struct {
	count [16]int
	first [16]string
	alike int
	at    string // the first cell with look-alike characters
}

func (o *oddities) number(c table.Cell, how money.Reading) {
	if how == 0 {
		return
	}
	for i, n := range readingNames {
		if how&n.how != 0 {
			if o.count[i]++; o.count[i] == 1 {
				o.first[i] = c.Name()
			}
		}
	}
}

func (o *oddities) text(c table.Cell) {
	if _, bad := label.Clean(c.Text); bad {
		if o.alike++; o.alike == 1 {
			o.at = c.Name()
		}
	}
}

// notes tells what was counted, with the first cell of each kind.
func (o *oddities) notes(s *table.Sheet) []*diag.Finding {
	var out []*diag.Finding
	var zh, en []string
	total := 0
	for i, n := range readingNames {
		if o.count[i] > 0 {
			total += o.count[i]
			zh = append(zh, fmt.Sprintf("%s %d 处（如 %s）", n.name.ZH, o.count[i], o.first[i]))
			en = append(en, fmt.Sprintf("%s: %d (such as %s)", n.name.EN, o.count[i], o.first[i]))
		}
	}
	at := diag.Place{File: s.File, Sheet: s.Name, Line: 1, Column: 1}
	if total > 0 {
		out = append(out, ReadNormalised.At(at, total, lang.Text{ZH: strings.Join(zh, "，"), EN: strings.Join(en, ", ")}))
	}
	if o.alike > 0 {
		out = append(out, Lookalike.At(at, o.alike, o.at))
	}
	return out
}

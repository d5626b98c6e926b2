package page

import (
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/indicator"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// IndicatorGroup is the indicators of one subject.
type IndicatorGroup struct {
	Name  string
	Items []Indicator
}

// Indicator is a computed figure with its arithmetic.
type Indicator struct {
	ID       string
	Label    string
	Num      *Num
	Names    []Phrase // the formula with names
	Numbers  []Phrase // the formula with numbers
	Interval string   // for what a rounded result stands
	Sure     bool     // every printed digit is beyond doubt
	Plain    string
	Basis    string
}

// topicNames are the subjects under which indicators are grouped.
var topicNames = []struct {
	id   string
	name lang.Text
}{
	{"total", lang.Text{ZH: "总量与调整", EN: "totals and adjustment"}},
	{"execution", lang.Text{ZH: "分季度执行", EN: "execution by quarter"}},
	{"hundred", lang.Text{ZH: "每 100 元的去处", EN: "of every 100 yuan"}},
	{"category", lang.Text{ZH: "支出结构", EN: "structure of spending"}},
	{"project", lang.Text{ZH: "项目", EN: "projects"}},
	{"three-public", lang.Text{ZH: "三公经费", EN: "three public expenses"}},
	{"procurement", lang.Text{ZH: "政府采购", EN: "procurement"}},
	{"staffing", lang.Text{ZH: "人员", EN: "staffing"}},
	{"assets", lang.Text{ZH: "资产", EN: "assets"}},
	{"service", lang.Text{ZH: "办件与满意度", EN: "services"}},
	{"disclosure", lang.Text{ZH: "公开及时性", EN: "timeliness of disclosure"}},
	{"income", lang.Text{ZH: "收入", EN: "income"}},
	{"function", lang.Text{ZH: "按功能分类", EN: "by function"}},
	{"economic", lang.Text{ZH: "按经济分类", EN: "by economic class"}},
	{"change", lang.Text{ZH: "与上年相比", EN: "compared with last year"}},
	{"per-head", lang.Text{ZH: "人均与不变价", EN: "per head and at constant prices"}},
	{"score", lang.Text{ZH: "评分", EN: "score"}},
	{"other", lang.Text{ZH: "其他", EN: "other"}},
}

// topicOf returns the place of a subject in topicNames; what a site names
// otherwise stands under the last.
func topicOf(id string) int {
	for i, t := range topicNames {
		if t.id == id {
			return i
		}
	}
	return len(topicNames) - 1
}

// indicators lists the computed figures by subject, and names those that could
// not be computed because something was not reported.
func (c Context) indicators(b *figure.Book, cat *indicator.Catalogue) (groups []IndicatorGroup, missing []string) {
	byTopic := map[int][]Indicator{}
	for _, d := range cat.Indicators {
		for _, f := range cat.Figures(d, b) {
			if !f.Computed() {
				continue
			}
			if f.Value.State == money.NotReported {
				if d.Single() {
					missing = append(missing, f.Label.In(c.Lang))
				}
				continue
			}
			t := topicOf(d.Topic)
			byTopic[t] = append(byTopic[t], c.indicator(f))
		}
	}
	for i, t := range topicNames {
		if items := byTopic[i]; len(items) > 0 {
			groups = append(groups, IndicatorGroup{Name: t.name.In(c.Lang), Items: items})
		}
	}
	return groups, missing
}

func (c Context) indicator(f *figure.Figure) Indicator {
	return Indicator{
		ID: f.ID, Label: f.Label.In(c.Lang), Num: c.num(f, true), Names: plainLine(f.Formula.Names(c.Lang)), Numbers: c.line(f.Formula.Numbers(c.Lang)),
		Interval: f.Value.IntervalText(), Sure: f.Value.SureDigits(f.Value.Places),
		Plain: f.Formula.Plain.In(c.Lang), Basis: f.Formula.Basis.In(c.Lang),
	}
}

package check

import (
	"strings"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/statement"
)

// bodiesSum is asked of the three public expenses where a table tells them for each
// body as well.
var bodiesSum = codeRule("0.10.0", "in-table", "bodies-sum", diag.Error,
	lang.Text{ZH: "合计等于各单位之和", EN: "the total is the sum of the bodies"},
	lang.Text{ZH: "「%s」的合计写的是 %s，各单位加起来是 %s", EN: "the total of %s is given as %s; the bodies come to %s"},
	lang.Text{ZH: "合计行是下面各单位的和", EN: "the row of the total adds up the bodies under it"},
	lang.Text{ZH: "核对合计行和各单位这一栏", EN: "compare the row of the total with the bodies in this column"},
	lang.Text{ZH: "I14：合计 = 各单位之和", EN: "I14: total = sum of the bodies"})

// BodyCodes lists what is asked of rows of single bodies.
var BodyCodes = []*diag.Code{bodiesSum.code}

// bodySums asks the totals of tables with rows of single bodies.
func bodySums(list []*statement.Statement) []Outcome {
	var out []Outcome
	for _, st := range list {
		if len(st.Bodies) == 0 {
			continue
		}
		var found []*diag.Finding
		for _, b := range st.Bodies {
			sum, err := money.Sum(b.Parts)
			if err != nil || money.Overlaps(b.Total, sum) {
				continue
			}
			var text []string
			for _, p := range b.Parts {
				text = append(text, p.Display(lang.ZH))
			}
			sum = sum.As(b.Total.Unit, 2)
			f := st.Sheet.Finding(bodiesSum.code, b.At, b.Name, inUnit(b.Total), inUnit(sum))
			if len(text) > 1 {
				f.Sum = lang.Same(strings.Join(text, " + ") + " = " + sum.Display(lang.ZH))
			}
			found = append(found, f)
		}
		if found != nil {
			out = append(out, bodiesSum.failed(st.Form.Title, found...))
		} else {
			out = append(out, bodiesSum.passed(st.Form.Title))
		}
	}
	return out
}

func inUnit(v money.Value) lang.Text {
	return lang.Text{ZH: v.WithUnit(lang.ZH), EN: v.WithUnit(lang.EN)}
}

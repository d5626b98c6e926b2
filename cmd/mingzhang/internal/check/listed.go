package check

import (
	"strings"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/statement"
)

// list asks the total of a list against its rows, where it has one total. Where rows
// stand under codes, those of a body and of a class are sums of others; which rows the
// total adds up is seen from those that come to it.
func (s *summer) list() {
	total := -1
	var rows []int
	for i, r := range s.st.Rows {
		switch {
		case r.Level == figure.Total && total >= 0:
			return
		case r.Level == figure.Total:
			total = i
		case s.known(i):
			rows = append(rows, i)
		}
	}
	if total < 0 || len(rows) == 0 {
		return
	}
	if !s.st.Coded() {
		s.listSum(total, rows)
		return
	}
	leaves, bodies := s.coded(rows)
	// The lines are plain where each stands under a code of one length, with one body
	// over them at most: then they are what the total adds up, whether they come to it
	// or not.
	one := len(bodies) == 1 && bodies[0] == rows[0] && !strings.HasPrefix(strings.TrimSpace(s.st.Rows[bodies[0]].Name), "其中")
	plain := len(leaves) > 0 && len(leaves)+len(bodies) == len(rows) && (one || len(bodies) == 0) && s.even(leaves)
	for _, group := range [][]int{leaves, s.without(leaves), rows, bodies} {
		if len(group) == 0 || !s.comes(total, group) || plain && len(group) == len(bodies) {
			continue
		}
		s.listSum(total, group)
		if one && len(group) < len(rows) {
			s.listSum(total, bodies) // the one body of the table
		}
		return
	}
	if plain {
		s.listSum(total, leaves)
		if one {
			s.listSum(total, bodies)
		}
	}
}

// coded lists the rows under the longest codes as leaves, those without one as bodies.
func (s *summer) coded(rows []int) (leaves, bodies []int) {
	codes := map[int]string{}
	for _, i := range rows {
		if codes[i] = s.st.ListCode(&s.st.Rows[i]); codes[i] == "" {
			bodies = append(bodies, i)
		}
	}
	for _, i := range rows {
		leaf := codes[i] != ""
		for _, j := range rows {
			leaf = leaf && (len(codes[j]) <= len(codes[i]) || !strings.HasPrefix(codes[j], codes[i]))
		}
		if leaf {
			leaves = append(leaves, i)
		}
	}
	return leaves, bodies
}

// without leaves out of rows under one code, those that the first of them adds up:
// 2050202 小学教育 and under it the projects of that item.
func (s *summer) without(leaves []int) []int {
	var out []int
	for k := 0; k < len(leaves); {
		code := s.st.ListCode(&s.st.Rows[leaves[k]])
		end := k + 1
		for end < len(leaves) && s.st.ListCode(&s.st.Rows[leaves[end]]) == code {
			end++
		}
		if end-k > 2 && s.comes(leaves[k], leaves[k+1:end]) {
			out = append(out, leaves[k])
		} else {
			out = append(out, leaves[k:end]...)
		}
		k = end
	}
	return out
}

// even reports whether rows stand under codes of one length.
func (s *summer) even(rows []int) bool {
	for _, i := range rows {
		if len(s.st.ListCode(&s.st.Rows[i])) != len(s.st.ListCode(&s.st.Rows[rows[0]])) {
			return false
		}
	}
	return true
}

// comes reports whether rows come to a total in every column.
func (s *summer) comes(total int, rows []int) bool {
	some := false
	for i := range s.st.Form.Columns {
		c := &s.st.Form.Columns[i]
		have := s.st.Cell(&s.st.Rows[total], c.ID).Value
		if c.Price || !have.Known() {
			continue
		}
		sum, err := money.Sum(s.values(rows, c.ID))
		if err != nil || !money.Overlaps(have, sum) {
			return false
		}
		some = true
	}
	return some
}

func (s *summer) listSum(total int, rows []int) {
	for i := range s.st.Form.Columns {
		if c := &s.st.Form.Columns[i]; !c.Price {
			s.column(sideSum, total, rows, c.ID)
		}
	}
}

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

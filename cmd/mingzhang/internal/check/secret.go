package check

import (
	"strings"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/schema"
)

// What may not be published must not follow from what is.
var (
	byDifference = codeRule("0.3.0", "form", "secret-by-difference", diag.Error,
		lang.Text{ZH: "公开的合计推不出涉密的数", EN: "disclosed totals do not tell withheld figures"},
		lang.Text{ZH: "「%s」减去公开的各行，就得出涉密的 %d 行", EN: "%s less the disclosed rows tells the %d withheld rows"},
		lang.Text{ZH: "涉密的行不公开，但合计照旧公开，读者一减就知道", EN: "the row is withheld, but anyone can subtract the others from the total"},
		lang.Text{ZH: "合计也标涉密，或改成只含公开部分的合计，并在备注写明口径", EN: "withhold the total too, or give the total of the disclosed rows and say so"},
		lang.Text{ZH: "涉密内容不公开", EN: "what is secret is not published"})
	inStatement = codeRule("0.3.0", "form", "secret-in-statement", diag.Error,
		lang.Text{ZH: "法定公开表里没有标涉密的行", EN: "no row of a statutory table is marked secret"},
		lang.Text{ZH: "「%s」第 %d 行标着涉密，这张表却会照原样公开", EN: "%s: row %d is marked secret, and the table is published as it stands"},
		lang.Text{ZH: "交来的公开表按原件公开，不会删去其中的行", EN: "tables are published as they were handed in; no row is taken out"},
		lang.Text{ZH: "从表里删去涉密的行和「涉密」列，合计改成公开部分的合计，再交", EN: "delete the secret rows and the column 涉密, correct the totals, and hand it in again"},
		lang.Text{ZH: "涉密内容不公开", EN: "what is secret is not published"})
)

// SecretCodes lists these findings.
var SecretCodes = []*diag.Code{byDifference.code, inStatement.code}

func (c *Case) secrets() []Outcome {
	var out []Outcome
	for _, name := range []string{"income", "expenditure", "balance", "project", "three-public", "procurement", "asset", "staffing"} {
		if n := c.Withheld[name]; n > 0 {
			out = append(out, c.derivable(name, n))
		}
	}
	for _, p := range c.Papers {
		if p.Rows == nil {
			if o := p.markedSecret(); o.Rule != nil {
				out = append(out, o)
			}
		}
	}
	return out
}

// derivable asks whether a table with withheld rows discloses a total.
func (c *Case) derivable(table string, n int) Outcome {
	var found diag.List
	for _, r := range c.Book.Table(table) {
		if r.View || r.Level == figure.Leaf || r.Level == figure.Nested {
			continue
		}
		for _, f := range r.Cells {
			if f.Known() && f.Cell != nil {
				d := f.Cell.Sheet.Finding(byDifference.code, f.Cell.Cell, r.Label, n)
				d.Key = r.Key
				if n > 1 || r.Level != figure.Total {
					d.Severity = diag.Warning // only their sum follows, or it may lie elsewhere
				}
				found.Add(d)
				break
			}
		}
	}
	if len(found) > 0 {
		return byDifference.failed(lang.Text{}, found...)
	}
	return byDifference.passed(lang.Text{})
}

func (p Paper) markedSecret() Outcome {
	col := -1
	for i, h := range p.Layout.Headings(p.Sheet) {
		for _, part := range h.Parts {
			switch label.Fold(part) {
			case "涉密", "是否涉密", "不公开":
				col = i
			}
		}
	}
	if col < 0 {
		return Outcome{}
	}
	var found diag.List
	for i, role := range p.Layout.Roles {
		if role != schema.Data || col >= len(p.Sheet.Rows[i]) {
			continue
		}
		cell := p.Sheet.Rows[i][col]
		switch label.Fold(strings.TrimSpace(cell.Text)) {
		case "", "否", "不涉密", "no", "n", "0", "×", "-":
			continue
		}
		f := inStatement.code.At(p.Sheet.Place(cell), p.Title, i+1)
		found.Add(f)
	}
	if len(found) == 0 {
		return inStatement.passed(p.Title)
	}
	return inStatement.failed(p.Title, found...)
}

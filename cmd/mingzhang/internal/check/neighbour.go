package check

import (
	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/table"
)

// beside asks each amount against those that should be of its size: the other
// stages of its row, and the same item a year ago. Sums find unit mistakes
// exactly; this finds them where there is no sum to break, as in a whole column
// of yuan under a heading of 万元.
var beside = codeRule("0.3.0", "in-table", "unit-beside", diag.Warning,
	lang.Text{ZH: "金额与同一行、与上年的量级相称", EN: "amounts are of the size of their row and of last year"},
	lang.Text{ZH: "「%s」疑似单位写错：写的是 %s，%s是 %s，相差约 %s 倍；若确是单位之误，应为 %s", EN: "%s is probably in another unit: it reads %s, %s is %s, about %s times as much or as little; if so it should be %s"},
	lang.Text{ZH: "元与万元相差一万倍；同一项目不会忽然大一万倍或小一万倍", EN: "yuan and 10,000 yuan differ ten-thousandfold; an item does not change so of a sudden"},
	lang.Text{ZH: "核对单位；数字无误时，在 data/waivers.csv 写明理由", EN: "check the unit; if the number is right, give the reason in data/waivers.csv"},
	lang.Text{ZH: "同一项目各阶段、各年的量级", EN: "sizes of an item over stages and years"})

// BesideCode is raised for an amount out of all proportion.
var BesideCode = beside.code

// strayed is an amount that is a power of ten away from another.
type strayed struct {
	figure *figure.Figure
	other  *figure.Figure
	words  lang.Text
	shift  int32 // of the correction
}

func (c *Case) neighbours() Outcome {
	type columnKey struct {
		sheet *table.Sheet
		col   int32
		shift int32
	}
	told := map[columnKey]*diag.Finding{}
	asked := 0
	var found diag.List
	for _, name := range []string{"income", "expenditure", "project", "three-public", "balance"} {
		for _, r := range c.Book.Table(name) {
			for _, f := range r.Cells {
				if f.Cell == nil || !f.Known() || f.Value.Zero() || f.Value.Unit.Kind() != money.KindMoney {
					continue
				}
				asked++
				s := c.astray(r, f)
				if s == nil {
					continue
				}
				k := columnKey{f.Cell.Sheet, f.Cell.Cell.Col, s.shift}
				if old := told[k]; old != nil {
					old.Repeats++ // one slip of a heading runs down the whole column
					continue
				}
				told[k] = s.finding()
				found.Add(told[k])
			}
		}
	}
	switch {
	case len(found) > 0:
		return beside.failed(lang.Text{}, found...)
	case asked == 0:
		return Outcome{Rule: beside, Name: beside.Name, Result: NotApplicable}
	}
	return beside.passed(lang.Text{})
}

// apart reports by which power of ten a is off b: 4 when a is about 10,000 times
// b, give or take a factor of two.
func apart(a, b money.Value) int32 {
	if a.Sign() != b.Sign() {
		return 0
	}
	if a.Sign() < 0 {
		a, b = a.Scaled(-1, 0), b.Scaled(-1, 0)
	}
	if money.Cmp(a, b.Scaled(50, 0)) < 0 && money.Cmp(b, a.Scaled(50, 0)) < 0 {
		return 0 // as nearly all are: not even a hundredth, give or take a factor of two
	}
	for _, k := range [...]int32{4, -4, 3, -3, 2, -2} {
		if x := a.Scaled(1, -k); money.Cmp(x.Scaled(2, 0), b) >= 0 && money.Cmp(x, b.Scaled(2, 0)) <= 0 {
			return k
		}
	}
	return 0
}

// astray asks one amount. Spending may stop at a hundredth of its budget, and a
// budget may grow a hundredfold when a bond comes in, so that only what cannot
// come of that is told.
func (c *Case) astray(r *figure.Row, f *figure.Figure) *strayed {
	others := make([]*figure.Figure, 0, 2)
	for i, name := range r.Names {
		switch name {
		case "original", "adjusted", "outturn":
			if o := r.Cells[i]; o != f && o.Known() && !o.Value.Zero() {
				others = append(others, o)
			}
		}
	}
	if len(others) == 2 {
		one, two := others[0].Value, others[1].Value
		k := apart(f.Value, one)
		same := k != 0 && k == apart(f.Value, two)
		agree := same && apart(one, two) == 0 && near(one.Base(), two.Base(), one.Base().Abs().Div(decimal.NewFromInt(2)))
		upper := k > 0 && f.Stage != figure.Original || k == 4
		lower := k == -4 && f.Stage == figure.Outturn
		if agree && (upper || lower) {
			return &strayed{f, others[0], lang.Text{ZH: "同一行的" + others[0].Stage.Name().ZH, EN: "the " + others[0].Stage.Name().EN + " of its row"}, -k}
		}
	}
	if c.Before == nil || r.Level == figure.Nested {
		return nil
	}
	last := c.Before(f.ID)
	if !last.Known() || last.Value.Zero() || last.Value.Unit.Kind() != money.KindMoney {
		return nil
	}
	if k := apart(f.Value, last.Value); k == 4 || k == -4 {
		return &strayed{f, last, lang.Text{ZH: "上年同一项", EN: "the same item a year ago"}, -k}
	}
	return nil
}

func (s *strayed) finding() *diag.Finding {
	c := s.figure.Cell
	u := s.figure.Value.Unit
	to := money.Of(decimal.RequireFromString(s.figure.Value.Base().Shift(s.shift-u.Shift()).String()), u) // no zeros of the shift
	to = to.As(u, max(u.Places(), to.Places))
	times := decimal.New(1, max(s.shift, -s.shift)).String()
	f := c.Sheet.Finding(beside.code, c.Cell, s.figure.Label, c.Cell.Text, s.words, unitText(s.other.Value), times, unitText(to))
	f.Place.Field = c.Column
	f.Expected, f.Key = to.WithUnit(lang.ZH), figureKey(s.figure)
	if o := s.other.Cell; o != nil {
		f.Related = []diag.Related{{Place: o.Sheet.Place(o.Cell), Note: s.other.Label}}
	}
	return f
}

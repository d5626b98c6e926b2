package figure

import (
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// Merge enters into a book the sum of what the bodies that were merged said of
// one id in their last year, under the id last-year/…. It is nil when they
// cannot be added.
func (b *Book) Merge(id string, parts []*Figure) *Figure {
	total := Added("last-year/"+id, parts)
	if total != nil {
		total.Formula = &Formula{Source: mergedSource(id), Inputs: parts, Topic: "change", Arithmetic: sumOfBodies(parts)}
		b.Add(total)
	}
	return total
}

// Added adds figures that say one thing of several bodies; nil when they cannot
// be added.
func Added(id string, parts []*Figure) *Figure {
	total := &Figure{ID: id, Label: parts[0].Label, Column: parts[0].Column, Stage: parts[0].Stage, Value: parts[0].Value}
	if k := total.Value.Unit.Kind(); k != money.KindMoney && k != money.KindCount {
		return nil // rates of several bodies have no sum
	}
	for _, p := range parts[1:] {
		v, err := money.Add(total.Value, p.Value)
		if err != nil {
			return nil
		}
		total.Value = v.As(total.Value.Unit, max(total.Value.Places, p.Value.Places))
	}
	return total
}

// mergedSource is the formula of a figure of the year before, where several
// bodies had it.
func mergedSource(id string) string { return `last("` + id + `")` }

// sumOfBodies is the arithmetic of Sum.
type sumOfBodies []*Figure

// Names says what is added.
func (s sumOfBodies) Names(in lang.Lang) Line {
	return Line{{Text: lang.Text{ZH: "合并前各单位之和", EN: "sum over the bodies that were merged"}.In(in)}}
}

// Numbers shows the summands.
func (s sumOfBodies) Numbers(in lang.Lang) Line {
	var out Line
	for i, f := range s {
		if i > 0 {
			out = append(out, Piece{Text: " + "})
		}
		out = append(out, Piece{f.Display(in), f})
	}
	return out
}

package score

import (
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// Review holds what people judged against the rubric: names that fit no item,
// points out of range, points lost without a reason, and a total of their own
// that differs.
func (s *Sheet) Review(b *figure.Book) diag.List {
	var list diag.List
	if s.Project != nil {
		return nil
	}
	known := map[string]*Part{}
	var names []string
	add := func(name string, p *Part) {
		known[figure.KeyOf(name)] = p
		names = append(names, name)
	}
	for _, it := range s.Rubric.Items {
		if it.Gate != nil {
			for _, n := range it.Gate.Review {
				add(n, nil)
			}
		}
		add(it.Name().ZH, nil)
		for _, p := range it.Parts {
			for _, n := range p.names() {
				add(n, p)
			}
		}
	}
	for _, row := range b.Table("review") {
		f := row.Cell("score")
		if row.Level == figure.Total || f == nil || f.Cell == nil {
			continue
		}
		at := f.Cell.Sheet
		p, ok := known[figure.KeyOf(row.Label.ZH)]
		if !ok {
			d := at.Finding(ReviewUnknown, f.Cell.Cell, s.Rubric.Name, row.Label)
			if near := label.Nearest(row.Label.ZH, names); near != "" {
				d.Expected = near
				d.Fix = lang.Sprintf(lang.Text{ZH: "是不是「%s」？", EN: "did you mean %s?"}, near)
			}
			list.Add(d)
			continue
		}
		if p == nil || !f.Known() {
			continue
		}
		most := p.Weight
		for _, c := range p.Checks {
			if figure.KeyOf(c.Name) == figure.KeyOf(row.Label.ZH) {
				most = c.Points
			}
		}
		if v := f.Value.Base(); v.IsNegative() || v.GreaterThan(most) {
			list.Add(at.Finding(ReviewRange, f.Cell.Cell, row.Label, money.Trim(v), most.String()))
		}
	}
	list.Add(s.unexplained()...)
	if s.Gap != nil && !s.Gap.Value.Zero() && s.Own.Cell != nil {
		d := s.Own.Cell.Sheet.Finding(OwnScoreDiffers, s.Own.Cell.Cell, s.Own.WithUnit(lang.ZH), s.Total.WithUnit(lang.ZH))
		d.Expected, d.Diff = s.Total.WithUnit(lang.ZH), s.Gap.WithUnit(lang.ZH)
		list.Add(d)
	}
	return list
}

// unexplained tells judged points that were lost without a reason.
func (s *Sheet) unexplained() diag.List {
	var list diag.List
	for _, x := range s.Items {
		for _, p := range x.Parts {
			if !p.Judged || p.Lost == nil || !p.Reason.IsZero() {
				continue
			}
			for _, in := range p.Figure.Formula.Inputs {
				if in.Cell != nil {
					list.Add(in.Cell.Sheet.Finding(LostWithoutReason, in.Cell.Cell, x.Item.Name(), money.Trim(p.Lost.Value.Base())))
					break
				}
			}
		}
	}
	return list
}

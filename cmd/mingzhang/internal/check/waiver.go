package check

import (
	"io/fs"
	"slices"
	"time"

	"mingzhang/cmd/mingzhang/internal/dataset"
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/standard"
	"mingzhang/cmd/mingzhang/internal/table"
)

// Waiver accepts a known contradiction in an official figure. It changes no
// figure; the site shows it with its reason.
type Waiver struct {
	Code   schema.Text `csv:"code"`
	File   schema.Text `csv:"file"`
	Key    schema.Text `csv:"key"`
	Reason schema.Text `csv:"reason"`
	By     schema.Text `csv:"by"`
	Until  schema.Date `csv:"until"`
}

// Waivers holds what a site accepts.
type Waivers struct {
	List  []*Waiver
	sheet *table.Sheet
}

var (
	// WaiverUnused is raised for a waiver that nothing needs any more.
	WaiverUnused = &diag.Code{
		Word: "waiver-unused", Severity: diag.Warning, Since: "0.1.0",
		Headline: lang.Text{ZH: "没有检查结果用到这条认可（%s）", EN: "no finding needs this waiver (%s)"},
		Why:      lang.Text{ZH: "用不着的认可会在将来放过真正的差错", EN: "a waiver that is not needed may hide a real fault later"},
		Fix:      lang.Text{ZH: "核对代码、文件和对象；不再需要就删去这一行", EN: "check code, file and key; delete the row if it is no longer needed"},
	}
	// WaiverExpired is raised for a waiver past its end.
	WaiverExpired = &diag.Code{
		Word: "waiver-expired", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "这条认可已于 %s 到期", EN: "the waiver ended on %s"},
		Why:      lang.Text{ZH: "认可都有期限，到期要重新核对", EN: "a waiver holds for a time and is then looked at again"},
		Fix:      lang.Text{ZH: "核对后延长期限，或改正数据", EN: "look again and extend it, or correct the figures"},
	}
	// WaiverBlank is raised for a waiver without reason or end.
	WaiverBlank = &diag.Code{
		Word: "waiver-incomplete", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "认可要写明%s", EN: "a waiver needs %s"},
		Why:      lang.Text{ZH: "公众会看到哪些矛盾被认可、为什么", EN: "the public sees what is accepted, and why"},
		Fix:      lang.Text{ZH: "补上理由和有效期", EN: "add the reason and the end date"},
	}
)

// Codes lists the findings of this package that are not rules.
var Codes = append([]*diag.Code{BadRule, WaiverUnused, WaiverExpired, WaiverBlank}, slices.Concat(SumCodes, MistakeCodes, CompleteCodes, PaperCodes, SecretCodes, DetailCodes, EvaluationCodes, BodyCodes, []*diag.Code{BesideCode})...)

// ReadWaivers reads the waivers of a site.
func ReadWaivers(fsys fs.FS, set *dataset.Set) (*Waivers, diag.List) {
	w := &Waivers{}
	if set.Waivers == "" {
		return w, nil
	}
	data, err := fs.ReadFile(fsys, set.Waivers)
	if err != nil {
		return w, diag.List{dataset.FileMissing.At(diag.Place{File: set.Waivers}, set.Waivers)}
	}
	sheet, list := table.Read(set.Waivers, data)
	if sheet == nil {
		return w, list
	}
	w.sheet = sheet
	for _, r := range sheet.Rows { // reasons are published
		for _, c := range r {
			list.Add(Personal(sheet, c)...)
		}
	}
	tables, lists := standard.Contract()
	b, more := schema.Bind(sheet, tables.Get("waivers"), lists)
	list.Add(more...)
	if b == nil {
		return w, list
	}
	rows, more := schema.Decode[Waiver](b)
	list.Add(more...)
	for i := range rows {
		if f := rows[i].lacks(sheet); f != nil {
			list.Add(f) // it accepts nothing until it says why and how long
			continue
		}
		w.List = append(w.List, &rows[i])
	}
	return w, list
}

// lacks tells a waiver without a reason or an end date.
func (x *Waiver) lacks(sheet *table.Sheet) *diag.Finding {
	switch label.Fold(x.Reason.Value) {
	case "", "无", "-", "/", "—", "略", "见说明":
		return sheet.Finding(WaiverBlank, x.Reason.Cell, lang.Text{ZH: "理由", EN: "a reason"})
	}
	if x.Until.IsZero() {
		return sheet.Finding(WaiverBlank, x.Until.Cell, lang.Text{ZH: "有效期", EN: "an end date"})
	}
	return nil
}

// Apply turns waived findings into notes and returns the waiver of each. asOf
// is the day on which the site is built; the zero time means that no day is
// known and end dates are not looked at.
func (w *Waivers) Apply(list diag.List, asOf time.Time) map[*diag.Finding]*Waiver {
	out := map[*diag.Finding]*Waiver{}
	for _, f := range list {
		for _, x := range w.List {
			if x.fits(f) && !x.expired(asOf) {
				out[f] = x
				if f.Severity != diag.Note { // it may be shown elsewhere at this moment
					f.Severity = diag.Note
				}
				break
			}
		}
	}
	return out
}

func (x *Waiver) fits(f *diag.Finding) bool {
	return x.Code.Value == f.Code.Word && x.File.Value == f.Place.File && (x.Key.Value == "" || x.Key.Value == f.Key)
}

func (x *Waiver) expired(asOf time.Time) bool {
	return !asOf.IsZero() && !x.Until.IsZero() && asOf.After(x.Until.AddDate(0, 0, 1))
}

// Unused tells waivers that nothing needed or that have ended. used are those
// that Apply took for any department-year.
func (w *Waivers) Unused(asOf time.Time, used map[*Waiver]bool) diag.List {
	var list diag.List
	for _, x := range w.List {
		switch {
		case x.expired(asOf):
			list.Add(w.sheet.Finding(WaiverExpired, x.Until.Cell, x.Until.Format(time.DateOnly)))
		case !used[x]:
			list.Add(w.sheet.Finding(WaiverUnused, x.Code.Cell, x.Code.Value))
		}
	}
	return list
}

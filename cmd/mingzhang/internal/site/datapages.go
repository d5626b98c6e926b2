package site

import (
	"slices"
	"strings"

	"mingzhang/cmd/mingzhang/internal/datapackage"
	"mingzhang/cmd/mingzhang/internal/discover"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/page"
	"mingzhang/cmd/mingzhang/internal/reference"
	"mingzhang/cmd/mingzhang/internal/tidy"
)

// wholeFiles lists the files of the whole site for the downloads page.
func (s *Site) wholeFiles() []page.DataLink {
	out := []page.DataLink{
		{Path: datapackage.FileName, Format: "Data Package 2.0", Name: lang.Text{ZH: "全站数据包", EN: "package of the whole site"}, About: lang.Text{ZH: "列出长表和对照表，附字段、单位、取值和外键", EN: "lists the long tables and those to which they refer, with fields, units, values and keys"}},
	}
	for _, t := range reference.Tables {
		out = append(out, page.DataLink{Path: reference.Path(t), Format: "CSV", Name: t.Title, About: t.About})
	}
	out = append(out,
		page.DataLink{Path: "checks.json", Format: "JSON", Name: lang.Text{ZH: "全部检查规则和结果", EN: "all rules and what came out of them"}},
		page.DataLink{Path: discover.CatalogName, Format: "DCAT 3, JSON-LD", Name: lang.Text{ZH: "数据目录", EN: "catalogue"}},
		page.DataLink{Path: "manifest.json", Format: "JSON", Name: lang.Text{ZH: "每个输入和输出文件的 SHA-256", EN: "SHA-256 of every input and output"}},
	)
	if name := s.feedName(); name != "" {
		out = append(out, page.DataLink{Path: name, Format: "Atom", Name: lang.Text{ZH: "公开和更正的订阅", EN: "feed of releases and corrections"}})
	}
	if s.Config.BaseURL != "" {
		out = append(out, page.DataLink{Path: discover.SitemapName, Format: "XML", Name: lang.Text{ZH: "站点地图", EN: "sitemap"}})
	}
	return out
}

// yearFiles lists the files of all figures of a year, the newest year first.
func yearFiles(parts []part) page.DataYears {
	var out []page.DataYear
	for _, p := range slices.Backward(parts) {
		if len(out) == 0 || out[len(out)-1].Year != p.Year {
			out = append(out, page.DataYear{Year: p.Year, Path: tidy.WholePath(p.Year)})
		}
		out[len(out)-1].Departments += len(p.years)
	}
	return page.DataYears{Name: tidy.Whole.Title, About: tidy.Whole.About, Files: out}
}

// partFiles lists the parts of the long tables, the newest year first.
func partFiles(parts []part) []page.DataPart {
	var out []page.DataPart
	for _, p := range parts {
		d := page.DataPart{Year: p.Year, Number: p.Number, Departments: len(p.years)}
		for _, t := range tidy.Tables {
			for _, format := range []string{"CSV", "Parquet"} {
				d.Files = append(d.Files, page.DataLink{Path: t.Path(p.Year, p.Number, strings.ToLower(format)), Format: format, Name: t.Title})
			}
		}
		out = append(out, d)
	}
	slices.SortStableFunc(out, func(a, b page.DataPart) int { return b.Year - a.Year })
	return out
}

// dictionary is the data dictionary and the words of closed lists, for its page.
func (s *Site) dictionary() (tables, words []page.DictionaryTable) {
	for _, d := range reference.Describe(s.Registry) {
		t := page.DictionaryTable{ID: d.ID, Name: d.Name, About: d.About, Site: d.Long}
		for _, f := range d.Fields { // table, field, name, name_en, type, unit, stage, values, about, about_en
			t.Fields = append(t.Fields, [9]string{f[2], f[3], f[1], f[4], f[5], f[6], f[7], f[8], f[9]})
		}
		tables = append(tables, t)
	}
	for _, r := range reference.TermRows() { // list, term, name, name_en, also
		if len(words) == 0 || words[len(words)-1].ID != r[0] {
			words = append(words, page.DictionaryTable{ID: r[0]})
		}
		w := &words[len(words)-1]
		w.Fields = append(w.Fields, [9]string{r[2], r[3], r[1], r[4]})
	}
	return tables, words
}

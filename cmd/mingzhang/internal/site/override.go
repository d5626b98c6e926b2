package site

import (
	"path"
	"strconv"
	"strings"

	"mingzhang/cmd/mingzhang/internal/check"
	"mingzhang/cmd/mingzhang/internal/config"
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/indicator"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/score"
	"mingzhang/cmd/mingzhang/internal/standard"
	"mingzhang/cmd/mingzhang/internal/statement"
	"mingzhang/cmd/mingzhang/internal/table"
)

// StandardOverridden is raised for a file by which a site changes the standard
// tables, so that nobody reads its figures by the wrong book.
var StandardOverridden = &diag.Code{
	Word: "standard-overridden", Severity: diag.Note, Since: "0.2.0",
	Headline: lang.Text{ZH: "本站改动了程序自带的标准表：%s", EN: "the site changes the built-in standard tables: %s"},
	Why:      lang.Text{ZH: "读者要知道哪些口径是本站自己的", EN: "readers should know which definitions are the site's own"},
	Fix:      lang.Text{ZH: "无须处理；不再需要时删去这个文件", EN: "nothing need be done; delete the file when it is no longer needed"},
}

// StandardStray is raised for a file in data/standard/ that nothing reads.
var StandardStray = &diag.Code{
	Word: "standard-stray", Severity: diag.Error, Since: "0.2.0",
	Headline: lang.Text{ZH: "data/standard/ 里没有名为「%s」的标准表", EN: "data/standard/ has no table named %s"},
	Why:      lang.Text{ZH: "写错文件名的改动不起作用，却看不出来", EN: "a misnamed file has no effect and no one notices"},
	Fix:      lang.Text{ZH: "可用的文件：indicators.toml、rules.toml、forms.toml、functions.csv、economics.csv、population.csv、price-index.csv，和 rubrics/ 里的评分表", EN: "use indicators.toml, rules.toml, forms.toml, functions.csv, economics.csv, population.csv, price-index.csv or rubrics in rubrics/"},
}

// loadStandard reads the standard tables and lays the site's own over them.
func (s *Site) loadStandard() diag.List {
	var list diag.List
	known := map[string]bool{}
	own := func(name string) (string, []byte) {
		full := path.Join(s.Set.Root, "standard", name)
		known[full] = true
		data := s.optional(full)
		if data != nil && strings.HasSuffix(name, ".toml") {
			list.Add(StandardOverridden.At(diag.Place{File: full, Line: 1}, name))
		}
		return full, data
	}
	var more diag.List
	s.Catalogue, more = indicator.Load(own("indicators.toml"))
	list.Add(more...)
	s.Rules, more = check.Load(own("rules.toml"))
	list.Add(more...)
	s.Registry, more = statement.Load(own("forms.toml"))
	list.Add(more...)
	for name, d := range map[string]**standard.Dictionary{"functions.csv": &s.Registry.Functions, "economics.csv": &s.Registry.Economics} {
		if full, data := own(name); data != nil {
			list.Add(ownCodes(full, data, d)...)
		}
	}
	s.Catalogue.Names = func(classification, code string, year int) string {
		return s.Registry.Names(classification).Name(code, year)
	}
	s.Reference = &fiscal.Reference{}
	for _, id := range fiscal.ReferenceTables {
		full, data := own(id + ".csv")
		list.Add(s.Reference.Read(id, full, data)...)
		if !s.Reference.Has(id) {
			s.Catalogue.Drop(id)
		}
	}
	rubrics := map[string][]byte{}
	var order []string
	for _, f := range s.Set.Standard {
		if path.Base(path.Dir(f)) == "rubrics" && strings.HasSuffix(f, ".toml") {
			_, rubrics[f] = own(path.Join("rubrics", path.Base(f)))
			order = append(order, f)
		}
	}
	s.Rubrics, more = score.Load(rubrics, order, s.exists)
	list.Add(more...)
	for _, f := range s.Set.Standard {
		if !known[f] && path.Base(f) != "README.md" {
			d := StandardStray.At(diag.Place{File: f}, path.Base(f))
			var names []string
			for k := range known {
				names = append(names, path.Base(k))
			}
			d.Expected = label.Nearest(path.Base(f), names)
			list.Add(d)
		}
	}
	return list
}

// unknownRubrics tells departments and settings that name a rubric that is not
// there.
func (s *Site) unknownRubrics() diag.List {
	var list diag.List
	ask := func(at diag.Place, name, ids string) {
		_, unknown := s.Rubrics.Of(ids, 0)
		for _, id := range unknown {
			f := score.UnknownRubric.At(at, name, id)
			f.Value = id
			all := strings.Join(s.Rubrics.IDs(), "、")
			f.Fix = lang.Sprintf(lang.Text{ZH: "可用的评分表：%s；也可在 data/standard/rubrics/ 里添加", EN: "rubrics: %s; add others in data/standard/rubrics/"}, all)
			if near := label.Nearest(id, s.Rubrics.IDs()); near != "" {
				f.Expected = near
				f.Fix = lang.Sprintf(lang.Text{ZH: "是不是「%s」？可用的评分表：%s", EN: "did you mean %s? Rubrics: %s"}, near, all)
			}
			list.Add(f)
		}
	}
	for _, d := range s.Departments.List {
		ask(d.Place, d.Name, d.Rubric)
	}
	settings := diag.Place{File: config.FileName, Line: 1}
	ask(settings, "rubric", s.Config.Rubric)
	ask(settings, "project_rubric", s.Config.Projects)
	return list
}

// exists tells whether a formula's name can stand for a figure: a definition of
// the catalogue, or a column of a table of the contract.
func (s *Site) exists(ref string) bool {
	if s.Catalogue.Knows(ref) {
		return true
	}
	table, _, _ := strings.Cut(strings.ReplaceAll(ref, "{", "/"), "/")
	table, _, _ = strings.Cut(table, ".")
	tables, _ := standard.Contract()
	for _, t := range tables.All() {
		if fiscal.BookName(t.ID) == table {
			return true
		}
	}
	return false
}

// ownCodes adds a site's codes to a dictionary.
func ownCodes(file string, data []byte, d **standard.Dictionary) diag.List {
	sheet, list := table.Read(file, data)
	if sheet == nil {
		return list
	}
	tables, lists := standard.Contract()
	b, more := schema.Bind(sheet, tables.Get("codes"), lists)
	list.Add(more...)
	if b == nil {
		return list
	}
	list.Add(b.Validate()...)
	*d = (*d).Clone()
	added, replaced := 0, 0
	for _, r := range b.Rows {
		year := func(field string) int {
			n, _ := strconv.Atoi(strings.TrimSuffix(b.Text(r, field).Code(), "年"))
			return n
		}
		words := func(field string) []string {
			return strings.FieldsFunc(b.Text(r, field).Value, func(c rune) bool { return c == '|' || c == '、' })
		}
		e := &standard.Entry{
			Code: b.Text(r, "code").Code(), Name: b.Text(r, "name").Value, From: year("from"), Until: year("until"),
			Aliases: words("aliases"), Successor: words("successor"), Evidence: "A",
		}
		if e.Code == "" || e.Name == "" {
			continue
		}
		if (*d).Replace(e) {
			replaced++
		} else {
			added++
		}
	}
	list.Add(StandardOverridden.At(diag.Place{File: file, Line: 1}, lang.Sprintf(
		lang.Text{ZH: "增加 %d 个编码，改写 %d 个", EN: "%d codes added, %d replaced"}, added, replaced)))
	return list
}

package render

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jba/templatecheck"

	"mingzhang/cmd/mingzhang/internal/config"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/page"
)

// contract is one value of each kind of page: what a theme may use.
var contract = map[string]any{
	"home": &page.Home{}, "department": &page.Department{}, "year": &page.Year{}, "404": &page.NotFound{},
	"statement": &page.Statement{}, "spending": &page.Spending{}, "proof": &page.Proof{}, "score": &page.Score{}, "checks": &page.Checks{},
	"indicator-list": &page.Indicators{}, "indicator": &page.IndicatorPage{},
	"compare": &page.Compare{}, "sides": &page.Sides{},
	"search": &page.Search{}, "glossary": &page.Glossary{}, "text": &page.Words{}, "sitemap": &page.Sitemap{},
	"downloads": &page.Downloads{}, "dictionary": &page.Dictionary{},
}

var languages = []lang.Lang{lang.ZH, lang.EN}

// html/template finds a misspelt field only when the branch runs; here every
// branch of every template is checked against its page struct.
func TestTemplatesUseOnlyFieldsThatExist(t *testing.T) {
	theme, list := Load(nil, "default", languages)
	if len(list) > 0 {
		t.Fatal(list[0].Headline.EN)
	}
	for _, kind := range Kinds {
		sample, ok := contract[kind]
		if !ok {
			t.Errorf("kind %s has no page struct", kind)
			continue
		}
		if err := templatecheck.CheckHTML(theme.sets[lang.ZH][kind].first, sample); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
	if len(contract) != len(Kinds) {
		t.Errorf("%d kinds and %d page structs", len(Kinds), len(contract))
	}
}

// A page about which nothing is known still renders.
func TestEmptyPagesRender(t *testing.T) {
	theme, _ := Load(nil, "default", languages)
	c := page.Context{Config: config.Default()}
	for _, l := range languages {
		c.Lang = l
		missing := c.NewNotFound()
		pages := map[string]any{"home": c.NewHome(nil, nil, nil), "404": missing}
		for kind, p := range contract {
			if pages[kind] == nil {
				pages[kind] = p
			}
		}
		for kind, p := range pages {
			if data, err := theme.Page(l, kind, p); err != nil || len(data) == 0 {
				t.Errorf("%s in %s: %v", kind, l, err)
			}
		}
	}
}

func TestWordsAreWrittenInBothLanguagesAndUsed(t *testing.T) {
	theme, _ := Load(nil, "default", languages)
	files, err := collect(nil, "default")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for name, data := range files {
		if strings.HasPrefix(name, "templates/") {
			all.Write(data)
		}
	}
	builtin := map[string]bool{"chart-table": true, "download-csv": true, "unrounded": true, "interval": true, "unsure": true, "basis": true, "lacking": true, "terms": true} // used by the writers of tables and proofs
	for key, w := range theme.Words {
		if w.ZH == "" || w.EN == "" {
			t.Errorf("%s lacks a language", key)
		}
		if !builtin[key] && !strings.Contains(all.String(), `word "`+key+`"`) {
			t.Errorf("no template uses %s", key)
		}
	}
}

func TestASiteOverridesSingleFiles(t *testing.T) {
	site := fstest.MapFS{
		"themes/default/style.css":             {Data: []byte("body{}")},
		"themes/default/templates/home.html":   {Data: []byte(`{{define "main"}}<p>own {{.Count}}</p>{{end}}`)},
		"themes/default/templates/.draft.html": {Data: []byte("{{")},
	}
	theme, list := Load(site, "default", languages)
	if len(list) > 0 {
		t.Fatal(list[0].Headline.EN)
	}
	if string(theme.Assets["style.css"]) != "body{}" {
		t.Error("the style is not the site's")
	}
	c := page.Context{Lang: lang.ZH, Config: config.Default()}
	data, err := theme.Page(lang.ZH, "home", c.NewHome(nil, nil, nil))
	if err != nil || !strings.Contains(string(data), "<p>own 0</p>") {
		t.Errorf("%s, %v", data, err)
	}
	if _, err := theme.Page(lang.ZH, "year", &page.Year{}); err != nil {
		t.Error("a template that was not overridden is gone:", err)
	}
}

func TestABrokenThemeIsAFinding(t *testing.T) {
	site := fstest.MapFS{"themes/default/templates/home.html": {Data: []byte(`{{define "main"}}{{.Count}`)}}
	_, list := Load(site, "default", languages)
	if len(list) == 0 || list[0].Code != Broken || !strings.Contains(list[0].Place.File, "home.html") {
		t.Errorf("findings %v", list)
	}
}

func TestTableTextIsEscaped(t *testing.T) {
	theme, _ := Load(nil, "default", languages)
	evil := `<b>"&'`
	var w writer
	err := theme.table(&w, lang.ZH, &page.Table{ID: evil, Caption: evil, Columns: []page.Column{{Label: evil}}, Rows: []page.Row{{Class: evil, Cells: []page.Cell{{Text: evil, Href: evil}, {Num: &page.Num{Text: evil, Href: evil, Unit: evil}}}}}, CSV: evil, Foot: []string{evil}})
	if err != nil {
		t.Fatal(err)
	}
	if s := string(w.buf); strings.Contains(s, "<b>") || strings.Contains(s, `="<`) || strings.Count(s, "&lt;b&gt;&#34;&amp;&#39;") != 13 {
		t.Error(s)
	}
}

func BenchmarkTable(b *testing.B) {
	theme, _ := Load(nil, "default", languages)
	tab := &page.Table{ID: "t", Caption: "支出", Columns: []page.Column{{Label: "科目"}, {Label: "数", Numeric: true}}}
	for range 100 {
		tab.Rows = append(tab.Rows, page.Row{Cells: []page.Cell{{Text: "一般行政管理事务"}, {Num: &page.Num{Text: "88,808.45", Href: "proof/index.html#x", Known: true}}}})
	}
	var w writer
	b.ReportAllocs()
	for b.Loop() {
		w.buf = w.buf[:0]
		if err := theme.table(&w, lang.ZH, tab); err != nil {
			b.Fatal(err)
		}
	}
}

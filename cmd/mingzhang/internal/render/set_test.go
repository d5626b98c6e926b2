package render

import (
	"strings"
	"testing"
	"testing/fstest"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/page"
)

// Wherever a theme puts what a function gives, it stands there, escaped as the
// place asks, whether it was written onto the page or handed back.
func TestMarkupStandsWhereTheThemePutsIt(t *testing.T) {
	site := fstest.MapFS{"themes/default/templates/404.html": {Data: []byte(
		`<p>a{{line .X}}b{{with line .X}}<i>{{.}}</i>{{end}}{{$l := line .X}}c{{$l}}d{{line .X | printf "%s"}}e{{range .Y}}{{line $.X}}{{end}}</p><p title="{{line .X}}"></p>`)}}
	theme, list := Load(site, "default", []lang.Lang{lang.ZH})
	if len(list) > 0 {
		t.Fatal(list[0].Headline.EN)
	}
	data := map[string]any{"X": []page.Phrase{{Text: "<1>"}, {Num: &page.Num{Text: "2", Known: true}}}, "Y": []int{1, 2}}
	m := `&lt;1&gt;<span class=v>2</span>`
	want := `<p>a` + m + `b<i>` + m + `</i>c` + m + `d` + strings.NewReplacer("<", "&lt;", ">", "&gt;", "&", "&amp;", `"`, "&#34;").Replace(m) + `e` + m + m + `</p><p title="&lt;1&gt;2"></p>`
	for range 2 { // a set is used again
		got, err := theme.Page(lang.ZH, "404", data)
		if err != nil || string(got) != want {
			t.Errorf("%s, %v\nis not\n%s", got, err, want)
		}
	}
	direct := theme.sets[lang.ZH]["404"].free[0].Templates()[0].Tree.Root.String()
	if strings.Count(direct, "line"+intoPage) != 2 {
		t.Errorf("written onto the page: %s", direct)
	}
	if _, err := theme.Page(lang.ZH, "404", map[string]any{"X": 1}); err == nil {
		t.Error("a number is taken for a line")
	}
}

package render

import (
	"html/template"
	"strings"
	"testing"
	"testing/fstest"

	"mingzhang/cmd/mingzhang/internal/lang"
)

// Whatever stands wherever, a page is what html/template makes of it.
func TestEscapedLikeTheLibrary(t *testing.T) {
	const text = `<title>{{.X}}</title><p title="{{.X}}" lang='{{.X}}' id={{.X}}>{{.X}}{{word "skip"}}</p><a title="{{word "skip"}}" href="{{.X}}">{{if .X}}{{.X}}{{else}}-{{end}}</a><a href="a/{{.X}}">x</a><a href="?q={{.X}}">{{len .Y}}</a>` +
		`<script type="application/ld+json">{{.X}}</script>{{with .Y}}{{range .}}{{.}}{{end}}{{end}}{{template "part" .X}}{{define "part"}}<b>{{.}}</b>{{word "skip"}}{{end}}`
	site := fstest.MapFS{"themes/default/templates/404.html": {Data: []byte(text)}}
	theme, list := Load(site, "default", []lang.Lang{lang.ZH})
	if len(list) > 0 {
		t.Fatal(list[0].Headline.EN)
	}
	library := template.Must(template.New("").Funcs(template.FuncMap{"word": func(key string) string { return theme.Words[key].ZH }}).Parse(text))
	three := 3
	for _, x := range []any{
		"", "plain", "中文", "a/b-c_d.html#e", "../x/", "#f~1", "javascript:alert(1)", "http://x.cn/?a=1&b=<2>", "a b", "%41%zz", "<i>&\"'+`\x00</i>", "a:b",
		template.HTML("<b>1 & 2</b>"), template.URL("javascript:x"), 7, -1.5, true, &three, nil,
		[]string{"a", "<"},
		lang.Same("x"),
	} {
		data := map[string]any{"X": x, "Y": []any{x, x}}
		var want strings.Builder
		failed := library.Execute(&want, data)
		have, err := theme.Page(lang.ZH, "404", data)
		if (err == nil) != (failed == nil) || err == nil && string(have) != want.String() {
			t.Errorf("%#v:\n%s, %v\nis not\n%s, %v", x, have, err, want.String(), failed)
		}
	}
}

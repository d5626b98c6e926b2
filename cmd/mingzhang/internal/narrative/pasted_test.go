package narrative

import (
	"strings"
	"testing"

	"mingzhang/cmd/mingzhang/internal/table"
)

func TestPastedTextsAreReadAsTheyAreMeant(t *testing.T) {
	for in, want := range map[string]string{
		"##　一、收支": `<h2 id="收支">一、收支</h2>`,
		"##一、收支":  `<h2 id="收支">一、收支</h2>`,
		"＃＃ 一、收支": `<h2 id="收支">一、收支</h2>`,
		"#　一、收支":  `<h2 id="收支">一、收支</h2>`,
		"#1楼":     "<p>#1楼</p>",
		"#预算#公开":  "<p>#预算#公开</p>",
		"######":  `<h2 id="section"></h2>`,
		"    年初预算数 {{年初预算数}}。":             "<p>年初预算数 [ref 0]。</p>",
		"\t一段。\n\t接着。":                     "<p>一段。接着。</p>",
		"一段。\n    接着。":                     "<p>一段。接着。</p>",
		"一段。\n　\n另一段。":                     "<p>一段。</p>\n<p>另一段。</p>",
		"一段。\n\u00a0\n{{表 三公}}":            "<p>一段。</p>\n[ref 0]",
		"- 甲\n    - 乙":                     "<ul>\n<li>甲\n<ul>\n<li>乙</li>\n</ul>\n</li>\n</ul>",
		"```\n##　不是标题\n　\n```":             "<pre><code>##　不是标题\n　\n</code></pre>",
		"年初4\u00ad5.00\u2060万元":            "<p>年初45.00万元</p>",
		"{{\u200b年初预算数}}\u202c。":           "<p>[ref 0]。</p>",
		"\n\n+++\ntitle = \"题\"\n+++\n一段。": "<p>一段。</p>",
		" +++\ntitle = \"题\"\n+++\n一段。":    "<p>一段。</p>",
		"　　一段。":                            "<p>　　一段。</p>",
	} {
		d, list := Parse("t.md", []byte(in))
		for _, f := range list {
			if f.Code != table.UnseenCharacter {
				t.Errorf("%q: %v", in, f)
			}
		}
		if got := strings.TrimSpace(joined(t, d)); got != want {
			t.Errorf("%q\n got %s\nwant %s", in, got, want)
		}
	}
	// Places are those of the file.
	d, _ := Parse("t.md", []byte("\n\n+++\ntitle = \"题\"\n+++\n\n##　一\n\n    又{{年初预算数}}"))
	if p := d.Place(d.References[0].Off); d.Front.Title != "题" || p.Line != 9 || p.Column != 6 {
		t.Errorf("%q, %v", d.Front.Title, p)
	}
	if _, list := Parse("t.md", []byte("\n+++\ntitle = 题\n+++\n")); len(list) != 1 || list[0].Place.Line != 3 {
		t.Errorf("%v", list)
	}
	if _, list := Parse("t.md", []byte("一\n二4\u00ad5\u00ad\n")); len(list) != 1 || list[0].Place.Line != 2 || list[0].Place.Column != 3 || !strings.HasPrefix(list[0].Headline.ZH, "2 处") {
		t.Errorf("%v", list)
	}
}

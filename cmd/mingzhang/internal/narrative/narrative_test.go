package narrative

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func html(t *testing.T, md string) string {
	t.Helper()
	d, list := Parse("t.md", []byte(md))
	if len(list) > 0 {
		t.Fatalf("%q: %s %s", md, list[0].Place, list[0].Headline.ZH)
	}
	return joined(t, d)
}

// joined renders a text, with [ref n] and [mark n] for the places of a page.
func joined(t *testing.T, d *Document) string {
	t.Helper()
	var b strings.Builder
	for _, p := range d.Pieces() {
		switch {
		case p.Ref >= 0:
			fmt.Fprintf(&b, "[ref %d]", p.Ref)
		case p.Mark >= 0:
			fmt.Fprintf(&b, "[mark %d]", p.Mark)
		default:
			b.WriteString(string(p.HTML))
		}
	}
	return b.String()
}

func TestSignsOfPlacesInATextAreNoPlaces(t *testing.T) {
	for in, want := range map[string]string{
		"一&#xe0f0;二":                     "一二",
		"一&#xe0f0;二&#xe0f2;三":            "一二\ue0f2三",
		"一&#xe0f1;7&#xe0f2;三":            "一7\ue0f2三",
		"一&#57584;99999999999999999999三": "一99999999999999999999三",
	} {
		if got := html(t, in); got != "<p>"+want+"</p>\n" {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestBoldWorksBesideChinesePunctuation(t *testing.T) {
	for in, want := range map[string]string{
		"增长**“三公”经费**管理":         "增长<strong>“三公”经费</strong>管理",
		"**预算执行率（%）**为高":         "<strong>预算执行率（%）</strong>为高",
		"其中**（一）人员**，**（二）公用**。": "其中<strong>（一）人员</strong>，<strong>（二）公用</strong>。",
		"a**b**c":       "a<strong>b</strong>c",
		"2 * 3 * 4":     "2 * 3 * 4",
		"*斜体*与**粗体**":   "<em>斜体</em>与<strong>粗体</strong>",
		"《**办法**》":      "《<strong>办法</strong>》",
		"达到**99.98%**。": "达到<strong>99.98%</strong>。",
	} {
		if got := strings.TrimSpace(html(t, in)); got != "<p>"+want+"</p>" {
			t.Errorf("%s\n got %s\nwant %s", in, got, want)
		}
	}
}

func TestHeadingsHaveStableChineseAnchors(t *testing.T) {
	d, _ := Parse("t.md", []byte("# 一、总体情况\n\n## （一）三公经费 说明\n\n## （二）三公经费 说明\n\n### 4.制度管理方面\n"))
	want := []Heading{{2, "一、总体情况", "总体情况"}, {3, "（一）三公经费 说明", "三公经费-说明"}, {3, "（二）三公经费 说明", "三公经费-说明-2"}, {4, "4.制度管理方面", "制度管理方面"}}
	for i, h := range d.Headings {
		if h != want[i] {
			t.Errorf("heading %d is %+v; want %+v", i, h, want[i])
		}
	}
}

func TestLinesOfChineseJoinWithoutABlank(t *testing.T) {
	if got := html(t, "全年\n预算\n"); got != "<p>全年预算</p>\n" {
		t.Errorf("%q", got)
	}
}

func TestTablesScrollAndAlignByClass(t *testing.T) {
	got := html(t, "| 项目 | 数 |\n|---|---:|\n| 甲 | 1 |\n")
	for _, want := range []string{`<div class="scroll" role="region" tabindex="0"`, `<th class="n" scope="col">数</th>`, `<td class="n">1</td>`, "</tbody></table></div>"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	if strings.Contains(got, "style=") {
		t.Error("a style attribute is left")
	}
}

func TestWhatWillNotReachThePageIsAFinding(t *testing.T) {
	for in, want := range map[string]string{
		"一\n\n<script>alert(1)</script>\n":                    "raw-html t.md:3:1",
		"甲<b>乙</b>":                                           "raw-html t.md:1:2",
		"+++\ntitle = \"x\"\n+++\n\n[点](javascript:alert(1))": "bad-link t.md:5:2",
		"+++\ntitel = \"x\"\n+++\n正文":                         "unknown-key t.md:2:1",
	} {
		_, list := Parse("t.md", []byte(in))
		if len(list) == 0 || list[0].Code.Word+" "+list[0].Place.String() != want {
			t.Errorf("%q: %v; want %s", in, list, want)
		}
	}
}

func TestNoMarkupOfTheAuthorsRuns(t *testing.T) {
	for _, in := range []string{"<img src=x onerror=alert(1)>", "[x](JAVASCRIPT:alert(1))", "<a href=\"javascript:alert(1)\">x</a>", "![x](data:text/html;base64,AAAA)"} {
		d, _ := Parse("t.md", []byte(in))
		if s := strings.ToLower(joined(t, d)); strings.Contains(s, "alert") || strings.Contains(s, "data:") || strings.Contains(s, "onerror") {
			t.Errorf("%s gives %s", in, s)
		}
	}
}

func TestReferencesAreFoundWithTheirFormAndPlace(t *testing.T) {
	d, list := Parse("t.md", []byte("全年 {{全年预算数}}，执行率{{项目/劳务派遣/执行率 | 百分比}}。\n\n{{表 三公}}\n\n{{图 季度执行}}\n"))
	if len(list) > 0 {
		t.Fatal(list[0].Headline.ZH)
	}
	want := []Reference{
		{Figure, "全年预算数", "", 7, "{{全年预算数}}", false},
		{Figure, "项目/劳务派遣/执行率", "百分比", 38, "{{项目/劳务派遣/执行率 | 百分比}}", false},
		{Table, "三公", "", 88, "{{表 三公}}", true},
		{Chart, "季度执行", "", 104, "{{图 季度执行}}", true},
	}
	for i, r := range d.References {
		if r != want[i] {
			t.Errorf("%+v; want %+v", r, want[i])
		}
	}
	if got := joined(t, d); got != "<p>全年 [ref 0]，执行率[ref 1]。</p>\n[ref 2][ref 3]" {
		t.Errorf("%q", got)
	}
}

func TestReferencesThatCannotBeUsedAreFindings(t *testing.T) {
	for in, want := range map[string]string{
		"全年 {{全年预算数 是多少。": "reference-open t.md:1:4",
		"全年 {{ }} 是多少。":   "reference-open t.md:1:4",
		"见{{图 季度执行}}所示。":  "reference-inline t.md:1:2",
	} {
		_, list := Parse("t.md", []byte(in))
		if len(list) != 1 || list[0].Code.Word+" "+list[0].Place.String() != want {
			t.Errorf("%s: %v; want %s", in, list, want)
		}
	}
}

func TestANumberIsMarkedWhereItsUnitStandsOutside(t *testing.T) {
	for text, want := range map[string]string{
		"支出**40.00**万元。":     "<p>支出<strong>[40.00]</strong>万元。</p>\n",
		"支出40.00**万元**。":     "<p>支出[40.00]<strong>万元</strong>。</p>\n",
		"支出4**0.00万元**。":     "<p>支出4<strong>0.00万元</strong>。</p>\n",
		"支出[40.00](a.md)万元。": `<p>支出<a href="a.md">40.00</a>万元。</p>` + "\n",
	} {
		d, _ := Parse("t.md", []byte(text))
		body := []rune(string(d.Body))
		from, till := slices.Index(body, '4'), slices.Index(body, '元')+1
		d.Mark([]Span{{from, till}})
		got := ""
		for _, p := range d.Pieces() {
			if got += string(p.HTML); p.Mark >= 0 {
				got += "[" + p.Text + "]"
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestNumbersAreMarkedInPlainTextOnly(t *testing.T) {
	d, _ := Parse("t.md", []byte("支出 12 元，**34** 元，[56](https://x.cn)，`78`\n换行90"))
	var spans []Span
	for i, r := range []rune(string(d.Body)) {
		if r >= '1' && r <= '9' && (len(spans) == 0 || i > spans[len(spans)-1].From+1) {
			spans = append(spans, Span{i, i + 2})
		}
	}
	d.Mark(spans)
	if got := joined(t, d); got != `<p>支出 [mark 0] 元，<strong>[mark 1]</strong> 元，<a href="https://x.cn">56</a>，<code>78</code>`+"\n"+`换行[mark 4]</p>`+"\n" {
		t.Errorf("%q", got)
	}
}

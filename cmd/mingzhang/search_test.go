package main

import (
	"encoding/json"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"mingzhang/cmd/mingzhang/internal/search"
)

// found is what the search page shows of a document.
type found struct {
	Title    string
	Passages []struct{ Href, Text string }
}

const shownResults = `Array.from(document.querySelectorAll("#search .results > li")).map(li => ({
	Title: li.querySelector("h3").textContent,
	Passages: Array.from(li.querySelectorAll(".hit")).map(p => ({
		Href: (p.previousElementSibling.querySelector("a") || li.querySelector("h3 a")).getAttribute("href"), Text: p.textContent
	}))
}))`

// look opens a search page with a query and waits for its answer.
func (b *browser) look(t *testing.T, page, query string) []found {
	t.Helper()
	b.do(t, chromedp.Navigate(page+"?q="+url.QueryEscape(query)), chromedp.Poll(`/[0-9]|没有|Nothing/.test(document.querySelector("#search .found").textContent)`, nil, chromedp.WithPollingInterval(50*time.Millisecond), chromedp.WithPollingTimeout(time.Minute)))
	var out []found
	b.ask(t, shownResults, &out)
	return out
}

// A reader finds words and numbers, written either way, and is led to the
// passage; from a folder of files as from a server.
func TestSearchFindsWordsAndNumbers(t *testing.T) {
	dir := sampleSite(t)
	b := newBrowser(t, dir)
	pages := sitePages(t, dir)
	folder := "file://" + filepath.ToSlash(dir)
	places := []string{folder + "/search/index.html", b.site.URL + "/search/index.html", folder + "/en/search/index.html"}
	if !mustBrowse() {
		places = places[:1]
	}
	for _, from := range places {
		for query, want := range map[string]struct{ title, text string }{
			"三公经费":       {"深圳市福田区活力城区建设事务中心2024年度", "三公"},
			"南华村":        {"深圳市福田区活力城区建设事务中心2024年度", "南华村"},
			"劳务派遣":       {"深圳市福田区活力城区建设事务中心2024年度", "劳务派遣"},
			"87,065.71":  {"深圳市福田区活力城区建设事务中心2024年度", "87,065.71"},
			"87065.71":   {"深圳市福田区活力城区建设事务中心2024年度", "87,065.71"},
			"4995.91%":   {"深圳市福田区活力城区建设事务中心2024年度", "4,995.91%"},
			"活力 62.4":    {"深圳市福田区活力城区建设事务中心2024年度", "62.40"},
			"图书馆 2023":   {"示例区图书馆（虚构）2023年度", ""},
			"普陀区商务委员会":   {"上海市普陀区商务委员会", ""},
			"此处不存在的词语组合": {},
		} {
			results := b.look(t, from, query)
			if want.title == "" {
				if len(results) > 0 {
					t.Errorf("%s finds %s", query, results[0].Title)
				}
				continue
			}
			ok := false
			for _, r := range results {
				if !strings.Contains(r.Title, want.title) {
					continue
				}
				ok = ok || want.text == ""
				for _, p := range r.Passages {
					ok = ok || strings.Contains(p.Text, want.text)
				}
			}
			if !ok {
				t.Errorf("from %s, %q does not find %q in %s, but %v", from[:8], query, want.text, want.title, results)
			}
			for _, r := range results {
				for _, p := range r.Passages {
					href, _, _ := strings.Cut(p.Href, ":~:")
					name, fragment, _ := strings.Cut(strings.TrimSuffix(href, "#"), "#")
					start := "search"
					if strings.Contains(from, "/en/") {
						start = "en/search"
					}
					name = path.Join(start, name)
					data, there := pages[name]
					if un, err := url.PathUnescape(fragment); err == nil {
						fragment = un
					}
					if !there || fragment != "" && !regexp.MustCompile(` id="?`+regexp.QuoteMeta(fragment)+`["> ]`).Match(data) {
						t.Errorf("%q leads to %s, which is not there", query, p.Href)
					}
				}
			}
		}
	}
	for _, fault := range b.complaints() {
		if !strings.Contains(fault, "file://") { // the folder is asked for its own files
			t.Error(fault)
		}
	}
}

// The script cuts queries as the index was cut.
func TestTheScriptCutsTextsAsTheIndexDoes(t *testing.T) {
	dir := sampleSite(t)
	b := newBrowser(t, dir)
	b.open(t, "search/index.html")
	texts := []string{"“三公”经费 87,065.71万元", "执行率４９．９８％，Ｑ1 OK", "62.40 62.4 0.50 100.00 2024-12-31 1.2.3", "〇 村", "一、（二）「引」3,000,000.00", "ABC示例def，12,3"}
	data, err := os.ReadFile("../../content/2024/huoli.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range append(texts, string(data)) {
		var fromScript struct {
			Normal string
			Tokens []string
			Hashes []uint32
		}
		quoted, _ := json.Marshal(s)
		b.ask(t, `(s => { const n = MZ.normal(s), t = MZ.tokens(n, true); return {Normal: n, Tokens: t, Hashes: t.map(MZ.hash)}; })(`+string(quoted)+`)`, &fromScript)
		normal := search.Normal(s)
		var tokens []string
		var hashes []uint32
		search.Tokens(normal, func(token string) {
			tokens = append(tokens, token)
			hashes = append(hashes, search.Hash(token))
		})
		slices.Sort(tokens)
		slices.Sort(hashes)
		slices.Sort(fromScript.Tokens)
		slices.Sort(fromScript.Hashes)
		if fromScript.Normal != normal || !slices.Equal(tokens, fromScript.Tokens) || !slices.Equal(hashes, fromScript.Hashes) {
			t.Errorf("%.40q is cut differently:\n%q\n%q", s, tokens, fromScript.Tokens)
		}
	}
}

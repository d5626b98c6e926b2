package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// sampleSite builds the sample site of the repository and returns its folder.
func sampleSite(t testing.TB) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "public")
	var said bytes.Buffer
	if status := run([]string{"build", "--source", "../..", "--out", out}, io.Discard, &said); status != exitFine {
		t.Fatalf("the sample site is not built: %d\n%s", status, said.String())
	}
	return out
}

// sitePages lists the pages of a built site, by slash-separated path.
func sitePages(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	pages := map[string][]byte{}
	err := filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, ".html") {
			return err
		}
		data, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		pages[filepath.ToSlash(rel)] = data
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// kindOf reads of which kind a page is from its main part.
func kindOf(data []byte) string {
	_, rest, ok := bytes.Cut(data, []byte(`<main id="main" class="wrap page-`))
	if !ok {
		return ""
	}
	kind, _, _ := bytes.Cut(rest, []byte(`"`))
	return string(kind)
}

func nodes(n *html.Node, visit func(*html.Node)) {
	if n.Type == html.ElementNode {
		visit(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		nodes(c, visit)
	}
}

func attribute(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// Every link of the site leads to a page, and every fragment to a place on it.
// The pages keep what the content security policy asks: no script and no style
// inside, nothing from elsewhere. Each has one main heading and no id twice.
func TestLinksAndFragmentsOfTheWholeSite(t *testing.T) {
	dir := sampleSite(t)
	pages := sitePages(t, dir)
	ids := map[string]map[string]bool{}
	type link struct{ from, to string }
	var links []link
	for name, data := range pages {
		doc, err := html.Parse(bytes.NewReader(data))
		if err != nil {
			t.Fatal(name, err)
		}
		ids[name] = map[string]bool{}
		mainHeadings := 0
		nodes(doc, func(n *html.Node) {
			if id, ok := attribute(n, "id"); ok {
				if ids[name][id] {
					t.Errorf("%s has the id %s twice", name, id)
				}
				ids[name][id] = true
			}
			for _, key := range []string{"href", "src"} {
				if to, ok := attribute(n, key); ok {
					if rel, _ := attribute(n, "rel"); rel != "canonical" {
						links = append(links, link{name, to})
					}
				}
			}
			for _, key := range []string{"for", "aria-labelledby", "aria-describedby", "aria-controls"} {
				if to, ok := attribute(n, key); ok {
					for _, id := range strings.Fields(to) {
						links = append(links, link{name, "#" + id})
					}
				}
			}
			if _, ok := attribute(n, "style"); ok || n.Data == "style" && name != "404.html" {
				t.Errorf("%s has a style inside, which the policy forbids", name)
			}
			if _, ok := attribute(n, "src"); n.Data == "script" && !ok {
				if kind, _ := attribute(n, "type"); kind != "application/ld+json" { // data, which no policy stops
					t.Errorf("%s has a script inside, which the policy forbids", name)
				}
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") {
					t.Errorf("%s has a script in the attribute %s", name, a.Key)
				}
			}
			if n.Data == "h1" {
				mainHeadings++
			}
		})
		if mainHeadings != 1 {
			t.Errorf("%s has %d main headings", name, mainHeadings)
		}
	}
	told := 0
	broken := func(l link, why string) {
		if told++; told <= 20 {
			t.Errorf("%s links to %s: %s", l.from, l.to, why)
		}
	}
	for _, l := range links {
		u, err := url.Parse(l.to)
		if err != nil {
			broken(l, err.Error())
			continue
		}
		if u.Scheme != "" || u.Host != "" {
			continue // leads away from the site
		}
		target := l.from
		if u.Path != "" {
			target = path.Join(path.Dir(l.from), u.Path)
			if strings.HasPrefix(target, "..") {
				broken(l, "it leads out of the site")
				continue
			}
		}
		if st, err := os.Stat(filepath.Join(dir, filepath.FromSlash(target))); err != nil || st.IsDir() {
			broken(l, "there is no such file")
			continue
		}
		if known := ids[target]; u.Fragment != "" && known != nil && !known[u.Fragment] {
			broken(l, "there is no such place")
		}
	}
	if len(links) < 1000 || len(pages) < 100 {
		t.Errorf("only %d links on %d pages were looked at", len(links), len(pages))
	}
}

// A phone on a bad line opens a department's year.
func TestAYearIsLight(t *testing.T) {
	dir := sampleSite(t)
	small := func(data []byte) int {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, _ = w.Write(data)
		_ = w.Close()
		return b.Len()
	}
	const page, view = 60 << 10, 100 << 10
	var names []string
	for name, data := range sitePages(t, dir) {
		if kindOf(data) != "year" {
			continue
		}
		names = append(names, name)
		own := small(data)
		all := own
		doc, err := html.Parse(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		nodes(doc, func(n *html.Node) {
			key := map[string]string{"link": "href", "script": "src", "img": "src"}[n.Data]
			if rel, _ := attribute(n, "rel"); key == "" || n.Data == "link" && rel != "stylesheet" {
				return
			}
			src, ok := attribute(n, key)
			if !ok {
				return // data inside the page
			}
			data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(path.Join(path.Dir(name), src))))
			if err != nil {
				t.Error(name, err)
			}
			all += small(data)
		})
		if own > page || all > view {
			t.Errorf("%s takes %d bytes compressed, %d with what it loads", name, own, all)
		}
	}
	if slices.Sort(names); len(names) < 8 {
		t.Errorf("only %v", names)
	}
}

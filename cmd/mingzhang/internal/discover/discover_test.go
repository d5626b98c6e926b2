package discover

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"
	"time"
)

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestFeedTellsReleasesAndCorrectionsNewestFirst(t *testing.T) {
	entries := []Entry{
		{Path: "a/2023/", Key: "budget", Day: day("2023-02-20"), Title: "甲局 2023年度：部门预算"},
		{Path: "a/2023/", Key: "correction", Day: day("2024-09-01"), Title: "甲局 2023年度：更正", Summary: "第三行原为 1.2，应为 2.1", Correction: true},
	}
	data := Feed("https://data.example.org/b", day("2025-01-01"), "zh-CN", "站", "", "", entries)
	var f feed
	if err := xml.Unmarshal(data, &f); err != nil {
		t.Fatal(err)
	}
	if len(f.Entries) != 2 || f.Updated != "2024-09-01T00:00:00+08:00" {
		t.Fatalf("%+v", f)
	}
	if e := f.Entries[0]; e.Category.Term != "correction" || e.ID != "tag:data.example.org,2024-09-01:a/2023/correction" || e.Link.Href != "https://data.example.org/b/a/2023/" {
		t.Errorf("%+v", e)
	}
	if f.Entries[1].Category.Term != "release" {
		t.Errorf("%+v", f.Entries[1])
	}
	again := Feed("https://data.example.org/b", day("2025-01-01"), "zh-CN", "站", "", "", []Entry{entries[1], entries[0]})
	if string(again) != string(data) {
		t.Error("the order of entries reaches the feed")
	}
}

func TestFeedWithoutEntriesHasTheDayOfTheData(t *testing.T) {
	data := Feed("https://example.org", day("2025-01-01"), "zh-CN", "站", "", "", nil)
	if !strings.Contains(string(data), "<updated>2025-01-01T00:00:00+08:00</updated>") {
		t.Error(string(data))
	}
}

func TestSitemapIsSplitAtTheLimit(t *testing.T) {
	var pages []string
	for i := range MaxURLs + 1 {
		pages = append(pages, fmt.Sprintf("d%d/index.html", i))
	}
	if one := Sitemap("https://example.org", pages[:MaxURLs]); len(one) != 1 || one[0].Path != SitemapName {
		t.Errorf("%d files", len(one))
	}
	files := Sitemap("https://example.org", pages)
	if len(files) != 3 || files[2].Path != SitemapName {
		t.Fatalf("%d files", len(files))
	}
	var index sitemapindex
	if err := xml.Unmarshal(files[2].Data, &index); err != nil || len(index.Maps) != 2 || index.Maps[0].Loc != "https://example.org/"+files[0].Path {
		t.Errorf("%v %v", index, err)
	}
	var first, second urlset
	if err := xml.Unmarshal(files[0].Data, &first); err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal(files[1].Data, &second); err != nil {
		t.Fatal(err)
	}
	if len(first.URLs) != MaxURLs || len(second.URLs) != 1 || first.URLs[0].Loc != "https://example.org/d0/" {
		t.Errorf("%d and %d addresses, first %s", len(first.URLs), len(second.URLs), first.URLs[0].Loc)
	}
	for i, f := range files {
		if names := SitemapNames(len(pages)); names[i] != f.Path {
			t.Errorf("%s was announced as %s", f.Path, names[i])
		}
	}
}

func TestOpenSearchKeepsItsShortNameShort(t *testing.T) {
	data := OpenSearch("https://example.org", "search.html", "zh-CN", "某某区人民政府部门预算决算公开统一平台")
	var d openSearch
	if err := xml.Unmarshal(data, &d); err != nil {
		t.Fatal(err)
	}
	if n := len([]rune(d.ShortName)); n != shortName || d.URL.Template != "https://example.org/search.html?q={searchTerms}" {
		t.Errorf("%d letters, %s", n, d.URL.Template)
	}
}

func TestCatalogNamesItsDatasets(t *testing.T) {
	c := Catalog{Language: "zh-CN", Title: "站", Datasets: []Dataset{{Path: "a/2024/", Title: `甲"局`, Year: 2024, Files: []Distribution{{Path: "a/2024/x.csv", MediaType: "text/csv"}}}}}
	for _, base := range []string{"", "https://example.org"} {
		c.Base = base
		var doc struct {
			Set []struct {
				ID    string `json:"@id"`
				Files []struct {
					At struct {
						ID string `json:"@id"`
					} `json:"dcat:downloadURL"`
				} `json:"dcat:distribution"`
			} `json:"dcat:dataset"`
		}
		if err := json.Unmarshal(c.JSON(), &doc); err != nil {
			t.Fatal(err)
		}
		want := "./a/2024/x.csv"
		if base != "" {
			want = base + "/a/2024/x.csv"
		}
		if doc.Set[0].Files[0].At.ID != want || !strings.HasSuffix(doc.Set[0].ID, "a/2024/#dataset") {
			t.Errorf("%+v", doc)
		}
	}
}

package discover

import (
	"encoding/xml"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// MaxURLs is how many addresses one sitemap may hold (sitemaps.org).
const MaxURLs = 50_000

// SitemapName is the name of the sitemap, or of the index of sitemaps, at the
// site's top.
const SitemapName = "sitemap.xml"

type urlset struct {
	XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []loc    `xml:"url"`
}

type sitemapindex struct {
	XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Maps    []loc    `xml:"sitemap"`
}

type loc struct {
	Loc string `xml:"loc"`
}

// File is a file of the site.
type File struct {
	Path string
	Data []byte
}

// Sitemap lists the site's pages, by their addresses inside the site. More than
// 50,000 are split over several files under an index.
func Sitemap(base string, pages []string) []File {
	pages = slices.Clone(pages)
	slices.Sort(pages)
	names := SitemapNames(len(pages))
	if len(names) == 1 {
		return []File{{SitemapName, document(urlset{URLs: locs(base, pages)})}}
	}
	var out []File
	var index sitemapindex
	for part := range slices.Chunk(pages, MaxURLs) {
		name := names[len(out)]
		out = append(out, File{name, document(urlset{URLs: locs(base, part)})})
		index.Maps = append(index.Maps, loc{base + "/" + name})
	}
	return append(out, File{SitemapName, document(index)})
}

// SitemapNames lists the files of the sitemap of so many pages.
func SitemapNames(pages int) []string {
	if pages <= MaxURLs {
		return []string{SitemapName}
	}
	var out []string
	for i := range (pages + MaxURLs - 1) / MaxURLs {
		out = append(out, fmt.Sprintf("sitemap-%d.xml", i+1))
	}
	return append(out, SitemapName)
}

func locs(base string, pages []string) []loc {
	out := make([]loc, len(pages))
	for i, p := range pages {
		out[i].Loc = base + "/" + escaped(p)
	}
	return out
}

// escaped writes a path for an address; a folder's page goes by the folder.
func escaped(path string) string {
	path = strings.TrimSuffix(path, "index.html")
	parts := strings.Split(path, "/")
	for i := range parts {
		parts[i] = url.PathEscape(parts[i])
	}
	return strings.Join(parts, "/")
}

// Robots lets every robot read everything and, for a site with an address, leads
// it to the sitemap.
func Robots(base string) []byte {
	text := "User-agent: *\nAllow: /\n"
	if base != "" {
		text += "\nSitemap: " + base + "/" + SitemapName + "\n"
	}
	return []byte(text)
}

// OpenSearchName is the name of the search description at the site's top.
const OpenSearchName = "opensearch.xml"

type openSearch struct {
	XMLName       xml.Name  `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName     string    `xml:"ShortName"`
	Description   string    `xml:"Description"`
	URL           searchURL `xml:"Url"`
	Query         example   `xml:"Query"`
	Language      string    `xml:"Language"`
	InputEncoding string    `xml:"InputEncoding"`
}

type searchURL struct {
	Type     string `xml:"type,attr"`
	Template string `xml:"template,attr"`
}

type example struct {
	Role  string `xml:"role,attr"`
	Terms string `xml:"searchTerms,attr"`
}

// shortName is how long the name of a search may be.
const shortName = 16

// OpenSearch describes the site's search, so that a browser can offer it. page
// is the address of the search page inside the site, which takes ?q=.
func OpenSearch(base, page, language, title string) []byte {
	short := []rune(title)
	if len(short) > shortName {
		short = short[:shortName]
	}
	return document(openSearch{
		ShortName: string(short), Description: title, URL: searchURL{"text/html", base + "/" + page + "?q={searchTerms}"},
		Query: example{"example", "三公经费"}, Language: language, InputEncoding: "UTF-8",
	})
}

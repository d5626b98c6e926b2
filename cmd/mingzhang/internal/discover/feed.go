// Package discover writes what leads readers, search engines and catalogues to
// a site: feed, sitemap, robots.txt, OpenSearch description and the catalogue in
// DCAT. Files that need absolute addresses are written only for a site that has
// one; nothing here is guessed.
package discover

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"net/url"
	"slices"
	"time"
)

// Entry is something that was published on a day: a budget, final accounts, a
// report or a correction.
type Entry struct {
	Path       string // of the page that shows it
	Key        string // unique on that page
	Day        time.Time
	Title      string
	Summary    string
	Correction bool
}

type feed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string      `xml:"xml:lang,attr"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle,omitempty"`
	Updated  string      `xml:"updated"`
	Author   atomPerson  `xml:"author"`
	Links    []atomLink  `xml:"link"`
	Entries  []atomEntry `xml:"entry"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID        string        `xml:"id"`
	Title     string        `xml:"title"`
	Published string        `xml:"published"`
	Updated   string        `xml:"updated"`
	Link      atomLink      `xml:"link"`
	Category  *atomCategory `xml:"category"`
	Summary   string        `xml:"summary,omitempty"`
}

type atomCategory struct {
	Term  string `xml:"term,attr"`
	Label string `xml:"label,attr"`
}

// FeedName is the name of the feed at the site's top.
const FeedName = "feed.xml"

// maxEntries is how many entries a feed keeps: readers ask for it again and
// again.
const maxEntries = 200

// china is the zone in which the days of Chinese disclosures begin.
var china = time.FixedZone("+08:00", 8*60*60)

// Feed writes releases and corrections, the newest first, as Atom. asOf is the
// day to which the data are complete; it stands for the feed's own when nothing
// was published on a known day.
func Feed(base string, asOf time.Time, language, title, subtitle, author string, entries []Entry) []byte {
	entries = slices.Clone(entries)
	slices.SortStableFunc(entries, func(a, b Entry) int {
		return cmp.Or(b.Day.Compare(a.Day), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Key, b.Key))
	})
	updated := asOf
	if len(entries) > 0 {
		updated = entries[0].Day
	}
	entries = entries[:min(len(entries), maxEntries)]
	if author == "" {
		author = title
	}
	f := feed{
		Lang: language, ID: base + "/", Title: title, Subtitle: subtitle, Updated: stamp(updated), Author: atomPerson{author},
		Links: []atomLink{{Rel: "self", Type: "application/atom+xml", Href: base + "/" + FeedName}, {Rel: "alternate", Type: "text/html", Href: base + "/"}},
	}
	for _, e := range entries {
		x := atomEntry{
			ID: tag(base, e), Title: e.Title, Published: stamp(e.Day), Updated: stamp(e.Day), Summary: e.Summary,
			Link: atomLink{Rel: "alternate", Type: "text/html", Href: base + "/" + e.Path}, Category: &atomCategory{"release", "公开"},
		}
		if e.Correction {
			x.Category = &atomCategory{"correction", "更正"}
		}
		f.Entries = append(f.Entries, x)
	}
	return document(f)
}

func stamp(day time.Time) string {
	y, m, d := day.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, china).Format(time.RFC3339)
}

// tag names an entry for ever (RFC 4151): the site's host, the day of
// publication, the page and what on it.
func tag(base string, e Entry) string {
	host := base
	if u, err := url.Parse(base); err == nil {
		host = u.Hostname()
	}
	return "tag:" + host + "," + e.Day.Format(time.DateOnly) + ":" + e.Path + url.PathEscape(e.Key)
}

// document renders XML with its declaration.
func document(v any) []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	e := xml.NewEncoder(&b)
	e.Indent("", " ")
	if err := e.Encode(v); err != nil {
		panic(err) // texts only
	}
	b.WriteByte('\n')
	return b.Bytes()
}

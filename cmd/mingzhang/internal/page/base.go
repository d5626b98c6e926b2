// Package page holds one struct for each kind of page, with text and numbers
// ready to print. A theme sees nothing else: no file, no model, no decimal. What
// a page says is decided here; how it looks is decided in the theme.
//
// Every page embeds Base. Addresses are relative, so that a site works in any
// folder and from a USB stick; they name index.html, since a browser does not
// look for it in file addresses.
package page

import (
	"bytes"
	"html/template"
	"strconv"
	"strings"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// Base is what every page has.
type Base struct {
	Kind        string // the theme's template: home, department, year, …
	Tag         string // BCP 47 language tag
	English     bool
	Title       string
	Description string
	Path        string // address inside the site: huoli/2024/
	Root        string // from this page to the site's top: ../../
	Home        string // from this page to the home page of its language
	Canonical   string // absolute address, empty without base_url
	Site        Site
	Crumbs      []Link
	Other       []Link // the same page in other languages
	Alternates  []Link // the same, this page too, with absolute addresses; none without base_url
	Published   string // day of the data, 2025-10-31, empty when not known
	Meta        []Meta // head tags of a government site

	Feed       string // from this page to the feed, empty when there is none
	OpenSearch string // from this page to the description of the search, empty without base_url
	LinkedData any    // what search engines are told, nil on most pages

	own    string // folder of the page's language, "" or "en/"
	folder string // of the page inside it, without a stroke at the end: huoli/2024
	file   string // of the page in that folder, "" for the folder's own
	nums   []Num  // not used yet (see Context.newNum)
}

// Page is any page: a struct that embeds Base.
type Page interface{ Head() *Base }

// Head returns what every page has.
func (b *Base) Head() *Base { return b }

// Site is what all pages share.
type Site struct {
	Title      string
	Summary    string
	Publisher  string
	Contact    string
	AsOf       string
	License    Link
	Government Government
	Version    string // of the publisher program
}

// Government is the identity of a government site; blanks are left out.
type Government struct {
	SiteName, SiteDomain, SiteIDCode, ColumnType, ICP, Police, SealURL string
}

// Link is an address with its words.
type Link struct {
	Text  string
	Href  string
	Title string
	Here  bool
}

// Num is a number as printed, with the way to its proof.
type Num struct {
	Text  string // 88,808.45 or, without a number, the state
	Unit  string // 万元, %, empty when the column says it
	Href  string // its proof, empty where nothing was reported
	Known bool   // a number, not a state
	Wan   bool   // shown in 万元 where the department reports another unit

	unit   money.Unit     // in which it is shown, where Form says so
	shaped bool           // Form says something
	places int32          // likewise
	of     *figure.Figure // for JSON
}

// Form says in what unit and with how many decimals the number is shown, where
// these are not the figure's own: 亿元.2.
func (n *Num) Form() string {
	if !n.shaped {
		return ""
	}
	return n.unit.Sign() + "." + strconv.Itoa(int(n.places))
}

// Joint is what stands between the number and its unit: 88,808.45 万元, 99.98%,
// and in English 88,808.45 × 10,000 yuan, which no one reads as two numbers.
func (n *Num) Joint() string {
	switch {
	case n.Unit == "" || n.Unit == "%":
		return ""
	case n.Unit[0] >= '0' && n.Unit[0] <= '9':
		return " × "
	}
	return " "
}

// Phrase is a piece of a sentence or of arithmetic: text or a number.
type Phrase struct {
	Text string
	Num  *Num
}

// Table is a table of a page.
type Table struct {
	ID      string
	Caption string
	Note    string // unit or legend, beside the caption
	Columns []Column
	Rows    []Row
	Foot    []string // notes under the table
	CSV     string   // address of the download
	Head    int      // which column heads the rows

	Sortable bool // a list that a reader may sort and filter, where scripts run
}

// Column is a column of a table.
type Column struct {
	Label   string
	Numeric bool
	Term    *Link `json:"-"` // where the label is explained, nil where it is no term
}

// Row is a row of a table. The first cell is the row's heading.
type Row struct {
	Class string // total, parent, nested …
	Depth int    // how deep in a code tree: 0, 1, 2
	Fold  string // starts a group that can be folded; says what folds
	Cells []Cell
}

// Cell is a cell of a table: a text, a number, or a sentence with numbers in it.
type Cell struct {
	Text string
	Num  *Num
	Href string
	Line []Phrase
	Term *Link         `json:"-"` // where the text is explained, nil where it is no term
	Bar  template.HTML // a small bar beside the number: how much of the column's largest
}

// Text makes a cell of plain text.
func Text(s string) Cell { return Cell{Text: s} }

// Heading is an entry of a table of contents.
type Heading struct {
	Level int
	Text  string
	ID    string
}

// Up returns the relative way from a page address to the site's top.
func Up(path string) string {
	const far = "../../../../../../"
	n := 3 * strings.Count(path, "/")
	if n <= len(far) {
		return far[:n]
	}
	return strings.Repeat("../", n/3)
}

// to returns the shortest way from the page to an address of the site, since
// pages hold hundreds of them.
func (b *Base) to(full string) string {
	var space [256]byte
	return b.way(append(space[:0], full...))
}

// way is to for an address under the hand of the caller.
func (b *Base) way(full []byte) string {
	if n := len(b.Path); len(full) > n && full[n] == '#' && string(full[:n]) == b.Path {
		return string(full[n:])
	}
	i := 0 // the end of the folders that both have
	for k := 0; k < len(full) && k < len(b.Path) && full[k] == b.Path[k]; k++ {
		if full[k] == '/' {
			i = k + 1
		}
	}
	rest := full[i:]
	switch up := strings.Count(b.Path[i:], "/"); {
	case up > 0:
		return Up(b.Path[i:]) + string(rest)
	case len(rest) == 0 || bytes.IndexByte(rest, ':') >= 0:
		return "./" + string(rest) // or what stands before the colon is taken for a scheme
	}
	return string(rest)
}

// beside is way for an address in the page's own folder.
func (b *Base) beside(address string) string {
	switch rest, here := strings.CutPrefix(address, b.file); {
	case here && strings.HasPrefix(rest, "#"):
		return rest
	case strings.Contains(address, ":"):
		return "./" + address // as in way
	}
	return address
}

// File returns the file of a page's address: a folder's page is its index.html.
func File(address string) string {
	if address == "" || strings.HasSuffix(address, "/") {
		return address + "index.html"
	}
	return address
}

// prefix is the folder of a language's pages.
func prefix(l, main lang.Lang) string {
	if l == main {
		return ""
	}
	return string(l) + "/"
}

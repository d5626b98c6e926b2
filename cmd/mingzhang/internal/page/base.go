// Package page holds one struct for each kind of page, with text and numbers
// ready to print. A theme sees nothing else: no file, no model, no decimal. What
// a page says is decided here; how it looks is decided in the theme.
//
// Every page embeds Base. Addresses are relative, so that a site works in any
// folder and from a USB stick; they name index.html, since a browser does not
// look for it in file addresses.
package page

import (
	"html/template"
	"strings"

	"mingzhang/cmd/mingzhang/internal/lang"
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
	Published   string // day of the data, 2025-10-31, empty when not known
	Column      string // 栏目名称 for list pages of a government site

	own string // folder of the page's language, "" or "en/"
}

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
	SiteName, SiteDomain, SiteIDCode, ICP, Police, SealURL string
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
	ID    string // the figure's id
	Href  string // its proof, empty for numbers that are none of the data
	Title string // what stands behind it: interval, state
	Known bool   // a number, not a state
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
}

// Column is a column of a table.
type Column struct {
	Label   string
	Numeric bool
}

// Row is a row of a table. The first cell is the row's heading.
type Row struct {
	Class string // total, parent, nested …
	Depth int    // how deep in a code tree: 0, 1, 2
	Fold  string // starts a group that can be folded; says what folds
	Cells []Cell
}

// Cell is a cell of a table: a text or a number.
type Cell struct {
	Text string
	Num  *Num
	Href string
}

// Text makes a cell of plain text.
func Text(s string) Cell { return Cell{Text: s} }

// Heading is an entry of a table of contents.
type Heading struct {
	Level int
	Text  string
	ID    string
}

// Narrative is a Markdown text ready to print.
type Narrative struct {
	HTML     template.HTML
	Headings []Heading
	Title    string
	Author   string
	Date     string
	Source   string
}

// Up returns the relative way from a page address to the site's top.
func Up(path string) string { return strings.Repeat("../", strings.Count(path, "/")) }

// index returns the address of a folder's page.
func index(path string) string { return path + "index.html" }

// prefix is the folder of a language's pages.
func prefix(l, main lang.Lang) string {
	if l == main {
		return ""
	}
	return string(l) + "/"
}

// Package diag says what is wrong, where, why, and how to mend it.
//
// A finding is a value: reading, checking and computing return findings beside
// their result and go on, so that a clerk with forty wrong cells sees forty
// findings in one run. Nothing in the pipeline prints; the commands render
// findings as text for a terminal or as JSON lines for machines, and the
// preview shows the same records over the page.
//
// The voice: a Chinese headline has no full stop and puts names in 「」; an
// English one starts in lower case. Say what is and what was expected, with
// numbers. Blame nobody. A remedy is an act.
package diag

import (
	"regexp"
	"strconv"

	"mingzhang/cmd/mingzhang/internal/lang"
)

// Severity tells how much a finding weighs: an error stops the build, a warning
// asks, a note informs.
type Severity uint8

// The severities, in rising order.
const (
	Note Severity = iota
	Warning
	Error
)

var severityNames = [...]struct {
	word string
	name lang.Text
}{
	Note:    {"note", lang.Text{ZH: "提示", EN: "note"}},
	Warning: {"warning", lang.Text{ZH: "警告", EN: "warning"}},
	Error:   {"error", lang.Text{ZH: "错误", EN: "error"}},
}

// String returns the severity as the word that machines read.
func (s Severity) String() string { return severityNames[s].word }

// Name returns the severity as people read it.
func (s Severity) Name() lang.Text { return severityNames[s].name }

// Place is where something stands in an input file. The zero values of Line,
// Column and Row mean that the finding concerns the whole file or folder.
type Place struct {
	File   string // slash-separated, relative to the site's source folder
	Line   int    // 1-based, as an editor counts
	Column int    // 1-based, in characters, as an editor counts
	Row    int    // 1-based record number, as a spreadsheet counts
	Cell   string // spreadsheet name, such as D12
	Field  string // the column's own heading
	Sheet  string // worksheet name inside a workbook, else empty
}

// String renders the clickable form file:line:column.
func (p Place) String() string {
	s := p.File
	if p.Line > 0 {
		s += ":" + strconv.Itoa(p.Line)
		if p.Column > 0 {
			s += ":" + strconv.Itoa(p.Column)
		}
	}
	return s
}

// Before orders places by file, line and column.
func (p Place) Before(q Place) bool {
	if p.File != q.File {
		return p.File < q.File
	}
	if p.Sheet != q.Sheet {
		return p.Sheet < q.Sheet
	}
	if p.Line != q.Line {
		return p.Line < q.Line
	}
	return p.Column < q.Column
}

// Code is a kind of finding. Its word never changes its meaning; a retired code
// stays declared. Declarations stand beside the rule that raises them.
type Code struct {
	Word     string // lower-kebab: can be said on the telephone
	Severity Severity
	Headline lang.Text // format; both languages use the same arguments
	Why      lang.Text // plain; why this is asked at all
	Fix      lang.Text // plain; the usual remedy
	Since    string    // first version that raises it
}

var verbs = regexp.MustCompile(`%(?:\[\d+\])?[a-z]`)

// Plain is the headline without what a finding fills in.
func (c *Code) Plain() lang.Text {
	return lang.Text{ZH: verbs.ReplaceAllString(c.Headline.ZH, "…"), EN: verbs.ReplaceAllString(c.Headline.EN, "…")}
}

// Line is one row of a table or text as written, shown under a finding.
type Line struct {
	Number int      // line in the file
	Cells  []string // as written
	Mark   int      // index of the cell to set in 【】, or -1
}

// Related is another place that takes part in a finding.
type Related struct {
	Place Place
	Note  lang.Text
}

// Finding is one thing found, ready to be rendered.
type Finding struct {
	Code     *Code
	Severity Severity
	Place    Place
	Headline lang.Text
	Value    string    // the text as written
	Expected string    // what would have been right, where it can be said
	Diff     string    // how far off, with unit
	Table    lang.Text // the table's title
	Lines    []Line    // the rows as written
	Sum      lang.Text // the arithmetic, with numbers
	Why      lang.Text
	Fix      lang.Text
	Rule     Place // where the rule itself stands
	Basis    lang.Text
	Related  []Related
	Scope    Scope
	Key      string // names the thing found inside its file, for waivers
	Repeats  int    // further occurrences of the same that were folded into this one
}

// Scope names the department and year that a finding belongs to; both are empty
// for findings about the site.
type Scope struct {
	Department string
	Year       int
}

// At makes a finding of this code. The arguments fill the headline.
func (c *Code) At(p Place, args ...any) *Finding {
	return &Finding{
		Code: c, Severity: c.Severity, Place: p,
		Headline: lang.Sprintf(c.Headline, args...), Why: c.Why, Fix: c.Fix,
	}
}

package check

import (
	"crypto/sha256"
	"slices"
	"unicode/utf8"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/schema"
)

var (
	sameAsLast = codeRule("0.3.0", "cross-year", "file-of-another-year", diag.Error,
		lang.Text{ZH: "与上年的表不完全相同", EN: "the table differs from last year's"},
		lang.Text{ZH: "「%s」的 %d 个数与 %s 一个不差，疑似用了另一年度的文件", EN: "%s: all %d numbers are those of %s; it is probably another year's file"},
		lang.Text{ZH: "两年的数不会个个相同；多半是复制上年的文件后没有改", EN: "two years never agree in every number; the file was probably copied and not changed"},
		lang.Text{ZH: "换成本年度的文件；确实相同时，在 data/waivers.csv 写明理由", EN: "put this year's file there; if they do agree, give the reason in data/waivers.csv"},
		lang.Text{ZH: "X18：上年数与上年公布的一致，本年数是本年的", EN: "X18"})
	// SameElsewhere is raised for a file that stands under two departments or
	// under two years that do not follow each other.
	SameElsewhere = codeRule("0.3.0", "form", "file-of-another-department", diag.Error,
		lang.Text{ZH: "与其他部门的文件不相同", EN: "the file is no other department's"},
		lang.Text{ZH: "这个文件与 %s 完全相同，疑似用了另一部门或另一年度的文件", EN: "the file is identical with %s; it is probably another department's or year's"},
		lang.Text{ZH: "两个部门的表不会一个字不差；多半是放错了文件夹", EN: "no two departments' tables agree to the letter; one is probably in the wrong folder"},
		lang.Text{ZH: "核对文件是哪个部门、哪一年的，换成自己的", EN: "check whose file it is and put the right one there"},
		lang.Text{ZH: "F6：表格是本单位的", EN: "F6"})
)

// smallTable says why a small table that was found again is only asked about.
var smallTable = lang.Text{
	ZH: "数多的表不会碰巧相同；这张表的数不多，也可能是碰巧，请核对",
	EN: "large tables never agree by chance; this one holds few numbers and may, so have a look",
}

// sameStock says why a table of stocks that did not change is only asked about.
var sameStock = lang.Text{
	ZH: "年末的资产、人员可能真的没有变化；若是复制上年的文件后没有改，要换成本年的",
	EN: "what a body owns and employs may be the same a year later; if the file was copied and not changed, it has to be this year's",
}

// Elsewhere makes the finding about a file that stands elsewhere too. sure says
// that it is too large to agree by chance.
func Elsewhere(file, other string, sure bool) *diag.Finding {
	f := SameElsewhere.code.At(diag.Place{File: file}, other)
	f.Related = []diag.Related{{Place: diag.Place{File: other}, Note: lang.Text{ZH: "同样的内容", EN: "the same contents"}}}
	f.Basis = SameElsewhere.Basis
	if !sure {
		f.Severity, f.Why = diag.Warning, smallTable
	}
	return f
}

// Print is a fingerprint of the numbers of a table, whatever its titles and its
// way of writing. The zero Print is that of a table with too few of them to be
// known again.
type Print struct {
	sum    [sha256.Size]byte
	values int // different numbers
	digits int // that they are told by
	words  int // characters of the body's own words: names of projects, goals
}

// What a table must hold to be known again: different numbers of two digits and
// more, and digits beyond the first of each, which its size nearly tells. Small
// tables of round numbers, such as those of assets, do agree now and then
// between two of many bodies of one size; forty digits do not, and a character
// of a name tells as much as two digits.
const (
	fewNumbers = 6
	manyDigits = 40
)

// Known reports whether the table holds enough to be known again.
func (p Print) Known() bool { return p.values >= fewNumbers }

// Sure reports whether the tables of two bodies cannot have this print by chance.
func (p Print) Sure() bool { return p.digits+2*p.words >= manyDigits }

// printOf reads the numbers of a table.
func printOf(p Paper) Print {
	next := 0 // of the department's rows, which stand in the sheet's order
	var out Print
	var said []byte
	seen := make(map[string]bool, 4*len(p.Sheet.Rows))
	for i, r := range p.Sheet.Rows {
		switch {
		case p.Rows == nil && i < len(p.Layout.Roles) && p.Layout.Roles[i] != schema.Data:
			continue
		case p.Rows != nil:
			if next == len(p.Rows) || len(r) == 0 || p.Rows[next][0].Row != r[0].Row {
				continue
			}
			next++
		}
		for _, c := range r {
			if slices.Contains(p.own, int(c.Col)-1) && !seen[c.Text] {
				seen[c.Text] = true
				out.words += utf8.RuneCountInString(label.Fold(c.Text))
			}
			if !money.MayBeNumber(c.Text) {
				continue
			}
			v, _, err := money.Parse(c.Text, money.NoUnit, 0)
			if err != nil || !v.Known() || v.Zero() {
				continue
			}
			s := v.Plain()
			said = append(append(said, s...), '\n')
			if digits := significant(s); digits >= 2 && !seen[s] {
				seen[s] = true
				out.values++
				out.digits += digits - 1
			}
		}
	}
	out.sum = sha256.Sum256(said)
	return out
}

// significant counts the digits of a number between the zeros at its ends.
func significant(number string) int {
	digits, zeros := 0, 0
	for _, c := range []byte(number) {
		switch {
		case c == '0' && digits > 0:
			zeros++
		case c >= '1' && c <= '9':
			digits, zeros = digits+zeros+1, 0
		}
	}
	return digits
}

func (c *Case) sameAsLast(p Paper) Outcome {
	o := Outcome{Rule: sameAsLast, Name: about(p.Title, sameAsLast.Name), Result: NotApplicable}
	if len(c.Last) == 0 || !p.Print.Known() {
		return o
	}
	for _, last := range c.Last {
		if last.Print.sum != p.Print.sum {
			continue
		}
		f := sameAsLast.code.At(diag.Place{File: p.Sheet.File, Sheet: p.Sheet.Name}, p.Title, p.Print.values, last.Sheet.File)
		f.Related = []diag.Related{{Place: diag.Place{File: last.Sheet.File, Sheet: last.Sheet.Name}, Note: lang.Text{ZH: "同样的数", EN: "the same numbers"}}}
		if p.stock {
			f.Severity, f.Why = diag.Warning, sameStock
		}
		return sameAsLast.failed(p.Title, f)
	}
	return sameAsLast.passed(p.Title)
}

package diag

import (
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/width"

	"mingzhang/cmd/mingzhang/internal/lang"
)

var (
	labelWhy     = lang.Text{ZH: "为什么", EN: "why"}
	labelFix     = lang.Text{ZH: "怎么改", EN: "fix"}
	labelRule    = lang.Text{ZH: "规则", EN: "rule"}
	labelBasis   = lang.Text{ZH: "依据", EN: "basis"}
	labelSee     = lang.Text{ZH: "详见 mingzhang explain %s", EN: "see mingzhang explain %s"}
	labelRepeats = lang.Text{ZH: "还有 %d 处相同", EN: "%d more like this"}
	labelSheet   = lang.Text{ZH: "工作表「%s」", EN: "sheet %s"}
)

// WriteText renders findings for a terminal: a clickable first line, the rows
// as written with the cell in 【】, the arithmetic, the reason, the remedy and
// the rule. No carets and no colour: Chinese characters are two cells wide, and
// staff paste these lines into chat windows.
func (l List) WriteText(w io.Writer, in lang.Lang) error {
	b := &strings.Builder{}
	for _, f := range l {
		f.text(b, in)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (f *Finding) text(b *strings.Builder, in lang.Lang) {
	fmt.Fprintf(b, "%s: %s[%s]: %s\n", f.Place, f.Severity.Name().In(in), f.Code.Word, f.Headline.In(in))
	if at := f.where(in); at != "" {
		fmt.Fprintf(b, "  %s\n", at)
	}
	writeLines(b, f.Lines)
	if !f.Sum.IsZero() {
		for _, s := range strings.Split(f.Sum.In(in), "\n") {
			fmt.Fprintf(b, "        %s\n", s)
		}
	}
	for _, r := range f.Related {
		fmt.Fprintf(b, "    %s %s\n", r.Place, r.Note.In(in))
	}
	label(b, labelWhy.In(in), f.Why.In(in))
	label(b, labelFix.In(in), f.Fix.In(in))
	label(b, labelBasis.In(in), f.Basis.In(in))
	see := fmt.Sprintf(labelSee.In(in), f.Code.Word)
	if f.Rule.File != "" {
		see = f.Rule.String() + "    " + see
	}
	label(b, labelRule.In(in), see)
	if f.Repeats > 0 {
		fmt.Fprintf(b, "  …  %s\n", fmt.Sprintf(labelRepeats.In(in), f.Repeats))
	}
	b.WriteByte('\n')
}

// where names the table and the spreadsheet cell, for people who mend the file
// in a spreadsheet program and see no line numbers.
func (f *Finding) where(in lang.Lang) string {
	var parts []string
	if t := f.Table.In(in); t != "" {
		parts = append(parts, t)
	}
	if f.Place.Sheet != "" {
		parts = append(parts, fmt.Sprintf(labelSheet.In(in), f.Place.Sheet))
	}
	if f.Place.Cell != "" {
		at := f.Place.Cell
		if f.Place.Field != "" {
			at += "「" + f.Place.Field + "」"
		}
		parts = append(parts, at)
	}
	return strings.Join(parts, " · ")
}

func label(b *strings.Builder, name, text string) {
	if text != "" {
		fmt.Fprintf(b, "  %s%s  %s\n", name, strings.Repeat(" ", max(0, 6-Width(name))), text)
	}
}

// writeLines sets rows in columns by display width, not by bytes or characters.
func writeLines(b *strings.Builder, lines []Line) {
	var widths []int
	shown := make([][]string, len(lines))
	for i, l := range lines {
		for j, c := range l.Cells {
			c = strings.Join(strings.Fields(c), " ")
			if r := []rune(c); len(r) > 40 {
				c = string(r[:39]) + "…"
			}
			if j == l.Mark {
				c = "【" + c + "】"
			}
			shown[i] = append(shown[i], c)
			if j == len(widths) {
				widths = append(widths, 0)
			}
			widths[j] = max(widths[j], Width(c))
		}
	}
	for i, l := range lines {
		row := fmt.Sprintf("    %4d", l.Number)
		for j, c := range shown[i] {
			pad := strings.Repeat(" ", widths[j]-Width(c))
			if numeric(c) {
				row += "  " + pad + c
			} else {
				row += "  " + c + pad
			}
		}
		b.WriteString(strings.TrimRight(row, " ") + "\n")
	}
}

func numeric(s string) bool {
	s = strings.Trim(s, "【】")
	return s != "" && strings.Trim(s, "0123456789.,-%") == ""
}

// Width returns how many terminal cells s takes: two for a wide character.
func Width(s string) int {
	n := 0
	for _, r := range s {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth, width.EastAsianAmbiguous:
			n += 2
		default:
			n++
		}
	}
	return n
}

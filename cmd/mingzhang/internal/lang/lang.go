// Package lang holds the two languages of the house. Staff and residents read
// Chinese first; English is there on request. Every sentence that a person may
// see is declared once, with both languages side by side, so that neither can
// be forgotten when the other changes.
package lang

import (
	"fmt"
	"strings"
)

// Lang names a language of the interface.
type Lang string

// The languages of the interface. Disclosed data stay in the language in which
// they were disclosed.
const (
	ZH Lang = "zh"
	EN Lang = "en"
)

// Parse returns the language that a flag or a config value names.
func Parse(s string) (Lang, bool) {
	switch s {
	case "zh", "zh-CN", "zh-cn":
		return ZH, true
	case "en":
		return EN, true
	}
	return "", false
}

// Tag returns the BCP 47 tag for an HTML lang attribute.
func (l Lang) Tag() string {
	if l == EN {
		return "en"
	}
	return "zh-CN"
}

// Text is one sentence or name in both languages.
type Text struct {
	ZH string `toml:"zh" json:"zh"`
	EN string `toml:"en" json:"en"`
}

// In returns the text in language l. A text without English, such as the name
// of a department, is shown as it was disclosed.
func (t Text) In(l Lang) string {
	if l == EN && t.EN != "" {
		return t.EN
	}
	return t.ZH
}

// Filled puts a text into the holes of another, such as {name}.
func (t Text) Filled(hole string, with Text) Text {
	return Text{ZH: fill(t.ZH, hole, with.ZH), EN: fill(t.EN, hole, with.EN)}
}

// fill is strings.ReplaceAll for texts with one hole or none.
func fill(s, hole, with string) string {
	before, after, ok := strings.Cut(s, hole)
	if !ok {
		return s
	}
	return before + with + strings.ReplaceAll(after, hole, with)
}

// IsZero reports whether nothing is said in either language.
func (t Text) IsZero() bool { return t.ZH == "" && t.EN == "" }

// Sprintf formats both languages with the same arguments. An argument that is
// itself a Text is given to each format in its language.
func Sprintf(format Text, args ...any) Text {
	return Text{ZH: sprintf(format, ZH, args), EN: sprintf(format, EN, args)}
}

func sprintf(format Text, l Lang, args []any) string {
	f := format.ZH
	if l == EN {
		f = format.EN
	}
	if len(args) == 0 {
		return f
	}
	local := make([]any, len(args))
	for i, a := range args {
		if t, ok := a.(Text); ok {
			local[i] = t.In(l)
		} else {
			local[i] = a
		}
	}
	return fmt.Sprintf(f, local...)
}

// Same is a Text that reads alike in both languages: a name as disclosed.
func Same(s string) Text { return Text{ZH: s, EN: s} }

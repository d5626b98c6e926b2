package score

import (
	"fmt"
	"strings"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
)

// Sentence is a text in both languages whose figures can be linked.
type Sentence struct{ ZH, EN figure.Line }

// In returns the sentence in a language.
func (s Sentence) In(l lang.Lang) figure.Line {
	if l == lang.EN {
		return s.EN
	}
	return s.ZH
}

// IsZero reports whether nothing is said.
func (s Sentence) IsZero() bool { return len(s.ZH) == 0 }

// plain makes a sentence of text.
func plain(t lang.Text) Sentence {
	if t.IsZero() {
		return Sentence{}
	}
	return Sentence{figure.Line{{Text: t.ZH}}, figure.Line{{Text: t.EN}}}
}

// say makes a sentence; each %s takes a figure, shown with its unit, or a text.
func say(zh, en string, args ...any) Sentence {
	return Sentence{fill(zh, lang.ZH, args), fill(en, lang.EN, args)}
}

func fill(format string, in lang.Lang, args []any) figure.Line {
	var out figure.Line
	for i, part := range strings.Split(format, "%s") {
		if i > 0 && i <= len(args) {
			switch a := args[i-1].(type) {
			case *figure.Figure:
				text := a.Display(in)
				out = append(out, figure.Piece{Text: text, Figure: a}, figure.Piece{Text: strings.TrimPrefix(a.WithUnit(in), text)})
			case lang.Text:
				out = append(out, figure.Piece{Text: a.In(in)})
			default:
				out = append(out, figure.Piece{Text: fmt.Sprint(a)})
			}
		}
		out = append(out, figure.Piece{Text: part})
	}
	return out
}

// join sets sentences behind each other.
func join(list []Sentence) Sentence {
	var out Sentence
	for i, s := range list {
		if i > 0 {
			out.ZH = append(out.ZH, figure.Piece{Text: "；"})
			out.EN = append(out.EN, figure.Piece{Text: "; "})
		}
		out.ZH, out.EN = append(out.ZH, s.ZH...), append(out.EN, s.EN...)
	}
	return out
}

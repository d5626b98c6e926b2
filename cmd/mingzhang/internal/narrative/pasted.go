package narrative

import (
	"bytes"
	"regexp"
	"unicode"

	"github.com/yuin/goldmark/parser"
)

// Texts are pasted from word processors and typed with Chinese input methods. What
// they mean by it is read: a line of full-width spaces is empty, ##　标题 and ##标题
// are headings, and a paragraph that is indented by four spaces, as Chinese ones are,
// is no program code.

// heading finds a heading whose number signs are full-width or not followed by a
// plain space. One # before a letter may be anything: #1, #话题#.
var heading = regexp.MustCompile(`^ {0,3}([#＃]{1,6})([\x{3000}\x{00a0} ]*)([^#＃\s\x{3000}\x{00a0}].*)$`)

// plainLines writes lines as Markdown has them, line for line.
func plainLines(raw []byte) []byte {
	if !bytes.ContainsAny(raw, "#＃\u3000\u00a0") {
		return raw
	}
	lines := bytes.Split(raw, []byte("\n"))
	fenced := false
	for i, l := range lines {
		if t := bytes.TrimLeft(l, " "); bytes.HasPrefix(t, []byte("```")) || bytes.HasPrefix(t, []byte("~~~")) {
			fenced = !fenced
		}
		if fenced {
			continue
		}
		if len(l) > 0 && bytes.IndexFunc(l, func(r rune) bool { return !unicode.IsSpace(r) }) < 0 {
			lines[i] = nil
			continue
		}
		m := heading.FindSubmatch(l)
		if m == nil {
			continue
		}
		signs := bytes.Count(m[1], []byte("#")) + bytes.Count(m[1], []byte("＃"))
		if signs == 1 && len(m[2]) == 0 {
			continue
		}
		lines[i] = append(append(bytes.Repeat([]byte("#"), signs), ' '), m[3]...)
	}
	return bytes.Join(lines, []byte("\n"))
}

// indented reads a paragraph that begins with four spaces or more, in place of the
// code block that Markdown makes of it.
type indented struct{ parser.BlockParser }

func newIndented() parser.BlockParser { return indented{parser.NewParagraphParser()} }

func (indented) CanAcceptIndentedLine() bool { return true }

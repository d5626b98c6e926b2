package tomlfile

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"mingzhang/cmd/mingzhang/internal/lang"
)

// saying is what a message of the TOML library means to people who have never
// heard of it. The library counts bytes and names Go types; neither helps whom
// an input method gave “ for ".
type saying struct {
	pattern *regexp.Regexp
	text    lang.Text
}

var sayings = []saying{
	{regexp.MustCompile(`^expected '=' after key`), lang.Text{ZH: "名称后面要有英文等号 =", EN: "a name is followed by ="}},
	{regexp.MustCompile(`^expected '\]'`), lang.Text{ZH: "方括号没有合上", EN: "a bracket is not closed"}},
	{regexp.MustCompile(`strings cannot have new lines|unterminated .*string|not terminated by`), lang.Text{ZH: "引号没有合上", EN: "a quote is not closed"}},
	{regexp.MustCompile(`already (?:defined|exists)|redefin`), lang.Text{ZH: "写了两次，只能写一次", EN: "it stands twice"}},
}

// values says what a setting of a Go type takes.
var values = map[string]lang.Text{
	"string":   {ZH: "要写文字，放在英文引号里，例如 \"某县财政局\"", EN: "write a text between quotes, such as \"Finance Bureau\""},
	"bool":     {ZH: "只能写 true（是）或 false（否）", EN: "write true or false"},
	"int":      {ZH: "要写整数，不加引号", EN: "write a whole number without quotes"},
	"float64":  {ZH: "要写数，不加引号", EN: "write a number without quotes"},
	"[]string": {ZH: "要写一组文字，放在方括号里，例如 [\"zh\", \"en\"]", EN: "write texts between brackets, such as [\"zh\", \"en\"]"},
}

var (
	unexpected = regexp.MustCompile(`^unexpected character .* at start of value`)
	wrongType  = regexp.MustCompile(`^cannot decode TOML \w+ into .* of type (\S+)$`)
)

// said tells what the library says of a place; line and column are its own, in
// bytes and counted from 1.
func said(message string, data []byte, line, byteCol int) lang.Text {
	if unexpected.MatchString(message) {
		if r, ok := runeAt(data, line, byteCol); ok {
			return lang.Sprintf(lang.Text{ZH: "等号后面不能以「%s」开头", EN: "%s cannot stand behind ="}, string(r))
		}
	}
	if m := wrongType.FindStringSubmatch(message); m != nil {
		t := m[1]
		if strings.HasPrefix(t, "int") || strings.HasPrefix(t, "uint") {
			t = "int"
		}
		if v, ok := values[t]; ok {
			return v
		}
	}
	for _, s := range sayings {
		if s.pattern.MatchString(message) {
			return s.text
		}
	}
	return lang.Same(message)
}

func runeAt(data []byte, line, byteCol int) (rune, bool) {
	lines := strings.SplitN(string(data), "\n", line+1)
	if line < 1 || line > len(lines) || byteCol < 1 || byteCol > len(lines[line-1]) {
		return 0, false
	}
	r, size := utf8.DecodeRuneInString(lines[line-1][byteCol-1:])
	return r, r != utf8.RuneError || size > 1
}

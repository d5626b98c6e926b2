// Package tomlfile reads TOML strictly and remembers where each key stands, so
// that a wrong value in the configuration, a rubric or a front matter is a
// finding at its line like a wrong cell.
package tomlfile

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/table"
)

// The findings that reading a TOML file can raise.
var (
	Syntax = &diag.Code{
		Word: "toml-syntax", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "此处不合 TOML 写法：%s", EN: "this is not TOML: %s"},
		Why:      lang.Text{ZH: "设置文件读不通，后面的内容都不能用", EN: "the settings cannot be read past this place"},
		Fix:      lang.Text{ZH: "文字要放在英文引号 \" \" 里，等号用英文 =，一行写一项", EN: "put texts between \" \", use =, one setting a line"},
	}
	UnknownKey = &diag.Code{
		Word: "unknown-key", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "没有名为「%s」的设置项", EN: "there is no setting named %s"},
		Why:      lang.Text{ZH: "写错名字的设置不起作用，却看不出来", EN: "a misspelt setting has no effect and no one notices"},
		Fix:      lang.Text{ZH: "核对拼写，或删去这一行", EN: "check the spelling, or delete the line"},
	}
	WrongValue = &diag.Code{
		Word: "setting-value", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "设置项「%s」的值不能用：%s", EN: "the value of %s cannot be used: %s"},
		Why:      lang.Text{ZH: "照错的设置生成网站，结果也是错的", EN: "a site made from a wrong setting is wrong"},
		Fix:      lang.Text{ZH: "按说明改正这一项的值", EN: "correct the value"},
	}
)

// Codes lists the findings of this package.
var Codes = []*diag.Code{Syntax, UnknownKey, WrongValue}

// Pos is a place in a TOML text: 1-based line and column, columns in characters.
type Pos struct{ Line, Column int }

// File is a decoded TOML text that knows where its keys stand.
type File struct {
	Name string
	// First is the line before the text's first line: front matter starts
	// below the top of its Markdown file.
	First int
	where map[string]Pos
}

// Decode reads data into v. Unknown keys and wrong types are findings; v holds
// whatever could be read. Settings are saved by the same editors as tables, so
// that the same encodings are read.
func Decode(name string, data []byte, v any) (*File, diag.List) {
	text, _, list := table.Decode(name, data)
	f, more := DecodeAt(name, text, 0, v)
	list.Add(more...)
	return f, list
}

// DecodeAt is Decode for a text that starts after line first of its file.
func DecodeAt(name string, data []byte, first int, v any) (*File, diag.List) {
	f := &File{Name: name, First: first}
	var list diag.List
	dec := toml.NewDecoder(strings.NewReader(string(data)))
	dec.DisallowUnknownFields()
	err := dec.Decode(v)
	var strict *toml.StrictMissingError
	var bad *toml.DecodeError
	switch {
	case err == nil:
	case errors.As(err, &strict):
		for _, e := range strict.Errors {
			line, col := e.Position()
			list.Add(UnknownKey.At(f.place(data, line, col), strings.Join(e.Key(), ".")))
		}
		// The known keys were read before the unknown ones were reported.
	case errors.As(err, &bad):
		line, col := bad.Position()
		code, args := Syntax, []any{said(strings.TrimPrefix(bad.Error(), "toml: "), data, line, col)}
		if key := strings.Join(bad.Key(), "."); key != "" {
			code, args = WrongValue, []any{key, args[0]}
		}
		list.Add(code.At(f.place(data, line, col), args...))
	default:
		list.Add(Syntax.At(diag.Place{File: name, Line: first + 1}, err.Error()))
	}
	f.index(data)
	return f, list
}

func (f *File) place(data []byte, line, byteCol int) diag.Place {
	lines := strings.SplitN(string(data), "\n", line+1)
	col := byteCol
	if line >= 1 && line <= len(lines) {
		text := lines[line-1]
		col = utf8.RuneCountInString(text[:min(len(text), max(0, byteCol-1))]) + 1
	}
	return diag.Place{File: f.Name, Line: f.First + line, Column: col}
}

// Place returns where a key stands: "site.base_url", "fields[3].id". An unknown
// path gives the place of its nearest parent.
func (f *File) Place(path string) diag.Place {
	for p := path; ; {
		if pos, ok := f.where[p]; ok {
			return diag.Place{File: f.Name, Line: f.First + pos.Line, Column: pos.Column, Field: path}
		}
		i := strings.LastIndexAny(p, ".[")
		if i < 0 {
			return diag.Place{File: f.Name}
		}
		p = p[:i]
	}
}

// Wrong makes a finding about the value of a key.
func (f *File) Wrong(path string, why lang.Text) *diag.Finding {
	return WrongValue.At(f.Place(path), path, why)
}

// index walks the text once and notes the place of every key.
func (f *File) index(data []byte) {
	f.where = map[string]Pos{}
	var p unstable.Parser
	p.Reset(data)
	count := map[string]int{} // elements seen of each array of tables
	prefix := ""
	lines := newlineIndex(data)
	note := func(path string, r unstable.Range) {
		if _, ok := f.where[path]; !ok {
			f.where[path] = lines.pos(data, int(r.Offset))
		}
	}
	for p.NextExpression() {
		e := p.Expression()
		switch e.Kind {
		case unstable.Table, unstable.ArrayTable:
			path, at := keyPath(e.Key(), count, e.Kind == unstable.ArrayTable)
			prefix = path + "."
			note(path, at)
		case unstable.KeyValue:
			path, at := keyPath(e.Key(), nil, false)
			note(prefix+path, at)
		}
	}
}

// keyPath joins the parts of a key and sets the index of the current element
// behind each array of tables on the way.
func keyPath(it unstable.Iterator, count map[string]int, array bool) (string, unstable.Range) {
	path := ""
	var at unstable.Range
	for it.Next() {
		n := it.Node()
		if path == "" {
			at = n.Raw
		} else {
			path += "."
		}
		path += string(n.Data)
		last := it.IsLast()
		if count == nil {
			continue
		}
		if last && array {
			count[path]++
			for k := range count { // inner arrays start anew in each element
				if strings.HasPrefix(k, path+"[") && strings.HasPrefix(k, fmt.Sprintf("%s[%d]", path, count[path]-1)) {
					count[k] = 0
				}
			}
		}
		if c := count[path]; c > 0 {
			path = fmt.Sprintf("%s[%d]", path, c-1)
		}
	}
	return path, at
}

type newlines []int

func newlineIndex(data []byte) newlines {
	var at newlines
	for i, c := range data {
		if c == '\n' {
			at = append(at, i)
		}
	}
	return at
}

func (n newlines) pos(data []byte, off int) Pos {
	line, start := 1, 0
	for _, at := range n {
		if at >= off {
			break
		}
		line++
		start = at + 1
	}
	return Pos{Line: line, Column: utf8.RuneCount(data[start:min(off, len(data))]) + 1}
}

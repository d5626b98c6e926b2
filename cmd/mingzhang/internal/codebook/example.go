package codebook

import (
	_ "embed"
	"strconv"
	"strings"
	"testing/fstest"

	"mingzhang/cmd/mingzhang/internal/diag"
)

// examples.txt holds an example for each code: a small site with a mistake and
// the same site mended. Its head says how it is written.
//
//go:embed examples.txt
var examplesText string

// Example is a small site that raises one finding, and the same site mended.
type Example struct {
	Word  string
	Files []ExampleFile
	At    diag.Place // where the finding stands; without Line anywhere in the file or folder
}

// ExampleFile is a file of an example. A side that lacks it is not there.
type ExampleFile struct {
	Path          string
	Bad, Mended   string
	Shown         string // Bad with each mistake in 【】
	InBad, InGood bool
	Differs       bool
}

// FindExample returns the example of a code.
func FindExample(word string) (*Example, bool) {
	for _, e := range examples() {
		if e.Word == word {
			return e, true
		}
	}
	return nil, false
}

func examples() []*Example {
	var out []*Example
	var e *Example
	var f *ExampleFile
	line := 0
	for text := range strings.Lines(examplesText) {
		switch {
		case strings.HasPrefix(text, "#") && e == nil:
			continue
		case strings.HasPrefix(text, "== "):
			e, f = &Example{Word: strings.TrimSpace(text[3:])}, nil
			out = append(out, e)
		case e != nil && strings.HasPrefix(text, "@ "):
			name, number, _ := strings.Cut(strings.TrimSpace(text[2:]), ":")
			e.At = diag.Place{File: name}
			e.At.Line, _ = strconv.Atoi(number)
		case e != nil && strings.HasPrefix(text, "-- "):
			name := strings.TrimSpace(text[3:])
			file := ExampleFile{InBad: true, InGood: true}
			if rest, ok := strings.CutPrefix(name, "bad: "); ok {
				name, file.InGood, file.Differs = rest, false, true
			}
			if rest, ok := strings.CutPrefix(name, "mended: "); ok {
				name, file.InBad, file.Differs = rest, false, true
			}
			file.Path = name
			e.Files = append(e.Files, file)
			f, line = &e.Files[len(e.Files)-1], 0
		case f != nil:
			line++
			f.add(e, text, line)
		}
	}
	for _, e := range out {
		for i := range e.Files {
			f := &e.Files[i]
			f.Bad, f.Mended, f.Shown = unescape(f.Bad), unescape(f.Mended), unescape(f.Shown)
		}
	}
	return out
}

// add reads a line with its alternatives: ⟦wrong|right⟧.
func (f *ExampleFile) add(e *Example, text string, line int) {
	for {
		before, rest, ok := strings.Cut(text, "⟦")
		f.Bad += before
		f.Mended += before
		f.Shown += before
		if !ok {
			return
		}
		both, after, _ := strings.Cut(rest, "⟧")
		wrong, right, _ := strings.Cut(both, "|")
		if e.At.File == "" {
			start := f.Bad[strings.LastIndexByte(f.Bad, '\n')+1:]
			e.At = diag.Place{File: f.Path, Line: line, Column: len([]rune(start)) + 1}
		}
		f.Bad += wrong
		f.Mended += right
		f.Shown += "【" + wrong + "】"
		f.Differs = true
		text = after
	}
}

// unescape reads \n inside a line, \0 for a NUL byte and \u2060 for a sign that
// cannot be seen.
func unescape(s string) string {
	return strings.NewReplacer(`\n`, "\n", `\0`, "\x00", `\u2060`, "\u2060").Replace(s)
}

// Sites makes both sites of an example. A directory of departments is added
// where the example has none.
func (e *Example) Sites() (bad, mended fstest.MapFS) {
	bad, mended = fstest.MapFS{}, fstest.MapFS{}
	for _, site := range []fstest.MapFS{bad, mended} {
		site["data/departments.csv"] = &fstest.MapFile{Data: []byte("标识,名称\naju,示例甲局\n")}
	}
	for _, f := range e.Files {
		if f.InBad {
			bad[f.Path] = &fstest.MapFile{Data: []byte(f.Bad)}
		}
		if f.InGood {
			mended[f.Path] = &fstest.MapFile{Data: []byte(f.Mended)}
		}
		if f.Path == "data/departments.csv" && !f.InBad {
			delete(bad, f.Path)
		}
	}
	return bad, mended
}

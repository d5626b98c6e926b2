package proof

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"
)

// parse reads figures.json as Write writes it. It reports false for all else,
// well-formed or not: the general decoder then says what it is. A build reads
// every figures.json back for the long tables, and the general decoder takes
// more time over them than the tables themselves.
func parse(data []byte) (f *File, ok bool) {
	if !utf8.Valid(data) {
		return nil, false
	}
	p := &parser{s: string(data)} // texts are parts of this one
	defer func() {
		if r := recover(); r != nil {
			if r != errForeign {
				panic(r)
			}
			f, ok = nil, false
		}
	}()
	f = &File{}
	seen := map[string]bool{}
	p.object(func(name string) {
		if seen[name] {
			p.foreign()
		}
		seen[name] = true
		switch name {
		case "department":
			f.Department = p.text()
		case "name":
			f.Name = p.text()
		case "year":
			f.Year = p.number()
		case "files":
			f.Files = []SourceFile{}
			p.array(func() { f.Files = append(f.Files, p.file()) })
		case "prior":
			f.Prior = map[string][]string{}
			p.object(func(id string) { f.Prior[id] = p.texts() })
		case "withheld":
			f.Withheld = p.texts()
		case "rows":
			f.Rows = []Row{}
			p.array(func() { f.Rows = append(f.Rows, p.row()) })
		case "figures":
			f.Figures = make([]*Figure, 0, strings.Count(p.s[p.i:], "\n"))
			p.array(func() { f.Figures = append(f.Figures, p.figure()) })
		default:
			p.foreign()
		}
	})
	p.space()
	return f, p.i == len(p.s)
}

// errForeign stops parse at what Write does not write.
const errForeign = "proof: foreign JSON"

type parser struct {
	s string
	i int
}

func (p *parser) foreign() { panic(errForeign) }

func (p *parser) space() {
	for p.i < len(p.s) && (p.s[p.i] == ' ' || p.s[p.i] == '\n' || p.s[p.i] == '\r' || p.s[p.i] == '\t') {
		p.i++
	}
}

// at reports whether the next sign is c, and passes it if it is.
func (p *parser) at(c byte) bool {
	p.space()
	if p.i < len(p.s) && p.s[p.i] == c {
		p.i++
		return true
	}
	return false
}

func (p *parser) want(c byte) {
	if !p.at(c) {
		p.foreign()
	}
}

// object reads an object; member is told each name and reads its value.
func (p *parser) object(member func(name string)) {
	p.want('{')
	if p.at('}') {
		return
	}
	for {
		name := p.text()
		p.want(':')
		member(name)
		if p.at('}') {
			return
		}
		p.want(',')
	}
}

func (p *parser) array(element func()) {
	p.want('[')
	if p.at(']') {
		return
	}
	for {
		element()
		if p.at(']') {
			return
		}
		p.want(',')
	}
}

// telling are the letters inside a text that are more than themselves.
var telling = func() (t [256]bool) {
	for c := range ' ' {
		t[c] = true
	}
	t['"'], t['\\'] = true, true
	return t
}()

func (p *parser) text() string {
	p.want('"')
	start := p.i
	escaped, quotes := false, true // whether anything is, and nothing but quotes
	for i := start; i < len(p.s); i++ {
		c := p.s[i]
		if !telling[c] {
			continue
		}
		switch c {
		case '"':
			p.i = i + 1
			switch {
			case !escaped:
				return p.s[start:i]
			case quotes: // as in nearly all formulas
				return strings.ReplaceAll(p.s[start:i], `\"`, `"`)
			}
			var out string
			if json.Unmarshal([]byte(p.s[start-1:i+1]), &out) != nil {
				p.foreign()
			}
			return out
		case '\\':
			escaped = true
			i++
			quotes = quotes && i < len(p.s) && p.s[i] == '"'
		default:
			p.foreign()
		}
	}
	p.foreign()
	return ""
}

func (p *parser) texts() []string {
	out := []string{}
	p.array(func() { out = append(out, p.text()) })
	return out
}

// once refuses a member that is said twice, which the general decoder joins.
func (p *parser) once(m map[string]string) {
	if m != nil {
		p.foreign()
	}
}

// table reads an object of texts.
func (p *parser) table() map[string]string {
	out := map[string]string{}
	p.object(func(name string) { out[name] = p.text() })
	return out
}

func (p *parser) number() int {
	p.space()
	start := p.i
	for p.i < len(p.s) && (p.s[p.i] == '-' || p.s[p.i] >= '0' && p.s[p.i] <= '9') {
		p.i++
	}
	digits := p.s[start:p.i]
	n, err := strconv.ParseInt(digits, 10, 32)
	if err != nil || strconv.FormatInt(n, 10) != digits {
		p.foreign()
	}
	return int(n)
}

// null passes null and reports whether it stood there.
func (p *parser) null() bool {
	p.space()
	if strings.HasPrefix(p.s[p.i:], "null") {
		p.i += len("null")
		return true
	}
	return false
}

func (p *parser) file() (f SourceFile) {
	p.object(func(name string) {
		switch name {
		case "file":
			f.File = p.text()
		case "sheet":
			f.Sheet = p.text()
		case "sha256":
			f.SHA256 = p.text()
		case "encoding":
			f.Encoding = p.text()
		default:
			p.foreign()
		}
	})
	return f
}

func (p *parser) row() (r Row) {
	p.object(func(name string) {
		switch name {
		case "table":
			r.Table = p.text()
		case "key":
			r.Key = p.text()
		case "label":
			r.Label = p.text()
		case "level":
			r.Level = p.text()
		case "attrs":
			p.once(r.Attrs)
			r.Attrs = p.table()
		case "cells":
			p.once(r.Cells)
			r.Cells = p.table()
		default:
			p.foreign()
		}
	})
	return r
}

func (p *parser) figure() *Figure {
	x := &Figure{}
	p.object(func(name string) {
		switch name {
		case "id":
			x.ID = p.text()
		case "label":
			x.Label = p.text()
		case "label_en":
			x.LabelEN = p.text()
		case "value":
			if x.Value = nil; !p.null() {
				v := p.text()
				x.Value = &v
			}
		case "unit":
			x.Unit = p.text()
		case "decimals":
			x.Decimals = int32(p.number())
		case "state":
			x.State = p.text()
		case "stage":
			x.Stage = p.text()
		case "display":
			x.Display = p.text()
		case "written":
			x.Written = p.text()
		case "interval":
			x.Interval = p.interval()
		case "csv":
			x.CSV = p.text()
		case "source":
			if x.Source != nil { // said twice, which the general decoder joins
				p.foreign()
			}
			x.Source = p.source()
		case "formula":
			x.Formula = p.text()
		case "row":
			x.Row = p.text()
		case "table":
			x.Table = p.text()
		case "inputs":
			x.Inputs = p.texts()
		case "names":
			x.Names = p.text()
		case "names_en":
			x.NamesEN = p.text()
		case "numbers":
			x.Numbers = p.text()
		default:
			p.foreign()
		}
	})
	return x
}

func (p *parser) interval() *[2]string {
	if p.null() {
		return nil
	}
	var out [2]string
	p.want('[')
	out[0] = p.text()
	p.want(',')
	out[1] = p.text()
	p.want(']')
	return &out
}

func (p *parser) source() *Source {
	s := &Source{}
	p.object(func(name string) {
		switch name {
		case "file":
			s.File = p.text()
		case "sheet":
			s.Sheet = p.text()
		case "cell":
			s.Cell = p.text()
		case "line":
			s.Line = p.number()
		case "column":
			s.Column = p.number()
		case "heading":
			s.Heading = p.text()
		case "text":
			s.Text = p.text()
		case "unit":
			s.Unit = p.text()
		case "decimals":
			s.Decimals = int32(p.number())
		default:
			p.foreign()
		}
	})
	return s
}

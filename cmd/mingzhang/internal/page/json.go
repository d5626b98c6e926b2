package page

import (
	"html/template"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/jsontext"
	"mingzhang/cmd/mingzhang/internal/spare"
)

// JSON writes a page for machines: the same texts, tables and figures as on the
// page, in the order of its struct. Names are those of the struct's fields in
// lower case with underscores; what is blank is left out. A number is
//
//	{"text": "88,788.04", "figure": "outturn", "value": "88788.04", "unit": "万元"}
//
// with the text that the page shows, the figure's lasting id and the exact value
// in its unit. An id is led by its department-year, as in huoli/2024#outturn,
// unless that is the page's own, which the member home names. Another state than
// "number" is said in the member state. Addresses are relative to the page, beside
// which the file stands.
// The bytes are lent by package spare.
func JSON(p any) []byte {
	e := &encoder{buf: spare.Bytes()}
	v := reflect.ValueOf(p).Elem()
	base := v.FieldByName("Base").Interface().(Base)
	e.raw(`{"kind":`)
	e.str(base.Kind)
	e.member("language", base.Tag)
	e.member("title", base.Title)
	e.member("description", base.Description)
	e.member("page", base.Path)
	e.home = homeOf(strings.TrimPrefix(base.Path, base.own))
	e.member("home", e.home)
	e.member("address", base.Canonical)
	e.member("as_of", base.Published)
	e.fields(v)
	e.raw("}\n")
	return e.buf
}

// DataFile is the file of a page's JSON, beside the page; ok is false for pages
// that say nothing of their own, and for proofs, of which figures.json says
// more.
func DataFile(html string) (name string, ok bool) {
	base := html[strings.LastIndexByte(html, '/')+1:]
	if base == NotFoundPath || base == figure.ProofPage {
		return "", false
	}
	return strings.TrimSuffix(html, ".html") + ".json", true
}

// DataHref is the page's JSON as seen from the page, or "". It stands beside the
// page of the site's main language: its ids and values are those of every
// language, and figures.json has the names in all of them.
func (b *Base) DataHref() string {
	name, ok := DataFile(File(b.Path))
	switch {
	case !ok:
		return ""
	case b.own != "":
		return b.Root + strings.TrimPrefix(name, b.own)
	}
	return name[strings.LastIndexByte(name, '/')+1:]
}

// homeOf is the department-year whose page stands at an address: huoli/2024.
func homeOf(address string) string {
	parts := strings.SplitN(address, "/", 3)
	if len(parts) < 3 {
		return ""
	}
	if y, err := strconv.Atoi(parts[1]); err != nil || y < 1000 {
		return ""
	}
	return parts[0] + "/" + parts[1]
}

type encoder struct {
	buf  []byte
	home string // of the page's own figures
}

func (e *encoder) raw(s string) { e.buf = append(e.buf, s...) }

func (e *encoder) str(s string) { e.buf = jsontext.AppendString(e.buf, s) }

// member writes a member after others unless its text is blank.
func (e *encoder) member(name, s string) {
	if s != "" {
		e.raw(`,"`)
		e.raw(name)
		e.raw(`":`)
		e.str(s)
	}
}

// field is a field of a struct that goes into JSON.
type field struct {
	index int
	lead  string // `"name":`
}

var plans sync.Map // reflect.Type → []field

// planOf lists the fields of a struct that machines get. Markup is left to the
// page, but for the pieces of narratives, which are nothing else.
func planOf(t reflect.Type) []field {
	if p, ok := plans.Load(t); ok {
		return p.([]field)
	}
	var out []field
	for i := range t.NumField() {
		f := t.Field(i)
		markup := f.Type == reflect.TypeFor[template.HTML]() && t != reflect.TypeFor[Prose]()
		if f.IsExported() && f.Type != reflect.TypeFor[Base]() && !markup && f.Tag.Get("json") != "-" {
			out = append(out, field{i, `"` + snake(f.Name) + `":`})
		}
	}
	plans.Store(t, out)
	return out
}

// snake turns DeptKind into dept_kind and CSV into csv.
func snake(name string) string {
	var b strings.Builder
	letters := []rune(name)
	for i, r := range letters {
		if unicode.IsUpper(r) && i > 0 && (unicode.IsLower(letters[i-1]) || i+1 < len(letters) && unicode.IsLower(letters[i+1])) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// fields writes the members of a struct after others.
func (e *encoder) fields(v reflect.Value) {
	for _, f := range planOf(v.Type()) {
		if x := v.Field(f.index); !blank(x) {
			if e.buf[len(e.buf)-1] != '{' {
				e.raw(",")
			}
			e.raw(f.lead)
			e.value(x)
		}
	}
}

func blank(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map:
		return v.Len() == 0
	case reflect.Func, reflect.Chan:
		return true
	}
	return v.IsZero()
}

func (e *encoder) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if n, ok := v.Interface().(*Num); ok {
			e.num(n)
			return
		}
		e.value(v.Elem())
	case reflect.Struct:
		switch x := v.Addr().Interface().(type) {
		case *Num:
			e.num(x)
		case *Row:
			e.row(x)
		case *Phrase:
			e.phrase(x)
		case *Link:
			e.link(x)
		default:
			e.raw("{")
			e.fields(v)
			e.raw("}")
		}
	case reflect.Slice, reflect.Array:
		if list, ok := v.Interface().([]CellProof); ok {
			e.cellProofs(list)
			return
		}
		e.raw("[")
		for i := range v.Len() {
			if i > 0 {
				e.raw(",")
			}
			e.value(v.Index(i))
		}
		e.raw("]")
	case reflect.String:
		e.str(v.String())
	case reflect.Bool:
		if v.Bool() {
			e.raw("true")
		} else {
			e.raw("false")
		}
	default:
		e.other(v)
	}
}

// lead begins an object with a member, or goes on with it.
func (e *encoder) lead(name string) {
	if e.buf[len(e.buf)-1] != '{' {
		e.raw(",")
	}
	e.raw(`"`)
	e.raw(name)
	e.raw(`":`)
}

// first writes a member, which may be the first, unless its text is blank.
func (e *encoder) first(name, s string) {
	if s != "" {
		e.lead(name)
		e.str(s)
	}
}

// cellProofs, phrases, links and rows are written by hand: pages have hundreds.
func (e *encoder) cellProofs(list []CellProof) {
	e.raw("[")
	for i := range list {
		if i > 0 {
			e.raw(",")
		}
		p := &list[i]
		e.raw("{")
		e.first("id", p.ID)
		e.first("label", p.Label)
		if p.Num != nil {
			e.lead("num")
			e.num(p.Num)
		}
		if len(p.Line) > 0 {
			e.lead("line")
			e.line(p.Line)
		}
		e.raw("}")
	}
	e.raw("]")
}

func (e *encoder) line(list []Phrase) {
	e.raw("[")
	for i := range list {
		if i > 0 {
			e.raw(",")
		}
		e.phrase(&list[i])
	}
	e.raw("]")
}

func (e *encoder) phrase(p *Phrase) {
	e.raw("{")
	e.first("text", p.Text)
	if p.Num != nil {
		e.lead("num")
		e.num(p.Num)
	}
	e.raw("}")
}

func (e *encoder) link(l *Link) {
	e.raw("{")
	e.first("text", l.Text)
	e.first("href", l.Href)
	e.first("title", l.Title)
	if l.Here {
		e.lead("here")
		e.raw("true")
	}
	e.raw("}")
}

func (e *encoder) row(r *Row) {
	e.raw(`{"cells":[`)
	for i := range r.Cells {
		if i > 0 {
			e.raw(",")
		}
		c := &r.Cells[i]
		switch {
		case c.Num != nil:
			e.num(c.Num)
		case len(c.Line) > 0 || c.Href != "": // rare
			e.raw("{")
			e.fields(reflect.ValueOf(c).Elem())
			e.raw("}")
		default:
			e.str(c.Text)
		}
	}
	e.raw("]")
	e.member("class", r.Class)
	e.raw("}")
}

func (e *encoder) num(n *Num) {
	if n == nil {
		e.raw("null")
		return
	}
	e.raw(`{"text":`)
	e.str(n.Text)
	if f := n.of; f != nil {
		switch f.Home {
		case "":
		case e.home:
			e.member("figure", f.ID)
		default:
			e.member("figure", f.Home+"#"+f.ID)
		}
		if f.Value.Known() {
			e.raw(`,"value":"`)
			e.buf = append(f.Value.AppendPlain(e.buf), '"') // digits alone
		}
		e.member("unit", f.Value.Unit.Sign())
		if w := f.Value.Word(); w != "number" {
			e.member("state", w)
		}
	}
	e.raw("}")
}

// other writes numbers of the page itself, such as a year or a count.
func (e *encoder) other(v reflect.Value) {
	switch {
	case v.CanInt():
		e.buf = strconv.AppendInt(e.buf, v.Int(), 10)
	case v.CanUint():
		e.buf = strconv.AppendUint(e.buf, v.Uint(), 10)
	default:
		e.raw("null") // a contract test keeps other kinds out of page structs
	}
}

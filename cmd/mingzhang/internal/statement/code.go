package statement

import (
	"regexp"
	"strings"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/standard"
	"mingzhang/cmd/mingzhang/internal/table"
)

// coder reads the codes of one table.
type coder struct {
	sheet *table.Sheet
	dict  *standard.Dictionary
	year  int
	list  diag.List
	class string // of the rows above, for split columns that leave it blank
	div   string
	bad   bool // the row's code was there and could not be read
}

var codeForm = regexp.MustCompile(`^\d{3}(\d{2}){0,2}$`)

// read returns the code of a row, "" for a row without one. What is understood
// in spite of its form is told; what is not is told as an error.
func (c *coder) read(b *schema.Binding, r table.Row) (string, table.Cell) {
	c.bad = false
	if _, ok := b.Column("class"); ok {
		return c.split(b, r)
	}
	t := b.Text(r, "code")
	raw := t.Code()
	if raw == "" || !strings.ContainsAny(raw, "0123456789") {
		return "", t.Cell
	}
	if codeForm.MatchString(raw) {
		return raw, t.Cell
	}
	name := b.Text(r, "name").Value
	if code, ok := c.mend(raw, name); ok {
		f := c.sheet.Finding(MisprintedCode, t.Cell, t.Value, name, code)
		f.Expected, f.Key = code, raw
		c.list.Add(f)
		return code, t.Cell
	}
	f := c.sheet.Finding(BadCode, t.Cell, t.Value, name)
	if named := c.dict.Named(name); len(named) > 0 {
		f.Expected = named[0].Code
		f.Fix = lang.Sprintf(lang.Text{ZH: "按名称，编码可能是 %s；请补正", EN: "by its name the code may be %s"}, named[0].Code)
	}
	c.list.Add(f)
	c.bad = true
	return "", t.Cell
}

// mend finds the code that a malformed one was meant to be: its digits without
// gaps, or the code of the same name whose digits contain these in order.
func (c *coder) mend(raw, name string) (string, bool) {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, raw)
	if strings.ContainsAny(raw, "eE.") && strings.Trim(raw, "0123456789.eE+-") == "" && strings.ContainsAny(raw, "eE") {
		return "", false // scientific notation lost digits
	}
	if strings.ContainsAny(raw, " -.\t/") && codeForm.MatchString(digits) && len(c.dict.Any(digits)) > 0 {
		return digits, true
	}
	for _, e := range c.dict.Named(name) {
		if subsequence(digits, e.Code) && len(e.Code)-len(digits) <= 2 && len(digits) >= 3 {
			return e.Code, true
		}
	}
	return "", false
}

func subsequence(part, whole string) bool {
	i := 0
	for j := 0; j < len(whole) && i < len(part); j++ {
		if whole[j] == part[i] {
			i++
		}
	}
	return i == len(part)
}

// split joins 类, 款 and 项 that stand in three columns. A blank 类 or 款 above
// a filled 项 is the one of the row above.
func (c *coder) split(b *schema.Binding, r table.Row) (string, table.Cell) {
	part := func(field string, width int) (string, table.Cell) {
		t := b.Text(r, field)
		s := t.Code()
		if s != "" && len(s) < width && strings.Trim(s, "0123456789") == "" {
			s = strings.Repeat("0", width-len(s)) + s
		}
		return s, t.Cell
	}
	class, at := part("class", 3)
	div, divAt := part("division", 2)
	item, itemAt := part("item", 2)
	if class == "" && div == "" && item == "" {
		return "", at
	}
	raw := strings.Join([]string{at.Text, divAt.Text, itemAt.Text}, " ")
	switch {
	case class != "" && strings.Trim(class, "0123456789") != "":
		return "", at // 合计 in the code column
	case class != "":
		c.class, c.div = class, div
	case div != "":
		class, c.div = c.class, div
	default:
		class, div = c.class, c.div
	}
	// The whole code may stand in the last column: 201 | 20106 | 2010601.
	for _, whole := range []string{item, div} {
		if codeForm.MatchString(whole) && len(whole) > 3 && strings.HasPrefix(whole, class) {
			return whole, at
		}
	}
	code := class + div + item
	if !codeForm.MatchString(code) {
		name := b.Text(r, "name").Value
		if mended, ok := c.mend(code, name); ok {
			c.list.Add(c.sheet.Finding(MisprintedCode, at, raw, name, mended))
			return mended, at
		}
		c.list.Add(c.sheet.Finding(BadCode, at, raw, name))
		c.bad = true
		return "", at
	}
	if (strings.TrimSpace(divAt.Text) != div && div != "" && divAt.Text != "" && len(strings.TrimSpace(divAt.Text)) < 2) ||
		(strings.TrimSpace(itemAt.Text) != item && item != "" && len(strings.TrimSpace(itemAt.Text)) < 2) {
		c.list.Add(c.sheet.Finding(SplitCode, at, strings.TrimSpace(raw), code))
	}
	// A misprinted 类, as 7 for 210, gives a code that no list has.
	if len(c.dict.Any(code[:3])) == 0 {
		name := b.Text(r, "name").Value
		for _, e := range c.dict.Named(name) {
			if len(e.Code) == len(code) && e.Code[3:] == code[3:] {
				c.list.Add(c.sheet.Finding(MisprintedCode, at, strings.TrimSpace(raw), name, e.Code))
				return e.Code, at
			}
		}
	}
	return code, at
}

// compare holds a code and its name against the dictionary of the year.
func (c *coder) compare(code, name string, at table.Cell) {
	entries := c.dict.Any(code)
	if len(entries) == 0 {
		f := c.sheet.Finding(UnknownCode, at, code, name)
		f.Key = code
		if len(code) == 3 {
			f.Severity = diag.Error
		} else if len(c.dict.Any(code[:3])) == 0 {
			f.Severity = diag.Error
		}
		for _, e := range c.dict.Named(name) {
			if len(e.Code) == len(code) && standard.Parent(e.Code) == standard.Parent(code) {
				f.Expected = e.Code
				f.Severity = max(f.Severity, diag.Warning)
				f.Fix = lang.Sprintf(lang.Text{ZH: "按名称，编码应当是 %s；请核对", EN: "by its name the code should be %s"}, e.Code)
			}
		}
		if f.Expected == "" {
			if near := label.Nearest(code, c.siblings(code)); near != "" && f.Severity == diag.Error {
				f.Expected = near
				f.Fix = lang.Sprintf(lang.Text{ZH: "最接近的编码是 %s（%s）；请核对", EN: "the nearest code is %s (%s)"}, near, c.dict.Name(near, c.year))
			}
		}
		c.list.Add(f)
		return
	}
	if name == "" {
		return
	}
	var now *standard.Entry
	for _, e := range entries {
		if named(e, name) {
			if (e.From == 0 || c.year >= e.From) && (e.Until == 0 || c.year <= e.Until) {
				return
			}
			now, _ = c.dict.In(code, c.year)
			if now == nil || named(now, name) {
				return
			}
			f := c.sheet.Finding(OtherYearName, at, code, name, c.year, now.Name)
			f.Expected, f.Key = now.Name, code
			c.list.Add(f)
			return
		}
	}
	now, _ = c.dict.In(code, c.year)
	if now == nil {
		now = entries[len(entries)-1]
	}
	// Where the list is not sure of the code's own name, only a sister code that
	// certainly has this one objects.
	unsure := now.Evidence > "B"
	for _, e := range c.dict.Named(name) {
		if len(e.Code) == len(code) && e.Evidence <= "B" && (!unsure || standard.Parent(e.Code) == standard.Parent(code)) {
			f := c.sheet.Finding(CodeNameMismatch, at, code, name, now.Name)
			f.Key = code
			f.Expected = e.Code
			f.Fix = lang.Sprintf(lang.Text{ZH: "核对编码和名称；按名称，编码应当是 %s", EN: "check both; by the name the code would be %s"}, e.Code)
			c.list.Add(f)
			return
		}
	}
}

func named(e *standard.Entry, name string) bool {
	key := label.Fold(name)
	if label.Fold(e.Name) == key || label.Fold(strings.TrimSuffix(e.Name, "支出")) == label.Fold(strings.TrimSuffix(name, "支出")) {
		return true
	}
	for _, a := range e.Aliases {
		if label.Fold(a) == key {
			return true
		}
	}
	return false
}

func (c *coder) siblings(code string) []string {
	var out []string
	for _, k := range c.dict.Codes() {
		if len(k) == len(code) {
			out = append(out, k)
		}
	}
	return out
}

var leadingNumber = regexp.MustCompile(`^\s*(?:[（(](?:[一二三四五六七八九十]+|\d+)[）)]|(?:[一二三四五六七八九十]+|\d+)[、.．,，]|其中[：:])\s*`)

var itemNumber = regexp.MustCompile(`^\s*[一二三四五六七八九十]+[、.．,，]`)

// numberedItem reports whether a text is numbered as the items of a double
// table are, 一、…: rows below them are not, or are numbered otherwise.
func numberedItem(s string) bool { return itemNumber.MatchString(s) }

// stripNumber takes the numbering off an item: 一、财政拨款收入, 1.一般公共预算.
func stripNumber(s string) string {
	s = money.Fold(s)
	for {
		rest := leadingNumber.ReplaceAllString(s, "")
		if rest == s || rest == "" {
			return strings.TrimSpace(s)
		}
		s = rest
	}
}

// classCode finds the functional class that an item of a double table names.
func (f *Form) classCode(name string, year int) (string, bool) {
	d := f.reg.Functions
	name = stripNumber(name)
	for _, n := range []string{name, name + "支出", strings.TrimSuffix(name, "支出")} {
		for _, e := range d.Named(n) {
			if len(e.Code) == 3 {
				return e.Code, true
			}
		}
	}
	var names []string
	byName := map[string]string{}
	for _, code := range d.Codes() {
		if len(code) == 3 {
			n := d.Name(code, year)
			names = append(names, n)
			byName[n] = code
		}
	}
	if near := label.Nearest(name, names); near != "" && len([]rune(name)) >= 4 {
		return byName[near], true
	}
	return "", false
}

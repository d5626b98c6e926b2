package schema

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/gocarina/gocsv"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/table"
)

// records feeds a binding's rows to gocsv: a header of field ids, then packed
// cells.
type records struct {
	rows [][]string
	next int
}

// Read returns the next record.
func (r *records) Read() ([]string, error) {
	if r.next >= len(r.rows) {
		return nil, io.EOF
	}
	r.next++
	return r.rows[r.next-1], nil
}

// ReadAll returns the records not yet read.
func (r *records) ReadAll() ([][]string, error) {
	rest := r.rows[r.next:]
	r.next = len(r.rows)
	return rest, nil
}

// Decode reads the rows of a binding into structs whose csv tags are field ids.
// Cells that cannot be read are findings; their values stay "not reported".
func Decode[T any](b *Binding) ([]T, diag.List) {
	var list diag.List
	rows := b.pack(&list)
	if len(rows) == 1 {
		if !b.Table.Site { // waivers may have become none
			head := b.Sheet.Rows[b.Layout.Header[0]]
			list.Add(b.Sheet.Finding(NoRows, head[0], b.Table.Name))
		}
		return nil, list
	}
	var read []*T // as pointers: of a struct gocsv makes two for each row
	if err := gocsv.UnmarshalCSV(&records{rows: rows}, &read); err != nil {
		panic(fmt.Sprintf("schema: rows of %s do not fit their struct: %v", b.Table.ID, err))
	}
	out := make([]T, len(read))
	for i, r := range read {
		out[i] = *r
	}
	b.checkRows(&list)
	return out, list
}

// pack reads every cell once by its column's type, tells what cannot be read,
// and hands the rows on in the form in which gocsv carries them.
func (b *Binding) pack(list *diag.List) [][]string {
	rows := make([][]string, 0, len(b.Rows)+1)
	head := make([]string, len(b.Columns))
	for i, c := range b.Columns {
		head[i] = c.Field.ID
	}
	rows = append(rows, head)
	var odd oddities
	for _, r := range b.Rows {
		rec := make([]string, len(b.Columns))
		for i, c := range b.Columns {
			cell := r[len(r)-1]
			if c.Index < len(r) {
				cell = r[c.Index]
			} else {
				cell.Text = "" // the row is short; told when the rows were taken
			}
			extra, f := b.inspect(c, cell, &odd)
			list.Add(f)
			rec[i] = pack(cell, extra, c.Unit, c.Places)
		}
		rows = append(rows, rec)
	}
	list.Add(odd.notes(b.Sheet)...)
	return rows
}

var (
	wantNumber = lang.Text{ZH: "数字", EN: "a number"}
	wantWhole  = lang.Text{ZH: "整数", EN: "a whole number"}
	wantYesNo  = lang.Text{ZH: "「是」或「否」", EN: "是 (yes) or 否 (no)"}
)

// inspect reads one cell by its column's type. It returns the id of a choice
// and the finding about a cell that does not fit its type.
func (b *Binding) inspect(c Column, cell table.Cell, odd *oddities) (choice string, f *diag.Finding) {
	switch c.Field.Type {
	case TypeChoice:
		return b.inspectChoice(c, cell)
	case TypeDate:
		if _, ok := DateOf(cell.Text); !ok {
			f = b.valueFinding(DateUnclear, c, cell, c.Field.Name, cell.Text)
		}
	case TypeYesNo:
		if _, _, ok := yesNoOf(cell.Text); !ok {
			f = b.valueFinding(TypeError, c, cell, c.Field.Name, wantYesNo, cell.Text)
		}
	case TypeAmount, TypeCount, TypePercent, TypeScore:
		v, how, err := money.Parse(cell.Text, c.Unit, c.Places)
		odd.number(cell, how)
		if err == nil && c.Field.Type == TypeCount && v.Known() && !v.Num().IsInteger() {
			return "", b.valueFinding(TypeError, c, cell, c.Field.Name, wantWhole, cell.Text)
		}
		if err == nil {
			return "", nil
		}
		code := codeOf(err)
		if code == TypeError {
			return "", b.valueFinding(code, c, cell, c.Field.Name, wantNumber, cell.Text)
		}
		f = b.valueFinding(code, c, cell, c.Field.Name, cell.Text)
	default:
		odd.text(cell)
		switch text := money.Fold(cell.Text); {
		case text == "" || !strings.ContainsRune("#=@", rune(text[0])): // as nearly all
		case spreadsheetError.MatchString(text):
			return "", b.valueFinding(SpreadsheetError, c, cell, c.Field.Name, cell.Text)
		case formulaText.MatchString(text):
			return "", b.valueFinding(FormulaAsText, c, cell, c.Field.Name, cell.Text)
		}
		if c.Field.Type == TypeCode && isScientific(cell.Text) {
			f = b.valueFinding(ScientificNotation, c, cell, c.Field.Name, cell.Text)
		}
		if c.Field.Type == TypeCode && lostDigits(cell.Text) {
			f = b.valueFinding(DigitsLost, c, cell, c.Field.Name, cell.Text)
		}
		if f == nil && c.Field.Class {
			f = b.inspectClass(c, cell)
		}
	}
	return "", f
}

// What a spreadsheet leaves in a text cell: an error value, or a formula that is
// not the ="…" by which it keeps a text.
var (
	spreadsheetError = regexp.MustCompile(`^#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)$`)
	formulaText      = regexp.MustCompile(`^(?:=[A-Za-z0-9(+\-$']|@[A-Za-z]+\()`)
)

// isClassCode reports whether a text has the form of a code: three digits for a 类
// and two for each level below.
func isClassCode(s string) bool {
	return len(s) >= 3 && len(s) <= 9 && len(s)%2 == 1 && strings.Trim(s, "0123456789") == ""
}

// inspectClass tells a code that has no place in a classification: what it stands
// for would be counted under a class of its own.
func (b *Binding) inspectClass(c Column, cell table.Cell) *diag.Finding {
	if isClassCode(cell.Text) {
		return nil // as nearly all
	}
	code := codeOfText(cell.Text)
	if code == "" || isClassCode(code) {
		return nil
	}
	f := b.valueFinding(ClassForm, c, cell, c.Field.Name, cell.Text)
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, code)
	switch {
	case digits == "":
		f.Fix = lang.Text{ZH: "名称写在「科目名称」一列，没有编码就留空", EN: "names go into the column 科目名称; leave the code blank if there is none"}
	case isClassCode(digits):
		f.Expected = digits
		f.Fix = lang.Sprintf(lang.Text{ZH: "是不是 %s？把这一列设为「文本」，只写数字", EN: "did you mean %s? Format the column as text and write digits only"}, digits)
	}
	return f
}

// lostDigits reports whether a code of more than fifteen digits has only zeros
// after them.
func lostDigits(text string) bool {
	s := money.Fold(text)
	return len(s) >= 17 && strings.Trim(s, "0123456789") == "" && strings.Trim(s[15:], "0") == ""
}

func isScientific(s string) bool {
	_, _, err := money.Parse(s, money.NoUnit, 0)
	return errors.Is(err, money.ErrScientific)
}

func (b *Binding) inspectChoice(c Column, cell table.Cell) (string, *diag.Finding) {
	if strings.TrimSpace(cell.Text) == "" {
		return "", nil
	}
	choices := b.lists[c.Field.Choices]
	if o, ok := choices.Find(cell.Text); ok {
		return o.ID, nil
	}
	if c.Field.Open {
		return "", nil
	}
	f := b.valueFinding(UnknownChoice, c, cell, c.Field.Name, cell.Text)
	names := strings.Join(choices.Names(), "、")
	f.Fix = lang.Sprintf(lang.Text{ZH: "改用下列之一：%s", EN: "use one of: %s"}, names)
	if near := label.Nearest(cell.Text, choices.Names()); near != "" {
		f.Expected = near
		f.Fix = lang.Sprintf(lang.Text{ZH: "是不是「%s」？可用的写法：%s", EN: "did you mean %s? Choices: %s"}, near, names)
	}
	return "", f
}

// valueFinding makes a finding about a cell that does not fit its column.
func (b *Binding) valueFinding(code *diag.Code, c Column, cell table.Cell, args ...any) *diag.Finding {
	f := b.Sheet.Finding(code, cell, args...)
	f.Table = b.Table.Name
	f.Place.Field = c.Heading.Text
	f.Rule = b.Table.Place(c.Field.ID)
	return f
}

// Validate tells every cell that does not fit its column's type, for tables whose
// rows are not read into structs.
func (b *Binding) Validate() diag.List {
	var list diag.List
	b.pack(&list)
	return list
}

// Amount reads the number of a row in a column; the zero Amount if the sheet has
// no such column. Cells that are no number were told by Validate.
func (b *Binding) Amount(r table.Row, fieldID string) Amount {
	c, ok := b.Column(fieldID)
	if !ok || c.Index >= len(r) {
		return Amount{}
	}
	cell := r[c.Index]
	v, how, err := money.Parse(cell.Text, c.Unit, c.Places)
	if err != nil {
		v = money.Absent(money.NotReported, c.Unit)
	}
	return Amount{Value: v, Cell: cell, How: how}
}

// Text reads the text of a row in a column.
func (b *Binding) Text(r table.Row, fieldID string) Text {
	c, ok := b.Column(fieldID)
	if !ok || c.Index >= len(r) {
		return Text{}
	}
	clean, _ := label.Clean(r[c.Index].Text)
	return Text{Value: clean, Cell: r[c.Index]}
}

// checkRows tells blanks where something must stand and rows with one key.
func (b *Binding) checkRows(list *diag.List) {
	keys := make([]bool, len(b.Columns))
	for i, c := range b.Columns {
		keys[i] = isKey(b.Table, c.Field.ID)
	}
	seen := make(map[string]int, len(b.Rows))
	var key []byte
	for _, r := range b.Rows {
		key = key[:0]
		blank := true
		for i, c := range b.Columns {
			if !keys[i] && !c.Field.Required {
				continue
			}
			text := textAt(r, c.Index)
			if c.Field.Required && text == "" && c.Index < len(r) {
				f := b.Sheet.Finding(RequiredBlank, r[c.Index], c.Field.Name)
				f.Rule = b.Table.Place(c.Field.ID)
				list.Add(f)
			}
			if keys[i] {
				folded := label.Fold(text)
				blank = blank && folded == ""
				key = append(append(key, folded...), 0)
			}
		}
		if blank {
			continue
		}
		first, ok := seen[string(key)]
		if !ok {
			seen[string(key)] = int(r[0].Row)
			continue
		}
		var names []string
		for i, c := range b.Columns {
			if text := textAt(r, c.Index); keys[i] && text != "" {
				names = append(names, text)
			}
		}
		f := b.Sheet.Finding(DuplicateRow, r[0], first, strings.Join(names, " "))
		f.Key = strings.Join(names, "/")
		list.Add(f)
	}
}

func isKey(t *Table, id string) bool {
	if id == "department" || id == "year" {
		return len(t.Key) > 0
	}
	for _, k := range t.Key {
		if k == id {
			return true
		}
	}
	return false
}

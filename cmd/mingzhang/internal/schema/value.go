package schema

import (
	"encoding/binary"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/table"
)

// The values of typed rows. Each keeps the cell it was read from; a column that
// the file does not have leaves the zero value, whose cell is not Present.
type (
	// Text is a name, code or sentence, cleaned of invisible characters.
	Text struct {
		Value string
		Cell  table.Cell
	}
	// Amount is a number with unit, state and interval.
	Amount struct {
		money.Value
		Cell table.Cell
		How  money.Reading
	}
	// Choice is one of a list of words; ID is empty for a text that an open
	// list does not name.
	Choice struct {
		ID    string
		Value string
		Cell  table.Cell
	}
	// Date is a calendar day; the zero time is "not reported".
	Date struct {
		time.Time
		Cell table.Cell
	}
	// YesNo is an answer that may be missing.
	YesNo struct {
		Known bool
		Yes   bool
		Cell  table.Cell
	}
)

// Unread reports whether the cell holds something that was not understood, and
// was told as such: its number is neither zero nor blank but unknown.
func (a Amount) Unread() bool {
	return a.State == money.NotReported && strings.TrimSpace(money.Fold(a.Cell.Text)) != "" && a.Cell.Present()
}

// A packed cell is what gocsv carries from a sheet to a struct: the text, the
// id of a resolved choice, and a trailer with place, unit and places, so that
// each value can parse itself and keep its cell.
const trailerSize = 20

func pack(c table.Cell, extra string, u money.Unit, places int32) string {
	var t [trailerSize]byte
	binary.LittleEndian.PutUint32(t[0:], uint32(c.Line))
	binary.LittleEndian.PutUint32(t[4:], uint32(c.Column))
	binary.LittleEndian.PutUint32(t[8:], uint32(c.Row))
	binary.LittleEndian.PutUint16(t[12:], uint16(c.Col))
	t[14], t[15] = byte(u), byte(places)
	binary.LittleEndian.PutUint16(t[16:], uint16(len(extra)))
	return c.Text + extra + string(t[:])
}

func unpack(s string) (c table.Cell, extra string, u money.Unit, places int32, err error) {
	if len(s) < trailerSize {
		return c, "", 0, 0, fmt.Errorf("not a packed cell: %q", s)
	}
	t, body := s[len(s)-trailerSize:], s[:len(s)-trailerSize]
	u32 := func(i int) int32 {
		return int32(uint32(t[i]) | uint32(t[i+1])<<8 | uint32(t[i+2])<<16 | uint32(t[i+3])<<24)
	}
	u16 := func(i int) int { return int(t[i]) | int(t[i+1])<<8 }
	n := u16(16)
	c = table.Cell{Text: body[:len(body)-n], Line: u32(0), Column: u32(4), Row: u32(8), Col: int32(u16(12))}
	return c, body[len(body)-n:], money.Unit(t[14]), int32(int8(t[15])), nil
}

// UnmarshalCSV reads a packed text cell.
func (t *Text) UnmarshalCSV(s string) error {
	c, _, _, _, err := unpack(s)
	if err != nil {
		return err
	}
	t.Cell = c
	t.Value, _ = label.Clean(c.Text)
	return nil
}

// UnmarshalCSV reads a packed number. A cell that is no number was told when it
// was packed and stays "not reported".
func (a *Amount) UnmarshalCSV(s string) error {
	c, _, u, places, err := unpack(s)
	if err != nil {
		return err
	}
	a.Cell = c
	a.Value, a.How, err = money.Parse(c.Text, u, places)
	if err != nil {
		a.Value = money.Absent(money.NotReported, u)
	}
	return nil
}

// codeOf names the finding for a text that is no number.
func codeOf(err error) *diag.Code {
	switch {
	case errors.Is(err, money.ErrGrouping):
		return ThousandsMisplaced
	case errors.Is(err, money.ErrScientific):
		return ScientificNotation
	case errors.Is(err, money.ErrExcelError):
		return SpreadsheetError
	case errors.Is(err, money.ErrFormula):
		return FormulaAsText
	case errors.Is(err, money.ErrWrongUnit):
		return UnitMismatch
	}
	return TypeError
}

// UnmarshalCSV reads a packed choice; the binding has looked it up already.
func (ch *Choice) UnmarshalCSV(s string) error {
	c, extra, _, _, err := unpack(s)
	if err != nil {
		return err
	}
	ch.Cell, ch.ID = c, extra
	ch.Value, _ = label.Clean(c.Text)
	return nil
}

var (
	datePattern = regexp.MustCompile(`^(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})[日号]?$|^(\d{4})(\d{2})(\d{2})$`)
	// timeOfDay is what spreadsheets and exports write behind a day: 0:00:00,
	// T00:00:00.000, 星期四.
	timeOfDay = regexp.MustCompile(`(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?| ?(?:星期|周)[一二三四五六日天])$`)
	dashes    = strings.NewReplacer("—", "-", "–", "-", "−", "-", "―", "-", "‐", "-", "﹣", "-")
)

// UnmarshalCSV reads a packed date.
func (d *Date) UnmarshalCSV(s string) error {
	c, _, _, _, err := unpack(s)
	if err != nil {
		return err
	}
	d.Cell = c
	d.Time, _ = DateOf(c.Text)
	return nil
}

// DateOf reads a date cell; a blank or a dash is the zero time.
func DateOf(text string) (time.Time, bool) {
	text = timeOfDay.ReplaceAllString(money.Fold(text), "")
	text = strings.ReplaceAll(dashes.Replace(text), " ", "")
	if text == "" || text == "-" || text == "--" {
		return time.Time{}, true
	}
	return ParseDate(strings.TrimPrefix(text, "'"))
}

// ParseDate reads a calendar day: 2024-02-23, 2024/2/23, 2024年2月23日, 20240223.
func ParseDate(text string) (time.Time, bool) {
	m := datePattern.FindStringSubmatch(text)
	if m == nil {
		return time.Time{}, false
	}
	parts := m[1:4]
	if m[4] != "" {
		parts = m[4:7]
	}
	var n [3]int
	for i, p := range parts {
		n[i], _ = strconv.Atoi(p)
	}
	day := time.Date(n[0], time.Month(n[1]), n[2], 0, 0, 0, 0, time.UTC)
	if day.Day() != n[2] || int(day.Month()) != n[1] || n[0] < 1949 {
		return time.Time{}, false // 30 February
	}
	return day, true
}

// UnmarshalCSV reads a packed answer.
func (y *YesNo) UnmarshalCSV(s string) error {
	c, _, _, _, err := unpack(s)
	if err != nil {
		return err
	}
	y.Cell = c
	y.Known, y.Yes, _ = yesNoOf(c.Text)
	return nil
}

// yesNoOf reads an answer; ok is false for a text that is none.
func yesNoOf(text string) (known, yes, ok bool) {
	switch label.Fold(text) {
	case "":
		return false, false, true
	case "是", "有", "√", "✓", "y", "yes", "true", "1", "已", "按时", "涉密":
		return true, true, true
	case "否", "无", "×", "✗", "x", "n", "no", "false", "0", "未", "逾期", "不涉密", "-":
		return true, false, true
	}
	return false, false, false
}

// Code returns the text as a classification code: a spreadsheet's wrapping and
// the zeros of a number (.0, .00) removed, spaces kept, since "301 2" is not 3012.
func (t Text) Code() string { return codeOfText(t.Value) }

func codeOfText(text string) string {
	s := money.Fold(text)
	if strings.HasPrefix(s, `="`) && strings.HasSuffix(s, `"`) && len(s) > 3 {
		s = s[2 : len(s)-1]
	}
	s = strings.TrimPrefix(s, "'")
	if whole, zeros, ok := strings.Cut(s, "."); ok && zeros != "" && strings.Trim(zeros, "0") == "" {
		s = whole
	}
	return s
}

package money

import (
	"errors"
	"strings"
	"unicode"
)

// Reading tells what had to be understood to read a number: each mark is a
// departure from the plain form that a careful reader normalises and notes.
type Reading uint16

// The departures from the plain form.
const (
	FullWidth    Reading = 1 << iota // １２．５ or ％ or ，
	Thousands                        // 1,742.74
	Spaced                           // 87, 300. 0
	Parentheses                      // (1.09) for −1.09
	Triangle                         // △233.20 for −233.20
	OtherMinus                       // －2.22 or −2.22
	UnitInCell                       // 20,000.0元
	CurrencySign                     // ￥1.00
	Formula                          // ="12.50": a spreadsheet's way to keep a text
	ZeroWidth                        // invisible characters
	Dash                             // —, -, /: a sign instead of a number
	About                            // 一千余, 200多: a lower bound in words
	Cut                              // 371514655.3: a spreadsheet shows and saves ten digits
)

// The reasons for which a text is not read as a number.
var (
	ErrNotNumber   = errors.New("not a number")
	ErrGrouping    = errors.New("thousands commas stand where they cannot stand")
	ErrScientific  = errors.New("scientific notation: digits are lost")
	ErrExcelError  = errors.New("a spreadsheet's error value")
	ErrFormula     = errors.New("a formula instead of its result")
	ErrNoUnit      = errors.New("no unit")
	ErrWrongUnit   = errors.New("a unit of another kind")
	ErrUnknownUnit = errors.New("unknown unit")
)

// Parse reads one number as staff write it, counted in u unless the text names
// its own unit. Blank is NotReported; dashes are NotApplicable. Amounts written
// with d decimals of a rounded unit stand for half a unit of the last digit on
// both sides; places, when larger than d, tells that the column is written more
// finely and the cell's trailing zeros were dropped.
func Parse(text string, u Unit, places int32) (Value, Reading, error) {
	if v, how, ok := parsePlain(text, u, places); ok {
		return v, how, nil
	}
	s, how := fold(text)
	if st, ok := stateOfSign(s); ok {
		if st != NotReported {
			how |= Dash
		}
		return Absent(st, u), how, nil
	}
	if strings.HasPrefix(s, "#") {
		return Value{Unit: u}, how, ErrExcelError
	}
	if inner, ok := unformula(s); ok {
		s, how = inner, how|Formula
	} else if strings.HasPrefix(s, "=") || strings.HasPrefix(s, "@") {
		return Value{Unit: u}, how, ErrFormula
	}
	column := u
	s, how, u2, err := splitUnit(s, how, u)
	if err != nil {
		return Value{Unit: u}, how, err
	}
	u = u2
	neg := false
	s, neg, how = unsign(s, how)
	digits, how, err := plainDigits(s, how)
	if err != nil {
		if lo, hi, ok := about(s); ok {
			v := Of(lo, u)
			return v.within(v.num, numberOf(hi.Shift(u.Shift()))), how | About, nil
		}
		return Value{Unit: u}, how, err
	}
	n, ok := parseNumber(digits)
	if !ok {
		return Value{Unit: u}, how, ErrNotNumber
	}
	if neg {
		n = n.neg()
	}
	if u != column {
		places = 0 // the column's fineness is counted in the column's unit
	}
	return settle(n, u, places), how, nil
}

// MayBeNumber reports whether Parse may find a number in a text: there is a
// digit, or the word of a lower bound, 一千余. Most texts of tables hold neither.
func MayBeNumber(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return r >= '0' && r <= '9' || r >= '０' && r <= '９' || r == '余' || r == '多'
	})
}

// settle gives a number its interval.
func settle(n number, u Unit, places int32) Value {
	v := of(n, u)
	v.Places = max(v.Places, places)
	if u.Rounded() {
		v = v.Rounded(v.Places)
	}
	return v
}

// parsePlain is the fast way for what most cells hold: digits and one point.
func parsePlain(s string, u Unit, places int32) (Value, Reading, bool) {
	if s == "" || len(s) > 24 {
		return Value{}, 0, false
	}
	dot := false
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
		case c == '.' && !dot && i > 0 && i < len(s)-1:
			dot = true
		case c == '-' && i == 0 && len(s) > 1 && s[1] != '.':
		default:
			return Value{}, 0, false
		}
	}
	n, ok := parseNumber(s)
	if !ok {
		return Value{}, 0, false
	}
	v := settle(n, u, places)
	if u == Yuan && places >= 2 && cutShort(s) {
		// The column is kept to 分, and this number stops before them because a
		// spreadsheet had no room: it stands for what it was rounded from.
		return v.Rounded(-min(0, n.exponent())), Cut, true
	}
	return v, 0, true
}

// cutShort reports whether a plain number has as many digits as a spreadsheet
// shows in a cell of general format, and fewer than two decimals.
func cutShort(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole, frac, _ := strings.Cut(s, ".")
	return len(whole) >= 9 && len(whole)+len(frac) >= 10 && len(frac) < 2
}

// Fold normalises the characters of a text without touching its words: trims,
// drops invisible characters, and turns full-width ASCII into ASCII. It is not
// NFKC, which would also turn ① into 1.
func Fold(s string) string {
	s, _ = fold(s)
	return s
}

func fold(s string) (string, Reading) {
	plain := true
	for i := range len(s) {
		if s[i] >= 0x80 || s[i] < 0x20 {
			plain = false
			break
		}
	}
	if plain || !folds(s) {
		return strings.TrimSpace(s), 0
	}
	var how Reading
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= '！' && r <= '～': // full-width ASCII
			r -= '！' - '!'
			how |= FullWidth
		case r == '\u3000', r == '\u00a0', r == '\u2007', r == '\u202f', r == '\u2009', r == '\t', r == '\n', r == '\r':
			r = ' '
		case r == '\u200b', r == '\u200c', r == '\u200d', r == '\ufeff', r == 0:
			how |= ZeroWidth
			continue
		case r == '。' && b.Len() > 0: // 12。5 is a slip of the input method
		}
		b.WriteRune(r)
	}
	return strings.TrimSpace(b.String()), how
}

// folds reports whether folding may drop or replace a character.
func folds(s string) bool {
	for _, r := range s {
		switch {
		case r < 0x80:
			if r < 0x20 {
				return true
			}
		case r >= 0x3040 && r <= 0xd7ff, r == '。', r == '、', r == '·': // Chinese characters, and signs that stay
		default:
			return true
		}
	}
	return false
}

// stateOfSign reads the signs that stand where no number stands.
func stateOfSign(s string) (State, bool) {
	switch strings.ReplaceAll(s, " ", "") {
	case "":
		return NotReported, true
	case "-", "--", "---", "—", "——", "–", "−", "―", "/", "\\", "…", "……", "...", "*", "无", "不适用", "N/A", "n/a", "[z]":
		return NotApplicable, true
	case "[x]", "未填报", "未报告":
		return NotReported, true
	case "涉密", "保密", "[c]":
		return Withheld, true
	case "不可比":
		return NotComparable, true
	}
	return NotReported, false
}

// unformula reads ="12.50", the form in which spreadsheets keep a text as text.
func unformula(s string) (string, bool) {
	if strings.HasPrefix(s, `="`) && strings.HasSuffix(s, `"`) && len(s) > 3 {
		return s[2 : len(s)-1], true
	}
	if strings.HasPrefix(s, "'") && len(s) > 1 {
		return s[1:], true
	}
	return s, false
}

// splitUnit takes a unit off the end of a cell: 20,000.0元, 98.73%.
func splitUnit(s string, how Reading, u Unit) (string, Reading, Unit, error) {
	if rest, ok := strings.CutPrefix(s, "¥"); ok {
		s, how = rest, how|CurrencySign
	} else if rest, ok := strings.CutPrefix(s, "￥"); ok {
		s, how = rest, how|CurrencySign
	}
	i := len(s)
	for i > 0 {
		c := s[i-1]
		if c >= '0' && c <= '9' || c == ')' || c == '.' {
			break
		}
		i--
	}
	for _, more := range []string{"余", "多"} {
		if j := strings.LastIndex(s, more); j >= i {
			i = j + len(more)
		}
	}
	tail := strings.TrimSpace(s[i:])
	if i == 0 || tail == "" {
		return s, how, u, nil
	}
	own, ok := UnitOf(tail)
	if !ok {
		return s, how, u, nil // letters among the digits: told as "not a number"
	}
	if u != NoUnit && own.Kind() != u.Kind() {
		return s, how, u, ErrWrongUnit
	}
	return strings.TrimSpace(s[:i]), how | UnitInCell, own, nil
}

func unsign(s string, how Reading) (string, bool, Reading) {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		return strings.TrimSpace(s[1 : len(s)-1]), true, how | Parentheses
	}
	for _, sign := range []string{"△", "▲", "Δ"} {
		if rest, ok := strings.CutPrefix(s, sign); ok {
			return strings.TrimSpace(rest), true, how | Triangle
		}
	}
	for _, sign := range []string{"−", "–", "—", "﹣", "‐"} {
		if rest, ok := strings.CutPrefix(s, sign); ok {
			return strings.TrimSpace(rest), true, how | OtherMinus
		}
	}
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		return strings.TrimSpace(rest), true, how
	}
	return strings.TrimPrefix(s, "+"), false, how
}

// plainDigits drops thousands commas and the spaces that scanning leaves in
// numbers, and refuses what only looks like a number.
func plainDigits(s string, how Reading) (string, Reading, error) {
	if s == "" {
		return "", how, ErrNotNumber
	}
	if strings.ContainsRune(s, ' ') {
		joined, ok := joinSpaced(s)
		if !ok {
			return "", how, ErrNotNumber
		}
		s, how = joined, how|Spaced
	}
	if i := strings.IndexAny(s, "eE"); i > 0 && looksScientific(s, i) {
		return "", how, ErrScientific
	}
	whole, frac, dot := strings.Cut(s, ".")
	if strings.Contains(frac, ",") || dot && frac == "" || strings.Contains(frac, ".") {
		return "", how, ErrNotNumber
	}
	if strings.Contains(whole, ",") {
		how |= Thousands
		groups := strings.Split(whole, ",")
		for i, g := range groups {
			if !digitsOnly(g) {
				return "", how, ErrNotNumber
			}
			if i == 0 && (len(g) == 0 || len(g) > 3) || i > 0 && len(g) != 3 {
				return "", how, ErrGrouping
			}
		}
		whole = strings.Join(groups, "")
	}
	if !digitsOnly(whole) || dot && !digitsOnly(frac) {
		return "", how, ErrNotNumber
	}
	if dot {
		return whole + "." + frac, how, nil
	}
	return whole, how, nil
}

// joinSpaced closes gaps beside commas and points ("87, 300. 0") and between
// groups of three digits ("1 234 567"); any other gap is two numbers.
func joinSpaced(s string) (string, bool) {
	parts := strings.Fields(s)
	out := parts[0]
	for _, p := range parts[1:] {
		last, next := out[len(out)-1], p[0]
		grouped := len(p) >= 3 && digitsOnly(p[:3]) && (len(p) == 3 || p[3] == '.' || p[3] == ',')
		if last != ',' && last != '.' && next != ',' && next != '.' && !grouped {
			return "", false
		}
		out += p
	}
	return out, true
}

func looksScientific(s string, i int) bool {
	exp := strings.TrimLeft(s[i+1:], "+-")
	mant := s[:i]
	return digitsOnly(exp) && strings.Trim(mant, "0123456789.") == "" && mant != "."
}

func digitsOnly(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// Places returns how many decimals a number is written with, or 0 for a text
// that has no decimal point between digits.
func Places(text string) int32 {
	i := strings.LastIndexAny(text, ".．")
	if i < 0 {
		return 0
	}
	var n int32
	for _, r := range text[i:] {
		switch {
		case unicode.IsDigit(r):
			n++
		case r == '.' || r == '．' || r == ' ':
		default:
			return n
		}
	}
	return n
}

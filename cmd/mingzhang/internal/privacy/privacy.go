// Package privacy finds personal data in texts that are about to be published:
// numbers of identity cards, mobile phones and bank cards. Each kind proves
// itself, by its check digit, its dates and its prefixes, so that codes and
// amounts of as many digits are left alone.
package privacy

import (
	"strings"
	"time"
	"unicode/utf8"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
)

var (
	// Identity is raised for the number of an identity card.
	Identity = declare("personal-identity",
		lang.Text{ZH: "这里有居民身份证号码（%s）", EN: "an identity card number stands here (%s)"})
	// Phone is raised for the number of a mobile phone.
	Phone = declare("personal-phone",
		lang.Text{ZH: "这里有手机号码（%s）", EN: "a mobile phone number stands here (%s)"})
	// Card is raised for the number of a bank card.
	Card = declare("personal-card",
		lang.Text{ZH: "这里有银行卡号（%s）", EN: "a bank card number stands here (%s)"})
)

func declare(word string, headline lang.Text) *diag.Code {
	return &diag.Code{
		Word: word, Severity: diag.Error, Since: "0.3.0", Headline: headline,
		Why: lang.Text{ZH: "公开后无法收回；政府网站不得公开个人信息", EN: "what is published cannot be taken back; government sites publish no personal data"},
		Fix: lang.Text{ZH: "删去这个号码，或用星号代替中间各位；联系方式写办公电话", EN: "delete the number or replace its middle by asterisks; give an office line for contact"},
	}
}

// Codes lists the findings of this package.
var Codes = []*diag.Code{Identity, Phone, Card}

// Hit is personal data in a text.
type Hit struct {
	Code *diag.Code
	At   int    // offset in bytes
	Mask string // the number with its middle hidden
}

// Find looks for personal data. Digits may be full-width and grouped by single
// blanks or hyphens, as people write them.
func Find(text string) []Hit {
	var out []Hit
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if _, ok := digit(r); !ok {
			i += size
			continue
		}
		var room [most + 1]byte
		digits, end, dense := run(text[i:], room[:0])
		if before, _ := utf8.DecodeLastRuneInString(text[:i]); !wordy(before) {
			if code := kind(digits, dense); code != nil {
				out = append(out, Hit{code, i, mask(digits)})
			}
		}
		i += end
	}
	return out
}

func digit(r rune) (byte, bool) {
	switch {
	case r >= '0' && r <= '9':
		return byte(r), true
	case r >= '０' && r <= '９':
		return byte(r-'０') + '0', true
	}
	return 0, false
}

// wordy reports whether a character before a number makes it a part of
// something longer: a decimal, a code with letters, an amount with commas.
func wordy(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '.' || r == ',' || r == '_' || r == '/' || r == '='
}

// least and most are how many digits the numbers have that are looked for.
const least, most = 11, 19

// run reads the digits at the start of a text, as far as they tell what number it
// is, and what ends them. dense tells that no gaps stood between them. Most
// numbers of a text are too short to be looked at.
func run(text string, room []byte) (digits string, end int, dense bool) {
	b := room
	read := func() string {
		if len(b) < least {
			return ""
		}
		return string(b)
	}
	dense = true
	gap := false
	for i, r := range text {
		d, ok := digit(r)
		switch {
		case ok:
			if gap {
				dense, gap = false, false
			}
			if len(b) <= most { // one more tells that there are too many
				b = append(b, d)
			}
			end = i + utf8.RuneLen(r)
			continue
		case (r == ' ' || r == '-' || r == '\u00a0') && !gap:
			gap = true
			continue
		case (r == 'X' || r == 'x' || r == 'Ｘ') && len(b) == 17 && !gap:
			b = append(b, 'X')
			return string(b), i + utf8.RuneLen(r), dense
		}
		if wordy(r) && !gap { // 12345678901.5, 6222…ABC
			return "", max(end, 1), dense
		}
		break
	}
	return read(), max(end, 1), dense
}

func kind(digits string, dense bool) *diag.Code {
	switch n := len(digits); {
	case n == 18 && identity(digits):
		return Identity
	case n == 11 && phone(digits):
		return Phone
	case n == 13 && strings.HasPrefix(digits, "86") && phone(digits[2:]):
		return Phone
	case n >= 16 && n <= 19 && card(digits, dense):
		return Card
	}
	return nil
}

// identity checks region, birthday and check digit (GB 11643).
func identity(s string) bool {
	if s[0] < '1' || s[0] > '8' || s[0] == '7' {
		return false
	}
	day, err := time.Parse("20060102", s[6:14])
	if err != nil || day.Year() < 1900 || day.Year() > 2099 {
		return false
	}
	sum, weight := 0, [...]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	for i := range 17 {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
		sum += int(s[i]-'0') * weight[i]
	}
	return "10X98765432"[sum%11] == s[17]
}

// phone checks the prefixes in use: 13 to 19.
func phone(s string) bool { return s[0] == '1' && s[1] >= '3' }

// card checks the check digit (ISO 7812) and prefix: UnionPay's own cards have 16
// or 19 digits and begin with 62, the international ones 16 with 4 or 5.
func card(s string, dense bool) bool {
	sum := 0
	for i := range len(s) {
		c := s[len(s)-1-i]
		if c < '0' || c > '9' {
			return false
		}
		d := int(c - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	if sum%10 != 0 || strings.Count(s, s[:1]) == len(s) {
		return false
	}
	if strings.HasPrefix(s, "62") {
		return len(s) == 16 || len(s) == 19
	}
	// Codes of regions and projects begin with 4 and 5 as well; cards are written
	// in groups.
	return len(s) == 16 && !dense && (s[0] == '4' || s[0] == '5' && s[1] >= '1' && s[1] <= '5')
}

func mask(digits string) string {
	head, tail := 3, 2
	if len(digits) > 13 {
		head, tail = 6, 4
	}
	return digits[:head] + strings.Repeat("*", len(digits)-head-tail) + digits[len(digits)-tail:]
}

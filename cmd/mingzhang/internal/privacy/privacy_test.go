package privacy

import (
	"strings"
	"testing"
)

// The numbers are made up; their check digits are right, or wrong on purpose.
func TestFind(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"11010519491231002X", "personal-identity 110105********002X"},
		{"身份证：１１０１０５１９４９１２３１００２Ｘ。", "personal-identity 110105********002X"},
		{"440524188001010014", ""}, // born before 1900
		{"110105194912310021", ""}, // wrong check digit
		{"110105194902310020", ""}, // 31 February
		{"联系人 13800138000 张某", "personal-phone 138******00"},
		{"138 0013 8000、139-0013-9000", "personal-phone 138******00 personal-phone 139******00"},
		{"+86 13800138000", "personal-phone 861********00"},
		{"12800138000", ""},     // no such prefix
		{"021-52564588", ""},    // an office line
		{"13800138000.00", ""},  // an amount
		{"1,380,013,800,0", ""}, // an amount with commas
		{"138001380001", ""},    // twelve digits
		{"A13800138000", ""},    // a code
		{"6222021234567890128", "personal-card 622202*********0128"},
		{"6222 0212 3456 7890 128", "personal-card 622202*********0128"},
		{"6222021234567890123", ""}, // wrong check digit
		{"4111 1111 1111 1111", "personal-card 411111******1111"},
		{"4111111111111111", ""},
		{"3101072024000123456", ""}, // a project's number
		{"91310107MA1FY1234X", ""},  // a credit code
		{"2010301", ""},
		{"", ""},
	} {
		var got []string
		for _, h := range Find(tt.text) {
			got = append(got, h.Code.Word+" "+h.Mask)
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%q: %q, want %q", tt.text, s, tt.want)
		}
	}
}

func TestAHitKnowsItsPlace(t *testing.T) {
	text := "电话：13800138000"
	if h := Find(text); len(h) != 1 || !strings.HasPrefix(text[h[0].At:], "138") {
		t.Error(h)
	}
}

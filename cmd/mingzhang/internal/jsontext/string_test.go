package jsontext

import (
	"encoding/json"
	"testing"
	"unicode/utf8"
)

func FuzzAppendString(f *testing.F) {
	for _, s := range []string{"", "科目", `a"b\c`, "\x00\x1f\n\r\t", "\u2028\u2029", "\xff\xfe", "𠮷\xf0\x90"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var back string
		data := AppendString(nil, s)
		if err := json.Unmarshal(data, &back); err != nil {
			t.Fatalf("%q: %s: %v", s, data, err)
		}
		if utf8.ValidString(s) && back != s {
			t.Fatalf("%q came back as %q", s, back)
		}
	})
}

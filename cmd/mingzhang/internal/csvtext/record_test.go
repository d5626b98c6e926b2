package csvtext

import (
	"bytes"
	"encoding/csv"
	"testing"
)

func FuzzAppendRecord(f *testing.F) {
	for _, s := range []string{"", " a", "a,b", `say "x"`, "1\n2", "1\r\n2\r", `\.`, "\u3000全角", "\u0085", "\xff", "\v"} {
		f.Add(s, "88788.04")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		var want bytes.Buffer
		w := csv.NewWriter(&want)
		w.UseCRLF = true
		_ = w.Write([]string{a, b, a})
		w.Flush()
		if got := AppendRecord(nil, []string{a, b, a}); !bytes.Equal(got, want.Bytes()) {
			t.Errorf("%q, encoding/csv writes %q", got, want.Bytes())
		}
	})
}

package reuse

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestADamagedRecordIsNone(t *testing.T) {
	dir := t.TempDir()
	if Load(dir) != nil {
		t.Error("there is a record before any run")
	}
	r := &Record{Program: "p", Parts: map[string]string{"a/manifest.json": "x"}}
	if err := r.Save(dir); err != nil {
		t.Fatal(err)
	}
	if got := Load(dir); got == nil || got.Parts["a/manifest.json"] != "x" {
		t.Fatalf("read back: %+v", got)
	}
	name := filepath.Join(dir, fileName)
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for i := range whole {
		harmed := append([]byte(nil), whole...)
		harmed[i] ^= 1
		if err := os.WriteFile(name, harmed, 0o644); err != nil {
			t.Fatal(err)
		}
		if Load(dir) != nil {
			t.Fatalf("byte %d was changed and the record is believed", i)
		}
	}
	if err := os.WriteFile(name, whole[:len(whole)/2], 0o644); err != nil {
		t.Fatal(err)
	}
	if Load(dir) != nil {
		t.Error("half a record is believed")
	}
}

func TestATimeCountsOnlyWhenItHadSettled(t *testing.T) {
	name := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(name, []byte("12345"), 0o644); err != nil {
		t.Fatal(err)
	}
	long := time.Now().Add(-time.Hour)
	if err := os.Chtimes(name, long, long); err != nil {
		t.Fatal(err)
	}
	st, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	seen := Seen{Bytes: 5, Time: st.ModTime().UnixNano()}
	r := &Record{Saved: time.Now().UnixNano()}
	if !r.Fresh(seen, st) {
		t.Error("an old file is not trusted")
	}
	if r.Fresh(Seen{Bytes: 6, Time: seen.Time}, st) || r.Fresh(Seen{Bytes: 5, Time: seen.Time + 1}, st) {
		t.Error("another size or time is trusted")
	}
	r.Saved = st.ModTime().Add(time.Second).UnixNano()
	if r.Fresh(seen, st) {
		t.Error("a file that was changed while the record was made is trusted")
	}
}

package reuse

import (
	"os"
	"path/filepath"
	"testing"
)

func TestADamagedRecordIsNone(t *testing.T) {
	dir := t.TempDir()
	if Load(dir) != nil {
		t.Error("there is a record before any run")
	}
	r := &Record{Program: "p", Parts: map[string]Part{"a/manifest.json": {Manifest: "x"}}}
	if err := r.Save(dir); err != nil {
		t.Fatal(err)
	}
	if got := Load(dir); got == nil || got.Parts["a/manifest.json"].Manifest != "x" {
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

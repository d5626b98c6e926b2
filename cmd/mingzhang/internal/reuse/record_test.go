package reuse

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestADamagedRecordIsNone(t *testing.T) {
	dir := t.TempDir()
	if Load(dir) != nil {
		t.Error("there is a record before any run")
	}
	r := &Record{Program: "p", Site: "s", Manifest: "m", Parts: map[string]Part{}, Told: Told{Years: 3, ZH: "三"}}
	r.Top = Notes{Seen: []Seen{{Path: "data", SHA256: "y", Bytes: ofFolder, Time: 1, Names: "a/\x00b.csv\x00"}}, Made: map[string]Made{}}
	for name, notes := range map[string]string{"b/manifest.json": "of b", "a/manifest.json": "of a, longer", "c/manifest.json": ""} {
		r.Parts[name] = Part{Manifest: "manifest of " + name, Work: "work of " + name, Notes: Packed(notes)}
	}
	if err := r.Save(dir); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(r, Load(dir), cmpopts.EquateEmpty()); d != "" {
		t.Fatal("read back:", d)
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

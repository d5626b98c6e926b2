package sample

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mingzhang/cmd/mingzhang/internal/standard"
)

func TestTheSameOptionsGiveTheSameBytes(t *testing.T) {
	o := Options{Departments: 3, Years: 2, Seed: 7}
	for i := range o.Departments {
		a, b := Department(o, i), Department(o, i)
		for j := range a {
			if a[j].Path != b[j].Path || !bytes.Equal(a[j].Data, b[j].Data) {
				t.Errorf("%s comes out in two ways", a[j].Path)
			}
		}
	}
	one, other := Department(o, 0), Department(Options{Departments: 3, Years: 2, Seed: 8}, 0)
	if bytes.Equal(one[1].Data, other[1].Data) {
		t.Error("another seed gives the same income")
	}
}

func TestAYearHasItsRealisticSize(t *testing.T) {
	for i := range bodies {
		files := map[string][]byte{}
		for _, f := range Department(Options{Departments: len(bodies), Years: MaxYears, Seed: 1}, i) {
			files[f.Path] = f.Data
		}
		d := department(i)
		for _, y := range []string{"2007", "2017", "2018", "2024"} {
			lines := strings.Count(string(files["data/"+y+"/"+d.slug+"/expenditure.csv"]), "\n") - 1
			projects := strings.Count(string(files["data/"+y+"/"+d.slug+"/projects.csv"]), "\n") - 1
			text := len(files["content/"+y+"/"+d.slug+".md"])
			if lines < 34 || lines > lineCount+2 || projects != projectCount || text < narrativeBytes || text > 2*narrativeBytes {
				t.Errorf("%s %s: %d lines, %d projects, a text of %d bytes", d.slug, y, lines, projects, text)
			}
		}
	}
}

// The sample may use no code that the classification does not have.
func TestCodesAreThoseOfTheClassification(t *testing.T) {
	for _, b := range bodies {
		for _, code := range append([]string{b.run}, functionsOf(b)...) {
			if _, ok := standard.Functions().In(code, LastYear); !ok {
				t.Errorf("%s: there is no function %s", b.name, code)
			}
		}
		if _, ok := standard.Functions().In(b.run, LastYear-MaxYears+1); !ok {
			t.Errorf("%s: %s was not there in the first year", b.name, b.run)
		}
	}
	for _, code := range projectClasses {
		if _, ok := standard.Economics().In(code, LastYear-MaxYears+1); !ok {
			t.Errorf("there is no economic class %s", code)
		}
	}
}

func functionsOf(b body) []string {
	var out []string
	for _, w := range b.works {
		out = append(out, w.function)
	}
	return out
}

func TestNamesAreInventedAndDistinct(t *testing.T) {
	seen := map[string]bool{}
	for i := range 5000 {
		d := department(i)
		if !strings.HasPrefix(d.name, "示例") || seen[d.name] || seen[d.slug] || seen[d.code] {
			t.Fatalf("%d: %s %s %s", i, d.slug, d.code, d.name)
		}
		seen[d.name], seen[d.slug], seen[d.code] = true, true, true
	}
}

func TestAFolderThatHoldsSomethingIsRefused(t *testing.T) {
	dir := t.TempDir()
	mine := filepath.Join(dir, "mine.txt")
	if err := os.WriteFile(mine, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Write(dir, Options{Departments: 1, Years: 1}); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("Write: %v", err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("the folder holds %v", entries)
	}
}

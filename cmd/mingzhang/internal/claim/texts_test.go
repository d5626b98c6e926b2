package claim

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mingzhang/cmd/mingzhang/internal/diag"
)

// Invented texts of other bodies in the usual official wording. What is planted
// stands between ⟦ and ⟧: each must be found, at its place or as a number that
// takes part, and nothing else may be reported.
func TestPlantedFaultsAreFoundAndNothingElse(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no texts", err)
	}
	planted, found, alarms := 0, 0, 0
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		text, marks := unmark(string(data))
		r := Read(text, Options{File: filepath.Base(f)})
		used := map[*diag.Finding]bool{}
		for _, m := range marks {
			planted++
			hit := false
			for _, x := range r.Findings {
				at := m.covers(x.Place.Line, x.Place.Column)
				for _, rel := range x.Related {
					at = at || m.covers(rel.Place.Line, rel.Place.Column)
				}
				if at {
					hit, used[x] = true, true
				}
			}
			if hit {
				found++
			} else {
				t.Errorf("%s:%d: missed %s", filepath.Base(f), m.line, m.text)
			}
		}
		for _, x := range r.Findings {
			if !used[x] {
				alarms++
				t.Errorf("%s: false alarm %s: %s (%s)", x.Place, x.Code.Word, x.Headline.ZH, x.Sum.ZH)
			}
		}
	}
	t.Logf("%d of %d planted faults found, %d false alarms in %d texts", found, planted, alarms, len(files))
}

// mark is a planted fault: lines and columns, both 1-based.
type mark struct {
	line, from   int
	lastLine, to int
	text         string
}

func (m mark) covers(line, column int) bool {
	if line < m.line || line > m.lastLine || line == m.line && column < m.from || line == m.lastLine && column > m.to {
		return false
	}
	return true
}

func unmark(s string) (string, []mark) {
	var b strings.Builder
	var marks []mark
	line, col := 1, 1
	var open *mark
	for _, r := range s {
		switch r {
		case '⟦':
			open = &mark{line: line, from: col}
			continue
		case '⟧':
			open.lastLine, open.to = line, col
			marks = append(marks, *open)
			open = nil
			continue
		}
		b.WriteRune(r)
		if open != nil {
			open.text += string(r)
		}
		col++
		if r == '\n' {
			line, col = line+1, 1
		}
	}
	return b.String(), marks
}

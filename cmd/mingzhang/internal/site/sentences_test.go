package site

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"mingzhang/cmd/mingzhang/internal/diag"
)

// The sentences of the real disclosures, each judged by hand, stand beside the
// tables of their own body: what cannot be is found at its line, and what is
// exact or possible within rounding is no error, neither by itself nor against
// the tables.
func TestRealSentencesBesideTheirTables(t *testing.T) {
	faults, found, fine := 0, 0, 0
	for _, body := range realBodies {
		data, err := os.ReadFile(filepath.Join(realData, body.folder, "claims.csv"))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		verdicts := map[int]string{} // by line
		line := 1
		for _, r := range rows[1:] {
			if r[5] == "" {
				continue
			}
			verdicts[line] = r[2]
			fmt.Fprintf(&text, "%s\n\n", strings.ReplaceAll(r[5], "\n", " "))
			line += 2
		}
		site := realSite(t, body.folder, body.year)
		name := fmt.Sprintf("content/%d/ju.md", body.year)
		site[name] = &fstest.MapFile{Data: []byte(text.String())}
		told := map[int][]string{}
		for _, f := range findings(t, site) {
			if f.Place.File == name && f.Severity > diag.Note {
				told[f.Place.Line] = append(told[f.Place.Line], fmt.Sprintf("%s %s %s", f.Severity, f.Code.Word, f.Headline.ZH))
			}
			if f.Place.File != name && f.Severity == diag.Error {
				t.Errorf("%s: %s %s %s", body.folder, f.Place, f.Code.Word, f.Headline.ZH)
			}
		}
		lines := strings.Split(text.String(), "\n")
		for at, verdict := range verdicts {
			switch verdict {
			case "IMPOSSIBLE", "zero-base":
				if faults++; len(told[at]) > 0 {
					found++
				} else {
					t.Errorf("%s: missed: %s", body.folder, lines[at-1])
				}
			default:
				if fine++; len(told[at]) > 0 && !strings.Contains(lines[at-1], "占71.73%") { // that share is judged in a row of its own
					t.Errorf("%s: false alarm on %s\n  %s", body.folder, lines[at-1], strings.Join(told[at], "\n  "))
				}
			}
		}
	}
	t.Logf("%d of %d faults found; %d sound sentences", found, faults, fine)
	if faults == 0 || fine == 0 {
		t.Error("no sentences")
	}
}

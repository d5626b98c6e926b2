package site

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/table"
)

const realData = "../../testdata/realdata"

// realBodies are the published disclosures kept as test data, by folder and year.
var realBodies = []struct {
	folder string
	year   int
}{
	{"sh-putuo-commerce-2025-budget-dept", 2025},
	{"sh-putuo-govoffice-2025-budget-dept", 2025},
	{"sh-putuo-wanli-2023-budget", 2023},
	{"sh-putuo-wanli-2024-budget", 2024},
	{"sh-putuo-finance-2024-final", 2024},
}

// realSite is a source folder with the tables of one real body.
func realSite(t testing.TB, folder string, year int) fstest.MapFS {
	t.Helper()
	site := fstest.MapFS{"data/departments.csv": {Data: []byte("标识,名称\nju,示例局\n")}}
	files, err := filepath.Glob(filepath.Join(realData, folder, "*.csv"))
	if err != nil || len(files) == 0 {
		t.Fatal("no tables in ", folder, err)
	}
	for _, f := range files {
		base := filepath.Base(f)
		if base == "claims.csv" || base == "budget_vs_final.csv" {
			continue // no tables of the disclosure itself
		}
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		site[fmt.Sprintf("data/%d/ju/%s", year, base)] = &fstest.MapFile{Data: data}
	}
	return site
}

func findings(t testing.TB, fsys fstest.MapFS) diag.List {
	t.Helper()
	s, list := Open(fsys, Options{})
	_, more := s.Check()
	return append(list, more...)
}

func errorsOf(list diag.List) (out diag.List) {
	for _, f := range list {
		if f.Severity == diag.Error {
			out.Add(f)
		}
	}
	return out
}

func TestRealBodiesHaveNoErrors(t *testing.T) {
	for _, body := range realBodies {
		for _, f := range errorsOf(findings(t, realSite(t, body.folder, body.year))) {
			t.Errorf("%s: %s %s %s", body.folder, f.Place, f.Code.Word, f.Headline.ZH)
		}
	}
}

// Each number of a real disclosure, made wrong, is found; nearly always by one
// finding at the very cell.
func TestAFaultAnywhereIsFoundAtItsCell(t *testing.T) {
	const step = 61 // every 61st number of every table
	planted, found, exact := 0, 0, 0
	for _, body := range realBodies {
		clean := realSite(t, body.folder, body.year)
		n := 0
		for name, file := range clean {
			if !strings.Contains(name, "/ju/") {
				continue
			}
			sheet, _ := table.Read(name, file.Data)
			for _, row := range sheet.Rows[1:] {
				for _, c := range row {
					v, _, err := money.Parse(c.Text, money.Yuan, 2)
					if err != nil || !v.Known() || v.Zero() || c.Col < 3 || !strings.Contains(sheet.Rows[0][c.Col-1].Text, "元") {
						continue
					}
					if n++; n%step != 0 {
						continue
					}
					planted++
					bad := fstest.MapFS{}
					for k, f := range clean {
						bad[k] = f
					}
					wrong := strings.Replace(strings.ReplaceAll(c.Text, ",", ""), v.Plain()[:1], map[bool]string{true: "5", false: "8"}[v.Plain()[0] == '8'], 1)
					bad[name] = &fstest.MapFile{Data: []byte(rewrite(sheet, c, wrong))}
					list := errorsOf(findings(t, bad))
					if len(list) > 0 {
						found++
					} else {
						t.Errorf("nothing found: %s %s %s → %s", name, c.Name(), c.Text, wrong)
					}
					if len(list) == 1 && list[0].Place.Cell == c.Name() && list[0].Place.File == name {
						exact++
					} else if len(list) > 0 {
						var told []string
						for _, f := range list {
							told = append(told, filepath.Base(f.Place.File)+" "+f.Place.Cell+" "+f.Code.Word)
						}
						t.Logf("%s %s: %v", filepath.Base(name), c.Name(), told)
					}
				}
			}
		}
	}
	t.Logf("%d faults planted, %d found, %d by one finding at the cell", planted, found, exact)
	if planted < 20 || exact*100 < planted*93 {
		t.Errorf("of %d faults %d were found by one finding at the cell", planted, exact)
	}
}

// rewrite gives the text of a sheet with one cell changed.
func rewrite(s *table.Sheet, at table.Cell, text string) string {
	var b strings.Builder
	for _, r := range s.Rows {
		for i, c := range r {
			if i > 0 {
				b.WriteByte(',')
			}
			t := c.Text
			if c == at {
				t = text
			}
			b.WriteString(`"` + strings.ReplaceAll(t, `"`, `""`) + `"`)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

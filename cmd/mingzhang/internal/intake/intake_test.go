package intake

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"mingzhang/cmd/mingzhang/internal/dataset"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/standard"
	"mingzhang/cmd/mingzhang/internal/statement"
)

const realData = "../../testdata/realdata"

func write(rows [][]string) []byte {
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.WriteAll(rows)
	return []byte(b.String())
}

// What is taken in from the real tables gives the same tables back: every number
// of a handed-in table is the number of the table made from the lines (exactly
// in yuan, within rounding in 万元).
func TestRealTablesComeBackFromTheirLines(t *testing.T) {
	for body, year := range map[string]int{
		"sh-putuo-commerce-2025-budget-dept": 2025, "sh-putuo-govoffice-2025-budget-dept": 2025,
		"sh-putuo-wanli-2023-budget": 2023, "sh-putuo-wanli-2024-budget": 2024, "sh-putuo-finance-2024-final": 2024,
	} {
		var files []string
		all, err := filepath.Glob(filepath.Join(realData, body, "*.csv"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range all {
			if b := filepath.Base(f); b != "claims.csv" && b != "budget_vs_final.csv" {
				files = append(files, b)
			}
		}
		dep := &fiscal.Department{Slug: "a", Name: "a"}
		fsys := os.DirFS(filepath.Join(realData, body))
		res := Read(fsys, files, statement.Builtin(), dep, year)
		if res.Findings.HasErrors() || len(res.Understood) != len(files) {
			t.Errorf("%s: %d of %d files understood, %v", body, len(res.Understood), len(files), res.Findings)
			continue
		}
		target := fstest.MapFS{"data/departments.csv": {Data: []byte("标识,名称\na,a\n")}}
		for _, table := range res.Tables {
			target["data/"+itoa(year)+"/a/"+table.ID+".csv"] = &fstest.MapFile{Data: write(table.Rows)}
		}
		tables, _ := standard.Contract()
		set, list := dataset.Scan(target, "data", tables)
		deps, more := fiscal.ReadDepartments(target, set)
		list.Add(more...)
		r := &fiscal.Reader{FS: target, Set: set, Departments: deps, Registry: statement.Builtin()}
		d, _ := deps.Find("a")
		dy, more := r.Read(d, year)
		list.Add(more...)
		if list.HasErrors() {
			t.Errorf("%s: %s %s", body, list[0].Place, list[0].Headline.ZH)
			continue
		}
		compared := 0
		for _, f := range files {
			sheets, _ := fiscal.ReadSheets(fsys, f)
			st, _ := fiscal.Identified(statement.Builtin(), sheets[0], year)
			made := dy.Statement(st.Form.ID)
			for _, row := range st.Rows {
				for j, c := range st.Form.Columns {
					want := row.Cells[j]
					if !want.Known() || want.Zero() || c.ID == "opening" {
						continue
					}
					if made == nil {
						t.Fatalf("%s: %s was not made: %s", body, st.Form.ID, dy.Lacking[st.Form.ID].ZH)
					}
					key := row.Key
					if row.Side != "" {
						key = row.Side + "-" + row.Key
					}
					if st.Form.ID == "f04" && (strings.Contains(key, "opening") || strings.Contains(key, "closing") || strings.HasSuffix(key, "-total") && !strings.Contains(key, "year")) {
						continue // carried-over appropriation stands in no other table of the nine
					}
					got := dy.Book.Get(st.Form.ID + "/" + key + "/" + c.ID)
					if !got.Known() || !money.Overlaps(got.Value, want.Value) {
						t.Errorf("%s %s/%s/%s: the table says %s, the lines give %v", body, st.Form.ID, key, c.ID, want.Plain(), got)
						continue
					}
					compared++
				}
			}
		}
		t.Logf("%s: %d numbers compared", body, compared)
		if compared < 100 {
			t.Errorf("%s: only %d numbers were compared", body, compared)
		}
	}
}

func itoa(n int) string {
	return string([]byte{byte('0' + n/1000), byte('0' + n/100%10), byte('0' + n/10%10), byte('0' + n%10)})
}

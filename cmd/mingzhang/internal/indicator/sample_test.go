package indicator

import (
	"os"
	"testing"

	"mingzhang/cmd/mingzhang/internal/dataset"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/standard"
	"mingzhang/cmd/mingzhang/internal/statement"
)

func readSample(t testing.TB, slug string, year int) *fiscal.DepartmentYear {
	t.Helper()
	root := os.DirFS("../../../..")
	tables, _ := standard.Contract()
	set, list := dataset.Scan(root, "data", tables)
	deps, more := fiscal.ReadDepartments(root, set)
	list.Add(more...)
	r := &fiscal.Reader{FS: root, Set: set, Departments: deps, Registry: statement.Builtin()}
	dep, ok := deps.Find(slug)
	if !ok {
		t.Fatal("no department", slug, list)
	}
	dy, more := r.Read(dep, year)
	list.Add(more...)
	c, more := Load("", nil)
	list.Add(more...)
	list.Add(c.Compute(dy.Book, year)...)
	for _, f := range list {
		t.Logf("%s %s %s", f.Place, f.Code.Word, f.Headline.ZH)
	}
	if list.HasErrors() {
		t.Fatal("findings")
	}
	return dy
}

// The published report's figures come out of the CSV alone.
func TestReferenceReport(t *testing.T) {
	dy := readSample(t, "huoli", 2024)
	for id, want := range map[string]string{
		"original-budget":       "1,742.74 万元",
		"adjusted-budget":       "88,808.45 万元",
		"outturn":               "88,788.04 万元",
		"adjustment-amount":     "87,065.71 万元",
		"adjustment-rate":       "4,995.91%",
		"execution-rate":        "99.98%",
		"execution-rate/q1":     "41.58%",
		"execution-rate/q3":     "62.40%",
		"pace/q3":               "−12.60 个百分点",
		"project-list/adjusted": "87,797.72 万元",
		"project-list/outturn":  "87,797.34 万元",
		"project/office-equipment/execution-rate": "98.49%",
		"project/training/execution-rate":         "不适用",
		"three-public-rate":                       "99.97%",
		"operating-rate":                          "99.78%",
		"procurement-rate":                        "98.68%",
		"asset-use-rate":                          "100.00%",
		"staffing-rate":                           "83.33%",
		"non-established-rate":                    "64.29%",
		"project-timeliness":                      "100.00%",
		"basic-outturn":                           "990.70 万元",
		"basic-execution-rate":                    "98.02%",
		"disclosure/budget/days":                  "未填报",
		"petition-timeliness":                     "100.00%",
		"satisfaction":                            "未填报",
		"outturn-change":                          "未填报",
	} {
		f := dy.Book.Get(id)
		if f == nil {
			t.Errorf("no figure %s", id)
			continue
		}
		if got := f.Value.WithUnit(lang.ZH); got != want {
			t.Errorf("%s = %s; want %s", id, got, want)
		}
	}
	if got := dy.Book.Get("procurement-rate").Value.IntervalText(); got != "[98.5737, 98.7919]" {
		t.Errorf("procurement rate stands for %s", got)
	}
}

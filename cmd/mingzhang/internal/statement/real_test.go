package statement

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/table"
)

const realData = "../../testdata/realdata"

// bodies are the real disclosures, with the year of each.
var bodies = map[string]int{
	"sh-putuo-commerce-2025-budget-dept": 2025, "sh-putuo-govoffice-2025-budget-dept": 2025,
	"sh-putuo-wanli-2023-budget": 2023, "sh-putuo-wanli-2024-budget": 2024, "sh-putuo-finance-2024-final": 2024,
}

func readReal(t testing.TB, name string) *table.Sheet {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(realData, name))
	if err != nil {
		t.Fatal(err)
	}
	s, list := table.Read(name, data)
	if s == nil || list.HasErrors() {
		t.Fatal(name, list)
	}
	return s
}

func describe(list diag.List) string {
	var out []string
	for _, f := range list {
		out = append(out, f.Severity.String()+" "+f.Code.Word+"@"+f.Place.Cell+" "+f.Headline.ZH)
	}
	return strings.Join(out, "\n  ")
}

// Every table of the five bodies is recognised by its own file and read cell by
// cell: each number of the file is in the statement, and no other.
func TestRealTablesAreReadCellByCell(t *testing.T) {
	registry := Builtin()
	tables := 0
	for body, year := range bodies {
		files, err := filepath.Glob(filepath.Join(realData, body, "*.csv"))
		if err != nil || len(files) == 0 {
			t.Fatal(err)
		}
		for _, file := range files {
			base := filepath.Base(file)
			if base == "claims.csv" || base == "budget_vs_final.csv" {
				continue
			}
			s := readReal(t, body+"/"+base)
			form, f := registry.Identify(s)
			if form == nil {
				t.Errorf("%s/%s: %s", body, base, f.Headline.ZH)
				continue
			}
			want := map[string]string{"b": "b", "t": "f"}[base[:1]] + base[1:3]
			if base == "three_public.csv" {
				want = "b09"
				if strings.Contains(body, "final") {
					want = "f07"
				}
			}
			if form.ID != want {
				t.Errorf("%s/%s is taken for %s", body, base, form.ID)
				continue
			}
			st, list := Read(s, form, year)
			if list.HasErrors() || st == nil {
				t.Errorf("%s/%s:\n  %s", body, base, describe(list))
				continue
			}
			tables++
			have := map[string]string{}
			for _, r := range st.Rows {
				for _, c := range r.Cells {
					if c.Known() {
						have[c.Cell.Name()] = c.Plain()
					}
				}
			}
			numbers := 0
			for i, row := range s.Rows {
				for j, c := range row {
					if i == 0 || !strings.Contains(s.Rows[0][j].Text, "元") || strings.TrimSpace(c.Text) == "" {
						continue
					}
					numbers++
					v, _, err := money.Parse(c.Text, money.Yuan, 0)
					if err != nil || have[c.Name()] != v.Plain() {
						t.Errorf("%s/%s %s: the file says %s, the statement %q", body, base, c.Name(), c.Text, have[c.Name()])
					}
				}
			}
			if numbers != len(have) {
				t.Errorf("%s/%s: %d numbers in the file, %d in the statement", body, base, numbers, len(have))
			}
			for _, d := range list {
				if d.Severity == diag.Warning && d.Code != MisprintedCode {
					t.Errorf("%s/%s: %s", body, base, d.Headline.ZH)
				}
			}
		}
	}
	if tables < 36 {
		t.Errorf("only %d tables were read", tables)
	}
}

// The misprinted codes of a published table are read by their names and told.
func TestMisprintedCodesAreReadByTheirNames(t *testing.T) {
	s := readReal(t, "sh-putuo-wanli-2024-budget/b08_economic.csv")
	form, _ := Builtin().Form("b08")
	st, list := Read(s, form, 2024)
	var told []string
	for _, f := range list {
		if f.Code == MisprintedCode {
			told = append(told, f.Place.Cell+" "+f.Value+"→"+f.Expected)
		}
	}
	if got := strings.Join(told, ", "); got != "A4 301 2→30102, A5 301 7→30107" {
		t.Errorf("told %s\n  %s", got, describe(list))
	}
	if st.Row("", "30102") == nil || st.Row("", "30107") == nil {
		t.Error("the rows are not under their codes")
	}
}

// sideBySide turns a table with a side column into the layout of the printed
// one: income left, spending right, with title and unit line.
func sideBySide(s *table.Sheet) string {
	head := s.Rows[0].Texts()
	var left, right [][]string
	for _, r := range s.Rows[1:] {
		t := r.Texts()
		if t[0] == "收入" {
			left = append(left, t[1:len(t)-1])
		} else {
			right = append(right, t[1:len(t)-1])
		}
	}
	n := len(head) - 2
	var b strings.Builder
	line := func(a, c []string) {
		cells := append(append([]string{}, pad(a, n)...), pad(c, n)...)
		for i, x := range cells {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(`"` + x + `"`)
		}
		b.WriteByte('\n')
	}
	var heads []string
	for _, h := range head[1 : len(head)-1] {
		name, _ := label.SplitUnit(h)
		heads = append(heads, name)
	}
	line([]string{"收入支出总表"}, nil)
	line([]string{"编制部门：某局"}, append(make([]string, n-1), "单位："+strings.Trim(head[2][strings.Index(head[2], "（"):], "（）")))
	line([]string{"本年收入"}, []string{"本年支出"})
	line(heads, heads)
	for i := range max(len(left), len(right)) {
		var l, r []string
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		line(l, r)
	}
	return b.String()
}

func pad(s []string, n int) []string {
	for len(s) < n {
		s = append(s, "")
	}
	return s[:n]
}

func same(t *testing.T, name string, a, b *Statement) {
	t.Helper()
	index := func(s *Statement) map[string]string {
		m := map[string]string{}
		for _, r := range s.Rows {
			for i, c := range r.Cells {
				if c.Known() {
					m[r.Side+"/"+r.Key+"/"+s.Form.Columns[i].ID] = c.Base().String()
				}
			}
		}
		return m
	}
	x, y := index(a), index(b)
	for k, v := range x {
		if y[k] != v {
			t.Errorf("%s: %s is %s and %q", name, k, v, y[k])
		}
	}
	if len(x) != len(y) {
		t.Errorf("%s: %d and %d numbers", name, len(x), len(y))
	}
}

// The same table side by side, as printed, reads like the one with a side
// column.
func TestDoubleTablesSideBySide(t *testing.T) {
	for _, tt := range []struct{ file, form string }{
		{"sh-putuo-commerce-2025-budget-dept/b01_income_expenditure_total.csv", "b01"},
		{"sh-putuo-wanli-2024-budget/b04_fiscal_total.csv", "b04"},
		{"sh-putuo-finance-2024-final/t01_income_expenditure_total.csv", "f01"},
		{"sh-putuo-finance-2024-final/t04_fiscal_total.csv", "f04"},
	} {
		plain := readReal(t, tt.file)
		form, _ := Builtin().Form(tt.form)
		want, list := Read(plain, form, 2024)
		if want == nil || list.HasErrors() {
			t.Fatal(describe(list))
		}
		sheet, _ := table.Read("x.csv", []byte(sideBySide(plain)))
		got, list := Read(sheet, form, 2024)
		if got == nil || list.HasErrors() {
			t.Errorf("%s:\n%s\n  %s", tt.file, sideBySide(plain), describe(list))
			continue
		}
		same(t, tt.file, want, got)
	}
}

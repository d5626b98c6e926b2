package statement

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/standard"
	"mingzhang/cmd/mingzhang/internal/table"
)

const messy = "../table/testdata/messy"

// values lists the numbers of a statement by row and column, in yuan.
func values(st *Statement) map[string]string {
	m := map[string]string{}
	for _, r := range st.Rows {
		for i, c := range r.Cells {
			if c.Known() {
				m[r.Key+"/"+st.Form.Columns[i].ID] = c.Base().String()
			}
		}
	}
	return m
}

// Every file as staff really save it is read to the values of its clean twin, or
// refused at the right place. A file that this table does not name fails.
func TestMessyFilesAreReadOrRefused(t *testing.T) {
	read := func(t *testing.T, name string) (*Statement, diag.List) {
		t.Helper()
		data, err := os.ReadFile(filepath.Join(messy, name))
		if err != nil {
			t.Fatal(err)
		}
		s, list := table.Read(name, data)
		if s == nil {
			return nil, list
		}
		form, _ := Builtin().Form("f03")
		st, more := Read(s, form, 2024)
		list.Add(more...)
		return st, list
	}
	twin, list := read(t, "gbk-crlf.csv")
	if twin == nil || list.HasErrors() || len(values(twin)) != 75 {
		t.Fatal("the clean twin: ", len(values(twin)), describe(list))
	}
	for name, tt := range map[string]struct {
		table   string   // of the contract, for files that are no F3
		same    bool     // the same values as the clean twin
		refused []string // severity code@place
		values  []string // cells as read, for files with a twin of their own
	}{
		"gbk-crlf.csv":                         {same: true},
		"gb18030-thousands.csv":                {same: true},
		"utf8-bom-crlf-thousands.csv":          {same: true},
		"utf16le-bom.csv":                      {same: true},
		"utf16be-bom.csv":                      {same: true},
		"utf16le-bom-tab.csv":                  {same: true},
		"cr-only.csv":                          {same: true},
		"lf-cr-mixed.csv":                      {same: true},
		"fullwidth-digits.csv":                 {same: true},
		"nul-bytes.csv":                        {same: true, refused: []string{"warning nul-byte@16:11"}},
		"excel-title-merged-header-footer.csv": {same: true},
		"gbk-cut-mid-char.csv":                 {refused: []string{"error missing-cell@26:"}},
		"utf8-invalid-byte.csv":                {refused: []string{"error broken-character@"}},
		"big5-traditional.csv":                 {refused: []string{"error encoding-unknown@"}},
		"ragged.csv":                           {refused: []string{"error missing-cell@", "error type-error@"}},
		"blank-and-total-rows.csv":             {refused: []string{"note statement-row-unknown@7:"}},
		"dup-header.csv":                       {table: "expenditure", refused: []string{"error duplicate-label@1:8"}},
		"embedded-newlines-quotes.csv":         {table: "projects", values: []string{"环中心公园活力圈建设=207.45", "办公设备购置费=8.6"}},
		"excel-formula-text.csv":               {table: "expenditure", refused: []string{"error formula-as-text@4:1", "error formula-as-text@5:1"}},
		"negative-forms.csv":                   {table: "", values: []string{"B2=-1.09", "B3=2.22", "B4=-2.22", "B5=-2.22", "B6=-2.22", "B7=-233.2", "B8=not-applicable", "B9=not-applicable", "B10=not-applicable", "B11=not-applicable"}},
		"sci-notation-code.csv":                {table: "", values: []string{"A2=scientific notation: digits are lost", "B2=scientific notation: digits are lost"}},
		"seed-spaced-numbers.csv":              {table: "", values: []string{"B2=87300", "D2=100", "B3=97", "C3=96.93", "D3=99.92", "B4=523400", "C4=52.31", "B5=0", "C5=0", "D5=not-reported"}},
		"unit-in-cell.csv":                     {table: "", values: []string{"B2=20000", "B3=290800", "B4=873000000", "B5=91100"}},
	} {
		t.Run(name, func(t *testing.T) {
			switch {
			case tt.same:
				st, list := read(t, name)
				if st == nil {
					t.Fatal(describe(list))
				}
				want, got := values(twin), values(st)
				for k, v := range want {
					if got[k] != v {
						t.Errorf("%s is %s, in the clean twin %s", k, got[k], v)
					}
				}
				if len(got) != len(want) {
					t.Errorf("%d values, %d in the clean twin", len(got), len(want))
				}
				holds(t, list, tt.refused)
				if list.HasErrors() {
					t.Error(describe(list))
				}
			case tt.table != "":
				b, list := bound(t, name, tt.table)
				holds(t, list, tt.refused)
				var got []string
				if b != nil && tt.values != nil {
					for _, r := range b.Rows {
						got = append(got, b.Text(r, "name").Value+"="+b.Amount(r, "adjusted").Plain())
					}
				}
				if !slices.Equal(got, tt.values) {
					t.Errorf("read %v", got)
				}
			case tt.values != nil:
				cells(t, name, tt.values)
			default:
				_, list := read(t, name)
				holds(t, list, tt.refused)
			}
		})
	}
	files, err := filepath.Glob(filepath.Join(messy, "*.csv"))
	if err != nil || len(files) < 23 {
		t.Fatal("files are missing", err)
	}
}

func bound(t *testing.T, name, id string) (*schema.Binding, diag.List) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(messy, name))
	if err != nil {
		t.Fatal(err)
	}
	s, list := table.Read(name, data)
	tables, lists := standard.Contract()
	b, more := schema.Bind(s, tables.Get(id), lists)
	list.Add(more...)
	if b != nil {
		list.Add(b.Validate()...)
	}
	return b, list
}

// cells reads single cells as amounts that name their own unit, or bare ones.
func cells(t *testing.T, name string, want []string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(messy, name))
	if err != nil {
		t.Fatal(err)
	}
	s, list := table.Read(name, data)
	if list.HasErrors() {
		t.Fatal(describe(list))
	}
	for _, w := range want {
		at, text, _ := strings.Cut(w, "=")
		found := false
		for _, r := range s.Rows {
			for _, c := range r {
				if c.Name() != at {
					continue
				}
				found = true
				v, _, err := money.Parse(c.Text, money.NoUnit, 0)
				got := v.Word()
				switch {
				case err != nil:
					got = err.Error()
				case v.Known() && v.Unit.Kind() == money.KindMoney:
					got = v.Base().String()
				case v.Known():
					got = v.Num().String()
				}
				if got != text {
					t.Errorf("%s %q is read as %s, want %s", at, c.Text, got, text)
				}
			}
		}
		if !found {
			t.Errorf("there is no cell %s", at)
		}
	}
}

// holds asks for findings by severity, code and the start of their place.
func holds(t *testing.T, list diag.List, want []string) {
	t.Helper()
	for _, w := range want {
		if !slices.ContainsFunc(list, func(f *diag.Finding) bool {
			p := ""
			if f.Place.Line > 0 {
				p = fmt.Sprintf("%d:%d", f.Place.Line, f.Place.Column)
			}
			return strings.HasPrefix(f.Severity.String()+" "+f.Code.Word+"@"+p, w)
		}) {
			t.Errorf("no finding %s among\n  %s", w, describe(list))
		}
	}
}

package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/proof"
	"mingzhang/cmd/mingzhang/internal/tidy"
	"mingzhang/cmd/mingzhang/internal/workbook"
)

// publishedSite builds the repository's own site.
func publishedSite(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	var errs strings.Builder
	if status := run([]string{"build", "--source", "../..", "--out", dir}, io.Discard, &errs); status != exitFine {
		t.Fatalf("status %d\n%s", status, &errs)
	}
	return dir
}

// descriptor is what the tests read of datapackage.json.
type descriptor struct {
	Resources []struct {
		Name   string
		Path   string
		Format string
	}
}

// longRows reads the rows of the long tables through the package alone, in one
// of the formats in which they are published.
func longRows(t *testing.T, dir, format string) map[*tidy.Table][]tidy.Row {
	t.Helper()
	var d descriptor
	if err := json.Unmarshal([]byte(read(t, filepath.Join(dir, "datapackage.json"))), &d); err != nil {
		t.Fatal(err)
	}
	parts := regexp.MustCompile(`^(.+)-(\d{4})-\d+(-parquet)?$`)
	out := map[*tidy.Table][]tidy.Row{}
	for _, r := range d.Resources {
		m := parts.FindStringSubmatch(r.Name)
		if m == nil || r.Format != format {
			continue
		}
		for _, table := range tidy.Tables {
			if table.ID != m[1] {
				continue
			}
			data := []byte(read(t, filepath.Join(dir, filepath.FromSlash(r.Path))))
			var rows []tidy.Row
			var err error
			if format == "parquet" {
				year, _ := strconv.Atoi(m[2])
				rows, err = table.ReadParquet(data, year)
			} else {
				rows, err = table.ReadCSV(data)
			}
			if err != nil {
				t.Fatal(r.Path, err)
			}
			out[table] = append(out[table], rows...)
		}
	}
	return out
}

// sumsIn reads the sums over departments that the package lists.
func sumsIn(t *testing.T, dir string) map[string]*proof.File {
	t.Helper()
	var d descriptor
	if err := json.Unmarshal([]byte(read(t, filepath.Join(dir, "datapackage.json"))), &d); err != nil {
		t.Fatal(err)
	}
	out := map[string]*proof.File{}
	for _, r := range d.Resources {
		if strings.HasPrefix(r.Path, figure.Totals+"/") {
			f, err := proof.Read([]byte(read(t, filepath.Join(dir, filepath.FromSlash(r.Path)))))
			if err != nil {
				t.Fatal(r.Path, err)
			}
			out[f.Home()] = f
		}
	}
	return out
}

// With the published package alone, through CSV as through Parquet, every
// formula runs again and gives the figure that was published, sums over all
// departments included.
func TestEveryIndicatorIsComputedAgainFromThePackageAlone(t *testing.T) {
	dir := publishedSite(t)
	for _, format := range []string{"csv", "parquet"} {
		rows := longRows(t, dir, format)
		files, err := tidy.Files(rows[tidy.Figures], rows[tidy.Rows], rows[tidy.LastYear])
		if err != nil {
			t.Fatal(err)
		}
		sums := sumsIn(t, dir)
		if len(sums) < 2 {
			t.Errorf("the package lists the sums of %d years", len(sums))
		}
		for home, f := range sums {
			files[home] = f
		}
		books := map[string]*figure.Book{}
		found := map[string]map[string]*proof.Evaluated{}
		var rebuild func(home string)
		rebuild = func(home string) {
			if files[home] == nil || found[home] != nil {
				return
			}
			found[home] = map[string]*proof.Evaluated{}
			books[home], found[home] = files[home].Rebuild(func(ref string) *figure.Figure {
				other, id, _ := strings.Cut(ref, "#")
				rebuild(other)
				return books[other].Get(id)
			})
		}
		computed, summed := 0, 0
		for home, f := range files {
			rebuild(home)
			for _, x := range f.Figures {
				want, err := x.Published()
				if err != nil {
					t.Errorf("%s: %s#%s: %v", format, home, x.ID, err)
					continue
				}
				e := found[home][x.ID]
				if e.Err != nil || e.Figure == nil {
					t.Errorf("%s: %s#%s cannot be computed: %v", format, home, x.ID, e.Err)
					continue
				}
				have := e.Figure.Value
				if have.Plain() != want.Plain() || have.Word() != want.Word() || have.IntervalText() != want.IntervalText() || have.Unit != want.Unit {
					t.Errorf("%s: %s#%s comes to %s %s %s, published is %s %s %s", format, home, x.ID, have.Plain(), have.Word(), have.IntervalText(), want.Plain(), want.Word(), want.IntervalText())
				}
				if x.Source == nil {
					computed++
				}
				if sums[home] != nil {
					summed++
				}
			}
		}
		if len(files) < 8 || computed < 1000 {
			t.Errorf("%s: %d department-years, %d computed figures", format, len(files), computed)
		}
		if summed < 4 {
			t.Errorf("%s: only %d sums over departments were computed again", format, summed)
		}
	}
}

// A figure says the same in every form in which it is published: on the pages,
// in their JSON, in the CSV of its table and its copy for Excel, in the workbook
// and in the long tables as CSV and Parquet.
func TestEveryNumberIsTheSameInEveryForm(t *testing.T) {
	dir := publishedSite(t)
	asCSV, asParquet := longRows(t, dir, "csv")[tidy.Figures], longRows(t, dir, "parquet")[tidy.Figures]
	if len(asCSV) != len(asParquet) || len(asCSV) < 5000 {
		t.Fatalf("%d figures in CSV, %d in Parquet", len(asCSV), len(asParquet))
	}
	type said struct{ value, unit, state, written string }
	want := map[string]said{}
	column := func(r tidy.Row, name string) string { return r[tidy.Figures.Column(name)] }
	for i, r := range asCSV {
		for j := range r {
			if r[j] != asParquet[i][j] {
				t.Fatalf("row %d, %s: CSV %q, Parquet %q", i+1, tidy.Figures.Columns[j].Name, r[j], asParquet[i][j])
			}
		}
		want[r[0]+"/"+r[1]+"#"+column(r, "figure")] = said{column(r, "value") + column(r, "date"), column(r, "unit"), column(r, "state"), column(r, "written")}
	}
	// The files of all figures of a year say what the parts say, and nothing else.
	var whole []tidy.Row
	years, err := filepath.Glob(filepath.Join(dir, "data", tidy.Whole.ID+"-*.csv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range years {
		rows, err := tidy.ReadWhole([]byte(read(t, name)))
		if err != nil {
			t.Fatal(name, err)
		}
		year := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(name), tidy.Whole.ID+"-"), ".csv.gz")
		for _, r := range rows {
			if r[tidy.Whole.Column("year")] != year {
				t.Fatalf("%s holds a figure of %s", name, r[tidy.Whole.Column("year")])
			}
		}
		whole = append(whole, rows...)
	}
	if len(years) < 2 || len(whole) != len(asCSV) {
		t.Errorf("%d figures in the files of %d years, %d in the parts", len(whole), len(years), len(asCSV))
	}
	for i, r := range whole {
		for j, c := range tidy.Whole.Columns {
			if r[j] != column(asCSV[i], c.Name) {
				t.Fatalf("row %d of the files of years, %s: %q, in its part %q", i+1, c.Name, r[j], column(asCSV[i], c.Name))
			}
		}
	}
	figures := 0
	homes, err := filepath.Glob(filepath.Join(dir, "*", "*", "figures.json"))
	if err != nil {
		t.Fatal(err)
	}
	cells, proved := map[string]int{}, map[string]string{}
	for _, name := range homes {
		f, err := proof.Read([]byte(read(t, name)))
		if err != nil {
			t.Fatal(err)
		}
		if f.Department == figure.Totals { // sums over departments stand beside the long tables
			for _, x := range f.Figures {
				ref := f.Home() + "#" + x.ID
				proved[f.Home()+"/"+x.Address()] = ref
				w := said{unit: x.Unit, state: x.State, written: x.Written}
				if x.Value != nil {
					w.value = *x.Value
				}
				want[ref] = w
				figures++
			}
			continue
		}
		folder := filepath.Dir(name)
		tables, excel := tablesIn(t, filepath.Join(folder, "data")), tablesIn(t, filepath.Join(folder, "data", "excel"))
		books, _ := filepath.Glob(filepath.Join(folder, "data", "*.xlsx"))
		book, err := excelize.OpenFile(books[0])
		if err != nil {
			t.Fatal(err)
		}
		sheets := map[string]string{}
		for _, s := range book.GetSheetList() {
			id, _, _ := strings.Cut(s, " ")
			sheets[id] = s
		}
		for _, x := range f.Figures {
			ref := f.Home() + "#" + x.ID
			proved[f.Home()+"/"+x.Address()] = ref
			value := ""
			if x.Value != nil {
				value = *x.Value
			}
			if have := (said{value, x.Unit, x.State, x.Written}); have != want[ref] {
				t.Errorf("%s: figures.json says %v, the long table %v", ref, have, want[ref])
			}
			figures++
			if x.CSV == "" {
				continue
			}
			table, at, _ := strings.Cut(x.CSV, "!")
			col, row, err := excelize.CellNameToCoordinates(at)
			if err != nil {
				t.Fatal(err)
			}
			text := tables[table][row-1][col-1]
			number := text != "" && x.Written == "" && x.State != "not-reported" && x.State != "not-applicable" && x.State != "not-comparable" && x.State != "withheld"
			if copied := excel[table][row-1][col-1]; copied != text {
				t.Errorf("%s: data/%s.csv says %q, its copy for Excel %q", ref, table, text, copied)
			}
			cell, err := book.GetCellValue(sheets[table], workbook.SpotCell(figure.Spot{Table: table, Row: int32(row), Col: int32(col)}), excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case x.Written != "":
				cells["written"]++
				if text != x.Written || cell != x.Written {
					t.Errorf("%s: written %q, CSV %q, workbook %q", ref, x.Written, text, cell)
				}
			case number:
				cells["number"]++
				if cell != withoutLastZeros(text) {
					t.Errorf("%s: CSV %q, workbook %q", ref, text, cell)
				}
			default:
				cells["none"]++
				if cell != map[string]string{"not-reported": "[x]", "withheld": "[c]"}[x.State] && cell != "[z]" {
					t.Errorf("%s: %s, workbook %q", ref, x.State, cell)
				}
			}
		}
		if err := book.Close(); err != nil {
			t.Error(err)
		}
	}
	if figures != len(want) || cells["number"] < 2000 || cells["none"] == 0 || cells["written"] == 0 {
		t.Errorf("%d of %d figures, cells %v", figures, len(want), cells)
	}
	// The pages: every figure to which a number links is in the page's JSON with its
	// value. That the number is the figure's is for TestScripts and verify.
	pages, linked := 0, 0
	err = filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".html") || strings.HasSuffix(name, "proof.html") || strings.HasSuffix(name, "404.html") {
			return err
		}
		pages++
		at, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		at = filepath.ToSlash(at)
		// The JSON stands beside the page of the main language and serves all.
		beside := filepath.Join(dir, filepath.FromSlash(strings.TrimSuffix(strings.TrimPrefix(at, "en/"), ".html")+".json"))
		var doc any
		if err := json.Unmarshal([]byte(read(t, beside)), &doc); err != nil {
			t.Errorf("%s: %v", name, err)
			return nil
		}
		inJSON := map[string]bool{}
		walkJSON(doc, func(m map[string]any) {
			id, ok := m["figure"].(string)
			if !ok {
				return
			}
			if !strings.Contains(id, "#") {
				home, _ := doc.(map[string]any)["home"].(string)
				id = home + "#" + id
			}
			state, said := m["state"].(string)
			if !said {
				state = "number"
			}
			w, known := want[id]
			value, _ := m["value"].(string)
			unit, _ := m["unit"].(string)
			if !known || value != w.value || unit != w.unit || state != w.state {
				t.Errorf("%s: the JSON says %v of %s, the long table %v", name, m, id, w)
			}
			inJSON[id] = true
		})
		for _, href := range linkedNumbers(t, name) {
			linked++
			file, fragment, _ := strings.Cut(href, "#")
			if file = path.Join(path.Dir(at), file); strings.HasPrefix(href, "#") {
				file = at
			}
			id := proved[strings.TrimPrefix(file, "en/")+"#"+fragment]
			if !inJSON[id] {
				t.Errorf("%s: the page shows %s (%q), its JSON does not", at, href, id)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if pages < 150 || linked < 10000 {
		t.Errorf("%d pages, %d numbers", pages, linked)
	}
}

func tablesIn(t *testing.T, dir string) map[string][][]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][][]string{}
	for _, name := range files {
		data := bytes.TrimPrefix([]byte(read(t, name)), []byte("\uFEFF"))
		r := csv.NewReader(bytes.NewReader(data))
		r.FieldsPerRecord = -1
		rows, err := r.ReadAll()
		if err != nil {
			t.Fatal(name, err)
		}
		out[strings.TrimSuffix(path.Base(filepath.ToSlash(name)), ".csv")] = rows
	}
	return out
}

func walkJSON(v any, do func(map[string]any)) {
	switch v := v.(type) {
	case map[string]any:
		do(v)
		for _, x := range v {
			walkJSON(x, do)
		}
	case []any:
		for _, x := range v {
			walkJSON(x, do)
		}
	}
}

// linkedNumbers lists where the numbers of a page lead.
func linkedNumbers(t *testing.T, name string) []string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(read(t, name)))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || n.Data != "a" {
			continue
		}
		class, href := "", ""
		for _, a := range n.Attr {
			switch a.Key {
			case "class":
				class = a.Val
			case "href":
				href = a.Val
			}
		}
		if strings.Contains(" "+class+" ", " v ") {
			unescaped, err := url.PathUnescape(href)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, unescaped)
		}
	}
	return out
}

// withoutLastZeros is a decimal as a spreadsheet keeps it: how many decimals are
// seen is the cell's style.
func withoutLastZeros(n string) string {
	if !strings.Contains(n, ".") {
		return n
	}
	return strings.TrimSuffix(strings.TrimRight(n, "0"), ".")
}

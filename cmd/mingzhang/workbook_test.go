package main

import (
	"cmp"
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// A workbook with a sheet for each table is published like the same tables in
// files of their own: the same statutory tables with the same numbers.
func TestWorkbookIsPublishedLikeFiles(t *testing.T) {
	body := filepath.Join("testdata", "realdata", "sh-putuo-commerce-2025-budget-dept")
	files, err := filepath.Glob(filepath.Join(body, "b0*.csv"))
	if err != nil || len(files) < 6 {
		t.Fatal(files, err)
	}
	asFiles, asBook := newSource(t), newSource(t)
	book := excelize.NewFile()
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(asFiles, "data/2025/a", filepath.Base(f)), data)
		addSheet(t, book, strings.TrimSuffix(filepath.Base(f), ".csv"), data)
	}
	if err := book.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	buffer, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(asBook, "data/2025/a/部门预算公开表.xlsx"), buffer.Bytes())
	for _, dir := range []string{asFiles, asBook} {
		var out, errs strings.Builder
		if status := run([]string{"build", "--source", dir}, &out, &errs); status != exitFine {
			t.Fatalf("status %d\n%s%s", status, &out, &errs)
		}
	}
	for _, f := range files {
		name := filepath.Join("public/a/2025/data", filepath.Base(f)[:3]+".csv")
		want, have := read(t, filepath.Join(asFiles, name)), read(t, filepath.Join(asBook, name))
		if want != have {
			t.Errorf("%s differs:\n%s\n%s", name, want, have)
		}
		if strings.Count(want, "\n") < 5 {
			t.Errorf("%s is nearly empty", name)
		}
	}
	everyNumberIsSeen(t, filepath.Join(asFiles, "public/a/2025/data/a-2025.xlsx"))
}

// everyNumberIsSeen fails where a number of a workbook is wider than its column:
// a spreadsheet program then shows ### in its place.
func everyNumberIsSeen(t *testing.T, name string) {
	t.Helper()
	book, err := excelize.OpenFile(name)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	longest := 0
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for j, shown := range row {
				cell, err1 := excelize.CoordinatesToCellName(j+1, i+1)
				column, err2 := excelize.ColumnNumberToName(j + 1)
				kind, err3 := book.GetCellType(sheet, cell)
				width, err4 := book.GetColWidth(sheet, column)
				if err := cmp.Or(err1, err2, err3, err4); err != nil {
					t.Fatal(err)
				}
				if kind != excelize.CellTypeNumber && kind != excelize.CellTypeUnset {
					continue
				}
				if _, err := strconv.ParseFloat(strings.ReplaceAll(shown, ",", ""), 64); err != nil {
					continue
				}
				longest = max(longest, len(shown))
				if float64(len(shown)) > width-1 {
					t.Errorf("%s!%s: %s in a column of %.0f", sheet, cell, shown, width)
				}
			}
		}
	}
	if longest < len("371,014,935.00") {
		t.Errorf("the longest number has %d signs: the test shows little", longest)
	}
}

func newSource(t *testing.T) string {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "data/departments.csv"), []byte("标识,名称\na,某某委员会\n"))
	return dir
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// addSheet writes a table as a spreadsheet keeps it: codes and names as text,
// amounts as numbers.
func addSheet(t *testing.T, book *excelize.File, name string, data []byte) {
	t.Helper()
	if _, err := book.NewSheet(name); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(data))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		for j, text := range row {
			cell, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(rows[0][j], "元") && i > 0 {
				err = book.SetCellDefault(name, cell, strings.ReplaceAll(text, ",", ""))
			} else {
				err = book.SetCellStr(name, cell, text)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}

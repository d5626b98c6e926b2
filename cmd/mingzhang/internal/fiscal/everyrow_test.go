package fiscal

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"mingzhang/cmd/mingzhang/internal/dataset"
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/standard"
)

// readAny is readFile without its type: how many rows came out, and where they
// stood.
func readAny[T any](fsys fstest.MapFS, f dataset.File) (*schema.Binding, int, diag.List) {
	b, rows, list := readFile[T](fsys, f)
	return b, len(rows), list
}

var readers = map[string]func(fstest.MapFS, dataset.File) (*schema.Binding, int, diag.List){
	"income": readAny[Income], "expenditure": readAny[Expenditure], "balances": readAny[Balance], "projects": readAny[Project], "execution": readAny[Quarter],
	"three-public": readAny[ThreePublic], "procurement": readAny[Procurement], "assets": readAny[Asset], "staffing": readAny[Staffing], "goals": readAny[Goal],
	"services": readAny[Service], "disclosures": readAny[Disclosure], "review": readAny[Review], "prior": readAny[Prior],
	"population": readAny[PopulationRow], "price-index": readAny[PriceRow],
}

// templateOf is a table of the contract with all its columns and three rows.
func templateOf(t *schema.Table, lists schema.Lists) string {
	var head, row []string
	for _, f := range t.Fields {
		name, cell := f.Name.ZH, f.Example
		switch f.Type {
		case schema.TypeAmount:
			name += "（万元）"
			cell = "12.30"
		case schema.TypeCount, schema.TypePercent, schema.TypeScore:
			cell = "7"
		case schema.TypeChoice:
			if cell == "" {
				cell = lists[f.Choices].Values[0].Name.ZH
			}
		case schema.TypeYesNo:
			cell = "否"
		}
		if f.ID == "department" || f.ID == "year" {
			cell = ""
		}
		head, row = append(head, name), append(row, cell)
	}
	lines := []string{strings.Join(head, ",")}
	for i := range 3 {
		row[0] = fmt.Sprint(row[0], i)
		lines = append(lines, strings.Join(row, ","))
	}
	return strings.Join(lines, "\n")
}

var rowNamed = regexp.MustCompile(`第 (\d+) 行`)

// Nothing is lost of the tables of the contract: rows in = rows kept + rows named
// in findings, and a number under a heading that is known is kept or named,
// whatever stands above, between and under the rows.
func TestEveryRowIsKeptOrNamed(t *testing.T) {
	tables, lists := standard.Contract()
	for _, table := range tables.All() {
		reader, ok := readers[table.ID]
		if !ok {
			if table.ID != "waivers" && table.ID != "codes" && table.ID != "departments" { // read as a whole or not at all
				t.Errorf("no reader of %s", table.ID)
			}
			continue
		}
		clean := templateOf(table, lists)
		t.Run(table.ID, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				text := dirt(t, clean)
				name := table.ID + ".csv"
				b, rows, list := reader(fstest.MapFS{name: {Data: []byte(text)}}, dataset.File{Path: name, Table: table.ID})
				said := func() string {
					var out []string
					for _, f := range list {
						out = append(out, fmt.Sprintf("%s %s@%s %s", f.Severity, f.Code.Word, f.Place.Cell, f.Headline.ZH))
					}
					return strings.Join(out, "\n  ")
				}
				if b == nil {
					if !list.HasErrors() {
						t.Fatalf("not read, and nothing said\n%s", text)
					}
					return
				}
				if rows != len(b.Rows) {
					t.Fatalf("%d rows came out of %d\n%s\n  %s", rows, len(b.Rows), text, said())
				}
				seen, column := map[int]bool{}, map[int]bool{}
				for _, i := range b.Layout.Header {
					seen[i+1] = true
				}
				kept := map[int]bool{}
				for _, r := range b.Rows {
					seen[int(r[0].Row)], kept[int(r[0].Row)] = true, true
				}
				named := map[int]bool{}
				for _, f := range list {
					named[f.Place.Row] = true
					for _, m := range rowNamed.FindAllStringSubmatch(f.Headline.ZH, -1) {
						n, _ := strconv.Atoi(m[1])
						named[n] = true
					}
				}
				for _, c := range b.Columns {
					column[c.Index] = true
				}
				for i, r := range b.Sheet.Rows {
					if r.Blank() {
						continue
					}
					if !seen[i+1] && !named[i+1] {
						t.Fatalf("row %d is neither kept nor named\n%s\n  %s", i+1, text, said())
					}
					if !kept[i+1] {
						continue
					}
					for j, c := range r {
						if v, _, err := money.Parse(c.Text, money.NoUnit, 0); err != nil || !v.Known() || column[j] || named[i+1] {
							continue
						}
						told := false
						for _, f := range list {
							told = told || f.Code == schema.UnknownColumn && strings.HasPrefix(f.Place.Cell, strings.TrimRight(c.Name(), "0123456789")) || f.Code == schema.DuplicateLabel
						}
						if !told {
							t.Fatalf("the number in %s is neither kept nor named\n%s\n  %s", c.Name(), text, said())
						}
					}
				}
			})
		})
	}
}

// dirt changes a table as it comes out of people's hands.
func dirt(t *rapid.T, text string) string {
	lines := strings.Split(text, "\n")
	row := rapid.SampledFrom([]string{
		"", ",,,,", "一、基本情况,,,,", "栏次,1,2,3,4", "注：本表单位为元。,,,,", "2.01E+06,某项,1.00,,1.00", "2010399,其他,十元,,1",
		",,5.00,,", "未知项目,其他,3.00,,3.00", "合计,,10.00,4.00,6.00", "合计,,,,", "小计,1.00", "3.00", "２０１,全角,１．００", "其中：某项,,1.00", "=SUM(C2:C9),,#REF!,,",
		"续表,,,,", "制表人：某某,,审核人：某某", "2025年1月1日", "1,2,3,4,5", "甲,乙,丙,丁", ",,,,,,,,7.77", "—,—,—,—,—", "0,0,0,0,0", "\"一行\n两行\",,3.00", "甲,,,,,,,,,,,,,,,,,,,,,,,9.99",
	})
	for range rapid.IntRange(0, 6).Draw(t, "changes") {
		i := rapid.IntRange(0, len(lines)-1).Draw(t, "line")
		cells := strings.Split(lines[i], ",")
		switch rapid.IntRange(0, 6).Draw(t, "change") {
		case 0, 1:
			lines = append(lines[:i:i], append([]string{row.Draw(t, "row")}, lines[i:]...)...)
		case 2: // twice
			lines = append(lines[:i:i], append([]string{lines[i]}, lines[i:]...)...)
		case 3: // cut short
			lines[i] = strings.Join(cells[:rapid.IntRange(1, len(cells)).Draw(t, "cells")], ",")
		case 4: // a cell is typed over
			cells[rapid.IntRange(0, len(cells)-1).Draw(t, "cell")] = rapid.SampledFrom([]string{"", "—", "abc", "1 2 3", "12.3.4", "合计", "10.00万元", "#N/A", "　", "注：", "100%", "别的列"}).Draw(t, "text")
			lines[i] = strings.Join(cells, ",")
		case 5: // a cell is moved
			lines[i] = "," + lines[i]
		case 6:
			lines = append(lines, row.Draw(t, "last row"))
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

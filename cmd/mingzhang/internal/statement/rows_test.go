package statement

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/table"
)

var rowNamed = regexp.MustCompile(`第 (\d+) 行`)

// accounted lists the rows that were kept and those that findings name.
func accounted(st *Statement, list diag.List) map[int]bool {
	seen := map[int]bool{}
	if st != nil {
		for _, i := range st.Layout.Header {
			seen[i+1] = true // the header itself needs no note
		}
		for _, r := range st.Rows {
			seen[int(r.At.Row)] = true
			for _, c := range r.Cells {
				if c.Cell.Present() {
					seen[int(c.Cell.Row)] = true
				}
			}
		}
	}
	for _, f := range list {
		seen[f.Place.Row] = true
		for _, m := range rowNamed.FindAllStringSubmatch(f.Headline.ZH, -1) {
			n, _ := strconv.Atoi(m[1])
			seen[n] = true
		}
	}
	return seen
}

// tablesByForm are clean tables of every form: real ones where there are, of
// forms with the same headings where there are none, and for lists, whose columns differ between places, one made of their usual
// headings.
func tablesByForm(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	files, err := filepath.Glob("../../testdata/realdata/*/*.csv")
	if err != nil || len(files) == 0 {
		t.Fatal("no real tables", err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		s, _ := table.Read(filepath.Base(name), data)
		if s == nil {
			continue
		}
		if form, _ := Builtin().Identify(s); form != nil && out[form.ID] == "" {
			out[form.ID] = string(data)
		}
	}
	for id, like := range map[string]string{"b06": "b05", "b07": "b05", "f12": "b09"} {
		if out[id] == "" {
			out[id] = out[like]
		}
	}
	for _, f := range Builtin().Forms {
		if f.Shape == List && out[f.ID] == "" {
			head := strings.Join(f.Headings, ",") + ",某项金额（万元）"
			blank := strings.Repeat("甲,", len(f.Headings))
			out[f.ID] = f.Title.ZH + "\n" + head + "\n" + blank + "10.00\n" + strings.ReplaceAll(blank, "甲", "乙") + "20.50\n"
		}
	}
	return out
}

// dirt changes a table as it comes out of people's hands: rows between, above
// and under its rows, rows cut short or too long, cells that are wiped, typed
// over or moved.
func dirt(t *rapid.T, text string) string {
	lines := strings.Split(strings.TrimRight(text, "\r\n"), "\n")
	row := rapid.SampledFrom([]string{
		"", ",,,,", "一、基本情况,,,,", "栏次,,1,2,3", "注：本表单位为元。,,,,", "2.01E+06,某项,1.00,,1.00", "2010399,其他,十元,,1", "2010350,事业运行,1.00",
		"2010304,专项,1.00,,1.00,9,9,9,9,9,9,9", ",,5.00,,", "未知项目,其他,3.00,,3.00", "999,不存在,1,,1", ",合计,10.00,4.00,6.00", "合计,,,,", "小计,1.00", "3.00",
		"２０１０３０６,政务公开审批,１．００,,１．００", "\"2010302\",\"一般行政\n管理事务\",1.00,,1.00", "说明,,,", "公务接待费,0.10,0.10,0.10", "其中：某项,,1.00", "=SUM(C2:C9),,#REF!,,", "续表,,,,",
		"（续）", "制表人：某某,,审核人：某某", "2025年1月1日", "1,2,3,4,5", "甲,乙,丙,丁", ",,,,,,,,7.77", "—,—,—,—,—", "0,0,0,0,0",
	})
	for range rapid.IntRange(0, 6).Draw(t, "changes") {
		i := rapid.IntRange(0, len(lines)-1).Draw(t, "line")
		switch rapid.IntRange(0, 6).Draw(t, "change") {
		case 0, 1:
			lines = append(lines[:i:i], append([]string{row.Draw(t, "row")}, lines[i:]...)...)
		case 2: // twice
			lines = append(lines[:i:i], append([]string{lines[i]}, lines[i:]...)...)
		case 3: // cut short
			cells := strings.Split(lines[i], ",")
			lines[i] = strings.Join(cells[:rapid.IntRange(1, len(cells)).Draw(t, "cells")], ",")
		case 4: // a cell is typed over
			cells := strings.Split(lines[i], ",")
			cells[rapid.IntRange(0, len(cells)-1).Draw(t, "cell")] = rapid.SampledFrom([]string{"", "—", "abc", "1 2 3", "12.3.4", "合计", "10.00万元", "#N/A", "　", "注：", "100%"}).Draw(t, "text")
			lines[i] = strings.Join(cells, ",")
		case 5: // a cell is moved
			lines[i] = "," + lines[i]
		case 6:
			lines = append(lines, row.Draw(t, "last row"))
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

// Nothing is lost: rows in = rows kept + rows named in findings, whatever stands
// above, between and under the rows of a table, in every form.
func TestEveryRowIsKeptOrNamed(t *testing.T) {
	clean := tablesByForm(t)
	for _, form := range Builtin().Forms {
		text, ok := clean[form.ID]
		if !ok {
			t.Errorf("no table of %s to begin with", form.ID)
			continue
		}
		t.Run(form.ID, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				dirty := dirt(t, text)
				s, list := table.Read(form.ID+".csv", []byte(dirty))
				if s == nil {
					return // refused as a whole, which a finding of the file says
				}
				st, more := Read(s, form, 2025)
				list.Add(more...)
				if st == nil {
					if !list.HasErrors() {
						t.Fatalf("not read, and nothing said\n%s", dirty)
					}
					return
				}
				seen := accounted(st, list)
				for i, r := range s.Rows {
					if !r.Blank() && !seen[i+1] {
						t.Fatalf("row %d is neither kept nor named\n%s\n  %s", i+1, dirty, describe(list))
					}
				}
				if c := lostNumber(s, st, list); c.Present() {
					t.Fatalf("the number in %s is neither kept nor named\n%s\n  %s", c.Name(), dirty, describe(list))
				}
			})
		})
	}
}

// lostNumber returns a cell under a heading of numbers that reached no row of
// the statement, and whose row and column no finding names.
func lostNumber(s *table.Sheet, st *Statement, list diag.List) table.Cell {
	if st.Form.Shape == List {
		return table.Cell{} // shown with whatever columns it has
	}
	kept, named, column := map[string]bool{}, map[int]bool{}, map[string]bool{}
	for _, r := range st.Rows {
		for _, c := range r.Cells {
			kept[c.Cell.Name()] = true
		}
	}
	for _, f := range list {
		named[f.Place.Row] = true
		for _, m := range rowNamed.FindAllStringSubmatch(f.Headline.ZH, -1) {
			n, _ := strconv.Atoi(m[1])
			named[n] = true
		}
		column[strings.TrimRight(f.Place.Cell, "0123456789")] = true
	}
	heads := st.Layout.Headings(s)
	for i, r := range s.Rows {
		if st.Layout.Roles[i] != schema.Data || named[i+1] {
			continue
		}
		for j, c := range r {
			if j >= len(heads) || column[table.ColumnName(j+1)] {
				continue
			}
			field := st.Form.schema.Match(heads[j])
			if field == nil || field.Type != schema.TypeAmount || kept[c.Name()] {
				continue
			}
			if v, _, err := money.Parse(c.Text, money.NoUnit, 0); err == nil && v.Known() && !v.Zero() {
				return c
			}
		}
	}
	return table.Cell{}
}

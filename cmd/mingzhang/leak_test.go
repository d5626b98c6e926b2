package main

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"mingzhang/cmd/mingzhang/internal/tidy"
)

// readable gives back every text that a file of a site holds: its bytes, and what
// is packed in workbooks and Parquet files.
func readable(t *testing.T, name string, data []byte) string {
	t.Helper()
	var b strings.Builder
	b.Write(data)
	switch filepath.Ext(name) {
	case ".gz":
		rows, err := tidy.ReadWhole(data)
		if err != nil {
			t.Fatal(name, err)
		}
		if len(rows) == 0 {
			t.Error(name, "holds no row")
		}
		for _, r := range rows {
			b.WriteString(strings.Join(r, "\t"))
		}
	case ".xlsx":
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(name, err)
		}
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(name, err)
			}
			part, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(name, err)
			}
			b.Write(part)
		}
	case ".parquet":
		m := regexp.MustCompile(`data/([a-z-]+)/year=(\d+)/`).FindStringSubmatch(filepath.ToSlash(name))
		year, _ := strconv.Atoi(m[2])
		for _, table := range tidy.Tables {
			if table.ID != m[1] {
				continue
			}
			rows, err := table.ReadParquet(data, year)
			if err != nil {
				t.Fatal(name, err)
			}
			if len(rows) == 0 && table != tidy.LastYear {
				t.Error(name, "holds no row")
			}
			for _, r := range rows {
				b.WriteString(strings.Join(r, "\t"))
			}
		}
	}
	return b.String()
}

// searchSite looks for words in every file of a published site and returns how
// many files of each kind it read.
func searchSite(t *testing.T, dir string, words ...string) map[string]int {
	t.Helper()
	kinds := map[string]int{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		kinds[filepath.Ext(name)]++
		text := readable(t, name, data)
		for _, w := range words {
			if strings.Contains(text, w) {
				t.Errorf("%s holds %q", name, w)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return kinds
}

// A row marked 涉密 and a path of the machine that built the site are in no byte
// of it, packed or not.
func TestSecretRowsAndPathsAreInNoByte(t *testing.T) {
	source := t.TempDir()
	put := func(name, text string) { write(t, filepath.Join(source, filepath.FromSlash(name)), []byte(text)) }
	put("mingzhang.toml", "title = \"某区\"\nbase_url = \"https://data.example.org/b\"\nas_of = \"2025-01-31\"\npublisher = \"某区\"\n")
	put("data/departments.csv", "标识,名称\na,示例局\nb,示例委\n")
	put("data/2024/a/projects.csv", "项目名称,全年预算数（万元）,执行数（万元）,绩效目标,涉密\n公开工程,100.00,90.00,修路,否\n七号密库工程,76543.21,65432.19,绝不外传的目标,是\n")
	put("data/2024/a/expenditure.csv", "支出类型,经费类别,年初预算数（万元）,决算数（万元）,涉密,备注\n基本支出,人员经费,10.00,9.00,,\n基本支出,公用经费,54321.77,43210.66,是,密拨款项\n")
	put("data/2024/b/income.csv", "资金来源,年初预算数（万元）,决算数（万元）\n一般公共预算,10.00,9.00\n")
	put("content/2024/a.md", "一切正常。\n")
	out := filepath.Join(t.TempDir(), "site")
	var errs strings.Builder
	if status := run([]string{"build", "--source", source, "--out", out}, io.Discard, &errs); status != exitFine {
		t.Fatalf("status %d\n%s", status, &errs)
	}
	kinds := searchSite(t, out,
		"七号密库", "76543.21", "76,543.21", "65432.19", "65,432.19", "绝不外传", "54321.77", "54,321.77", "43210.66", "43,210.66", "密拨款项",
		source, filepath.ToSlash(source), out, os.TempDir()+string(filepath.Separator))
	for _, ext := range []string{".html", ".csv", ".json", ".jsonld", ".xml", ".txt", ".xlsx", ".parquet", ".gz"} {
		if kinds[ext] == 0 {
			t.Errorf("there is no %s to look into: %v", ext, kinds)
		}
	}
}

// Columns that no table has, such as a clerk's telephone list, are in no byte of
// the site, the proofs with their copies of the files included.
func TestUnknownColumnsReachNoByte(t *testing.T) {
	source := t.TempDir()
	write(t, filepath.Join(source, "data/departments.csv"), []byte("标识,名称\na,示例局\n"))
	write(t, filepath.Join(source, "data/2024/a/income.csv"), []byte("资金来源,年初预算数（万元）,经办人手记\n一般公共预算,10.00,经办人王小示的电话\n"))
	out := filepath.Join(t.TempDir(), "site")
	var errs strings.Builder
	if status := run([]string{"build", "--source", source, "--out", out}, io.Discard, &errs); status != exitFine {
		t.Fatalf("status %d\n%s", status, &errs)
	}
	if kinds := searchSite(t, out, "王小示", "经办人手记"); kinds[".html"] == 0 || kinds[".gz"] == 0 || kinds[".parquet"] == 0 {
		t.Errorf("files are missing: %v", kinds)
	}
}

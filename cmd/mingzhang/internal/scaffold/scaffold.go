// Package scaffold writes the first files of a department or a year: tables
// with header, units and one example row, and outlines of texts. It never
// changes a file that is there, except to add a row to the directory of
// departments.
package scaffold

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/standard"
	"mingzhang/cmd/mingzhang/internal/table"
)

// File is a file that was written, or was there already.
type File struct {
	Path    string // slash-separated, relative to the source folder
	Existed bool
	Added   bool // a row was added to it
}

// Department enters a department in the directory and writes the outline of its
// profile.
func Department(source, slug, name string) ([]File, error) {
	if name == "" {
		name = slug
	}
	dir, err := directory(source, slug, name)
	if err != nil {
		return nil, err
	}
	text := fmt.Sprintf(`+++
title = "%s"
source = ""
+++

## 主要职责

（写明承担的职能）

## 机构设置

（写明内设机构和所属单位）
`, name)
	profile, err := create(source, path.Join("content", "departments", slug+".md"), []byte(text))
	return []File{dir, profile}, err
}

// directory adds a department to data/departments.csv, in the order of the
// columns that the file has and in the encoding in which it is written.
func directory(source, slug, name string) (File, error) {
	rel := path.Join("data", "departments.csv")
	tables, lists := standard.Contract()
	t := tables.Get("departments")
	values := map[string]string{"slug": slug, "name": name}
	full := filepath.Join(source, filepath.FromSlash(rel))
	data, err := os.ReadFile(full)
	if errors.Is(err, fs.ErrNotExist) {
		var head, row []string
		for _, f := range t.Fields {
			if f.Template {
				head, row = append(head, f.Name.ZH), append(row, values[f.ID])
			}
		}
		return create(source, rel, encode(head, row))
	}
	if err != nil {
		return File{}, err
	}
	sheet, list := table.Read(rel, data)
	if sheet == nil || list.HasErrors() {
		return File{}, fmt.Errorf("%s: %s", rel, list[0].Headline.ZH)
	}
	b, _ := schema.Bind(sheet, t, lists)
	if b == nil {
		return File{}, fmt.Errorf("%s: no header", rel)
	}
	row := make([]string, len(sheet.Rows[b.Layout.Header[0]]))
	for _, c := range b.Columns {
		row[c.Index] = values[c.Field.ID]
		if c.Field.ID != "slug" {
			continue
		}
		for _, r := range b.Rows {
			if c.Index < len(r) && strings.TrimSpace(r[c.Index].Text) == slug {
				return File{Path: rel, Existed: true}, nil
			}
		}
	}
	line := strings.TrimSuffix(string(encode(row)), "\r\n")
	if !bytes.HasSuffix(data, []byte("\n")) {
		line = "\n" + line
	}
	end := "\n"
	if bytes.Contains(data, []byte("\r\n")) {
		end = "\r\n"
	}
	added, err := sheet.Encode(line + end)
	if err != nil {
		return File{}, err
	}
	return File{Path: rel, Added: true}, os.WriteFile(full, append(data, added...), 0o644)
}

// Year writes the tables of a department-year and the outline of its narrative.
func Year(source, slug string, year int) ([]File, error) {
	tables, _ := standard.Contract()
	var out []File
	for _, t := range tables.All() {
		if t.Site {
			continue
		}
		f, err := create(source, path.Join("data", strconv.Itoa(year), slug, t.ID+".csv"), Template(t))
		if err != nil {
			return out, err
		}
		out = append(out, f)
	}
	text, err := create(source, path.Join("content", strconv.Itoa(year), slug+".md"), []byte(Outline(year)))
	return append(out, text), err
}

// Template is a table with its header, units and one example row. It starts
// with a byte order mark, without which a spreadsheet program on Chinese Windows
// reads UTF-8 as something else.
func Template(t *schema.Table) []byte {
	var head, row []string
	for _, f := range t.Fields {
		if !f.Template {
			continue
		}
		name := f.Name.ZH
		switch f.Type {
		case schema.TypeAmount:
			name += "（万元）"
		case schema.TypePercent:
			name += "（%）"
		}
		head, row = append(head, name), append(row, f.Example)
	}
	return append([]byte("\ufeff"), encode(head, row)...)
}

func encode(rows ...[]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	_ = w.WriteAll(rows) // a bytes.Buffer does not fail
	return b.Bytes()
}

// create writes a file unless it is there.
func create(source, rel string, data []byte) (File, error) {
	full := filepath.Join(source, filepath.FromSlash(rel))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return File{}, err
	}
	f, err := os.OpenFile(full, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return File{Path: rel, Existed: true}, nil
	}
	if err != nil {
		return File{}, err
	}
	_, err = f.Write(data)
	return File{Path: rel}, errors.Join(err, f.Close())
}

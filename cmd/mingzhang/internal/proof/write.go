// Package proof writes the figures of a department-year for machines and reads
// them back: figures.json carries every published number with its unit, state,
// stage and interval, and either the cell it was read from or the formula that
// ran and its inputs. With the published CSV files beside it, anyone can
// evaluate every formula again.
package proof

import (
	"strconv"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/jsontext"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/spare"
	"mingzhang/cmd/mingzhang/internal/table"
)

// Write renders the figures of a department-year as JSON, one figure a line.
//
//	{"department", "name", "year",
//	 "files":   [{"file", "sheet", "sha256", "encoding"}],
//	 "prior":   {id: ["<slug>/<year>#<id>", …]},   what last_year.x stood for
//	 "withheld": [selector, …],                     what gathers rows that are not published
//	 "rows":    [{"table", "key", "level", "attrs", "cells": {column: id}}],
//	 "figures": [{"id", "label", "value", "unit", "decimals", "state", "stage",
//	              "display", "written", "interval", "csv",
//	              "source": {"file", "sheet", "cell", "line", "column", "heading",
//	                         "text", "unit", "decimals"}
//	              or "formula", "row", "table", "inputs", "names", "numbers"}]}
//
// value is the exact number in unit as a string, or null; interval is for what a
// rounded number stands, or null; written is the text that is shown where words
// say more than the number; csv is where the number stands in the
// published CSV, as table!cell. Line and column are 1-based, columns in
// characters. The bytes are lent by package spare.
func Write(dy *fiscal.DepartmentYear) []byte {
	return write(dy.Department.Slug, dy.Department.Name, dy.Year, dy.Book, func(table string) bool { return dy.Statement(table) == nil })
}

// WriteTotals renders the figures of a year's totals over departments. Its rows
// are the departments; their cells name figures of other department-years.
func WriteTotals(slug, name string, year int, b *figure.Book) []byte {
	return write(slug, name, year, b, func(string) bool { return true })
}

// write renders a book. Rows of tables that shown refuses stand in files of
// their own.
func write(slug, name string, year int, b *figure.Book, shown func(table string) bool) []byte {
	w := &writer{buf: spare.Bytes()}
	w.raw(`{"department":`)
	w.str(slug)
	w.raw(`,"name":`)
	w.str(name)
	w.raw(`,"year":`)
	w.num(year)
	w.raw(",\n\"files\":[")
	w.files(b)
	w.raw("],\n\"prior\":{")
	for i, id := range b.PriorIDs() {
		w.comma(i)
		w.str(id)
		w.raw(":[")
		for j, ref := range b.PriorRefs(id) {
			w.comma(j)
			w.str(ref)
		}
		w.raw("]")
	}
	w.raw("},\n")
	if hidden := b.Hidden(); len(hidden) > 0 {
		w.raw(`"withheld":[`)
		for i, t := range hidden {
			w.comma(i)
			w.str(t)
		}
		w.raw("],\n")
	}
	w.raw("\"rows\":[")
	n := 0
	for _, r := range b.Rows {
		if shown(r.Table) {
			w.line(n)
			n++
			w.row(r, b.Home)
		}
	}
	w.raw("],\n\"figures\":[")
	for i, f := range b.All() {
		w.line(i)
		w.figure(f)
	}
	w.raw("]}\n")
	return w.buf
}

type writer struct{ buf []byte }

func (w *writer) raw(s string) { w.buf = append(w.buf, s...) }

func (w *writer) num(n int) { w.buf = strconv.AppendInt(w.buf, int64(n), 10) }

func (w *writer) comma(i int) {
	if i > 0 {
		w.buf = append(w.buf, ',')
	}
}

func (w *writer) line(i int) {
	w.comma(i)
	w.buf = append(w.buf, '\n')
}

// str writes a JSON string.
func (w *writer) str(s string) { w.buf = jsontext.AppendString(w.buf, s) }

// opt writes a member unless its text is empty.
func (w *writer) opt(name, s string) {
	if s != "" {
		w.raw(`,"` + name + `":`)
		w.str(s)
	}
}

func (w *writer) files(b *figure.Book) {
	seen := map[*table.Sheet]bool{}
	n := 0
	for _, f := range b.All() {
		if f.Cell == nil || seen[f.Cell.Sheet] {
			continue
		}
		s := f.Cell.Sheet
		seen[s] = true
		w.line(n)
		n++
		w.raw(`{"file":`)
		w.str(s.File)
		w.opt("sheet", s.Name)
		w.opt("sha256", s.SHA256)
		w.opt("encoding", s.Encoding)
		w.raw("}")
	}
}

func (w *writer) row(r *figure.Row, home string) {
	w.raw(`{"table":`)
	w.str(r.Table)
	w.raw(`,"key":`)
	w.str(r.Key)
	w.opt("label", r.Label.ZH)
	w.raw(`,"level":`)
	w.str(r.Level.String())
	w.raw(`,"attrs":{`)
	n := 0
	for _, a := range r.Attrs {
		if a.Value == "" {
			continue
		}
		w.comma(n)
		n++
		w.str(a.Name)
		w.raw(":")
		w.str(a.Value)
	}
	w.raw(`},"cells":{`)
	for i, name := range r.Names {
		w.comma(i)
		w.str(name)
		w.raw(":")
		w.str(Ref(r.Cells[i], home))
	}
	w.raw("}}")
}

func (w *writer) figure(f *figure.Figure) {
	v := f.Value
	w.raw(`{"id":`)
	w.str(f.ID)
	w.raw(`,"label":`)
	w.str(f.Label.ZH)
	w.raw(`,"value":`)
	if v.Known() {
		w.raw(`"`)
		w.buf = append(v.AppendPlain(w.buf), '"') // digits alone
	} else {
		w.raw("null")
	}
	w.raw(`,"unit":`)
	w.str(v.Unit.Sign())
	w.raw(`,"decimals":`)
	w.num(int(v.Places))
	w.raw(`,"state":`)
	w.str(v.Word())
	w.raw(`,"stage":`)
	w.str(string(f.Stage))
	w.raw(`,"display":`)
	w.str(f.WithUnit(lang.ZH))
	w.opt("written", f.Written)
	w.raw(`,"interval":`)
	if v.Known() && !v.Exact() {
		w.raw(`["`)
		w.buf = v.AppendLow(w.buf)
		w.raw(`","`)
		w.buf = v.AppendHigh(w.buf)
		w.raw(`"]`)
	} else {
		w.raw("null")
	}
	if s := f.Spot; s.Table != "" {
		w.opt("csv", s.Table+"!"+table.ColumnName(int(s.Col))+strconv.Itoa(int(s.Row)))
	}
	if f.Cell != nil {
		w.source(f)
	} else if f.Formula != nil {
		w.formula(f)
	}
	w.raw("}")
}

func (w *writer) source(f *figure.Figure) {
	c := f.Cell
	w.raw(`,"source":{"file":`)
	w.str(c.Sheet.File)
	w.opt("sheet", c.Sheet.Name)
	w.opt("cell", c.Cell.Name())
	w.raw(`,"line":`)
	w.num(int(c.Cell.Line))
	w.raw(`,"column":`)
	w.num(int(c.Cell.Column))
	w.opt("heading", c.Column)
	w.raw(`,"text":`)
	w.str(c.Cell.Text)
	w.opt("unit", c.Unit.Sign())
	if c.Places > 0 {
		w.raw(`,"decimals":`)
		w.num(int(c.Places))
	}
	w.raw("}")
}

func (w *writer) formula(f *figure.Figure) {
	m := f.Formula
	w.raw(`,"formula":`)
	w.str(m.Source)
	w.opt("row", m.Row)
	w.opt("table", m.Table)
	w.raw(`,"inputs":[`)
	for i, in := range m.Inputs {
		w.comma(i)
		w.str(Ref(in, f.Home))
	}
	w.raw("]")
	if m.Table == "" { // a cell of a statutory table shows its numbers only
		w.opt("label_en", f.Label.EN)
		w.opt("names", m.Names(lang.ZH).String())
		w.opt("names_en", m.Names(lang.EN).String())
		w.opt("numbers", m.Numbers(lang.ZH).String())
	}
}

// Ref names a figure as seen from a department-year: its id, led by its home
// when that is another one.
func Ref(f *figure.Figure, home string) string {
	if f.Home == home || f.Home == "" {
		return f.ID
	}
	return f.Home + "#" + f.ID
}

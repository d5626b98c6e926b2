package tidy

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"mingzhang/cmd/mingzhang/internal/proof"
)

// dateUnit is the unit of figures that are days.
const dateUnit = "日期"

// Take lays a department-year out as rows of a long table.
func (t *Table) Take(f *proof.File) []Row {
	home := Row{f.Department, strconv.Itoa(f.Year)}
	switch t {
	case Figures:
		return figureRows(home, f)
	case Rows:
		return rowRows(home, f)
	}
	var out []Row
	for _, id := range slices.Sorted(maps.Keys(f.Prior)) {
		for i, ref := range f.Prior[id] {
			out = append(out, append(slices.Clone(home), id, strconv.Itoa(i+1), ref))
		}
	}
	return out
}

// figureRows lays figures out in the order of Figures.Columns; figureOf, which
// finds columns by name, reads them back.
func figureRows(home Row, f *proof.File) []Row {
	out := make([]Row, 0, len(f.Figures))
	width := len(Figures.Columns)
	fields := make([]string, 0, len(f.Figures)*width) // of all rows at once
	for i, x := range f.Figures {
		var value, day, low, high string
		if x.Value != nil && x.Unit == dateUnit {
			day = *x.Value
		} else if x.Value != nil {
			value = *x.Value
		}
		if x.Interval != nil {
			low, high = x.Interval[0], x.Interval[1]
		}
		fields = append(fields, home[0], home[1], strconv.Itoa(i+1), x.ID, x.Label, x.LabelEN, x.Stage, x.Unit, value, day, x.State,
			strconv.Itoa(int(x.Decimals)), low, high, x.Written, x.CSV)
		if s := x.Source; s != nil {
			fields = append(fields, s.File, s.Sheet, s.Cell, s.Text, s.Unit, strconv.Itoa(int(s.Decimals)), "", "", "", "")
		} else {
			fields = append(fields, "", "", "", "", "", "", x.Formula, x.Row, x.Table, strings.Join(x.Inputs, " "))
		}
		n := len(fields)
		out = append(out, fields[n-width:n:n])
	}
	return out
}

func rowRows(home Row, f *proof.File) []Row {
	out := make([]Row, 0, len(f.Rows))
	for i, x := range f.Rows {
		out = append(out, append(slices.Clone(home), strconv.Itoa(i+1), x.Table, x.Key, x.Label, x.Level, object(x.Attrs), object(x.Cells)))
	}
	return out
}

// object writes a JSON object with its names in order.
func object(m map[string]string) string {
	if len(m) == 0 {
		return "{}"
	}
	text, err := json.Marshal(m)
	if err != nil {
		panic(err) // texts only
	}
	return string(text)
}

// Files makes figures.json of each department-year again from the rows of the
// three tables, by home (slug/year). Nothing else of a site is needed to compute
// every indicator once more.
func Files(figures, rows, lastYear []Row) (map[string]*proof.File, error) {
	out := map[string]*proof.File{}
	of := func(r Row) (*proof.File, error) {
		home := r[0] + "/" + r[1]
		if f := out[home]; f != nil {
			return f, nil
		}
		y, err := strconv.Atoi(r[1])
		if err != nil {
			return nil, err
		}
		out[home] = &proof.File{Department: r[0], Year: y, Prior: map[string][]string{}}
		return out[home], nil
	}
	for _, r := range inOrder(Figures, figures) {
		f, err := of(r)
		if err != nil {
			return nil, err
		}
		x, err := figureOf(r)
		if err != nil {
			return nil, err
		}
		f.Figures = append(f.Figures, x)
	}
	for _, r := range inOrder(Rows, rows) {
		f, err := of(r)
		if err != nil {
			return nil, err
		}
		x := proof.Row{Table: r[3], Key: r[4], Label: r[5], Level: r[6]}
		if err := json.Unmarshal([]byte(r[7]), &x.Attrs); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(r[8]), &x.Cells); err != nil {
			return nil, err
		}
		f.Rows = append(f.Rows, x)
	}
	for _, r := range inOrder(LastYear, lastYear) {
		f, err := of(r)
		if err != nil {
			return nil, err
		}
		f.Prior[r[2]] = append(f.Prior[r[2]], r[4])
	}
	return out, nil
}

// inOrder puts rows into the order in which they were entered, whatever order a
// database gave them back in.
func inOrder(t *Table, rows []Row) []Row {
	at := "position"
	if t == LastYear {
		at = "part"
	}
	i := t.Column(at)
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b Row) int { return atoi(a[i]) - atoi(b[i]) })
	return rows
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s) // "" is 0
	return n
}

func figureOf(r Row) (*proof.Figure, error) {
	get := func(name string) string { return r[Figures.Column(name)] }
	places, err := strconv.Atoi(get("decimals"))
	if err != nil {
		return nil, err
	}
	x := &proof.Figure{
		ID: get("figure"), Label: get("label"), LabelEN: get("label_en"), Stage: get("stage"), Unit: get("unit"), State: get("state"),
		Decimals: int32(places), Written: get("written"), CSV: get("csv"),
	}
	if v := get("value") + get("date"); v != "" {
		x.Value = &v
	}
	if lo := get("low"); lo != "" {
		x.Interval = &[2]string{lo, get("high")}
	}
	if get("file") != "" {
		x.Source = &proof.Source{
			File: get("file"), Sheet: get("sheet"), Cell: get("cell"), Text: get("text"), Unit: get("text_unit"), Decimals: int32(atoi(get("text_decimals"))),
		}
		return x, nil
	}
	x.Formula, x.Row, x.Table = get("formula"), get("formula_row"), get("formula_table")
	if in := get("inputs"); in != "" {
		x.Inputs = strings.Split(in, " ")
	}
	return x, nil
}

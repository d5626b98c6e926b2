package tidy

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"io"
	"slices"

	"mingzhang/cmd/mingzhang/internal/lang"
)

// Whole is every figure of all departments and years in one file, with the
// columns that an analyst needs; how a figure was made stands in the parts, under
// the same id. It is compressed, as ten thousand department-years would be more
// than a gigabyte: what reads CSV in databases and statistics programs reads it
// as it is. The parts, by year, are plain.
var Whole = &Table{
	ID: "all-figures", Key: Figures.Key,
	Title: lang.Text{ZH: "全部部门全部年度的全部数字，一个文件", EN: "every figure of all departments and years, one file"},
	About: lang.Text{
		ZH: "一行是一个数，列与长表 figures 同名同义；每个数的来历在 figures 的分片里，按标识查",
		EN: "one row is one figure; columns are those of figures, whose parts say under the same id how each was made",
	},
	Columns: pick("department", "year", "figure", "label", "stage", "unit", "value", "date", "state", "decimals", "low", "high", "written", "file", "cell"),
}

// WholePath is where it stands.
const WholePath = "data/all-figures.csv.gz"

func pick(names ...string) []Column {
	var out []Column
	for _, n := range names {
		out = append(out, Figures.Columns[Figures.Column(n)])
	}
	return out
}

// WholeHead is the beginning of the file: its header line.
func WholeHead() ([]byte, error) { return member([]Row{Whole.names()}) }

// WholePart is a part of the file, from rows of Figures. Each part is compressed
// by itself and parts are put one behind the other, as gzip allows, so that
// nobody ever holds the rows of more than one.
func WholePart(figures []Row) ([]byte, error) {
	at := make([]int, len(Whole.Columns))
	for i, c := range Whole.Columns {
		at[i] = Figures.Column(c.Name)
	}
	rows := make([]Row, len(figures))
	for i, r := range figures {
		rows[i] = make(Row, len(at))
		for j, k := range at {
			rows[i][j] = r[k]
		}
	}
	return member(rows)
}

func member(rows []Row) ([]byte, error) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	w := csv.NewWriter(z)
	w.UseCRLF = true
	for _, r := range rows {
		if err := w.Write(r); err != nil {
			return nil, err
		}
	}
	w.Flush()
	if err := errors.Join(w.Error(), z.Close()); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// ReadWhole reads the rows back.
func ReadWhole(data []byte) ([]Row, error) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		return nil, err
	}
	return Whole.ReadCSV(plain)
}

// Described lists all tables of this package.
func Described() []*Table { return append(slices.Clone(Tables), Whole) }

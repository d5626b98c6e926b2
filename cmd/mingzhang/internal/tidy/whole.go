package tidy

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"

	"github.com/klauspost/compress/gzip"

	"mingzhang/cmd/mingzhang/internal/csvtext"
	"mingzhang/cmd/mingzhang/internal/lang"
)

// Whole is every figure of all departments of a year in one file, with the
// columns that an analyst needs; how a figure was made stands in the parts, under
// the same id. It is compressed, as a thousand departments would be more than a
// hundred megabytes: what reads CSV in databases and statistics programs reads it
// as it is. The parts are plain. A year is what changes together: with one file
// for all years each correction would send that whole file to readers again.
var Whole = &Table{
	ID: "all-figures", Key: Figures.Key,
	Title: lang.Text{ZH: "一个年度全部部门的全部数字，一个文件", EN: "every figure of all departments of a year, one file"},
	About: lang.Text{
		ZH: "一行是一个数，列与长表 figures 同名同义；每个数的来历在 figures 的分片里，按标识查",
		EN: "one row is one figure; columns are those of figures, whose parts say under the same id how each was made",
	},
	Columns: pick("department", "year", "figure", "label", "stage", "unit", "value", "date", "state", "decimals", "low", "high", "written", "file", "cell"),
}

// WholePath is where the file of a year stands.
func WholePath(year int) string { return fmt.Sprintf("data/%s-%d.csv.gz", Whole.ID, year) }

func pick(names ...string) []Column {
	var out []Column
	for _, n := range names {
		out = append(out, Figures.Columns[Figures.Column(n)])
	}
	return out
}

// WholeHead is the beginning of a file: its header line.
func WholeHead() ([]byte, error) { return member(slices.Values([]Row{Whole.names()})) }

// WholePart is a part of a file, from rows of Figures. Each part is compressed
// by itself and parts are put one behind the other, as gzip allows, so that
// nobody ever holds the rows of more than one.
func WholePart(figures []Row) ([]byte, error) {
	at := make([]int, len(Whole.Columns))
	for i, c := range Whole.Columns {
		at[i] = Figures.Column(c.Name)
	}
	return member(func(yield func(Row) bool) {
		row := make(Row, len(at))
		for _, r := range figures {
			for j, k := range at {
				row[j] = r[k]
			}
			if !yield(row) {
				return
			}
		}
	})
}

// atOnce is how many bytes of CSV are handed to the compressor at once.
const atOnce = 32 << 10

// member compresses rows by themselves. A row is used before the next is asked
// for.
func member(rows iter.Seq[Row]) ([]byte, error) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	plain := make([]byte, 0, 2*atOnce)
	for r := range rows {
		if plain = csvtext.AppendRecord(plain, r); len(plain) >= atOnce {
			if _, err := z.Write(plain); err != nil {
				return nil, err
			}
			plain = plain[:0]
		}
	}
	_, err := z.Write(plain)
	if err := errors.Join(err, z.Close()); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// ReadWhole reads the rows of a file back.
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

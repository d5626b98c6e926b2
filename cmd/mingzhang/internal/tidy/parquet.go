package tidy

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/parquet-go/parquet-go"
)

// parquet-go/parquet-go writes the same bytes for the same rows and needs no
// record builders.

// layout is the schema of a table in Parquet and where each of its columns
// stands in a Row. A Parquet group orders its columns by name.
func (t *Table) layout() (*parquet.Schema, []int) {
	group := parquet.Group{}
	for _, c := range t.Columns {
		if c.Name == yearColumn {
			continue
		}
		var n parquet.Node
		if c.Type == "integer" {
			n = parquet.Int(32)
		} else {
			n = parquet.Encoded(parquet.String(), &parquet.RLEDictionary)
		}
		if !c.Required {
			n = parquet.Optional(n)
		}
		group[c.Name] = parquet.Compressed(n, &parquet.Zstd)
	}
	s := parquet.NewSchema(t.ID, group)
	var at []int
	for _, path := range s.Columns() {
		at = append(at, t.Column(path[0]))
	}
	return s, at
}

// batch is how many values are handed to the library at once.
const batch = 64

// Parquet writes rows of one year, column by column: the library would take rows
// apart again.
func (t *Table) Parquet(rows []Row) ([]byte, error) {
	schema, at := t.layout()
	var b bytes.Buffer
	w := parquet.NewWriter(&b, schema, parquet.CreatedBy("mingzhang", "", ""))
	var texts []byte // of a batch, after which the library has its own copies
	values := make([]parquet.Value, 0, batch)
	for j, column := range w.ColumnWriters() {
		k := at[j]
		c := &t.Columns[k]
		for part := range slices.Chunk(rows, batch) {
			values, texts = values[:0], texts[:0]
			for _, r := range part {
				s := r[k]
				if s == "" && !c.Required {
					values = append(values, parquet.Value{}.Level(0, 0, j))
					continue
				}
				var v parquet.Value
				if c.Type == "integer" {
					n, err := strconv.ParseInt(s, 10, 32)
					if err != nil {
						return nil, fmt.Errorf("%s: %s: %w", t.ID, c.Name, err)
					}
					v = parquet.Int32Value(int32(n))
				} else {
					n := len(texts)
					texts = append(texts, s...)
					v = parquet.ByteArrayValue(texts[n:])
				}
				defined := 0
				if !c.Required {
					defined = 1
				}
				values = append(values, v.Level(0, defined, j))
			}
			if _, err := column.WriteRowValues(values); err != nil {
				return nil, err
			}
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// ReadParquet reads the rows of one year back.
func (t *Table) ReadParquet(data []byte, year int) ([]Row, error) {
	f, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	schema, at := t.layout()
	if have, want := f.Schema().String(), schema.String(); have != want {
		return nil, fmt.Errorf("the schema is not that of %s: %s", t.ID, have)
	}
	var rows []Row
	r := parquet.NewReader(f)
	defer r.Close()
	buf := make([]parquet.Row, batch)
	for {
		n, err := r.ReadRows(buf)
		for _, p := range buf[:n] {
			row := make(Row, len(t.Columns))
			row[t.year()] = strconv.Itoa(year)
			for _, v := range p {
				if !v.IsNull() {
					row[at[v.Column()]] = v.String()
				}
			}
			rows = append(rows, row)
		}
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

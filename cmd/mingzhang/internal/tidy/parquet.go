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

// batch is how many rows are handed to the library at once.
const batch = 64

// Parquet writes rows of one year. The library is given columns, since it would
// take rows apart again, of few rows at a time, which are then near at hand.
func (t *Table) Parquet(rows []Row) ([]byte, error) {
	schema, at := t.layout()
	var b bytes.Buffer
	w := parquet.NewWriter(&b, schema, parquet.CreatedBy("mingzhang", "", ""))
	columns := w.ColumnWriters()
	var texts []byte // of a column of a batch, after which the library has its own copies
	values := make([]parquet.Value, 0, batch)
	for part := range slices.Chunk(rows, batch) {
		for j, k := range at {
			c := &t.Columns[k]
			values, texts = values[:0], texts[:0]
			for _, r := range part {
				var v parquet.Value
				defined := 1
				switch s := r[k]; {
				case s == "" && !c.Required:
					defined = 0
				case c.Type == "integer":
					n, err := strconv.ParseInt(s, 10, 32)
					if err != nil {
						return nil, fmt.Errorf("%s: %s: %w", t.ID, c.Name, err)
					}
					v = parquet.Int32Value(int32(n))
				default:
					n := len(texts)
					texts = append(texts, s...)
					v = parquet.ByteArrayValue(texts[n:])
				}
				if c.Required {
					defined = 0
				}
				values = append(values, v.Level(0, defined, j))
			}
			if _, err := columns[j].WriteRowValues(values); err != nil {
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

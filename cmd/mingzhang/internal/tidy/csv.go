package tidy

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"

	"mingzhang/cmd/mingzhang/internal/csvtext"
)

// CSV writes rows of a table: UTF-8, CRLF, one header line.
func (t *Table) CSV(rows []Row) []byte {
	names := t.names()
	size := 2
	for _, n := range names {
		size += len(n) + 1
	}
	for _, r := range rows {
		size += 1 + len(r)
		for _, f := range r {
			size += len(f) // few are quoted
		}
	}
	b := csvtext.AppendRecord(make([]byte, 0, size+size/16), names)
	for _, r := range rows {
		b = csvtext.AppendRecord(b, r)
	}
	return b
}

func (t *Table) names() []string {
	out := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		out[i] = c.Name
	}
	return out
}

// ReadCSV reads rows back.
func (t *Table) ReadCSV(data []byte) ([]Row, error) {
	records, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(records) == 0 || !slices.Equal(records[0], t.names()) {
		return nil, fmt.Errorf("the header is not that of %s", t.ID)
	}
	rows := make([]Row, 0, len(records)-1)
	for _, r := range records[1:] {
		rows = append(rows, r)
	}
	return rows, nil
}

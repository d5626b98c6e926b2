package tidy

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
)

// CSV writes rows of a table: UTF-8, CRLF, one header line.
func (t *Table) CSV(rows []Row) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	_ = w.Write(t.names()) // a bytes.Buffer does not fail
	for _, r := range rows {
		_ = w.Write(r)
	}
	w.Flush()
	return b.Bytes()
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

package diag

import (
	"encoding/json"
	"io"

	"mingzhang/cmd/mingzhang/internal/lang"
)

// record is the JSON form of a finding: one object a line, both languages, so
// that a machine needs no flag. Line, column and row are 1-based, columns count
// characters, and 0 means the whole file. The keys up to rule stand in every
// record, the others where there is something to say.
type record struct {
	Code       string     `json:"code"`
	Severity   string     `json:"severity"`
	File       string     `json:"file"`
	Line       int        `json:"line"`
	Column     int        `json:"column"`
	Cell       string     `json:"cell"`
	Row        int        `json:"row"`
	Value      string     `json:"value"`
	Expected   string     `json:"expected"`
	Difference string     `json:"difference"`
	Message    lang.Text  `json:"message"`
	Why        lang.Text  `json:"why"`
	Fix        lang.Text  `json:"fix"`
	Rule       string     `json:"rule"`
	Sheet      string     `json:"sheet,omitempty"`
	Field      string     `json:"field,omitempty"`
	Department string     `json:"department,omitempty"`
	Year       int        `json:"year,omitempty"`
	Key        string     `json:"key,omitempty"`
	Sum        *lang.Text `json:"sum,omitempty"`
	Basis      string     `json:"basis,omitempty"`
	Related    []related  `json:"related,omitempty"`
	Repeats    int        `json:"repeats,omitempty"`
}

type related struct {
	File   string    `json:"file"`
	Line   int       `json:"line,omitempty"`
	Column int       `json:"column,omitempty"`
	Cell   string    `json:"cell,omitempty"`
	Note   lang.Text `json:"note"`
}

func (f *Finding) record() record {
	r := record{
		Code: f.Code.Word, Severity: f.Severity.String(),
		File: f.Place.File, Line: f.Place.Line, Column: f.Place.Column,
		Cell: f.Place.Cell, Row: f.Place.Row, Sheet: f.Place.Sheet, Field: f.Place.Field,
		Value: f.Value, Expected: f.Expected, Difference: f.Diff,
		Department: f.Scope.Department, Year: f.Scope.Year, Key: f.Key,
		Message: f.Headline, Why: f.Why, Fix: f.Fix, Basis: f.Basis.ZH, Repeats: f.Repeats,
	}
	if !f.Sum.IsZero() {
		r.Sum = &f.Sum
	}
	if f.Rule.File != "" {
		r.Rule = f.Rule.String()
	}
	for _, x := range f.Related {
		r.Related = append(r.Related, related{x.Place.File, x.Place.Line, x.Place.Column, x.Place.Cell, x.Note})
	}
	return r
}

// MarshalJSON renders the finding in the form that check --format json prints.
func (f *Finding) MarshalJSON() ([]byte, error) { return json.Marshal(f.record()) }

// WriteJSON renders findings as JSON lines.
func (l List) WriteJSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, f := range l {
		if err := enc.Encode(f.record()); err != nil {
			return err
		}
	}
	return nil
}

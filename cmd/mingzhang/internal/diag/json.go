package diag

import (
	"encoding/json"
	"io"

	"mingzhang/cmd/mingzhang/internal/lang"
)

// record is the JSON form of a finding: one object a line, both languages, so
// that a machine needs no flag. Line, column and row are 1-based; columns count
// characters.
type record struct {
	Code       string     `json:"code"`
	Severity   string     `json:"severity"`
	File       string     `json:"file"`
	Line       int        `json:"line,omitempty"`
	Column     int        `json:"column,omitempty"`
	Cell       string     `json:"cell,omitempty"`
	Row        int        `json:"row,omitempty"`
	Sheet      string     `json:"sheet,omitempty"`
	Field      string     `json:"field,omitempty"`
	Value      string     `json:"value,omitempty"`
	Expected   string     `json:"expected,omitempty"`
	Difference string     `json:"difference,omitempty"`
	Department string     `json:"department,omitempty"`
	Year       int        `json:"year,omitempty"`
	Key        string     `json:"key,omitempty"`
	Message    lang.Text  `json:"message"`
	Sum        *lang.Text `json:"sum,omitempty"`
	Why        lang.Text  `json:"why"`
	Fix        lang.Text  `json:"fix"`
	Rule       string     `json:"rule,omitempty"`
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

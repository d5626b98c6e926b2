package main

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/site"
)

// buildReport is what --json prints: what was made, and where the time went.
type buildReport struct {
	Departments int              `json:"departments"`
	Years       int              `json:"years"`
	Files       int              `json:"files"`
	Bytes       int64            `json:"bytes"`
	Written     int              `json:"written"`
	Kept        int              `json:"kept"`
	Removed     int              `json:"removed"`
	Reused      int              `json:"reused"`       // families whose files were not made again
	ReusedYears int              `json:"reused_years"` // department-years of the other families, likewise
	Findings    map[string]int   `json:"findings"`
	Seconds     map[string]secs  `json:"seconds"`
	begun       time.Time        // of the phase under way
	clock       func() time.Time // the only clock of the program; it times and reaches no output
}

// secs prints as seconds with milliseconds.
type secs time.Duration

func (s secs) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, "%.3f", time.Duration(s).Seconds()), nil
}

func newReport() *buildReport {
	r := &buildReport{Seconds: map[string]secs{}, clock: time.Now}
	r.begun = r.clock()
	return r
}

// lap closes a phase.
func (r *buildReport) lap(phase string) {
	now := r.clock()
	r.Seconds[phase] += secs(now.Sub(r.begun))
	r.Seconds["total"] += secs(now.Sub(r.begun))
	r.begun = now
}

func (r *buildReport) count(s site.Report, list diag.List) {
	r.Departments, r.Years, r.Files, r.Bytes, r.ReusedYears = s.Departments, s.Years, s.Files, s.Bytes, s.Kept
	r.Findings = map[string]int{}
	for _, level := range []diag.Severity{diag.Error, diag.Warning, diag.Note} {
		r.Findings[level.String()] = list.Count(level)
	}
}

func (r *buildReport) print(w io.Writer) error { return json.NewEncoder(w).Encode(r) }

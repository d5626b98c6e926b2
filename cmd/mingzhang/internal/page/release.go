package page

import (
	"slices"
	"time"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
)

// Release is a document that was published on a day.
type Release struct {
	Key        string // in the ids of its figures
	Document   lang.Text
	Day        *figure.Figure
	Note       string
	Correction bool
}

// Date is the day as programs take it.
func (r Release) Date() time.Time { return r.Day.Value.Time() }

// correction marks a release that mends an earlier one.
const correction = "correction"

// words are the release as it stands in a list; its day is a figure.
func (r Release) words() []string {
	kind := ""
	if r.Correction {
		kind = correction
	}
	return []string{r.Key, r.Document.ZH, r.Document.EN, r.Day.ID, r.Note, kind}
}

// Released lists the documents with their days of publication.
func (s *Summary) Released() []Release {
	var out []Release
	for w := range slices.Chunk(s.lead.List(releasedList), 6) { // as words has them
		out = append(out, Release{
			Key: w[0], Document: lang.Text{ZH: w[1], EN: w[2]}, Day: s.lead.Get(w[3]), Note: w[4], Correction: w[5] == correction,
		})
	}
	return out
}

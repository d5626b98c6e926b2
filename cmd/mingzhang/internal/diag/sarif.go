package diag

import (
	"encoding/json"
	"io"
	"net/url"

	"mingzhang/cmd/mingzhang/internal/lang"
)

// The parts of SARIF 2.1.0 that findings need. Code forges and editors show it
// beside the line.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string      `json:"id"`
		Short   sarifText   `json:"shortDescription"`
		Full    sarifText   `json:"fullDescription"`
		Help    sarifText   `json:"help"`
		Default sarifConfig `json:"defaultConfiguration"`
	}
	sarifConfig struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID     string          `json:"ruleId"`
		RuleIndex  int             `json:"ruleIndex"`
		Level      string          `json:"level"`
		Message    sarifText       `json:"message"`
		Locations  []sarifLocation `json:"locations"`
		Related    []sarifLocation `json:"relatedLocations,omitempty"`
		Properties *record         `json:"properties"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifText    `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
	}
)

// WriteSARIF renders findings as one SARIF log in the given language. Each
// result carries the whole record, in both languages, under properties.
func (l List) WriteSARIF(w io.Writer, version string, in lang.Lang) error {
	run := sarifRun{Tool: sarifTool{sarifDriver{Name: "mingzhang", Version: version, Rules: []sarifRule{}}}, ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	index := map[string]int{}
	for _, f := range l {
		i, ok := index[f.Code.Word]
		if !ok {
			i = len(run.Tool.Driver.Rules)
			index[f.Code.Word] = i
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{
				ID: f.Code.Word, Short: sarifText{f.Code.Plain().In(in)}, Full: sarifText{f.Code.Why.In(in)}, Help: sarifText{f.Code.Fix.In(in)},
				Default: sarifConfig{f.Code.Severity.String()},
			})
		}
		r := f.record()
		res := sarifResult{
			RuleID: f.Code.Word, RuleIndex: i, Level: f.Severity.String(), Message: sarifText{f.Headline.In(in)},
			Locations: []sarifLocation{{Physical: f.Place.sarif()}}, Properties: &r,
		}
		for _, x := range f.Related {
			res.Related = append(res.Related, sarifLocation{Physical: x.Place.sarif(), Message: &sarifText{x.Note.In(in)}})
		}
		run.Results = append(run.Results, res)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}})
}

func (p Place) sarif() sarifPhysical {
	out := sarifPhysical{Artifact: sarifArtifact{(&url.URL{Path: p.File}).EscapedPath()}}
	if p.Line > 0 {
		out.Region = &sarifRegion{p.Line, p.Column}
	}
	return out
}

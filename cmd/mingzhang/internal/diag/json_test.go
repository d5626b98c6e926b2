package diag

import (
	"bytes"
	"encoding/json"
	"testing"

	"mingzhang/cmd/mingzhang/internal/lang"
)

var sample = &Code{
	Word: "sample", Severity: Error, Since: "0.1.0",
	Headline: lang.Text{ZH: "「%s」不对", EN: "%s is wrong"}, Why: lang.Same("why"), Fix: lang.Same("fix"),
}

// Machines find every key of the record in every line, also where a finding has
// nothing to say under it.
func TestEveryRecordHasEveryKey(t *testing.T) {
	var b bytes.Buffer
	list := List{sample.At(Place{File: "data"}, "x"), sample.At(Place{File: "a.csv", Line: 2, Column: 3, Row: 2, Cell: "C2"}, "y")}
	if err := list.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	lines := bytes.Split(bytes.TrimSpace(b.Bytes()), []byte("\n"))
	if len(lines) != 2 {
		t.Fatalf("%d lines", len(lines))
	}
	for _, line := range lines {
		var r map[string]any
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{"code", "severity", "file", "line", "column", "cell", "row", "value", "expected", "difference", "message", "why", "fix", "rule"} {
			if _, ok := r[key]; !ok {
				t.Errorf("no %s in %s", key, line)
			}
		}
		m := r["message"].(map[string]any)
		if m["zh"] == "" || m["en"] == "" {
			t.Errorf("message is %v", m)
		}
	}
}

// A forge can show each result at its line; a finding about a whole file has no
// region.
func TestSARIFNamesRuleAndPlace(t *testing.T) {
	var b bytes.Buffer
	list := List{sample.At(Place{File: "data/支出 表.csv", Line: 2, Column: 3}, "x"), sample.At(Place{File: "data"}, "y")}
	if err := list.WriteSARIF(&b, "1", lang.EN); err != nil {
		t.Fatal(err)
	}
	var log sarifLog
	if err := json.Unmarshal(b.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if log.Version != "2.1.0" || len(run.Tool.Driver.Rules) != 1 || len(run.Results) != 2 {
		t.Fatal(b.String())
	}
	at := run.Results[0].Locations[0].Physical
	if at.Artifact.URI != "data/%E6%94%AF%E5%87%BA%20%E8%A1%A8.csv" || at.Region.StartLine != 2 || at.Region.StartColumn != 3 || run.Results[0].Message.Text != "x is wrong" {
		t.Errorf("%+v %+v", at, run.Results[0])
	}
	if run.Results[1].Locations[0].Physical.Region != nil {
		t.Error("a finding about a file has a region")
	}
}

package codebook

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"mingzhang/cmd/mingzhang/internal/check"
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/site"
)

// withoutExample are the codes whose example would be no text, and why.
var withoutExample = map[string]string{
	"encoding-unknown":    "needs bytes that are no text; shown by internal/table over real files",
	"broken-character":    "needs bytes that are no text; shown by internal/table over real files",
	"file-too-large":      "needs a file of 64 MB",
	"workbook-unreadable": "needs a workbook, which is no text; shown by internal/table",
	"shown-scaled":        "needs a workbook, which is no text; shown by internal/table",
	"sheet-hidden":        "needs a workbook, which is no text; shown by internal/table",
	"statement-missing":   "mended it has nine tables",
	"goal-projects-part":  "comes with project-list-sum unless that is waived",
	"bad-rubric":          "needs a whole rubric; shown by internal/score",
	"own-score-differs":   "needs a whole review; shown by internal/score",
	"file-unreadable":     "needs a file that the operating system refuses to open",
}

func checked(fsys fstest.MapFS) diag.List {
	s, list := site.Open(fsys, site.Options{AsOf: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	_, more := s.Check()
	return append(list, more...)
}

func told(list diag.List) string {
	var out []string
	for _, f := range list {
		out = append(out, fmt.Sprintf("%s %s %s %s", f.Place, f.Severity, f.Code.Word, f.Headline.ZH))
	}
	return strings.Join(out, "\n    ")
}

// Each example shows what it says: the bad site raises the code at the marked
// cell and nothing else that matters, the mended one raises nothing.
func TestExamplesAreTrue(t *testing.T) {
	words := map[string]bool{}
	for _, e := range examples() {
		if words[e.Word] {
			t.Errorf("%s has two examples", e.Word)
		}
		words[e.Word] = true
		if _, ok := Find(e.Word); !ok {
			t.Errorf("%s is no code", e.Word)
			continue
		}
		t.Run(e.Word, func(t *testing.T) {
			t.Parallel()
			bad, mended := e.Sites()
			list := checked(bad)
			at := false
			for _, f := range list {
				switch {
				case f.Code.Word == e.Word:
					at = at || f.Place.File == e.At.File && (e.At.Line == 0 || f.Place.Line == e.At.Line) && (e.At.Column == 0 || f.Place.Column == e.At.Column)
				case f.Severity > diag.Note:
					t.Errorf("besides: %s %s %s", f.Place, f.Code.Word, f.Headline.ZH)
				}
			}
			if !at {
				t.Errorf("not at %s\n    %s", e.At, told(list))
			}
			for _, f := range checked(mended) {
				if f.Code.Word == e.Word || f.Severity > diag.Note {
					t.Errorf("mended: %s %s %s", f.Place, f.Code.Word, f.Headline.ZH)
				}
			}
		})
	}
	var missing []string
	for _, c := range All() {
		switch _, excused := withoutExample[c.Word]; {
		case excused && words[c.Word]:
			t.Errorf("%s has an example and an excuse", c.Word)
		case !excused && !words[c.Word]:
			missing = append(missing, c.Word)
		}
	}
	if len(missing) > 0 {
		t.Errorf("codes without an example: %s", strings.Join(missing, ", "))
	}
}

// A rule that is answered from findings names findings that there are.
func TestRulesNameKnownFindings(t *testing.T) {
	b, _ := check.Load("", nil)
	for _, r := range slices.Concat(b.Texts, b.Tables) {
		for _, word := range r.Findings {
			if _, ok := Find(word); !ok {
				t.Errorf("%s names %s, which is no finding", r.Code, word)
			}
		}
	}
}

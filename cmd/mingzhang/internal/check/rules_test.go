package check

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
)

// field is how many rules the field has in each family: completeness, detail,
// timeliness, form, accuracy, sums inside and between tables, rates.
var field = map[string]int{"C": 10, "D": 5, "T": 5, "F": 9, "A": 7, "I": 18, "X": 21, "R": 6}

// Every rule of the field is asked, kept by construction, or listed with the
// reason why it is not checked.
func TestEveryRuleOfTheFieldHasAnAnswer(t *testing.T) {
	b, list := Load("", nil)
	if len(list) > 0 {
		t.Fatal(list)
	}
	var said string
	for _, r := range b.Rules {
		said += r.Basis.ZH + "\n"
	}
	for _, u := range b.Unanswered {
		if u.Why.ZH == "" || u.Why.EN == "" {
			t.Errorf("%s is not checked and does not say why", u.Code)
		}
		said += u.Code + "\n"
	}
	for _, list := range [][]*Told{b.Texts, b.Tables, b.Built} {
		for _, r := range list {
			said += r.Code + "\n"
		}
	}
	// The rules that are no formulas name their numbers where they are declared.
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`lang\.Text\{ZH: "([A-Z]\d[^"]*)"`).FindAllSubmatch(data, -1) {
			said += string(m[1]) + "\n"
		}
	}
	answered := map[string]bool{}
	for _, m := range regexp.MustCompile(`([A-Z])(\d+)(?:[–—-][A-Z]?(\d+))?`).FindAllStringSubmatch(said, -1) {
		from, _ := strconv.Atoi(m[2])
		till, err := strconv.Atoi(m[3])
		if err != nil {
			till = from
		}
		for n := from; n <= till; n++ {
			answered[fmt.Sprint(m[1], n)] = true
		}
	}
	for family, n := range field {
		for i := 1; i <= n; i++ {
			if id := fmt.Sprint(family, i); !answered[id] {
				t.Errorf("%s has no answer", id)
			}
		}
	}
}

func TestRulesAboutTextsFollowFromFindings(t *testing.T) {
	b := &Book{Texts: []*Told{{Code: "A3", Family: "text", Name: lang.Same("direction"), Findings: []string{"claim-direction"}}}}
	code := &diag.Code{Word: "claim-direction"}
	for _, tt := range []struct {
		there bool
		found diag.List
		want  Result
	}{
		{false, nil, NotChecked},
		{true, nil, Passed},
		{true, diag.List{(&diag.Code{Word: "claim-sum"}).At(diag.Place{})}, Passed},
		{true, diag.List{code.At(diag.Place{})}, Failed},
	} {
		if o := b.OfTexts(tt.there, tt.found); len(o) != 1 || o[0].Result != tt.want || (o[0].Finding != nil) != (tt.want == Failed) {
			t.Errorf("%v %v: %v", tt.there, tt.found, o)
		}
	}
}

// Package check holds rules over the figures of a department-year and says of
// each what came out: passed, failed, waived, not applicable, or not checked and
// why. Rules are data where a finance officer could dictate them
// (standard/rules.toml): two formulas and a relation. Both sides carry their
// rounding intervals, so there is no tolerance to tune: a rule fails only when
// no numbers behind the printed ones could keep it.
package check

import (
	"fmt"
	"slices"
	"strings"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/formula"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/standard"
	"mingzhang/cmd/mingzhang/internal/tomlfile"
)

// Rule is one rule over figures.
type Rule struct {
	Code     string    `toml:"code"`
	Family   string    `toml:"family"`
	Level    string    `toml:"level"`
	Name     lang.Text `toml:"name"`
	Each     string    `toml:"each"`   // the table for whose rows the rule is asked
	Levels   []string  `toml:"levels"` // of those rows; counted rows and totals if blank
	Of       string    `toml:"of"`     // of those rows, only those with this property: view=function
	Stages   bool      `toml:"stages"` // asked for each stage
	Only     []string  `toml:"only"`   // of the stages, only these
	Tables   []string  `toml:"tables"` // statutory tables that must be handed in for the rule to be asked
	Own      string    `toml:"own"`    // only of lines of this table, not of statutory tables, whose sums are asked by table
	When     string    `toml:"when"`
	Left     string    `toml:"left"`
	Right    string    `toml:"right"`
	Relation string    `toml:"relation"`
	Headline lang.Text `toml:"headline"`
	Why      lang.Text `toml:"why"`
	Fix      lang.Text `toml:"fix"`
	Basis    lang.Text `toml:"basis"`

	Place             diag.Place   `toml:"-"`
	Stage             figure.Stage `toml:"-"`
	code              *diag.Code
	when, left, right *formula.Expr
}

// Unanswered is a rule of the field that the data cannot answer, and why.
type Unanswered struct {
	Code   string    `toml:"code"` // its number in the field: X19, C4
	Family string    `toml:"family"`
	Name   lang.Text `toml:"name"`
	Why    lang.Text `toml:"why"`
}

// Book is the rules in force.
type Book struct {
	Rules      []*Rule
	Unanswered []*Unanswered
	Texts      []*Told // answered from what was found in the text
	Tables     []*Told // answered from what was found while the tables were read
	Built      []*Told // kept by the way in which the site is made

	codes map[string]*diag.Code
	order []*diag.Code
}

// Codes lists the kinds of finding that the rules can raise, in rule order.
func (b *Book) Codes() []*diag.Code { return b.order }

// Load reads the embedded rules and adds the site's own.
func Load(siteFile string, site []byte) (*Book, diag.List) {
	b := &Book{codes: map[string]*diag.Code{}}
	list := b.read("standard/rules.toml", standard.Read("rules.toml"))
	if list.HasErrors() {
		panic(fmt.Sprintf("check: embedded rules: %s: %s", list[0].Place, list[0].Headline.EN))
	}
	if site != nil {
		list.Add(b.read(siteFile, site)...)
	}
	return b, list
}

func (b *Book) read(file string, data []byte) diag.List {
	var doc struct {
		Rules      []*Rule       `toml:"rules"`
		Unanswered []*Unanswered `toml:"unanswered"`
		Texts      []*Told       `toml:"texts"`
		Read       []*Told       `toml:"read"`
		Built      []*Told       `toml:"built"`
	}
	f, list := tomlfile.Decode(file, data, &doc)
	b.Unanswered = append(b.Unanswered, doc.Unanswered...)
	b.Texts, b.Tables, b.Built = append(b.Texts, doc.Texts...), append(b.Tables, doc.Read...), append(b.Built, doc.Built...)
	for i, r := range doc.Rules {
		path := fmt.Sprintf("rules[%d]", i)
		r.Place = f.Place(path + ".code")
		if r.Relation != "equal" && r.Relation != "at-most" {
			list.Add(f.Wrong(path+".relation", lang.Text{ZH: "只能是 equal 或 at-most", EN: "must be equal or at-most"}))
			continue
		}
		level, ok := map[string]diag.Severity{"error": diag.Error, "warning": diag.Warning, "note": diag.Note}[r.Level]
		if !ok {
			list.Add(f.Wrong(path+".level", lang.Text{ZH: "只能是 error、warning 或 note", EN: "must be error, warning or note"}))
			continue
		}
		if b.codes[r.Code] == nil {
			c := &diag.Code{Word: r.Code, Severity: level, Headline: plain(r.Headline), Why: r.Why, Fix: r.Fix, Since: "0.1.0"}
			b.codes[r.Code] = c
			b.order = append(b.order, c)
		}
		r.code = b.codes[r.Code]
		for _, v := range r.variants() {
			if err := v.compile(); err != nil {
				list.Add(BadRule.At(r.Place, r.Code, lang.Explain(err)))
				break
			}
			b.Rules = append(b.Rules, v)
		}
	}
	return list
}

// General is the rule's name without the row or stage of which it is asked.
func (r *Rule) General() lang.Text {
	cut := func(s string) string {
		for _, x := range []string{"（{name}，{stage}）", "（经济科目，{name}，{stage}）", "（{stage}）", "（{name}）", " ({name}, {stage})", " ({stage})", " ({name})"} {
			s = strings.ReplaceAll(s, x, "")
		}
		if r.Stage != figure.NoStage {
			name := r.Stage.Name()
			for _, x := range []string{"（" + name.ZH + "）", "，" + name.ZH, " (" + name.EN + ")", ", " + name.EN} {
				s = strings.ReplaceAll(s, x, "")
			}
		}
		s = strings.ReplaceAll(s, "（{name}）", "")
		return strings.ReplaceAll(s, " ({name})", "")
	}
	return lang.Text{ZH: cut(r.Name.ZH), EN: cut(r.Name.EN)}
}

// plain is a headline without its placeholders, for explain.
func plain(t lang.Text) lang.Text {
	cut := strings.NewReplacer("（{stage}）", "", " ({stage})", "", "「{name}」", "", "{name}: ", "", "{name} ", "", "{name}", "")
	return lang.Text{ZH: cut.Replace(t.ZH), EN: cut.Replace(t.EN)}
}

func (r *Rule) variants() []*Rule {
	if !r.Stages {
		return []*Rule{r}
	}
	var out []*Rule
	for _, s := range figure.Stages {
		if len(r.Only) > 0 && !slices.Contains(r.Only, string(s)) {
			continue
		}
		v := *r
		v.Stage = s
		name := s.Name()
		id := func(t string) string { return strings.ReplaceAll(t, "{stage}", string(s)) }
		say := func(t lang.Text) lang.Text {
			return lang.Text{ZH: strings.ReplaceAll(t.ZH, "{stage}", name.ZH), EN: strings.ReplaceAll(t.EN, "{stage}", name.EN)}
		}
		v.Left, v.Right, v.When = id(r.Left), id(r.Right), id(r.When)
		v.Name, v.Headline = say(r.Name), say(r.Headline)
		out = append(out, &v)
	}
	return out
}

func (r *Rule) compile() (err error) {
	if r.When != "" {
		if r.when, err = formula.Compile(r.When); err != nil {
			return err
		}
	}
	if r.left, err = formula.Compile(r.Left); err != nil {
		return err
	}
	r.right, err = formula.Compile(r.Right)
	return err
}

// BadRule is raised for a rule that cannot be run.
var BadRule = &diag.Code{
	Word: "bad-rule", Severity: diag.Error, Since: "0.1.0",
	Headline: lang.Text{ZH: "检查规则「%s」不能运行：%s", EN: "the rule %s does not run: %s"},
	Why:      lang.Text{ZH: "不能运行的规则等于没有检查", EN: "a rule that does not run checks nothing"},
	Fix:      lang.Text{ZH: "核对规则里的公式", EN: "check the formulas of the rule"},
}

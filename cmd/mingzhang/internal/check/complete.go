package check

import (
	"regexp"
	"strings"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/statement"
)

// Presence is how a table that is due stands.
type Presence string

// The presences.
const (
	Handed      Presence = "handed-in"
	Made        Presence = "made"           // from lines
	EmptyTold   Presence = "empty"          // nothing in it, and it says so
	EmptyUntold Presence = "empty-unstated" // nothing in it and nothing said
	Absent      Presence = "missing"
)

// Due is a table that should be there.
type Due struct {
	Form      *statement.Form
	Statement *statement.Statement // nil when missing
	Presence  Presence
	Why       lang.Text // why it could not be made from lines
}

// Checklist is which tables of one kind are due and how each stands.
type Checklist struct {
	Kind  string // budget or final
	Set   *statement.Set
	Items []Due
}

var (
	missingTable = completeRule("statement-missing", diag.Note,
		lang.Text{ZH: "应公开的表齐全", EN: "all due tables are there"},
		lang.Text{ZH: "%s缺 %d 张表：%s", EN: "%s: %d tables are missing: %s"},
		lang.Text{ZH: "预决算公开有规定的一套表，没有数据的表也要保留表格", EN: "disclosures have a fixed set of tables; one without data keeps its grid"},
		lang.Text{ZH: "补交这些表；确实没有数据的，交空表并在表下写明", EN: "hand in the tables; one without data with a statement under it"},
		lang.Text{ZH: "C1：目录内每张表都在", EN: "C1"})
	emptyUntold = completeRule("empty-statement-missing", diag.Warning,
		lang.Text{ZH: "空表下面有说明", EN: "an empty table says so"},
		lang.Text{ZH: "「%s」是空表，表下没有说明", EN: "%s is empty and says nothing under it"},
		lang.Text{ZH: "没有说明的空表，分不清是没有数据还是漏填", EN: "an empty table without a statement may be a mistake"},
		lang.Text{ZH: "在表下加一行「注：……没有……，因此本表为空。」", EN: "add a line under the table that says there is nothing to report"},
		lang.Text{ZH: "C2：空表保留表格并写明本表没有数据", EN: "C2"})
	emptyWrong = completeRule("empty-statement-wrong", diag.Warning,
		lang.Text{ZH: "有数据的表没有写空表说明", EN: "a table with data does not say that it is empty"},
		lang.Text{ZH: "「%s」有数据，表下却写着「%s」", EN: "%s holds figures, yet says %s"},
		lang.Text{ZH: "表里有数、说明却写空表，多半是套用模板时没有删去", EN: "the statement was probably left over from a template"},
		lang.Text{ZH: "删去这句说明，或核对表中的数", EN: "delete the sentence, or check the figures"},
		lang.Text{ZH: "C3：有数据的表不写空表说明", EN: "C3"})
	emptyOther = completeRule("empty-statement-other", diag.Warning,
		lang.Text{ZH: "空表说明说的是本表", EN: "the statement names its own table"},
		lang.Text{ZH: "「%s」的空表说明写的是「%s」", EN: "%s: the statement under it reads %s"},
		lang.Text{ZH: "空表说明要写明本表的内容，写成别的表多半是复制时没有改", EN: "the statement was probably copied from another table"},
		lang.Text{ZH: "改成本表的内容", EN: "name this table's own subject"},
		lang.Text{ZH: "C2：空表说明写明本表的内容", EN: "C2"})
)

func completeRule(word string, level diag.Severity, name, headline, why, fix, basis lang.Text) *Rule {
	return codeRule("0.2.0", "completeness", word, level, name, headline, why, fix, basis)
}

// codeRule declares a kind of rule that is no formula over figures.
func codeRule(since, family, word string, level diag.Severity, name, headline, why, fix, basis lang.Text) *Rule {
	return &Rule{
		Code: word, Family: family, Level: level.String(), Name: name, Why: why, Fix: fix, Basis: basis, Headline: headline,
		code: &diag.Code{Word: word, Severity: level, Headline: headline, Why: why, Fix: fix, Since: since},
	}
}

// passed and failed are outcomes of such a rule, told of a table or the like.
func (r *Rule) passed(of lang.Text) Outcome {
	return Outcome{Rule: r, Name: about(of, r.Name), Result: Passed}
}

func (r *Rule) failed(of lang.Text, found ...*diag.Finding) Outcome {
	for _, f := range found {
		f.Basis = r.Basis
	}
	return Outcome{Rule: r, Name: about(of, r.Name), Result: Failed, Finding: found[0], Findings: found}
}

func about(of, name lang.Text) lang.Text {
	if of.IsZero() {
		return name
	}
	return lang.Text{ZH: of.ZH + "：" + name.ZH, EN: of.EN + ": " + name.EN}
}

// CompleteCodes lists the findings about which tables are there.
var CompleteCodes = []*diag.Code{missingTable.code, emptyUntold.code, emptyWrong.code, emptyOther.code}

// Kinds tells which kinds of disclosure a department-year has begun: budgets
// when any figure is of the original stage, final accounts when any is an
// outturn of a statutory table or line.
func Kinds(b *figure.Book, list []*statement.Statement) []string {
	budget, final := false, false
	for _, st := range list {
		if !st.Derived {
			budget = budget || st.Form.Kind == "budget"
			final = final || st.Form.Kind == "final"
		}
	}
	for _, r := range b.Table("expenditure") {
		if r.View || r.Level != figure.Leaf {
			continue
		}
		budget = budget || r.Cell("original").Known()
		final = final || r.Cell("outturn").Known()
	}
	var out []string
	if budget {
		out = append(out, "budget")
	}
	if final {
		out = append(out, "final")
	}
	return out
}

// Complete lists the tables that are due and how each stands.
func Complete(r *statement.Registry, set *statement.Set, kinds []string, list []*statement.Statement, lacking map[string]lang.Text) []Checklist {
	byForm := map[string]*statement.Statement{}
	for _, st := range list {
		byForm[st.Form.ID] = st
	}
	var out []Checklist
	for _, kind := range kinds {
		ids := set.Budget
		if kind == "final" {
			ids = set.Final
		}
		c := Checklist{Kind: kind, Set: set}
		for _, id := range ids {
			f, ok := r.Form(id)
			if !ok {
				continue
			}
			d := Due{Form: f, Statement: byForm[id], Presence: Absent, Why: lacking[id]}
			if st := d.Statement; st != nil {
				d.Presence = presenceOf(st)
			}
			c.Items = append(c.Items, d)
		}
		out = append(out, c)
	}
	return out
}

func presenceOf(st *statement.Statement) Presence {
	switch {
	case st.Blank() && (st.Derived || emptyNote(st) != ""):
		return EmptyTold
	case st.Blank():
		return EmptyUntold
	case st.Derived:
		return Made
	}
	return Handed
}

// Ways in which staff write that a table is empty: 此表无数据, 本部门2025年无政府性基金预算
// 支出, 本单位不涉及国有资本经营预算.
var (
	emptyTable = regexp.MustCompile(`(?:[此本该]表[^，。；]{0,6}(?:空|无|没有)|空表|无数据)`)
	nothing    = regexp.MustCompile(`(?:没有|未安排|未发生|不涉及|[^如若]无|^无)[^，。；]{0,14}(?:基金|国有资本|三公|支出|收入|预算)`)
)

// emptyNote returns the note that says a table is empty. What the form itself asks
// for, 没有收支的，仍保留该表格式, is none.
func emptyNote(st *statement.Statement) string {
	for _, n := range st.Notes {
		if !strings.Contains(n, "仍保留") && (emptyTable.MatchString(n) || nothing.MatchString(n)) {
			return n
		}
	}
	return ""
}

// subjects are what the tables of single funds are about.
var subjects = []struct {
	forms string
	words []string
}{
	{"b06 f08", []string{"政府性基金"}},
	{"b07 f09", []string{"国有资本"}},
	{"b09 f07", []string{"三公"}},
}

// Completeness asks the checklists and the statements under empty tables.
func Completeness(lists []Checklist, all []*statement.Statement, folder string) ([]Outcome, diag.List) {
	var out []Outcome
	var found diag.List
	for _, c := range lists {
		var missing []string
		for _, d := range c.Items {
			if d.Presence == Absent {
				missing = append(missing, d.Form.Title.ZH)
			}
		}
		kind := map[string]lang.Text{"budget": {ZH: "部门预算", EN: "budget"}, "final": {ZH: "部门决算", EN: "final accounts"}}[c.Kind]
		o := Outcome{Rule: missingTable, Name: lang.Text{ZH: kind.ZH + "：" + missingTable.Name.ZH, EN: kind.EN + ": " + missingTable.Name.EN}, Result: Passed}
		if len(missing) > 0 {
			o.Result = Failed
			o.Finding = missingTable.code.At(diag.Place{File: folder}, kind, len(missing), strings.Join(missing, "、"))
			o.Finding.Key, o.Finding.Basis = c.Kind, missingTable.Basis
			o.Findings = diag.List{o.Finding}
			found.Add(o.Finding)
		}
		out = append(out, o)
	}
	for _, st := range all {
		if st.Derived {
			continue
		}
		o := emptyOutcome(st)
		if o.Finding != nil {
			found.Add(o.Finding)
		}
		if o.Rule != nil {
			out = append(out, o)
		}
	}
	return out, found
}

// emptyOutcome asks what is said under a table against what is in it.
func emptyOutcome(st *statement.Statement) Outcome {
	note := emptyNote(st)
	title := st.Form.Title
	at := diag.Place{File: st.Sheet.File, Sheet: st.Sheet.Name}
	if n := st.Layout.Notes; len(n) > 0 {
		at = st.Sheet.Place(n[0])
	}
	fail := func(r *Rule, args ...any) Outcome {
		f := r.code.At(at, args...)
		f.Value, f.Key, f.Basis = note, st.Form.ID, r.Basis
		return Outcome{Rule: r, Name: lang.Text{ZH: title.ZH + "：" + r.Name.ZH, EN: title.EN + ": " + r.Name.EN}, Result: Failed, Finding: f, Findings: diag.List{f}}
	}
	switch {
	case !st.Blank() && note != "":
		return fail(emptyWrong, title, note)
	case !st.Blank():
		return Outcome{}
	case note == "":
		return fail(emptyUntold, title)
	}
	for _, s := range subjects {
		own := strings.Contains(s.forms, st.Form.ID)
		for _, w := range s.words {
			has := strings.Contains(label.Fold(note), label.Fold(w))
			if !own && has && !mentionsOwn(st.Form.ID, note) {
				return fail(emptyOther, title, note)
			}
		}
	}
	return Outcome{Rule: emptyUntold, Name: lang.Text{ZH: title.ZH + "：" + emptyUntold.Name.ZH, EN: title.EN + ": " + emptyUntold.Name.EN}, Result: Passed}
}

func mentionsOwn(form, note string) bool {
	for _, s := range subjects {
		if !strings.Contains(s.forms, form) {
			continue
		}
		for _, w := range s.words {
			if strings.Contains(label.Fold(note), label.Fold(w)) {
				return true
			}
		}
		return false
	}
	return true // the table of no single fund: any wording will do
}

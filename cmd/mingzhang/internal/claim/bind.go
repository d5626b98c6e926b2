package claim

import (
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/standard"
)

// How sure a number is bound to its figure.
const (
	byName  = "named" // by subject, stage and year; the value agrees
	byValue = "value" // by its value alone, which no other figure has
)

// bind holds the numbers of a text against the figures of its department-year:
// by meaning first, then by value and unit.
func (a *analysis) bind(k *Book) {
	for _, t := range a.data {
		if t.vague() || t.kind == money.KindNone || t.kind == money.KindDays {
			continue
		}
		meant, certain := a.meant(k, t)
		if in := a.inRow(k, t); in != nil {
			meant, certain = in, false
		}
		if a.agree(t, meant, byName) || a.agree(t, inputs(meant), byName) {
			continue
		}
		// Another figure of that value is another thing where the name leaves no choice:
		// a sentence copied from the item above it.
		if f := a.onlyValue(k, t); f != nil && !(certain && a.noneElse(k, t)) && a.agree(t, []*figure.Figure{f}, byValue) {
			continue
		}
		if certain && t.finding == nil {
			a.otherwise(t, meant)
		}
	}
}

// noneElse reports whether a number is named so fully that its figure stands in one place:
// as an item with class and division, or as a total of which there is one.
func (a *analysis) noneElse(k *Book, t *token) bool {
	for _, term := range glossary().byID[t.subject] {
		return term.Sole && t.explicit && a.scopeless(t)
	}
	item, _ := a.inItem(k, t)
	class, _ := a.inClass(k, t)
	return len(item)+len(class) > 0
}

// scopeless reports whether the words before a number name no part of the department:
// 局本级一般公共预算财政拨款支出.
func (a *analysis) scopeless(t *token) bool {
	return !containsOf(t.clause, "本级", "所属", "下属", "机关", "单位", "其中")
}

// inputs lists what went into figures: a text may speak of one kind of posts
// where the figure adds up all.
func inputs(list []*figure.Figure) []*figure.Figure {
	var out []*figure.Figure
	for _, f := range list {
		if f.Computed() {
			out = append(out, f.Formula.Inputs...)
		}
	}
	return out
}

// agree binds a number to the first figure whose value it is.
func (a *analysis) agree(t *token, list []*figure.Figure, how string) bool {
	for _, f := range list {
		if !f.Known() || f.Value.Unit.Kind() != t.kind && !(t.kind == money.KindShare && f.Value.Unit == money.NoUnit) {
			continue
		}
		v := judge(t.value, f.Value)
		if !holds(v) {
			if v = judge(t.value, money.Neg(f.Value)); !holds(v) || t.dir >= 0 {
				continue
			}
		}
		if how == byValue && (v == WithoutPower || v == ByRounding && t.unit == f.Value.Unit && t.places >= f.Value.Places) {
			continue // written as finely as the figure it would be that number
		}
		if v == WithoutPower {
			v = ByRounding // the name says the rest
		}
		t.figure, t.sure, t.held = f, how, f.WithUnit(lang.ZH)
		if t.verdict == Unbound || t.verdict == WithoutPower || t.verdict == ByRounding && v == Equal {
			t.verdict = v
		}
		return true
	}
	return false
}

// onlyValue finds the figure whose value a number is, when all figures of that
// value are one number and the number is long enough not to agree by chance.
func (a *analysis) onlyValue(k *Book, t *token) *figure.Figure {
	if t.prior || t.year != 0 && t.year != k.year || a.blocks[t.block].layout == heading || significant(t.n) < 3 {
		return nil
	}
	list := k.alike(t.value, t.kind)
	if t.role == difference && t.dir < 0 && len(list) == 0 {
		list = k.alike(money.Neg(t.value), t.kind)
	}
	if len(list) == 0 {
		return nil
	}
	var same []*figure.Figure
	for _, f := range list {
		if f.Value.Base().Equal(t.value.Base()) {
			same = append(same, f)
		}
	}
	if same != nil {
		list = same
	}
	for _, f := range list[1:] {
		if !f.Value.Base().Equal(list[0].Value.Base()) {
			return nil
		}
	}
	for _, f := range list {
		if t.stage == "" || t.stage == "budget" || string(f.Stage) == t.stage || f.Stage == "" {
			return f
		}
	}
	return nil
}

// significant counts the digits of a number between the zeros at its ends.
func significant(n decimal.Decimal) int {
	if n.NumDigits() > 18 {
		return len(strings.Trim(n.Coefficient().String(), "-0"))
	}
	c, digits := n.CoefficientInt64(), 0
	for c != 0 && c%10 == 0 {
		c /= 10
	}
	for ; c != 0; c /= 10 {
		digits++
	}
	return digits
}

// meant lists the figures of which a number seems to speak. certain says that
// nothing else can be meant, so that another value is a fault.
func (a *analysis) meant(k *Book, t *token) (list []*figure.Figure, certain bool) {
	if t.year != 0 && t.year != k.year && t.year != k.year-1 {
		return nil, false
	}
	before := t.prior || t.year == k.year-1
	find := func(id string) *figure.Figure {
		switch {
		case id == "":
			return nil
		case before:
			return k.before(id)
		}
		return k.figures.Get(id)
	}
	add := func(id string) {
		if f := find(id); f != nil {
			list = append(list, f)
		}
	}
	addTerm := func(term *standard.Subject, stage string) {
		f := find(term.Figure(stage))
		for _, id := range term.Tables[stage] {
			if f != nil && f.Known() {
				break
			}
			if g := find(id); g != nil {
				f = g
			}
		}
		if f != nil {
			list = append(list, f)
		}
	}
	switch t.role {
	case rate, growth, share:
		if before || t.rate == "" {
			return nil, false
		}
		r := rateOf(t.rate)
		if p := a.spokenRow(k, t); p != nil && (r == nil || r.ID == "execution-rate") {
			add(p.Table + "/" + p.Key + "/execution-rate")
			return list, false
		}
		if r == nil {
			return nil, false
		}
		add(r.ID)
		return list, r.ID != "execution-rate" || t.rate != "执行率" && glossary().rates[t.rate] != nil && a.rateSubject(t) == ""
	case level, base:
	default:
		return nil, false
	}
	stages := []string{t.stage}
	if t.stage == "budget" {
		stages = []string{"adjusted", "original"}
	}
	for _, term := range glossary().byID[t.subject] {
		if term.Counts && t.kind == money.KindMoney || !term.Counts && t.kind != money.KindMoney {
			continue
		}
		if t.stage == "" && (term.Stages || term.Totals != nil || term.Tables != nil) {
			stages = []string{"outturn", "adjusted", "original"}
		}
		if ofBasic(t, term) {
			stages = []string{string(t.scope.figure.Stage)}
		}
		for _, s := range stages {
			addTerm(term, s)
		}
		certain = t.stage != "" || !term.Stages && term.Totals == nil || a.opensParagraph(t) || ofBasic(t, term)
		break
	}
	if len(list) == 0 {
		if list, certain = a.inItem(k, t); len(list) > 0 {
			return list, certain
		}
		if list, certain = a.inClass(k, t); len(list) > 0 {
			return list, certain
		}
	}
	if len(list) == 0 && t.kind == money.KindMoney && !before && t.topical {
		if term := a.termBefore(t); term != nil {
			for _, s := range stages {
				addTerm(term, s)
			}
		}
	}
	if len(list) == 0 {
		name := strings.TrimSuffix(t.subject, "项目")
		r := k.row(name, rowTables...)
		if r == nil {
			r = k.row(strings.TrimSuffix(name, "支出"), rowTables...)
		}
		if r != nil && name != "" && !before {
			for _, s := range stages {
				if f := r.Cell(s); f != nil {
					list = append(list, f)
				}
			}
			if t.stage == "" {
				list = append(list, r.Cells...)
			}
			certain = r.Table == "project" && t.stage != "" && t.stage != "budget"
		}
	}
	if len(list) == 0 && t.kind == money.KindMoney && t.subject == "" && t.stage != "" && !t.prior { // 全年预算数 alone
		for _, s := range stages {
			add(map[string]string{"original": "original-budget", "adjusted": "adjusted-budget", "outturn": "outturn"}[s])
		}
		certain = false
	}
	if certain && (t.topical || t.role != level || t.scope != nil && (t.scope.figure == nil || t.scope.subject == t.subject)) {
		certain = false
	}
	return list, certain
}

// ofBasic reports whether a number is one of the two parts of basic spending of the general
// public budget, which its table tells: 一般公共预算财政拨款基本支出400万元。其中：人员经费340万元.
func ofBasic(t *token, term *standard.Subject) bool {
	return t.scope != nil && t.scope.subject == "general-public-basic" && t.scope.sure == byName && (term.ID == "personnel" || term.ID == "operating")
}

// opensParagraph reports whether a number is the first of a numbered paragraph that begins
// with its name: 3、公务接待费支出0.39万元. Of what else could it speak?
func (a *analysis) opensParagraph(t *token) bool {
	bl := a.blocks[t.block]
	if bl.layout == row || bl.layout == heading || a.of(t.block)[0] != t {
		return false
	}
	kind, _ := a.numberOf(t.block)
	return kind >= 0 && itemName(a.text(bl.start, t.from)) == itemName(t.clause)
}

// rowTables are the tables whose rows texts name.
var rowTables = []string{"project", "three-public", "income", "asset", "procurement"}

// termBefore finds the last thing that the sentence names before a number:
// 三公经费只有公务用车一项：年初预算20,000元.
func (a *analysis) termBefore(t *token) *standard.Subject {
	s := label.Fold(a.text(max(t.opening, t.from-60), t.from))
	var found *standard.Subject
	g := glossary()
	for i := len(s); i > 0 && found == nil; {
		r, width := utf8.DecodeLastRuneInString(s[:i])
		i -= width
		size := 0 // of names that begin here the longest
		for _, x := range g.spoken[r] {
			if len(x.name) > size && strings.HasPrefix(s[i:], x.name) {
				found, size = x.term, len(x.name)
			}
		}
	}
	return found
}

// inRow binds a number in a table to the row that the table's line names.
func (a *analysis) inRow(k *Book, t *token) []*figure.Figure {
	b := a.blocks[t.block]
	if b.layout != row {
		return nil
	}
	s := strings.TrimLeft(a.text(b.start, b.end), "|")
	name, _, ok := strings.Cut(s, "|")
	if !ok {
		return nil
	}
	r := k.row(name)
	if r == nil {
		return nil
	}
	list := r.Cells
	prefix := r.Table + "/" + r.Key + "/"
	for _, f := range k.figures.All() {
		if f.Computed() && strings.HasPrefix(f.ID, prefix) {
			list = append(list[:len(list):len(list)], f)
		}
	}
	return list
}

// spokenRow is the project of whose rate a sentence speaks: that of the number
// before.
func (a *analysis) spokenRow(k *Book, t *token) *figure.Row {
	for j := t.index - 1; j >= 0 && j > t.index-5 && a.data[j].sentence == t.sentence; j-- {
		if p := a.data[j]; p.role == level && p.subject != "" {
			return k.row(strings.TrimSuffix(p.subject, "项目"), "project")
		}
	}
	return nil
}

// otherwise tells of a number that the data contradict.
func (a *analysis) otherwise(t *token, list []*figure.Figure) {
	var f *figure.Figure
	for _, x := range list {
		if x.Known() && x.Value.Unit.Kind() == t.kind || x.Known() && t.kind == money.KindShare && x.Value.Unit == money.NoUnit {
			f = x
			break
		}
	}
	if f == nil {
		return
	}
	held := f.WithUnit(lang.ZH)
	t.held = held
	if k, ok := power(t.value, f.Value); ok && t.kind == money.KindMoney {
		a.slipped(t, k, f.Label.ZH+" "+held, nil)
		return
	}
	sum := held
	if f.Computed() && f.Formula.Arithmetic != nil {
		sum = f.Label.ZH + " = " + f.Formula.Numbers(lang.ZH).String() + " = " + held
	} else if f.Cell != nil {
		sum = f.Cell.Sheet.File + " " + f.Cell.Cell.Name() + "：" + held
	}
	a.add(&finding{code: HeldOtherwise, token: t, args: []any{a.quote(t), f.Label, held}, sum: lang.Same(sum), expected: held})
	t.verdict = Contradicts
}

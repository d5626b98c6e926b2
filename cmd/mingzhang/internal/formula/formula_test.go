package formula

import (
	"testing"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

func amount(t *testing.T, id, zh, text string) *figure.Figure {
	t.Helper()
	v, _, err := money.Parse(text, money.WanYuan, 2)
	if err != nil {
		t.Fatal(err)
	}
	return &figure.Figure{ID: id, Label: lang.Same(zh), Column: lang.Same(zh), Value: v}
}

func sampleBook(t *testing.T) *figure.Book {
	b := figure.NewBook("a/2024")
	for _, r := range [][3]string{{"office", "8.60", "8.47"}, {"dispatch", "97.00", "96.93"}, {"training", "0", "0"}} {
		b.AddRow(&figure.Row{
			Table: "project", Key: r[0], Attrs: []figure.Attr{{Name: "on-time", Value: "yes"}},
			Names: []string{"adjusted", "outturn"},
			Cells: []*figure.Figure{amount(t, "", "全年预算数", r[1]), amount(t, "", "执行数", r[2])},
		})
	}
	b.AddRow(&figure.Row{Table: "project", Key: "total", Level: figure.Total, Names: []string{"adjusted"}, Cells: []*figure.Figure{amount(t, "", "全年预算数", "105.60")}})
	b.Add(amount(t, "original-budget", "年初预算数", "1742.74"))
	b.Add(amount(t, "adjusted-budget", "全年预算数", "88808.45"))
	b.Add(amount(t, "blank", "未填数", ""))
	b.Prior = func(id string) *figure.Figure {
		if id == "original-budget" {
			return amount(t, id, "年初预算数", "1745.00")
		}
		return nil
	}
	return b
}

func TestFormulasRunAndReadBack(t *testing.T) {
	for _, tt := range []struct{ source, want, names, numbers string }{
		{"adjusted_budget - original_budget", "87,065.71 万元", "全年预算数 − 年初预算数", "88,808.45 − 1,742.74"},
		{"change(adjusted_budget, original_budget)", "4,995.91%", "(全年预算数 − 年初预算数) ÷ 年初预算数", "(88,808.45 − 1,742.74) ÷ 1,742.74"},
		{"change(original_budget, last_year.original_budget)", "−0.13%", "(年初预算数 − 上年年初预算数) ÷ 上年年初预算数", "(1,742.74 − 1,745.00) ÷ 1,745.00"},
		{`sum("project.outturn")`, "105.40 万元", "执行数之和（3 项）", "(8.47 + 96.93 + 0.00)"},
		{`sum("project.outturn") / project.total.adjusted`, "99.81%", "执行数之和（3 项） ÷ 全年预算数", "(8.47 + 96.93 + 0.00) ÷ 105.60"},
		{`get("project/training/outturn") / project.training.adjusted`, "不适用", "执行数 ÷ 全年预算数", "0.00 ÷ 0.00"},
		{`first(blank, adjusted_budget)`, "88,808.45 万元", "全年预算数", "88,808.45"},
		{`first(blank, project.nothing.adjusted)`, "未填报", "未填数", "（未填报）"},
		{`1 - (2 - 0.05) * 2`, "-2.9", "1 − (2 − 0.05) × 2", "1 − (2 − 0.05) × 2"},
		{`-original_budget / 2`, "−871.37 万元", "−年初预算数 ÷ 2", "−1,742.74 ÷ 2"},
		{`count("project{on-time=yes}") / count("project")`, "100.00%", "项数（project{on-time=yes}） ÷ 项数（project）", "3 ÷ 3"},
		{`first(blank, adjusted_budget - get("original-budget"))`, "87,065.71 万元", "全年预算数 − 年初预算数", "88,808.45 − 1,742.74"},
		{`abs(original_budget - get("adjusted-budget") / 1)`, "87,065.71 万元", "|年初预算数 − 全年预算数 ÷ 1|", "|1,742.74 − 88,808.45 ÷ 1|"},
		{`bands(original_budget / adjusted_budget, "<2%: 3, <=100%: 2, else: 0")`, "3", "年初预算数 ÷ 全年预算数 按档计分（<2%：3；≥2% 且 ≤100%：2；>100%：0）", "1,742.74 ÷ 88,808.45"},
		{`adjusted_budget > original_budget ? 1 : number(min(percent(50), original_budget / adjusted_budget))`, "1", "若 全年预算数 > 年初预算数，则 1，否则 最小值(50%, 年初预算数 ÷ 全年预算数)", "若 88,808.45 > 1,742.74，则 1，否则 最小值(50%, 1,742.74 ÷ 88,808.45)"},
		{`round(2.675, 2)`, "2.68", "四舍五入(2.675, 2)", "四舍五入(2.675, 2)"},
		{`mean(1, 2, 6)`, "3", "(1 + 2 + 6) ÷ 3", "(1 + 2 + 6) ÷ 3"},
	} {
		e, err := Compile(tt.source)
		if err != nil {
			t.Error(err)
			continue
		}
		r, err := e.Eval(Scope{Book: sampleBook(t)})
		if err != nil {
			t.Error(err)
			continue
		}
		got := r.Value.Plain()
		switch {
		case r.Value.Unit == money.WanYuan:
			got = r.Value.As(money.WanYuan, 2).WithUnit(lang.ZH)
		case tt.want[len(tt.want)-1] == '%' || r.Value.State == money.NotApplicable:
			got = r.Value.As(money.Percent, 2).WithUnit(lang.ZH)
		}
		names, numbers := r.Names(lang.ZH).String(), r.Numbers(lang.ZH).String()
		if got != tt.want || names != tt.names || numbers != tt.numbers {
			t.Errorf("%s\n got  %s | %s | %s\n want %s | %s | %s", tt.source, got, names, numbers, tt.want, tt.names, tt.numbers)
		}
	}
}

func TestConditions(t *testing.T) {
	for source, want := range map[string]bool{
		"adjusted_budget > original_budget":          true,
		"blank > 0":                                  false,
		"known(blank) or original_budget == 1742.74": false, // yuan and bare numbers are compared in yuan
		"not known(blank) and adjusted_budget >= 0":  true,
	} {
		e, err := Compile(source)
		if err != nil {
			t.Error(err)
			continue
		}
		r, err := e.Eval(Scope{Book: sampleBook(t)})
		if err != nil || r.Bool != want {
			t.Errorf("%s is %v, %v", source, r.Bool, err)
		}
	}
}

func TestInputsAreWhatTookPart(t *testing.T) {
	e, err := Compile(`first(blank, sum("project.adjusted")) + original_budget`)
	if err != nil {
		t.Fatal(err)
	}
	r, err := e.Eval(Scope{Book: sampleBook(t)})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, f := range r.Inputs {
		ids = append(ids, f.ID)
	}
	if len(ids) != 4 || ids[0] != "project/office/adjusted" || ids[3] != "original-budget" {
		t.Errorf("inputs %v", ids)
	}
}

func TestCompileRefuses(t *testing.T) {
	for _, source := range []string{
		"", "1 +", "nope(1)", `"text"`, "a[0]", "a + true", `sum(a)`, "filter(a, true)",
		`bands(a, "<90%: 3")`, `bands(a, "<90%: 3, <80%: 2, else: 0")`, `bands(a, "<90%: 3, <90%: 2, else: 0")`, `bands(a, ">90%: 3, else: 0")`, `bands(a, b)`, `bands(a, "else: 0, <90%: 1")`,
	} {
		if _, err := Compile(source); err == nil {
			t.Errorf("%q compiled", source)
		}
	}
}

func BenchmarkEval(b *testing.B) {
	e, err := Compile("change(adjusted_budget, original_budget)")
	if err != nil {
		b.Fatal(err)
	}
	t := &testing.T{}
	s := Scope{Book: sampleBook(t)}
	for b.Loop() {
		if _, err := e.Eval(s); err != nil {
			b.Fatal(err)
		}
	}
}

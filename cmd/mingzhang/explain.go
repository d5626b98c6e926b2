package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"mingzhang/cmd/mingzhang/internal/codebook"
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/score"
)

// newExplain is the command that explains a figure, a finding or a rubric.
func newExplain(a *app) *cobra.Command {
	var rubric string
	var ids bool
	c := &cobra.Command{
		Use:   "explain " + a.say("{部门 年度 数 | 检查代码}", "{DEPARTMENT YEAR FIGURE | CODE}"),
		Short: a.say("说明一个数的来历、一种检查结果或一张评分表", "explain a figure, a finding or a rubric"),
		Long: a.say(`说明一个数是怎么来的：算式、代入的数、每个数抄自哪个文件的哪一格。
也可以说明一种检查结果的代码，或打印一张评分表。

退出状态：0 已说明，1 数据有错误，2 没有这个数、代码或评分表，3 读写失败。`,
			`Explains where a figure comes from: the formula, the numbers in it, the cell of
each. Explains a code of a finding as well, or prints a rubric.

Exit status: 0 explained, 1 the data have errors, 2 no such figure, code or
rubric, 3 cannot read.`),
		Example: "  mingzhang explain huoli 2024 execution-rate\n  mingzhang explain huoli 2024 --ids\n  mingzhang explain total-sum\n  mingzhang explain --rubric sz-futian-2024",
		Args:    cobra.MaximumNArgs(3),
		RunE: func(_ *cobra.Command, args []string) error {
			switch {
			case rubric != "":
				return a.explainRubric(rubric)
			case len(args) == 1:
				return a.explainCode(args[0])
			case len(args) == 3 || len(args) == 2 && ids:
				id := ""
				if len(args) == 3 {
					id = args[2]
				}
				return a.explainFigure(args[0], args[1], id)
			}
			return usageError(lang.Text{ZH: "写明部门、年度和数，例如：mingzhang explain huoli 2024 execution-rate", EN: "name department, year and figure, such as: mingzhang explain huoli 2024 execution-rate"})
		},
	}
	c.Flags().StringVar(&rubric, "rubric", "", a.say("打印一张评分表", "print a rubric"))
	c.Flags().BoolVar(&ids, "ids", false, a.say("列出这个年度的全部数", "list all figures of the department-year"))
	return c
}

func (a *app) explainCode(word string) error {
	s, _, err := a.open()
	var codes []*diag.Code
	if err == nil {
		codes = s.Rules.Codes()
	}
	codes = append(codes, codebook.All()...)
	var words []string
	for _, c := range codes {
		if c.Word == word {
			fmt.Fprintf(a.out, "%s  %s\n\n", c.Word, c.Severity.Name().In(a.lang))
			fmt.Fprintf(a.out, "%s\n", c.Plain().In(a.lang))
			fmt.Fprintf(a.out, "\n%s  %s\n%s  %s\n", a.say("为什么", "why"), c.Why.In(a.lang), a.say("怎么改", "fix"), c.Fix.In(a.lang))
			fmt.Fprintf(a.out, "%s  %s\n", a.say("起始版本", "since"), c.Since)
			a.explainExample(c.Word)
			return nil
		}
		words = append(words, c.Word)
	}
	t := lang.Sprintf(lang.Text{ZH: "没有代码「%s」", EN: "there is no code %s"}, word)
	if near := label.Nearest(word, words); near != "" {
		t = lang.Sprintf(lang.Text{ZH: "没有代码「%s」，是不是「%s」？", EN: "there is no code %s; did you mean %s?"}, word, near)
	}
	return usageError(t)
}

// explainExample prints the example of a code: the files with the mistake in
// 【】, then how they are mended. Every example is run as a test.
func (a *app) explainExample(word string) {
	e, ok := codebook.FindExample(word)
	if !ok {
		return
	}
	for _, side := range []struct {
		head string
		in   func(codebook.ExampleFile) (string, bool)
	}{
		{a.say("会报出这一条的例子", "an example that raises it"), func(f codebook.ExampleFile) (string, bool) { return f.Shown, f.InBad }},
		{a.say("改好以后", "the same, mended"), func(f codebook.ExampleFile) (string, bool) { return f.Mended, f.InGood && f.Differs }},
	} {
		fmt.Fprintf(a.out, "\n%s\n", side.head)
		for _, f := range e.Files {
			text, ok := side.in(f)
			if !ok {
				continue
			}
			fmt.Fprintf(a.out, "  %s\n", f.Path)
			for line := range strings.Lines(text) {
				fmt.Fprintf(a.out, "    %s\n", strings.TrimRight(strings.ReplaceAll(line, "\x00", "␀"), "\n"))
			}
		}
		if side.head == a.say("改好以后", "the same, mended") && !slices.ContainsFunc(e.Files, func(f codebook.ExampleFile) bool { return f.InGood && f.Differs }) {
			fmt.Fprintf(a.out, "  %s\n", a.say("（没有上面的文件）", "(without the file above)"))
		}
	}
}

func (a *app) explainFigure(slug, yearText, id string) error {
	s, list, err := a.open()
	if err != nil {
		return err
	}
	year, err := strconv.Atoi(yearText)
	dep, ok := s.Departments.Find(slug)
	if err != nil || !ok {
		t := lang.Sprintf(lang.Text{ZH: "没有部门「%s」", EN: "there is no department %s"}, slug)
		if err != nil {
			t = lang.Sprintf(lang.Text{ZH: "「%s」不是年度", EN: "%s is no year"}, yearText)
		}
		return usageError(t)
	}
	book, more := s.Book(dep, year)
	list.Add(more...)
	if book == nil {
		return usageError(lang.Sprintf(lang.Text{ZH: "「%s」没有 %d 年度的数据", EN: "%s has no data for %d"}, dep.Name, year))
	}
	if id == "" {
		for _, f := range book.All() {
			fmt.Fprintf(a.out, "%s\t%s\t%s\n", f.ID, f.WithUnit(a.lang), f.Label.In(a.lang))
		}
		return nil
	}
	f := findFigure(book, id)
	if f == nil {
		var ids []string
		for _, x := range book.All() {
			ids = append(ids, x.ID, x.Label.ZH)
		}
		t := lang.Sprintf(lang.Text{ZH: "没有数「%s」；用 --ids 列出全部", EN: "there is no figure %s; --ids lists them all"}, id)
		if near := label.Nearest(id, ids); near != "" {
			t = lang.Sprintf(lang.Text{ZH: "没有数「%s」，是不是「%s」？", EN: "there is no figure %s; did you mean %s?"}, id, near)
		}
		return usageError(t)
	}
	e := &explanation{a: a, home: book.Home, told: map[*figure.Figure]bool{}}
	e.figure(f, "", "")
	return nil
}

// findFigure takes an id or a name.
func findFigure(b *figure.Book, text string) *figure.Figure {
	if f := b.Get(text); f != nil {
		return f
	}
	for _, f := range b.All() {
		if label.Fold(f.Label.ZH) == label.Fold(text) || strings.EqualFold(f.Label.EN, text) {
			return f
		}
	}
	return nil
}

// explanation prints a proof as a tree.
type explanation struct {
	a    *app
	home string
	told map[*figure.Figure]bool
}

// figure prints a figure; lead stands before its first line, under before those
// below.
func (e *explanation) figure(f *figure.Figure, lead, under string) {
	a := e.a
	name := f.Label.In(a.lang)
	if f.Home != e.home && f.Home != "" {
		name = f.Home + " · " + name
	}
	fmt.Fprintf(a.out, "%s%s  %s", lead, name, f.WithUnit(a.lang))
	switch {
	case f.Cell != nil:
		fmt.Fprintf(a.out, "  ← %s %s「%s」%s\n", f.Cell.Sheet.Place(f.Cell.Cell), f.Cell.Cell.Name(), f.Cell.Column, quoted(f.Cell.Cell.Text))
		return
	case e.told[f]:
		fmt.Fprintf(a.out, "  %s\n", a.say("（见上）", "(see above)"))
		return
	}
	fmt.Fprintf(a.out, "  [%s]\n", f.ID)
	e.told[f] = true
	m := f.Formula
	if m == nil {
		return
	}
	names, numbers := m.Names(a.lang).String(), m.Numbers(a.lang).String()
	bar := under
	if len(m.Inputs) > 0 {
		bar += "│ "
	} else {
		bar += "  "
	}
	if names != numbers {
		fmt.Fprintf(a.out, "%s= %s\n", bar, names)
	}
	fmt.Fprintf(a.out, "%s= %s\n", bar, numbers)
	if v := f.Value; v.Known() {
		line := a.say("未舍入 ", "unrounded ") + v.Plain() + sign(v)
		if iv := v.IntervalText(); iv != "" {
			line += a.say("，舍入范围 ", ", rounding range ") + iv
		}
		fmt.Fprintf(a.out, "%s%s\n", bar, line)
	}
	if basis := m.Basis.In(a.lang); basis != "" && under == "" {
		fmt.Fprintf(a.out, "%s%s%s\n", bar, a.say("依据：", "basis: "), basis)
	}
	for i, in := range m.Inputs {
		if i == len(m.Inputs)-1 {
			e.figure(in, under+"└─ ", under+"   ")
		} else {
			e.figure(in, under+"├─ ", under+"│  ")
		}
	}
}

func sign(v money.Value) string {
	if v.Unit == money.Percent {
		return "%"
	}
	return ""
}

func quoted(s string) string { return "“" + strings.TrimSpace(s) + "”" }

func (a *app) explainRubric(id string) error {
	s, _, err := a.open()
	if err != nil {
		return err
	}
	r, ok := s.Rubrics.Find(id)
	if !ok {
		all := strings.Join(s.Rubrics.IDs(), "、")
		return usageError(lang.Sprintf(lang.Text{ZH: "没有评分表「%s」，可用的有：%s", EN: "there is no rubric %s; there are %s"}, id, all))
	}
	fmt.Fprintf(a.out, "%s  %s\n%s\n", r.ID, r.Name.In(a.lang), r.Note.In(a.lang))
	fmt.Fprintf(a.out, a.say("总分 %s；%s 时四舍五入到 %d 位小数\n\n", "%s points in all; rounded at %s to %d decimals\n\n"), r.Total, roundedAt(a, r), r.Round.Places)
	var last []string
	for _, it := range r.Items {
		var path []string
		for _, p := range it.Path {
			path = append(path, p.In(a.lang))
		}
		for i := range path[:len(path)-1] {
			if i >= len(last) || last[i] != path[i] {
				fmt.Fprintf(a.out, "%s%s\n", strings.Repeat("  ", i), path[i])
				last = append(append([]string{}, path[:i]...), path[i])
			}
		}
		indent := strings.Repeat("  ", len(path)-1)
		fmt.Fprintf(a.out, "%s%s  %s %s  [%s]\n", indent, path[len(path)-1], it.Weight, a.say("分", "points"), it.ID)
		for _, p := range it.Parts {
			name := ""
			if len(it.Parts) > 1 {
				name = p.Name.In(a.lang) + " " + p.Weight.String() + "："
			}
			fmt.Fprintf(a.out, "%s  · %s%s\n", indent, name, p.Standard.In(a.lang))
			fmt.Fprintf(a.out, "%s    %s  %s\n", indent, p.Kind, p.Source())
		}
		if it.Gate != nil {
			fmt.Fprintf(a.out, "%s  · %s\n", indent, it.Gate.Text.In(a.lang))
		}
	}
	return nil
}

func roundedAt(a *app, r *score.Rubric) string {
	if r.Round.At == "item" {
		return a.say("每项", "each item")
	}
	return a.say("合计", "the total")
}

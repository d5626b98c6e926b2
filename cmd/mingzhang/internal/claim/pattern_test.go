package claim

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/money"
)

// The patterns that are found by hand are found as regular expressions find
// them.
func TestPatternsByHand(t *testing.T) {
	years, priors := regexp.MustCompile(`((?:19|20)\d\d)年?`), regexp.MustCompile(`上年|去年|上一?年度?|上期|同期`)
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom([]rune("1902009年上一度去同期支x、第（ "))).Draw(t, "text")
		for _, x := range []struct {
			name    string
			pattern *regexp.Regexp
			find    func(string, int) (int, int)
		}{{"year", years, yearIn}, {"prior", priors, priorIn}} {
			var got [][]int
			for i, j := x.find(s, 0); i >= 0; i, j = x.find(s, j) {
				got = append(got, []int{i, j})
			}
			want := x.pattern.FindAllStringIndex(s, -1)
			if len(got) != len(want) {
				t.Fatalf("%s in %q: %v; want %v", x.name, s, got, want)
			}
			for i := range got {
				if got[i][0] != want[i][0] || got[i][1] != want[i][1] {
					t.Fatalf("%s in %q: %v; want %v", x.name, s, got, want)
				}
			}
			if cut := cutOut(s, x.find); cut != x.pattern.ReplaceAllString(s, "") {
				t.Fatalf("%s cut out of %q: %q", x.name, s, cut)
			}
		}
		if got, want := stripNumbering(s), headNumber.ReplaceAllString(s, ""); got != want {
			t.Fatalf("%q without its number: %q; want %q", s, got, want)
		}
	})
}

// The stage of a clause is looked for from its end; the simple way tries every
// word, the longest first.
func TestStagesAreTheLongestWords(t *testing.T) {
	words := []string{"年", "，", "支"}
	for _, s := range glossary().Stages {
		words = append(words, s.Words...)
	}
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	simple := func(c string) (string, string) {
		for _, w := range words {
			for _, s := range glossary().Stages {
				if i := strings.LastIndex(c, w); i >= 0 && slices.Contains(s.Words, w) {
					return s.ID, c[:i] + c[i+len(w):]
				}
			}
		}
		return "", c
	}
	rapid.Check(t, func(t *rapid.T) {
		c := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 5).Draw(t, "words"), "")
		stage, rest := stageOf(c)
		if s, r := simple(c); stage != s || rest != r {
			t.Fatalf("%q: %s, %q; want %s, %q", c, stage, rest, s, r)
		}
	})
}

func TestFiguresAreFoundInTheOrderOfTheirValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOf(rapid.Custom(func(t *rapid.T) *figure.Figure {
			n := decimal.New(rapid.Int64Range(-30, 30).Draw(t, "coefficient"), rapid.Int32Range(-7, 14).Draw(t, "exponent"))
			return &figure.Figure{Value: money.Of(n, money.WanYuan)}
		})).Draw(t, "figures")
		want := slices.Clone(list)
		slices.SortStableFunc(want, func(a, b *figure.Figure) int { return money.Cmp(a.Value, b.Value) })
		number := rapid.Custom(func(t *rapid.T) money.Value {
			return money.Of(decimal.New(rapid.Int64Range(-30, 30).Draw(t, "coefficient"), rapid.Int32Range(-7, 14).Draw(t, "exponent")), money.WanYuan)
		})
		lo, hi := number.Draw(t, "lo"), number.Draw(t, "hi")
		want = slices.DeleteFunc(want, func(f *figure.Figure) bool { return money.Cmp(f.Value, lo) < 0 || money.Cmp(f.Value, hi) > 0 })
		v := &valued{}
		for _, f := range list {
			v.add(f)
		}
		v.hang()
		if got := v.within(money.KindMoney, lo, hi); !slices.Equal(got, want) {
			t.Fatal("other figures, or in another order")
		}
	})
}

// Whatever a pattern matches holds one of its signs.
func TestPatternsAreSoughtByTheirSigns(t *testing.T) {
	pieces := strings.Split("见 详见 如 结合 下表 上表 附表 表 1 12 附件 “ ” 《 》 项目 全年 年初 年度 预算 。 ， ： （ ） 甲乙丙丁戊己 明细 评分情况 附后 填报 待 请 此处 写明 仍保留该表格式 增加 减少 下降 大于 低于 或 / 原因 是 { ｝ 【 】 内容 单位 名称 具体 说明 照实写 X Ｘ × x ○ O o 〇 _", " ")
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 14).Draw(t, "text"), "")
		for _, p := range append([]sought{tableWord, tableTitle, attachment, quotation, projectOf}, leftovers[:]...) {
			if p.pattern.MatchString(s) && !containsOf(s, p.signs...) {
				t.Fatalf("%s matches %q", p.pattern, s)
			}
		}
	})
}

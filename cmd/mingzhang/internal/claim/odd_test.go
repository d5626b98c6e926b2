package claim

import (
	"strings"
	"testing"
)

// A base below zero stopped the program: there is no rate to hold against, and
// no change from which the base was made.
func TestARateOnANegativeBaseIsNotJudged(t *testing.T) {
	for _, text := range []string{
		"其他收入20.00万元，比上年的-30.00万元增长166.67%。",
		"结余由-30.00万元增加到20.00万元，增长166.67%。",
		"净资产-5.00万元，比上年的-3.00万元下降66.67%，减少2.00万元。",
	} {
		if r := Read(text, Options{File: "x"}); len(r.Findings) != 0 {
			t.Errorf("%s: %s", text, r.Findings[0].Headline.ZH)
		}
	}
}

// A line of nothing but signs that are not read, such as the zero-width space
// that a paste brings, stopped the program when it stood first.
func TestALineThatHoldsNothingIsNone(t *testing.T) {
	for _, line := range []string{"\u200b", "**", "\ufeff\u200b", "``", "- "} {
		for _, markdown := range []bool{false, true} {
			r := Read(line+"\n年初预算100万元，支出决算90万元，完成年初预算的80%。", Options{File: "x", Markdown: markdown})
			if len(r.Findings) != 1 || r.Findings[0].Place.Line != 2 {
				t.Errorf("%q: %d findings", line, len(r.Findings))
			}
		}
	}
}

// The name of rules and the price from which equipment is counted are no numbers of
// which a figure could be asked.
func TestNamesAndThresholdsAreNoData(t *testing.T) {
	r := Read("严格落实中央八项规定精神。单价100万元（含）以上设备12台。", Options{File: "x"})
	var got string
	for _, n := range r.Numbers {
		got += n.Text + " " + n.Why + ";"
	}
	if want := "100万元 threshold;12台 ;"; got != want {
		t.Errorf("%s; want %s", got, want)
	}
}

// An item is found where it is written, however much stands before it.
func TestAnItemIsPlacedBehindALongLead(t *testing.T) {
	a := &analysis{script: read("说明"+strings.Repeat("，示例", 200)+"，教育支出（类）进修及培训（款）培训支出（项）。支出决算为18.00万元。", true)}
	it, ok := a.itemOf(0)
	if got := a.text(it.from, it.till); !ok || got != "进修及培训（款）培训支出（项）" {
		t.Errorf("%v: %s", ok, got)
	}
}

package claim

import (
	"strings"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// unexplained tells of an item of the statement of accounts, （类）…（款）…（项），
// whose outturn differs from its original budget and of which nothing is said
// beyond the numbers: the form of the state asks for the reason.
func (a *analysis) unexplained() {
	for b, bl := range a.blocks {
		if bl.layout == row || bl.layout == heading {
			continue
		}
		s := a.text(bl.start, bl.end)
		if !strings.Contains(s, "（项）") || !strings.Contains(s, "年初预算") || containsOf(s, glossary().Words.Reasons...) {
			continue
		}
		own := a.of(b)
		var part, whole *token
		for _, t := range own {
			if t.role != level || t.kind != money.KindMoney || t.vague() || t.prior {
				continue
			}
			switch {
			case t.stage == "original" && whole == nil:
				whole = t
			case t.stage == "outturn" && part == nil:
				part = t
			case t.stage == "original" || t.stage == "outturn":
				part, whole = nil, nil // several items in one paragraph
			}
		}
		if part == nil || whole == nil || part.sentence != whole.sentence || money.Overlaps(part.value, whole.value) || b+1 < len(a.blocks) && a.goesOn(b+1) {
			continue
		}
		diff, err := money.Sub(part.value, whole.value)
		if err != nil {
			continue
		}
		sum := num(part) + " − " + num(whole) + " = " + show(like(diff, part.value))
		a.add(&finding{code: ReasonAbsent, token: part, args: []any{a.quote(part), a.quote(whole)}, sum: lang.Same(sum), related: []*token{whole}})
	}
}

// goesOn reports whether a block belongs to the one before it: it is neither
// numbered nor a heading, and gives the reason there.
func (a *analysis) goesOn(b int) bool {
	bl := a.blocks[b]
	if bl.layout == heading {
		return false
	}
	kind, _ := a.numberOf(b)
	return kind < 0 && containsOf(a.text(bl.start, bl.end), glossary().Words.Reasons...)
}

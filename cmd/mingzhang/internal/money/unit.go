package money

import (
	"strings"

	"mingzhang/cmd/mingzhang/internal/lang"
)

// Kind groups the units that can be added to and compared with each other.
type Kind uint8

// The kinds of unit.
const (
	KindNone  Kind = iota // a bare number
	KindMoney             // base: one yuan
	KindShare             // base: one whole, so 1 % is 0.01
	KindCount             // things, people, times: base one
	KindScore             // points
	KindDays
	KindDate // a calendar day; base: days since 1970-01-01
)

// Unit is what a number counts. The zero Unit is "no unit", which for an amount
// is an error: nothing here ever assumes 万元.
type Unit uint8

// The units met in budgets, final accounts and self-evaluations.
const (
	NoUnit Unit = iota
	Yuan
	QianYuan
	WanYuan
	BaiwanYuan
	YiYuan
	Percent
	PercentPoint
	Times
	Points
	Days
	Person
	PersonTime
	Item
	Piece
	Vehicle
	Set
	Batch
	Group
	Household
	Occasion
	Matter
	Copy
	Building
	Firm
	Date
)

type unitInfo struct {
	sign    string // as written in Chinese headers and cells
	en      string
	kind    Kind
	shift   int32 // power of ten from this unit to the base of its kind
	aliases []string
}

var units = [...]unitInfo{
	NoUnit:       {sign: "", en: "", kind: KindNone},
	Yuan:         {sign: "元", en: "yuan", kind: KindMoney, aliases: []string{"人民币元", "yuan", "CNY", "RMB"}},
	QianYuan:     {sign: "千元", en: "1,000 yuan", kind: KindMoney, shift: 3},
	WanYuan:      {sign: "万元", en: "10,000 yuan", kind: KindMoney, shift: 4, aliases: []string{"人民币万元", "萬元", "10000 yuan", "10k yuan", "万"}},
	BaiwanYuan:   {sign: "百万元", en: "million yuan", kind: KindMoney, shift: 6},
	YiYuan:       {sign: "亿元", en: "100 million yuan", kind: KindMoney, shift: 8, aliases: []string{"亿", "億元"}},
	Percent:      {sign: "%", en: "%", kind: KindShare, shift: -2, aliases: []string{"％", "百分比", "percent"}},
	PercentPoint: {sign: "个百分点", en: "percentage points", kind: KindShare, shift: -2, aliases: []string{"百分点"}},
	Times:        {sign: "倍", en: "times", kind: KindShare},
	Points:       {sign: "分", en: "points", kind: KindScore, aliases: []string{"points"}},
	Days:         {sign: "天", en: "days", kind: KindDays, aliases: []string{"日", "个工作日", "工作日", "days"}},
	Person:       {sign: "人", en: "people", kind: KindCount, aliases: []string{"名", "位", "people", "persons"}},
	PersonTime:   {sign: "人次", en: "person-times", kind: KindCount, aliases: []string{"person-times"}},
	Item:         {sign: "个", en: "items", kind: KindCount, aliases: []string{"items"}},
	Piece:        {sign: "件", en: "pieces", kind: KindCount, aliases: []string{"起", "pieces", "cases"}},
	Vehicle:      {sign: "辆", en: "vehicles", kind: KindCount, aliases: []string{"台", "vehicles"}},
	Set:          {sign: "台（套）", en: "sets", kind: KindCount, aliases: []string{"台(套)", "套", "台套", "sets"}},
	Batch:        {sign: "批次", en: "batches", kind: KindCount, aliases: []string{"批", "batches"}},
	Group:        {sign: "团组", en: "delegations", kind: KindCount, aliases: []string{"个团组", "团", "delegations"}},
	Household:    {sign: "户", en: "households", kind: KindCount, aliases: []string{"households"}},
	Occasion:     {sign: "次", en: "occasions", kind: KindCount, aliases: []string{"场", "场次", "期", "times held"}},
	Matter:       {sign: "项", en: "matters", kind: KindCount, aliases: []string{"matters"}},
	Copy:         {sign: "份", en: "copies", kind: KindCount, aliases: []string{"篇", "本", "copies"}},
	Building:     {sign: "栋", en: "buildings", kind: KindCount, aliases: []string{"幢", "座", "buildings"}},
	Firm:         {sign: "家", en: "organisations", kind: KindCount, aliases: []string{"organisations"}},
	Date:         {sign: "日期", en: "date", kind: KindDate},
}

var unitBySign = func() map[string]Unit {
	m := map[string]Unit{}
	for u, info := range units {
		if info.sign == "" {
			continue
		}
		m[info.sign] = Unit(u)
		m[info.en] = Unit(u)
		for _, a := range info.aliases {
			m[a] = Unit(u)
		}
	}
	return m
}()

// UnitOf returns the unit that a sign names: 万元, ％, 人次, 万 元.
func UnitOf(sign string) (Unit, bool) {
	u, ok := unitBySign[strings.TrimSpace(sign)]
	if !ok && sign != "" && len(sign) < 32 { // no sign is longer
		u, ok = unitBySign[strings.ReplaceAll(Fold(sign), " ", "")]
	}
	return u, ok
}

// Sign returns the unit as it is written in Chinese.
func (u Unit) Sign() string { return units[u].sign }

// Name returns the unit in both languages.
func (u Unit) Name() lang.Text { return lang.Text{ZH: units[u].sign, EN: units[u].en} }

// Kind tells what the unit can be added to.
func (u Unit) Kind() Kind { return units[u].kind }

// Shift is the power of ten from this unit to the base of its kind: 4 for 万元.
func (u Unit) Shift() int32 { return units[u].shift }

// Places is how many decimals the field prints in this unit.
func (u Unit) Places() int32 {
	switch u.Kind() {
	case KindMoney, KindShare, KindScore:
		return 2
	}
	return 0
}

// Rounded reports whether figures in this unit are customarily rounded from
// something finer. 万元 are; 元 are what the books are kept in, so they are
// exact; counts are exact.
func (u Unit) Rounded() bool {
	switch u.Kind() {
	case KindMoney:
		return u != Yuan
	case KindShare:
		return true
	}
	return false
}

// Units lists every unit but "none".
func Units() []Unit {
	var out []Unit
	for u := range units {
		if Unit(u) != NoUnit {
			out = append(out, Unit(u))
		}
	}
	return out
}

package sample

import (
	_ "embed"
	"fmt"
	"strings"

	"mingzhang/cmd/mingzhang/internal/tomlfile"
)

// body is a kind of public body: what it is called, what it is, and on which
// functions it spends.
type body struct {
	word   string // in addresses
	name   string
	kind   string // 单位性质
	parent int    // how many places before it in the list its responsible body stands; 0 is none
	run    string // function of its running costs
	works  []work
}

// work is something a body does as a project.
type work struct {
	name     string
	function string
	goal     string // what is counted
	unit     string
}

//go:embed bodies.toml
var bodiesFile []byte

// bodies are the kinds of bodies of one region.
var bodies = func() []body {
	var doc struct {
		Bodies []struct {
			Word, Name, Kind, Run string
			Parent                int
			Works                 []struct{ Name, Function, Goal, Unit string }
		}
	}
	if _, list := tomlfile.Decode("bodies.toml", bodiesFile, &doc); len(list) > 0 {
		panic("sample: " + list[0].Headline.EN) // the file is ours
	}
	var out []body
	for _, x := range doc.Bodies {
		b := body{word: x.Word, name: x.Name, kind: x.Kind, parent: x.Parent, run: x.Run}
		for _, w := range x.Works {
			b.works = append(b.works, work{w.Name, w.Function, w.Goal, w.Unit})
		}
		out = append(out, b)
	}
	return out
}()

// The kinds of bodies by their nature.
const (
	administrative = "行政单位"
	civilService   = "参照公务员法管理的事业单位"
	institution1   = "公益一类事业单位"
	institution2   = "公益二类事业单位"
)

// Invented regions are named after the sixty pairs of the calendar.
var (
	stems    = strings.Split("甲 乙 丙 丁 戊 己 庚 辛 壬 癸", " ")
	branches = strings.Split("子 丑 寅 卯 辰 巳 午 未 申 酉 戌 亥", " ")
)

// dept is one department of the directory.
type dept struct {
	body
	slug, code, name, region string
	index, parent            int
}

func (d *dept) civil() bool { return d.kind == administrative || d.kind == civilService }

func department(i int) *dept {
	region, n := i/len(bodies), i%len(bodies)
	b := bodies[n]
	pair := region % 60
	name := "示例" + stems[pair%10] + branches[pair%12]
	if round := region / 60; round > 0 {
		name += fmt.Sprintf("%d", round+1) + "号"
	}
	name += "区"
	d := &dept{body: b, index: i, parent: i - b.parent, region: name + "（虚构）", name: name + b.name}
	d.slug = fmt.Sprintf("s%05d-%s", i+1, b.word)
	d.code = fmt.Sprintf("%04d%02d", region+1, n+1)
	return d
}

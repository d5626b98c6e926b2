package chart

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"
)

// element is a shape of a drawing.
type element struct {
	name  string
	attrs map[string]string
	text  string
}

func (e element) num(t *testing.T, name string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(strings.TrimSuffix(e.attrs[name], "%"), 64)
	if err != nil {
		t.Fatalf("<%s %s=%q>", e.name, name, e.attrs[name])
	}
	return v
}

// parse reads a drawing as XML, so that whatever is not well formed fails.
func parse(t *testing.T, svg string) []element {
	t.Helper()
	var out []element
	d := xml.NewDecoder(strings.NewReader(svg))
	var open []int
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, svg)
		}
		switch x := tok.(type) {
		case xml.StartElement:
			e := element{name: x.Name.Local, attrs: map[string]string{}}
			for _, a := range x.Attr {
				if a.Name.Local == "style" {
					t.Error("a strict policy forbids style attributes")
				}
				e.attrs[a.Name.Local] = a.Value
			}
			open = append(open, len(out))
			out = append(out, e)
		case xml.CharData:
			for _, i := range open {
				out[i].text += string(x)
			}
		case xml.EndElement:
			open = open[:len(open)-1]
		}
	}
}

func find(all []element, name, class string) []element {
	var out []element
	for _, e := range all {
		if e.name == name && (class == "" || e.attrs["class"] == class) {
			out = append(out, e)
		}
	}
	return out
}

func TestBarsStartAtZeroAndKeepProportion(t *testing.T) {
	all := parse(t, Bars{Head: Head{ID: "x"}, Groups: []Group{
		{Name: "甲", Bars: []Bar{{Style: Solid, Value: 100}}},
		{Name: "乙", Bars: []Bar{{Style: Solid, Value: 90}}},
	}}.SVG())
	bars := find(all, "rect", "b3")
	if len(bars) != 2 {
		t.Fatalf("%d bars", len(bars))
	}
	if bars[0].num(t, "x") != 0 || bars[1].num(t, "x") != 0 || bars[0].num(t, "width") != 100 || bars[1].num(t, "width") != 90 {
		t.Errorf("100 and 90 are drawn as %v and %v", bars[0].attrs, bars[1].attrs)
	}
}

func TestNegativeBarsGoTheOtherWay(t *testing.T) {
	all := parse(t, Bars{Head: Head{ID: "x"}, Groups: []Group{{Name: "甲", Bars: []Bar{{Style: Solid, Value: -50}, {Style: Hollow, Value: 150}}}}}.SVG())
	down, up := find(all, "rect", "b3")[0], find(all, "rect", "b1")[0]
	if down.num(t, "x") != 0 || down.num(t, "width") != 25 || up.num(t, "x") != 25 || up.num(t, "width") != 75 {
		t.Errorf("−50 at %v, 150 at %v", down.attrs, up.attrs)
	}
	if axis := find(all, "line", "ax")[0]; axis.num(t, "x1") != 25 {
		t.Errorf("zero stands at %v", axis.attrs)
	}
}

func TestASmallAmountIsSeenAndZeroIsNot(t *testing.T) {
	all := parse(t, Bars{Head: Head{ID: "x"}, Groups: []Group{{Bars: []Bar{{Style: Solid, Value: 1e6}, {Style: Light, Value: 1}, {Style: Hollow, Value: 0}, {Style: Hollow, Value: math.NaN()}}}}}.SVG())
	if small := find(all, "rect", "b2"); len(small) != 1 || small[0].num(t, "width") < .3 {
		t.Errorf("%v", small)
	}
	if none := find(all, "rect", "b1"); len(none) != 0 {
		t.Errorf("zero and nothing are drawn: %v", none)
	}
}

// A label's room is worked out for 300 px; none may reach over another.
func TestLabelsDoNotOverlapOnANarrowScreen(t *testing.T) {
	long := "河湾北片区城市更新改造项目（含南华村棚户区改造专项债券）一期工程前期工作经费及管理费"
	svg := Bars{
		Head: Head{ID: "x"}, Keys: []Key{{Hollow, "年初预算数", false}, {Light, "全年预算数", false}, {Solid, "决算数", false}, {Text: "序时进度", Mark: true}},
		Groups: []Group{{Name: long, Number: Number{Text: "1,234,567,890.12", Known: true}, Bars: []Bar{{Solid, 1, false}}}, {Name: long, Bars: []Bar{{Solid, 1, false}}}},
	}.SVG()
	var spans [][4]float64 // left, right, top, bottom
	for _, e := range find(parse(t, svg), "text", "") {
		size := 13.0
		if e.attrs["class"] == "k" {
			size = 12
		} else if e.attrs["class"] == "n" {
			size = nameSize
		}
		w, x := ems(e.text)*size, e.num(t, "x")
		if e.attrs["class"] == "e" {
			x = Narrow - w
		}
		y := e.num(t, "y")
		spans = append(spans, [4]float64{x, x + w, y - size*.85, y + size*.15})
		if x < 0 || x+w > Narrow {
			t.Errorf("%q goes from %.0f to %.0f of %.0f", e.text, x, x+w, Narrow)
		}
	}
	for i, a := range spans {
		for _, b := range spans[:i] {
			if a[0] < b[1] && b[0] < a[1] && a[2] < b[3] && b[2] < a[3] {
				t.Errorf("%v and %v overlap in\n%s", a, b, svg)
			}
		}
	}
}

func TestNumbersLeadToTheirProof(t *testing.T) {
	n := Number{Text: "41.58", Unit: "%", Href: "proof.html#a&b", Known: true, Wan: true}
	links := find(parse(t, Bars{Head: Head{ID: "x"}, Groups: []Group{{Name: "一季度", Number: n}}}.SVG()), "a", "v")
	if len(links) != 1 || links[0].attrs["href"] != "proof.html#a&b" || links[0].attrs["data-u"] != "wan" || links[0].text != "41.58" {
		t.Errorf("%v", links)
	}
	none := find(parse(t, Bars{Head: Head{ID: "x"}, Groups: []Group{{Name: "一季度", Number: Number{Text: "未填报"}}}}.SVG()), "tspan", "v na")
	if len(none) != 1 {
		t.Error("a state is not told from a number")
	}
}

func TestTextIsEscaped(t *testing.T) {
	evil := `<script>"&'` + "\x00"
	h := Head{ID: "x", Title: evil, Desc: evil}
	n := Number{Text: evil, Unit: evil, Href: evil, Known: true}
	for _, svg := range []string{
		Bars{Head: h, Keys: []Key{{Text: evil}}, Ticks: []Tick{{1, evil}}, Groups: []Group{{Name: evil, Number: n}}}.SVG(),
		Lines{Head: h, Years: []string{evil}, Series: []Series{{Name: evil, Values: []float64{1}}}}.SVG(),
		Treemap{Head: h, Parts: []Part{{evil, n, 1}}}.SVG(),
		Flow{Head: h, Layers: [][]Node{{{evil, n, 1}}, {{evil, n, 1}}}, Links: []Band{{0, 0, 0, 1}}}.SVG(),
	} {
		if strings.Contains(svg, "<script") {
			t.Error(svg)
		}
		parse(t, svg)
	}
}

func TestAreasAreInProportionAndFillTheMap(t *testing.T) {
	values := []float64{600, 300, 50, 30, 15, 4, 1}
	boxes := squarify(values, 300, 280)
	if len(boxes) != len(values) {
		t.Fatalf("%d boxes", len(boxes))
	}
	total := 0.0
	for i, b := range boxes {
		if got, want := b.w*b.h, values[i]*300*280/1000; math.Abs(got-want) > 1e-6*want {
			t.Errorf("%v has %.1f px², should have %.1f", values[i], got, want)
		}
		if b.x < -1e-9 || b.y < -1e-9 || b.x+b.w > 300+1e-6 || b.y+b.h > 280+1e-6 {
			t.Errorf("%+v stands outside", b)
		}
		for _, o := range boxes[:i] {
			if b.x < o.x+o.w-1e-6 && o.x < b.x+b.w-1e-6 && b.y < o.y+o.h-1e-6 && o.y < b.y+b.h-1e-6 {
				t.Errorf("%+v lies over %+v", b, o)
			}
		}
		total += b.w * b.h
	}
	if math.Abs(total-300*280) > 1e-6 {
		t.Errorf("the areas add up to %v", total)
	}
}

func TestATreemapLeavesOutWhatHasNoArea(t *testing.T) {
	all := parse(t, Treemap{Head: Head{ID: "x"}, Parts: []Part{{Name: "负数", Value: -3}, {Name: "零"}, {Name: "小", Value: 1}, {Name: "大", Value: 3}}}.SVG())
	areas := find(all, "g", "")
	if len(areas) != 2 || !strings.HasPrefix(areas[0].text, "大") || !strings.HasPrefix(areas[1].text, "小") {
		t.Errorf("%v", areas)
	}
	parse(t, Treemap{Head: Head{ID: "x"}}.SVG())
}

// A code that no list names, in a table without names, has an area and no label.
func TestATreemapOfNamelessParts(t *testing.T) {
	all := parse(t, Treemap{Head: Head{ID: "x"}, Parts: []Part{{Name: "", Value: 3}, {Name: " ", Value: 1}}}.SVG())
	if areas := find(all, "g", ""); len(areas) != 2 {
		t.Errorf("%v", areas)
	}
}

func TestALabelThatFitsOnlyOnAWideScreenSaysSo(t *testing.T) {
	svg := Treemap{Head: Head{ID: "x"}, Parts: []Part{{Name: "城乡社区支出", Value: 84}, {Name: "社会保障和就业支出", Value: 16}}}.SVG()
	all := parse(t, svg)
	if wide := find(all, "text", "w"); len(wide) == 0 {
		t.Errorf("no label is kept for wide screens:\n%s", svg)
	}
	for _, e := range find(all, "text", "") {
		if e.attrs["class"] == "" && strings.HasPrefix(e.text, "社会") {
			t.Error("a long name stands in a narrow area")
		}
	}
}

func TestFlowBandsFillTheirNodes(t *testing.T) {
	f := Flow{
		Head: Head{ID: "x"}, Layers: [][]Node{{{Name: "一般公共预算", Value: 600}, {Name: "其他收入", Value: 400}}, {{Name: "收入", Value: 1000}}, {{Name: "人员", Value: 700}, {Name: "项目", Value: 299}, {Name: "结转", Value: 1}}},
		Links: []Band{{0, 0, 0, 600}, {0, 1, 0, 400}, {1, 0, 0, 700}, {1, 0, 1, 299}, {1, 0, 2, 1}},
	}
	places, _ := f.layout(46)
	if got := places[0][0].h / places[0][1].h; math.Abs(got-1.5) > 1e-9 {
		t.Errorf("600 is drawn %v times as high as 400", got)
	}
	if math.Abs(places[1][0].h-flowHeight) > 1e-9 {
		t.Errorf("the pot is %v high", places[1][0].h)
	}
	for _, layer := range places {
		for j := 1; j < len(layer); j++ {
			if layer[j].top < layer[j-1].top+layer[j-1].slot {
				t.Errorf("slots overlap: %+v", layer)
			}
		}
	}
	all := parse(t, f.SVG())
	if n := len(find(all, "path", "bd")); n != 5 {
		t.Errorf("%d bands", n)
	}
	for _, e := range append(find(all, "text", "s"), find(all, "text", "s e")...) {
		if w := ems(e.text) * labelSize; w > Narrow/2-nodeWidth {
			t.Errorf("%q is %.0f px wide and reaches over the middle", e.text, w)
		}
	}
}

func TestALineBreaksWhereAYearIsMissing(t *testing.T) {
	all := parse(t, Lines{Head: Head{ID: "x"}, Years: []string{"2021", "2022", "2023", "2024"}, Series: []Series{{Name: "决算数", Style: Solid, Values: []float64{1, 2, math.NaN(), 4}}}, Ticks: []Tick{{0, "0"}, {4, "4"}}}.SVG())
	d := find(all, "path", "l3")[0].attrs["d"]
	if strings.Count(d, "M") != 2 || strings.Count(d, "L") != 1 {
		t.Errorf("path %s", d)
	}
	if points := find(all, "circle", "p3"); len(points) != 4 { // three years and the legend
		t.Errorf("%d points", len(points))
	}
}

func TestYearLabelsAreThinnedOut(t *testing.T) {
	l := Lines{Head: Head{ID: "x"}, Series: []Series{{Values: make([]float64, 30)}}}
	for i := range 30 {
		l.Years = append(l.Years, strconv.Itoa(1990+i))
	}
	last, all := -1.0, find(parse(t, l.SVG()), "text", "")
	for _, e := range all {
		if len(e.text) != 4 {
			continue
		}
		x := e.num(t, "x") * 3
		if last >= 0 && x-last < 36 && x < 300 {
			t.Errorf("%s stands %.0f px after the year before", e.text, x-last)
		}
		last = x
	}
}

func TestScaleIsRoundAndCoversTheMaximum(t *testing.T) {
	for _, maximum := range []float64{.003, 1, 7, 99.98, 100, 88808.45, 1e12} {
		s := Scale(maximum, 4)
		if s[0] != 0 || s[len(s)-1] < maximum*(1-1e-9) || len(s) > 5 {
			t.Errorf("%v: %v", maximum, s)
		}
	}
	if s := Scale(0, 4); len(s) != 1 {
		t.Errorf("%v", s)
	}
}

func TestWrapBreaksChineseAndWords(t *testing.T) {
	for _, c := range []struct {
		in    string
		width float64
		lines int
		want  string
	}{
		{"社会保障和就业支出", 5, 3, "社会保障和|就业支出"},
		{"项目（含尾款）", 3, 3, "项目|（含尾|款）"},
		{"social security and employment", 9, 3, "social security|and employment"},
		{"一二三四五六七", 3, 2, "一二三|四五…"},
		{"", 3, 2, ""},
	} {
		if got := strings.Join(wrap(c.in, c.width, c.lines), "|"); got != c.want {
			t.Errorf("%q in %v: %s, want %s", c.in, c.width, got, c.want)
		}
	}
}

// The issue allows 6 KB a chart: the largest that pages draw stay under it.
func TestChartsAreSmall(t *testing.T) {
	n := Number{Text: "87,300.00", Href: "proof.html#projects-D12", Known: true}
	bars := Bars{Head: Head{ID: "c-projects"}, Keys: []Key{{Hollow, "全年预算数", false}, {Solid, "执行数", false}}}
	tree := Treemap{Head: Head{ID: "c-functions"}}
	flow := Flow{Head: Head{ID: "c-flow"}, Layers: [][]Node{nil, {{Name: "收入", Number: n, Value: 100}}, nil}}
	for i := range 12 {
		name := fmt.Sprintf("第%d个项目的名称写得长一些", i)
		bars.Groups = append(bars.Groups, Group{Name: name, Number: n, Bars: []Bar{{Hollow, 100, false}, {Solid, 98, true}}})
		tree.Parts = append(tree.Parts, Part{name, n, 100 / float64(i+1)})
		if i < 5 {
			flow.Layers[0] = append(flow.Layers[0], Node{name, n, 10})
			flow.Links = append(flow.Links, Band{0, i, 0, 10})
		}
		if i < 8 {
			flow.Layers[2] = append(flow.Layers[2], Node{name, n, 10})
			flow.Links = append(flow.Links, Band{1, 0, i, 10})
		}
	}
	for kind, svg := range map[string]string{"bars": bars.SVG(), "treemap": tree.SVG(), "flow": flow.SVG()} {
		if len(svg) > 6<<10 {
			t.Errorf("%s takes %d bytes", kind, len(svg))
		}
	}
}

func TestTheSameFiguresGiveTheSameDrawing(t *testing.T) {
	draw := func() string {
		return Treemap{Head: Head{ID: "x"}, Parts: []Part{{Name: "甲", Value: 2}, {Name: "乙", Value: 2}, {Name: "丙", Value: 1}}}.SVG()
	}
	first := draw()
	for range 20 {
		if draw() != first {
			t.Fatal("two drawings differ")
		}
	}
}

// Ten thousand departments on a strip take no more bytes than a chart may have;
// strokes stay inside the drawing and are tallest where most departments lie.
func TestAStripHoldsTenThousand(t *testing.T) {
	row := StripRow{Name: "2024", Number: Number{Text: "98.00", Known: true}, Mark: 98}
	for i := range 10000 {
		row.Values = append(row.Values, float64(i%90))
	}
	for range 500 {
		row.Values = append(row.Values, 98)
	}
	s := Strip{Head: Head{ID: "s", Title: "t", Desc: "d"}, Rows: []StripRow{row}, Ticks: []Tick{{0, "0%"}, {100, "100%"}}, Mark: "中位"}
	svg := s.SVG()
	if len(svg) > 6<<10 {
		t.Errorf("%d bytes", len(svg))
	}
	tallest, at := 0.0, 0.0
	for _, e := range parse(t, svg) {
		if e.name != "path" {
			continue
		}
		for _, stroke := range strings.Split(e.attrs["d"], "M")[1:] {
			var x, foot, up float64
			if _, err := fmt.Sscanf(strings.Replace(stroke, "v-", " ", 1), "%f %f %f", &x, &foot, &up); err != nil {
				t.Fatal(stroke, err)
			}
			if x < 0 || x > stripPlaces || up <= 0 || up > foot {
				t.Errorf("the stroke %s leaves the drawing", stroke)
			}
			if up > tallest {
				tallest, at = up, x
			}
		}
	}
	if at != 196 {
		t.Errorf("the tallest stroke stands at %v of %v", at, stripPlaces)
	}
}

// Below zero there is room to the left of zero.
func TestAStripReachesBelowZero(t *testing.T) {
	svg := Strip{Head: Head{ID: "s"}, Low: -50, Rows: []StripRow{{Name: "2024", Mark: -50, Values: []float64{-50, 0, 50}}}, Mark: "m"}.SVG()
	if !strings.Contains(svg, `d="M0.5 30v-10M100 30v-10M199.5 30v-10"`) {
		t.Error(svg)
	}
}

func TestTicksAroundWhatLiesHigh(t *testing.T) {
	for _, tt := range []struct {
		least, most float64
		want        string
	}{
		{91.69, 96.9, "[90 92 94 96 98]"}, {0, 100, "[0 25 50 75 100]"}, {40, 100, "[0 25 50 75 100]"}, {-12, 30, "[0 10 20 30]"}, {99.97, 99.99, "[99.97 99.975 99.98 99.985 99.99]"}, {5, 5, "[0 2 4 6]"},
	} {
		got := Between(tt.least, tt.most, 4)
		if len(got) < 2 || got[len(got)-1] < tt.most || tt.least >= 0 && got[0] > tt.least {
			t.Errorf("%v to %v: %v does not hold them", tt.least, tt.most, got)
		}
		if s := fmt.Sprint(got); s != tt.want {
			t.Errorf("%v to %v: %v, want %s", tt.least, tt.most, got, tt.want)
		}
	}
}

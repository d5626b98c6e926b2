package verify

import (
	"bytes"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/proof"
)

// page holds every number of a page against the figure to which it links.
func (v *verifier) page(p string) error {
	data, err := fs.ReadFile(v.fsys, p)
	if err != nil {
		return err
	}
	doc, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		v.fail(p, 0, "", "读不懂：%s", "it cannot be read: %s", err.Error())
		return nil
	}
	w := &walker{v: v, path: p, data: data, in: lang.ZH}
	if home, ok := v.home(path.Dir(p)); ok {
		w.year = v.years[home]
	}
	w.walk(doc)
	return nil
}

// walker goes through one page.
type walker struct {
	v    *verifier
	path string
	data []byte
	in   lang.Lang
	year *year // of the page, nil on site-wide pages
	from int   // bytes of the page that were looked through for line numbers
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasClass(n *html.Node, class string) bool {
	return n.Type == html.ElementNode && slices.Contains(strings.Fields(attr(n, "class")), class)
}

func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(textOf(c))
	}
	return b.String()
}

func (w *walker) walk(n *html.Node) {
	if n.Type == html.ElementNode {
		switch {
		case n.Data == "html":
			if strings.HasPrefix(attr(n, "lang"), "en") {
				w.in = lang.EN
			}
		case n.Data == "a" && hasClass(n, "v"):
			w.number(n)
		case n.Data == "span" && hasClass(n, "v"):
			w.unlinked(n)
		case n.Data == "a" && hasClass(n, "c"):
			w.typed(n)
		case n.Data == "span" && hasClass(n, "c") && attr(n, "data-verdict") != "":
			w.v.report.Marked++
		case attr(n, "data-f") != "":
			w.arithmetic(n)
		case n.Data == "p" && hasClass(n, "exact"):
			w.exact(n, attr(n.Parent, "id"))
		case attr(n, "data-i") != "":
			w.exact(n, attr(n, "data-i"))
		case n.Data == "td" && attr(n, "id") != "":
			w.cell(n)
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.walk(c)
	}
}

// line finds the line of the page on which a text stands, searching on from the
// last one found.
func (w *walker) line(marker string) int {
	i := bytes.Index(w.data[w.from:], []byte(html.EscapeString(marker)))
	if i < 0 {
		return 0
	}
	w.from += i
	return bytes.Count(w.data[:w.from], []byte("\n")) + 1
}

func (w *walker) fail(marker, figure, zh, en string, args ...any) {
	w.v.fail(w.path, w.line(marker), figure, zh, en, args...)
}

// number holds a linked number against its figure.
func (w *walker) number(n *html.Node) {
	href, text := attr(n, "href"), textOf(n)
	y, x := w.target(href)
	if x == nil {
		w.fail(href, "", "数 %s 连到的 %s 不是任何一个数的来历", "%s links to %s, which is no figure's proof", text, href)
		return
	}
	if !w.v.there(w.path, href) {
		w.fail(href, ref(y, x), "%s 连到的 %s 不存在", "%s links to %s, which is not there", text, href)
		return
	}
	w.compare(n, y, x, text)
}

func ref(y *year, x *proof.Figure) string { return y.file.Home() + "#" + x.ID }

// target finds the figure to whose proof an address leads.
func (w *walker) target(href string) (*year, *proof.Figure) {
	file, fragment := w.v.resolve(w.path, href)
	home, ok := w.v.home(path.Dir(file))
	if !ok {
		return nil, nil
	}
	y := w.v.years[home]
	return y, y.byPlace[path.Base(file)+"#"+fragment]
}

// resolve follows an address from a page of the site.
func (v *verifier) resolve(from, href string) (file, fragment string) {
	file, fragment, _ = strings.Cut(href, "#")
	if un, err := url.PathUnescape(file); err == nil {
		file = un
	}
	if un, err := url.PathUnescape(fragment); err == nil {
		fragment = un
	}
	if file == "" {
		return from, fragment
	}
	return path.Join(path.Dir(from), file), fragment
}

// there reports whether an address leads to a fragment that is there.
func (v *verifier) there(from, href string) bool {
	file, fragment := v.resolve(from, href)
	ids, ok := v.ids[file]
	if !ok {
		ids = v.fragments(file)
		if len(v.ids) > 200 { // pages link to their own neighbours: old ones are not asked again
			v.ids = map[string]map[string]bool{}
		}
		v.ids[file] = ids
	}
	return ids[fragment]
}

func (v *verifier) fragments(file string) map[string]bool {
	data, err := fs.ReadFile(v.fsys, file)
	if err != nil {
		return nil
	}
	ids := map[string]bool{}
	z := html.NewTokenizer(bytes.NewReader(data))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ids
		case html.StartTagToken, html.SelfClosingTagToken:
			for {
				key, value, more := z.TagAttr()
				if string(key) == "id" {
					ids[string(value)] = true
				}
				if !more {
					break
				}
			}
		}
	}
}

// compare holds a displayed text and its unit against a figure.
func (w *walker) compare(n *html.Node, y *year, x *proof.Figure, text string) {
	e := y.found[x.ID]
	if e == nil || e.Figure == nil {
		return // told with the figure itself
	}
	f := e.Figure
	want := f.Display(w.in)
	shown := f.Value
	switch form := attr(n, "data-u"); {
	case form == "wan":
		shown = f.Value.As(money.WanYuan, 2)
		want = shown.Display(w.in)
	case form != "":
		var ok bool
		if shown, ok = formed(f.Value, form); !ok {
			w.fail(text, ref(y, x), "网页把 %s 写成「%s」，不是同一种单位", "the page shows %s as %s, which is another kind of unit", text, form)
			return
		}
		want = shown.Display(w.in)
	}
	switch {
	case text == want:
	case !f.Known() && (text == notScored.In(w.in)):
	default:
		w.fail(text, ref(y, x), "网页写 %s，应为 %s", "the page says %s, should be %s", text, want)
		return
	}
	if unit := unitAfter(n); unit != "" && f.Written == "" && attr(n, "data-u") != "wan" && unit != shown.Unit.Name().In(w.in) {
		w.fail(text, ref(y, x), "网页写 %s %s，单位应为 %s", "the page says %s %s, the unit should be %s", text, unit, shown.Unit.Name())
		return
	}
	w.v.report.Texts++
}

// formed is a value in the form that a page names: 亿元.2.
func formed(v money.Value, form string) (money.Value, bool) {
	sign, digits, _ := strings.Cut(form, ".")
	u, ok := money.UnitOf(sign)
	n, err := strconv.Atoi(digits)
	if !ok || err != nil || u.Kind() != v.Unit.Kind() && !(u.Kind() == money.KindShare && v.Unit == money.NoUnit) {
		return v, false
	}
	return v.As(u, int32(n)), true
}

// typed holds a number that someone typed against the figure to which it is
// linked: what is written, with its unit, must be that figure up to the
// rounding of its last digit.
func (w *walker) typed(n *html.Node) {
	href, text := attr(n, "href"), textOf(n)
	y, x := w.target(href)
	if x == nil || !w.v.there(w.path, href) {
		w.fail(text, "", "文字里的 %s 连到的 %s 不是任何一个数的来历", "%s in the text links to %s, which is no figure's proof", text, href)
		return
	}
	e := y.found[x.ID]
	if e == nil || e.Figure == nil {
		return
	}
	f := e.Figure
	v, _, err := money.Parse(text, f.Value.Unit, 0)
	if err != nil || !v.Known() || !f.Known() || !sameNumber(v, f.Value) {
		w.fail(text, ref(y, x), "文字写 %s，数据为 %s", "the text says %s, the figure is %s", text, f.WithUnit(w.in))
		return
	}
	w.v.report.Typed++
	w.v.report.Texts++
}

// sameNumber reports whether a typed number is a figure, up to the rounding of
// either. The sign may stand in a word before it: 减少 2.26 万元.
func sameNumber(v, f money.Value) bool {
	if f.Unit == money.NoUnit && v.Unit.Kind() == money.KindShare || v.Unit.Kind() == f.Unit.Kind() {
		if v.Unit == money.Yuan {
			v = v.Rounded(v.Places) // a text may round yuan, a table does not
		}
		return money.Overlaps(v, f) || money.Overlaps(v, money.Neg(f))
	}
	return false
}

var notScored = lang.Text{ZH: "未评分", EN: "not scored"}

// unitAfter returns the unit that stands behind a number.
func unitAfter(n *html.Node) string {
	next := n.NextSibling
	if next != nil && next.Type == html.TextNode && strings.Trim(next.Data, " ×\n") == "" {
		next = next.NextSibling
	}
	if next != nil && hasClass(next, "u") {
		return textOf(next)
	}
	return ""
}

// unlinked holds the result at the head of a proof against its figure. A number
// without a link anywhere else has no proof.
func (w *walker) unlinked(n *html.Node) {
	text := textOf(n)
	if hasClass(n, "na") && !hasDigit(text) {
		return
	}
	for up := n.Parent; up != nil; up = up.Parent {
		id := attr(up, "id")
		if id == "" {
			continue
		}
		if w.year == nil {
			break
		}
		x := w.year.byPlace[path.Base(w.path)+"#"+id]
		if x == nil {
			break
		}
		w.compare(n, w.year, x, text)
		return
	}
	w.fail(text, "", "数 %s 没有连到来历", "%s leads to no proof", text)
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// arithmetic holds a line of arithmetic against the formula that ran again.
func (w *walker) arithmetic(n *html.Node) {
	id := attr(n, "data-f")
	if w.year == nil {
		return
	}
	e, x := w.year.found[id], w.year.byID[id]
	if x == nil || e == nil || e.Result == nil {
		if e == nil || e.Err == nil && !strings.HasPrefix(id, "last-year/") {
			w.fail(id, "", "算式属于 %s，却没有这个数", "the line belongs to %s, which is no figure", id)
		}
		return
	}
	text := strings.TrimPrefix(strings.TrimSpace(textOf(n)), "= ")
	names := x.Names
	if w.in == lang.EN {
		names = x.NamesEN
	}
	if numbers := e.Result.Numbers(w.in).String(); text != names && text != numbers {
		w.fail(text, ref(w.year, x), "算式写 %s，应为 %s", "the line says %s, should be %s", text, numbers)
		return
	}
	w.v.report.Texts++
}

// exact holds the unrounded value and its range against the figure.
func (w *walker) exact(n *html.Node, id string) {
	if w.year == nil {
		return
	}
	e := w.year.found[id]
	if e == nil || e.Figure == nil {
		return
	}
	val := e.Figure.Value
	known := numbersIn(val.Plain() + " " + val.IntervalText() + " " + val.Unit.Name().EN)
	known = append(known, strconv.Itoa(int(val.Places)))
	for _, t := range numbersIn(textOf(n)) {
		if !slices.Contains(known, t) {
			w.fail(t, w.year.file.Home()+"#"+id, "网页写 %s，应为 %s %s", "the page says %s, should be %s %s", t, val.Plain(), val.IntervalText())
			return
		}
	}
	w.v.report.Texts++
}

// numbersIn lists the numbers in a text.
func numbersIn(s string) []string {
	var out []string
	for _, t := range strings.FieldsFunc(s, func(r rune) bool { return (r < '0' || r > '9') && r != '.' && r != ',' }) {
		if t = strings.Trim(t, ".,"); t != "" {
			out = append(out, t)
		}
	}
	return out
}

// cell holds a cell in the picture of a file against what figures.json says.
func (w *walker) cell(n *html.Node) {
	if w.year == nil {
		return
	}
	x := w.year.sources[attr(n, "id")]
	if x == nil {
		return
	}
	text := ""
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode {
			text += c.Data
		} else if hasClass(c, "read") {
			w.reading(c, x)
		}
	}
	if want := strings.TrimSpace(x.Source.Text); text != want {
		w.fail(text, ref(w.year, x), "原件图样写 %s，应为 %s", "the picture of the file says %s, should be %s", text, want)
		return
	}
	w.v.report.Texts++
}

// reading holds the note under a cell: where it stands and how it was read.
func (w *walker) reading(n *html.Node, x *proof.Figure) {
	e := w.year.found[x.ID]
	if e == nil || e.Figure == nil {
		return
	}
	val := e.Figure.Value
	s := x.Source
	known := numbersIn(strings.Join([]string{s.Cell, strconv.Itoa(s.Line), strconv.Itoa(s.Column), val.Plain(), val.IntervalText(), val.Unit.Name().EN}, " "))
	for _, t := range numbersIn(textOf(n)) {
		if !slices.Contains(known, t) {
			w.fail(t, ref(w.year, x), "读数说明写 %s，与 figures.json 不符", "the note says %s, which is not what figures.json says", t)
			return
		}
	}
	w.v.report.Texts++
}

package main

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"mingzhang/cmd/mingzhang/internal/render"
)

// What the pages are to a reader is tested in a real browser. Without one the
// tests are skipped and say so; MINGZHANG_BROWSER=must makes a missing browser
// (or a missing axe, see MINGZHANG_AXE) a failure, and looks at every page kind
// in both languages, both widths and both schemes, and at every stop of the
// keyboard, instead of at a few.
func mustBrowse() bool { return os.Getenv("MINGZHANG_BROWSER") == "must" }

// browser is a running Chromium on a served site.
type browser struct {
	ctx  context.Context
	site *httptest.Server

	mu     sync.Mutex
	faults []string // requests to elsewhere, errors of the console
}

func newBrowser(t *testing.T, dir string) *browser {
	t.Helper()
	found := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "headless-shell"} {
		if p, err := exec.LookPath(name); err == nil {
			found = p
			break
		}
	}
	if found == "" {
		if mustBrowse() {
			t.Fatal("there is no Chromium, and MINGZHANG_BROWSER=must asks for one")
		}
		t.Skip("there is no Chromium on this machine")
	}
	b := &browser{site: httptest.NewServer(http.FileServer(http.Dir(dir)))}
	t.Cleanup(b.site.Close)
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(found), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.UserDataDir(profile(t)), chromedp.WSURLReadTimeout(time.Minute))
	alloc, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 25*time.Minute)
	t.Cleanup(cancel)
	b.ctx = ctx
	t.Cleanup(func() { _ = chromedp.Cancel(ctx) }) // waits until the browser has gone; its folder is removed next
	chromedp.ListenTarget(ctx, b.listen)
	b.do(t, network.Enable(), cdplog.Enable())
	return b
}

// profile is a folder for a browser's own files. Processes of a browser that has
// gone may still write into it for a moment.
func profile(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "mingzhang-browser-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for end := time.Now().Add(10 * time.Second); os.RemoveAll(dir) != nil && time.Now().Before(end); {
			time.Sleep(50 * time.Millisecond)
		}
	})
	return dir
}

// listen keeps what a page must not do.
func (b *browser) listen(ev any) {
	var fault string
	switch ev := ev.(type) {
	case *network.EventRequestWillBeSent:
		if u := ev.Request.URL; !strings.HasPrefix(u, b.site.URL+"/") && !strings.HasPrefix(u, "data:") && !strings.HasPrefix(u, "about:") {
			fault = "asks for " + u
		}
	case *runtime.EventExceptionThrown:
		fault = "script fails: " + ev.ExceptionDetails.Error()
	case *runtime.EventConsoleAPICalled:
		if ev.Type == runtime.APITypeError {
			fault = "console error"
			for _, arg := range ev.Args {
				fault += " " + string(arg.Value) + arg.Description
			}
		}
	case *cdplog.EventEntryAdded:
		if ev.Entry.Level == cdplog.LevelError && !strings.HasSuffix(ev.Entry.URL, "/favicon.ico") {
			fault = "logged: " + ev.Entry.Text + " " + ev.Entry.URL
		}
	}
	if fault != "" {
		b.mu.Lock()
		b.faults = append(b.faults, fault)
		b.mu.Unlock()
	}
}

// complaints returns and forgets what was kept.
func (b *browser) complaints() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := b.faults
	b.faults = nil
	return out
}

func (b *browser) do(t *testing.T, actions ...chromedp.Action) {
	t.Helper()
	if err := chromedp.Run(b.ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// view sets the window's width and the colours that the reader prefers.
func (b *browser) view(t *testing.T, width int64, scheme string) {
	t.Helper()
	b.do(t, emulation.SetDeviceMetricsOverride(width, 800, 1, width < 600),
		emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}))
}

func (b *browser) open(t *testing.T, page string) {
	t.Helper()
	b.do(t, chromedp.Navigate(b.site.URL+"/"+page))
}

// unfold opens what is folded and lays everything out, also what the reader has
// not come to yet, so that nothing escapes a test.
func (b *browser) unfold(t *testing.T) {
	t.Helper()
	var parts int
	b.ask(t, `(() => {
		document.querySelectorAll("details").forEach(d => { d.open = true; });
		document.styleSheets[0].insertRule("* { content-visibility: visible !important }", document.styleSheets[0].cssRules.length);
		return document.querySelectorAll("section").length;
	})()`, &parts)
}

// ask runs a script in the page and reads its result.
func (b *browser) ask(t *testing.T, script string, v any) {
	t.Helper()
	b.do(t, chromedp.Evaluate(script, v, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
}

// onePerKind picks a page of each kind in each language: the largest, as it has
// most that can go wrong.
func onePerKind(t *testing.T, dir string) map[string]string {
	t.Helper()
	best := map[string]string{}
	pages := sitePages(t, dir)
	for name, data := range pages {
		kind := kindOf(data)
		if kind == "" {
			continue
		}
		if strings.HasPrefix(name, "en/") {
			kind += " en"
		}
		old := best[kind]
		if old == "" || len(data) > len(pages[old]) || len(data) == len(pages[old]) && name < old {
			best[kind] = name
		}
	}
	for _, kind := range render.Kinds {
		if best[kind] == "" && kind != "404" {
			t.Errorf("the sample site has no page of kind %s", kind)
		}
	}
	best["404"] = "404.html"
	return best
}

type look struct {
	width  int64
	scheme string
}

func TestPagesInABrowser(t *testing.T) {
	dir := sampleSite(t)
	b := newBrowser(t, dir)
	axe := axeSource(t)
	looks := []look{{360, "light"}, {1280, "dark"}}
	if mustBrowse() {
		looks = []look{{360, "light"}, {360, "dark"}, {1280, "light"}, {1280, "dark"}}
	}
	kinds := onePerKind(t, dir)
	for _, l := range looks {
		b.view(t, l.width, l.scheme)
		for _, kind := range sortedNames(kinds) {
			page := kinds[kind]
			if strings.HasSuffix(kind, " en") && !mustBrowse() {
				continue
			}
			b.open(t, page)
			b.unfold(t)
			var wide struct{ Scroll, Window int }
			b.ask(t, `({Scroll: document.documentElement.scrollWidth, Window: document.documentElement.clientWidth})`, &wide)
			if wide.Scroll > wide.Window {
				var who string
				b.ask(t, `Array.from(document.querySelectorAll("body *")).filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".scroll")).slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join("\n")`, &who)
				t.Errorf("%s at %d px is %d px wide; beyond the edge: %s", page, l.width, wide.Scroll, who)
			}
			if axe != "" {
				b.violations(t, axe, page, l)
			}
			for _, fault := range b.complaints() {
				t.Errorf("%s: %s", page, fault)
			}
		}
	}
}

// axeSource reads axe-core, the rules of accessibility, from where MINGZHANG_AXE
// points: it is no part of this repository.
func axeSource(t *testing.T) string {
	t.Helper()
	name := os.Getenv("MINGZHANG_AXE")
	if name == "" {
		if mustBrowse() {
			t.Error("MINGZHANG_AXE does not point to axe.min.js of axe-core, and MINGZHANG_BROWSER=must asks for it")
		} else {
			t.Log("accessibility rules are not run: MINGZHANG_AXE does not point to axe.min.js of axe-core")
		}
		return ""
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func (b *browser) violations(t *testing.T, axe, page string, l look) {
	t.Helper()
	var loaded bool
	b.ask(t, axe+"\n;true", &loaded)
	var found string
	b.ask(t, `axe.run(document, {resultTypes: ["violations"], runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}).then(r => JSON.stringify(r.violations.map(v => ({ID: v.id, Help: v.help, Nodes: v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + " " + n.any.concat(n.all, n.none).map(c => c.message).join("; ").slice(0, 300))}))))`, &found)
	var list []struct {
		ID, Help string
		Nodes    []string
	}
	if err := json.Unmarshal([]byte(found), &list); err != nil {
		t.Fatal(err)
	}
	for _, v := range list {
		t.Errorf("%s, %d px, %s: %s (%s)\n%s", page, l.width, l.scheme, v.Help, v.ID, strings.Join(v.Nodes, "\n"))
	}
}

func sortedNames(m map[string]string) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// stop is where the focus stands.
type stop struct {
	At      int // place among the page's elements, in document order
	Tag     string
	Text    string
	Ring    bool // its outline can be seen
	InView  bool // it is not covered and not outside the window
	Skip    bool
	Outside bool // nothing of the page has the focus
}

const whereIsFocus = `(() => {
	const e = document.activeElement;
	if (!e || e === document.body || e === document.documentElement) return {Outside: true};
	const s = getComputedStyle(e), r = e.getBoundingClientRect();
	const x = Math.min(Math.max(r.left + Math.min(r.width, 20) / 2, 1), innerWidth - 2), y = Math.min(Math.max(r.top + Math.min(r.height, 20) / 2, 1), innerHeight - 2);
	const top = document.elementFromPoint(x, y);
	return {
		At: Array.from(document.querySelectorAll("*")).indexOf(e), Tag: e.tagName, Text: (e.textContent || e.getAttribute("aria-label") || "").trim().slice(0, 40),
		Ring: s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2, Skip: e.classList.contains("skip"),
		InView: r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth && !!top && (e.contains(top) || top.contains(e))
	};
})()`

// The keyboard goes through a page in its order, is seen where it stands, and is
// never caught; the first stop skips to the content.
func TestKeyboardReachesEverything(t *testing.T) {
	dir := sampleSite(t)
	b := newBrowser(t, dir)
	b.view(t, 1280, "light")
	kinds := onePerKind(t, dir)
	most := 8
	if mustBrowse() {
		most = 120
	}
	for _, kind := range sortedNames(kinds) {
		page := kinds[kind]
		if strings.HasSuffix(kind, " en") || kind == "404" {
			continue
		}
		b.open(t, page)
		b.unfold(t)
		var unreachable []string
		b.ask(t, `Array.from(document.querySelectorAll("a[href], button, input, select, textarea, summary, [role=button], .scroll")).filter(e => e.tabIndex < 0 && !e.disabled).map(e => e.outerHTML.slice(0, 120))`, &unreachable)
		for _, e := range unreachable {
			t.Errorf("%s: the keyboard does not reach %s", page, e)
		}
		last := -1
		for i := range most {
			b.do(t, tab())
			var at stop
			b.ask(t, whereIsFocus, &at)
			if at.Outside {
				break // through the page and out of it
			}
			if i == 0 && !at.Skip {
				t.Errorf("%s: the first stop is %s %q, not the link that skips to the content", page, at.Tag, at.Text)
			}
			if at.At <= last {
				t.Errorf("%s: from stop %d the focus goes back to %s %q", page, i, at.Tag, at.Text)
				break
			}
			last = at.At
			if !at.Ring {
				t.Errorf("%s: %s %q has the focus and no ring", page, at.Tag, at.Text)
			}
			if !at.InView {
				t.Errorf("%s: %s %q has the focus and cannot be seen", page, at.Tag, at.Text)
			}
		}
	}
	b.open(t, "index.html")
	b.do(t, tab(), chromedp.KeyEvent("\r"))
	var fragment string
	b.ask(t, `location.hash`, &fragment)
	if fragment != "#main" {
		t.Errorf("the first link leads to %q, not to the content", fragment)
	}
}

func tab() chromedp.Action {
	press := func(kind input.KeyType) chromedp.Action {
		return input.DispatchKeyEvent(kind).WithKey("Tab").WithCode("Tab").WithWindowsVirtualKeyCode(9)
	}
	return chromedp.Tasks{press(input.KeyRawDown), press(input.KeyUp)}
}

// With scripts off every number of a page is there, with the link to its proof.
func TestEverythingIsThereWithoutScripts(t *testing.T) {
	dir := sampleSite(t)
	b := newBrowser(t, dir)
	b.view(t, 1280, "light")
	kinds := onePerKind(t, dir)
	if !mustBrowse() {
		kinds = map[string]string{"year": kinds["year"], "indicator": kinds["indicator"]}
	}
	const numbers = `Array.from(document.querySelectorAll("main .v")).map(e => e.textContent + " " + (e.getAttribute("href") || "")).sort().join("\n")`
	all := map[string][2]string{}
	for i, off := range []bool{true, false} {
		b.do(t, emulation.SetScriptExecutionDisabled(off))
		for _, kind := range sortedNames(kinds) {
			b.open(t, kinds[kind])
			var text string
			b.ask(t, numbers, &text)
			pair := all[kind]
			pair[i] = text
			all[kind] = pair
		}
	}
	seen := 0
	for kind, pair := range all {
		if strings.Contains(kind, "sides") {
			continue // lays two years side by side that stand on pages of their own, to which it leads
		}
		seen += strings.Count(pair[0], "\n")
		if pair[0] != pair[1] {
			t.Errorf("%s: the numbers differ with and without scripts", kinds[kind])
		}
	}
	if seen < 500 {
		t.Errorf("only %d numbers were seen", seen)
	}
}

// A number's proof is shown where the number stands, and goes with Escape.
func TestTheProofOfANumberIsShownInPlace(t *testing.T) {
	b := newBrowser(t, sampleSite(t))
	b.view(t, 1280, "light")
	b.open(t, "huoli/2024/index.html")
	var shown struct{ Text, After string }
	b.ask(t, `(async () => {
		const wait = ms => new Promise(done => setTimeout(done, ms)), text = () => { const e = document.getElementById("proof-pop"); return e ? e.textContent : ""; };
		document.querySelector('main a.v[href="proof.html#execution-rate"]').dispatchEvent(new MouseEvent("mouseover", {bubbles: true}));
		for (let i = 0; i < 300 && !text(); i++) await wait(100);
		const before = text();
		document.dispatchEvent(new KeyboardEvent("keydown", {key: "Escape", bubbles: true}));
		return {Text: before, After: text()};
	})()`, &shown)
	for _, want := range []string{"预算执行率", "88,788.04 ÷ 88,808.45", "99.977"} {
		if !strings.Contains(shown.Text, want) {
			t.Errorf("the proof says %q, without %s", shown.Text, want)
		}
	}
	if shown.After != "" {
		t.Errorf("after Escape it still says %q", shown.After)
	}
	for _, fault := range b.complaints() {
		t.Error(fault)
	}
}

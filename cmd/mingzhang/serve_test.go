package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/sample"
)

// previewed is a source folder that is being served.
type previewed struct {
	testing.TB
	dir     string
	address string // with a slash at its end
	out     *lines
}

// lines is what the program says.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

var previewAddress = regexp.MustCompile(`http://\S+?:\d+/`)

// previewOf serves a folder until the test ends.
func previewOf(t testing.TB, dir string) *previewed {
	t.Helper()
	p := &previewed{TB: t, dir: dir, out: &lines{}}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	a := &app{lang: lang.ZH, source: dir, out: p.out, err: p.out}
	go func() { ended <- a.serve(ctx, serving{host: "127.0.0.1"}) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(10 * time.Second):
			t.Error("serve does not end")
		}
	})
	p.until("the first site", 30*time.Minute, func() bool { return strings.Contains(p.out.String(), "就绪") })
	p.address = previewAddress.FindString(p.out.String())
	return p
}

// until waits for something to come true.
func (p *previewed) until(what string, long time.Duration, ok func() bool) {
	p.Helper()
	for end := time.Now().Add(long); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			p.Fatalf("%s does not come; the program says:\n%s", what, p.out)
		}
	}
}

func (p *previewed) get(page string) (int, string) {
	p.Helper()
	code, body, _ := p.ask(page, "")
	return code, body
}

// changed asks for a page as a browser does that has one: it is told in a word
// when that is still the newest. tag is the page's, and is kept up to date.
func (p *previewed) changed(page string, tag *string) (body string) {
	p.Helper()
	_, body, *tag = p.ask(page, *tag)
	return body
}

func (p *previewed) ask(page, tag string) (code int, body, newTag string) {
	p.Helper()
	r, err := http.NewRequest(http.MethodGet, p.address+page, nil)
	if err != nil {
		p.Fatal(err)
	}
	r.Header.Set("If-None-Match", tag)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		p.Fatal(err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		p.Fatal(err)
	}
	return res.StatusCode, string(data), res.Header.Get("ETag")
}

func (p *previewed) read(name string) string {
	p.Helper()
	data, err := os.ReadFile(filepath.Join(p.dir, filepath.FromSlash(name)))
	if err != nil {
		p.Fatal(err)
	}
	return string(data)
}

// save writes as spreadsheet programs do: another file, which then takes the
// name of the old one.
func (p *previewed) save(name, text string) {
	p.Helper()
	full := filepath.Join(p.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		p.Fatal(err)
	}
	if err := os.WriteFile(full+".tmp", []byte(text), 0o644); err != nil {
		p.Fatal(err)
	}
	if err := os.Rename(full+".tmp", full); err != nil {
		p.Fatal(err)
	}
}

// shili is a folder with one department of the repository's site.
func shili(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	for _, sub := range []string{"data/2023/shili", "data/2024/shili"} {
		if err := os.CopyFS(filepath.Join(dir, sub), os.DirFS(filepath.Join("../..", sub))); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range map[string]string{
		"data/departments.csv":  "标识,名称\nshili,示例单位\n",
		"content/2024/shili.md": "## 概况\n\n第一稿。\n",
		"mingzhang.toml":        "title = \"试验\"\n",
	} {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// The loop as staff have it, in a browser: a changed cell shows on the open
// page, a fault is named over it, its mending takes the overlay away, and what
// was unfolded stays so.
func TestServeInABrowser(t *testing.T) {
	b := newBrowser(t, t.TempDir())
	p := previewOf(t, shili(t))
	b.site = &httptest.Server{URL: strings.TrimSuffix(p.address, "/")}
	const table = "data/2024/shili/staffing.csv"
	was := p.read(table)
	cell := regexp.MustCompile(`,(\d+),(\d+),`).FindStringSubmatch(was)
	if cell == nil {
		t.Fatal("no cell to edit in", was)
	}
	edit := func(to string) { p.save(table, strings.Replace(was, cell[0], ","+cell[1]+","+to+",", 1)) }
	wait := func(what, script string) {
		t.Helper()
		for end := time.Now().Add(60 * time.Second); ; time.Sleep(20 * time.Millisecond) {
			var ok bool
			err := chromedp.Run(b.ctx, chromedp.Evaluate(script, &ok)) // fails while the page is being loaded anew
			if err == nil && ok {
				return
			}
			if time.Now().After(end) {
				var text string
				_ = chromedp.Run(b.ctx, chromedp.Evaluate(`document.body.innerText.slice(0, 3000)`, &text)) // for the report alone
				t.Fatalf("%s does not come: %v\n%s\n%s", what, err, p.out, text)
			}
		}
	}
	b.open(t, "shili/2024/index.html")
	wait("the script", `!!document.getElementById("mingzhang-preview")`)
	b.do(t, chromedp.Evaluate(`document.querySelectorAll("details").forEach((d, i) => { d.open = i === 0 }); window.before = true; scrollTo(0, 400)`, nil))
	edit("3")
	wait("the new figure", `!window.before && [...document.querySelectorAll("a.v")].some(e => e.textContent.trim() === "3" && e.title.endsWith("→ 3"))`)
	wait("the scroll position", `Math.abs(scrollY - 400) < 60`)
	wait("the unfolded part", `document.querySelectorAll("details").length === 0 || document.querySelector("details").open`)

	edit("三?")
	wait("the overlay", `document.getElementById("mingzhang-preview").shadowRoot.textContent.includes("`+table+`:2:")`)
	wait("the cell", `[...document.getElementById("mingzhang-preview").shadowRoot.querySelectorAll("td.bad")].some(e => e.textContent === "三?")`)
	wait("the last good page", `[...document.querySelectorAll("a.v")].some(e => e.textContent.trim() === "3")`)

	edit("4")
	wait("the overlay goes and the page returns", `!document.getElementById("mingzhang-preview").shadowRoot.textContent.includes("`+table+`") && [...document.querySelectorAll("a.v")].some(e => e.textContent.trim() === "4")`)

	// The look is changed without a reload, and a page that has not changed stays.
	b.do(t, chromedp.Evaluate(`window.before = true`, nil))
	p.save("themes/default/style.css", "body { border-top: 7px solid red }\n")
	wait("the new look", `getComputedStyle(document.body).borderTopWidth === "7px"`)
	p.save("content/2023/shili.md", "另一个年度的文字。\n")
	p.until("the other page", 30*time.Second, func() bool {
		_, body := p.get("shili/2023/")
		return strings.Contains(body, "另一个年度")
	})
	wait("an unrelated page", `window.before === true`)
	if faults := b.complaints(); len(faults) > 0 {
		t.Error(faults)
	}
}

// Every answer through fifty edits is the old page or the new one, whole.
func TestServeNeverShowsHalfAPage(t *testing.T) {
	p := previewOf(t, shili(t))
	const page = "shili/2024/"
	stop := make(chan struct{})
	var wg sync.WaitGroup
	var mu sync.Mutex
	answers := map[string]bool{}
	for range 2 {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				code, body := p.get(page)
				if code != http.StatusOK || !strings.HasSuffix(strings.TrimSpace(body), "</html>") {
					t.Errorf("an answer with %d and %d bytes", code, len(body))
					return
				}
				mu.Lock()
				answers[draftOf(body)] = true
				mu.Unlock()
			}
		})
	}
	for i := range 50 {
		draft := fmt.Sprintf("第%d稿", i+100)
		p.save("content/2024/shili.md", "## 概况\n\n"+draft+"。\n")
		p.until(draft, 30*time.Second, func() bool {
			_, body := p.get(page)
			return draftOf(body) == draft
		})
	}
	close(stop)
	wg.Wait()
	for a := range answers {
		if a != "第一稿" && !strings.HasPrefix(a, "第1") {
			t.Errorf("an answer shows %q", a)
		}
	}
}

var draft = regexp.MustCompile(`第[一\d]+稿`)

func draftOf(body string) string { return draft.FindString(body) }

// Two thousand files that are saved at once make one new site.
func TestServeTakesAStormAsOne(t *testing.T) {
	p := previewOf(t, shili(t))
	before := strings.Count(p.out.String(), "毫秒")
	for i := range 2000 {
		name := filepath.Join(p.dir, "themes", "default", fmt.Sprintf("picture%04d.svg", i))
		if i == 0 {
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(name, []byte("<svg/>"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	p.until("the last file", time.Minute, func() bool {
		code, _ := p.get("assets/picture1999.svg")
		return code == http.StatusOK
	})
	time.Sleep(time.Second)
	// One, on a machine that holds nobody up: TestAStormIsOneChange of package
	// watch tells these apart.
	if n := strings.Count(p.out.String(), "毫秒") - before; n < 1 || n > 4 {
		t.Errorf("%d sites were made:\n%s", n, p.out)
	}
}

// Edits leave nothing behind in memory. MINGZHANG_EDITS sets how many.
func TestServeStaysSmall(t *testing.T) {
	edits := 60
	if n := os.Getenv("MINGZHANG_EDITS"); n != "" {
		if _, err := fmt.Sscan(n, &edits); err != nil {
			t.Fatal(err)
		}
	}
	p := previewOf(t, shili(t))
	inUse := func() (heap uint64, goroutines int) {
		http.DefaultClient.CloseIdleConnections()
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc, runtime.NumGoroutine()
	}
	edit := func(i int) {
		d := fmt.Sprintf("第%d稿", i+1000)
		p.save("content/2024/shili.md", "## 概况\n\n"+d+"。\n")
		p.until(d, 30*time.Second, func() bool {
			_, body := p.get("shili/2024/")
			return draftOf(body) == d
		})
	}
	for i := range edits / 3 {
		edit(i)
	}
	heap, goroutines := inUse()
	for i := range edits {
		edit(i + edits)
	}
	after, then := inUse()
	t.Logf("after %d edits: %.1f MB, then %.1f MB; %d and %d goroutines", edits/3, float64(heap)/1e6, float64(after)/1e6, goroutines, then)
	if after > heap+heap/4+4<<20 {
		t.Errorf("memory grew from %d to %d bytes", heap, after)
	}
	if then > goroutines+4 {
		t.Errorf("goroutines grew from %d to %d", goroutines, then)
	}
}

// inWords writes a number so that no text takes it for a figure.
func inWords(n int) string {
	var b strings.Builder
	for _, d := range fmt.Sprint(n) {
		b.WriteRune([]rune("甲乙丙丁戊己庚辛壬癸")[d-'0'])
	}
	return b.String() + "完"
}

// BenchmarkEditToBytes measures the time from a save to the changed page, over
// as many edits as b.N, and reports the 95th percentile:
//
//	go test ./cmd/mingzhang -run '^$' -bench EditToBytes -benchtime 50x
//
// MINGZHANG_LARGE=1 adds a site of 10,000 department-years, whose first reading
// alone takes minutes: -bench 'EditToBytes/10000$' -timeout 60m.
func BenchmarkEditToBytes(b *testing.B) {
	sizes := []int{100}
	if os.Getenv("MINGZHANG_LARGE") != "" {
		sizes = append(sizes, 1000)
	}
	for _, departments := range sizes {
		dir := b.TempDir()
		if _, _, err := sample.Write(dir, sample.Options{Departments: departments, Years: 10, Seed: 1}); err != nil {
			b.Fatal(err)
		}
		tables, err := filepath.Glob(filepath.Join(dir, "data", "*", "*", "services.csv"))
		if err != nil || len(tables) < departments*9 {
			b.Fatal(len(tables), err)
		}
		b.Run(fmt.Sprint(departments*10), func(b *testing.B) {
			p := previewOf(b, dir)
			r := rand.New(rand.NewPCG(1, 2))
			pick := func() (slug, year string) {
				parts := strings.Split(filepath.ToSlash(tables[r.IntN(len(tables))]), "/")
				return parts[len(parts)-2], parts[len(parts)-3]
			}
			// measure edits and waits for the page, b.N times.
			measure := func(edit func(i int) (page string, new func(string) bool)) func(*testing.B) {
				return func(b *testing.B) {
					var took []time.Duration
					for i := range b.N {
						page, isNew := edit(i)
						start, tag := time.Now(), ""
						p.until(page, time.Minute, func() bool { return isNew(p.changed(page, &tag)) })
						took = append(took, time.Since(start))
						time.Sleep(20 * time.Millisecond)
					}
					slices.Sort(took)
					b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
					b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
				}
			}
			rate := regexp.MustCompile(`\d\d\.\d\d\n?$`)
			n := 0
			b.Run("cell", measure(func(int) (string, func(string) bool) {
				slug, year := pick()
				n++
				name := fmt.Sprintf("data/%s/%s/services.csv", year, slug)
				to := fmt.Sprintf("%d.%02d", 50+n/100, n%100)
				lines := strings.SplitAfter(strings.TrimRight(p.read(name), "\r\n"), "\n")
				lines[1] = rate.ReplaceAllString(strings.TrimRight(lines[1], "\r\n"), to) + "\n"
				page := slug + "/" + year + "/"
				p.get(page) // it is open
				p.save(name, strings.Join(lines, ""))
				return page, func(body string) bool { return strings.Contains(body, ">"+to) }
			}))
			b.Run("narrative", measure(func(int) (string, func(string) bool) {
				slug, year := pick()
				n++
				name := fmt.Sprintf("content/%s/%s.md", year, slug)
				mark := "新的一句" + inWords(n)
				page := slug + "/" + year + "/"
				p.get(page)
				p.save(name, p.read(name)+"\n\n"+mark+"\n")
				return page, func(body string) bool { return strings.Contains(body, mark) }
			}))
			b.Run("home", measure(func(int) (string, func(string) bool) {
				n++
				mark := fmt.Sprintf("新的站名〔%d〕", n)
				p.save("mingzhang.toml", regexp.MustCompile(`(?m)^title = .*$`).ReplaceAllString(p.read("mingzhang.toml"), "title = \""+mark+"\""))
				return "", func(body string) bool { return strings.Contains(body, mark) }
			}))
			b.Run("theme", measure(func(int) (string, func(string) bool) {
				n++
				mark := fmt.Sprintf("look%d", n)
				base, err := os.ReadFile("../../themes/default/templates/base.html")
				if err != nil {
					b.Fatal(err)
				}
				slug, year := pick()
				p.save("themes/default/templates/base.html", strings.Replace(string(base), "</body>", "<!-- x --><p class=\""+mark+"\"></p></body>", 1))
				return slug + "/" + year + "/", func(body string) bool { return strings.Contains(body, mark) }
			}))
		})
	}
}

package preview

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
)

// still is a view made of files.
type still struct {
	gen   int
	files map[string]string
	list  diag.List
	made  map[string]int
	moved bool
}

func (v *still) Generation() int         { return v.gen }
func (v *still) Version(path string) any { return v.files[path] }
func (v *still) Errors() diag.List       { return v.list }
func (v *still) Findings() diag.List     { return v.list }
func (v *still) Make(path string) ([]byte, error) {
	if v.moved {
		return nil, ErrMoved
	}
	text, ok := v.files[path]
	if !ok {
		return nil, fs.ErrNotExist
	}
	if v.made != nil {
		v.made[path]++
	}
	return []byte(text), nil
}

func view(gen int, pairs ...string) *still {
	v := &still{gen: gen, files: map[string]string{"404.html": "<p>404</p>"}, made: map[string]int{}}
	for i := 0; i < len(pairs); i += 2 {
		v.files[pairs[i]] = pairs[i+1]
	}
	return v
}

var source = fstest.MapFS{
	"data/2024/a/income.csv": {Data: []byte("一,二\n三,4\n")},
	"data/gb.csv":            {Data: []byte("\xd4\xa4\xcb\xe3\n")}, // 预算
	"secret.txt":             {Data: []byte("secret")},
}

func serve(t *testing.T, o Options) (*Server, *httptest.Server) {
	t.Helper()
	o.Source, o.Shown = source, func(name string) bool { return strings.HasPrefix(name, "data/") }
	s := New(o)
	h := httptest.NewServer(s)
	t.Cleanup(h.Close)
	return s, h
}

func get(t *testing.T, address string, with ...string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(with); i += 2 {
		if with[i] == "Host" {
			r.Host = with[i+1]
		} else {
			r.Header.Set(with[i], with[i+1])
		}
	}
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

func TestOnlyTheSitesOwnFilesAreServed(t *testing.T) {
	s, h := serve(t, Options{})
	s.Show(view(1, "index.html", "<body>home</body>", "a/2024/index.html", "<body>year</body>", "a/x.csv", "1"))
	for address, want := range map[string]int{
		"/": 200, "/index.html": 200, "/a/2024/": 200, "/a/2024": 301, "/a/x.csv": 200,
		"/a/": 404, "/b": 404, "/a/.hidden": 404, "/.git/config": 404, "/a/..%2f..%2fsecret.txt": 404, "/%2e%2e/secret.txt": 404,
		"/a%5cx.csv": 404, "/a//x.csv": 404, "/_mingzhang/nothing": 404, "/secret.txt": 404,
		"/_mingzhang/source?path=data/2024/a/income.csv": 200, "/_mingzhang/source?path=secret.txt": 404,
		"/_mingzhang/source?path=data/../secret.txt": 404, "/_mingzhang/source?path=/data/gb.csv": 404, "/_mingzhang/source?path=data": 404,
	} {
		if got, _ := get(t, h.URL+address); got != want {
			t.Errorf("%s is answered with %d, want %d", address, got, want)
		}
	}
	if _, body := get(t, h.URL+"/_mingzhang/source?path=data/gb.csv"); !strings.Contains(body, "预算") {
		t.Error("a file in GB18030 is not shown as text")
	}
	res, err := http.Post(h.URL+"/", "text/plain", nil)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("POST is answered with %d", res.StatusCode)
	}
}

// A page of another site that makes its own name mean this machine reads nothing.
func TestOtherNamesAreRefused(t *testing.T) {
	s, h := serve(t, Options{Hosts: []string{"jisuanji"}})
	s.Show(view(1, "index.html", "home"))
	for host, want := range map[string]int{
		"localhost": 200, "localhost:8080": 200, "127.0.0.1:9": 200, "[::1]:9": 200, "jisuanji:80": 200, "LOCALHOST.": 200,
		"evil.example": 421, "127.0.0.1.evil.example": 421, "localhost.evil.example": 421, "192.168.1.9:8080": 421, "": 421, "0x7f000001": 421,
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Host = host
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("host %q is answered with %d, want %d", host, w.Code, want)
		}
	}
	any, _ := serve(t, Options{Anywhere: true})
	any.Show(view(1, "index.html", "home"))
	for host, want := range map[string]int{"192.168.1.9:8080": 200, "evil.example": 421} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Host = host
		w := httptest.NewRecorder()
		any.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("served anywhere, host %q is answered with %d, want %d", host, w.Code, want)
		}
	}
	_ = h
}

// A program is started only from a page of the preview on this machine.
func TestOpeningAFile(t *testing.T) {
	var opened []string
	_, h := serve(t, Options{Open: func(p string) error { opened = append(opened, p); return nil }})
	post := func(path string, with ...string) int {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.URL+"/_mingzhang/open", strings.NewReader(url.Values{"path": {path}}.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for i := 0; i < len(with); i += 2 {
			r.Header.Set(with[i], with[i+1])
		}
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		return res.StatusCode
	}
	for _, c := range []struct {
		want int
		path string
		with []string
	}{
		{204, "data/gb.csv", []string{"Origin", h.URL}},
		{403, "data/gb.csv", nil},
		{403, "data/gb.csv", []string{"Origin", "http://evil.example"}},
		{403, "data/gb.csv", []string{"Origin", h.URL, "Sec-Fetch-Site", "cross-site"}},
		{404, "secret.txt", []string{"Origin", h.URL}},
	} {
		if got := post(c.path, c.with...); got != c.want {
			t.Errorf("opening %s with %v is answered with %d, want %d", c.path, c.with, got, c.want)
		}
	}
	if len(opened) != 1 {
		t.Errorf("opened %v", opened)
	}
}

// A page is made once for each of its versions, and old ones make room.
func TestPagesAreKept(t *testing.T) {
	s, h := serve(t, Options{})
	v := view(1, "index.html", "home", "b.html", strings.Repeat("b", 100))
	s.Show(v)
	for range 3 {
		get(t, h.URL+"/")
	}
	if v.made["index.html"] != 1 {
		t.Errorf("made %d times", v.made["index.html"])
	}
	next := view(2, "index.html", "home", "b.html", "other")
	s.Show(next)
	get(t, h.URL+"/")
	if next.made["index.html"] != 0 {
		t.Error("made again though nothing has changed")
	}
	m := memo{limit: 150}
	for i := range 10 {
		name := fmt.Sprintf("%d.html", i)
		if _, err := m.get(view(1, name, strings.Repeat("x", 60)), name); err != nil {
			t.Fatal(err)
		}
	}
	if m.size > 150 || len(m.files) != 2 || m.order.Len() != 2 {
		t.Errorf("%d bytes in %d files are kept", m.size, len(m.files))
	}
}

// While the sources move the answer waits for the next view.
func TestAPageWaitsForTheNextView(t *testing.T) {
	s, h := serve(t, Options{})
	s.Show(&still{gen: 1, moved: true})
	go func() {
		time.Sleep(50 * time.Millisecond)
		s.Show(view(2, "index.html", "new"))
	}()
	if code, body := get(t, h.URL+"/"); code != 200 || !strings.HasPrefix(body, "new") {
		t.Errorf("%d %q", code, body)
	}
}

func TestTheScriptIsAddedAndBytesAreTagged(t *testing.T) {
	s, h := serve(t, Options{})
	s.Show(view(7, "a/index.html", "<html><body>x</body></html>", "a/x.csv", "x</body>"))
	_, body := get(t, h.URL+"/a/")
	if !strings.Contains(body, `<script src="/_mingzhang/live.js" data-page="a/index.html"`) || !strings.HasSuffix(body, "</script></body></html>") {
		t.Error(body)
	}
	if _, body := get(t, h.URL+"/a/x.csv"); body != "x</body>" {
		t.Errorf("a CSV is changed: %q", body)
	}
	res, err := http.Get(h.URL + "/a/x.csv")
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if code, _ := get(t, h.URL+"/a/x.csv", "If-None-Match", res.Header.Get("ETag")); code != http.StatusNotModified {
		t.Errorf("the same bytes are answered with %d", code)
	}
}

var fault = &diag.Code{Word: "fault", Severity: diag.Error, Headline: lang.Text{ZH: "「%s」不对", EN: "%s is wrong"}}

// listener reads what an open page is told.
func listener(t *testing.T, h *httptest.Server, query string) <-chan string {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, h.URL+"/_mingzhang/events?"+query, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	out := make(chan string, 10)
	go func() {
		defer res.Body.Close()
		lines := bufio.NewScanner(res.Body)
		for lines.Scan() {
			if text, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				out <- text
			}
		}
	}()
	return out
}

func TestOpenPagesAreToldWhatConcernsThem(t *testing.T) {
	s, h := serve(t, Options{})
	files := func(gen int, a, css string, list ...*diag.Finding) *still {
		v := view(gen, "a.html", a, "b.html", "b", "style.css", css)
		v.list = list
		return v
	}
	first := files(1, "a", "1")
	s.Show(first)
	a := listener(t, h, "page=a.html&digest="+digestOf([]byte("a"))+"&style=style.css")
	b := listener(t, h, "page=b.html&digest="+digestOf([]byte("b")))
	panel := listener(t, h, "page=")
	time.Sleep(100 * time.Millisecond) // both have looked at the first view
	expect := func(name string, c <-chan string, want string) {
		t.Helper()
		select {
		case got := <-c:
			if want == "" || !strings.Contains(got, want) {
				t.Errorf("%s is told %s, want %q", name, got, want)
			}
		case <-time.After(300 * time.Millisecond):
			if want != "" {
				t.Errorf("%s is told nothing, want %q", name, want)
			}
		}
	}
	s.Show(files(2, "A", "1"))
	expect("the page", a, `"page":true`)
	expect("an unrelated page", b, "")
	expect("the panel", panel, `"generation":2`)
	s.Show(files(3, "A", "2"))
	expect("a page with the style sheet", a, `"page":false,"styles":["style.css"]`)
	expect("a page without it", b, "")
	s.Show(files(4, "A", "2", fault.At(diag.Place{File: "data/2024/a/income.csv", Line: 2, Column: 3}, "4")))
	expect("the page", a, `"errors":1`)
	expect("the other page", b, `"errors":1`)
	if _, body := get(t, h.URL+"/_mingzhang/findings?part=1"); !strings.Contains(body, "data/2024/a/income.csv:2:3") || !strings.Contains(body, "「4」不对") {
		t.Error(body)
	}
	s.Show(files(5, "A", "2"))
	expect("the page", a, `"errors":0`)
	late := listener(t, h, "page=a.html&digest="+digestOf([]byte("a")))
	expect("a page that was loaded before the server", late, `"page":true`)
}

// Nothing is left of pages that were closed.
func TestClosedPagesAreForgotten(t *testing.T) {
	s, h := serve(t, Options{})
	s.Show(view(1, "a.html", "a"))
	ctx, cancel := context.WithCancel(t.Context())
	for range 5 {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, h.URL+"/_mingzhang/events?page=a.html", nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
	}
	count := func() int {
		s.clients.mu.Lock()
		defer s.clients.mu.Unlock()
		return len(s.clients.list)
	}
	if n := count(); n != 5 {
		t.Errorf("%d pages are open", n)
	}
	cancel()
	for end := time.Now().Add(5 * time.Second); count() > 0; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d pages are still counted", count())
		}
	}
	if _, _, err := s.page("nothing.html"); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

// An open page that listens does not make the server look busy; what it is told,
// and every answer, does.
func TestBusyIsWhatSomeoneWaitsFor(t *testing.T) {
	var now, ever atomic.Int32
	s, h := serve(t, Options{Busy: func() func() {
		now.Add(1)
		ever.Add(1)
		return func() { now.Add(-1) }
	}})
	s.Show(view(1, "a.html", "a"))
	idle := func(after int32, what string) {
		t.Helper()
		for end := time.Now().Add(10 * time.Second); ever.Load() < after || now.Load() > 0; time.Sleep(time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("%d things were under way and %d are, after %s", ever.Load(), now.Load(), what)
			}
		}
	}
	a := listener(t, h, "page=a.html&digest="+digestOf([]byte("a")))
	idle(1, "a page began to listen")
	had := ever.Load()
	s.Show(view(2, "a.html", "A"))
	<-a
	idle(had+1, "it was told")
	had = ever.Load()
	get(t, h.URL+"/a.html")
	idle(had+1, "it was loaded again")
}

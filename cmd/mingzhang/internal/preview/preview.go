// Package preview serves a site that is still being worked on. It answers from
// one unchanging view of the site after another, so that a reader meets a page
// as it was or as it is, whole; it makes a page when it is asked for and keeps
// it; and it tells open pages when they have changed. It knows nothing of
// budgets.
//
// What a published page does not have comes from addresses under /_mingzhang/:
// the script that listens for changes, the findings over a page, the staff's
// panel, a look at a source file. A department's address cannot begin with _.
package preview

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
)

// View is the site as it is at one moment. It does not change, and is safe for
// concurrent use.
type View interface {
	// Generation counts views.
	Generation() int
	// Version tells from what the file at a path is made; as long as it is
	// equal, so is the file.
	Version(path string) any
	// Make makes a file. The error is fs.ErrNotExist for one that the site does
	// not have, and ErrMoved if its sources have changed since.
	Make(path string) ([]byte, error)
	// Errors lists the findings that keep the site from being published.
	Errors() diag.List
	// Findings lists all findings.
	Findings() diag.List
}

// ErrMoved is returned by a view that cannot make a file any more, because a
// newer view is on its way.
var ErrMoved = errors.New("a newer view is on its way")

// Options are what a caller decides.
type Options struct {
	Lang     lang.Lang
	Hosts    []string                    // names under which the server may be asked for, besides localhost
	Anywhere bool                        // may be asked for under any IP address, not only loopback
	Source   fs.FS                       // the source folder, to look at the place of a finding
	Shown    func(name string) bool      // which source files may be looked at
	Open     func(path string) error     // opens a source file in the program of its kind; nil if that is not to be
	Panel    func(View, lang.Lang) Panel // what staff should know; nil for none
	Busy     func() (done func())        // is told that an answer is being worked on; nil for nobody
	Asked    func(v View, name string)   // is told which page someone looks at; nil for nobody
}

// Server answers requests.
type Server struct {
	Options
	view    atomic.Pointer[held]
	pages   memo
	clients clients
	first   chan struct{}
	once    sync.Once
}

type held struct{ View }

// New returns a server that has nothing to show yet.
func New(o Options) *Server {
	if o.Busy == nil {
		o.Busy = func() func() { return func() {} }
	}
	return &Server{Options: o, first: make(chan struct{}), pages: memo{limit: 64 << 20}, clients: clients{list: map[*client]bool{}}}
}

// Show puts a new view in place and tells open pages.
func (s *Server) Show(v View) {
	s.view.Store(&held{v})
	s.once.Do(func() { close(s.first) })
	s.clients.wake()
}

// Reserved is the folder of what only the preview has.
const Reserved = "/_mingzhang/"

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != Reserved+"events" { // which lasts as long as a page is open
		defer s.Busy()()
	}
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Referrer-Policy", "same-origin")
	if !s.allowed(r.Host) {
		http.Error(w, "mingzhang: this address is not the preview's", http.StatusMisdirectedRequest)
		return
	}
	if r.URL.Path == Reserved+"open" {
		s.open(w, r)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		h.Set("Allow", "GET, HEAD")
		http.Error(w, "mingzhang: the preview is read only", http.StatusMethodNotAllowed)
		return
	}
	if strings.HasPrefix(r.URL.Path, Reserved) {
		s.reserved(w, r)
		return
	}
	name, ok := fileOf(r.URL.Path)
	if !ok {
		http.Error(w, "mingzhang: no such address", http.StatusNotFound)
		return
	}
	if !s.ready(w, r) {
		return
	}
	s.file(w, r, name)
}

// ready waits a while for the first view, and says so if there is none yet.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) bool {
	select {
	case <-s.first:
		return true
	case <-r.Context().Done():
		return false
	case <-time.After(2 * time.Second):
	}
	w.Header().Set("Retry-After", "1")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusServiceUnavailable)
	_, _ = w.Write([]byte(`<!DOCTYPE html><meta charset="utf-8"><meta http-equiv="refresh" content="1"><title>` + s.say("正在生成", "Being made") + `</title><p>` +
		s.say("网站正在第一次生成，好了就会显示。", "The site is being made for the first time and will appear here.") + `</p>`))
	return false
}

func (s *Server) say(zh, en string) string { return lang.Text{ZH: zh, EN: en}.In(s.Lang) }

// fileOf finds the file of an address: no part of it may be hidden, lead
// upwards, or hold what some system takes for a separator.
func fileOf(address string) (string, bool) {
	name := strings.TrimPrefix(address, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if !fs.ValidPath(name) || strings.ContainsAny(name, "\\:\x00") {
		return "", false
	}
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") {
			return "", false
		}
	}
	return name, true
}

// file answers with a file of the site.
func (s *Server) file(w http.ResponseWriter, r *http.Request, name string) {
	status := http.StatusOK
	p, gen, err := s.page(name)
	if errors.Is(err, fs.ErrNotExist) {
		if _, _, err := s.page(name + "/index.html"); err == nil && path.Ext(name) == "" {
			http.Redirect(w, r, "/"+name+"/", http.StatusMovedPermanently)
			return
		}
		status = http.StatusNotFound
		p, gen, err = s.page("404.html")
	}
	if err != nil {
		http.Error(w, "mingzhang: "+err.Error(), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	kind := contentType(name)
	if status != http.StatusOK {
		kind = "text/html; charset=utf-8"
	}
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", "no-cache")
	// Open pages ask often, and mostly for what they have: the answer comes before
	// the page is put together.
	seen, html := p.digest, strings.HasPrefix(kind, "text/html")
	if status != http.StatusOK {
		seen = missing
	}
	tag := `"` + p.digest + `"`
	if html {
		tag = `"` + p.digest + "-" + itoa(gen) + `"`
		if s.Asked != nil {
			s.Asked(s.view.Load().View, name)
		}
	}
	h.Set("ETag", tag)
	if status == http.StatusOK && r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	data := p.data
	if html {
		data = inject(data, name, seen, gen)
	}
	w.WriteHeader(status)
	if r.Method == http.MethodGet {
		_, _ = w.Write(data) // the reader has gone
	}
}

// page makes a file of the newest view, or takes it from memory. While sources
// move it waits for the view that follows.
func (s *Server) page(name string) (made, int, error) {
	deadline := time.Now().Add(5 * time.Second)
	for {
		v := s.view.Load()
		p, err := s.pages.get(v.View, name)
		if !errors.Is(err, ErrMoved) || time.Now().After(deadline) {
			return p, v.Generation(), err
		}
		for wait := time.Now().Add(time.Second); s.view.Load() == v && time.Now().Before(wait); {
			time.Sleep(5 * time.Millisecond)
		}
	}
}

// missing stands for the digest of a page that is not there.
const missing = "none"

func digestOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}

// contentType is the type of a file by its name. The system's own table is not
// asked: it differs from machine to machine.
func contentType(name string) string {
	if t, ok := types[path.Ext(name)]; ok {
		return t
	}
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "application/octet-stream"
}

var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".csv": "text/csv; charset=utf-8", ".json": "application/json", ".jsonld": "application/ld+json", ".xml": "application/xml",
	".txt": "text/plain; charset=utf-8", ".md": "text/markdown; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png",
	".ico": "image/x-icon", ".webmanifest": "application/manifest+json", ".woff2": "font/woff2",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// inject adds the script that listens for changes. It comes from the server
// itself, so that the page's own rules about scripts let it run.
func inject(data []byte, name, digest string, generation int) []byte {
	var tag bytes.Buffer
	tag.WriteString(`<script src="` + Reserved + `live.js" data-page="`)
	escape(&tag, name)
	tag.WriteString(`" data-digest="` + digest + `" data-generation="` + itoa(generation) + `" defer></script>`)
	at := bytes.LastIndex(data, []byte("</body>"))
	if at < 0 {
		at = len(data)
	}
	out := make([]byte, 0, len(data)+tag.Len())
	out = append(out, data[:at]...)
	out = append(out, tag.Bytes()...)
	return append(out, data[at:]...)
}

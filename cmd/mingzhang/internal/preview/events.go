package preview

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// clients are the pages that are open.
type clients struct {
	mu   sync.Mutex
	list map[*client]bool
}

type client struct{ changed chan struct{} }

func (c *clients) wake() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for cl := range c.list {
		select {
		case cl.changed <- struct{}{}:
		default: // it will look at the newest view anyway
		}
	}
}

func (c *clients) join() *client {
	cl := &client{changed: make(chan struct{}, 1)}
	c.mu.Lock()
	c.list[cl] = true
	c.mu.Unlock()
	return cl
}

func (c *clients) leave(cl *client) {
	c.mu.Lock()
	delete(c.list, cl)
	c.mu.Unlock()
}

// news is what an open page is told.
type news struct {
	Generation int      `json:"generation"`
	Page       bool     `json:"page"`             // the page itself has changed
	Styles     []string `json:"styles,omitempty"` // style sheets that have changed
	Errors     int      `json:"errors"`
	Findings   string   `json:"findings"` // changes when the errors do
}

// pingEvery keeps a connection open through whatever stands between.
const pingEvery = 20 * time.Second

// events tells an open page of changes, for as long as it is open. The page
// names what it shows; whether that has changed is told by the bytes.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	name, digest := q.Get("page"), q.Get("digest")
	if _, ok := fileOf("/" + name); !ok && name != "" {
		http.Error(w, "mingzhang: no such page", http.StatusBadRequest)
		return
	}
	styles := map[string]string{}
	for _, p := range q["style"] {
		if f, ok := fileOf("/" + strings.TrimPrefix(p, "/")); ok {
			styles[f] = ""
		}
	}
	cl := s.clients.join()
	defer s.clients.leave(cl)
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	rc := http.NewResponseController(w)
	send := func(text string) bool {
		_, err := fmt.Fprint(w, text)
		return err == nil && rc.Flush() == nil
	}
	if !send("retry: 500\n\n") || !s.ready(w, r) {
		return
	}
	for f := range styles {
		p, _, _ := s.page(f) // one that is not there has no digest
		styles[f] = p.digest
	}
	ping := time.NewTicker(pingEvery)
	defer ping.Stop()
	told := ""
	for first := true; ; first = false {
		n := s.newsFor(name, digest, styles)
		tell := n.Page || len(n.Styles) > 0 || n.Findings != told
		if name == "" { // a page of the preview's own shows all of a view
			tell = !first
		}
		if tell {
			data, err := json.Marshal(n)
			if err != nil || !send("data: "+string(data)+"\n\n") {
				return
			}
			if n.Page {
				digest = s.digest(name) // tell it once
			}
		}
		told = n.Findings
	wait:
		for {
			select {
			case <-r.Context().Done():
				return
			case <-ping.C:
				if !send(": \n\n") {
					return
				}
			case <-cl.changed:
				break wait
			}
		}
	}
}

func (s *Server) digest(name string) string {
	p, _, err := s.page(name)
	if err != nil {
		return missing
	}
	return p.digest
}

func (s *Server) newsFor(name, digest string, styles map[string]string) news {
	defer s.Busy()()
	v := s.view.Load()
	n := news{Generation: v.Generation()}
	if name != "" {
		n.Page = s.digest(name) != digest
	}
	for f, was := range styles {
		if p, _, err := s.page(f); err == nil && p.digest != was {
			styles[f] = p.digest
			n.Styles = append(n.Styles, f)
		}
	}
	slices.Sort(n.Styles)
	errors := v.Errors()
	n.Errors = len(errors)
	if n.Errors > 0 {
		var b strings.Builder
		for _, f := range errors {
			fmt.Fprintln(&b, f.Place, f.Code.Word, f.Headline.ZH, f.Value)
		}
		n.Findings = digestOf([]byte(b.String()))
	}
	return n
}

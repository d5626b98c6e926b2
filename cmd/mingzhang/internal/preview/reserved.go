package preview

import (
	"bytes"
	"embed"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
)

//go:embed assets
var assets embed.FS

// Panel is what staff should know before they publish.
type Panel struct{ Sections []Section }

// Section is a part of the panel: a table, or a word instead where it is empty.
type Section struct {
	ID, Title, Intro, Empty string
	Columns                 []string
	Rows                    [][]Cell
}

// Cell is a cell of the panel.
type Cell struct {
	Text   string
	Href   string
	Was    string // the text as it was published, where it was another
	Number bool
	Mark   string // bad, ask or good
}

var pages = template.Must(template.New("").Funcs(template.FuncMap{
	"tr":    func(l lang.Lang, zh, en string) string { return lang.Text{ZH: zh, EN: en}.In(l) },
	"in":    func(l lang.Lang, t lang.Text) string { return t.In(l) },
	"lines": func(s string) []string { return strings.Split(s, "\n") },
	"name":  func(l lang.Lang, s diag.Severity) string { return s.Name().In(l) },
	"inc":   func(i int) int { return i + 1 },
}).ParseFS(assets, "assets/*.html"))

// reserved answers what only the preview has.
func (s *Server) reserved(w http.ResponseWriter, r *http.Request) {
	switch name := strings.TrimPrefix(r.URL.Path, Reserved); name {
	case "live.js", "live.css":
		data, err := assets.ReadFile("assets/" + name)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", contentType(name))
		w.Header().Set("Cache-Control", "no-cache")
		_, _ = w.Write(data)
	case "events":
		s.events(w, r)
	case "findings":
		if s.ready(w, r) {
			v := s.view.Load()
			list := v.Errors()
			if d := r.URL.Query().Get("department"); d != "" || r.URL.Query().Has("all") {
				list = nil
				for _, f := range v.Findings() {
					if d == "" || f.Scope.Department == d {
						list = append(list, f)
					}
				}
			}
			shown := list.Fold()
			s.show(w, "findings.html", map[string]any{
				"Lang": s.Lang, "List": shown[:min(len(shown), 200)], "Errors": list.Count(diag.Error), "Total": len(list),
				"Whole": r.URL.Query().Get("part") == "", "Open": s.Open != nil && near(r), "Generation": v.Generation(),
			})
		}
	case "source":
		s.source(w, r)
	case "":
		if s.ready(w, r) {
			v := s.view.Load()
			p := Panel{}
			if s.Panel != nil {
				p = s.Panel(v.View, s.Lang)
			}
			s.show(w, "panel.html", map[string]any{"Lang": s.Lang, "Panel": p, "Generation": v.Generation()})
		}
	default:
		http.Error(w, "mingzhang: no such address", http.StatusNotFound)
	}
}

// show renders one of the preview's own pages.
func (s *Server) show(w http.ResponseWriter, name string, data any) {
	var b bytes.Buffer
	if err := pages.ExecuteTemplate(&b, name, data); err != nil {
		http.Error(w, "mingzhang: "+err.Error(), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'")
	_, _ = w.Write(b.Bytes())
}

// sourceFile finds the source file that a request names.
func (s *Server) sourceFile(r *http.Request) (string, bool) {
	name, ok := fileOf("/" + r.FormValue("path"))
	if !ok || s.Source == nil || s.Shown == nil || !s.Shown(name) {
		return "", false
	}
	st, err := fs.Stat(s.Source, name)
	return name, err == nil && st.Mode().IsRegular()
}

// source shows a source file with numbered lines.
func (s *Server) source(w http.ResponseWriter, r *http.Request) {
	name, ok := s.sourceFile(r)
	if !ok {
		http.Error(w, "mingzhang: no such file", http.StatusNotFound)
		return
	}
	data, err := fs.ReadFile(s.Source, name)
	if err != nil {
		http.Error(w, "mingzhang: "+err.Error(), http.StatusNotFound)
		return
	}
	switch path.Ext(name) {
	case ".xlsx", ".xlsm":
		w.Header().Set("Content-Type", contentType(name))
		w.Header().Set("Content-Disposition", "attachment")
		_, _ = w.Write(data)
		return
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) { // as Chinese spreadsheet programs save text
		if text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data); err == nil {
			data = text
		}
	}
	text := strings.TrimSuffix(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
	s.show(w, "source.html", map[string]any{"Lang": s.Lang, "Path": name, "Lines": strings.Split(text, "\n"), "Open": s.Open != nil && near(r)})
}

// open opens a source file in the program of its kind, on the machine of those
// who work on it, when they press the button.
func (s *Server) open(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost || s.Open == nil || !near(r) || !ownPage(r) {
		http.Error(w, "mingzhang: not from here", http.StatusForbidden)
		return
	}
	name, ok := s.sourceFile(r)
	if !ok {
		http.Error(w, "mingzhang: no such file", http.StatusNotFound)
		return
	}
	if err := s.Open(name); err != nil {
		http.Error(w, "mingzhang: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// Package render joins page structs with a theme's templates. It computes
// nothing: what a page says is in its struct, how it looks is in the theme.
//
// A theme is a folder with templates/base.html, one template for each kind of
// page, the words of the interface and any number of assets. Templates have
// these functions: word "key" for a word of the interface, num for a number with
// its link, line for a sentence or arithmetic with numbers in it, prose for a
// narrative with its figures in place, chart for a drawing with its caption, and
// table, proofs, source, cells, links, rules, indicators and downloads, which
// write a whole table or list at once because these are the bulk of every page.
package render

import (
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"
	"sync"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/page"
	"mingzhang/cmd/mingzhang/internal/tomlfile"
	"mingzhang/themes"
)

// Kinds lists the kinds of page for which a theme has a template.
var Kinds = []string{"home", "department", "year", "statement", "proof", "score", "checks", "spending", "indicator-list", "indicator", "compare", "sides", "search", "glossary", "text", "sitemap", "downloads", "dictionary", "404"}

// Theme is a look, ready to render in every language.
type Theme struct {
	Name   string
	Words  map[string]lang.Text
	Assets map[string][]byte // by path under assets/
	sets   map[lang.Lang]map[string]*sets
}

// standalone are the kinds that do not use the common frame.
var standalone = map[string]bool{"404": true}

// Load reads a theme: the built-in one of that name, or the default, with the
// site's own files under themes/<name>/ laid over it.
func Load(site fs.FS, name string, langs []lang.Lang) (*Theme, diag.List) {
	t := &Theme{Name: name, Assets: map[string][]byte{}, sets: map[lang.Lang]map[string]*sets{}}
	var list diag.List
	files, err := collect(site, name)
	if err != nil {
		list.Add(Broken.At(diag.Place{File: "themes/" + name}, err.Error()))
		return t, list
	}
	_, more := tomlfile.Decode("themes/"+name+"/words.toml", files["words.toml"], &t.Words)
	list.Add(more...)
	for p, data := range files {
		if !strings.HasPrefix(p, "templates/") && p != "words.toml" && !strings.HasSuffix(p, ".md") {
			t.Assets[p] = data
		}
	}
	for _, l := range langs {
		t.sets[l] = map[string]*sets{}
		for _, kind := range Kinds {
			set := &sets{parse: func(w *writer) (*template.Template, error) { return t.parse(l, kind, files, w) }}
			set.first, err = set.parse(nil)
			if err != nil {
				list.Add(Broken.At(diag.Place{File: "themes/" + name + "/templates/" + kind + ".html"}, err.Error()))
				continue
			}
			set.named = sync.OnceValue(func() map[string]bool {
				names := map[string]bool{}
				for _, x := range set.first.Templates() {
					if x.Tree != nil {
						namesIn(x.Tree.Root, names)
					}
				}
				return names
			})
			t.sets[l][kind] = set
		}
	}
	return t, list
}

// collect lays the site's files over the built-in ones.
func collect(site fs.FS, name string) (map[string][]byte, error) {
	files := map[string][]byte{}
	read := func(fsys fs.FS, dir string) error {
		return fs.WalkDir(fsys, dir, func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasPrefix(path.Base(p), ".") {
				return err
			}
			data, err := fs.ReadFile(fsys, p)
			files[strings.TrimPrefix(p, dir+"/")] = data
			return err
		})
	}
	builtin := name
	if _, err := fs.Stat(themes.FS, name); err != nil {
		builtin = "default"
	}
	if err := read(themes.FS, builtin); err != nil {
		return nil, err
	}
	if site == nil {
		return files, nil
	}
	if _, err := fs.Stat(site, "themes/"+name); err == nil {
		return files, read(site, "themes/"+name)
	}
	return files, nil
}

// writers are the functions that write markup.
var writers = map[string]bool{"num": true, "line": true, "prose": true, "chart": true, "table": true, "proofs": true, "source": true, "cells": true, "links": true, "rules": true, "indicators": true, "downloads": true}

// parse reads the templates of a kind. Functions that write markup are there
// twice: one gives it back, the other writes it to the page, which is w.
func (t *Theme) parse(l lang.Lang, kind string, files map[string][]byte, w *writer) (*template.Template, error) {
	funcs := template.FuncMap{
		"word": func(key string) (string, error) {
			w, ok := t.Words[key]
			if !ok {
				return "", fmt.Errorf("words.toml has no %q", key)
			}
			return w.In(l), nil
		},
	}
	both(funcs, w, "num", func(w *writer, n *page.Num) error { w.num(n); return nil })
	both(funcs, w, "line", func(w *writer, p []page.Phrase) error { w.line(p); return nil })
	both(funcs, w, "chart", func(w *writer, c *page.Chart) error { t.chart(w, l, c); return nil })
	both(funcs, w, "links", func(w *writer, list []page.Link) error { w.links(list); return nil })
	both(funcs, w, "rules", func(w *writer, list []page.CheckRule) error { t.rules(w, l, list); return nil })
	both(funcs, w, "indicators", func(w *writer, list []page.Indicator) error { t.indicators(w, l, list); return nil })
	both(funcs, w, "downloads", func(w *writer, list []page.Download) error { w.downloads(list); return nil })
	for name, write := range map[string]func(*writer, lang.Lang, any) error{"prose": t.prose, "table": t.table, "proofs": t.proofs, "source": t.source, "cells": t.cells} {
		both(funcs, w, name, func(w *writer, v any) error { return write(w, l, v) })
	}
	for _, e := range escapers {
		funcs[e.name] = e.into(w)
	}
	own, ok := files["templates/"+kind+".html"]
	if !ok {
		return nil, fmt.Errorf("there is no template for pages of kind %s", kind)
	}
	set := template.New(kind).Funcs(funcs)
	if standalone[kind] {
		return set.Parse(string(own))
	}
	if _, err := set.Parse(string(files["templates/base.html"])); err != nil {
		return nil, fmt.Errorf("base.html: %w", err)
	}
	return set.Parse(string(own))
}

// both adds a function that writes markup in both its forms.
func both[T any](funcs template.FuncMap, page *writer, name string, write func(*writer, T) error) {
	funcs[name] = func(v T) (template.HTML, error) {
		var w writer
		err := write(&w, v)
		return template.HTML(w.buf), err
	}
	funcs[name+intoPage] = func(v T) (string, error) { return "", write(page, v) }
}

// Page renders a page struct with the template of its kind, in bytes lent by
// package spare.
func (t *Theme) Page(l lang.Lang, kind string, p any) ([]byte, error) {
	set := t.sets[l][kind]
	if set == nil {
		return nil, fmt.Errorf("theme %s: no template for %s", t.Name, kind)
	}
	return set.page(kind, p)
}

// Broken is raised for a theme that cannot be used.
var Broken = &diag.Code{
	Word: "theme-broken", Severity: diag.Error, Since: "0.1.0",
	Headline: lang.Text{ZH: "主题不能使用：%s", EN: "the theme cannot be used: %s"},
	Why:      lang.Text{ZH: "主题有错，页面就会缺一块或整页出不来", EN: "with a broken theme pages are cut short or missing"},
	Fix:      lang.Text{ZH: "按提示改正模板；先移走自己的文件，可退回内置主题", EN: "mend the template; without your own file the built-in one is used"},
}

// Codes lists the findings of this package.
var Codes = []*diag.Code{Broken}

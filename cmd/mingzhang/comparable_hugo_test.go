package main

import (
	"bytes"
	"fmt"
	"html"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"mingzhang/cmd/mingzhang/internal/narrative"
	"mingzhang/themes"
)

// hugo is the program of Hugo with a site of the same numbers as the comparable
// one: its layouts stand in testdata/comparable/hugo, its content is written here.
// A department is a section with its tables over all years, as one who writes for
// Hugo would have them: fewer files and fewer tables to parse than by year.
type hugo struct{ program, source string }

// hugoOf writes the source for Hugo, or returns nil where no program is named.
func hugoOf(b *testing.B, c *comparable) *hugo {
	b.Helper()
	program := os.Getenv("MINGZHANG_HUGO")
	if program == "" {
		return nil
	}
	if out, err := exec.Command(program, "version").Output(); err != nil {
		b.Fatal(err)
	} else {
		b.Log(string(bytes.TrimSpace(out)))
	}
	h := &hugo{program, filepath.Join(b.TempDir(), "hugo")}
	put := func(name string, data []byte) {
		if err := writeNew(h.source, name, data); err != nil {
			b.Fatal(err)
		}
	}
	copyAll := func(from fs.FS, to string) {
		err := fs.WalkDir(from, ".", func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(p, ".html") && to != "" || path.Base(p) == "words.toml" {
				return err
			}
			data, err := fs.ReadFile(from, p)
			put(path.Join(to, p), data)
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	copyAll(os.DirFS("testdata/comparable/hugo"), "")
	look, err := fs.Sub(themes.FS, "default")
	if err != nil {
		b.Fatal(err)
	}
	copyAll(look, "static/assets")
	put("content/_index.md", []byte("---\ntitle: 示例：部门预决算公开（虚构）\n---\n"))
	put("content/compare/_index.md", []byte("---\ntitle: 各部门比较\noutputs: [html]\n---\n"))
	for _, y := range c.years {
		put(fmt.Sprintf("content/compare/%d.md", y), fmt.Appendf(nil, "---\ntitle: %d年度各部门比较\nyear: %q\n---\n", y, strconv.Itoa(y)))
	}
	for i, slug := range c.slugs {
		fields := c.department(slug)
		name := fields[2]
		put("content/"+slug+"/_index.md", fmt.Appendf(nil, "---\ntitle: %s\nweight: %d\ncode: %q\nunit: %s\n---\n", name, i+1, fields[1], fields[4]))
		for _, t := range comparableTables {
			var over bytes.Buffer
			for _, y := range c.years {
				appendYear(&over, c.files[fmt.Sprintf("data/%d/%s/%s", y, slug, t)], strconv.Itoa(y))
			}
			put("content/"+slug+"/"+t, over.Bytes())
		}
		for _, y := range c.years {
			file := fmt.Sprintf("content/%d/%s.md", y, slug)
			doc, list := narrative.Parse(file, c.files[file])
			if list.HasErrors() {
				b.Fatal(list)
			}
			text := fmt.Appendf(nil, "---\ntitle: %s%d年度预决算\ndate: %d-09-02\nyear: %q\n---\n", name, y, y+1, strconv.Itoa(y))
			put(fmt.Sprintf("content/%s/%d.md", slug, y), append(text, doc.Body...))
		}
	}
	return h
}

// department is a department's row in the directory.
func (c *comparable) department(slug string) []string {
	for line := range strings.Lines(string(c.files["data/departments.csv"])) {
		if strings.HasPrefix(line, slug+",") {
			return strings.Split(strings.TrimSpace(line), ",")
		}
	}
	return make([]string, 8)
}

// build runs Hugo.
func (h *hugo) build(b *testing.B, out string) effort {
	cmd := exec.Command(h.program, "--source", h.source, "--destination", out, "--quiet")
	cmd.Stderr = os.Stderr
	cmd.Stdout = os.Stderr
	begun := time.Now()
	if err := cmd.Run(); err != nil {
		b.Fatal(err)
	}
	return effort{time.Since(begun), cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
}

// compare holds the two sites against each other: what a reader reads on the
// pages, and the rows of the copied tables.
func (c *comparable) compare(b *testing.B, ours, theirs string) {
	b.Helper()
	same := func(read func([]byte) string, our, their string) {
		a, err := os.ReadFile(filepath.Join(ours, our))
		if err != nil {
			b.Fatal(err)
		}
		t, err := os.ReadFile(filepath.Join(theirs, their))
		if err != nil {
			b.Fatal(err)
		}
		if x, y := read(a), read(t); !alike(x, y) {
			b.Fatalf("%s and %s differ: %s", our, their, difference(x, y))
		}
	}
	same(legible, "index.html", "index.html")
	for i, y := range c.years {
		our := fmt.Sprintf("compare/%d.html", y)
		if i == len(c.years)-1 {
			our = "compare/index.html"
		}
		same(legible, our, fmt.Sprintf("compare/%d/index.html", y))
	}
	for _, slug := range c.slugs {
		same(legible, slug+"/index.html", slug+"/index.html")
		for _, t := range comparableTables {
			same(rows, slug+"/"+t, slug+"/"+t)
		}
		for _, y := range c.years {
			name := fmt.Sprintf("%s/%d/index.html", slug, y)
			same(legible, name, name)
		}
	}
}

var (
	mainPart = regexp.MustCompile(`(?s)<main>(.*)</main>`)
	heads    = regexp.MustCompile(`(?s)<thead>.*?<tbody>|<p class="?get.*?</p>|<p class="?note.*?</p>`)
	decimals = regexp.MustCompile(`-?[0-9,]+\.[0-9]{2}`) // -0.00 is a number that was rounded, too
	tags     = regexp.MustCompile(`<[^>]*>`)
	blank    = strings.NewReplacer(" ", "", "\n", "", "\t", "", "\u00a0", "", "−", "-")
)

// alike reports whether two texts are the same but for the last digit of a number:
// Hugo rounds what a processor took for the nearest fraction.
func alike(a, b string) bool { return a == b || difference(a, b) == "" }

// difference tells where two texts are not alike.
func difference(a, b string) string {
	x, y := decimals.FindAllStringIndex(a, -1), decimals.FindAllStringIndex(b, -1)
	i, j := 0, 0 // what was read of each
	for k := 0; k < min(len(x), len(y)); k++ {
		n, err := strconv.ParseFloat(strings.ReplaceAll(a[x[k][0]:x[k][1]], ",", ""), 64)
		m, err2 := strconv.ParseFloat(strings.ReplaceAll(b[y[k][0]:y[k][1]], ",", ""), 64)
		if a[i:x[k][0]] != b[j:y[k][0]] || err != nil || err2 != nil || math.Abs(n-m) > 0.0101 {
			return a[i:x[k][1]] + " | " + b[j:y[k][1]]
		}
		i, j = x[k][1], y[k][1]
	}
	if a[i:] != b[j:] {
		return a[i:] + " | " + b[j:]
	}
	return ""
}

// rows are the rows of a table, without the heading, in which Mingzhang says
// units, and whatever the line ends.
func rows(table []byte) string {
	_, rest, _ := strings.Cut(strings.ReplaceAll(string(table), "\r\n", "\n"), "\n")
	return rest
}

// legible is what a reader reads on a page, but for the headings of columns, of
// which Mingzhang leaves out those without a single entry.
func legible(page []byte) string {
	text := mainPart.FindString(string(page))
	return blank.Replace(html.UnescapeString(tags.ReplaceAllString(heads.ReplaceAllString(text, ""), "")))
}

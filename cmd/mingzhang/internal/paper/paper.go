// Package paper prints pages of the site to PDF with a Chromium, Chrome or Edge
// that is on the machine already. It knows nothing of budgets: a page in, a
// document out.
//
// The page is printed from a copy that stands on its own: styles and pictures
// inside, no script, links led to the published site or taken away. So nothing
// of this machine, no path and no address, gets into the document. The day at
// which it was printed is replaced as well: the same page, browser and fonts
// give the same bytes.
package paper

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"time"
)

// ErrNoBrowser is returned where no browser is found.
var ErrNoBrowser = errors.New("there is no Chromium, Chrome or Edge")

// Browser is a program that prints.
type Browser struct{ path string }

// names are what the browser is called on systems that have it in the path.
var names = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome", "msedge"}

// Find returns the browser at a path or, without one, the first that the machine
// has.
func Find(given string) (Browser, error) {
	if given != "" {
		p, err := exec.LookPath(given)
		if err != nil {
			return Browser{}, fmt.Errorf("%w: %s", ErrNoBrowser, given)
		}
		return Browser{p}, nil
	}
	for _, name := range names {
		if p, err := exec.LookPath(name); err == nil {
			return Browser{p}, nil
		}
	}
	for _, p := range installed(runtime.GOOS) {
		if st, err := os.Stat(p); err == nil && !st.IsDir() {
			return Browser{p}, nil
		}
	}
	return Browser{}, ErrNoBrowser
}

// installed lists where systems without a path put browsers. Every Windows has
// Edge.
func installed(system string) []string {
	switch system {
	case "windows":
		var out []string
		for _, root := range []string{os.Getenv("ProgramFiles(x86)"), os.Getenv("ProgramFiles"), os.Getenv("LocalAppData")} {
			if root != "" {
				out = append(out, filepath.Join(root, "Microsoft", "Edge", "Application", "msedge.exe"), filepath.Join(root, "Google", "Chrome", "Application", "chrome.exe"))
			}
		}
		return out
	case "darwin":
		return []string{"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge", "/Applications/Chromium.app/Contents/MacOS/Chromium"}
	}
	return nil
}

// patience is how long one document may take on a slow machine.
const patience = 3 * time.Minute

// Print prints a page that stands on its own, as Sheet makes it, with the numbers
// of pages in its contents. day is written into the document as the day on which
// it was made.
func (b Browser) Print(page []byte, day time.Time) ([]byte, error) {
	data, err := b.print(page)
	if err != nil {
		return nil, err
	}
	var told map[string]int
	for range mostPrints {
		if !folios.Match(page) {
			break
		}
		found := landings(data)
		if maps.Equal(found, told) {
			break // the numbers that stand in it are those of the pages
		}
		told = found
		if data, err = b.print(numbered(page, told)); err != nil {
			return nil, err
		}
	}
	return dated(data, day), nil
}

// mostPrints is how often a document is printed anew until its numbers hold: once
// is enough where numbers take the room that was kept for them.
const mostPrints = 3

func (b Browser) print(page []byte) ([]byte, error) {
	dir, err := os.MkdirTemp("", "mingzhang-paper-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	in, out := filepath.Join(dir, "page.html"), filepath.Join(dir, "page.pdf")
	if err := os.WriteFile(in, page, 0o600); err != nil {
		return nil, err
	}
	args := []string{
		"--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic",
		"--no-pdf-header-footer", "--generate-pdf-document-outline",
		"--user-data-dir=" + filepath.Join(dir, "profile"), "--print-to-pdf=" + out,
	}
	if os.Geteuid() == 0 {
		args = append(args, "--no-sandbox") // the sandbox refuses to run as root
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	told, err := exec.CommandContext(ctx, b.path, append(args, "file://"+filepath.ToSlash(in))...).CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %s", filepath.Base(b.path), err, lastLine(told))
	}
	data, err := os.ReadFile(out)
	if err != nil {
		return nil, fmt.Errorf("%s printed nothing: %s", filepath.Base(b.path), lastLine(told))
	}
	return data, nil
}

func lastLine(told []byte) []byte {
	lines := bytes.Split(bytes.TrimSpace(told), []byte("\n"))
	return lines[len(lines)-1]
}

var stamp = regexp.MustCompile(`/(CreationDate|ModDate) \(D:\d{14}([+-]\d\d'\d\d'|Z)?\)`)

// dated puts a day in the place of the moment of printing, of the same length,
// since a document's table of contents counts bytes.
func dated(data []byte, day time.Time) []byte {
	return stamp.ReplaceAllFunc(data, func(old []byte) []byte {
		at := bytes.Index(old, []byte("(D:")) + len("(D:")
		copy(old[at:], day.UTC().Format("20060102150405"))
		return old
	})
}

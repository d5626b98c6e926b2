package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/net/html"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"mingzhang": main, "status": printStatus, "text": printText})
}

// printStatus runs the program and prints its exit status, which testscript's own
// negation hides.
func printStatus() {
	fmt.Println(run(os.Args[2:], io.Discard, os.Stderr))
}

// printText prints what a reader sees of a page: its text without tags, each
// block on a line of its own.
func printText() {
	data, err := os.ReadFile(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	doc, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	inline := map[string]bool{"a": true, "span": true, "strong": true, "em": true, "code": true, "b": true}
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
			return
		case n.Data == "style" || n.Data == "script":
			return
		}
		block := n.Type == html.ElementNode && !inline[n.Data]
		if block {
			b.WriteByte('\n')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if block {
			b.WriteByte('\n')
		}
	}
	walk(doc)
	for _, line := range strings.Split(b.String(), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			fmt.Println(line)
		}
	}
}

// TestScripts runs the program as its users do. A script is named after the
// command and the behaviour: build_refuse_wrong_cell.txtar.
func TestScripts(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		UpdateScripts:       os.Getenv("UPDATE") != "",
		Setup: func(e *testscript.Env) error {
			e.Setenv("SAMPLE", root) // the sample site of the repository
			return nil
		},
	})
}

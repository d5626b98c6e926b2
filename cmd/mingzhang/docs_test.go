package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// The architecture page names every package, and no package that is not there.
func TestArchitecturePageNamesThePackages(t *testing.T) {
	text := read(t, "README.md")
	phases := text[strings.Index(text, "## Phases and packages"):strings.Index(text, "## Where the plan")]
	named := map[string]bool{}
	for _, m := range regexp.MustCompile("(?m)^- `([a-z]+)` – ").FindAllStringSubmatch(phases, -1) {
		named[m[1]] = true
	}
	folders, err := os.ReadDir("internal")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		if !named[f.Name()] {
			t.Errorf("README.md does not name internal/%s", f.Name())
		}
		delete(named, f.Name())
	}
	for name := range named {
		t.Errorf("README.md names %s, which is not there", name)
	}
}

func TestChangelogHasTheVersion(t *testing.T) {
	if !strings.Contains(read(t, "CHANGELOG.md"), "\n## "+version+"\n") {
		t.Errorf("CHANGELOG.md has no entry for %s", version)
	}
}

func TestReadmesNameTheTwoCommands(t *testing.T) {
	for _, name := range []string{"../../README.md", "../../README.zh-CN.md"} {
		for _, command := range []string{"go run ./cmd/mingzhang build\n", "go test ./...\n"} {
			if !strings.Contains(read(t, name), command) {
				t.Errorf("%s does not give %q", name, command)
			}
		}
	}
}

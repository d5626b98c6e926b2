package main

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"mingzhang/cmd/mingzhang/internal/publish"
	"mingzhang/cmd/mingzhang/internal/sample"
)

// kills is how often the whole program is killed. MINGZHANG_KILLS=200 is the
// full run; without it the test is kept short.
func kills() int {
	if n, err := strconv.Atoi(os.Getenv("MINGZHANG_KILLS")); err == nil {
		return n
	}
	return 3
}

// program makes the test binary be the program, as scripts do.
func program(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "mingzhang")
	if err := os.Symlink(self, name); err != nil {
		t.Skipf("no symbolic links here: %v", err)
	}
	return name
}

// killed runs a command, kills it at a random moment of its usual time, and
// tells whether it had ended before.
func killed(t *testing.T, r *rand.Rand, usual time.Duration, name string, args ...string) (ended bool) {
	t.Helper()
	c := exec.Command(name, args...)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Duration(r.Int64N(int64(usual))))
	_ = c.Process.Kill() // it may have ended
	return c.Wait() == nil
}

func finish(t *testing.T, name string, args ...string) time.Duration {
	t.Helper()
	begun := time.Now()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %v\n%s", args, err, out)
	}
	return time.Since(begun)
}

// edit changes what a department says of itself.
func edit(t *testing.T, source string, round int) {
	t.Helper()
	name := filepath.Join(source, "content", "departments", "s00001-caizheng.md")
	text := "+++\ntitle = \"示例\"\nsource = \"虚构示例\"\n+++\n\n第" + strconv.Itoa(round) + "稿\n"
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// Killed at any moment, a build leaves a whole site and a publication leaves no
// page that points at a missing file; the next run of either goes through.
func TestAKilledProgramLeavesAWholeSite(t *testing.T) {
	mingzhang := program(t)
	dir := t.TempDir()
	source, public, web := filepath.Join(dir, "site"), filepath.Join(dir, "site", "public"), filepath.Join(dir, "www")
	if _, _, err := sample.Write(source, sample.Options{Departments: 1, Years: 1, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	build := []string{"build", "--source", source}
	send := []string{"publish", "--source", source, "--parallel", "1", web}
	usual := finish(t, mingzhang, build...)
	usualSend := finish(t, mingzhang, send...)
	r := rand.New(rand.NewPCG(3, 4))
	for round := range kills() {
		edit(t, source, round)
		killed(t, r, usual, mingzhang, build...)
		if _, all, bad, err := publish.ReadTree(os.DirFS(public)); err != nil || len(bad) > 0 {
			t.Fatalf("round %d: manifests: %v, bad: %v", round, err, bad)
		} else {
			for _, e := range all {
				if data := []byte(read(t, filepath.Join(public, filepath.FromSlash(e.Path)))); !e.Matches(data) {
					t.Fatalf("round %d: %s is not as the manifest says", round, e.Path)
				}
			}
		}
		finish(t, mingzhang, build...)
		killed(t, r, usualSend, mingzhang, send...)
		wholeLinks(t, round, web)
	}
	finish(t, mingzhang, send...)
	wholeLinks(t, -1, web)
	finish(t, mingzhang, "verify", web)
}

var localLink = regexp.MustCompile(`(?:href|src)="?([^"#:?>\s]+)[^":>\s]*["> ]`)

// wholeLinks follows every link from the home page of a published folder.
func wholeLinks(t *testing.T, round int, web string) {
	t.Helper()
	seen := map[string]bool{}
	var visit func(from, name string)
	visit = func(from, name string) {
		if seen[name] {
			return
		}
		seen[name] = true
		full := filepath.Join(web, filepath.FromSlash(name))
		if _, err := os.Stat(full); err != nil {
			t.Errorf("round %d: %s points at %s, which is not there", round, from, name)
			return
		}
		if !strings.HasSuffix(name, ".html") {
			return
		}
		for _, m := range localLink.FindAllStringSubmatch(read(t, full), -1) {
			visit(name, path.Join(path.Dir(name), m[1]))
		}
	}
	visit("", "index.html")
}

package publish

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// kills is how often the harness kills a publishing process. MINGZHANG_KILLS=200
// is the full run; without it the test is kept short.
func kills() int {
	if n, err := strconv.Atoi(os.Getenv("MINGZHANG_KILLS")); err == nil {
		return n
	}
	return 24
}

// version makes a site all of whose files say which one they belong to.
func version(n int) map[string]string {
	site := map[string]string{}
	for i := range 40 {
		if (i+n)%5 > 0 {
			site[fmt.Sprintf("d%d/%d.html", i%5, i)] = fmt.Sprint(n)
		}
		site[fmt.Sprintf("same/%d.html", i)] = "same"
	}
	return site
}

// TestMain lets the test binary be the process that is killed.
func TestMain(m *testing.M) {
	out := os.Getenv("PUBLISH_UNTIL_KILLED")
	if out == "" {
		os.Exit(m.Run())
	}
	n, err := strconv.Atoi(os.Getenv("PUBLISH_FROM"))
	if err != nil {
		os.Exit(1)
	}
	fmt.Println("begun") // from here on it may be killed
	for ; ; n++ {
		s, err := Begin(out)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		s.PartOf = parted
		for name, text := range version(n) {
			if err := s.Put(name, []byte(text)); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
		}
		if _, err := s.Commit(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Println("published")
	}
}

// A process that is killed at any moment leaves one whole site: every file of
// the same version, and none of another.
func TestAKillAtAnyMomentLeavesAWholeSite(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	publishAll(t, out, map[string]string{"d0/first.html": "0"})
	begun := time.Now()
	put(t, out, version(0))
	round := time.Since(begun) // what one version takes on this machine
	r := rand.New(rand.NewPCG(1, 2))
	seen := map[string]bool{}
	for i := range kills() {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), "PUBLISH_UNTIL_KILLED="+out, fmt.Sprintf("PUBLISH_FROM=%d", 1000*i))
		c.Stderr = os.Stderr
		said, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		// Every other process is let through one version before its moment comes, so
		// that the site moves on however slow the machine is.
		lines := bufio.NewScanner(said)
		for range 1 + i%2 {
			if !lines.Scan() {
				t.Fatalf("the process said nothing: %v", lines.Err())
			}
		}
		time.Sleep(time.Duration(r.Int64N(int64(2 * round))))
		if err := c.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := c.Wait(); err == nil || c.ProcessState.ExitCode() == 1 {
			t.Fatalf("the process ended by itself: %v", err)
		}
		seen[ofOneVersion(t, out)] = true
	}
	if len(seen) < 2 {
		t.Errorf("the kills met only %d versions: the test shows nothing", len(seen))
	}
}

func ofOneVersion(t *testing.T, out string) string {
	t.Helper()
	whole(t, out)
	found := map[string]string{}
	if err := walk(out, func(name string) error {
		if filepath.Base(name) != ListName {
			found[name] = read(t, filepath.Join(out, filepath.FromSlash(name)))
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	is := ""
	for name, text := range found {
		if text == "same" {
			continue
		}
		if is != "" && text != is {
			t.Fatalf("%s is of version %s, another file of version %s", name, text, is)
		}
		is = text
	}
	n, err := strconv.Atoi(is)
	if err != nil {
		t.Fatalf("no version: %v", found)
	}
	if want := version(n); len(found) > 1 && len(found) != len(want) {
		t.Fatalf("version %d has %d files, found %d", n, len(want), len(found))
	}
	return is
}

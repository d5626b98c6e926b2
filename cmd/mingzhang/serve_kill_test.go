package main

import (
	"bufio"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// Killed at any moment, the preview leaves no file behind, and the next one
// serves what is there.
func TestAKilledPreviewLeavesNothing(t *testing.T) {
	mingzhang := program(t)
	dir := shili(t)
	before := everyFile(t, dir)
	r := rand.New(rand.NewPCG(5, 6))
	for round := range kills() {
		c := exec.Command(mingzhang, "serve", "--source", dir, "--port", "0")
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		line, err := bufio.NewReader(out).ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		address := previewAddress.FindString(line)
		text := strings.Repeat("字", round+1) + "。\n"
		if err := os.WriteFile(filepath.Join(dir, "content", "2024", "shili.md"), []byte("## 概况\n\n"+text), 0o644); err != nil {
			t.Fatal(err)
		}
		if round == kills()-1 { // the last one is let live: it serves what the others left
			served := func() bool {
				res, err := http.Get(address + "shili/2024/")
				if err != nil {
					return false
				}
				defer res.Body.Close()
				body, err := io.ReadAll(res.Body)
				return err == nil && strings.Contains(string(body), strings.TrimSpace(text))
			}
			for end := time.Now().Add(time.Minute); !served(); time.Sleep(10 * time.Millisecond) {
				if time.Now().After(end) {
					t.Fatal("the page does not come")
				}
			}
		} else {
			time.Sleep(time.Duration(r.Int64N(int64(time.Second))))
		}
		_ = c.Process.Kill()
		_ = c.Wait() // it was killed
		if after := everyFile(t, dir); !slices.Equal(before, after) {
			t.Fatalf("round %d: before %v, after %v", round, before, after)
		}
	}
}

// everyFile lists all files and folders under a folder.
func everyFile(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	if err := fs.WalkDir(os.DirFS(dir), ".", func(p string, _ fs.DirEntry, err error) error {
		out = append(out, p)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

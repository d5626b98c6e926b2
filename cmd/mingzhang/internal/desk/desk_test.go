package desk_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mingzhang/cmd/mingzhang/internal/desk"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/preview"
	"mingzhang/cmd/mingzhang/internal/publish"
	"mingzhang/cmd/mingzhang/internal/sample"
	"mingzhang/cmd/mingzhang/internal/site"
)

// section returns a part of the panel as lines of text, was → is.
func section(t *testing.T, p preview.Panel, id string) []string {
	t.Helper()
	for _, s := range p.Sections {
		if s.ID != id {
			continue
		}
		var out []string
		for _, row := range s.Rows {
			var cells []string
			for _, c := range row {
				text := c.Text
				if c.Was != "" {
					text = c.Was + " → " + c.Text
				}
				cells = append(cells, text)
			}
			out = append(out, strings.Join(cells, " | "))
		}
		if len(out) == 0 {
			out = append(out, s.Empty)
		}
		return out
	}
	t.Fatal("no section", id)
	return nil
}

// What differs from the last build is told figure by figure, and nothing else.
func TestPanelTellsWhatDiffersFromTheLastBuild(t *testing.T) {
	source := t.TempDir()
	if _, _, err := sample.Write(source, sample.Options{Departments: 2, Years: 2, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	public := filepath.Join(source, "public")
	live := site.Follow(os.DirFS(source), site.Options{Version: "test"}, nil)
	panel := func() preview.Panel { return desk.Panel(live.Snapshot(), os.DirFS(public), lang.ZH) }
	if got := section(t, panel(), "differences"); len(got) != 1 || !strings.Contains(got[0], "还没有生成过") {
		t.Error("before any build:", got)
	}
	build(t, source, public)
	if got := section(t, panel(), "differences"); len(got) != 1 || !strings.Contains(got[0], "没有数字不同") {
		t.Error("after a build:", got)
	}
	services, err := filepath.Glob(filepath.Join(source, "data", "*", "*", "services.csv"))
	if err != nil || len(services) < 3 {
		t.Fatal(services, err)
	}
	changed := services[len(services)-1]
	data, err := os.ReadFile(changed)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(data), "\n")
	cut := strings.LastIndexByte(lines[1], ',')
	was := strings.TrimSpace(lines[1][cut+1:])
	lines[1] = lines[1][:cut] + ",12.34\n"
	if err := os.WriteFile(changed, []byte(strings.Join(lines, "")), 0o644); err != nil {
		t.Fatal(err)
	}
	gone := filepath.Dir(services[0])
	if err := os.RemoveAll(gone); err != nil {
		t.Fatal(err)
	}
	rel := func(p string) string {
		r, err := filepath.Rel(source, p)
		if err != nil {
			t.Fatal(err)
		}
		return filepath.ToSlash(r)
	}
	live.Update([]string{rel(changed), rel(gone)})
	text := strings.Join(section(t, panel(), "differences"), "\n")
	parts := strings.Split(rel(gone), "/")
	home := parts[2] + "/" + parts[1]
	for _, want := range []string{was + "% → 12.34%", home + " | 整个年度 | 不再公开"} {
		if !strings.Contains(text, want) {
			t.Errorf("not told: %s\n%s", want, text)
		}
	}
	if n := strings.Count(text, "→ 12.34"); n != 1 {
		t.Errorf("told %d times", n)
	}
}

func build(t *testing.T, source, public string) {
	t.Helper()
	s, list := site.Open(os.DirFS(source), site.Options{Version: "test"})
	staging, err := publish.Begin(public)
	if err != nil {
		t.Fatal(err)
	}
	staging.PartOf = s.ManifestOf
	_, more, err := s.Build(staging)
	if err != nil || list.HasErrors() || more.HasErrors() {
		t.Fatal(err, list, more)
	}
	for part, inputs := range s.InputsByManifest() {
		var entries []publish.Entry
		for _, in := range inputs {
			entries = append(entries, publish.Entry{Path: in.Path, Bytes: in.Bytes, SHA256: in.SHA256})
		}
		staging.From(part, entries)
	}
	if _, err := staging.Commit(); err != nil {
		t.Fatal(err)
	}
}

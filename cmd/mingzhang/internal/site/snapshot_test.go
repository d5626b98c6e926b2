package site

import (
	"runtime"
	"slices"
	"testing"
	"weak"
)

func TestTheSourcesOfAPage(t *testing.T) {
	snap := Follow(trial(t), Options{Version: "test"}, nil).Snapshot()
	for _, c := range []struct {
		page string
		want []string
	}{
		{"long/2023/proof.html", []string{
			"content/2023/long.md", "content/departments/long.md",
			"data/2023/long/execution.csv", "data/2023/long/expenditure.csv", "data/2023/long/staffing.csv", "data/2023/long/three-public.csv",
		}},
		{"joint/index.html", []string{"content/departments/joint.md"}},
		{"joint/2024/index.html", []string{"content/2024/joint.md", "content/departments/joint.md", "data/2024/joint/income.csv"}},
		{"index.html", nil},
	} {
		if got := slices.Sorted(slices.Values(snap.Sources(c.page))); !slices.Equal(got, c.want) {
			t.Errorf("sources of %s: %q, want %q", c.page, got, c.want)
		}
	}
}

// Whoever keeps the version of a page keeps no state of the site.
func TestAVersionKeepsNothing(t *testing.T) {
	src := trial(t)
	l := Follow(src, Options{Version: "test"}, nil)
	const page = "long/2023/index.html"
	first, wide := l.Snapshot().Version(page), l.Snapshot().Version("index.html")
	if l.Snapshot().Version(page) != first {
		t.Error("two versions of one state")
	}
	old := weak.Make(l.Snapshot())
	text := src["content/2023/long.md"]
	changed := *text
	changed.Data = append(slices.Clone(text.Data), "又一句。\n"...)
	src["content/2023/long.md"] = &changed
	l.Update([]string{"content/2023/long.md"})
	if l.Snapshot().Version(page) == first || l.Snapshot().Version("index.html") == wide {
		t.Error("one version of two states")
	}
	for range 3 {
		runtime.GC()
	}
	if old.Value() != nil {
		t.Error("the first snapshot is still in memory")
	}
	runtime.KeepAlive(first)
	runtime.KeepAlive(wide)
}

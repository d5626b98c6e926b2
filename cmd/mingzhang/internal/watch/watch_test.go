package watch

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// bench is a folder that is watched in a test.
type bench struct {
	*testing.T
	dir string
	w   *Watcher
}

func start(t *testing.T, o Options) *bench {
	t.Helper()
	b := &bench{T: t, dir: t.TempDir()}
	for _, d := range []string{"data/2024/huoli", "content"} {
		if err := os.MkdirAll(filepath.Join(b.dir, d), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	b.write("data/2024/huoli/income.csv", strings.Repeat("一,2\n", 100))
	o.Roots = []string{"data", "content", "themes", "mingzhang.toml"}
	o.Ignored = func(name string) bool {
		return strings.HasPrefix(name, "~$") || strings.HasPrefix(name, ".") || strings.HasSuffix(name, ".tmp") || name == "4913"
	}
	w, err := Start(t.Context(), b.dir, o)
	if err != nil {
		t.Fatal(err)
	}
	b.w = w
	return b
}

func (b *bench) write(name, text string) {
	b.Helper()
	if err := os.WriteFile(filepath.Join(b.dir, name), []byte(text), 0o644); err != nil {
		b.Fatal(err)
	}
}

func (b *bench) rename(from, to string) {
	b.Helper()
	if err := os.Rename(filepath.Join(b.dir, from), filepath.Join(b.dir, to)); err != nil {
		b.Fatal(err)
	}
}

// replace writes a file under another name and gives it its own.
func (b *bench) replace(name, text string) {
	b.Helper()
	temporary := path.Join(path.Dir(name), "~$"+path.Base(name))
	b.write(temporary, text)
	b.rename(temporary, name)
}

// next is the next change.
func (b *bench) next() []string {
	b.Helper()
	select {
	case c := <-b.w.Changes:
		return c
	case <-time.After(10 * time.Second):
		b.Fatal("nothing was told")
		return nil
	}
}

// quiet fails if something more is told.
func (b *bench) quiet() {
	b.Helper()
	select {
	case c := <-b.w.Changes:
		b.Errorf("told %v as well", c)
	case <-time.After(500 * time.Millisecond):
	}
}

func (b *bench) wants(paths ...string) {
	b.Helper()
	if got := b.next(); !slices.Equal(got, paths) {
		b.Errorf("told %q, want %q", got, paths)
	}
	b.quiet()
}

// tells waits until all of the paths have been told, in whatever changes.
func (b *bench) tells(paths ...string) {
	b.Helper()
	for told := map[string]bool{}; slices.ContainsFunc(paths, func(p string) bool { return !told[p] }); {
		for _, p := range b.next() {
			told[p] = true
		}
	}
}

func TestASaveInPlace(t *testing.T) {
	b := start(t, Options{})
	b.write("data/2024/huoli/income.csv", "一,3\n")
	b.wants("data/2024/huoli/income.csv")
}

// As Excel and WPS save: a lock file, a temporary file, the old one set aside,
// the new one under its name.
func TestASaveByReplacing(t *testing.T) {
	b := start(t, Options{})
	b.write("data/2024/huoli/~$income.csv", "lock")
	b.write("data/2024/huoli/A1B2C3.tmp", strings.Repeat("一,3\n", 100))
	b.rename("data/2024/huoli/income.csv", "data/2024/huoli/D4E5F6.tmp")
	b.rename("data/2024/huoli/A1B2C3.tmp", "data/2024/huoli/income.csv")
	if err := os.Remove(filepath.Join(b.dir, "data/2024/huoli/D4E5F6.tmp")); err != nil {
		t.Fatal(err)
	}
	b.wants("data/2024/huoli/income.csv")
}

func TestWhatConcernsNobodyIsNotTold(t *testing.T) {
	b := start(t, Options{})
	b.write("data/2024/huoli/.income.csv.swp", "x")
	b.write("data/2024/huoli/4913", "")
	b.write("public.txt", "x")
	if err := os.Chmod(filepath.Join(b.dir, "data/2024/huoli/income.csv"), 0o600); err != nil {
		t.Fatal(err)
	}
	b.quiet()
}

// A folder that appears is watched, with what was in it already.
func TestFoldersComeAndGo(t *testing.T) {
	b := start(t, Options{})
	outside := filepath.Join(t.TempDir(), "new")
	if err := os.MkdirAll(filepath.Join(outside, "deep"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(outside, "deep", "assets.csv"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(outside, filepath.Join(b.dir, "data/2025")); err != nil {
		t.Skip("the temporary folders are on different drives")
	}
	b.wants("data/2025", "data/2025/deep", "data/2025/deep/assets.csv")
	b.write("data/2025/deep/assets.csv", "yy")
	b.wants("data/2025/deep/assets.csv")
	b.rename("data/2025", "data/2026")
	got := b.next()
	for _, p := range []string{"data/2025", "data/2026", "data/2026/deep/assets.csv"} {
		if !slices.Contains(got, p) {
			t.Errorf("told %q, without %s", got, p)
		}
	}
	b.write("data/2026/deep/assets.csv", "zzz")
	b.wants("data/2026/deep/assets.csv")
	if err := os.RemoveAll(filepath.Join(b.dir, "data/2026")); err != nil {
		t.Fatal(err)
	}
	if got := b.next(); !slices.Contains(got, "data/2026") {
		t.Errorf("told %q, without the folder that has gone", got)
	}
}

// A root that was not there is watched once it is.
func TestARootAppears(t *testing.T) {
	b := start(t, Options{})
	if err := os.MkdirAll(filepath.Join(b.dir, "themes/own"), 0o755); err != nil {
		t.Fatal(err)
	}
	b.next()
	b.write("themes/own/style.css", "body{}")
	b.wants("themes/own/style.css")
}

// heldUp watches how long the machine keeps a goroutine waiting that wanted to
// sleep for a millisecond. To a watcher that is held up, a moment of waiting can
// look like quiet: what it tells then says nothing about it.
func heldUp(t *testing.T) (stop func() bool) {
	t.Helper()
	done, longest := make(chan struct{}), make(chan time.Duration)
	go func() {
		most := time.Duration(0)
		for {
			select {
			case <-done:
				longest <- most
				return
			default:
			}
			begun := time.Now()
			time.Sleep(time.Millisecond)
			most = max(most, time.Since(begun))
		}
	}()
	return func() bool {
		close(done)
		most := <-longest
		held := most > firstWait/2
		if held {
			t.Logf("the machine held this test up for %v", most)
		}
		return held
	}
}

// A file that is emptied and written in pieces is told once, when it is whole.
func TestAHalfWrittenFileIsWaitedFor(t *testing.T) {
	for range 5 {
		held := heldUp(t)
		told := writtenInPieces(t)
		if held := held(); told == 1 || held {
			return
		}
	}
	t.Error("the file was told in pieces each time")
}

// writtenInPieces writes a file in pieces and counts how often it is told.
func writtenInPieces(t *testing.T) int {
	t.Helper()
	b := start(t, Options{})
	const name = "data/2024/huoli/income.csv"
	f, err := os.Create(filepath.Join(b.dir, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	time.Sleep(120 * time.Millisecond) // emptied, nothing there yet
	for range 50 {
		fmt.Fprintln(f, strings.Repeat("一,3,", 20))
		time.Sleep(2 * time.Millisecond)
	}
	if got := b.next(); !slices.Contains(got, name) {
		t.Errorf("told %q", got)
	}
	for told := 1; ; told++ {
		select {
		case <-b.w.Changes:
		case <-time.After(400 * time.Millisecond):
			return told
		}
	}
}

func TestAStormIsOneChange(t *testing.T) {
	b := start(t, Options{})
	held := heldUp(t)
	for i := range 2000 {
		b.write(fmt.Sprintf("content/%04d.md", i), "text")
	}
	told := map[string]bool{}
	changes := 0
	for len(told) < 2000 {
		for _, p := range b.next() {
			told[p] = true
		}
		changes++
	}
	if held := held(); changes != 1 && !held {
		t.Errorf("told in %d changes", changes)
	}
}

func TestPolling(t *testing.T) {
	b := start(t, Options{Poll: true, Every: 50 * time.Millisecond})
	if b.w.Why == "" {
		t.Error("nothing says that the tree is polled")
	}
	b.replace("data/2024/huoli/income.csv", "一,33\n")
	b.write("data/2024/huoli/~$income.csv", "lock")
	b.wants("data/2024/huoli/income.csv")
	if err := os.RemoveAll(filepath.Join(b.dir, "data/2024")); err != nil {
		t.Fatal(err)
	}
	if got := b.next(); !slices.Contains(got, "data/2024/huoli/income.csv") {
		t.Errorf("told %q", got)
	}
}

// Where the system tells no changes the tree is polled without being asked to.
func TestANetworkDriveIsPolled(t *testing.T) {
	defer func(was func(string) bool) { remote = was }(remote)
	remote = func(string) bool { return true }
	b := start(t, Options{Every: 40 * time.Millisecond})
	if b.w.Why != NetworkDrive {
		t.Errorf("polled because %q", b.w.Why)
	}
	b.replace("data/2024/huoli/income.csv", "一,33\n")
	b.wants("data/2024/huoli/income.csv")
}

// Folders that come and go are told with what is in them, when polling too.
func TestPollingFoldersComeAndGo(t *testing.T) {
	b := start(t, Options{Poll: true, Every: 40 * time.Millisecond})
	outside := filepath.Join(t.TempDir(), "new")
	if err := os.MkdirAll(filepath.Join(outside, "deep"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(outside, "deep", "assets.csv"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(outside, filepath.Join(b.dir, "data/2025")); err != nil {
		t.Skip("the temporary folders are on different drives")
	}
	b.wants("data/2025", "data/2025/deep", "data/2025/deep/assets.csv")
	b.replace("data/2025/deep/assets.csv", "yy")
	b.wants("data/2025/deep/assets.csv")
	b.rename("data/2025", "data/2026")
	b.tells("data/2025", "data/2025/deep", "data/2025/deep/assets.csv", "data/2026", "data/2026/deep", "data/2026/deep/assets.csv")
	if err := os.RemoveAll(filepath.Join(b.dir, "data")); err != nil {
		t.Fatal(err)
	}
	b.tells("data", "data/2024/huoli", "data/2024/huoli/income.csv", "data/2026", "data/2026/deep/assets.csv")
	b.replace("mingzhang.toml", "title = \"x\"\n")
	b.tells("mingzhang.toml")
}

// Many network drives have times in whole seconds: a file that is changed twice in
// one, and stays as long as it was, is told twice.
func TestPollingSeesTwoSavesInOneSecond(t *testing.T) {
	b := start(t, Options{Poll: true, Every: 40 * time.Millisecond})
	const name = "data/2024/huoli/income.csv"
	second := time.Now().Truncate(time.Second)
	for _, text := range []string{"一,33\n", "一,34\n"} { // not by replace: with its time
		b.write("data/2024/huoli/~$income.csv", text)
		if err := os.Chtimes(filepath.Join(b.dir, "data/2024/huoli/~$income.csv"), second, second); err != nil {
			t.Fatal(err)
		}
		b.rename("data/2024/huoli/~$income.csv", name)
		if got := b.next(); !slices.Equal(got, []string{name}) {
			t.Errorf("told %q", got)
		}
	}
	b.quiet()
}

// What someone waits for is looked at although its turn has not come.
func TestPollingWhatIsWaitedFor(t *testing.T) {
	b := start(t, Options{Poll: true, Every: time.Hour})
	p := newPoller(b.dir, Options{Roots: []string{"data"}, Ignored: func(string) bool { return false }, Every: time.Hour})
	const name = "data/2024/huoli/income.csv"
	b.write(name, "一,33\n")
	if p.lookNear(p.attended()) || p.lookOn() {
		t.Fatal("it is its turn already")
	}
	p.attend([]string{name, "content/2024/not-there.md"})
	if !p.lookNear(p.attended()) || !p.pending[name] {
		t.Error("it is not looked at")
	}
	for i := range 2 * nearMost {
		p.attend([]string{fmt.Sprint("data/", i)})
	}
	if n := len(p.attended()); n != nearMost {
		t.Errorf("%d paths are looked at each time", n)
	}
}

// A watcher that nobody needs any more ends.
func TestTheEnd(t *testing.T) {
	for _, poll := range []bool{false, true} {
		ctx, cancel := context.WithCancel(t.Context())
		w, err := Start(ctx, t.TempDir(), Options{Roots: []string{"data"}, Poll: poll})
		if err != nil {
			t.Fatal(err)
		}
		cancel()
		select {
		case _, open := <-w.Changes:
			if open {
				t.Error("a change after the end")
			}
		case <-time.After(5 * time.Second):
			t.Error("it goes on")
		}
	}
}

package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"mingzhang/cmd/mingzhang/internal/desk"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/lull"
	"mingzhang/cmd/mingzhang/internal/preview"
	"mingzhang/cmd/mingzhang/internal/site"
	"mingzhang/cmd/mingzhang/internal/watch"
)

// newServe is the command that shows the site while it is being worked on.
func newServe(a *app) *cobra.Command {
	var o serving
	c := &cobra.Command{
		Use:   "serve",
		Short: a.say("预览：改一格，看一页", "preview: edit a cell, see the page"),
		Long: a.say(`在本机预览网站。改动 data/、content/、themes/ 或 mingzhang.toml 后，打开的网页自动更新，
变了的数会闪一下，显示「旧 → 新」。数据有错时，网页保持原样，上面列出错在哪一格、怎么改。
不写任何文件；公开仍用 mingzhang build。

/_mingzhang/ 是工作台：各部门的检查结果、与上次生成的网站有哪些数不同、公开还缺什么。

只有本机能打开。要让别的电脑也能看，加 --host（预览没有密码，看得到还没有公开的数据）。

退出状态：0 按 Ctrl+C 结束，2 用法不对，3 读写失败。`,
			`Shows the site on this machine. When data/, content/, themes/ or mingzhang.toml
change, open pages follow, and figures that changed flash with old → new. With
errors a page stays as it was, and the findings lie over it: cell and remedy.
Nothing is written; publish with mingzhang build.

/_mingzhang/ is the staff panel: findings by department, figures that differ
from the last build, what is still missing for disclosure.

Only this machine can reach it, unless --host is given (there is no password, and
figures not yet published can be seen).

Exit status: 0 ended with Ctrl+C, 2 wrong usage, 3 cannot read or write.`),
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			return a.serve(ctx, o)
		},
	}
	c.Flags().IntVar(&o.port, "port", 8080, a.say("端口；被占用时用下一个，0 由系统挑", "port; the next one if it is taken, 0 for any"))
	c.Flags().StringVar(&o.host, "host", "127.0.0.1", a.say("在哪个地址上提供；0.0.0.0 让别的电脑也能看", "address to serve on; 0.0.0.0 lets other machines see it"))
	c.Flags().BoolVar(&o.open, "open", false, a.say("用浏览器打开", "open in the browser"))
	c.Flags().BoolVar(&o.poll, "poll", false, a.say("反复查看文件夹，用于没有变动通知的网络盘", "look through the folders again and again, for network drives that tell nothing"))
	return c
}

// serving is what the command line decides.
type serving struct {
	port       int
	host       string
	open, poll bool
}

// An edit must not wait for the collector, which looks through all
// department-years each time it runs: it runs when there is this much more than is
// in use, in percent, or at the limit, in bytes, at the latest, and before that in
// a lull. Ten thousand department-years keep less than half of that.
const (
	previewCollectAt = 600
	previewLimit     = 2 << 30
)

// serve serves until the context ends.
func (a *app) serve(ctx context.Context, o serving) error {
	if st, err := os.Stat(a.source); err != nil {
		return ioError(err)
	} else if !st.IsDir() {
		return usageError(lang.Sprintf(lang.Text{ZH: "「%s」不是文件夹", EN: "%s is not a folder"}, a.source))
	}
	if o.port < 0 || o.port > 65535 {
		return usageError(lang.Sprintf(lang.Text{ZH: "没有端口 %d", EN: "there is no port %d"}, o.port))
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	l, err := listen(o.host, o.port)
	if err != nil {
		return ioError(err)
	}
	loopback := l.Addr().(*net.TCPAddr).IP.IsLoopback()
	root, err := os.OpenRoot(a.source)
	if err != nil {
		return ioError(err)
	}
	defer root.Close()
	published := os.DirFS(filepath.Join(a.source, "public"))
	options := preview.Options{
		Lang: a.lang, Anywhere: !loopback, Source: root.FS(), Shown: desk.Shown,
		Panel: func(v preview.View, in lang.Lang) preview.Panel { return desk.Panel(v.(shown).Snapshot, published, in) },
	}
	if net.ParseIP(o.host) == nil {
		options.Hosts = []string{strings.ToLower(o.host)}
	}
	if loopback {
		options.Open = func(name string) error { return startProgram(filepath.Join(a.source, filepath.FromSlash(name))) }
	}
	quiet := lull.ForCollector()
	go quiet.Run(ctx)
	var watcher atomic.Pointer[watch.Watcher]
	options.Busy = quiet.Busy
	options.Asked = func(v preview.View, name string) {
		if w := watcher.Load(); w != nil && w.Why != "" { // else every change is told at once
			w.Near(v.(shown).Sources(name))
		}
	}
	srv := preview.New(options)
	server := &http.Server{Handler: srv, ReadHeaderTimeout: 10 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	address := "http://" + l.Addr().String() + "/"
	if ip := l.Addr().(*net.TCPAddr).IP; ip.IsUnspecified() {
		address = "http://127.0.0.1:" + strconv.Itoa(l.Addr().(*net.TCPAddr).Port) + "/"
	}
	fmt.Fprintf(a.out, a.say("预览 %s  工作台 %s  按 Ctrl+C 结束\n", "preview %s  staff panel %s  Ctrl+C ends it\n"), address, address+strings.TrimPrefix(preview.Reserved, "/"))
	if !loopback {
		fmt.Fprintln(a.err, a.say("注意：别的电脑也能打开这个预览，没有密码，看得到还没有公开的数据。", "Note: other machines can open this preview; there is no password, and unpublished figures can be seen."))
	}
	collectSeldom(previewCollectAt, previewLimit)
	f := &follower{app: a, server: srv, screen: newScreen(a.err), busy: quiet.Busy, watcher: &watcher}
	changes := make(chan struct{})
	var follow error
	go func() {
		defer close(changes)
		follow = f.run(ctx, o.poll)
	}()
	if o.open {
		if err := startProgram(address); err != nil {
			fmt.Fprintln(a.err, a.say("打不开浏览器："+err.Error(), "cannot open the browser: "+err.Error()))
		}
	}
	select {
	case <-ctx.Done():
	case err = <-failed:
		stop()
	case <-changes:
		err = follow
		stop()
	}
	<-changes
	_ = server.Close() // open pages listen for ever
	if err != nil && !errors.Is(err, http.ErrServerClosed) && !errors.Is(err, context.Canceled) {
		return ioError(err)
	}
	return nil
}

// listen takes the port, or one of the next where it is taken.
func listen(host string, port int) (net.Listener, error) {
	var first error
	for p := port; p <= min(port+20, 65535); p++ {
		l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(p)))
		if err == nil {
			return l, nil
		}
		if first == nil {
			first = err
		}
		if port == 0 {
			break
		}
	}
	return nil, first
}

// startProgram opens a file or an address in the program that the system has
// for it.
func startProgram(what string) error {
	name, args := "xdg-open", []string{what}
	switch runtime.GOOS {
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", what}
	case "darwin":
		name = "open"
	}
	c := exec.Command(name, args...)
	if err := c.Start(); err != nil {
		return err
	}
	go func() { _ = c.Wait() }() // how it ends is its user's concern
	return nil
}

// shown is a snapshot as the server sees it.
type shown struct{ *site.Snapshot }

// Make makes a file of the snapshot.
func (s shown) Make(path string) ([]byte, error) {
	data, err := s.Snapshot.Make(path)
	if errors.Is(err, site.ErrMoved) {
		err = preview.ErrMoved
	}
	return data, err
}

// follower keeps the server's view up to date with the source folder.
type follower struct {
	*app
	server *preview.Server
	screen *screen
	busy   func() (done func())

	watcher *atomic.Pointer[watch.Watcher]
}

func (f *follower) run(ctx context.Context, poll bool) error {
	// Watch first: what changes while the site is being made is then not missed.
	w, err := watch.Start(ctx, f.source, watch.Options{Roots: desk.Roots, Ignored: site.Ignored, Poll: poll})
	if err != nil {
		return err
	}
	f.watcher.Store(w)
	if w.Why != "" {
		f.screen.line(fmt.Sprintf(f.say("反复查看文件夹，改动要过一会儿才看得到（%s）", "looking through the folders again and again, so that changes show after a while (%s)"), f.why(w)))
	}
	start, done := time.Now(), f.busy()
	source := os.DirFS(f.source)
	recall := func(s *site.Site) site.Memory { return lastBuild(s, source, filepath.Join(f.source, "public")) }
	live := site.Follow(source, site.Options{Version: version, AsOf: sourceDate(), Memory: recall}, func(done, total int) {
		f.screen.progress(f.say("读入部门", "reading departments"), done, total)
	})
	snap := live.Snapshot()
	f.server.Show(shown{snap})
	f.screen.line(fmt.Sprintf(f.say("就绪：%d 个部门，%d 个年度；%s；%d 毫秒", "ready: %d departments, %d department-years; %s; %d ms"),
		len(snap.Departments()), len(snap.Summaries()), f.verdict(snap.Findings()), time.Since(start).Milliseconds()))
	done()
	for paths := range w.Changes {
		start, done := time.Now(), f.busy()
		c := live.Update(paths)
		f.server.Show(shown{c.Snapshot})
		f.screen.line(f.told(paths, c, time.Since(start)))
		done()
	}
	return nil
}

// why says why the folders are polled.
func (f *follower) why(w *watch.Watcher) string {
	switch w.Why {
	case watch.Asked:
		return "--poll"
	case watch.NetworkDrive:
		return f.say("网络盘", "network drive")
	}
	return w.Why
}

// told is the line about an update.
func (f *follower) told(paths []string, c site.Change, took time.Duration) string {
	what := paths[0]
	if len(paths) > 1 {
		what = fmt.Sprintf(f.say("%s 等 %d 处", "%s and others, %d in all"), what, len(paths))
	}
	pages := fmt.Sprintf(f.say("%d 个年度、%d 个文件", "%d department-years, %d files"), c.Years, c.Outputs)
	switch {
	case c.Look:
		pages = f.say("全部网页", "all pages")
	case c.Wide && c.Years == 0:
		pages = f.say("全站网页", "site-wide pages")
	case c.Years == 0:
		pages = f.say("网页没有变", "no page changed")
	}
	state := f.say("没有错误", "no errors")
	if n := len(c.Snapshot.Errors()); n > 0 {
		first := c.Snapshot.Errors()[0]
		state = fmt.Sprintf(f.say("%d 个错误：%s %s", "%d errors: %s %s"), n, first.Place, first.Headline.In(f.lang))
	}
	ms := took.Milliseconds()
	return fmt.Sprintf(f.say("%s %s → %s；%s；%d 毫秒", "%s %s → %s; %s; %d ms"), time.Now().Format("15:04:05"), what, pages, state, ms)
}

package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"sync/atomic"

	"github.com/spf13/cobra"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/publish"
	"mingzhang/cmd/mingzhang/internal/reuse"
	"mingzhang/cmd/mingzhang/internal/site"
)

// buildFlags are the options of build.
type buildFlags struct {
	out        string
	strict     bool
	json       bool
	quiet      bool
	noCache    bool
	cpuProfile string
	shard      string // a share of the departments, such as 2/4
	pdf        bool   // department-years are printed too
	browser    string // that prints
}

// newBuild is the command that makes the site.
func newBuild(a *app) *cobra.Command {
	var f buildFlags
	c := &cobra.Command{
		Use:   "build",
		Short: a.say("生成网站", "make the site"),
		Long: a.say(`检查、计算并生成网站。有错误时什么也不写，原来的网站保持不变。

网站先在旁边的隐藏文件夹里做好，再一次换上：读者、断电、强行结束，看到的都是
完整的旧站或完整的新站。没有变化的文件保持原来的时间；什么都没变时不碰任何文件。
只删除以前由明账写出的文件，输出文件夹里别人放的文件会保留。两个生成不会同时写
一个文件夹。

--pdf 另把每个部门年度印成 PDF，放在它的网页旁边。要用电脑上已有的 Chromium、
Chrome 或 Edge；每份约需一两秒。

退出状态：0 已生成，1 有错误，2 用法不对，3 读写失败。`,
			`Checks, computes and makes the site. With errors nothing is written and the
old site stays.

The site is made in a hidden folder beside its target and then put in place at
once: a reader, a power cut or a kill meets the whole old or the whole new site.
Files that come out the same keep their time; when nothing changed, nothing is
touched. Only files that an earlier build wrote are deleted; files that others
put there are kept. Two builds cannot write one folder at the same time.

With --pdf each department-year is printed to PDF as well, beside its page. It
takes a Chromium, Chrome or Edge that is on the machine, and a second or two a
document.

Exit status: 0 made, 1 errors, 2 wrong usage, 3 cannot read or write.`),
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if f.out == "" && f.shard != "" {
				return usageError(lang.Text{ZH: "--shard 要和 --out 一起用，每一份写到自己的文件夹", EN: "--shard needs --out: each shard has a folder of its own"})
			}
			if f.out == "" {
				f.out = filepath.Join(a.source, "public")
			}
			if f.cpuProfile == "" {
				return a.build(f)
			}
			w, err := os.Create(f.cpuProfile)
			if err != nil {
				return ioError(err)
			}
			if err := pprof.StartCPUProfile(w); err != nil {
				return errors.Join(err, w.Close())
			}
			err = a.build(f)
			pprof.StopCPUProfile()
			if closed := w.Close(); err == nil && closed != nil {
				return ioError(closed)
			}
			return err
		},
	}
	c.Flags().StringVar(&f.out, "out", "", a.say("网站写到哪个文件夹（默认源文件夹下的 public）", "folder of the site (default: public in the source folder)"))
	c.Flags().BoolVar(&f.strict, "strict", false, a.say("有警告也不生成", "do not build with warnings"))
	c.Flags().BoolVar(&f.json, "json", false, a.say("用 JSON 报告各阶段的时间、文件数和字节数", "report phases, times and bytes as JSON"))
	c.Flags().BoolVar(&f.quiet, "quiet", false, a.say("不显示进度", "show no progress"))
	c.Flags().StringVar(&f.shard, "shard", "", a.say("只生成一部分部门，如 2/4；各份用 mingzhang merge 合成", "make a share of the departments, such as 2/4; mingzhang merge joins them"))
	c.Flags().BoolVar(&f.noCache, "no-cache", false, a.say("全部重新生成，不用上次留下的记录", "make everything again, without what the last run remembers"))
	c.Flags().BoolVar(&f.pdf, "pdf", false, a.say("另把每个部门年度印成 PDF", "print each department-year to PDF as well"))
	c.Flags().StringVar(&f.browser, "browser", "", a.say("印 PDF 用的浏览器（默认自己找）", "the browser that prints (default: the first that is found)"))
	c.Flags().StringVar(&f.cpuProfile, "cpuprofile", "", a.say("把 CPU 剖析写到这个文件（go tool pprof 可读）", "write a CPU profile to this file, for go tool pprof"))
	return c
}

// A run makes much that is soon let go: nothing is collected before there is some
// of it - after one edit most runs have ended by then - and less often afterwards.
// The limit brings the collector back before memory runs short.
const (
	collectFirst = 256 << 20 // bytes
	collectAt    = 300       // percent of what is in use
	memoryLimit  = 900 << 20 // bytes; soft
)

// collectLate sets all three, unless the environment says what is to be set.
func collectLate() {
	if !collectAsToldElsewhere() {
		debug.SetGCPercent(-1)
		debug.SetMemoryLimit(collectFirst)
		first := new([1]*int) // garbage at once: it goes with the first collection
		runtime.AddCleanup(first, func(percent int) { collectSeldom(percent, memoryLimit) }, collectAt)
	}
}

// collectSeldom sets percent of what is in use, and a limit in bytes, unless the
// environment does.
func collectSeldom(percent int, limit int64) {
	if !collectAsToldElsewhere() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}
}

func collectAsToldElsewhere() bool { return os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" }

func (a *app) build(f buildFlags) error {
	collectLate()
	shard, err := parseShard(f.shard)
	if err != nil {
		return err
	}
	if f.pdf {
		f.noCache = true // documents are printed from pages that were made just now
	}
	timing := newReport()
	if !f.noCache {
		go programDigest() // while the target is looked at
	}
	source := reuse.NewSource(os.DirFS(a.source))
	staging, err := publish.Begin(f.out)
	if err != nil {
		return writeError(err)
	}
	defer staging.Abort()
	var last *known
	if r := remembered(f, staging); r != nil {
		last = lookAgain(r, source, source.Still)
		same := len(last.moved) == 0 && staging.Intact(last.Manifest) && !(f.strict && last.Told.Warnings > 0)
		timing.lap("look")
		if same {
			return a.asBefore(last.Told, f, timing)
		}
	}
	s, list, err := a.openWith(source, site.Options{Shard: shard})
	if err != nil {
		return err
	}
	timing.lap("open")
	var press *printer
	if f.pdf {
		if press, err = newPrinter(s, f.browser); err != nil {
			return err
		}
	}
	if !f.noCache && asked(f) != "" {
		m := newMemory(f, last, s, staging.State())
		m.staging = staging
		s.Memory = m
		m.keepFamilies(s)
	}
	return a.make(s, source, list, f, staging, timing, press)
}

// make builds an opened site into a staging folder and publishes it.
func (a *app) make(s *site.Site, source *reuse.Source, list diag.List, f buildFlags, staging *publish.Staging, timing *buildReport, press *printer) error {
	staging.Program = "mingzhang " + version
	staging.PartOf = s.ManifestOf
	var reused atomic.Int64
	if at := s.AtHand; at != nil {
		s.AtHand = func(w *site.Work) (bool, error) {
			ok, err := at(w)
			if ok {
				reused.Add(1)
			}
			return ok, err
		}
	}
	if press == nil { // documents join the files of their departments
		s.Ended = func(w *site.Work) error { return staging.Seal(w.Family.Manifest(), entries(w.Files())) }
	}
	bar := a.progress(f.quiet || f.json, len(s.Families()))
	s.Step = bar.step
	report, more, err := s.Build(staging)
	bar.done()
	timing.lap("make")
	list.Add(more...)
	list.Sort()
	if told := a.tell(a.err, loud(list), false); told != nil {
		return told
	}
	if stop := status(list, f.strict); stop != nil {
		fmt.Fprintln(a.err, a.verdict(list)+a.say("；未写出任何文件", "; nothing was written"))
		return stop
	}
	if err != nil {
		return writeError(err)
	}
	if press != nil {
		n, bytes, err := press.print(staging)
		if err != nil {
			return ioError(err)
		}
		report.Files, report.Bytes = report.Files+n, report.Bytes+bytes
		timing.lap("print")
	}
	for part, inputs := range s.InputsByManifest() {
		staging.From(part, entries(inputs))
	}
	done, err := staging.Commit()
	if err != nil {
		return writeError(err)
	}
	timing.lap("publish")
	timing.count(report, list)
	timing.Reused = int(reused.Load())
	timing.Files, timing.Written, timing.Kept, timing.Removed = done.Written+done.Kept, done.Written, done.Kept, done.Removed
	if !f.noCache {
		if err := a.remember(f, s, source, staging, done, report, list, timing); err != nil {
			return writeError(err)
		}
		timing.lap("remember")
	}
	return a.built(a.verdict(list), f, timing)
}

// asBefore says again what the last run said, since nothing has changed.
func (a *app) asBefore(t reuse.Told, f buildFlags, timing *buildReport) error {
	if _, err := io.WriteString(a.err, lang.Text{ZH: t.ZH, EN: t.EN}.In(a.lang)); err != nil {
		return ioError(err)
	}
	timing.Departments, timing.Years, timing.Files, timing.Bytes, timing.Kept = t.Departments, t.Years, t.Files, t.Bytes, t.Files
	timing.Findings = map[string]int{diag.Error.String(): t.Errors, diag.Warning.String(): t.Warnings, diag.Note.String(): t.Notes}
	return a.built(a.counts(t.Errors, t.Warnings, t.Notes), f, timing)
}

// built prints the result.
func (a *app) built(verdict string, f buildFlags, r *buildReport) error {
	if f.json {
		return r.print(a.out)
	}
	_, err := fmt.Fprintf(a.out, a.say("%s\n%d 个部门、%d 个年度，共 %d 个文件，其中 %d 个有变化：%s\n", "%s\n%d departments, %d department-years, %d files, %d of them changed: %s\n"),
		verdict, r.Departments, r.Years, r.Files, r.Written, filepath.ToSlash(f.out))
	return err
}

// loud leaves out notes, which are for check.
func loud(list diag.List) diag.List {
	var out diag.List
	for _, f := range list {
		if f.Severity > diag.Note {
			out.Add(f)
		}
	}
	return out
}

func entries(inputs []site.Input) []publish.Entry {
	out := make([]publish.Entry, 0, len(inputs))
	for _, in := range inputs {
		out = append(out, publish.Entry{Path: in.Path, Bytes: in.Bytes, SHA256: in.SHA256})
	}
	return out
}

// writeError says why a folder could not be written and what helps.
func writeError(err error) error {
	var notOurs *publish.NotOursError
	var exit *exitError
	switch {
	case errors.As(err, &exit):
		return exit
	case errors.As(err, &notOurs):
		return usageError(lang.Sprintf(lang.Text{
			ZH: "「%s」里有「%s」，不是明账生成的文件夹，不会覆盖。请换一个 --out，或先把它移走",
			EN: "%s holds %s and was not made by mingzhang; it will not be touched. Choose another --out, or move it away",
		}, notOurs.Dir, notOurs.File))
	case errors.Is(err, publish.ErrLocked):
		return &exitError{exitIO, lang.Text{
			ZH: "另一个生成正在写这个文件夹，这次没有写任何文件。等它结束后再运行",
			EN: "another build is writing this folder; nothing was written. Run again when it has ended",
		}}
	}
	help := map[publish.Trouble]lang.Text{
		publish.DiskFull:     {ZH: "磁盘满了，原来的网站没有变。请腾出空间再运行", EN: "the disk is full; the old site is as it was. Free some space and run again"},
		publish.ReadOnly:     {ZH: "文件夹所在的磁盘是只读的，原来的网站没有变。请换一个 --out", EN: "the folder is on a read-only disk; the old site is as it was. Choose another --out"},
		publish.NotPermitted: {ZH: "没有写这个文件夹的权限，原来的网站没有变。请换一个 --out，或请管理员给上一级文件夹写权限", EN: "there is no permission to write; the old site is as it was. Choose another --out, or ask for permission on its parent folder"},
		publish.MountPoint:   {ZH: "这个文件夹是挂载点或正被占用，不能整个换上，原来的网站没有变。请把 --out 写成它里面的一个文件夹", EN: "the folder is a mount point or in use and cannot be exchanged; the old site is as it was. Give --out a folder inside it"},
	}[publish.TroubleOf(err)]
	if help.IsZero() {
		return ioError(err)
	}
	return &exitError{exitIO, lang.Text{ZH: help.ZH + "（" + err.Error() + "）", EN: help.EN + " (" + err.Error() + ")"}}
}

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/mirror"
	"mingzhang/cmd/mingzhang/internal/publish"
)

// publishFlags are the options of publish.
type publishFlags struct {
	from     string
	dryRun   bool
	compress bool
	checksum bool // every file is compared
	workers  int
	bucket   mirror.BucketOptions
}

// newPublish is the command that copies the site to where readers are served
// from.
func newPublish(a *app) *cobra.Command {
	var f publishFlags
	c := &cobra.Command{
		Use:   "publish " + a.say("去处", "TARGET"),
		Short: a.say("把生成的网站送到网站服务器的文件夹或对象存储", "copy the site to a web server's folder or an object store"),
		Long: a.say(`把 public/ 复制到「去处」：一个文件夹，或 s3://桶/前缀（AWS、阿里云 OSS、腾讯云 COS、
华为云 OBS、MinIO 等）。只送有变化的文件；先送新的、再换旧的、首页最后，都送完才删除，
中途断了也不会有指向空处的链接，重新运行就接着送。只删除以前由明账送去的文件；
里面有别人的文件、又没有明账的记号时拒绝。

上次完整送达、两边清单里一样、大小也对的文件不再逐个读；去处若被别人改过，
用 --checksum 把每个文件的内容都比对一遍。

密钥取自环境变量 AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY，或 ~/.aws/credentials。
OSS 要加 --lookup dns。

退出状态：0 已送达，2 用法不对，3 读写失败。`,
			`Copies public/ to TARGET: a folder, or s3://bucket/prefix (AWS, OSS, COS, OBS,
MinIO and others). Only what differs travels; first what is new, then what
changes, the home page last, and only then is anything removed: a copy that is
cut off leaves no link to a missing file, and running it again does the rest.
Only files that an earlier copy brought are removed; a target that holds files
of others and no mark of ours is refused.

After a copy that went through, files that are the same in both manifests and
have their size are not read again. If somebody may have changed the target,
--checksum compares the contents of every file.

Keys come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or from
~/.aws/credentials. OSS needs --lookup dns.

Exit status: 0 delivered, 2 wrong usage, 3 cannot read or write.`),
		Example: "  mingzhang publish /var/www/budget\n  mingzhang publish s3://budget --endpoint https://oss-cn-hangzhou.aliyuncs.com --lookup dns --dry-run",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if f.from == "" {
				f.from = filepath.Join(a.source, "public")
			}
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
			defer stop()
			return a.publish(ctx, args[0], f)
		},
	}
	c.Flags().StringVar(&f.from, "from", "", a.say("已生成的网站（默认源文件夹下的 public）", "the site (default: public in the source folder)"))
	c.Flags().BoolVar(&f.dryRun, "dry-run", false, a.say("只列出要做的事，不写", "only list what would be done"))
	c.Flags().BoolVar(&f.compress, "compress", false, a.say("文本另存压缩版（文件夹：旁边的 .gz；对象存储：压缩后存）", "store text compressed too (folder: .gz beside it; store: instead)"))
	c.Flags().BoolVar(&f.checksum, "checksum", false, a.say("逐个比对每个文件的内容", "compare the contents of every file"))
	c.Flags().IntVar(&f.workers, "parallel", 8, a.say("同时送几个文件", "how many files at a time"))
	c.Flags().StringVar(&f.bucket.Endpoint, "endpoint", "", a.say("对象存储的地址（默认取 AWS_ENDPOINT_URL，再默认 AWS）", "address of the store (default: AWS_ENDPOINT_URL, then AWS)"))
	c.Flags().StringVar(&f.bucket.Region, "region", "", a.say("对象存储的地域（默认取 AWS_REGION）", "region of the store (default: AWS_REGION)"))
	c.Flags().StringVar(&f.bucket.Lookup, "lookup", "auto", a.say("桶名写在地址的哪里：auto、path 或 dns", "where the bucket stands in addresses: auto, path or dns"))
	return c
}

func (a *app) publish(ctx context.Context, target string, f publishFlags) error {
	store, err := a.store(target, f)
	if err != nil {
		return err
	}
	from, err := publish.Resolve(f.from)
	if err != nil {
		return ioError(err)
	}
	release, err := publish.Lock(from) // no build may change what is being read
	if err != nil {
		return writeError(err)
	}
	defer release()
	plan, err := mirror.Make(ctx, os.DirFS(from), store, mirror.Options{Compress: f.compress, Contents: f.checksum, Workers: f.workers})
	if err != nil {
		return a.mirrorError(f.from, target, err)
	}
	if f.dryRun {
		for _, l := range []struct {
			word  string
			names []string
		}{{a.say("新增", "new    "), plan.New}, {a.say("更新", "change "), plan.Changed}, {a.say("删除", "remove "), plan.Removed}, {a.say("清单", "list   "), plan.Manifests}} {
			for _, n := range l.names {
				fmt.Fprintf(a.out, "%s  %s\n", l.word, n)
			}
		}
	} else {
		bar := a.progress(false, plan.Steps())
		err := plan.Run(ctx, func(string) { bar.step() })
		bar.done()
		if err != nil {
			return a.mirrorError(f.from, target, err)
		}
	}
	fresh, changed, removed := plan.Counts()
	fmt.Fprintf(a.out, a.say("新增 %d 个，更新 %d 个，删除 %d 个，%d 个不变（%.1f MB 要传）：%s\n", "%d new, %d changed, %d removed, %d as they were (%.1f MB to send): %s\n"),
		fresh, changed, removed, plan.Same, float64(plan.Bytes)/1e6, target)
	return nil
}

func (a *app) store(target string, f publishFlags) (mirror.Store, error) {
	if !strings.HasPrefix(target, "s3://") {
		if strings.Contains(target, "://") {
			return nil, usageError(lang.Sprintf(lang.Text{ZH: "不认识去处「%s」，写文件夹或 s3://桶/前缀", EN: "%s is no target; write a folder or s3://bucket/prefix"}, target))
		}
		from, err1 := publish.Resolve(f.from)
		to, err2 := publish.Resolve(target)
		if err := errors.Join(err1, err2); err != nil {
			return nil, ioError(err)
		}
		if inside(from, to) || inside(to, from) {
			return nil, usageError(lang.Sprintf(lang.Text{ZH: "去处「%s」和网站文件夹套在一起，请换一个", EN: "%s and the folder of the site lie in each other; choose another"}, target))
		}
		return mirror.NewFolder(to), nil
	}
	switch f.bucket.Lookup {
	case "auto", "path", "dns":
	default:
		return nil, usageError(lang.Sprintf(lang.Text{ZH: "--lookup 没有「%s」，可用 auto、path、dns", EN: "--lookup has no %s; use auto, path or dns"}, f.bucket.Lookup))
	}
	for _, name := range []string{"AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"} {
		if f.bucket.Endpoint == "" {
			f.bucket.Endpoint = os.Getenv(name)
		}
	}
	if f.bucket.Endpoint == "" {
		f.bucket.Endpoint = "https://s3.amazonaws.com"
	}
	if f.bucket.Region == "" {
		f.bucket.Region = os.Getenv("AWS_REGION")
	}
	b, err := mirror.NewBucket(target, f.bucket)
	if err != nil {
		return nil, usageError(lang.Sprintf(lang.Text{ZH: "对象存储的地址或桶名不对：%s", EN: "the address of the store or the name of the bucket is wrong: %s"}, err.Error()))
	}
	return b, nil
}

func inside(dir, of string) bool {
	rel, err := filepath.Rel(of, dir)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// mirrorError says why a copy did not go through and what helps.
func (a *app) mirrorError(from, target string, err error) error {
	var notOurs *mirror.NotOursError
	var broken *mirror.BrokenError
	switch {
	case errors.As(err, &notOurs):
		return usageError(lang.Sprintf(lang.Text{
			ZH: "「%s」里有「%s」，又没有明账的记号，不会覆盖。请换一个空的去处",
			EN: "%s holds %s and no mark of mingzhang; it will not be touched. Choose an empty target",
		}, target, notOurs.Name))
	case errors.As(err, &broken):
		return usageError(lang.Sprintf(lang.Text{
			ZH: "「%s」不是完整的网站：%s 与生成时不符。请先运行 mingzhang build",
			EN: "%s is not a whole site: %s is not as it was built. Run mingzhang build first",
		}, from, broken.Name))
	case errors.Is(err, context.Canceled):
		return &exitError{exitIO, lang.Text{ZH: "已中断；再次运行就接着送", EN: "interrupted; run it again to go on"}}
	}
	return &exitError{exitIO, lang.Text{ZH: "没有送完：" + err.Error() + "。再次运行就接着送", EN: "not delivered: " + err.Error() + ". Run it again to go on"}}
}

package main

import (
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"mingzhang/cmd/mingzhang/internal/lang"
)

// langOf finds the language that a command line asks for before the command
// line is parsed, because help itself is written in it.
func langOf(args []string) lang.Lang {
	for i, a := range args {
		value, ok := strings.CutPrefix(a, "--lang=")
		if a == "--lang" && i+1 < len(args) {
			value, ok = args[i+1], true
		}
		if l, known := lang.Parse(value); ok && known {
			return l
		}
	}
	return lang.ZH
}

func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "mingzhang",
		Short: a.say("明账：把部门预决算做成每个数都能查证的公开网站", "Mingzhang: department budgets as a site in which every figure can be proved"),
		Long: a.say(`明账读取 data/ 里的 CSV 和 content/ 里的文字，检查、计算，生成静态公开网站。

第一次使用：
  mingzhang build        把当前文件夹生成网站，写到 public/
  mingzhang check        只检查，不生成
  mingzhang new          建一个部门或一个年度的空表

退出状态：0 正常，1 有错误，2 用法不对，3 读写失败。`,
			`Mingzhang reads the CSV files in data/ and the texts in content/, checks and
computes, and makes a static site.

First steps:
  mingzhang build        make the site of this folder in public/
  mingzhang check        check only
  mingzhang new          start a department or a year with empty tables

Exit status: 0 fine, 1 findings, 2 wrong usage, 3 cannot read or write.`),
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
		RunE:              func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.PersistentFlags().String("lang", string(a.lang), a.say("界面语言：zh 或 en", "language of messages: zh or en"))
	root.PersistentFlags().StringVar(&a.source, "source", ".", a.say("网站的源文件夹（含 data/、content/、mingzhang.toml）", "the site's source folder (data/, content/, mingzhang.toml)"))
	root.PersistentPreRunE = func(c *cobra.Command, _ []string) error {
		value, err := c.Flags().GetString("lang")
		if err != nil {
			return err
		}
		if _, ok := lang.Parse(value); !ok {
			return usageError(lang.Sprintf(lang.Text{ZH: "没有语言「%s」，可用 zh、en", EN: "no language %s; use zh or en"}, value))
		}
		return nil
	}
	for _, make := range commands {
		root.AddCommand(make(a))
	}
	root.InitDefaultHelpCmd()
	for _, c := range root.Commands() {
		if c.Name() == "help" {
			c.Short = a.say("显示某个命令的说明", "show help of a command")
		}
	}
	if a.lang == lang.ZH {
		root.SetUsageTemplate(usageZH)
		for _, c := range append(root.Commands(), root) {
			c.DisableFlagsInUseLine = true // cobra's own "[flags]" is English
		}
	}
	root.PersistentFlags().BoolP("help", "h", false, a.say("显示说明", "show help"))
	return root
}

// usageZH is cobra's usage template with Chinese headings.
const usageZH = `用法：{{if .Runnable}}
  {{.UseLine}}{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} [命令]{{end}}{{if .HasExample}}

例子：
{{.Example}}{{end}}{{if .HasAvailableSubCommands}}

命令：{{range .Commands}}{{if (or .IsAvailableCommand (eq .Name "help"))}}
  {{rpad .Name .NamePadding }} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

选项：
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

公共选项：
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableSubCommands}}

「{{.CommandPath}} [命令] --help」显示某个命令的说明。{{end}}
`

// countTexts are cobra's messages about how many words follow a command.
var countTexts = []struct {
	en *regexp.Regexp
	zh string
}{
	{regexp.MustCompile(`^accepts (\d+) arg\(s\), received (\d+)`), "参数个数不对：要写 $1 个，写了 $2 个"},
	{regexp.MustCompile(`^requires at least (\d+) arg\(s\), only received (\d+)`), "参数个数不对：至少要写 $1 个，写了 $2 个"},
	{regexp.MustCompile(`^accepts at most (\d+) arg\(s\), received (\d+)`), "参数个数不对：最多写 $1 个，写了 $2 个"},
	{regexp.MustCompile(`^accepts between (\d+) and (\d+) arg\(s\), received (\d+)`), "参数个数不对：要写 $1 到 $2 个，写了 $3 个"},
	{regexp.MustCompile(`^unknown command "(.*)" for "(mingzhang .+)"`), "「${2}」后面不能写「${1}」"},
}

// usageText says in the language in use what cobra found wrong with a command
// line.
func usageText(a *app, err error) string {
	text := err.Error()
	if a.lang == lang.EN {
		return text
	}
	for _, p := range countTexts {
		if p.en.MatchString(text) {
			text = p.en.ReplaceAllString(text, p.zh)
		}
	}
	for _, p := range []struct{ en, zh string }{
		{"unknown command ", "没有命令 "},
		{"unknown flag: ", "没有选项 "},
		{"unknown shorthand flag: ", "没有选项 "},
		{"flag needs an argument: ", "选项缺少值："},
		{"required flag(s) ", "缺少必需的选项 "},
		{"invalid argument ", "选项的值不对："},
	} {
		if strings.HasPrefix(text, p.en) {
			text = p.zh + strings.TrimPrefix(text, p.en)
		}
	}
	for _, p := range []struct{ en, zh string }{
		{"Did you mean this?", "是不是要用："}, {`for "mingzhang"`, ""}, {" not set", ""}, {"Run 'mingzhang --help' for usage.", ""},
	} {
		text = strings.ReplaceAll(text, p.en, p.zh)
	}
	return strings.TrimSpace(text) + "\n" + "用 mingzhang --help 查看说明"
}

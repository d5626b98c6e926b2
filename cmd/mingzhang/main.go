// Mingzhang (明账, "a clear account") publishes departments' budgets and final
// accounts as a static site in which every figure can be proved.
//
// This package is the table of commands. Each command stands in a file of its
// own and only joins packages of internal/; README.md says which phase of the
// work each package is.
package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"

	"github.com/spf13/cobra"

	"mingzhang/cmd/mingzhang/internal/lang"
)

// version is the version of the program; a release sets it at link time.
var version = "0.11.0"

// The exit statuses, the same for every command.
const (
	exitFine     = 0
	exitFindings = 1 // findings of severity error, or warnings with --strict
	exitUsage    = 2 // wrong usage
	exitIO       = 3 // could not read or write
)

// exitError ends a command with a status after it has said what there is to
// say; its text, if any, is printed first.
type exitError struct {
	status int
	text   lang.Text
}

func (e *exitError) Error() string { return e.text.EN }

func ioError(err error) error {
	why := lang.Same(err.Error())
	if e := (*fs.PathError)(nil); errors.As(err, &e) {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			why.ZH = "没有「" + e.Path + "」"
		case errors.Is(err, fs.ErrPermission):
			why.ZH = "没有读写「" + e.Path + "」的权限"
		case errors.Is(err, syscall.ENOTDIR):
			why.ZH = "「" + e.Path + "」不是文件夹"
		}
	}
	return &exitError{exitIO, lang.Text{ZH: "读写失败：" + why.ZH, EN: "cannot read or write: " + why.EN}}
}

func usageError(t lang.Text) error { return &exitError{exitUsage, t} }

// app is what every command is given.
type app struct {
	lang   lang.Lang
	source string
	out    io.Writer
	err    io.Writer
}

// say picks the text of the language in use.
func (a *app) say(zh, en string) string { return lang.Text{ZH: zh, EN: en}.In(a.lang) }

// commands lists the commands in the order in which help shows them.
var commands = []func(*app) *cobra.Command{newBuild, newMerge, newPublish, newCheck, newClaims, newServe, newExplain, newVerify, newImport, newNew, newSample, newVersion}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run executes one command line and returns its exit status.
func run(args []string, stdout, stderr io.Writer) int {
	a := &app{lang: langOf(args), out: stdout, err: stderr}
	root := newRoot(a)
	root.SetArgs(args)
	err := root.Execute()
	var exit *exitError
	switch {
	case err == nil:
		return exitFine
	case errors.As(err, &exit):
		if !exit.text.IsZero() {
			fmt.Fprintln(stderr, "mingzhang: "+exit.text.In(a.lang))
		}
		return exit.status
	}
	fmt.Fprintln(stderr, "mingzhang: "+usageText(a, err))
	return exitUsage
}

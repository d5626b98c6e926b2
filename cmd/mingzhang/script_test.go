package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"mingzhang": main, "status": printStatus})
}

// printStatus runs the program and prints its exit status, which testscript's own
// negation hides.
func printStatus() {
	fmt.Println(run(os.Args[2:], io.Discard, os.Stderr))
}

// TestScripts runs the program as its users do. A script is named after the
// command and the behaviour: build_refuse_wrong_cell.txtar.
func TestScripts(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		UpdateScripts:       os.Getenv("UPDATE") != "",
		Setup: func(e *testscript.Env) error {
			e.Setenv("SAMPLE", root) // the sample site of the repository
			return nil
		},
	})
}

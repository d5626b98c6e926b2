package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"
)

// newVersion is the command that prints the version.
func newVersion(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: a.say("显示版本", "show the version"),
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(a.out, "mingzhang %s %s/%s\n", version, runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}

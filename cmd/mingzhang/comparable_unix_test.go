//go:build unix

package main

import (
	"syscall"
	"time"
)

// measured tells what a piece of work took.
func measured(work func()) effort {
	var before, after syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &before)
	begun := time.Now()
	work()
	wall := time.Since(begun)
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &after)
	cpu := func(r *syscall.Rusage) time.Duration { return time.Duration(r.Utime.Nano() + r.Stime.Nano()) }
	return effort{wall, cpu(&after) - cpu(&before)}
}

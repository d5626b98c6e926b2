//go:build !unix

package main

import "time"

// measured tells what a piece of work took, as far as it is known here.
func measured(work func()) effort {
	begun := time.Now()
	work()
	return effort{wall: time.Since(begun)}
}

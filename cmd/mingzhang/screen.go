package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"
)

// screen writes status lines. On a terminal a line that is not final is written
// over by the next one; elsewhere only final lines are written.
type screen struct {
	mu       sync.Mutex
	w        io.Writer
	terminal bool
	started  time.Time
	drawn    time.Time
	open     bool // a line that is not final is shown
}

func newScreen(w io.Writer) *screen {
	s := &screen{w: w, started: time.Now()}
	if f, ok := w.(*os.File); ok {
		st, err := f.Stat()
		s.terminal = err == nil && st.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb" && os.Getenv("NO_COLOR") == "" && os.Getenv("CI") == ""
	}
	return s
}

// line writes a line that stays.
func (s *screen) line(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clear()
	fmt.Fprintln(s.w, text)
}

// slow is after how long work is worth a progress line.
const slow = 700 * time.Millisecond

// progress shows how far long work is.
func (s *screen) progress(what string, done, total int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	if !s.terminal || now.Sub(s.started) < slow || now.Sub(s.drawn) < 100*time.Millisecond {
		return
	}
	s.drawn = now
	const width = 24
	full := width * done / max(total, 1)
	s.clear()
	fmt.Fprintf(s.w, "%s [%s%s] %d/%d", what, strings.Repeat("#", full), strings.Repeat(".", width-full), done, total)
	s.open = true
}

func (s *screen) clear() {
	if s.open {
		fmt.Fprint(s.w, "\r\x1b[K")
		s.open = false
	}
}

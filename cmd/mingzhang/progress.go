package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// progress is a bar on the terminal for builds that take long. It stays away
// from files, pipes and CI logs, where a moving line is noise.
type progress struct {
	w            io.Writer // nil: nothing is shown
	say          func(zh, en string) string
	made, total  int
	begun, shown time.Time
}

// patience is how long a build runs before it shows a bar, and rest how long a
// bar stands before it moves.
const (
	patience = time.Second
	rest     = 100 * time.Millisecond
)

func (a *app) progress(quiet bool, total int) *progress {
	p := &progress{say: a.say, total: total, begun: time.Now()}
	f, ok := a.err.(*os.File)
	if !ok || quiet || os.Getenv("CI") != "" || os.Getenv("TERM") == "dumb" {
		return p
	}
	if st, err := f.Stat(); err == nil && st.Mode()&os.ModeCharDevice != 0 {
		p.w = f
	}
	return p
}

// step tells that one more family of departments is done. It is called by one
// goroutine at a time.
func (p *progress) step() {
	p.made++
	now := time.Now()
	if p.w == nil || now.Sub(p.begun) < patience || now.Sub(p.shown) < rest {
		return
	}
	p.shown = now
	fmt.Fprint(p.w, "\r"+bar(p.made, p.total)+fmt.Sprintf(p.say(" %d / %d 个部门", " %d of %d departments"), p.made, p.total))
}

const barWidth = 30

func bar(made, total int) string {
	full := barWidth * made / max(total, 1)
	return "[" + strings.Repeat("#", full) + strings.Repeat("-", barWidth-full) + "]"
}

// done clears the bar.
func (p *progress) done() {
	if p.w != nil && !p.shown.IsZero() {
		fmt.Fprint(p.w, "\r"+strings.Repeat(" ", barWidth+40)+"\r")
	}
}

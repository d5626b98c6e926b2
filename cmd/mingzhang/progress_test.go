package main

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

func TestTheBarIsForPeopleWhoWait(t *testing.T) {
	var out bytes.Buffer
	say := func(zh, _ string) string { return zh }
	p := &progress{w: &out, say: say, total: 4, begun: time.Now()}
	p.step()
	p.done()
	if out.Len() > 0 {
		t.Errorf("a short build shows %q", out.String())
	}
	p.begun = time.Now().Add(-time.Minute)
	p.step()
	if got := out.String(); got != "\r["+strings.Repeat("#", 15)+strings.Repeat("-", 15)+"] 2 / 4 个部门" {
		t.Errorf("the bar reads %q", got)
	}
	p.step() // at once: it does not flicker
	p.done()
	if got := strings.Count(out.String(), "\r"); got != 3 {
		t.Errorf("the line was written %d times", got)
	}
}

func TestNoBarGoesIntoAPipe(t *testing.T) {
	var errs bytes.Buffer
	p := (&app{err: &errs}).progress(false, 2)
	p.begun = time.Now().Add(-time.Minute)
	p.step()
	p.done()
	if errs.Len() > 0 {
		t.Errorf("a pipe gets %q", errs.String())
	}
}

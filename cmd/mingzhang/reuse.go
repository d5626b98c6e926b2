package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"sync"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/publish"
	"mingzhang/cmd/mingzhang/internal/reuse"
	"mingzhang/cmd/mingzhang/internal/site"
)

// programDigest names the very program: a digest of its file, since a version
// number stays the same while a program is worked on. It is empty where the file
// cannot be read, and then nothing is reused.
var programDigest = sync.OnceValue(func() string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	f, err := os.Open(name)
	if err != nil {
		return ""
	}
	defer func() { _ = f.Close() }() // it was only read
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil))
})

// asked names the program and what it was asked to do, as far as the output
// depends on it.
func asked(f buildFlags) string {
	id := programDigest()
	if id == "" {
		return ""
	}
	return fmt.Sprintf("%s %s %d %s", version, id, sourceDate().Unix(), f.shard)
}

// remembered loads the record of the last run if it is of use to this one.
func remembered(f buildFlags, staging *publish.Staging) *reuse.Record {
	if f.noCache {
		return nil
	}
	r := reuse.Load(staging.State())
	if r == nil || asked(f) == "" || r.Program != asked(f) {
		return nil
	}
	return r
}

// remember leaves a record of a run that went through.
func (a *app) remember(f buildFlags, s *site.Site, source *reuse.Source, staging *publish.Staging, done publish.Outcome, report site.Report, list diag.List, timing *buildReport) error {
	r := &reuse.Record{Program: asked(f), Site: s.Digest(), Manifest: done.Manifest, Parts: map[string]reuse.Part{}}
	m, ok := s.Memory.(*memory)
	if !ok {
		return nil // the program could not be told
	}
	if err := m.Sweep(m.used); err != nil {
		return err
	}
	works, looked := s.WorkDigests(), s.LookedAt()
	for part, manifest := range done.Parts {
		inputs, anew := looked[part]
		var p reuse.Part
		var err error
		if anew {
			p.Manifest, p.Work = manifest, works[part]
			p.Notes, err = m.notes(part, inputs, source).Pack()
		} else {
			p, err = m.carried(part, source)
		}
		if err != nil {
			return err
		}
		r.Parts[part] = p
	}
	r.Top = m.notes("", looked[""], source)
	r.Told = reuse.Told{
		Departments: report.Departments, Years: report.Years, Files: timing.Files, Bytes: timing.Bytes,
		Errors: list.Count(diag.Error), Warnings: list.Count(diag.Warning), Notes: list.Count(diag.Note),
	}
	for l, to := range map[lang.Lang]*string{lang.ZH: &r.Told.ZH, lang.EN: &r.Told.EN} {
		var b bytes.Buffer
		if err := (&app{lang: l}).tell(&b, loud(list), false); err != nil {
			return err
		}
		*to = b.String()
	}
	return r.Save(staging.State())
}

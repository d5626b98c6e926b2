package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"

	"mingzhang/cmd/mingzhang/internal/crew"
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

// lookAgain compares everything that the last run looked at with what is there now: by
// size and time where these can be trusted, else by its contents. It returns what
// is another.
func lookAgain(r *reuse.Record, source fs.FS) map[site.Input]bool {
	var mu sync.Mutex
	others := map[site.Input]bool{}
	_ = crew.Each(r.Seen, func(s reuse.Seen) error { // which cannot fail
		if !sameInput(s, source) {
			mu.Lock()
			others[keyOf(s)] = true
			mu.Unlock()
		}
		return nil
	})
	return others
}

// keyOf names an input, whatever was found.
func keyOf(s reuse.Seen) site.Input {
	return site.Input{Path: s.Path, Kind: site.InputKind(s.Kind)}
}

func sameInput(s reuse.Seen, source fs.FS) bool {
	in := keyOf(s)
	if in.Kind != site.AskedFor && s.SHA256 != "" {
		if st, err := fs.Stat(source, s.Path); err == nil && s.Fresh(st) {
			return true
		}
	}
	return in.Again(source).SHA256 == s.SHA256
}

// memory is a shelf beside the target, and how to tell that inputs and published
// files are still the same.
type memory struct {
	*reuse.Shelf
	source  fs.FS
	staging *publish.Staging
	last    *reuse.Record             // of the last run, or nil
	files   map[string]reuse.Made     // what its published files were made from, if they may be kept
	seen    map[site.Input]reuse.Seen // as the last run left it
	others  map[site.Input]bool       // of these, what is another now; nil where nobody has looked

	mu   sync.Mutex
	made map[string]reuse.Made // what published files were made from
	used []string              // the shelf's entries that this run had or left

	parts map[string][]string // see folders
}

// lastBuild returns what the last build into a folder left, for the preview,
// which only reads it; nil where it is of no use.
func lastBuild(s *site.Site, source fs.FS, target string) site.Memory {
	target, err := publish.Resolve(target)
	if err != nil || asked(buildFlags{}) == "" {
		return nil
	}
	state := publish.StateDir(target)
	return newMemory(buildFlags{}, reuse.Load(state), s, source, state)
}

// newMemory returns what families are remembered by, from the folder that stands
// beside a target.
func newMemory(f buildFlags, r *reuse.Record, s *site.Site, source fs.FS, state string) *memory {
	m := &memory{Shelf: reuse.NewShelf(state, asked(f)+s.Digest()), source: source, last: r, seen: map[site.Input]reuse.Seen{}, made: map[string]reuse.Made{}}
	if r != nil && r.Site == s.Digest() {
		m.files = r.Made
	}
	if r != nil {
		for _, x := range r.Seen {
			m.seen[keyOf(x)] = x
		}
	}
	return m
}

func (m *memory) Get(name string) []byte {
	data := m.Shelf.Get(name)
	if data != nil {
		m.use(name)
	}
	return data
}

func (m *memory) Put(name string, data []byte) {
	if m.Shelf.Put(name, data) == nil { // a memory that cannot be kept costs the next run time
		m.use(name)
	}
}

func (m *memory) use(name string) {
	m.mu.Lock()
	m.used = append(m.used, name)
	m.mu.Unlock()
}

// Same reports whether an input is what it was: by size and time where these can
// be trusted, else by its contents.
func (m *memory) Same(in site.Input) bool {
	if x, ok := m.seenBefore(in); ok {
		if m.others != nil {
			return !m.others[keyOf(x)]
		}
		return sameInput(x, m.source)
	}
	return in.Again(m.source).SHA256 == in.SHA256
}

// seenBefore is an input as the last run left it, if it was the same then.
func (m *memory) seenBefore(in site.Input) (reuse.Seen, bool) {
	if m == nil {
		return reuse.Seen{}, false
	}
	x, ok := m.seen[site.Input{Path: in.Path, Kind: in.Kind}]
	return x, ok && x.SHA256 == in.SHA256
}

// Keep takes over a published file that was made from the same. The file must be
// the one that the record tells of: a run that was cut off after publishing left
// files of which no record tells.
func (m *memory) Keep(path, from string) bool {
	was := m.files[path]
	if was.From != from || !m.staging.KeepFile(path, was.SHA256) {
		return false
	}
	m.Made(path, from, was.SHA256)
	return true
}

// Made notes what a file is made from.
func (m *memory) Made(path, from, sha256 string) {
	m.mu.Lock()
	m.made[path] = reuse.Made{From: from, SHA256: sha256}
	m.mu.Unlock()
}

// keepFamilies lets a build keep the files of families of which nothing that
// concerns them has changed.
func (m *memory) keepFamilies(s *site.Site) {
	if m.last == nil || m.last.Site != s.Digest() {
		return
	}
	s.AtHand = func(w *site.Work) (bool, error) {
		part := w.Family.Manifest()
		kept := m.last.Works[part] == w.Digest() && m.staging.Keep(part, m.last.Parts[part])
		if kept {
			m.keptPart(s, part)
		}
		return kept, nil
	}
}

// KeepUnder takes over the published files under the folders of a department-year
// that were made from the same. They must be those that the record tells of.
func (m *memory) KeepUnder(part string, folders []string, from string) map[string]string {
	was := m.files[folders[0]]
	if was.From != from {
		return nil
	}
	kept := m.staging.KeepUnder(part, folders, was.SHA256)
	if kept != nil {
		m.Made(folders[0], from, was.SHA256)
	}
	return kept
}

// MadeUnder notes what the files under the folders of a department-year are made
// from.
func (m *memory) MadeUnder(part string, folders []string, from string) {
	m.Made(folders[0], from, m.staging.Under(part, folders))
}

// keptPart notes that the files of a part stay as they are: what its
// department-years were made from holds on.
func (m *memory) keptPart(s *site.Site, part string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, path := range m.folders(s)[part] {
		m.made[path] = m.files[path]
	}
}

// folders lists the folders of which the last run's record tells, by the manifest
// of their files.
func (m *memory) folders(s *site.Site) map[string][]string {
	if m.parts == nil {
		m.parts = map[string][]string{}
		for path := range m.files {
			if part := s.ManifestOf(path); part != "" {
				m.parts[part] = append(m.parts[part], path)
			}
		}
	}
	return m.parts
}

// remember leaves a record of a run that went through.
func (a *app) remember(f buildFlags, s *site.Site, source *reuse.Source, staging *publish.Staging, done publish.Outcome, report site.Report, list diag.List, timing *buildReport) error {
	r := &reuse.Record{Program: asked(f), Site: s.Digest(), Works: s.WorkDigests(), Parts: done.Parts, Manifest: done.Manifest}
	m, ok := s.Memory.(*memory)
	if ok {
		r.Made = m.made
		if err := m.Sweep(m.used); err != nil {
			return err
		}
	}
	for _, in := range s.LookedAt() {
		seen := reuse.Seen{Path: in.Path, Kind: uint8(in.Kind), SHA256: in.SHA256}
		if in.Kind != site.AskedFor && !in.Missing() {
			source.Note(&seen)
			if x, ok := m.seenBefore(in); ok && seen.Time == 0 {
				seen = x // it was not read in this run
			}
		}
		r.Seen = append(r.Seen, seen)
	}
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

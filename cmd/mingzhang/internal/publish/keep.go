package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"mingzhang/cmd/mingzhang/internal/crew"
)

// Keep takes over all files of a part as they are published. It reports false
// where the published part is not the one with this digest or its files are no
// longer as they were published; then they must be put.
func (s *Staging) Keep(part, sha256 string) bool {
	if s.old == nil || s.stamp.IsZero() {
		return false
	}
	e, ok := s.old.Parts.Find(part)
	if !ok || e.SHA256 != sha256 {
		return false
	}
	if !s.asLeft(e) {
		if !s.untouched(e) {
			return false
		}
		s.moved.Store(true)
	}
	s.mu.Lock()
	s.kept[part] = true
	s.mu.Unlock()
	return true
}

// KeepFile takes over a file of the top manifest as it is published. It reports
// false where the published file is not the one with this digest or is no longer
// as it was published; then it must be put.
func (s *Staging) KeepFile(name, sha256 string) bool {
	if s.old == nil || s.stamp.IsZero() {
		return false
	}
	e, ok := s.old.Files.Find(name)
	if !ok || e.SHA256 != sha256 || !s.asPublished(e) {
		return false
	}
	s.mu.Lock()
	s.part("").files[name] = placed{e, false}
	s.mu.Unlock()
	return true
}

// KeepUnder takes over the files of a part that lie under some folders, as they
// are published, and returns their digests by path. It returns nil where they are
// not the ones with this digest or are no longer as they were published; then
// they must be put.
func (s *Staging) KeepUnder(part string, folders []string, sha256 string) map[string]string {
	if s.old == nil || s.stamp.IsZero() {
		return nil
	}
	m := s.listed(part)
	if m == nil {
		return nil
	}
	list := under(m.Files, folders)
	if digestOf(list) != sha256 {
		return nil
	}
	out := map[string]string{}
	for _, e := range list {
		if !s.asPublished(e) {
			return nil
		}
		out[e.Path] = e.SHA256
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range list {
		s.part(part).files[e.Path] = placed{e, false}
	}
	return out
}

// Under is a digest of the files of a part under some folders that were put or
// taken over.
func (s *Staging) Under(part string, folders []string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []Entry
	for _, f := range s.part(part).files {
		list = append(list, f.Entry)
	}
	return digestOf(under(list, folders))
}

// listed is the manifest of a part as it is published, nil where that is not the
// one that the top manifest lists. It is read once.
func (s *Staging) listed(part string) *Manifest {
	s.mu.Lock()
	m, known := s.lists[part]
	s.mu.Unlock()
	if known {
		return m
	}
	if e, ok := s.old.Parts.Find(part); ok {
		if read, is, err := s.published(part); err == nil && is == e {
			m = read
		}
	}
	s.mu.Lock()
	s.lists[part] = m
	s.mu.Unlock()
	return m
}

// under keeps the files that lie under some folders, which end with a slash.
func under(list []Entry, folders []string) []Entry {
	var out []Entry
	for _, e := range list {
		if slices.ContainsFunc(folders, func(f string) bool { return strings.HasPrefix(e.Path, f) }) {
			out = append(out, e)
		}
	}
	return out
}

func digestOf(list []Entry) string {
	slices.SortFunc(list, byPath)
	h := sha256.New()
	for _, e := range list {
		h.Write([]byte(e.Path + " " + e.SHA256 + "\n"))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Intact reports whether the published site is, as far as names, sizes and times
// tell, the one whose top manifest has this digest.
func (s *Staging) Intact(sha256 string) bool {
	if s.old == nil || s.stamp.IsZero() || s.digest != sha256 {
		return false
	}
	if !slices.ContainsFunc(s.old.Files, func(e Entry) bool { return e.Path != ListName && !s.asPublished(e) }) {
		return s.allUntouched()
	}
	return false
}

func (s *Staging) allUntouched() bool {
	return crew.Each(s.old.Parts, func(e Entry) error {
		if !s.asLeft(e) && !s.untouched(e) {
			return errTouched
		}
		return nil
	}) == nil
}

var errTouched = errors.New("not as it was published")

// untouched reports whether a part and its files are as they were published.
func (s *Staging) untouched(part Entry) bool {
	m, is, err := s.published(part.Path)
	return err == nil && is == part && !slices.ContainsFunc(m.Files, func(e Entry) bool { return !s.asPublished(e) })
}

// asPublished reports whether a file has its size and was not changed after the
// manifest was written, which is written last.
func (s *Staging) asPublished(e Entry) bool {
	st, err := os.Lstat(filepath.Join(s.target, filepath.FromSlash(e.Path)))
	return err == nil && st.Mode().IsRegular() && st.Size() == int64(e.Bytes) && !st.ModTime().After(s.stamp)
}

// Package publish puts a finished site into a folder so that a reader, a crash
// or a cut of power at any moment meets the whole old site or the whole new one.
// It knows nothing of budgets: files in, folder out.
//
// Beside the target stands a hidden folder of ours, .<target>-mingzhang, with
//
//	lock    held while a build runs; the system frees it when the process ends
//	fresh   the files of this run that differ from the published ones
//	next    the second tree: the next site, or the published one once more, in links
//	ledger  how the two trees differ, and where the published files stand
//
// A file that comes out as it stands is not written: the published one is hard
// linked into the next tree and keeps its time. When all is there the next tree
// and the target are exchanged in one step; the old site is then brought up to the
// new one, so that the next small change costs as much as it changes and not as
// much as the site is large. A run in which nothing changed touches nothing.
//
// Where a system cannot exchange two folders at once (all but Linux), the old
// one steps aside first; a run that is killed between the two renames leaves the
// target without a site, and the next run puts one back before anything else.
//
// Deleting is left to what an earlier run wrote: manifests of the site's files,
// each with its SHA-256, stand in the folder itself; files of others are carried
// over, and a folder that holds files and no manifest is refused.
package publish

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"

	"mingzhang/cmd/mingzhang/internal/spare"
)

// NotOursError is returned for a folder that holds files of others and was not
// written by this program.
type NotOursError struct{ Dir, File string }

func (e *NotOursError) Error() string {
	return fmt.Sprintf("%s holds %s and was not made by mingzhang", e.Dir, e.File)
}

// ErrLocked is returned while another run writes the same folder.
var ErrLocked = errors.New("another run is writing this folder")

// Staging is a site on its way into a folder. Put and Keep may be called from
// several goroutines.
type Staging struct {
	Program string // what made the site, for the manifest
	// PartOf names the manifest in which a file is listed, so that a small change
	// does not rewrite one long list; nil and "" mean the top one.
	PartOf func(path string) string

	target string
	state  string
	lock   *flock.Flock
	old    *Manifest              // of the published site, nil when there is none
	digest string                 // of its top manifest
	stamp  time.Time              // when that was written
	ledger *ledger                // of the published site, nil when there is none
	scrub  func() map[string]bool // parts that this run looks at file by file
	noted  int                    // see mostNoted

	mu      sync.Mutex
	parts   map[string]*part // that are not sealed
	ended   map[string]*sealed
	kept    map[string]bool
	folders map[string]bool
	stirred map[string]bool      // see times; nil where a tree was made anew
	lists   map[string]*Manifest // of published parts, as far as they were read
	copied  atomic.Bool          // links could not be made
	moved   atomic.Bool          // a part was kept that is not as the ledger tells
	done    bool
}

// part is what one manifest will list.
type part struct {
	files  map[string]placed
	inputs []Entry
}

// placed is a file of the site; a fresh one differs from what is published.
type placed struct {
	Entry
	fresh bool
}

// StateDir is the folder of ours that stands beside a target.
func StateDir(target string) string {
	return filepath.Join(filepath.Dir(target), "."+filepath.Base(target)+"-mingzhang")
}

// Resolve returns the folder that a target means: absolute, and not a link.
func Resolve(target string) (string, error) {
	target, err := filepath.Abs(target)
	if err != nil {
		return "", err
	}
	if real, err := filepath.EvalSymlinks(target); err == nil {
		return real, nil
	}
	return target, nil
}

// Begin locks a target, mends what a killed run left behind and prepares to
// stage a site. The published site is not touched.
func Begin(target string) (*Staging, error) {
	target, err := Resolve(target)
	if err != nil {
		return nil, err
	}
	if err := owned(target); err != nil {
		return nil, err
	}
	state := StateDir(target)
	if err := os.MkdirAll(state, 0o755); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(state, "lock"))
	got, err := lock.TryLock()
	if err != nil {
		return nil, err
	}
	if !got {
		return nil, ErrLocked
	}
	s := &Staging{
		target: target, state: state, lock: lock, noted: mostNoted,
		parts: map[string]*part{}, ended: map[string]*sealed{}, kept: map[string]bool{}, folders: map[string]bool{}, lists: map[string]*Manifest{},
	}
	if err := s.begin(); err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	return s, nil
}

func (s *Staging) begin() error {
	if err := recoverSwap(s.next(), s.aside(), s.target); err != nil {
		return err
	}
	if err := os.RemoveAll(s.fresh()); err != nil {
		return err
	}
	if err := s.readTop(); err != nil {
		return err
	}
	s.readLedger()
	s.scrub = sync.OnceValue(s.scrubbed)
	return nil
}

func (s *Staging) fresh() string { return filepath.Join(s.state, "fresh") }
func (s *Staging) next() string  { return filepath.Join(s.state, "next") }
func (s *Staging) aside() string { return filepath.Join(s.state, "old") }

// readTop reads the top manifest of the published site, if there is one.
func (s *Staging) readTop() error {
	name := filepath.Join(s.target, ListName)
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if s.old, err = ReadManifest(data); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	st, err := os.Stat(name)
	if err != nil {
		return err
	}
	s.digest, s.stamp = EntryOf(ListName, data).SHA256, st.ModTime()
	return nil
}

// owned refuses a folder that holds files and no list of ours. Hidden files,
// such as a .gitignore, are nobody's site.
func owned(target string) error {
	entries, err := os.ReadDir(target)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(target, ListName)); err == nil {
		return nil
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			return &NotOursError{target, e.Name()}
		}
	}
	return nil
}

// Put takes a file of the site. Only what differs from the published file is
// written.
func (s *Staging) Put(name string, data []byte) error {
	if !fs.ValidPath(name) || name == "." {
		return fmt.Errorf("publish: bad path %q", name)
	}
	return s.put(s.listOf(name), name, data)
}

// listOf names the part whose manifest lists a file.
func (s *Staging) listOf(name string) string {
	if s.PartOf == nil {
		return ""
	}
	return s.PartOf(name)
}

func (s *Staging) put(in, name string, data []byte) error {
	f := placed{EntryOf(name, data), true}
	local := filepath.FromSlash(name)
	if s.old != nil && holds(filepath.Join(s.target, local), data) {
		f.fresh = false
	}
	if err := s.enter(in, f); err != nil {
		return err
	}
	if !f.fresh {
		return nil
	}
	full := filepath.Join(s.fresh(), local)
	if err := s.folder(filepath.Dir(full)); err != nil {
		return err
	}
	return writeFile(full, data)
}

// enter notes a file of a part.
func (s *Staging) enter(in string, f placed) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended[in] != nil {
		return fmt.Errorf("publish: %s: %w", f.Path, errSealed)
	}
	p := s.part(in)
	if _, twice := p.files[f.Path]; twice {
		return fmt.Errorf("publish: %s is written twice", f.Path)
	}
	p.files[f.Path] = f
	return nil
}

// Get returns a file that was put or kept, in bytes lent by package spare: from
// among the fresh ones, else as it is published.
func (s *Staging) Get(name string) ([]byte, error) {
	if !fs.ValidPath(name) {
		return nil, fmt.Errorf("publish: bad path %q", name)
	}
	data, err := spare.Read(filepath.Join(s.fresh(), filepath.FromSlash(name)))
	if errors.Is(err, fs.ErrNotExist) {
		return spare.Read(filepath.Join(s.target, filepath.FromSlash(name)))
	}
	return data, err
}

// Sum is the SHA-256 of a file that was put or kept into a part that is not
// sealed, "" for any other.
func (s *Staging) Sum(name string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p := s.parts[s.listOf(name)]; p != nil {
		return p.files[name].SHA256
	}
	return ""
}

// part returns a part under work; the caller holds the lock.
func (s *Staging) part(name string) *part {
	p := s.parts[name]
	if p == nil {
		p = &part{files: map[string]placed{}}
		s.parts[name] = p
	}
	return p
}

// From notes what the files of a part were made from.
func (s *Staging) From(part string, inputs []Entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.kept[part] && s.ended[part] == nil {
		s.part(part).inputs = inputs
	}
}

// State is the folder of ours beside the target, where a run may leave what the
// next one can use.
func (s *Staging) State() string { return s.state }

// holds reports whether a file holds exactly these bytes.
func holds(name string, data []byte) bool {
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }() // it was only read
	if st, err := f.Stat(); err != nil || st.Size() != int64(len(data)) || !st.Mode().IsRegular() {
		return false
	}
	buf := buffers.Get().(*[]byte)
	defer buffers.Put(buf)
	if cap(*buf) < len(data) {
		*buf = make([]byte, len(data))
	}
	was := (*buf)[:len(data)]
	_, err = io.ReadFull(f, was)
	return err == nil && bytes.Equal(was, data)
}

var buffers = sync.Pool{New: func() any { return new([]byte) }}

// folder makes a folder once.
func (s *Staging) folder(dir string) error {
	s.mu.Lock()
	known := s.folders[dir]
	s.mu.Unlock()
	if known {
		return nil
	}
	err := os.MkdirAll(dir, 0o755)
	s.mu.Lock()
	s.folders[dir] = err == nil
	s.mu.Unlock()
	return err
}

// Abort throws the staged files away and lets others build. It does nothing
// after Commit.
func (s *Staging) Abort() {
	if s.done {
		return
	}
	s.done = true
	_ = os.RemoveAll(s.fresh())
	_ = s.lock.Close()
}

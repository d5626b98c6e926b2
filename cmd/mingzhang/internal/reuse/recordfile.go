package reuse

import (
	"bufio"
	"bytes"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/cespare/xxhash/v2"
)

// fileName is the record's name in the folder that stands beside a target.
const fileName = "record"

// written is a record as it stands in its file, before the notes of its parts, which
// follow one after another: there are tens of megabytes of them, and most are those
// of the record before.
type written struct {
	Program  string
	Site     string
	Manifest string
	Parts    []writtenPart
	Top      Notes
	Told     Told
}

type writtenPart struct {
	_        struct{} `cbor:",toarray"`
	Name     string
	Manifest string
	Work     string
	Size     int // of its notes
}

// Load reads the record of the last run; there is none when it is of no use.
func Load(dir string) *Record {
	data, err := os.ReadFile(filepath.Join(dir, fileName))
	if err != nil {
		return nil
	}
	line, body, _ := bytes.Cut(data, []byte("\n"))
	_, size, _ := strings.Cut(string(line), " ")
	head, err := strconv.Atoi(size)
	if err != nil || head < 0 || head > len(body) || string(line) != heading(body[:head], body[head:]) {
		return nil
	}
	var x written
	if Decode(body[:head], &x) != nil {
		return nil
	}
	r := &Record{Program: x.Program, Site: x.Site, Manifest: x.Manifest, Parts: make(map[string]Part, len(x.Parts)), Top: x.Top, Told: x.Told}
	rest := body[head:]
	for _, p := range x.Parts {
		if p.Size < 0 || p.Size > len(rest) {
			return nil
		}
		r.Parts[p.Name] = Part{Manifest: p.Manifest, Work: p.Work, Notes: rest[:p.Size:p.Size]}
		rest = rest[p.Size:]
	}
	return r
}

// heading is the first line of a record's file: a sum that tells whether all that
// follows is whole, and how long what stands before the notes is.
func heading(head []byte, notes ...[]byte) string {
	h := xxhash.New()
	for _, piece := range append([][]byte{head}, notes...) {
		_, _ = h.Write(piece) // which cannot fail
	}
	size := strconv.Itoa(len(head))
	_, _ = h.WriteString(size)
	return strconv.FormatUint(h.Sum64(), 16) + " " + size
}

// Save leaves the record for the next run.
func (r *Record) Save(dir string) error {
	x := written{Program: r.Program, Site: r.Site, Manifest: r.Manifest, Top: r.Top, Told: r.Told}
	var notes [][]byte
	for _, name := range slices.Sorted(maps.Keys(r.Parts)) {
		p := r.Parts[name]
		x.Parts = append(x.Parts, writtenPart{Name: name, Manifest: p.Manifest, Work: p.Work, Size: len(p.Notes)})
		notes = append(notes, p.Notes)
	}
	head, err := Encode(x)
	if err != nil {
		return err
	}
	line := []byte(heading(head, notes...) + "\n")
	return writeWhole(filepath.Join(dir, fileName), append([][]byte{line, head}, notes...)...)
}

// writeWhole puts a file in place at once, so that nobody meets half of it.
func writeWhole(name string, pieces ...[]byte) error {
	if err := write(name+".part", pieces); err != nil {
		return errors.Join(err, os.Remove(name+".part"))
	}
	return os.Rename(name+".part", name)
}

func write(name string, pieces [][]byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	b := bufio.NewWriterSize(f, 1<<17)
	for _, piece := range pieces {
		_, _ = b.Write(piece) // its error is that of Flush
	}
	return errors.Join(b.Flush(), f.Close())
}

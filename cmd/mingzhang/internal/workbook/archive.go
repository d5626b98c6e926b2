package workbook

import (
	"archive/zip"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"

	"mingzhang/cmd/mingzhang/internal/spare"
)

// archive is the ZIP file of a workbook. The library hands over the streamed
// sheets in the order of a map; here all parts are gathered and written in the
// order of their names, so that the same workbook gives the same bytes. They go
// where the workbook is wanted, past the library's own buffer.
type archive struct {
	out   io.Writer
	raw   []byte // of all parts, one after the other; lent
	parts []part
}

// part is a file in the archive.
type part struct {
	name     string
	from, to int // in raw
}

// archiveTo makes the library write its archive to out.
func archiveTo(out io.Writer) func(io.Writer) excelize.ZipWriter {
	return func(io.Writer) excelize.ZipWriter { return &archive{out: out, raw: spare.Bytes()} }
}

// Create begins a part.
func (a *archive) Create(name string) (io.Writer, error) {
	a.parts = append(a.parts, part{name, len(a.raw), len(a.raw)})
	return a, nil
}

// Write adds to the part that was begun last.
func (a *archive) Write(p []byte) (int, error) {
	a.raw = append(a.raw, p...)
	a.parts[len(a.parts)-1].to = len(a.raw)
	return len(p), nil
}

// AddFS is asked for by the library's interface; nothing calls it.
func (a *archive) AddFS(fs.FS) error { return fs.ErrInvalid }

// Close writes the archive.
func (a *archive) Close() error {
	defer func() { spare.Return(a.raw) }()
	slices.SortFunc(a.parts, func(x, y part) int { return strings.Compare(x.name, y.name) })
	w := zip.NewWriter(a.out)
	c := compressors.Get().(*compressor)
	defer compressors.Put(c)
	w.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		c.Reset(w)
		return c, nil
	})
	for _, p := range a.parts {
		f, err := w.Create(p.name)
		if err != nil {
			return err
		}
		if _, err := f.Write(a.raw[p.from:p.to]); err != nil {
			return err
		}
	}
	return w.Close()
}

// compressor is used for one part after the other: its tables are large.
type compressor struct{ *flate.Writer }

var compressors = sync.Pool{New: func() any {
	w, err := flate.NewWriter(io.Discard, flate.BestSpeed) // higher levels take twice as long for a tenth less
	if err != nil {
		panic(err) // the level is one of the library's
	}
	return &compressor{w}
}}
